"""The deliveries that follow a camp. Keys are unique, so writing one twice sends one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.camps.handover.domain import HandOver
from bot.camps.handover.kinds import DayNotes, HandOverDue, HowWasIt
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt
from bot.deliveries.making import to_member
from bot.identity import CampId, MemberId
from bot.ports import UnitOfWork

_NO_MESSAGE = frozenset({DeliveryState.CANCELLED, DeliveryState.FAILED})


def due_for(camp: CampId, organiser: MemberId, now: datetime) -> Delivery:
    """Tells an organiser what can be done after the camp."""
    return to_member(organiser, f"handover:{camp}:{organiser}", HandOverDue(camp), now)


def question_for(camp: CampId, member: MemberId, now: datetime, until: datetime) -> Delivery:
    """Asks somebody how it was."""
    return replace(to_member(member, f"howwasit:{camp}:{member}", HowWasIt(camp), now), not_after=until)


async def share_notes(
    work: UnitOfWork, handover: HandOver, members: Iterable[MemberId], now: datetime, *, changed: bool
) -> tuple[int, int]:
    """Sends the notes to those who have not got them, and where they ``changed`` corrects them where they stand. Returns how
    many of each."""
    camp, version = handover.camp, handover.version
    new: list[Delivery] = []
    edits: list[Delivery] = []
    for member in members:
        key = f"daynotes:{camp}:{member}"
        letter = to_member(member, key, DayNotes(camp), now)
        first = await work.deliveries.by_key(key)
        if first is None:
            new.append(letter)
        elif changed and first.state not in _NO_MESSAGE:
            edits.append(_correcting(letter, first, version))
    await work.deliveries.add([*new, *edits])
    return len(new), len(edits)


def _correcting(letter: Delivery, first: Delivery, version: int) -> Delivery:
    return replace(letter, key=f"{letter.key}:v{version}", revises=first.id, if_in_doubt=IfInDoubt.SEND_AGAIN)
