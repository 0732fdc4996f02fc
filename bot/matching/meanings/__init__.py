"""What tags mean: by words, and by an embedding model where there is one. ``bot.matching.meaning`` is the door."""
