"""A process of its own: what happens in it and around it. That it comes and goes is tested with the planner's."""

import asyncio
import os
import signal
from concurrent.futures.process import BrokenProcessPool
from functools import partial

import pytest

from bot import processes
from bot.processes import OwnProcess


async def test_work_that_kills_its_process_each_time_is_told_and_the_next_is_done() -> None:
    own = OwnProcess(rests_after=0.05)
    with pytest.raises(BrokenProcessPool):
        await own.run(partial(os._exit, 3))
    assert await own.run(os.getpid) != os.getpid()
    own.close()


async def test_it_does_not_rest_in_the_middle_of_work() -> None:
    own = OwnProcess()
    one, other = await asyncio.gather(own.run(os.getpid), own.run(os.getpid))
    assert one == other
    own._at_work += 1
    own._rest()
    assert own._pool is not None
    own._at_work -= 1
    own._rest()
    assert own._pool is None


def test_it_ends_with_its_parent() -> None:
    ended: list[int] = []
    processes._end_with(os.getppid() + 1, ended.append, looks_every=0.0)
    assert ended == [0]
    looks = iter([7, 7, 1])
    processes._end_with(7, ended.append, looks_every=0.0, parent_now=lambda: next(looks))
    assert ended == [0, 0]


def test_ctrl_c_is_the_parents_business() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        processes._begin(os.getppid())
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
