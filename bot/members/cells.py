"""Reads one cell of the roster by its column. What is wrong is a phrase that lacks only the line's number."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from rapidfuzz import process

from bot.errors import Phrase, phrase
from bot.members.domain import Sector
from bot.members.limits import EMAIL, INTROS, SECTOR_NAME, SENTENCE, TAG, TAGS

_LANGUAGES = {"da": "da", "dansk": "da", "danish": "da", "en": "en", "engelsk": "en", "english": "en"}
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]+")
SLACK = re.compile(r"[A-Za-z0-9_-]{1,32}")
DISCORD = re.compile(r"[0-9]{1,20}")
_SHORTENED = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")
_DANISH_DAY = re.compile(r"([0-9]{1,2})[-./ ]([0-9]{1,2})[-./ ]([0-9]{4})")
_NEAR = 60


class Wrong(Exception):
    """The cell cannot be read; ``told`` says why, for a line."""

    def __init__(self, told: Callable[[int], Phrase]) -> None:
        super().__init__()
        self.told = told


def text(limit: int) -> Callable[[str, str], str]:
    """A text of at most so many characters."""

    def read(column: str, cell: str) -> str:
        if len(cell) > limit:
            raise Wrong(
                lambda line: phrase(
                    "Line {line}: {column} is longer than {limit} characters.", line=line, column=column, limit=limit
                )
            )
        return cell

    return read


def shaped(pattern: re.Pattern[str]) -> Callable[[str, str], str]:
    """A text of a given shape, and no number that a spreadsheet has shortened."""

    def read(column: str, cell: str) -> str:
        if _SHORTENED.fullmatch(cell):
            raise Wrong(
                lambda line: phrase(
                    "Line {line}: the spreadsheet has shortened {column}. Format that column as text and write the number"
                    " again.",
                    line=line,
                    column=column,
                )
            )
        if not pattern.fullmatch(cell):
            raise _not_valid(column)
        return cell

    return read


def items(cell: str) -> tuple[str, ...]:
    """The entries of a list, each once."""
    return tuple(dict.fromkeys(" ".join(part.split()) for part in cell.split("|") if part.strip()))


def tags(column: str, cell: str) -> tuple[str, ...]:
    """A list of short entries."""
    entries = items(cell)
    if len(entries) > TAGS:
        raise Wrong(
            lambda line: phrase(
                "Line {line}: {column} has more than {limit} entries.", line=line, column=column, limit=TAGS
            )
        )
    limit = TAG if column == "themes" else SENTENCE
    if any(len(item) > limit for item in entries):
        raise Wrong(
            lambda line: phrase(
                "Line {line}: an entry of {column} is longer than {limit} characters. Put | between the entries.",
                line=line,
                column=column,
                limit=limit,
            )
        )
    return entries


def sector_names(sectors: Sequence[Sector]) -> Mapping[str, str]:
    """The sectors' keys by everything that they are called."""
    return {
        " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split()): sector.key
        for sector in sectors
        for name in (*sector.names.values(), sector.key)
    }


def sector(cell: str, names: Mapping[str, str]) -> str:
    """The key of a sector."""
    wanted = " ".join(re.sub(r"[\W_]+", " ", cell.casefold()).split())
    found = names.get(wanted)
    if found is not None:
        return found
    near = process.extractOne(wanted[:60], list(names), score_cutoff=_NEAR)
    if near:
        nearest = names[near[0]]
        raise Wrong(
            lambda line: phrase("Line {line}: unknown sector. Did you mean {nearest}?", line=line, nearest=nearest)
        )
    raise Wrong(
        lambda line: phrase(
            "Line {line}: unknown sector. These are known: {sectors}.",
            line=line,
            sectors=", ".join(dict.fromkeys(names.values())),
        )
    )


def any_sector(cell: str, names: Mapping[str, str]) -> str:
    """The key of a sector that is known; any other as it is written."""
    wanted = " ".join(re.sub(r"[\W_]+", " ", cell.casefold()).split())
    return names.get(wanted) or text(SECTOR_NAME)("sector", " ".join(cell.split()))


def language(_: str, cell: str) -> str:
    """``da`` or ``en``."""
    found = _LANGUAGES.get(cell.casefold())
    if found is None:
        raise Wrong(lambda line: phrase("Line {line}: language is da or en.", line=line))
    return found


def email(column: str, cell: str) -> str:
    """An address that could be one."""
    if len(cell) > EMAIL or not _EMAIL.fullmatch(cell):
        raise _not_valid(column)
    return cell


def day(column: str, cell: str) -> date:
    """A day, as ISO or as Danes write it."""
    danish = _DANISH_DAY.fullmatch(cell)
    try:
        return date(int(danish[3]), int(danish[2]), int(danish[1])) if danish else date.fromisoformat(cell)
    except ValueError:
        raise Wrong(
            lambda line: phrase(
                "Line {line}: {column} has to be a day, for example 2026-03-03.", line=line, column=column
            )
        ) from None


def intros(column: str, cell: str) -> int:
    """How many introductions a round."""
    if not re.fullmatch(r"[0-9]", cell) or int(cell) > INTROS:
        raise Wrong(
            lambda line: phrase(
                "Line {line}: {column} has to be a whole number from 0 to {limit}.",
                line=line,
                column=column,
                limit=INTROS,
            )
        )
    return int(cell)


def _not_valid(column: str) -> Wrong:
    return Wrong(lambda line: phrase("Line {line}: {column} does not look right.", line=line, column=column))
