"""``members.csv`` and ``history.csv``: read and written, without a database. Every bad line is told with its number.

What a line says is checked here; what it changes is decided in ``importing.py``. No problem repeats what a cell held: the
line's number and the column say where to look.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.errors import InputError, Phrase, phrase
from bot.members import cells
from bot.members.domain import SECTORS, Sector
from bot.members.limits import ID, NAME, ORGANISATION
from bot.members.spreadsheet import Columns, Line, read_table, write_table

COLUMNS = (
    "id", "name", "organisation", "sector", "themes", "needs", "offers", "language", "email", "slack_id", "discord_id",
    "paused_until", "intros_per_round",
)  # fmt: skip
_ALSO = {
    "id": "nr nummer medlemsnummer medlems_id member_id number",
    "name": "navn fulde_navn full_name",
    "organisation": "organization org arbejdsplads",
    "sector": "sektor",
    "themes": "theme tema temaer",
    "needs": "need behov",
    "offers": "offer tilbud tilbyder",
    "language": "sprog",
    "email": "e_mail mail epost e_post mailadresse e_mailadresse email_address",
    "slack_id": "slack slackid slack_bruger",
    "discord_id": "discord discordid discord_bruger",
    "paused_until": "pause paused pause_til pauset_til pause_indtil pauset_indtil på_pause_til pause_until",
    "intros_per_round": "intros introduktioner introductions introduktioner_pr_runde introduktioner_per_runde "
    "introductions_per_round introductions_a_round intros_pr_runde",
}  # fmt: skip
_ROSTER = Columns(
    {name: key for key in COLUMNS for name in (key, *_ALSO[key].split())}, required=("name", "organisation", "sector")
)
_HISTORY = Columns(
    {"round": "round", "runde": "round", "members": "members", "medlemmer": "members"}, required=("round", "members")
)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One person as the roster has them. Empty means that the roster says nothing about it.

    ``line`` is the number in the file. ``id`` is made from that number where the file gives none (then not ``has_id``).
    """

    line: int
    id: str
    name: str
    organisation: str
    sector: str
    themes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    language: str = ""
    email: str = ""
    slack_id: str = ""
    discord_id: str = ""
    paused_until: date | None = None
    intros_per_round: int | None = None
    has_id: bool = True


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One group that met in a round, by the ids of the roster."""

    round: int
    members: tuple[str, ...]


T = TypeVar("T")


@dataclass(slots=True)
class _Cells:
    """Reads the cells of one line; what is wrong is kept with the line's number."""

    line: Line
    problems: list[Phrase]

    def read(self, column: str, reader: Callable[[str, str], T], empty: T) -> T:
        cell = self.line.cells.get(column, "")
        if not cell:
            if column in _ROSTER.required:
                self.problems.append(phrase("Line {line}: {column} is missing.", line=self.line.number, column=column))
            return empty
        try:
            return reader(column, cell)
        except cells.Wrong as wrong:
            self.problems.append(wrong.told(self.line.number))
            return empty


def read_roster(
    data: bytes, sectors: Sequence[Sector] = SECTORS, *, any_sector: bool = False
) -> tuple[RosterLine, ...]:
    """The people of a roster, in the order of the file. Raises InputError with every bad line, in their order.

    ``any_sector``: where there is no academy that knows its sectors, one that is not among ``sectors`` is just a sector, and
    an empty one is not known yet.
    """
    columns, lines = read_table(data, _ROSTER)
    problems: list[tuple[int, Phrase]] = []
    people: list[RosterLine] = []
    names = cells.sector_names(sectors)
    for line in lines:
        found: list[Phrase] = []
        people.append(_person(_Cells(line, found), "id" in columns, names, any_sector=any_sector))
        problems.extend((line.number, problem) for problem in found)
    problems.extend(_doubles(people))
    if problems:
        raise InputError([problem for _, problem in sorted(problems, key=lambda entry: entry[0])])
    if not people:
        raise InputError([phrase("The file has a header but no lines below it.")])
    return tuple(people)


