"""Plans in a process of its own, which comes when it is needed and goes when it is not.

So a plan of seconds holds up nobody's answer, and the planner's libraries (some 50 MB) are given back afterwards.
"""

from collections.abc import Sequence
from functools import lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from bot.introductions.nearness import compared
from bot.matching.domain import Candidate, Meeting, Plan, Suggestion, Weights, Wishes
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.stations.domain import Seating, Stations
from bot.processes import RESTS_AFTER, OwnProcess

if TYPE_CHECKING:
    from bot.matching.meaning import Meaning


class ProcessPlanner:
    """Implements :class:`bot.matching.planner.Planner`. One plan at a time; :meth:`close` ends the process."""

    def __init__(self, rests_after: float = RESTS_AFTER) -> None:
        self._process = OwnProcess(rests_after)

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
        return await self._process.run(partial(_plan, tuple(candidates), tuple(history), seed, wishes, weights, known))

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
        people, past = tuple(candidates), tuple(history)
        return await self._process.run(partial(_suggest, term, asker, people, past, wishes, limit, weights, known))

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
        """Mixed groups for a camp."""
        people, past = tuple(members), tuple(history)
        return await self._process.run(partial(_stations, people, count, past, seed, asked, weights, known))

    async def compare(self, said: Sequence[str], tags: Sequence[str], known: Knowledge) -> Sequence[float]:
        """How close the nearest of what was said is to each tag; see :func:`bot.introductions.nearness.compared`."""
        return await self._process.run(partial(compared, tuple(said), tuple(tags), known))

    def wake(self) -> None:
        """Starts the process before the first plan is asked for, so that it loads its libraries meanwhile."""
        self._process.wake(_load)

    def close(self) -> None:
        """Lets the process go. The next plan starts another one."""
        self._process.close()


def _load() -> None:
    import_module("bot.matching.plan")
    _words_alone()


@lru_cache(maxsize=1)
def _words_alone() -> "Meaning":
    """Read once in the life of the planner's process."""
    from bot.matching.meaning import WordMeaning

    return WordMeaning.load()


def _plan(
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    seed: int,
    wishes: Wishes,
    weights: Weights,
    known: Knowledge | None,
) -> Plan:
    from bot.matching.plan import plan

    meaning = known.meaning() if known else _words_alone()
    return plan(candidates, history, seed=seed, wishes=wishes, weights=weights, meaning=meaning)


def _suggest(
    term: str,
    asker: Candidate,
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    wishes: Wishes,
    limit: int,
    weights: Weights,
    known: Knowledge | None,
) -> tuple[Suggestion, ...]:
    from bot.matching.suggest import suggest

    meaning = known.meaning() if known else _words_alone()
    return suggest(term, asker, candidates, history, wishes, limit, weights=weights, meaning=meaning)


def _stations(
    members: Sequence[Candidate],
    count: int,
    history: Sequence[Meeting],
    seed: int,
    asked: Seating,
    weights: Weights,
    known: Knowledge | None,
) -> Stations:
    from bot.matching.stations.making import stations

    meaning = known.meaning() if known else _words_alone()
    return stations(members, count, history, seed=seed, asked=asked, weights=weights, meaning=meaning)
