"""Challenges for the tests of storage; each differs from its defaults in every field."""

from dataclasses import replace
from datetime import timedelta

from bot.challenges.domain import (
    Answer,
    Challenge,
    ChallengePlace,
    ChallengeState,
    Closing,
    Invitation,
    WhyAsked,
)
from bot.identity import Address, ChallengeId, DeliveryId, MemberId, NoteId, ScheduleId, new_id
from tests.storage_values import NOW


def a_challenge(author: MemberId, **changes: object) -> Challenge:
    full = Challenge(
        id=ChallengeId(new_id()),
        author=author,
        question="Hvordan får ældre nogen at spise med? 🌉",
        made_at=NOW,
        view="Mange spiser alene.\nDe siger, at de ikke er sultne.",
        themes=("ageing", "loneliness"),
        state=ChallengeState.OPEN,
        place=ChallengePlace(Address("slack", "C1"), DeliveryId(new_id()), "news"),
        closes_at=NOW + timedelta(days=2),
        schedule=ScheduleId(new_id()),
        revision=4,
        opened_at=NOW + timedelta(hours=1),
        closed_at=NOW + timedelta(days=2),
        closing=Closing(7, ("business", "research")),
        note=NoteId(new_id()),
        forgotten=True,
        private=True,
        left_out=(MemberId(new_id()), MemberId(new_id())),
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Challenge


def an_answer(challenge: ChallengeId, member: MemberId, **changes: object) -> Answer:
    full = Answer(
        challenge, member, "business", NOW, "De er trætte klokken fem.", "Et bord i hallen.", shown=False, held=True
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Answer


def an_invitation(challenge: ChallengeId, member: MemberId, **changes: object) -> Invitation:
    full = Invitation(challenge, member, "business", NOW, WhyAsked.OFFER, "lokaler 🌉", NOW + timedelta(hours=2))
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Invitation
