"""Announcements that come along when an academy in memory moves in with another one."""

from collections.abc import Mapping
from dataclasses import fields, replace

from bot.deliveries.domain import Delivery, ToMember
from bot.identity import MemberId
from bot.schedules.domain import ScheduleKind
from tests.fake_books import Books


def move_announcements(theirs: Books, ours: Books, became: Mapping[MemberId, MemberId]) -> None:
    """All of them, with what became of each."""

    def now(member: MemberId | None) -> MemberId | None:
        return None if member is None else became.get(member, member)

    for one in theirs.announcements.values():
        ours.announcements[one.id] = replace(
            one, author=became.get(one.author, one.author), asked_by=now(one.asked_by), decided_by=now(one.decided_by)
        )
    for schedule in theirs.schedules.values():
        if schedule.kind is ScheduleKind.ANNOUNCEMENT:
            ours.schedules[schedule.id] = replace(schedule, created_by=now(schedule.created_by))
    hung_on = {one.schedule for one in theirs.announcements.values()}
    ours.occurrences |= {id_: one for id_, one in theirs.occurrences.items() if one.schedule in hung_on}
    for record in theirs.deliveries.values():
        if record.delivery.key.startswith("announce:"):
            ours.deliveries[record.delivery.id] = replace(record, delivery=_renamed(record.delivery, became))


def _renamed(delivery: Delivery, became: Mapping[MemberId, MemberId]) -> Delivery:
    key, lane, target = delivery.key, delivery.lane, delivery.target
    for before, after in became.items():
        key, lane = (text.replace(str(before), str(after)) for text in (key, lane))
    ids = {entry.name: getattr(delivery.letter, entry.name) for entry in fields(delivery.letter)}
    letter = replace(delivery.letter, **{name: became.get(id_, id_) for name, id_ in ids.items()})
    to = ToMember(became.get(target.member, target.member)) if isinstance(target, ToMember) else target
    return replace(delivery, key=key, lane=lane, target=to, letter=letter)
