"""The letters of stations: made when they are sent, from what is true then."""

from collections.abc import Mapping

from bot.camps.domain import Camp, CampState
from bot.camps.stations.domain import StationPlan
from bot.camps.stations.kinds import AllStations, StationReplaced, StationsReady, YourStation
from bot.camps.stations.membercards import all_stations_card, own_station_card, replaced_card
from bot.camps.stations.postingcards import ready_card
from bot.deliveries.letters import Reading, Written, written
from bot.identity import CampId, MemberId
from bot.introductions.seeing import naming
from bot.members.domain import Member
from bot.messages.elements import Card
from bot.ports import UnitOfWork


async def _yours(reading: Reading, letter: YourStation) -> Card | None:
    camp, plan = await _told(reading.work, letter.camp)
    if camp is None or plan is None or reading.reader is None:
        return None
    people = await _people(reading.work, plan)
    named = await naming(reading.work)
    return own_station_card(camp, plan.told, reading.reader.id, people, named, reading.words)


async def _replaced(reading: Reading, letter: StationReplaced) -> Card | None:
    camp, _ = await _told(reading.work, letter.camp)
    return None if camp is None else replaced_card(camp, reading.words)


async def _ready(reading: Reading, letter: StationsReady) -> Card | None:
    camp, plan = await _told(reading.work, letter.camp)
    return None if camp is None or plan is None else ready_card(camp, plan, reading.words)


async def _all(reading: Reading, letter: AllStations) -> Card | None:
    camp, plan = await _told(reading.work, letter.camp)
    if camp is None or plan is None:
        return None
    people = await _people(reading.work, plan)
    return all_stations_card(camp, plan.told, people, reading.words)


async def _people(work: UnitOfWork, plan: StationPlan) -> Mapping[MemberId, Member]:
    """Those whom people were told of and who are still members."""
    found = await work.members.many([member for station in plan.told for member in station.members])
    return {member: person for member, person in found.items() if person.erased_at is None}


async def _told(work: UnitOfWork, camp: CampId) -> tuple[Camp | None, StationPlan | None]:
    """A camp that takes place, and what people know of its stations."""
    found = await work.camps.get(camp)
    if found is None or found.state is CampState.CANCELLED:
        return None, None
    return found, await work.stations.get(camp)


LETTERS: tuple[Written, ...] = (
    written(YourStation, _yours),
    written(StationReplaced, _replaced),
    written(StationsReady, _ready),
    written(AllStations, _all),
)
