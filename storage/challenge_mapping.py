"""Challenges as rows and back: what people wrote goes sealed, the rest as it is."""

import json
from collections.abc import Mapping
from typing import cast
from uuid import UUID

from bot.challenges.domain import Answer, Challenge, ChallengePlace, ChallengeState, Closing, Invitation, WhyAsked
from bot.identity import Address, ChallengeId, DeliveryId, MemberId, NoteId, ScheduleId
from storage.challenge_rows import ChallengeAnswerRow, ChallengeInvitationRow, ChallengeRow
from storage.mapping import Values
from storage.seal import Seal


def challenge_values(workspace: UUID, challenge: Challenge, seal: Seal) -> Values:
    """The challenge as a row's values."""
    closing = challenge.closing
    return {
        "workspace_id": workspace,
        "id": challenge.id,
        "author_id": challenge.author,
        "body_sealed": _sealed(
            seal, question=challenge.question, view=challenge.view, left_out=" ".join(map(str, challenge.left_out))
        ),
        "themes": list(challenge.themes),
        "state": challenge.state.value,
        "place": None if challenge.place is None else _place_values(challenge.place),
        "closes_at": challenge.closes_at,
        "schedule_id": challenge.schedule,
        "revision": challenge.revision,
        "made_at": challenge.made_at,
        "opened_at": challenge.opened_at,
        "closed_at": challenge.closed_at,
        "closing": None if closing is None else {"answers": closing.answers, "sectors": list(closing.sectors)},
        "note_id": challenge.note,
        "forgotten": challenge.forgotten,
        "private": challenge.private,
    }


def challenge_from(row: ChallengeRow, seal: Seal) -> Challenge:
    """The challenge of a row."""
    body = _opened(seal, row.body_sealed)
    return Challenge(
        id=ChallengeId(row.id),
        author=MemberId(row.author_id),
        question=body["question"],
        made_at=row.made_at,
        view=body["view"],
        themes=tuple(row.themes),
        state=ChallengeState(row.state),
        place=None if row.place is None else _place(row.place),
        closes_at=row.closes_at,
        schedule=None if row.schedule_id is None else ScheduleId(row.schedule_id),
        revision=row.revision,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        closing=None if row.closing is None else _closing(row.closing),
        note=None if row.note_id is None else NoteId(row.note_id),
        forgotten=row.forgotten,
        private=row.private,
        left_out=tuple(MemberId(UUID(one)) for one in body.get("left_out", "").split()),
    )


def answer_values(workspace: UUID, answer: Answer, seal: Seal) -> Values:
    """The answer as a row's values."""
    return {
        "workspace_id": workspace,
        "challenge_id": answer.challenge,
        "member_id": answer.member,
        "sector": answer.sector,
        "at": answer.at,
        "body_sealed": _sealed(seal, sees=answer.sees, suggests=answer.suggests),
        "shown": answer.shown,
        "held": answer.held,
    }


def answer_from(row: ChallengeAnswerRow, seal: Seal) -> Answer:
    """The answer of a row."""
    body = _opened(seal, row.body_sealed)
    return Answer(
        challenge=ChallengeId(row.challenge_id),
        member=MemberId(row.member_id),
        sector=row.sector,
        at=row.at,
        sees=body["sees"],
        suggests=body["suggests"],
        shown=row.shown,
        held=row.held,
    )


def invitation_values(workspace: UUID, invitation: Invitation, seal: Seal) -> Values:
    """The invitation as a row's values."""
    return {
        "workspace_id": workspace,
        "challenge_id": invitation.challenge,
        "member_id": invitation.member,
        "sector": invitation.sector,
        "at": invitation.at,
        "why": invitation.why.value,
        "term_sealed": seal.close(invitation.term),
        "declined_at": invitation.declined_at,
    }


def invitation_from(row: ChallengeInvitationRow, seal: Seal) -> Invitation:
    """The invitation of a row."""
    return Invitation(
        challenge=ChallengeId(row.challenge_id),
        member=MemberId(row.member_id),
        sector=row.sector,
        at=row.at,
        why=WhyAsked(row.why),
        term=seal.open(row.term_sealed),
        declined_at=row.declined_at,
    )


def _sealed(seal: Seal, **texts: str) -> str:
    return seal.close(json.dumps(texts, ensure_ascii=False))


def _opened(seal: Seal, sealed: str) -> Mapping[str, str]:
    return cast("dict[str, str]", json.loads(seal.open(sealed)))


def _place_values(place: ChallengePlace) -> dict[str, str]:
    anchor = "" if place.anchor is None else str(place.anchor)
    return {"platform": place.address.platform, "value": place.address.value, "anchor": anchor, "name": place.name}


def _place(stored: Mapping[str, str]) -> ChallengePlace:
    anchor = DeliveryId(UUID(stored["anchor"])) if stored["anchor"] else None
    return ChallengePlace(Address(stored["platform"], stored["value"]), anchor, stored["name"])


def _closing(stored: Mapping[str, object]) -> Closing:
    return Closing(cast(int, stored["answers"]), tuple(cast("list[str]", stored["sectors"])))
