"""Brings stations in line with those who come, and disturbs the others as little as that allows. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.camps.stations.domain import Station, StationPlan
from bot.identity import MemberId
from bot.members.domain import Member


def fitted(
    plan: StationPlan,
    coming: Sequence[MemberId],
    people: Mapping[MemberId, Member],
    apart: Collection[frozenset[MemberId]],
) -> StationPlan:
    """Takes out who does not come, and gives everybody new the station that wants them most: with whom they were wished
    together, without anybody they are kept apart from, then the smallest, and of those where fewest come from their
    sector and their organisation. A station that is to stay as it is takes somebody in only where all are."""
    there = set(coming)
    stations = [replace(one, members=tuple(m for m in one.members if m in there)) for one in plan.stations]
    seated = {member for station in stations for member in station.members}
    kept_apart = {*apart, *map(frozenset, plan.apart)}
    wished = {frozenset(pair) for pair in plan.together}
    every_locked = all(station.locked for station in stations)
    for member in sorted(there - seated):

        def price(number: int, member: MemberId = member) -> tuple[int, ...]:
            station = stations[number]
            beside = [frozenset((member, other)) for other in station.members]
            return (
                station.locked and not every_locked,
                -sum(pair in wished for pair in beside),
                sum(pair in kept_apart for pair in beside),
                len(station.members),
                *_alike(people, member, station),
                number,
            )

        best = min(range(len(stations)), key=price)
        members = tuple(sorted((*stations[best].members, member)))
        stations[best] = replace(stations[best], members=members)
    return plan.changed(stations)


def _alike(people: Mapping[MemberId, Member], member: MemberId, station: Station) -> tuple[int, int]:
    """How many there are of somebody's sector, and of their organisation."""
    own = people[member]
    others = [people[other] for other in station.members]
    sector = sum(other.sector == own.sector for other in others)
    organisation = own.organisation.strip().casefold()
    return sector, sum(bool(organisation) and other.organisation.strip().casefold() == organisation for other in others)
