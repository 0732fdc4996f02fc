"""Rounds from a spreadsheet, without a chat and without a database: what ``brobygger match`` plans and hands to scripts."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.errors import InputError, Phrase, phrase
from bot.introductions.gathering import ENGLISH, USUAL
from bot.matching.domain import Candidate, Meeting, Plan, Reason, Weights, Wishes
from bot.matching.plan import plan
from bot.matching.rules import LockRefused, Roster, folded, locked_groups
from bot.members.roster import HistoryLine, RosterLine

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning

Ids = tuple[str, ...]


class Format(StrEnum):
    """How rounds are printed: for a script, for a person, for a spreadsheet."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for beside the two files. ``locked`` is for the first round, ``forbidden`` for all of them.

    ``meaning`` says which tags mean the same; without one, words and their synonyms do.
    """

    rounds: int = 1
    size: int = 2
    seed: int = 0
    weights: Weights = USUAL
    locked: tuple[Ids, ...] = ()
    forbidden: tuple[Ids, ...] = ()
    meaning: "Meaning | None" = None

    def wishes(self, *, first: bool = True) -> Wishes:
        """For the planner."""
        locked = frozenset(map(frozenset, self.locked)) if first else frozenset[frozenset[str]]()
        return Wishes(locked=locked, forbidden=frozenset(map(frozenset, self.forbidden)))


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round with its number, how many members it had to place, and which groups were asked for as they are."""

    number: int
    members: int
    plan: Plan
    locked: frozenset[frozenset[str]] = frozenset()


def candidates_of(lines: Sequence[RosterLine], today: date) -> tuple[Candidate, ...]:
    """Those of a roster who take part: not paused, and wanting any introductions at all. As in the chat, everybody can meet in
    English, and some in Danish as well."""
    return tuple(
        Candidate(
            id=line.id,
            organisation=line.organisation,
            sector=line.sector,
            themes=line.themes,
            needs=line.needs,
            offers=line.offers,
            languages=frozenset(filter(None, (line.language, ENGLISH))),
        )
        for line in lines
        if line.intros_per_round != 0 and (line.paused_until is None or line.paused_until <= today)
    )


def check_history(history: Sequence[HistoryLine], known: Sequence[RosterLine]) -> None:
    """Raises InputError where the history names nobody of the roster at all: it is another roster's."""
    ids = {line.id for line in known}
    if history and not any(ids.intersection(line.members) for line in history):
        raise InputError([phrase("The history names nobody of this roster: are the two files of the same academy?")])


def check_wishes(asked: Asked, known: Sequence[RosterLine], candidates: Sequence[Candidate]) -> None:
    """Raises InputError with everything about locked and forbidden groups that cannot be."""
    everybody, present = {line.id for line in known}, {candidate.id for candidate in candidates}
    named = list(dict.fromkeys(member for group in (*asked.locked, *asked.forbidden) for member in group))
    problems = [phrase("The roster has no member {id}.", id=member) for member in named if member not in everybody]
    locked = [member for group in asked.locked for member in group]
    problems += [
        phrase("{id} takes no part this time, so no group with them can be locked.", id=member)
        for member in dict.fromkeys(locked)
        if member in everybody - present
    ]
    problems += [
        phrase("{id} is in two locked groups at once.", id=member)
        for member in dict.fromkeys(locked)
        if locked.count(member) > 1
    ]
    if not problems:
        problems = [problem for group in asked.locked for problem in _refused(group, asked, candidates)]
    if problems:
        raise InputError(problems)


def _refused(group: Ids, asked: Asked, candidates: Sequence[Candidate]) -> Iterator[Phrase]:
    few = [candidate for candidate in candidates if candidate.id in group]
    alone = replace(asked, locked=(group,)).wishes()
    try:
        locked_groups(Roster.read(few, (), alone), alone)
    except LockRefused as refused:
        yield phrase("{group} cannot be locked. {why}", group="|".join(group), why=refused.said)


def unseen(_done: float, _of: int) -> None:
    """Nobody looks."""


