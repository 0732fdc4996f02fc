"""Camps among the events of the places where the academy is: what stands there, and when it is seen to.

It goes as a delivery like everything else that leaves the house, so that a crash loses none and makes none twice. What it
says is read when it goes: two changes in a moment may be seen to as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.camps.calendar import describing
from bot.camps.domain import Camp, CampState
from bot.camps.gathering import Gathering
from bot.deliveries.domain import Delivery, Letter, ToCalendar
from bot.deliveries.letters import Reading, Written, written
from bot.homes import lived_in
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
    await work.deliveries.add([_delivery(camp, platform, now) for platform in await _places(work)])


async def everybody_sees(work: UnitOfWork) -> bool:
    """Whether an announced camp stands where others than members see it too."""
    return bool(await _places(work))


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


async def _places(work: UnitOfWork) -> Sequence[str]:
    homes = lived_in(await work.vocabulary.homes())
    return [platform for platform in _WITH_EVENTS if platform in homes]


def _delivery(camp: Camp, platform: str, now: datetime) -> Delivery:
    own = DeliveryId(new_id())
    return Delivery(
        id=own,
        # Each time anew: what failed for want of a right is tried again with the next change or invitation.
        key=f"camp:{camp.id}:gathering:{own}",
        # One after the other, so that whoever looks for one that a crash left behind takes no other camp's.
        lane=f"calendar:{platform}",
        target=ToCalendar(platform),
        letter=CampGathering(camp.id),
        not_before=now,
    )


async def _gathering(reading: Reading, letter: CampGathering) -> Gathering | None:
    camp = await reading.work.camps.get(letter.camp)
    if camp is None or camp.state is CampState.HELD or camp.ends_at() <= reading.now:
        return None
    return gathering_of(camp, reading.words)


LETTERS: tuple[Written, ...] = (written(CampGathering, _gathering),)
