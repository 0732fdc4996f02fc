"""New deliveries as every capability writes them: to a member's own conversation, to a place, and the edit of an earlier one.

One conversation is one lane, whoever writes into it: that is what keeps messages in their order.
"""

from dataclasses import replace
from datetime import datetime

from bot.deliveries.domain import Delivery, IfInDoubt, Letter, ToMember, ToPlace
from bot.identity import Address, DeliveryId, MemberId, new_id


def to_member(member: MemberId, key: str, letter: Letter, now: datetime, id_: DeliveryId | None = None) -> Delivery:
    """A message to one member, at once. ``id_``: where whoever revises it later has to know it."""
    return Delivery(
        id=id_ or DeliveryId(new_id()),
        key=key,
        lane=f"member:{member}",
        target=ToMember(member),
        letter=letter,
        not_before=now,
        created_at=now,
    )


def to_place(place: Address, key: str, letter: Letter, now: datetime, id_: DeliveryId | None = None) -> Delivery:
    """A message to a channel, at once."""
    return Delivery(
        id=id_ or DeliveryId(new_id()),
        key=key,
        lane=f"channel:{place.platform}:{place.value}",
        target=ToPlace(place),
        letter=letter,
        not_before=now,
        created_at=now,
    )


def edit_of(first: DeliveryId, again: Delivery) -> Delivery:
    """The same message as it is now, in the place of an earlier one. Making an edit twice harms nobody."""
    return replace(again, revises=first, if_in_doubt=IfInDoubt.SEND_AGAIN)
