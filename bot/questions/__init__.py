"""What polls and challenges have in common: a question that stands in channels until a time, and whose card may be lost there."""
