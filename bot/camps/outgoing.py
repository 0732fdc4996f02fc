"""The deliveries that camps cause. Keys are unique, so writing one twice sends one."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from bot.camps.domain import Camp, Reminder, Signup
from bot.camps.kinds import CampCancelled, CampInvitation, CampNews, CampQuestion, CampReminder, CampSeat, CampStanding
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt, Letter, ToMember
from bot.identity import Address, CampId, DeliveryId, MemberId, OccurrenceId, new_id
from bot.ports import UnitOfWork

_NO_MESSAGE = frozenset({DeliveryState.CANCELLED, DeliveryState.FAILED})


def invitation_key(camp: CampId, member: MemberId) -> str:
    """The key of a member's invitation."""
    return f"camp:{camp}:{member}"


def reminder_key(camp: Camp, reminder: Reminder, member: MemberId) -> str:
    """The key of a member's reminder of a camp at its time."""
    return f"camp-remind:{camp.id}:{reminder.value}:{camp.first_at().timestamp():.0f}:{member}"


def question_key(camp: Camp, member: MemberId, now: datetime) -> str:
    """The key of the day's question to a member."""
    return f"camp-ask:{camp.id}:{now:%Y%m%d}:{member}"


def invitation(camp: Camp, member: MemberId, now: datetime) -> Delivery:
    """Asks one member; not sent any more once the camp is on."""
    return letter_to(invitation_key(camp.id, member), member, CampInvitation(camp.id), now, camp.starts_at())


def seat_for(camp: Camp, signup: Signup, now: datetime) -> Delivery:
    """Tells one who waited that there is a seat; once for each time on the waiting list."""
    since = "" if signup.since is None else f"{signup.since.timestamp():.6f}"
    key = f"camp-seat:{camp.id}:{signup.member}:{since}"
    return letter_to(key, signup.member, CampSeat(camp.id), now, camp.starts_at())


def reminder_for(
    camp: Camp, reminder: Reminder, member: MemberId, now: datetime, occurrence: OccurrenceId | None = None
) -> Delivery:
    """One member's reminder, once for each time at which the camp is to begin; never sent once it has."""
    key = reminder_key(camp, reminder, member)
    letter = CampQuestion(camp.id) if reminder is Reminder.FORTNIGHT else CampReminder(camp.id)
    return letter_to(key, member, letter, now, camp.instant(camp.last_call(reminder)), occurrence)


def question_for(camp: Camp, member: MemberId, now: datetime) -> Delivery:
    """Asks one who has not settled once more; once a day at the most."""
    return letter_to(question_key(camp, member, now), member, CampQuestion(camp.id), now, camp.first_at())


def news_for(camp: Camp, change: UUID, member: MemberId, now: datetime) -> Delivery:
    """Tells one member what has changed."""
    return letter_to(f"camp-news:{camp.id}:{change}:{member}", member, CampNews(camp.id, change), now, camp.ends_at())


def cancelled_for(camp: Camp, member: MemberId, now: datetime) -> Delivery:
    """Tells one member that it does not take place."""
    return letter_to(f"camp-cancelled:{camp.id}:{member}", member, CampCancelled(camp.id), now, None)


async def standing_now(
    work: UnitOfWork, camp: Camp, members: Iterable[MemberId], why: str, now: datetime, but_not: Address | None = None
) -> Sequence[Delivery]:
    """Edits of the invitations of these members, once for each ``why``. Somebody who never got one hears nothing, and a card
    that is being answered just now (``but_not``) needs no second edit."""
    keys = {member: invitation_key(camp.id, member) for member in members}
    invitations = await work.deliveries.by_keys(list(keys.values()))
    edits: list[Delivery] = []
    for member, key in keys.items():
        first = invitations.get(key)
        if first is None or first.state in _NO_MESSAGE or (but_not is not None and first.message == but_not):
            continue
        edits.append(
            Delivery(
                id=DeliveryId(new_id()),
                key=f"camp-standing:{camp.id}:{member}:{why}",
                lane=_lane(member),
                target=ToMember(member),
                letter=CampStanding(camp.id),
                not_before=now,
                revises=first.id,
                if_in_doubt=IfInDoubt.SEND_AGAIN,
                created_at=now,
            )
        )
    return edits


def letter_to(
    key: str,
    member: MemberId,
    letter: Letter,
    now: datetime,
    not_after: datetime | None,
    occurrence: OccurrenceId | None = None,
) -> Delivery:
    """A message to one member; not sent any more after ``not_after``."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=key,
        lane=_lane(member),
        target=ToMember(member),
        letter=letter,
        not_before=now,
        not_after=not_after,
        occurrence=occurrence,
        created_at=now,
    )


def _lane(member: MemberId) -> str:
    return f"member:{member}"
