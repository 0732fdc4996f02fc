"""Rounds with their introductions, and schedules with their occurrences, into domain values and back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.identity import IntroId, MemberId, OccurrenceId, RoundId, ScheduleId
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.matching.domain import LeftOut, Loss, Reason, ReasonKind, WhyLeftOut, WishCost, WishKind
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from storage.mapping import Values, address_from
from storage.rows import IntroPartRow, IntroRow, OccurrenceRow, RoundRow, ScheduleRow

_YES = "yes"


def round_from(row: RoundRow) -> Round:
    """The round of a row."""
    return Round(
        id=RoundId(row.id),
        number=row.number,
        state=RoundState(row.state),
        seed=row.seed,
        created_at=row.created_at,
        created_by=None if row.created_by is None else MemberId(row.created_by),
        opened_at=row.opened_at,
        answer_until=row.answer_until,
        locked=_groups(row.locked),
        forbidden=_groups(row.forbidden),
        left_out=tuple(LeftOut(entry["id"], WhyLeftOut(entry["why"])) for entry in row.left_out),
        score=row.score,
        bound=row.bound,
        optimal=row.optimal,
        novelty_exhausted=row.novelty_exhausted,
        costs=tuple(map(_cost, row.costs or ())),
    )


def _groups(stored: list[list[str]]) -> tuple[tuple[MemberId, ...], ...]:
    return tuple(tuple(MemberId(UUID(member)) for member in group) for group in stored)


def _cost(entry: Mapping[str, str]) -> WishCost:
    return WishCost(
        WishKind(entry["kind"]),
        tuple(entry["members"].split()),
        Loss(entry["loss"]),
        int(entry["amount"]),
        float(entry["share"]),
        exact=entry["exact"] == _YES,
    )


def _cost_entry(cost: WishCost) -> dict[str, str]:
    return {
        "kind": cost.kind.value,
        "members": " ".join(cost.members),
        "loss": cost.loss.value,
        "amount": str(cost.amount),
        "share": repr(cost.share),
        "exact": _YES if cost.exact else "",
    }


def round_values(workspace: UUID, round_: Round) -> Values:
    """The round as a row's values."""
    return {
        "workspace_id": workspace,
        "id": round_.id,
        "number": round_.number,
        "state": round_.state.value,
        "seed": round_.seed,
        "created_at": round_.created_at,
        "created_by": round_.created_by,
        "opened_at": round_.opened_at,
        "answer_until": round_.answer_until,
        "locked": [[str(member) for member in group] for group in round_.locked],
        "forbidden": [[str(member) for member in group] for group in round_.forbidden],
        "left_out": [{"id": entry.id, "why": entry.why.value} for entry in round_.left_out],
        "score": round_.score,
        "bound": round_.bound,
        "optimal": round_.optimal,
        "novelty_exhausted": round_.novelty_exhausted,
        "costs": [_cost_entry(cost) for cost in round_.costs],
    }


def intro_from(row: IntroRow, parts: Sequence[IntroPartRow]) -> Intro:
    """The introduction of a row and its parts, in their order."""
    return Intro(
        id=IntroId(row.id),
        round=None if row.round_id is None else RoundId(row.round_id),
        parts=tuple(
            Part(MemberId(part.member_id), Answer(part.answer), part.answered_at, Outcome(part.outcome))
            for part in parts
        ),
        score=row.score,
        reasons=tuple(
            Reason(
                kind=ReasonKind(reason["kind"]),
                giver=reason["giver"],
                receiver=reason["receiver"],
                term=reason["term"],
                offered=reason["offered"],
            )
            for reason in row.reasons
        ),
        state=IntroState(row.state),
        created_at=row.created_at,
        answer_until=row.answer_until,
        opened_at=row.opened_at,
        room=address_from(row.room_platform, row.room_value),
        repeat=row.repeat,
        locked=row.locked,
    )


def intro_values(workspace: UUID, intro: Intro) -> Values:
    """The introduction as a row's values, without its parts."""
    return {
        "workspace_id": workspace,
        "id": intro.id,
        "round_id": intro.round,
        "score": intro.score,
        "reasons": [
            {
                "kind": reason.kind.value,
                "giver": reason.giver,
                "receiver": reason.receiver,
                "term": reason.term,
                "offered": reason.offered,
            }
            for reason in intro.reasons
        ],
        "state": intro.state.value,
        "created_at": intro.created_at,
        "answer_until": intro.answer_until,
        "opened_at": intro.opened_at,
        "room_platform": None if intro.room is None else intro.room.platform,
        "room_value": None if intro.room is None else intro.room.value,
        "repeat": intro.repeat,
        "locked": intro.locked,
    }


def part_values(workspace: UUID, intro: Intro) -> list[Values]:
    """The introduction's parts as rows' values."""
    return [
        {
            "workspace_id": workspace,
            "intro_id": intro.id,
            "position": position,
            "member_id": part.member,
            "answer": part.answer.value,
            "answered_at": part.answered_at,
            "outcome": part.outcome.value,
        }
        for position, part in enumerate(intro.parts)
    ]


def schedule_from(row: ScheduleRow) -> Schedule:
    """The schedule of a row."""
    return Schedule(
        id=ScheduleId(row.id),
        kind=ScheduleKind(row.kind),
        zone=row.zone,
        start=datetime.fromisoformat(row.start),
        rule=row.rule,
        catch_up=CatchUp(row.catch_up),
        next_at=row.next_at,
        details=row.details,
        created_by=None if row.created_by is None else MemberId(row.created_by),
        not_after=datetime.fromisoformat(row.not_after) if row.not_after else None,
    )


def schedule_values(workspace: UUID, schedule: Schedule) -> Values:
    """The schedule as a row's values."""
    return {
        "workspace_id": workspace,
        "id": schedule.id,
        "kind": schedule.kind.value,
        "zone": schedule.zone,
        "start": schedule.start.isoformat(),
        "rule": schedule.rule,
        "catch_up": schedule.catch_up.value,
        "next_at": schedule.next_at,
        "details": dict(schedule.details),
        "created_by": schedule.created_by,
        "not_after": "" if schedule.not_after is None else schedule.not_after.isoformat(),
    }


def occurrence_from(row: OccurrenceRow) -> Occurrence:
    """The occurrence of a row."""
    return Occurrence(
        id=OccurrenceId(row.id),
        schedule=ScheduleId(row.schedule_id),
        nominal=row.nominal,
        state=OccurrenceState(row.state),
        reason=row.reason,
        at=row.at,
    )


def occurrence_values(workspace: UUID, occurrence: Occurrence) -> Values:
    """The occurrence as a row's values."""
    return {
        "workspace_id": workspace,
        "id": occurrence.id,
        "schedule_id": occurrence.schedule,
        "nominal": occurrence.nominal,
        "state": occurrence.state.value,
        "reason": occurrence.reason,
        "at": occurrence.at,
    }
