"""The deliveries that stations cause. Keys are unique, so writing one twice sends one.

Somebody gets a message when they are given a station, and when it becomes another one. Who only has others beside them sees
so on the card that they have, without a new message.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.camps.stations.domain import StationPlan, Touched, touched
from bot.camps.stations.kinds import AllStations, StationReplaced, StationsReady, YourStation
from bot.deliveries.domain import Delivery, DeliveryState, IfInDoubt
from bot.deliveries.making import edit_of, to_member, to_place
from bot.identity import Address, CampId, MemberId
from bot.ports import UnitOfWork

_NO_MESSAGE = frozenset({DeliveryState.CANCELLED, DeliveryState.FAILED})


def station_key(camp: CampId, member: MemberId, version: int) -> str:
    """The key of what somebody was told in one posting."""
    return f"station:{camp}:{member}:{version}"


def place_key(camp: CampId, place: Address) -> str:
    """The key of what stands in a channel."""
    return f"stations:{camp}:{sha256(f'{place.platform} {place.value}'.encode()).hexdigest()[:16]}"


async def tell_everybody(work: UnitOfWork, before: StationPlan, posted: StationPlan, now: datetime) -> Touched:
    """Tells those who are touched between two postings, and brings what stands in channels up to date."""
    changes = touched(before.told, posted.told)
    camp, version = posted.camp, posted.version
    placed = set(changes.placed)
    waiting = [station_key(camp, member, known) for member in placed for known in range(1, version)]
    await work.deliveries.cancel(waiting)
    letters = [
        to_member(member, station_key(camp, member, version), YourStation(camp), now) for member in changes.placed
    ]
    for member in changes.placed:
        edit = to_member(member, f"{station_key(camp, member, version)}:old", StationReplaced(camp), now)
        letters += _revising(await _last(work, camp, member, version), edit)
    for member in (*changes.beside, *changes.out):
        edit = to_member(member, f"{station_key(camp, member, version)}:now", YourStation(camp), now)
        letters += _revising(await _last(work, camp, member, version), edit)
    letters += await _in_places(work, posted, f"v{version}", now)
    await work.deliveries.add(letters)
    return changes


async def tell_of_leaving(
    work: UnitOfWork, plan: StationPlan, left: MemberId, others: Iterable[MemberId], now: datetime
) -> None:
    """No card keeps the name of somebody who is forgotten."""
    letters: list[Delivery] = []
    for member in others:
        key = f"{station_key(plan.camp, member, plan.version)}:left:{left}"
        last = await _last(work, plan.camp, member, plan.version + 1)
        letters += _revising(last, to_member(member, key, YourStation(plan.camp), now))
    letters += await _in_places(work, plan, f"left:{left}", now)
    await work.deliveries.add(letters)


def ready_key(plan: StationPlan) -> str:
    """The key of what says that a plan is ready."""
    return f"stations-ready:{plan.camp}:{plan.revision}:{plan.seed}"


def ready(plan: StationPlan, organiser: MemberId, at: datetime) -> Delivery:
    """Tells an organiser who waits that a plan is ready, at a time."""
    return replace(
        to_member(organiser, ready_key(plan), StationsReady(plan.camp), at), if_in_doubt=IfInDoubt.SEND_AGAIN
    )


def post_in_place(plan: StationPlan, place: Address, now: datetime) -> Delivery:
    """All stations, for a channel."""
    return to_place(place, place_key(plan.camp, place), AllStations(plan.camp), now)


async def _in_places(work: UnitOfWork, plan: StationPlan, why: str, now: datetime) -> Sequence[Delivery]:
    letters: list[Delivery] = []
    for place in plan.places:
        first = post_in_place(plan, place, now)
        edit = replace(first, key=f"{first.key}:{why}", if_in_doubt=IfInDoubt.SEND_AGAIN)
        letters += _revising(await work.deliveries.by_key(first.key), edit)
    return letters


async def _last(work: UnitOfWork, camp: CampId, member: MemberId, before: int) -> Delivery | None:
    """The newest message that told somebody of a station, in a posting before this one."""
    for version in range(before - 1, 0, -1):
        found = await work.deliveries.by_key(station_key(camp, member, version))
        if found is not None and found.state not in _NO_MESSAGE:
            return found
    return None


def _revising(first: Delivery | None, edit: Delivery) -> Sequence[Delivery]:
    """The edit of a message; nothing where there is none."""
    if first is None or first.state in _NO_MESSAGE:
        return ()
    return (edit_of(first.id, edit),)