def write_roster(people: Sequence[RosterLine], *, for_excel: bool = False) -> bytes:
    """The roster as :func:`read_roster` reads it; see :func:`bot.members.spreadsheet.write_table`."""
    return write_table(COLUMNS, [_row(person) for person in people], for_excel=for_excel)


def read_history(data: bytes) -> tuple[HistoryLine, ...]:
    """The groups of ``history.csv``. Raises InputError with every bad line."""
    _, lines = read_table(data, _HISTORY)
    problems: list[Phrase] = []
    groups: list[HistoryLine] = []
    for line in lines:
        number, members = line.cells.get("round", ""), cells.items(line.cells.get("members", ""))
        if not re.fullmatch(r"[0-9]{1,6}", number):
            problems.append(phrase("Line {line}: round has to be a whole number.", line=line.number))
        elif len(members) < 2:
            problems.append(
                phrase("Line {line}: members has to name at least two ids, with | between them.", line=line.number)
            )
        else:
            groups.append(HistoryLine(int(number), members))
    if problems:
        raise InputError(problems)
    return tuple(groups)


def _person(line: _Cells, ids: bool, sectors: Mapping[str, str], *, any_sector: bool) -> RosterLine:
    given = line.read("id", cells.text(ID), "")
    sector = cells.any_sector if any_sector else cells.sector
    unknown = any_sector and not line.line.cells.get("sector", "")
    number = line.line.number
    return RosterLine(
        line=number,
        id=given or (f"line {number}" if ids else str(number)),
        has_id=bool(given),
        name=line.read("name", cells.text(NAME), ""),
        organisation=line.read("organisation", cells.text(ORGANISATION), ""),
        sector="" if unknown else line.read("sector", lambda _, cell: sector(cell, sectors), ""),
        themes=line.read("themes", cells.tags, ()),
        needs=line.read("needs", cells.tags, ()),
        offers=line.read("offers", cells.tags, ()),
        language=line.read("language", cells.language, ""),
        email=line.read("email", cells.email, ""),
        slack_id=line.read("slack_id", cells.shaped(cells.SLACK), ""),
        discord_id=line.read("discord_id", cells.shaped(cells.DISCORD), ""),
        paused_until=line.read("paused_until", cells.day, None),
        intros_per_round=line.read("intros_per_round", cells.intros, None),
    )


def _row(person: RosterLine) -> tuple[str, ...]:
    return (
        person.id if person.has_id else "",
        person.name,
        person.organisation,
        person.sector,
        "|".join(person.themes),
        "|".join(person.needs),
        "|".join(person.offers),
        person.language,
        person.email,
        person.slack_id,
        person.discord_id,
        person.paused_until.isoformat() if person.paused_until else "",
        "" if person.intros_per_round is None else str(person.intros_per_round),
    )


def _doubles(people: Sequence[RosterLine]) -> list[tuple[int, Phrase]]:
    """Lines that mean the same person: told at the later line, with the number of the earlier one."""
    problems: list[tuple[int, Phrase]] = []
    for column, key in _KEYS.items():
        seen: defaultdict[object, list[int]] = defaultdict(list)
        for person in people:
            value = key(person)
            if value:
                seen[value].append(person.line)
        problems.extend(
            (
                later,
                phrase(
                    "Line {line}: the same {column} as in line {earlier}.", line=later, column=column, earlier=lines[0]
                ),
            )
            for lines in seen.values()
            for later in lines[1:]
        )
    return problems


def same_person(name: str, organisation: str) -> tuple[str, str]:
    """What makes two entries without ids the same person: name and organisation, however they are written."""
    return _folded(name), _folded(organisation)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split()) or text.casefold()


def _nameless(person: RosterLine) -> object:
    if person.has_id or person.slack_id or person.discord_id or person.email or not person.name:
        return None
    return same_person(person.name, person.organisation)


_KEYS: Mapping[str, Callable[[RosterLine], object]] = {
    "id": lambda person: person.id if person.has_id else None,
    "email": lambda person: person.email.casefold(),
    "slack_id": lambda person: person.slack_id,
    "discord_id": lambda person: person.discord_id,
    "name and organisation": _nameless,
}
