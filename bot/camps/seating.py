"""Who gets a seat: first come, first served. Pure.

A party, a member with their guests, sits down together or waits together. Of those who wait, each in their turn takes a seat as
soon as there is room for all of them, in the camp and for their sector; a large party that does not fit yet holds up nobody
behind it. Nobody who has a seat loses it, also where there are fewer seats than before.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.camps.domain import Camp, Seat, Signup, waiting_list
from bot.identity import MemberId

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Room:
    """What is left. None for as much as anybody wants; ``sectors`` only has those that are limited."""

    seats: int | None
    sectors: Mapping[str, int]

    def holds(self, places: int, sector: str) -> bool:
        """Whether a member of this sector finds so many places."""
        return (self.seats is None or places <= self.seats) and self.sectors.get(sector, 1) > 0

    def without(self, places: int, sector: str) -> "Room":
        """What is left once they have sat down."""
        seats = None if self.seats is None else self.seats - places
        return Room(seats, {key: left - (key == sector) for key, left in self.sectors.items()})


def room_in(camp: Camp, taken: int, by_sector: Mapping[str, int]) -> Room:
    """What is left where so many seats are taken, by so many members of each sector. Guests count for no sector."""
    seats = None if camp.capacity is None else camp.capacity - taken
    return Room(seats, {sector: most - by_sector.get(sector, 0) for sector, most in camp.sector_capacity.items()})


def room_left(camp: Camp, signups: Sequence[Signup], sectors: Mapping[MemberId, str]) -> Room:
    """What is left of a camp."""
    seated = [one for one in signups if one.comes()]
    by_sector = Counter(sectors.get(one.member, "") for one in seated)
    return room_in(camp, sum(one.places() for one in seated), by_sector)


def seats_for(room: Room, waiting: Sequence[Signup], sectors: Mapping[MemberId, str]) -> Sequence[Signup]:
    """Those of the waiting list who have a seat now, in its order."""
    found: list[Signup] = []
    for one in waiting:
        sector = sectors.get(one.member, "")
        if room.holds(one.places(), sector):
            found.append(replace(one, seat=Seat.TAKEN))
            room = room.without(one.places(), sector)
    return found


def moved_up(camp: Camp, signups: Sequence[Signup], sectors: Mapping[MemberId, str]) -> Sequence[Signup]:
    """The same from all the answers of a camp."""
    return seats_for(room_left(camp, signups, sectors), waiting_list(signups), sectors)


def place_in_line(signups: Sequence[Signup], member: MemberId) -> int:
    """Which number somebody has on the waiting list; 0 where they are not on it."""
    return next((place for place, one in enumerate(waiting_list(signups), 1) if one.member == member), 0)


def next_since(waiting: Sequence[Signup], now: datetime) -> datetime:
    """The moment at which somebody comes to wait: behind all who do, also where the clock stands still or goes back."""
    latest = max((one.since for one in waiting if one.since is not None), default=None)
    return now if latest is None or latest < now else latest + _TICK
