"""The weights of an installation reach every plan and every search, with the academy's own window."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.introductions.drafting import DraftView
from bot.introductions.service import IntroductionService
from bot.matching.domain import Candidate, Meeting, Plan, Suggestion, Weights, Wishes
from bot.matching.meaning import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.members.domain import WorkspaceOptions
from bot.schedules.domain import ScheduleKind
from tests.bot.test_weekly_prepared import every_tuesday
from tests.introductions_talk import a_small_academy

OURS = Weights(need_offer=5.0, theme=0.25, sector_balance=0.0, novelty=1.0, draw=0.0)


class Noting(ThreadPlanner):
    """The planner, which keeps the weights that it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Weights] = []

    async def plan(
        self,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        *,
        seed: int,
        wishes: Wishes,
        weights: Weights,
        known: Knowledge | None = None,
    ) -> Plan:
        self.given.append(weights)
        return await super().plan(candidates, history, seed=seed, wishes=wishes, weights=weights, known=known)

    async def suggest(
        self,
        term: str,
        asker: Candidate,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        wishes: Wishes,
        limit: int,
        *,
        weights: Weights,
        known: Knowledge | None = None,
    ) -> tuple[Suggestion, ...]:
        self.given.append(weights)
        return await super().suggest(term, asker, candidates, history, wishes, limit, weights=weights, known=known)


async def test_every_plan_and_every_search_is_made_with_them() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", novelty_rounds=7))
    planner = Noting()
    service = IntroductionService(academy.memory.units, academy.clock, planner, OURS)
    anna, there = academy.ids["Anna"], academy.workspace
    made = await service.drafts.draw(there, academy.ids["Olga"])
    assert isinstance(made, DraftView)
    round_ = made.draft.round.id
    await service.drafts.redraw(there, round_, made.draft.mark())
    again = await service.drafts.show(there, round_)
    one, other = again.draft.intros[0].members()[0], again.draft.intros[1].members()[0]
    await service.drafts.swap(there, round_, again.draft.mark(), (one, other))
    swapped = await service.drafts.show(there, round_)
    await academy.change("Anna", paused_until=date(2030, 1, 1))
    await service.rounds.send(there, round_, swapped.draft.mark())
    await academy.change("Anna", paused_until=None)
    found = await service.finding.find(there, anna, "premises")
    await service.finding.ask(there, anna, found.hits[0].member.id, 1, 0)
    await service.preparers()[ScheduleKind.ROUND](there, await every_tuesday(academy), academy.clock.now())
    assert len(planner.given) >= 6
    assert set(planner.given) == {replace(OURS, window=7)}
