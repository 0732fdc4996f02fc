"""Schedules: what shall happen when, each occurrence created exactly once whatever happens to the machine."""
