"""Rounds from a spreadsheet, without a chat and without a database: what ``brobygger match`` prints."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.errors import InputError, Phrase, phrase
from bot.matching.domain import Candidate, Group, LeftOut, Meeting, Plan, Reason
from bot.matching.plan import plan
from bot.members.roster import HistoryLine, RosterLine


class Format(StrEnum):
    """How rounds are printed: for a script, for a person, for a spreadsheet."""

    JSON = "json"
    TABLE = "table"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One round with its number and how many members it had to place."""

    number: int
    members: int
    plan: Plan


def candidates_of(lines: Sequence[RosterLine], today: date) -> tuple[Candidate, ...]:
    """Those of a roster who take part: not paused, and wanting any introductions at all."""
    return tuple(
        Candidate(
            id=line.id,
            organisation=line.organisation,
            sector=line.sector,
            themes=line.themes,
            needs=line.needs,
            offers=line.offers,
        )
        for line in lines
        if line.intros_per_round != 0 and (line.paused_until is None or line.paused_until <= today)
    )


def check_history(history: Sequence[HistoryLine], known: Sequence[RosterLine]) -> None:
    """Raises InputError where the history names nobody of the roster at all: it is another roster's."""
    ids = {line.id for line in known}
    if history and not any(ids.intersection(line.members) for line in history):
        raise InputError([phrase("The history names nobody of this roster: are the two files of the same academy?")])


def plan_rounds(
    candidates: Sequence[Candidate], history: Sequence[HistoryLine], *, rounds: int, size: int, seed: int
) -> Iterator[PlannedRound]:
    """Plans round after round, each knowing the ones before. Numbers go on from the history's last."""
    past = list(history)
    waited: dict[str, int] = {}
    first = max((line.round for line in past), default=0) + 1
    for number in range(first, first + rounds):
        meetings = [Meeting(line.members, number - line.round) for line in past]
        now = [_waiting(candidate, waited) for candidate in candidates]
        planned = plan(now, meetings, seed=seed + number, size=size)
        yield PlannedRound(number, len(candidates), planned)
        past.extend(HistoryLine(number, group.members) for group in planned.groups)
        waited = {left.id: waited.get(left.id, 0) + 1 for left in planned.left_out}


def _waiting(candidate: Candidate, waited: Mapping[str, int]) -> Candidate:
    return Candidate(
        id=candidate.id,
        organisation=candidate.organisation,
        sector=candidate.sector,
        themes=candidate.themes,
        needs=candidate.needs,
        offers=candidate.offers,
        languages=candidate.languages,
        waited=waited.get(candidate.id, 0),
    )


def json_lines(planned: PlannedRound, seconds: float) -> Iterator[str]:
    """One object a group, a line each, and last the summary."""
    for group in planned.plan.groups:
        yield json.dumps(
            {
                "round": planned.number,
                "members": list(group.members),
                "score": group.score,
                "reasons": [_reason(reason) for reason in group.reasons],
            },
            ensure_ascii=False,
        )
    yield json.dumps({"round": planned.number, "summary": summary(planned, seconds)}, ensure_ascii=False)


def summary(planned: PlannedRound, seconds: float) -> dict[str, object]:
    """The figures of a round. ``score`` and ``bound`` are points; ``seconds`` is wall time."""
    made = planned.plan
    return {
        "members": planned.members,
        "matched": sum(len(group.members) for group in made.groups),
        "left_out": [left.id for left in made.left_out],
        "left_out_why": {left.id: left.why.value for left in made.left_out},
        "groups": len(made.groups),
        "repeats": made.repeats,
        "novelty_exhausted": made.novelty_exhausted,
        "score": made.score,
        "bound": made.bound,
        "optimal": made.optimal,
        "seconds": round(seconds, 3),
    }


def csv_rows(rounds: Sequence[PlannedRound]) -> str:
    """``round,members``: the same form as a history file, so that the next call can read it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["round", "members"])
    for planned in rounds:
        writer.writerows([planned.number, "|".join(group.members)] for group in planned.plan.groups)
    return out.getvalue()


def table_rows(planned: PlannedRound, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """For a person: number of the group, who, and why in short; then who is left out and why."""
    for place, group in enumerate(planned.plan.groups, start=1):
        yield str(place), " + ".join(names.get(member, member) for member in group.members), _why(group)
    for left in planned.plan.left_out:
        yield "–", names.get(left.id, left.id), left_out_words(left)


def left_out_words(left: LeftOut) -> str:
    """Why, as short words for a terminal."""
    return left.why.value.replace("_", " ")


def not_enough(candidates: Sequence[Candidate]) -> Phrase | None:
    """What to say where no round is possible at all; None where there is something to plan."""
    if len(candidates) < 2:
        return phrase(
            "A round needs at least two members who take part; the roster has {count}.", count=len(candidates)
        )
    if len({candidate.sector for candidate in candidates}) < 2:
        return phrase("A round needs members from at least two sectors.")
    return None


def _why(group: Group) -> str:
    shown = [reason.term or reason.kind.value.replace("_", " ") for reason in group.reasons]
    return ", ".join(dict.fromkeys(shown))


def _reason(reason: Reason) -> dict[str, str]:
    told = {"kind": reason.kind.value, "from": reason.giver, "to": reason.receiver, "term": reason.term}
    return {**told, "offered": reason.offered} if reason.offered else told