def plan_rounds(
    candidates: Sequence[Candidate],
    history: Sequence[HistoryLine],
    asked: Asked,
    progress: Callable[[float, int], None] = unseen,
) -> Iterator[PlannedRound]:
    """Plans round after round, each knowing the ones before. Numbers go on from the history's last. ``progress``: rounds done,
    of how many."""
    past = list(history)
    waited: dict[str, int] = {}
    first = next_number(past)
    for number in range(first, first + asked.rounds):
        meetings = [Meeting(line.members, number - line.round) for line in past]
        now = [replace(candidate, waited=waited.get(candidate.id, 0)) for candidate in candidates]
        wishes = asked.wishes(first=number == first)

        def within(share: float, _what: Phrase, done: int = number - first) -> None:
            progress(done + share, asked.rounds)

        planned = plan(
            now,
            meetings,
            seed=asked.seed + number,
            wishes=wishes,
            weights=asked.weights,
            size=asked.size,
            meaning=asked.meaning,
            progress=within,
        )
        progress(number - first + 1, asked.rounds)
        yield PlannedRound(number, len(candidates), planned, wishes.locked)
        past.extend(HistoryLine(number, group.members) for group in planned.groups)
        waited = {left.id: waited.get(left.id, 0) + 1 for left in planned.left_out}


def next_number(history: Iterable[HistoryLine]) -> int:
    """The number of the round that follows."""
    return max((line.round for line in history), default=0) + 1


def json_lines(planned: PlannedRound, seconds: float) -> Iterator[str]:
    """One object a group, a line each, and last the summary."""
    for group in planned.plan.groups:
        yield json.dumps(
            {
                "round": planned.number,
                "members": list(group.members),
                "score": group.score,
                "reasons": [_reason(reason) for reason in group.reasons],
                "repeat": group.repeat,
                "locked": frozenset(group.members) in planned.locked,
            },
            ensure_ascii=False,
        )
    yield json.dumps({"round": planned.number, "summary": summary(planned, seconds)}, ensure_ascii=False)


def summary(planned: PlannedRound, seconds: float) -> Mapping[str, object]:
    """The figures of a round. ``score`` and ``bound`` are points; ``seconds`` is wall time; ``wishes`` is what each lock and each
    two kept apart cost, and all of them together."""
    made = planned.plan
    return {
        "members": planned.members,
        "matched": sum(len(group.members) for group in made.groups),
        "left_out": [left.id for left in made.left_out],
        "left_out_why": {left.id: left.why.value for left in made.left_out},
        "wishes": [
            {
                "kind": cost.kind.value,
                "members": list(cost.members),
                "loss": cost.loss.value,
                "amount": cost.amount,
                "share": round(cost.share, 4),
                "exact": cost.exact,
            }
            for cost in made.costs
        ],
        "groups": len(made.groups),
        "repeats": made.repeats,
        "novelty_exhausted": made.novelty_exhausted,
        "score": made.score,
        "bound": made.bound,
        "optimal": made.optimal,
        "seconds": round(seconds, 3),
    }


def csv_rows(groups: Iterable[tuple[int, Ids]]) -> str:
    """``round,members``: the same form as a history file, so that the next call can read it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["round", "members"])
    writer.writerows([number, "|".join(members)] for number, members in groups)
    return out.getvalue()


def not_enough(candidates: Sequence[Candidate]) -> Phrase | None:
    """What to say where no round is possible at all; None where there is something to plan."""
    if len(candidates) < 2:
        return phrase(
            "A round needs at least two members who take part; the roster has {count}.", count=len(candidates)
        )
    sectors = {folded(candidate.sector) for candidate in candidates}
    if len(sectors) < 2 and "" not in sectors:
        return phrase("A round needs members from at least two sectors.")
    return None


def _reason(reason: Reason) -> dict[str, str]:
    told = {"kind": reason.kind.value, "from": reason.giver, "to": reason.receiver, "term": reason.term}
    return {**told, "offered": reason.offered} if reason.offered else told
