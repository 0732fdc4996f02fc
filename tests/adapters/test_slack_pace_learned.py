"""A thousand messages through the pace, eight at a time over a network, to servers that allow what they allow.

Each answer comes some time after the call, so calls that are in the air when Slack says "too many" count.
"""

import asyncio
import heapq
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.pace import Pace
from bot.errors import TryLater
from bot.identity import WorkspaceId
from tests.adapters.slack_servers import ByTheClock, Counting, Filling, Server, in_a_moment

HERE = WorkspaceId(UUID(int=1))
POST = "chat.postMessage"
PLACES = 8


class LoopsClock:
    def now(self) -> datetime:
        return datetime(2026, 3, 2, tzinfo=UTC) + timedelta(seconds=asyncio.get_running_loop().time())


@dataclass(slots=True)
class Round:
    """Messages to so many people, each tried again when its time comes."""

    server: Server
    people: int
    flight: float
    chance: Random = field(default_factory=lambda: Random(7))
    refused: int = 0
    asked: int = 0
    sent: list[float] = field(default_factory=list[float])
    due: list[tuple[float, int]] = field(default_factory=list[tuple[float, int]])

    async def send(self) -> "Round":
        pace = Pace(LoopsClock(), asyncio.sleep)
        self.due = [(0.0, person) for person in range(self.people)]
        async with asyncio.TaskGroup() as places:
            for _ in range(PLACES):
                places.create_task(self._place(pace))
        return self

    async def _place(self, pace: Pace) -> None:
        now = asyncio.get_running_loop().time
        while len(self.sent) < self.people:
            if not self.due or self.due[0][0] > now():
                await asyncio.sleep(0.2 if not self.due else min(5.0, self.due[0][0] - now()) + 1e-6)
                continue
            _, person = heapq.heappop(self.due)
            self.asked += 1
            try:
                async with pace.turn(HERE, POST, f"U{person}") as turn:
                    await asyncio.sleep(self._half())
                    rest = self.server.takes(now())
                    self.refused += rest > 0
                    await asyncio.sleep(self._half())
                    if rest:
                        raise TryLater("ratelimited", turn.told_to_wait(rest))
            except TryLater as later:
                heapq.heappush(self.due, (now() + (later.after or 1.0), person))
            else:
                self.sent.append(now())

    def _half(self) -> float:
        return self.flight * (0.25 + self.chance.random() / 2)

    def against(self, a_minute: float) -> float:
        """How long it took, the limit being 1."""
        return (self.sent[-1] - self.sent[0]) / ((self.people - 1) / a_minute * 60)


def sent_to(server: Server, people: int = 1_000, flight: float = 0.1) -> Round:
    return in_a_moment(Round(server, people, flight).send())


@pytest.mark.parametrize(
    ("limit", "asks"), [(50, 0.0), (60, 30.0), (100, 10.0), (100, 30.0), (150, 0.0), (200, 10.0), (270, 0.0)]
)
def test_a_bucket_that_fills_refuses_once_whatever_rest_it_asks_for(limit: int, asks: float) -> None:
    sending = sent_to(Filling(limit, limit, asks))
    assert sending.refused <= 1
    assert sending.against(limit) <= 1.1


@pytest.mark.parametrize("limit", [60, 100, 150, 270])
def test_who_counts_the_last_minute_refuses_once(limit: int) -> None:
    sending = sent_to(Counting(limit))
    assert sending.refused <= 1
    assert sending.against(limit) <= 1.1


@pytest.mark.parametrize(
    "kind", [Filling(300, 300), Filling(300, 10), Counting(300), ByTheClock(300, 17.0), Filling(1_000, 40)]
)
def test_what_slack_is_known_to_allow_is_used_without_a_refusal(kind: Server) -> None:
    sending = sent_to(kind)
    assert sending.refused == 0
    assert sending.against(300) <= 1.05


@settings(max_examples=15, deadline=None)
@given(limit=st.integers(50, 400), since=st.floats(0, 59.9), flight=st.floats(0.01, 0.3))
def test_who_counts_by_a_clock_of_their_own_refuses_once(limit: int, since: float, flight: float) -> None:
    assert sent_to(ByTheClock(limit, since), 400, flight).refused <= 1


@settings(max_examples=15, deadline=None)
@given(
    limit=st.floats(50, 400),
    seconds_held=st.floats(2, 60),
    flight=st.floats(0.01, 0.3),
    asks=st.sampled_from([0, 1, 10, 30]),
)
def test_a_bucket_of_any_size_refuses_once(limit: float, seconds_held: float, flight: float, asks: float) -> None:
    assert sent_to(Filling(limit, limit * seconds_held / 60, asks), 400, flight).refused <= 1


@pytest.mark.parametrize("limit", [60, 200])
def test_a_server_that_asks_for_too_short_a_rest_is_left_alone_for_a_minute(limit: int) -> None:
    assert sent_to(ByTheClock(limit, asks=1.0)).refused <= 3


def test_those_who_wait_do_not_ask_all_the_time() -> None:
    assert sent_to(Filling(50, 50)).asked < 40_000


def test_a_slow_answer_does_not_hold_up_the_others() -> None:
    assert sent_to(Filling(1_000, 100), 300, flight=3.0).against(120) <= 1.1
