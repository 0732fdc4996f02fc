"""Deliveries into rows and back; targets and letters as small JSON texts of ids."""

import json
from typing import assert_never
from uuid import UUID

from bot.deliveries.domain import (
    Delivery,
    DeliveryState,
    IfInDoubt,
    Letter,
    LetterTable,
    Target,
    ToCalendar,
    ToIntroRoom,
    ToMember,
    ToPlace,
)
from bot.identity import Address, DeliveryId, IntroId, MemberId, OccurrenceId
from storage.mapping import Values, address_from
from storage.outbox_rows import DeliveryRow

_NOWHERE = ToPlace(Address("unknown", ""))


def target_text(target: Target) -> str:
    """Where a delivery goes, as JSON."""
    match target:
        case ToMember(member):
            stored = {"to": "member", "id": str(member)}
        case ToIntroRoom(intro):
            stored = {"to": "intro_room", "id": str(intro)}
        case ToPlace(address):
            stored = {"to": "place", "platform": address.platform, "value": address.value}
        case ToCalendar(platform):
            stored = {"to": "calendar", "platform": platform}
        case _:
            assert_never(target)
    return json.dumps(stored, separators=(",", ":"))


def target_from(stored: str) -> Target:
    """Where a stored delivery goes. Raises ValueError for anything that :func:`target_text` did not write."""
    values: dict[str, str] = json.loads(stored)
    match values.get("to"):
        case "member":
            return ToMember(MemberId(UUID(values["id"])))
        case "intro_room":
            return ToIntroRoom(IntroId(UUID(values["id"])))
        case "place":
            return ToPlace(Address(values["platform"], values["value"]))
        case "calendar":
            return ToCalendar(values["platform"])
        case _:
            raise ValueError("a target of a kind that is gone")


def letter_from(stored: str, letters: LetterTable) -> Letter:
    """The letter; a blank one (``Letter()``) where its kind is no longer in the table: an old row must not stop the rest."""
    try:
        return letters.read(stored)
    except (ValueError, KeyError):
        return Letter()


def delivery_from(row: DeliveryRow, letters: LetterTable) -> Delivery:
    """The delivery of a row. Where it goes in a way that this version does not know, it is a blank letter to nowhere."""
    try:
        target, letter = target_from(row.target), letter_from(row.letter, letters)
    except ValueError:
        target, letter = _NOWHERE, Letter()
    return Delivery(
        id=DeliveryId(row.id),
        key=row.key,
        lane=row.lane,
        target=target,
        letter=letter,
        not_before=row.not_before,
        not_after=row.not_after,
        revises=None if row.revises is None else DeliveryId(row.revises),
        if_in_doubt=IfInDoubt(row.if_in_doubt),
        occurrence=None if row.occurrence is None else OccurrenceId(row.occurrence),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        first_tried_at=row.first_tried_at,
        error=row.error,
        message=address_from(row.message_platform, row.message_value),
        created_at=row.created_at,
        sent_at=row.sent_at,
        trace=row.trace,
    )


def delivery_values(workspace: UUID, delivery: Delivery, letters: LetterTable) -> Values:
    """A new delivery as a row's values."""
    return {
        "workspace_id": workspace,
        "id": delivery.id,
        "key": delivery.key,
        "lane": delivery.lane,
        "target": target_text(delivery.target),
        "letter": letters.write(delivery.letter),
        "not_before": delivery.not_before,
        "not_after": delivery.not_after,
        "revises": delivery.revises,
        "if_in_doubt": delivery.if_in_doubt.value,
        "occurrence": delivery.occurrence,
        "state": delivery.state.value,
        "attempts": delivery.attempts,
        "first_tried_at": delivery.first_tried_at,
        "error": delivery.error,
        "message_platform": None if delivery.message is None else delivery.message.platform,
        "message_value": None if delivery.message is None else delivery.message.value,
        "created_at": delivery.created_at,
        "sent_at": delivery.sent_at,
        "place": delivery.id.hex,
        "doubt": False,
        "due_at": None,
        "owner": None,
        "lease_until": None,
        "trace": delivery.trace,
    }
