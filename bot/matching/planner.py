"""The planner as a port: planning takes half a second and many megabytes, so whoever needs a plan waits for it.

:class:`ThreadPlanner` plans in a thread; ``adapters/planner.py`` has the one that the service uses.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from bot.matching.domain import Candidate, Meeting, Plan, Suggestion, Weights, Wishes

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning


class Planner(Protocol):
    """Plans rounds and suggests people; see :func:`bot.matching.plan.plan` and :func:`bot.matching.suggest.suggest`."""

    async def plan(
        self,
        candidates: Sequence[Candidate],
        history: Sequence[Meeting],
        *,
        seed: int,
        wishes: Wishes,
        weights: Weights,
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
    ) -> tuple[Suggestion, ...]:
        """The best people for one stated need or theme."""
        ...


class ThreadPlanner:
    """Plans in a thread of this process. ``meaning``: which tags are about the same; without one, words decide."""

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
    ) -> Plan:
        """See :class:`Planner`."""
        # The libraries of the planner weigh some 50 MB; a process that never plans here never loads them.
        from bot.matching.plan import plan

        work = partial(plan, seed=seed, wishes=wishes, weights=weights, meaning=self._meaning)
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
    ) -> tuple[Suggestion, ...]:
        """See :class:`Planner`."""
        from bot.matching.suggest import suggest

        work = partial(suggest, weights=weights, meaning=self._meaning)
        return await asyncio.to_thread(work, term, asker, candidates, history, wishes, limit)
