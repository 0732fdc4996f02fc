"""Announcements: what an organiser tells many at once, now, later or again and again, each person once."""
