"""Challenges: an open question to all sectors, from the citizen's life, that ends as the draft of a case note."""
