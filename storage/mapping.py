"""Rows into domain values and back: plain functions, one pair a kind. Nothing else knows both sides."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from bot.identity import Account, Address, IntroId, MemberId, OccurrenceId, RoundId, ScheduleId, WorkspaceId
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.matching.domain import LeftOut, Reason, ReasonKind, WhyLeftOut
from bot.members.domain import Block, Consent, Member, Role, Sector, Theme, WorkspaceOptions
from bot.ports import Workspace
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind
from storage.rows import (
    BlockRow,
    IntroPartRow,
    IntroRow,
    MemberRow,
    OccurrenceRow,
    RoundRow,
    ScheduleRow,
    SectorRow,
    ThemeRow,
    WorkspaceRow,
)
from storage.seal import Seal

Values = dict[str, object]


def options_from(stored: Mapping[str, object]) -> WorkspaceOptions:
    """The options; one that the stored text does not know yet has its default, one that is gone is left out."""
    known = {name: value for name, value in stored.items() if name in WorkspaceOptions.__dataclass_fields__}
    return WorkspaceOptions(**cast(Any, known))  # JSON keeps each value's own type


def options_values(options: WorkspaceOptions) -> Values:
    """The options as JSON."""
    return {**asdict(options), "extra": dict(options.extra)}


def workspace_from(row: WorkspaceRow) -> Workspace:
    """The workspace of a row."""
    return Workspace(WorkspaceId(row.id), row.name, row.external, options_from(row.options))


def sector_from(row: SectorRow) -> Sector:
    """The sector of a row."""
    return Sector(row.key, row.names)


def theme_from(row: ThemeRow) -> Theme:
    """The theme of a row."""
    return Theme(row.key, row.names)


def word_values(workspace: UUID, word: Sector | Theme) -> Values:
    """A sector or theme as a row's values."""
    return {"workspace_id": workspace, "key": word.key, "names": dict(word.names)}


def member_from(row: MemberRow, accounts: Sequence[Account], seal: Seal) -> Member:
    """The member of a row."""
    return Member(
        id=MemberId(row.id),
        name=row.name,
        organisation=row.organisation,
        sector=row.sector,
        themes=tuple(row.themes),
        needs=tuple(row.needs),
        offers=tuple(row.offers),
        language=row.language,
        email=seal.open(row.email_sealed),
        roster_id=row.roster_id,
        accounts=tuple(accounts),
        role=Role(row.role),
        consent=Consent(row.consent),
        paused_until=row.paused_until,
        intros_per_round=row.intros_per_round,
        timezone=row.timezone,
        joined_at=row.joined_at,
        erased_at=row.erased_at,
        consent_at=row.consent_at,
        roster_said=row.roster_said,
    )


def member_values(workspace: UUID, member: Member, seal: Seal) -> Values:
    """The member as a row's values, without the accounts."""
    return {
        "workspace_id": workspace,
        "id": member.id,
        "name": member.name,
        "organisation": member.organisation,
        "sector": member.sector,
        "themes": list(member.themes),
        "needs": list(member.needs),
        "offers": list(member.offers),
        "language": member.language,
        "email_sealed": seal.close(member.email),
        "roster_id": member.roster_id,
        "role": member.role.value,
        "consent": member.consent.value,
        "paused_until": member.paused_until,
        "intros_per_round": member.intros_per_round,
        "timezone": member.timezone,
        "joined_at": member.joined_at,
        "erased_at": member.erased_at,
        "consent_at": member.consent_at,
        "roster_said": member.roster_said,
    }


def account_values(workspace: UUID, member: Member) -> list[Values]:
    """The member's accounts as rows' values."""
    return [
        {
            "workspace_id": workspace,
            "platform": account.platform,
            "user": account.user,
            "member_id": member.id,
            "position": position,
        }
        for position, account in enumerate(member.accounts)
    ]


def block_from(row: BlockRow) -> Block:
    """The block of a row."""
    return Block(MemberId(row.member_id), MemberId(row.other_id), row.at)


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
    )


def _groups(stored: list[list[str]]) -> tuple[tuple[MemberId, ...], ...]:
    return tuple(tuple(MemberId(UUID(member)) for member in group) for group in stored)


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


def address_from(platform: str | None, value: str | None) -> Address | None:
    """The address of two columns."""
    return None if platform is None or value is None else Address(platform, value)
