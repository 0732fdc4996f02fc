"""The planner as a port: planning takes half a second and many megabytes, so whoever needs a plan waits for it.

:class:`ThreadPlanner` plans in a thread; ``adapters/planner.py`` has the one that the service uses.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.matching.domain import Candidate, Meeting, Plan, Suggestion, Weights, Wishes
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.stations.domain import Seating, Stations

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning


class Planner(Protocol):
    """Plans rounds and stations and suggests people; see :func:`bot.matching.plan.plan`,
    :func:`bot.matching.stations.making.stations` and :func:`bot.matching.suggest.suggest`.

    ``known``: what is known of the academy's tags; without it, words and the synonyms that come with the bot decide.
    """

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
        """A round."""
        ...

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
        """The best people for one stated need or theme."""
        ...

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
        """``count`` mixed groups of all members."""
        ...


class ThreadPlanner:
    """Plans in a thread of this process. ``meaning``: which tags are about the same, where nothing is known of them."""

    def __init__(self, meaning: "Meaning | None" = None) -> None:
        self._meaning = meaning

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
        """See :class:`Planner`."""
        # The libraries of the planner weigh some 50 MB; a process that never plans here never loads them.
        from bot.matching.plan import plan

        meaning = known.meaning() if known else self._meaning
        work = partial(plan, seed=seed, wishes=wishes, weights=weights, meaning=meaning)
        return await asyncio.to_thread(work, candidates, history)

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
        """See :class:`Planner`."""
        from bot.matching.suggest import suggest

        work = partial(suggest, weights=weights, meaning=known.meaning() if known else self._meaning)
        return await asyncio.to_thread(work, term, asker, candidates, history, wishes, limit)

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
        """See :class:`Planner`."""
        from bot.matching.stations.making import stations

        meaning = known.meaning() if known else self._meaning
        work = partial(stations, seed=seed, asked=asked, weights=weights, meaning=meaning)
        return await asyncio.to_thread(work, members, count, history)
