"""A camp to which some people come: for dialogues about stations and what follows a camp."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache

from bot.camps.domain import Answer, Camp, Seat, Signup
from bot.camps.stations.domain import StationPlan
from bot.camps.stations.service import StationService
from bot.identity import CampId, new_id
from bot.matching.domain import Candidate, Meeting, Weights
from bot.matching.meaning import WordMeaning
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.matching.stations.domain import Seating, Stations
from bot.members.domain import Consent, Role, WorkspaceOptions
from tests.databases import Storage
from tests.introductions_talk import Academy, Somebody, a_member

SECTORS = ("municipality", "business", "civil_society", "research")
FIRST = (
    *("Anna", "Bo", "Carl", "Dorte", "Erik", "Freja", "Gert", "Hanne", "Ida", "Jens", "Karen"),
    *("Lars", "Mette", "Niels", "Oda", "Per", "Rikke", "Søren", "Tina", "Ulla", "Viggo", "Winnie"),
)


@dataclass(frozen=True, slots=True)
class Gathered:
    """An academy with Olga, who organises, and a camp to which the first ``coming`` of the others have a seat."""

    academy: Academy
    camp: Camp
    names: tuple[str, ...]

    @property
    def olga(self) -> Somebody:
        return self.academy["Olga"]

    async def signs(self, first: str, answer: Answer = Answer.YES, **changes: object) -> None:
        seat = Seat.TAKEN if answer is Answer.YES else Seat.NONE
        signup = Signup(self.camp.id, self.academy.ids[first], answer, seat)
        async with self.academy.memory.units(self.academy.workspace) as work:
            await work.camps.put_signups([replace(signup, **changes)])  # type: ignore[arg-type]  # the test names the fields
            await work.commit()

    async def changes_camp(self, **changes: object) -> None:
        async with self.academy.memory.units(self.academy.workspace) as work:
            found = await work.camps.get(self.camp.id)
            assert found is not None
            await work.camps.put(replace(found, **changes))  # type: ignore[arg-type]  # as above
            await work.commit()

    async def plan(self) -> StationPlan:
        async with self.academy.memory.units(self.academy.workspace, reading=True) as work:
            found = await work.stations.get(self.camp.id)
        assert found is not None
        return found

    async def groups(self) -> list[set[str]]:
        """Who sits together, by first names."""
        named = {member: first for first, member in self.academy.ids.items()}
        return [{named[member] for member in station.members} for station in (await self.plan()).stations]


class WellRead(ThreadPlanner):
    """The planner, which reads what words mean once for all dialogues."""

    def __init__(self) -> None:
        super().__init__(_meaning())

    async def stations(
        self,
        members: Sequence[Candidate],
        count: int,
        history: Sequence[Meeting],
        *,
        seed: int,
        asked: Seating,
        weights: Weights,
        known: Knowledge | None = None,
    ) -> Stations:
        del known
        return await super().stations(members, count, history, seed=seed, asked=asked, weights=weights)


@lru_cache(maxsize=1)
def _meaning() -> WordMeaning:
    return WordMeaning.load()


async def gathered(
    coming: int = 9, storage: Storage | None = None, cases: Sequence[str] = (), language: str = "en"
) -> Gathered:
    academy = await Academy.begin(WorkspaceOptions(language=language), storage)
    await academy.joins(
        a_member("Olga Hansen", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER, language=language)
    )
    for place, first in enumerate(FIRST[:coming]):
        sector = SECTORS[place % len(SECTORS)]
        await academy.joins(a_member(f"{first} Dahl", f"Organisation {place}", sector, language=language))
    camp = Camp(
        id=CampId(new_id()),
        author=academy.ids["Olga"],
        created_at=academy.clock.now(),
        name="Camp 3",
        day=date(2026, 3, 22),
        begins=time(9),
        ends=time(16),
        zone="Europe/Copenhagen",
        cases=tuple(cases),
    )
    async with academy.memory.units(academy.workspace) as work:
        await work.camps.put(camp)
        await work.commit()
    # On a busy machine a plan takes longer than anybody waits; what is said then has its own dialogues.
    academy.services.camps.stations = StationService(academy.memory.units, academy.clock, WellRead(), patience=60.0)
    made = Gathered(academy, camp, tuple(FIRST[:coming]))
    for first in made.names:
        await made.signs(first)
    return made
