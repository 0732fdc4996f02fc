"""Words that are said of the same things: a question says "equipment" where the talk said "headset"."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.notes.extract.sentences import Stems

_TABLE = Path(__file__).parent / "data" / "related.toml"


class Related:
    """The table, with the stems of one language."""

    def __init__(self, stems: Stems) -> None:
        self._groups = [tuple(dict.fromkeys(map(stems.of, group))) for group in _table()]

    def beside(self, asked: Sequence[str]) -> Mapping[str, tuple[int, tuple[str, ...]]]:
        """Of each group that has some of these stems: how many, and its other stems; by its first stem."""
        wanted = set(asked)
        return {
            group[0]: (len(wanted.intersection(group)), tuple(stem for stem in group if stem not in wanted))
            for group in self._groups
            if not wanted.isdisjoint(group)
        }


@cache
def _table() -> tuple[tuple[str, ...], ...]:
    groups: Mapping[str, str] = tomllib.loads(_TABLE.read_text("utf-8"))["groups"]
    return tuple(tuple(group.split()) for group in groups.values())
