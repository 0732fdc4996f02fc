"""The morning after: a camp that is over makes itself heard once more, to whoever organised it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from bot.camps.domain import Camp, CampState
from bot.camps.handover.outgoing import due_for
from bot.identity import CampId, MemberId, ScheduleId, new_id
from bot.ports import UnitOfWork
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import planned

_CAMP = "camp"
_NINE = time(9)


async def hand_over_later(work: UnitOfWork, camp: Camp, now: datetime) -> None:
    """Plans it, by the clocks at the camp's place. To be called once, when the camp is over."""
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.CAMP_HAND_OVER,
        zone=camp.zone,
        start=datetime.combine(camp.day + timedelta(days=1), _NINE),
        catch_up=CatchUp.ALWAYS,
        details={_CAMP: str(camp.id)},
        created_by=camp.author,
    )
    # Of a camp that a machine found over much later, the morning may have passed.
    await work.schedules.put(planned(schedule, min(now, camp.ends_at())))


async def hand_over(work: UnitOfWork, schedule: Schedule, now: datetime) -> None:
    """Tells the organiser who made the camp; where they organise no more, all who do."""
    camp = await work.camps.get(CampId(UUID(schedule.details[_CAMP])))
    if camp is None or camp.state is not CampState.HELD:
        return
    await work.deliveries.add([due_for(camp.id, organiser, now) for organiser in await _organisers(work, camp)])


async def _organisers(work: UnitOfWork, camp: Camp) -> list[MemberId]:
    organisers = [member.id for member in await work.members.everybody() if member.is_organiser()]
    return [camp.author] if camp.author in organisers else organisers
