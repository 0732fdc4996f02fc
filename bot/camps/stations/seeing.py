"""What an organiser sees of stations, as values: who sits where, how mixed it is, and what has changed meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.camps.domain import Camp, CampState, Signup
from bot.camps.stations.domain import Station, StationPlan, Touched, pairs_among, touched
from bot.camps.stations.kinds import YourStation
from bot.camps.stations.outgoing import station_key
from bot.camps.stations.remembering import takes_part
from bot.deliveries.domain import DeliveryState, ToMember
from bot.errors import NotThere, Phrase, phrase
from bot.identity import CampId, MemberId
from bot.introductions.gathering import Gathering, gather
from bot.introductions.seeing import Naming, naming
from bot.matching.domain import Weights
from bot.members.domain import Member
from bot.ports import UnitOfWork

_NOT_ARRIVED = (DeliveryState.FAILED, DeliveryState.DOUBTFUL)
_MOST_LOST = 1_000


@dataclass(frozen=True, slots=True)
class StationsView:
    """A camp's stations. ``missing``: they come and have no station yet; ``gone``: they have one and do not come any more.

    ``met``: pairs at one station who met within the academy's window; ``colleagues``: pairs of one organisation.
    ``guests``: how many somebody brings along. ``touched``: who would be told of something new. ``begun``: the day is there.
    ``unreached``: they have a station and, as far as is known, have not heard of it.
    """

    camp: Camp
    plan: StationPlan
    people: Mapping[MemberId, Member]
    naming: Naming
    guests: Mapping[MemberId, int]
    missing: tuple[MemberId, ...]
    gone: tuple[MemberId, ...]
    met: int
    colleagues: int
    touched: Touched
    begun: bool = False
    unreached: tuple[MemberId, ...] = ()
    note: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """All that stations are made from, at one moment."""

    camp: Camp
    plan: StationPlan | None
    signups: Sequence[Signup]
    gathering: Gathering
    naming: Naming
    begun: bool
    lost: frozenset[MemberId]

    @property
    def people(self) -> Mapping[MemberId, Member]:
        """All members of the academy."""
        return self.gathering.members

    def coming(self) -> tuple[MemberId, ...]:
        """Those who are to have a station."""
        return tuple(one.member for one in takes_part(self.signups) if one.member in self.people)

    def apart(self) -> frozenset[frozenset[MemberId]]:
        """Pairs who should not sit together."""
        known = {str(member): member for member in self.people}
        pairs = [[known[one] for one in pair if one in known] for pair in self.gathering.apart]
        return frozenset(frozenset(pair) for pair in pairs if len(pair) > 1)

    def view(self, plan: StationPlan, note: Phrase | None = None) -> StationsView:
        """The stations as an organiser sees them."""
        coming = set(self.coming())
        seated = plan.members()
        lately = self.gathering.history
        window = self.gathering.weights.window
        met = {
            pair
            for meeting in lately
            if meeting.happened and meeting.rounds_ago <= window
            for pair in _texts(meeting.members)
        }
        pairs = [pair for station in plan.stations for pair in pairs_among(station.members)]
        return StationsView(
            camp=self.camp,
            plan=plan,
            people=self.people,
            naming=self.naming,
            guests={one.member: one.guests for one in self.signups if one.guests and one.member in coming},
            missing=tuple(sorted(coming.difference(seated))),
            gone=tuple(member for member in seated if member not in coming),
            met=sum(frozenset(map(str, pair)) in met for pair in pairs),
            colleagues=sum(_are_colleagues(self.people, pair) for pair in pairs),
            touched=touched(plan.told, plan.stations),
            begun=self.begun,
            unreached=tuple(sorted(self.lost & _seated(plan.told))),
            note=note,
        )


async def read_sources(work: UnitOfWork, camp: CampId, now: datetime, weights: Weights) -> Sources:
    """Reads everything. Raises NotThere for a camp that does not take place."""
    found = await work.camps.get(camp)
    if found is None or found.state is CampState.CANCELLED:
        raise NotThere(phrase("That camp does not take place, so it has no stations."))
    plan = await work.stations.get(camp)
    return Sources(
        camp=found,
        plan=plan,
        signups=await work.camps.signups(camp),
        gathering=await gather(work, now, weights, but=camp),
        naming=await naming(work),
        begun=now >= found.first_at(),
        lost=await _lost(work, found, plan) if plan is not None and plan.told_at is not None else frozenset(),
    )


async def _lost(work: UnitOfWork, camp: Camp, plan: StationPlan) -> frozenset[MemberId]:
    """Whom the last word of their station did not reach."""
    ended = await work.deliveries.in_states(_NOT_ARRIVED, _MOST_LOST, since=camp.created_at)
    some = {
        one.target.member
        for one in ended
        if isinstance(one.letter, YourStation) and one.letter.camp == camp.id and isinstance(one.target, ToMember)
    }
    lost: set[MemberId] = set()
    for member in some:
        keys = [station_key(camp.id, member, version) for version in range(plan.version, 0, -1)]
        told = [found for key in keys if (found := await work.deliveries.by_key(key)) is not None]
        last = next((one for one in told if one.state is not DeliveryState.CANCELLED), None)
        if last is not None and last.state in _NOT_ARRIVED:
            lost.add(member)
    return frozenset(lost)


def cases_for(camp: Camp, count: int) -> tuple[str, ...]:
    """What each of so many stations works on: one case after the other, and again from the first where there are more
    stations than cases."""
    return tuple(camp.cases[place % len(camp.cases)] if camp.cases else "" for place in range(count))


def sectors_of(station: Station, people: Mapping[MemberId, Member]) -> Mapping[str, int]:
    """How many there are of each sector."""
    counts: dict[str, int] = {}
    for member in station.members:
        if member in people:
            sector = people[member].sector
            counts[sector] = counts.get(sector, 0) + 1
    return counts


def _seated(stations: Sequence[Station]) -> set[MemberId]:
    return {member for station in stations for member in station.members}


def _are_colleagues(people: Mapping[MemberId, Member], pair: frozenset[MemberId]) -> bool:
    names = {people[member].organisation.strip().casefold() for member in pair if member in people}
    return len(names) == 1 and names != {""} and all(member in people for member in pair)


def _texts(members: Sequence[str]) -> list[frozenset[str]]:
    return [frozenset((one, other)) for place, one in enumerate(members) for other in members[:place]]
