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


def room_left(camp: Camp, signups: Sequence[Signup], sectors: Mapping[MemberId, str]) -> Room:
    """What is free as it stands. Guests need seats, and count for no sector."""
    seated = [one for one in signups if one.comes()]
    taken = sum(one.places() for one in seated)
    by_sector = Counter(sectors.get(one.member, "") for one in seated)
    seats = None if camp.capacity is None else camp.capacity - taken
    return Room(seats, {sector: most - by_sector[sector] for sector, most in camp.sector_capacity.items()})


def moved_up(camp: Camp, signups: Sequence[Signup], sectors: Mapping[MemberId, str]) -> Sequence[Signup]:
    """Those of the waiting list who have a seat now, in its order."""
    found: list[Signup] = []
    current = {one.member: one for one in signups}
    for one in waiting_list(signups):
        room = room_left(camp, tuple(current.values()), sectors)
        if room.holds(one.places(), sectors.get(one.member, "")):
            seated = replace(one, seat=Seat.TAKEN)
            current[one.member] = seated
            found.append(seated)
    return found


def place_in_line(signups: Sequence[Signup], member: MemberId) -> int:
    """Which number somebody has on the waiting list; 0 where they are not on it."""
    return next((place for place, one in enumerate(waiting_list(signups), 1) if one.member == member), 0)


def next_since(signups: Sequence[Signup], now: datetime) -> datetime:
    """The moment at which somebody comes to wait: never the same twice, also where the clock stands still or goes back."""
    latest = max((one.since for one in signups if one.since is not None), default=None)
    return now if latest is None or latest < now else latest + _TICK
