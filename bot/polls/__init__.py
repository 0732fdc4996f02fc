"""Polls: a question to many, counted exactly, and anonymous where it says so."""
