"""The planner in a process of its own: the same plans, and it comes and goes as it is needed."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

import psutil
import pytest

from adapters.planner import ProcessPlanner
from bot.matching.domain import Candidate, ReasonKind, Weights, Wishes
from bot.matching.meanings.knowledge import Knowledge
from bot.matching.planner import ThreadPlanner
from bot.matching.rules import LockRefused
from bot.matching.stations.domain import Seating

PEOPLE = (
    Candidate("a", "By", "municipality", needs=("lokaler",)),
    Candidate("b", "Forening", "civil_society", offers=("lokaler",)),
    Candidate("c", "Fond", "foundation", themes=("unge",)),
    Candidate("d", "Firma", "business", themes=("unge",)),
)


@pytest.fixture
def children() -> Callable[[], list[int]]:
    """The processes of this test's planners; those that earlier tests left are on their way out and are not counted."""
    others = frozenset(_spawned())
    return lambda: [child for child in _spawned() if child not in others]


@pytest.fixture
async def planner(children: Callable[[], list[int]]) -> AsyncGenerator[ProcessPlanner, None]:
    planner = ProcessPlanner()
    yield planner
    planner.close()
    for _ in range(200):
        if not children():
            break
        await asyncio.sleep(0.05)


def _spawned() -> list[int]:
    """The planners' processes: those that were spawned, but not the one that counts what they share."""
    found: list[int] = []
    for child in psutil.Process().children():
        with suppress(psutil.NoSuchProcess):
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child.pid)
    return found


async def test_it_plans_what_a_thread_plans(planner: ProcessPlanner) -> None:
    ask = {"seed": 7, "wishes": Wishes(), "weights": Weights()}
    assert await planner.plan(PEOPLE, (), **ask) == await ThreadPlanner().plan(PEOPLE, (), **ask)  # type: ignore[arg-type]  # one set of words for both
    found = await planner.suggest("lokaler", PEOPLE[0], PEOPLE, (), Wishes(), 3, weights=Weights())
    assert [one.id for one in found] == ["b"]
    seats = {"seed": 7, "asked": Seating(locked=frozenset({frozenset("ab")})), "weights": Weights()}
    made = await planner.stations(PEOPLE, 2, (), **seats)  # type: ignore[arg-type]  # one set of words for both
    assert made == await ThreadPlanner().stations(PEOPLE, 2, (), **seats)  # type: ignore[arg-type]  # as above
    assert sorted(station.members for station in made.stations) == [("a", "b"), ("c", "d")]


async def test_what_is_known_of_tags_goes_along(planner: ProcessPlanner) -> None:
    known = Knowledge(groups={"halls": ("aula", "festsal")})
    people = (
        Candidate("a", "By", "municipality", needs=("aula",)),
        Candidate("b", "Forening", "civil_society", offers=("festsal",)),
    )
    for one in (planner, ThreadPlanner()):
        made = await one.plan(people, (), seed=1, wishes=Wishes(), weights=Weights(), known=known)
        assert ReasonKind.NEED_OFFER in {reason.kind for group in made.groups for reason in group.reasons}
        found = await one.suggest("aula", people[0], people, (), Wishes(), 3, weights=Weights(), known=known)
        assert [suggestion.id for suggestion in found] == ["b"]
        assert not await one.suggest("aula", people[0], people, (), Wishes(), 3, weights=Weights())
        asked = Seating()
        seated = await one.stations(people, 1, (), seed=1, asked=asked, weights=Weights(), known=known)
        assert ReasonKind.NEED_OFFER in {reason.kind for reason in seated.stations[0].reasons}


async def test_a_refusal_comes_back_whole(planner: ProcessPlanner) -> None:
    locked = Wishes(locked=frozenset({frozenset({"a", "b"})}), apart=frozenset({frozenset({"a", "b"})}))
    with pytest.raises(LockRefused) as refused:
        await planner.plan(PEOPLE, (), seed=1, wishes=locked, weights=Weights())
    assert refused.value.said.message == "Two members in a locked group must not be introduced to each other."


async def test_one_that_was_killed_is_replaced(planner: ProcessPlanner, children: Callable[[], list[int]]) -> None:
    await planner.plan(PEOPLE, (), seed=1, wishes=Wishes(), weights=Weights())
    (child,) = children()
    os.kill(child, signal.SIGKILL)
    made = await planner.plan(PEOPLE, (), seed=1, wishes=Wishes(), weights=Weights())
    assert len(made.groups) == 2


async def test_it_goes_when_nobody_needs_it(planner: ProcessPlanner, children: Callable[[], list[int]]) -> None:
    quick = ProcessPlanner(rests_after=0.05)
    await quick.plan(PEOPLE, (), seed=1, wishes=Wishes(), weights=Weights())
    for _ in range(200):
        if not children():
            break
        await asyncio.sleep(0.05)
    assert children() == []
    assert len((await quick.plan(PEOPLE, (), seed=1, wishes=Wishes(), weights=Weights())).groups) == 2
    quick.close()


async def test_it_may_get_ready_before_it_is_asked(planner: ProcessPlanner, children: Callable[[], list[int]]) -> None:
    planner.wake()
    (child,) = children()
    await planner.plan(PEOPLE, (), seed=1, wishes=Wishes(), weights=Weights())
    assert children() == [child]


async def test_it_compares_what_somebody_said_with_tags(planner: ProcessPlanner) -> None:
    near = await planner.compare(("hos os", "jura"), ("lokaler", "juridisk rådgivning"), Knowledge())
    assert list(near) == [0.0, 1.0]
