"""The pace of a method learns from Slack: one "too many", and then none."""

from uuid import UUID

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.slack.pace import POSTING, UNKNOWN, Bucket, Pace, Rate
from bot.errors import TryLater
from bot.identity import WorkspaceId
from tests.adapters.slack_sending import Moving
from tests.adapters.slack_servers import Counting, Filling, Server
from tests.fakes import StoppedClock

HERE, THERE = WorkspaceId(UUID(int=1)), WorkspaceId(UUID(int=2))


def sent_through(bucket: Bucket, server: Server, calls: int) -> tuple[float, int]:
    """Sends one after the other as fast as the bucket lets; returns how long it took and how often it was too many."""
    now, refused, done = 0.0, 0, 0
    while done < calls:
        now += bucket.take(now)
        bucket.left(now)
        rest = server.takes(now)
        if rest:
            refused += 1
            bucket.told_to_wait(now, rest, now)
        else:
            done += 1
        bucket.landed()
    return now, refused


def test_below_the_limit_slack_never_says_too_many() -> None:
    took, refused = sent_through(Bucket(POSTING), Filling(300, 300), 1_000)
    assert refused == 0
    assert took < 1_000 / 300 * 60 * 1.02


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
    # So few that the lesson is not an hour old: after that, a little more is tried on purpose.
    bucket = Bucket(Rate(1_200, 20))
    server = Filling(a_minute, max(1.0, a_minute * seconds_held / 60))
    _, refused = sent_through(bucket, server, calls)
    if refused:
        assert bucket.a_minute <= a_minute


def test_a_refusal_that_one_conversation_earned_does_not_stop_a_workspace() -> None:
    bucket = Bucket(POSTING)
    for moment in range(5):
        bucket.left(float(moment))
    bucket.told_to_wait(5.0, 1.0, 4.0)
    assert bucket.a_minute >= 0.95 * 50


def test_without_a_refusal_it_grows_slowly_while_there_is_much_to_do() -> None:
    bucket = Bucket(Rate(60, 1))
    now = 0.0
    for _ in range(580):
        now += bucket.take(now)
    assert bucket.a_minute == 60  # as it began, while it is not sure what was allowed by a full bucket
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
    bucket.left(0.0)
    bucket.told_to_wait(0.0, 30.0, 0.0)
    assert bucket.wait(0.0) >= 30


@pytest.fixture
def moving(clock: StoppedClock) -> Moving:
    return Moving(clock)


async def once(pace: Pace, method: str, channel: str = "", workspace: WorkspaceId = HERE) -> None:
    async with pace.turn(workspace, method, channel):
        pass


async def refused(pace: Pace, method: str, after: float | None) -> float:
    async with pace.turn(HERE, method) as turn:
        return turn.told_to_wait(after)


async def test_after_a_refusal_nothing_of_that_method_goes_out_and_all_else_does(
    clock: StoppedClock, moving: Moving
) -> None:
    pace = Pace(clock, moving.rest)
    assert await refused(pace, "chat.postMessage", 20.0) == 20.0
    with pytest.raises(TryLater) as raised:
        await once(pace, "chat.postMessage")
    assert raised.value.after is not None
    assert 20 <= raised.value.after <= 21
    await once(pace, "chat.postMessage", workspace=THERE)
    await once(pace, "chat.update")
    assert moving.rested == []
    clock.advance(seconds=21)
    await once(pace, "chat.postMessage")


async def test_a_short_rest_is_slept_through(clock: StoppedClock, moving: Moving) -> None:
    pace = Pace(clock, moving.rest)
    await refused(pace, "chat.postMessage", 1.0)
    await once(pace, "chat.postMessage")
    assert sum(moving.rested) == pytest.approx(1.5)


async def test_who_waits_for_a_turn_hears_of_a_refusal_in_between(clock: StoppedClock) -> None:
    async def refused_meanwhile(seconds: float) -> None:
        clock.advance(seconds=seconds)
        now = clock.now() - began
        pace.bucket(HERE, "conversations.history").told_to_wait(now.total_seconds(), 60.0, 0.0)

    began = clock.now()
    pace = Pace(clock, refused_meanwhile)
    await once(pace, "conversations.history")
    with pytest.raises(TryLater, match="ratelimited"):
        await once(pace, "conversations.history")


async def test_a_turn_that_is_not_soon_is_told_at_once_to_each_another_time(
    clock: StoppedClock, moving: Moving
) -> None:
    pace = Pace(clock, moving.rest, {"chat.postMessage": Rate(60, 1)}, patience=0.5)
    await once(pace, "chat.postMessage")
    away: list[float] = []
    for _ in range(40):
        with pytest.raises(TryLater) as raised:
            await once(pace, "chat.postMessage")
        away.append(raised.value.after or 0.0)
    assert away[:4] == pytest.approx([1.0, 2.0, 3.0, 4.0])
    assert max(away) <= 31  # so that whoever comes last is not there first after an hour
    assert moving.rested == []


async def test_where_slack_does_not_say_how_long_it_is_half_a_minute(clock: StoppedClock, moving: Moving) -> None:
    assert await refused(Pace(clock, moving.rest), "chat.postMessage", None) == 30.0


async def test_one_conversation_gets_one_message_a_second_and_others_theirs(
    clock: StoppedClock, moving: Moving
) -> None:
    pace = Pace(clock, moving.rest)
    began = clock.now()
    for _ in range(8):
        await once(pace, "chat.postMessage", "C1")
    assert 4 <= (clock.now() - began).total_seconds() <= 6
    rested = len(moving.rested)
    await once(pace, "chat.postMessage", "C2")
    assert len(moving.rested) == rested
