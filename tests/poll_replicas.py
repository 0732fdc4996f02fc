"""Two processes that take votes for one poll, of which one is killed in the middle; for the test and for the benchmark."""

import asyncio
import os
import random
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from adapters.clock import SystemClock
from bot.deliveries.domain import LetterTable
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.letters import LETTERS
from bot.members.domain import Member
from bot.platforms import Platforms
from bot.polls.domain import Poll, PollPlace, VoterKey
from bot.polls.service import PollService
from bot.polls.writing import Written
from bot.words import Languages
from tests import databases
from tests.databases import Storage
from tests.end_to_end.born import ROOT, Born, born

_IN_THE_AIR = 64
_PATIENCE = 20.0  # seconds
_REPLICA = "tests.end_to_end.poll_replica"


@dataclass(slots=True)
class Replica:
    """One process. ``kept``: whose votes it said are kept."""

    process: Born
    orders: asyncio.WriteTransport
    answers: asyncio.StreamReader
    kept: set[int] = field(default_factory=set[int])
    waiting: set[int] = field(default_factory=set[int])
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    async def start(cls, url: str, workspace: WorkspaceId, poll: Poll) -> "Replica":
        words = (url, str(workspace), str(poll.id))
        (heard, told), (listened, said) = os.pipe(), os.pipe()
        with os.fdopen(heard, "rb") as given, os.fdopen(said, "wb") as out, os.fdopen(2, "wb", closefd=False) as err:
            process = await asyncio.to_thread(born, _REPLICA, words, ROOT, os.environ, out, err, given)
        loop, answers = asyncio.get_running_loop(), asyncio.StreamReader()
        await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(answers), os.fdopen(listened, "rb", 0))
        orders, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(told, "wb", 0))
        assert await answers.readline() == b"ready\n"
        return cls(process, orders, answers)

    async def hears(self) -> None:
        """Until the process ends."""
        while line := await self.answers.readline():
            number = abs(int(line))
            self.kept.add(number)
            self.waiting.discard(number)
            self.answered.set()
        self.answered.set()

    async def takes(self, votes: Mapping[int, str], until: int) -> None:
        """Hands it these votes, some at a time, until so many are kept or it is gone."""
        hearing = asyncio.create_task(self.hears())
        left = list(votes.items())
        while (left or self.waiting) and len(self.kept) < until and not hearing.done():
            while left and len(self.waiting) < _IN_THE_AIR:
                number, option = left.pop()
                self.waiting.add(number)
                self.orders.write(f"{number} {option}\n".encode())
            self.answered.clear()
            if self.waiting and not hearing.done():
                await self.answered.wait()
        if not hearing.done() and len(self.kept) >= until and (left or self.waiting):
            self.process.send_signal(signal.SIGKILL)
        else:
            self.orders.close()
        await hearing
        self.orders.close()
        await asyncio.to_thread(self.process.wait, _PATIENCE)


async def one_is_killed(url: str, votes: int, *, anonymous: bool) -> tuple[int, int, int]:
    """Two processes share the votes, one of them is killed after some; whoever got no answer votes again with the other one.
    Returns how many ballots there are, how many are not as they were cast, and how many votes had no answer."""
    async with databases.opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        workspace, people, poll = await _opened(storage, votes, anonymous=anonymous)
        said = {number: str(random.randint(1, 3)) for number in range(votes)}
        one, other = [await Replica.start(url, workspace, poll) for _ in range(2)]
        half = {number: option for number, option in said.items() if number % 2}
        rest = {number: option for number, option in said.items() if number % 2 == 0}
        await asyncio.gather(one.takes(half, votes // 5), other.takes(rest, votes + 1))
        unsure = {number: option for number, option in half.items() if number not in one.kept}
        again = await Replica.start(url, workspace, poll)
        await again.takes(unsure, votes + 1)
        async with storage.units(workspace, reading=True) as work:
            tally, ballots = await work.polls.tally(poll.id), await work.polls.ballots(poll.id)
    wanted = {option: list(said.values()).count(option) for option in ("1", "2", "3")}
    wrong = sum(abs(wanted[key] - tally.get((key,), 0)) for key in wanted)
    if not anonymous:
        wrong += sum(ballots[VoterKey(str(people[number].id))] != (option,) for number, option in said.items())
    return len(ballots), wrong, len(unsure)


async def _opened(storage: Storage, votes: int, *, anonymous: bool) -> tuple[WorkspaceId, list[Member], Poll]:
    workspace = await storage.workspace()
    people = [
        Member(MemberId(new_id()), f"Person {number}", accounts=(Account("web", f"p{number}"),))
        for number in range(votes)
    ]
    async with storage.units(workspace) as work:
        await work.members.put_all(people)
        await work.commit()
    service = PollService(storage.units, SystemClock(), Platforms())
    words = Languages.load().words("en", ZoneInfo("UTC"))
    typed = Written("Where?", ("A", "B", "C"), anonymous=anonymous)
    drafted = await service.drafts.write(workspace, people[0].id, typed, [PollPlace(Address("web", "x"))], words)
    opened = await service.open(workspace, drafted.poll.id, drafted.poll.revision)
    return workspace, people, opened.poll
