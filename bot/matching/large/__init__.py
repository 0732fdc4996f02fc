"""Rounds for very many members, where a table of all pairs fits in no memory; see ``docs/decisions/0010-large-rosters.md``."""
