"""Slack: the academy where its members already talk."""
