"""Introductions: rounds in preparation, offers that both must accept, rooms, and what became of them."""
