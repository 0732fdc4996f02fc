"""Stations from a spreadsheet, without a chat: what ``brobygger stations`` reads and makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import InputError, NotUnderstood, Phrase, phrase
from bot.introductions.spreadsheet import candidates_of, check_history, next_number
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.stations.domain import Progress, Seating, Stations
from bot.matching.stations.making import challenge_groups, stations
from bot.members.cells import items
from bot.members.domain import SECTORS
from bot.members.roster import HistoryLine, RosterLine, read_history, read_roster
from bot.members.spreadsheet import Columns, read_table

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning

_WISHES = Columns(
    {
        "id": "id",
        "nr": "id",
        "member": "id",
        "medlem": "id",
        "wishes": "wishes",
        "wish": "wishes",
        "ønsker": "wishes",
        "ønske": "wishes",
        "cases": "wishes",
        "case": "wishes",
    },
    required=("id", "wishes"),
)


class StationFormat(StrEnum):
    """How groups are printed: for a script, for a person, for a spreadsheet, or as lines for a history file."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class StationsAsked:
    """What somebody asked for beside the files. ``count`` is how many stations; None for a challenge, whose groups are of
    ``size``, or without one of three to five."""

    count: int | None = None
    size: int | None = None
    seed: int = 0
    weights: Weights = field(default_factory=Weights)
    locked: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    cases: tuple[str, ...] = ()
    prove: bool = False
    meaning: "Meaning | None" = None


@dataclass(frozen=True, slots=True)
class StationFiles:
    """What the files say, once they have been found usable together. ``number``: the round that these groups will be."""

    lines: tuple[RosterLine, ...]
    history: tuple[HistoryLine, ...]
    candidates: tuple[Candidate, ...]
    wanted: Mapping[str, tuple[str, ...]]
    number: int

    @classmethod
    def read(cls, roster: bytes, history: bytes, wishes: bytes, asked: StationsAsked, today: date) -> "StationFiles":
        """Raises InputError, naming every bad line, where a file cannot be used or a lock names nobody who takes part."""
        lines = read_roster(roster, SECTORS, any_sector=True)
        past = read_history(history) if history else ()
        check_history(past, lines)
        # Who wants no introductions still comes to a camp; who is on a break does not.
        candidates = candidates_of([replace(line, intros_per_round=None) for line in lines], today)
        present = {candidate.id for candidate in candidates}
        problems = list(_absent((*asked.locked, *asked.apart), {line.id for line in lines}, present))
        if not candidates:
            problems.append(phrase("Everybody on this roster is on a break."))
        if problems:
            raise InputError(problems)
        wanted = _wishes(wishes, {line.id for line in lines}) if wishes else {}
        wanted = {member: names for member, names in wanted.items() if member in present}
        return cls(lines, past, candidates, wanted, next_number(past))


def made_of(files: StationFiles, asked: StationsAsked, progress: Progress | None = None) -> Stations:
    """Makes the groups. Raises what the planner raises, one sentence."""
    meetings = [Meeting(line.members, files.number - line.round) for line in files.history]
    seating = Seating(
        locked=frozenset(asked.locked), forbidden=frozenset(asked.apart), cases=asked.cases, wanted=files.wanted
    )
    make = partial(challenge_groups, size=asked.size) if asked.count is None else partial(stations, count=asked.count)
    return make(
        files.candidates,
        history=meetings,
        seed=asked.seed,
        asked=seating,
        weights=asked.weights,
        meaning=asked.meaning,
        prove=asked.prove,
        progress=progress,
    )


def together(option: str, typed: Iterable[str]) -> tuple[frozenset[str], ...]:
    """``a|b`` or more of them, each once. Raises NotUnderstood where there is only one."""
    groups = [frozenset(items(text)) for text in typed]
    if any(len(group) < 2 for group in groups):
        raise NotUnderstood(
            phrase("{option} takes two or more different ids with | between them, such as “m1|m2”.", option=option)
        )
    return tuple(dict.fromkeys(groups))


def _absent(groups: Sequence[frozenset[str]], known: set[str], present: set[str]) -> Iterable[Phrase]:
    for member in sorted({member for group in groups for member in group} - present):
        if member in known:
            yield phrase("{id} takes no part this time, so no group with them can be locked.", id=member)
        else:
            yield phrase("The roster has no member {id}.", id=member)


def _wishes(data: bytes, known: set[str]) -> dict[str, tuple[str, ...]]:
    _, lines = read_table(data, _WISHES)
    problems: list[Phrase] = []
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        member, names = line.cells.get("id", ""), items(line.cells.get("wishes", ""))
        if member not in known:
            problems.append(phrase("Line {line}: the roster has no member with this id.", line=line.number))
        elif member in found:
            problems.append(phrase("Line {line}: this member’s wishes are there twice.", line=line.number))
        else:
            found[member] = names
    if problems:
        raise InputError(problems)
    return found
