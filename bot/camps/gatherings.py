"""Camps among the events of the places where the academy is: what stands there, and when it is seen to.

It goes as a delivery like everything else that leaves the house, so that a crash loses none and makes none twice. What it
says is read when it goes: two changes in a moment may be seen to as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar

from bot.camps.calendar import describing
from bot.camps.domain import Camp, CampState
from bot.camps.gathering import Gathering
from bot.camps.seeing import coming_camps
from bot.deliveries.domain import Delivery, Letter, ToCalendar
from bot.deliveries.letters import Reading, Written, written
from bot.homes import Installation
from bot.identity import CampId, DeliveryId, new_id
from bot.ports import UnitOfWork
from bot.words import Words

# Where everybody in the place sees a list of events.
_WITH_EVENTS = ("discord",)


@dataclass(frozen=True, slots=True)
class CampGathering(Letter):
    """A camp as one of the events of a place; called off if the camp is."""

    code: ClassVar[str] = "camp_gathering"
    camp: CampId


async def keep_gathering(work: UnitOfWork, camp: Camp, now: datetime) -> None:
    """Sees to it that a camp to which people were invited stands among the events of each such place as it is now. To be
    called in the unit of work that invites, changes or cancels."""
    if camp.invited_at is None:
        return
    for home in await _homes(work):
        first = _first(camp, home, now)
        stands = await work.deliveries.by_key(first.key) is not None
        if stands or (await work.vocabulary.options()).camps_among_events:
            # What failed for want of a right is tried again with the next change or invitation.
            await work.deliveries.add([_again(first) if stands else first])


async def keep_gatherings(work: UnitOfWork, now: datetime) -> int:
    """Sees to it that the camps to come to which people were invited stand in each such place, also in one where the academy is
    only since then. Returns how many did not."""
    homes = await _homes(work)
    if not homes or not (await work.vocabulary.options()).camps_among_events:
        return 0
    announced = [camp for camp in await coming_camps(work, now) if camp.invited_at is not None]
    return await work.deliveries.add([_first(camp, home, now) for camp in announced for home in homes])


async def everybody_sees(work: UnitOfWork) -> bool:
    """Whether an announced camp stands where others than members see it too."""
    return (await work.vocabulary.options()).camps_among_events and bool(await _homes(work))


def gathering_of(camp: Camp, words: Words) -> Gathering:
    """What everybody there may see of a camp."""
    how = words.say("Sign up with {command}.", command=words.say("/camp signup"))
    return Gathering(
        key=str(camp.id),
        title=camp.name,
        starts=camp.starts_at(),
        ends=camp.ends_at(),
        place=camp.place or camp.host or words.say("The place follows"),
        text="\n\n".join(filter(None, (how, describing(camp, words, speakers=False)))),
        called_off=camp.state is CampState.CANCELLED,
    )


async def _homes(work: UnitOfWork) -> Sequence[Installation]:
    homes = await work.vocabulary.homes()
    return [home for home in homes if home.gone_at is None and home.platform in _WITH_EVENTS]


def _first(camp: Camp, home: Installation, now: datetime) -> Delivery:
    return Delivery(
        id=DeliveryId(new_id()),
        key=f"camp:{camp.id}:gathering:{home.external}",
        # One after the other, so that whoever looks for one that a crash left behind takes no other camp's.
        lane=f"calendar:{home.platform}",
        target=ToCalendar(home.platform),
        letter=CampGathering(camp.id),
        not_before=now,
    )


def _again(first: Delivery) -> Delivery:
    return replace(first, key=f"{first.key}:{first.id}")


async def _gathering(reading: Reading, letter: CampGathering) -> Gathering | None:
    camp = await reading.work.camps.get(letter.camp)
    if camp is None or camp.state is CampState.HELD or camp.ends_at() <= reading.now:
        return None
    return gathering_of(camp, reading.words)


LETTERS: tuple[Written, ...] = (written(CampGathering, _gathering),)
