"""What was going on when a process was killed is told by the next one at its start, however short it had been going on."""

import asyncio
from collections.abc import Sequence
from typing import cast

from bot.errors import StorageError
from bot.notes.going import tell_of_left
from bot.ports import Workspace, WorkspaceDirectory
from tests.introductions_talk import Academy, a_small_academy
from tests.note_talk import THREAD, marks, notes, said, threads

TOLD = "I was restarted in the middle of reading your conversation"


class Away:
    """A database that cannot be asked just now."""

    async def every(self) -> Sequence[Workspace]:
        raise StorageError("away")


async def killed(academy: Academy, *, rest: float = 0.0) -> None:
    """Somebody waits, for less than would be told to take longer; then nobody reads any more, and nothing was written down."""
    found = threads(academy)
    found.threads[THREAD], found.gate, found.rest, found.pages = said(academy), asyncio.Semaphore(0), rest, 2
    academy.services.notes.jobs.patience = 30.0
    waits = asyncio.create_task(marks(academy["Anna"]))
    await asyncio.sleep(0.05)
    if rest:
        found.gate.release()
        await asyncio.sleep(0.05)
    waits.cancel()
    for task in asyncio.all_tasks():
        if task.get_name() == "reading a conversation":
            task.cancel()
    await asyncio.gather(waits, return_exceptions=True)
    found.gate, found.rest = None, 0.0


async def starts(academy: Academy, *, alone: bool = True) -> str:
    """Another process; what Anna reads then."""
    academy.clock.advance(seconds=3)
    memory = academy.memory
    await tell_of_left(memory.units, memory.directory, academy.clock, alone=alone, silent=0.01)
    await academy.delivers()
    return academy["Anna"].reads() if academy["Anna"].posts() else ""


async def test_killed_within_its_first_seconds_it_is_told_at_the_next_start() -> None:
    academy = await a_small_academy()
    await killed(academy)
    assert TOLD in await starts(academy)
    assert (await starts(academy)).count(TOLD) == 1
    assert "Only you see this draft" in (await academy["Anna"].presses("Read it again")).text
    assert len(await notes(academy)) == 1
    await academy.passes(minutes=10)
    assert academy["Anna"].reads().count(TOLD) == 1


async def test_where_others_work_on_the_same_database_silence_tells_it() -> None:
    academy = await a_small_academy()
    await killed(academy, rest=600.0)
    assert TOLD not in await starts(academy, alone=False), "another process may be waiting that long"
    academy.clock.advance(seconds=720)
    assert TOLD in await starts(academy, alone=False)


async def test_one_that_goes_on_meanwhile_is_left_alone() -> None:
    academy = await a_small_academy()
    found = threads(academy)
    found.threads[THREAD], found.gate, found.pages = said(academy), asyncio.Semaphore(0), 2
    academy.services.notes.jobs.patience = 30.0
    waits = asyncio.create_task(marks(academy["Anna"]))
    await asyncio.sleep(0.05)
    memory = academy.memory
    academy.clock.advance(seconds=3)
    telling = asyncio.create_task(tell_of_left(memory.units, memory.directory, academy.clock, alone=False, silent=0.1))
    await asyncio.sleep(0.02)
    found.gate.release()
    found.gate.release()
    await asyncio.gather(waits, telling)
    await academy.delivers()
    assert TOLD not in academy["Anna"].reads()


async def test_a_database_that_is_away_is_asked_when_it_is_looked_after() -> None:
    academy = await a_small_academy()
    await killed(academy)
    directory, memory = cast(WorkspaceDirectory, Away()), academy.memory
    await tell_of_left(memory.units, directory, academy.clock, alone=True)
    await academy.passes(minutes=6)
    assert TOLD in academy["Anna"].reads()
