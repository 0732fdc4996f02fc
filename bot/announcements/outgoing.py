"""The deliveries that announcements cause. Keys are unique: however often one is written, each reader, and each channel,
gets one copy a time."""

from datetime import datetime

from bot.announcements.kinds import AnnouncementCopy
from bot.deliveries.domain import Delivery, ToMember, ToPlace
from bot.identity import AnnouncementId, Channel, DeliveryId, MemberId, new_id
from bot.schedules.domain import Occurrence


def copy_for(
    announcement: AnnouncementId, occurrence: Occurrence, member: MemberId, now: datetime, awake: datetime
) -> Delivery:
    """One member's copy at one time, by direct message. What waits until they are ``awake`` waits beside their conversation
    and not in it: nothing else that is for them has to wait behind it."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=f"announce:{announcement}:{occurrence.nominal}:{member}",
        lane=f"member:{member}" if awake <= now else f"asleep:{member}",
        target=ToMember(member),
        letter=AnnouncementCopy(announcement),
        not_before=awake,
        occurrence=occurrence.id,
        created_at=now,
    )


def post_in(announcement: AnnouncementId, occurrence: Occurrence, channel: Channel, now: datetime) -> Delivery:
    """The post in a channel at one time. One after the other there, whoever sends it."""
    return Delivery(
        id=DeliveryId(new_id()),
        key=post_key(announcement, occurrence, channel),
        lane=f"channel:{_place(channel)}",
        target=ToPlace(channel.address),
        letter=AnnouncementCopy(announcement),
        not_before=now,
        occurrence=occurrence.id,
        created_at=now,
    )


def post_key(announcement: AnnouncementId, occurrence: Occurrence, channel: Channel) -> str:
    """By which that post is found again."""
    return f"announce:{announcement}:{occurrence.nominal}:{_place(channel)}"


def _place(channel: Channel) -> str:
    return f"{channel.address.platform}:{channel.address.value}"
