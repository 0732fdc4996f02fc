"""The deliveries that rounds and introductions cause. Keys are unique, so writing one twice sends one.

To one member a round sends at most: the offer, and "Did you meet?"; a contact card as well where no room can hold them
all, and then what they write to each other. Everything else is an edit of those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt, Letter, ToIntroRoom, ToMember
from bot.identity import DeliveryId, IntroId, LineId, MemberId, RoundId, new_id
from bot.introductions.domain import Intro, Line
from bot.introductions.kinds import (
    CarriedLine,
    ContactCard,
    DidYouMeet,
    FollowUpNews,
    IntroNews,
    IntroOffer,
    RoomOpening,
    RoundReady,
)
from bot.ports import UnitOfWork

_NO_MESSAGE = frozenset({DeliveryState.CANCELLED, DeliveryState.FAILED})


def offer_key(intro: IntroId, member: MemberId) -> str:
    """The key of a member's offer."""
    return f"offer:{intro}:{member}"


def room_key(intro: IntroId) -> str:
    """The key of the first message in a room."""
    return f"room:{intro}"


def follow_up_key(intro: IntroId, member: MemberId) -> str:
    """The key of a member's "Did you meet?"."""
    return f"followup:{intro}:{member}"


def offer(intro: Intro, member: MemberId, now: datetime) -> Delivery:
    """The offer to one member; not sent any more once the time to answer is over."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=offer_key(intro.id, member),
        lane=_lane(member),
        target=ToMember(member),
        letter=IntroOffer(intro.id, member),
        not_before=now,
        not_after=intro.answer_until,
        created_at=now,
    )


def room_opening(intro: Intro, now: datetime) -> Delivery:
    """Opens the room and says the first words there. Both said yes, so twice is better than never."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=room_key(intro.id),
        lane=f"intro:{intro.id}",
        target=ToIntroRoom(intro.id),
        letter=RoomOpening(intro.id),
        not_before=now,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        created_at=now,
    )


def contact_key(intro: IntroId, member: MemberId) -> str:
    """The key of a member's contact card."""
    return f"contact:{intro}:{member}"


def line_key(line: LineId) -> str:
    """The key of a carried line."""
    return f"line:{line}"


def contact_card(intro: IntroId, member: MemberId, now: datetime) -> Delivery:
    """Who the others are and how to reach them. All said yes, so twice is better than never."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=contact_key(intro, member),
        lane=_lane(member),
        target=ToMember(member),
        letter=ContactCard(intro, member),
        not_before=now,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        created_at=now,
    )


def carried(line: Line) -> Delivery:
    """What somebody wrote, to the one it is for."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=line_key(line.id),
        lane=_lane(line.to),
        target=ToMember(line.to),
        letter=CarriedLine(line.intro, line.id),
        not_before=line.at,
        created_at=line.at,
    )


async def room_is_there(work: UnitOfWork, intro: Intro, inside: Iterable[MemberId], now: datetime) -> None:
    """The offers' cards promise a room only when it stands."""
    for member in inside:
        await tell(work, intro, member, "room", now)


async def introduce_apart(work: UnitOfWork, intro: Intro, apart: Iterable[MemberId], now: datetime) -> None:
    """Those who are in no room with the others get a contact card each, and their offer's card says so."""
    for member in apart:
        await work.deliveries.add([contact_card(intro.id, member, now)])
        await tell(work, intro, member, "apart", now)


def follow_up(intro: IntroId, member: MemberId, now: datetime) -> Delivery:
    """The question a week later."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=follow_up_key(intro, member),
        lane=_lane(member),
        target=ToMember(member),
        letter=DidYouMeet(intro, member),
        not_before=now,
        created_at=now,
    )


def round_ready(round_: RoundId, organiser: MemberId, now: datetime) -> Delivery:
    """Tells an organiser that a round waits for a look."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=f"ready:{round_}:{now:%Y%m%d}:{organiser}",
        lane=_lane(organiser),
        target=ToMember(organiser),
        letter=RoundReady(round_),
        not_before=now,
        created_at=now,
    )


async def tell(work: UnitOfWork, intro: Intro, member: MemberId, why: str, now: datetime) -> None:
    """Edits a member's offer card, once for each ``why``. Somebody who never got the card hears nothing."""
    await work.deliveries.add(await news_for(work, intro, (member,), why, now))


async def news_for(
    work: UnitOfWork, intro: Intro, members: Iterable[MemberId], why: str, now: datetime
) -> Sequence[Delivery]:
    """The edits of some members' offer cards, still to be written: a round that closes writes a thousand at once."""
    found: list[Delivery] = []
    for member in members:
        edit = _edit(f"news:{intro.id}:{member}:{why}", ToMember(member), IntroNews(intro.id, member), now)
        found += await _revising(work, offer_key(intro.id, member), edit)
    return found


async def retell(work: UnitOfWork, intro: Intro, member: MemberId, left: MemberId, now: datetime) -> None:
    """Edits both of a member's cards after somebody in the introduction left."""
    await tell(work, intro, member, f"left:{left}", now)
    news = FollowUpNews(intro.id, member)
    key = f"news:followup:{intro.id}:{member}:{left}"
    edit = _edit(key, ToMember(member), news, now)
    await work.deliveries.add(await _revising(work, follow_up_key(intro.id, member), edit))


async def retell_contact(work: UnitOfWork, intro: Intro, member: MemberId, left: MemberId, now: datetime) -> None:
    """Edits a member's contact card, and what was carried to them, after somebody in the introduction left."""
    edit = _edit(f"{contact_key(intro.id, member)}:left:{left}", ToMember(member), ContactCard(intro.id, member), now)
    await work.deliveries.add(await _revising(work, contact_key(intro.id, member), edit))
    for line in await work.lines.between(intro.id):
        if line.author == left and line.to == member:
            gone = _edit(f"{line_key(line.id)}:left", ToMember(member), CarriedLine(intro.id, line.id), now)
            await work.deliveries.add(await _revising(work, line_key(line.id), gone))


async def retell_room(work: UnitOfWork, intro: Intro, left: MemberId, now: datetime) -> None:
    """Edits the room's first message after somebody left."""
    edit = _edit(f"{room_key(intro.id)}:left:{left}", ToIntroRoom(intro.id), RoomOpening(intro.id), now)
    await work.deliveries.add(await _revising(work, room_key(intro.id), edit))


def _edit(key: str, target: ToMember | ToIntroRoom, letter: Letter, now: datetime) -> Delivery:
    """An edit: saying the same thing twice harms nobody."""
    lane = _lane(target.member) if isinstance(target, ToMember) else f"intro:{target.intro}"
    return Delivery(
        id=DeliveryId(new_id()),
        key=key,
        lane=lane,
        target=target,
        letter=letter,
        not_before=now,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        created_at=now,
    )


async def _revising(work: UnitOfWork, key: str, delivery: Delivery) -> Sequence[Delivery]:
    """The delivery as an edit of the one with this key; nothing where no message came of that one."""
    first = await work.deliveries.by_key(key)
    return [] if first is None or first.state in _NO_MESSAGE else [replace(delivery, revises=first.id)]


def _lane(member: MemberId) -> str:
    return f"member:{member}"
