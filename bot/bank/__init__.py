"""The knowledge bank: published notes that can be found again, and what became of them elsewhere."""
