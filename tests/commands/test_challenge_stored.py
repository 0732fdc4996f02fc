"""The end of a challenge on real databases: exactly at its time also after a restart, once however many clocks tick, and with
what was said in the last moment; and what was said is not to be read in the file afterwards."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.challenges.actions import CloseChallenge
from bot.challenges.closing import scheduled
from bot.challenges.domain import ChallengeState
from bot.challenges.outgoing import refresh
from bot.deliveries.domain import DeliveryState, LetterTable
from bot.identity import ScheduleId, new_id
from bot.letters import LETTERS
from bot.messages.actions import encode_action
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Timekeeper
from tests.challenge_talk import QUESTION, answers, asked, challenges, notes
from tests.databases import opened
from tests.introductions_talk import Academy, a_small_academy
from tests.poll_talk import reads

LINE = f'/challenge "{QUESTION}" closes:"in 2 hours"'


@pytest.fixture(params=["sqlite", "postgres"])
async def academy(request: pytest.FixtureRequest) -> AsyncGenerator[Academy, None]:
    url: str = request.getfixturevalue(f"{request.param}_url")
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        yield await a_small_academy(storage=storage)


def another_clock(academy: Academy) -> Timekeeper:
    """As a process has it that was started anew."""
    preparers = academy.services.challenges.preparers()
    return Timekeeper(academy.memory.units, academy.memory.directory, academy.clock, {}, preparers)


async def test_it_closes_at_its_time_also_after_a_restart_and_once(academy: Academy) -> None:
    challenge = await asked(academy["Anna"], LINE)
    await answers(academy["Bo"], "They are tired.")
    assert challenge.closes_at is not None
    academy.clock.set(challenge.closes_at - timedelta(seconds=1))
    await another_clock(academy).tick()
    assert (await challenges(academy))[0].is_open()
    academy.clock.set(challenge.closes_at + timedelta(hours=5))
    for _ in range(2):
        await another_clock(academy).tick()
    await academy.delivers()
    (closed,) = await challenges(academy, ChallengeState.CLOSED)
    (note,) = await notes(academy)
    assert (closed.note, closed.schedule) == (note.id, None)
    assert "Closed. 1 answered." in reads(academy)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [one for one in await work.schedules.every() if one.kind is ScheduleKind.CHALLENGE_CLOSE] == []


async def test_what_is_said_while_the_note_is_thought_out_is_in_it() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"], LINE)
    await answers(academy["Bo"], "They are tired.")
    prepare = academy.services.challenges.preparers()[ScheduleKind.CHALLENGE_CLOSE]
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (schedule,) = [one for one in await work.schedules.every() if one.kind is ScheduleKind.CHALLENGE_CLOSE]
    expand = await prepare(academy.workspace, schedule, academy.clock.now())
    await answers(academy["Carl"], suggests="A minibus.")
    for due in (replace(schedule, id=ScheduleId(new_id())), schedule, schedule):
        async with academy.memory.units(academy.workspace) as work:
            await expand(work, due, academy.clock.now())
            await work.commit()
    (note,) = await notes(academy)
    assert [one.text for one in note.content.ideas] == ["A minibus."]
    gone = replace(schedule, details={"challenge": str(new_id())})
    nothing = await prepare(academy.workspace, gone, academy.clock.now())
    async with academy.memory.units(academy.workspace) as work:
        await nothing(work, gone, academy.clock.now())
    assert challenge.schedule == schedule.id


async def test_a_challenge_that_stands_nowhere_edits_nothing() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"])
    async with academy.memory.units(academy.workspace) as work:
        bare = await scheduled(work, replace(challenge, place=None), academy.clock.now())
        await refresh(work, bare, academy.clock.now())
        assert await work.deliveries.in_states([DeliveryState.WAITING]) == []
    shown = await academy.services.challenges.asking.whom(academy.workspace, challenge.id, await academy.member("Anna"))
    assert shown.standing.challenge == challenge
    async with academy.memory.units(academy.workspace) as work:
        await work.challenges.put(replace(challenge, schedule=None))
        await work.commit()
    await academy["Anna"].sends_wire(encode_action(CloseChallenge(challenge.id)))
    assert len(await challenges(academy, ChallengeState.CLOSED)) == 1
