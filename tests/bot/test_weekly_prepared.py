"""The weekly round is drawn before anything is written: what happens where the academy changes while the planner thinks."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta

from bot.identity import WorkspaceId
from bot.introductions.domain import Round, RoundState
from bot.introductions.service import IntroductionService
from bot.schedules.domain import OccurrenceState, Schedule, ScheduleKind
from bot.schedules.service import Expander, Timekeeper
from tests.introductions_talk import Academy, a_small_academy, words_of

Happens = Callable[[], Awaitable[object]]


def while_it_thinks(academy: Academy, happens: Happens) -> Timekeeper:
    """The real timekeeper; the first time that a round is drawn, something happens before it can be written."""
    introductions = IntroductionService(academy.memory.units, academy.clock)
    prepare = introductions.preparers()[ScheduleKind.ROUND]
    waiting = [happens]

    async def slowly(workspace: WorkspaceId, schedule: Schedule, now: datetime) -> Expander:
        expander = await prepare(workspace, schedule, now)
        while waiting:
            await waiting.pop()()
        return expander

    return Timekeeper(
        academy.memory.units,
        academy.memory.directory,
        academy.clock,
        introductions.expanders(),
        {ScheduleKind.ROUND: slowly},
    )


async def every_tuesday(academy: Academy) -> Schedule:
    """A weekly round that an organiser looks at; its first one is due now."""
    shown = await academy["Olga"].types('/match schedule every:"tuesday 09:00"')
    await academy["Olga"].presses(shown.buttons["Do it like that"])
    async with academy.memory.units(academy.workspace, reading=True) as work:
        [rule] = [one for one in await work.schedules.every() if one.kind is ScheduleKind.ROUND]
    assert rule.next_at is not None
    academy.clock.set(rule.next_at)
    return rule


async def drawn(academy: Academy) -> set[str]:
    """Who is in the rounds that there are."""
    names = {member: first for first, member in academy.ids.items()}
    return {names[member] for intro in await academy.intros() for member in intro.members()}


async def done(academy: Academy, rule: Schedule) -> list[OccurrenceState]:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return [one.state for one in await work.schedules.occurrences(rule.id)]


async def test_who_pauses_meanwhile_is_not_drawn() -> None:
    academy = await a_small_academy()
    rule = await every_tuesday(academy)
    timekeeper = while_it_thinks(academy, lambda: academy.change("Anna", paused_until=date(2026, 6, 1)))

    await timekeeper.tick()
    assert (await academy.rounds(), await done(academy, rule)) == ([], [])

    academy.clock.advance(minutes=1)
    await timekeeper.tick()
    assert [one.state for one in await academy.rounds()] == [RoundState.DRAFT]
    assert await done(academy, rule) == [OccurrenceState.DONE]
    assert "Anna" not in await drawn(academy)
    assert {"Carl", "Dorte"} <= await drawn(academy)


async def test_a_round_that_an_organiser_draws_meanwhile_is_not_written_over_unseen() -> None:
    academy = await a_small_academy()
    await every_tuesday(academy)
    timekeeper = while_it_thinks(academy, lambda: academy["Olga"].types("/match round"))

    await timekeeper.tick()
    [hers] = await academy.rounds()

    academy.clock.advance(minutes=1)
    await timekeeper.tick()
    rounds: list[Round] = list(await academy.rounds())
    assert [(one.id, one.state) for one in rounds] == [(hers.id, RoundState.DRAFT)]
    await academy.delivers()
    assert "is ready to look at" in academy["Olga"].reads()


async def test_what_another_timekeeper_did_meanwhile_is_not_done_again() -> None:
    academy = await a_small_academy()
    rule = await every_tuesday(academy)

    await while_it_thinks(academy, academy.timekeeper.tick).tick()

    assert len(await academy.rounds()) == 1
    assert await done(academy, rule) == [OccurrenceState.DONE]
    await academy.delivers()
    assert len(academy["Olga"].posts()) == 1


async def test_nobody_is_asked_whether_they_met_before_their_room_is_there() -> None:
    academy = await a_small_academy()
    drawn_now = await academy["Olga"].types("/match round")
    await academy["Olga"].presses(drawn_now.buttons["Send"])
    await academy.delivers()
    [pair] = [intro for intro in await academy.intros() if academy.ids["Anna"] in intro.members()]
    for first in ("Anna", "Bo"):
        await academy[first].presses("Yes, introduce us")
    for _ in range(12):  # the chat platform is away all that time, so nothing is delivered
        academy.clock.advance(seconds=timedelta(days=1).total_seconds())
        await academy.timekeeper.tick()
    async with academy.memory.units(academy.workspace, reading=True) as work:
        there = await work.rounds.intro(pair.id)
        schedules = {one.kind for one in await work.schedules.every()}
    assert ScheduleKind.FOLLOW_UP in schedules
    assert there is not None
    assert (there.state, there.room) == ("accepted", None)
    await academy.delivers()
    assert not any("Did you meet" in words_of(post.card) for post in academy["Anna"].posts())
