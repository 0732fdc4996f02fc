"""Rounds for very many members, where a table of all pairs fits in no memory; see ``docs/decisions/0013-large-rosters.md``."""
