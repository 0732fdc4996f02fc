"""Stations as values, and every way in which an organiser changes them. Pure.

Whatever is done, everybody who was at one station before is at exactly one afterwards, but for those who were taken out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import combinations

from bot.identity import Address, CampId, MemberId

Pair = tuple[MemberId, MemberId]


@dataclass(frozen=True, slots=True)
class Station:
    """One group, in the order of its members' ids. ``case``: what it works on; ``locked``: another draw leaves it as it is."""

    members: tuple[MemberId, ...]
    case: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class StationPlan:
    """The stations of one camp, of which there is one plan. ``revision`` goes up with every change.

    ``together`` and ``apart``: what an organiser wished, for every further draw. ``told``: the stations that people know of,
    since ``told_at`` and for the ``version``-th time; empty before they were posted. ``places``: channels that show them.
    """

    camp: CampId
    seed: int
    stations: tuple[Station, ...]
    made_at: datetime
    made_by: MemberId | None = None
    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    revision: int = 1
    told: tuple[Station, ...] = ()
    told_at: datetime | None = None
    version: int = 0
    places: tuple[Address, ...] = ()

    def members(self) -> tuple[MemberId, ...]:
        """Everybody who is at a station."""
        return tuple(member for station in self.stations for member in station.members)

    def names(self, member: MemberId) -> bool:
        """Whether it has anything to do with somebody."""
        known = {*self.members(), *(one for station in self.told for one in station.members), self.made_by}
        return member in known or any(member in pair for pair in (*self.together, *self.apart))

    def is_told(self) -> bool:
        """Whether people know of these stations, just as they are."""
        return self.told_at is not None and _seen(self.told) == _seen(self.stations)

    def changed(self, stations: Iterable[Station]) -> "StationPlan":
        """With other stations."""
        return replace(self, stations=tuple(stations), revision=self.revision + 1)

    def moved(self, member: MemberId, to: int) -> "StationPlan":
        """Somebody goes to the station with this number, from another one or from none."""
        without = [_without(station, member) for station in self.stations]
        without[to - 1] = _with(without[to - 1], [member])
        return self.changed(without)

    def swapped(self, one: MemberId, other: MemberId) -> "StationPlan":
        """Two who are at two stations change places."""
        turned = {one: other, other: one}
        return self.changed(
            replace(station, members=_sorted(turned.get(member, member) for member in station.members))
            for station in self.stations
        )

    def turned_lock(self, number: int) -> "StationPlan":
        """A station is to stay as it is in further draws, or no longer."""
        return self.changed(
            replace(station, locked=station.locked != (place == number))
            for place, station in enumerate(self.stations, start=1)
        )

    def joined(self, pair: Pair) -> "StationPlan":
        """With the wish that two sit together; the later word counts."""
        wished = _pair(pair)
        return replace(
            self,
            together=(*_but(self.together, wished), wished),
            apart=_but(self.apart, wished),
            revision=self.revision + 1,
        )

    def parted(self, pair: Pair) -> "StationPlan":
        """With the wish that two do not sit together."""
        wished = _pair(pair)
        return replace(
            self,
            together=_but(self.together, wished),
            apart=(*_but(self.apart, wished), wished),
            revision=self.revision + 1,
        )

    def without_broken_wishes(self) -> "StationPlan":
        """Without the wishes for two to sit together who were moved apart by hand: the later word counts."""
        places = _places(self.stations)
        kept = tuple(pair for pair in self.together if places.get(pair[0]) == places.get(pair[1]))
        return replace(self, together=kept)

    def freed(self) -> "StationPlan":
        """Without any wish or lock."""
        stations = tuple(replace(station, locked=False) for station in self.stations)
        return replace(self, stations=stations, together=(), apart=(), revision=self.revision + 1)

    def posted(self, now: datetime) -> "StationPlan":
        """People are told of the stations as they are."""
        return replace(self, told=self.stations, told_at=now, version=self.version + 1, revision=self.revision + 1)

    def without(self, member: MemberId) -> "StationPlan":
        """Nothing names this member any more, also not what people were told."""
        return replace(
            self,
            stations=tuple(_without(station, member) for station in self.stations),
            told=tuple(_without(station, member) for station in self.told),
            together=tuple(pair for pair in self.together if member not in pair),
            apart=tuple(pair for pair in self.apart if member not in pair),
            made_by=None if self.made_by == member else self.made_by,
            revision=self.revision + 1,
        )

    def given(self, member: MemberId, another: MemberId) -> "StationPlan":
        """One member turned out to be another one. Where both had a station, the other one's counts."""

        def wished(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
            named = [tuple(another if one == member else one for one in pair) for pair in pairs]
            return tuple(dict.fromkeys(_pair((one, other)) for one, other in named if one != other))

        return replace(
            self,
            stations=_given(self.stations, member, another),
            told=_given(self.told, member, another),
            together=wished(self.together),
            apart=wished(self.apart),
            made_by=another if self.made_by == member else self.made_by,
            revision=self.revision + 1,
        )


@dataclass(frozen=True, slots=True)
class Touched:
    """Who is touched by what people have not been told yet: ``placed`` are at another station or another case than they
    know, ``beside`` have others beside them, ``out`` have no station any more."""

    placed: tuple[MemberId, ...] = ()
    beside: tuple[MemberId, ...] = ()
    out: tuple[MemberId, ...] = ()


def touched(told: Sequence[Station], stations: Sequence[Station]) -> Touched:
    """What became of everybody between what was told and what is now."""
    before, now = _places(told), _places(stations)
    placed, beside = list[MemberId](), list[MemberId]()
    for member, number in now.items():
        here = stations[number - 1]
        known = told[before[member] - 1] if member in before else None
        if known is None or before[member] != number or known.case != here.case:
            placed.append(member)
        elif known.members != here.members:
            beside.append(member)
    return Touched(tuple(placed), tuple(beside), tuple(member for member in before if member not in now))


def station_of(stations: Sequence[Station], member: MemberId) -> int | None:
    """The number of somebody's station, counted from 1."""
    return _places(stations).get(member)


def numbered_alike(told: Sequence[Station], groups: Sequence[Sequence[MemberId]]) -> list[Sequence[MemberId]]:
    """The groups in the order in which fewest people get another number than the one they know: those who have most in
    common with a station first."""
    known = [set(station.members) for station in told]
    common = [
        (-len(known[place].intersection(group)), place, index)
        for place in range(min(len(known), len(groups)))
        for index, group in enumerate(groups)
    ]
    order: dict[int, int] = {}
    for shared, place, index in sorted(common):
        if shared and place not in order and index not in order.values():
            order[place] = index
    rest = iter([index for index in range(len(groups)) if index not in order.values()])
    return [groups[order[place] if place in order else next(rest)] for place in range(len(groups))]


def _seen(stations: Sequence[Station]) -> list[tuple[tuple[MemberId, ...], str]]:
    return [(station.members, station.case) for station in stations]


def _places(stations: Sequence[Station]) -> Mapping[MemberId, int]:
    return {member: number for number, station in enumerate(stations, start=1) for member in station.members}


def _without(station: Station, member: MemberId) -> Station:
    return replace(station, members=tuple(one for one in station.members if one != member))


def _with(station: Station, members: Iterable[MemberId]) -> Station:
    return replace(station, members=_sorted({*station.members, *members}))


def _sorted(members: Iterable[MemberId]) -> tuple[MemberId, ...]:
    return tuple(sorted(members))


def _pair(pair: Pair) -> Pair:
    one, other = sorted(pair)
    return one, other


def _but(pairs: Iterable[Pair], wished: Pair) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair != wished)


def _given(stations: Sequence[Station], gone: MemberId, another: MemberId) -> tuple[Station, ...]:
    there = another in _places(stations)
    return tuple(
        _with(_without(station, gone), () if there or gone not in station.members else (another,))
        for station in stations
    )


def pairs_among(members: Iterable[MemberId]) -> Iterable[frozenset[MemberId]]:
    """Every two of these."""
    return (frozenset(pair) for pair in combinations(members, 2))
