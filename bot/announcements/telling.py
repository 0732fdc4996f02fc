"""What organisers are told about an announcement, as deliveries: who is asked to approve of it, and how it goes out.

Whoever sent it has one card in the direct conversation, which is edited and never repeated: some eight times while a time
of it goes out, closely at first and then less and less, and not where nothing has changed.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.announcements.domain import Announcement
from bot.announcements.kinds import ApprovalAsked, ApprovalRefused, NotSent, OwnersCard, Progress
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt, Letter
from bot.deliveries.making import to_member
from bot.identity import Address, DeliveryId, MemberId, new_id
from bot.members.domain import Member
from bot.ports import UnitOfWork
from bot.schedules.domain import Occurrence

# When the card is looked at again after the copies were written.
DISTANCES = tuple(timedelta(seconds=one) for one in (3, 10, 30, 90, 300, 1_200, 3_600))
# What waits for the morning goes out within some minutes of it.
_AFTER_THE_LAST = timedelta(minutes=5)


async def approvers(work: UnitOfWork, asker: MemberId) -> Sequence[Member]:
    """The other organisers, who can be asked: they can be reached and may do what they are asked for."""
    return [
        member
        for member in await work.members.everybody()
        if member.is_organiser() and member.is_complete() and member.accounts and member.id != asker
    ]


async def ask(
    work: UnitOfWork, announcement: Announcement, others: Sequence[Member], now: datetime, shown: Address | None
) -> None:
    """Each of them gets a card with the announcement; whoever asked has one that says that it waits."""
    await work.deliveries.add(
        [
            to_member(
                member.id, _ask_key(announcement, announcement.revision, member.id), ApprovalAsked(announcement.id), now
            )
            for member in others
        ]
    )
    await keep_card(work, announcement, shown, now)


async def settle_asks(work: UnitOfWork, announcement: Announcement, revision: int, now: datetime) -> None:
    """The cards by which others were asked for this revision say what became of it."""
    edits: list[Delivery] = []
    for member in await work.members.everybody():
        if member.is_organiser():
            earlier = await work.deliveries.by_key(_ask_key(announcement, revision, member.id))
            if earlier is not None:
                edits.append(_edit(earlier, f"{earlier.key}:over", ApprovalAsked(announcement.id), earlier.lane, now))
    await work.deliveries.add(edits)


async def refuse(work: UnitOfWork, announcement: Announcement, now: datetime) -> None:
    """The one who asked gets a message, since nothing goes out before they do something."""
    owner = announcement.owner()
    key = f"announce:{announcement.id}:no:{announcement.revision}:{owner}"
    await work.deliveries.add([to_member(owner, key, ApprovalRefused(announcement.id), now)])


async def tell_missed(work: UnitOfWork, announcement: Announcement, occurrence: Occurrence, now: datetime) -> None:
    """Nothing went out at this time: the owner gets a message, since they believe that it did; their card says it as well."""
    owner = announcement.owner()
    key = f"announce:{announcement.id}:missed:{occurrence.nominal}:{owner}"
    await amend_owner(work, announcement, now)
    await work.deliveries.add([to_member(owner, key, NotSent(announcement.id, occurrence.id), now)])


async def keep_card(work: UnitOfWork, announcement: Announcement, shown: Address | None, now: datetime) -> None:
    """The card whose button was pressed (``shown``; None for one that nobody can edit later) is the owner's card from now on;
    an earlier one says that it goes on there."""
    before = await _cards(work, announcement)
    if shown is None or (before and before[-1].message == shown):
        await tell_owner(work, announcement, now)
        return
    card = _card(announcement, len(before), now)
    await work.deliveries.add([replace(card, state=DeliveryState.SENT, message=shown, first_tried_at=now, sent_at=now)])
    if before:
        await work.deliveries.add([_amended(before[-1], announcement, now)])


async def card_of(work: UnitOfWork, announcement: Announcement) -> Delivery | None:
    """The owner's card, the latest if there were several; None before the first."""
    cards = await _cards(work, announcement)
    return cards[-1] if cards else None


async def _cards(work: UnitOfWork, announcement: Announcement) -> Sequence[Delivery]:
    found: list[Delivery] = []
    while (card := await work.deliveries.by_key(_card_key(announcement, len(found)))) is not None:
        found.append(card)
    return found


async def tell_owner(work: UnitOfWork, announcement: Announcement, now: datetime) -> Delivery:
    """The owner's card, written or edited. Returns what was added."""
    earlier = await card_of(work, announcement)
    added = _card(announcement, 0, now) if earlier is None else _amended(earlier, announcement, now)
    await work.deliveries.add([added])
    return added


async def amend_owner(
    work: UnitOfWork, announcement: Announcement, now: datetime, but_not: Address | None = None
) -> None:
    """The owner's card says how it stands now, if there is one; ``but_not`` where that message is another one's by now."""
    card = await card_of(work, announcement)
    if card is not None and (but_not is None or card.message != but_not):
        await tell_owner(work, announcement, now)


async def tell_progress(
    work: UnitOfWork, announcement: Announcement, occurrence: Occurrence, due: Sequence[datetime], now: datetime
) -> None:
    """Plans how the owner's card follows the copies of one time, that are ``due`` then."""
    card = _card_key(announcement, 0)
    earlier = await card_of(work, announcement)
    first = await tell_owner(work, announcement, now)
    anchor = first if earlier is None else earlier
    last = max(due, default=now) + _AFTER_THE_LAST
    moments = [now + one for one in DISTANCES] + ([last] if last > now + DISTANCES[-1] else [])
    edits: list[Delivery] = []
    before = first.id
    for number, at in enumerate(moments if due else ()):
        letter = Progress(announcement.id, occurrence.id, before)
        key = f"{card}:{occurrence.nominal}:{number}"
        edits.append(_edit(anchor, key, letter, f"announce:{announcement.id}:{occurrence.nominal}", now, at))
        before = edits[-1].id
    await work.deliveries.add(edits)


def _card(announcement: Announcement, number: int, now: datetime) -> Delivery:
    card = DeliveryId(new_id())
    written = to_member(announcement.owner(), _card_key(announcement, number), OwnersCard(announcement.id, card), now)
    return replace(written, id=card)


def _amended(card: Delivery, announcement: Announcement, now: datetime) -> Delivery:
    key = f"{_card_key(announcement, 0)}:{new_id()}"
    return _edit(card, key, OwnersCard(announcement.id, card.id), f"announce:{announcement.id}:card", now)


def _card_key(announcement: Announcement, number: int) -> str:
    return f"announce:{announcement.id}:card:{announcement.owner()}" + (f":{number}" if number else "")


def _ask_key(announcement: Announcement, revision: int, member: MemberId) -> str:
    return f"announce:{announcement.id}:ask:{revision}:{member}"


def _edit(
    earlier: Delivery, key: str, letter: Letter, lane: str, now: datetime, at: datetime | None = None
) -> Delivery:
    """Making an edit twice harms nobody. In a lane of its own it holds up nothing while it waits."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=key,
        lane=lane,
        target=earlier.target,
        letter=letter,
        not_before=at or now,
        revises=earlier.id,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        created_at=now,
    )
