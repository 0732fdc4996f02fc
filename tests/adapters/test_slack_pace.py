"""The pace of a method learns from Slack: one "too many", and then none."""

from dataclasses import dataclass, field
from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.slack.pace import POSTING, UNKNOWN, Bucket, Pace, Rate
from bot.errors import TryLater
from bot.identity import WorkspaceId
from tests.adapters.slack_sending import Moving
from tests.fakes import StoppedClock

HERE, THERE = WorkspaceId(UUID(int=1)), WorkspaceId(UUID(int=2))


@dataclass(slots=True)
class Filling:
    """A server whose bucket holds so many calls and fills at a rate a minute."""

    a_minute: float
    holds: float
    level: float = -1.0
    at: float = 0.0

    def takes(self, now: float) -> float:
        """0 where the call is taken, else the seconds to wait, rounded up as Slack does."""
        self.level = (
            self.holds if self.level < 0 else min(self.holds, self.level + (now - self.at) * self.a_minute / 60)
        )
        self.at = now
        if self.level >= 1:
            self.level -= 1
            return 0
        return float(-int(-((1 - self.level) * 60 / self.a_minute) // 1))


@dataclass(slots=True)
class Counting:
    """A server that counts the calls of the last minute."""

    a_minute: int
    taken: list[float] = field(default_factory=list[float])

    def takes(self, now: float) -> float:
        self.taken = [at for at in self.taken if at > now - 60]
        if len(self.taken) < self.a_minute:
            self.taken.append(now)
            return 0
        return float(-int(-(self.taken[0] + 60 - now) // 1))


def sent_through(bucket: Bucket, server: Filling | Counting, calls: int) -> tuple[float, int]:
    """Sends one after the other as fast as the bucket lets; returns how long it took and how often it was too many."""
    now, refused, done = 0.0, 0, 0
    while done < calls:
        now += bucket.take(now)
        rest = server.takes(now)
        if rest:
            refused += 1
            bucket.told_to_wait(now, rest)
        else:
            done += 1
    return now, refused


def test_below_the_limit_slack_never_says_too_many() -> None:
    took, refused = sent_through(Bucket(POSTING), Filling(300, 300), 1_000)
    assert refused == 0
    assert took < 1_000 / 300 * 60


@pytest.mark.parametrize("limit", [90, 120, 200, 280])
@pytest.mark.parametrize("kind", ["fills", "counts"])
def test_one_refusal_is_enough_and_little_time_is_lost(limit: int, kind: str) -> None:
    server = Filling(limit, limit) if kind == "fills" else Counting(limit)
    took, refused = sent_through(Bucket(POSTING), server, 1_000)
    assert refused <= 1
    assert took < 1_000 / limit * 60 * 1.5


def test_one_call_a_minute_is_learned_from_the_second() -> None:
    took, refused = sent_through(Bucket(Rate(50, 1)), Filling(1, 1), 10)
    assert refused == 1
    assert took < 11 * 60


@settings(max_examples=60, deadline=None)
@given(st.floats(61, 1_000), st.floats(1, 60), st.integers(1, 550))
@example(61.0, 58.0, 550)
def test_what_is_learned_is_not_more_than_slack_allows(a_minute: float, seconds_held: float, calls: int) -> None:
    # So few that the lesson is not ten minutes old: after that, a little more is tried on purpose.
    bucket = Bucket(Rate(1_200, 20))
    server = Filling(a_minute, max(1.0, a_minute * seconds_held / 60))
    _, refused = sent_through(bucket, server, calls)
    if refused:
        assert bucket.a_minute <= a_minute


def test_a_refusal_that_one_conversation_earned_does_not_stop_a_workspace() -> None:
    bucket = Bucket(POSTING)
    for moment in range(5):
        bucket.take(float(moment))
    bucket.told_to_wait(5.0, 1.0)
    assert bucket.a_minute >= 50


def test_without_a_refusal_it_grows_slowly_while_there_is_much_to_do() -> None:
    bucket = Bucket(Rate(60, 1))
    now = 0.0
    for _ in range(600):
        now += bucket.take(now)
    assert 60 < bucket.a_minute < 120


def test_a_lesson_is_forgotten_slowly() -> None:
    bucket, server = Bucket(Rate(300, 1)), Counting(100)
    sent_through(bucket, server, 300)
    learned = bucket.a_minute
    now = 10_000.0
    for _ in range(3_000):
        now += bucket.take(now)
    assert bucket.a_minute > learned


def test_what_has_no_limit_yet_is_not_held_back() -> None:
    bucket = Bucket(UNKNOWN)
    assert [bucket.take(0.0) for _ in range(500)] == [0.0] * 500
    bucket.told_to_wait(0.0, 30.0)
    assert bucket.wait(0.0) >= 30


@pytest.fixture
def moving(clock: StoppedClock) -> Moving:
    return Moving(clock)


async def test_after_a_refusal_nothing_of_that_method_goes_out_and_all_else_does(
    clock: StoppedClock, moving: Moving
) -> None:
    pace = Pace(clock, moving.rest)
    await pace.turn(HERE, "chat.postMessage")
    assert pace.told_to_wait(HERE, "chat.postMessage", 20.0) == 20.0
    with pytest.raises(TryLater) as raised:
        await pace.turn(HERE, "chat.postMessage")
    assert raised.value.after is not None
    assert 20 <= raised.value.after <= 21
    await pace.turn(THERE, "chat.postMessage")
    await pace.turn(HERE, "chat.update")
    assert moving.rested == []
    clock.advance(seconds=21)
    await pace.turn(HERE, "chat.postMessage")


async def test_a_short_rest_is_slept_through(clock: StoppedClock, moving: Moving) -> None:
    pace = Pace(clock, moving.rest)
    await pace.turn(HERE, "chat.postMessage")
    pace.told_to_wait(HERE, "chat.postMessage", 1.0)
    await pace.turn(HERE, "chat.postMessage")
    assert sum(moving.rested) == pytest.approx(1.5)


async def test_who_waits_for_a_turn_hears_of_a_refusal_in_between(clock: StoppedClock) -> None:
    async def refused_meanwhile(seconds: float) -> None:
        clock.advance(seconds=seconds)
        pace.told_to_wait(HERE, "conversations.history", 60.0)

    pace = Pace(clock, refused_meanwhile)
    await pace.turn(HERE, "conversations.history")
    with pytest.raises(TryLater, match="ratelimited"):
        await pace.turn(HERE, "conversations.history")


async def test_a_turn_that_is_not_soon_is_told_at_once(clock: StoppedClock, moving: Moving) -> None:
    pace = Pace(clock, moving.rest, {"chat.postMessage": Rate(60, 1)}, patience=0.5)
    await pace.turn(HERE, "chat.postMessage")
    with pytest.raises(TryLater) as raised:
        await pace.turn(HERE, "chat.postMessage")
    assert raised.value.after == pytest.approx(1.0)
    assert moving.rested == []


async def test_where_slack_does_not_say_how_long_it_is_half_a_minute(clock: StoppedClock, moving: Moving) -> None:
    assert Pace(clock, moving.rest).told_to_wait(HERE, "chat.postMessage", None) == 30.0


async def test_one_conversation_gets_one_message_a_second_and_others_theirs(
    clock: StoppedClock, moving: Moving
) -> None:
    pace = Pace(clock, moving.rest)
    began = clock.now()
    for _ in range(8):
        await pace.turn(HERE, "chat.postMessage", "C1")
    assert 4 <= (clock.now() - began).total_seconds() <= 6
    rested = len(moving.rested)
    await pace.turn(HERE, "chat.postMessage", "C2")
    assert len(moving.rested) == rested
