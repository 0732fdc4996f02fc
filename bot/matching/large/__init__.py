"""Rounds for very many members, where a table of all pairs fits in no memory; see ``docs/decisions/0008-large-rosters.md``."""
