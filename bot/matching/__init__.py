"""Matching: the pure planner of introductions. Its one door is :func:`bot.matching.plan.plan`."""
