"""What the front desk and the renderer add to a command's storage work: everything between the two is ours to keep small.

The storage work of each command is what it really did: every unit of work and every call of a repository is written down
once and then repeated alone, in turn with the whole command, so that both meet the same machine.
"""

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import cast

from adapters.summarisers.offline import OfflineSummariser
from adapters.web.render import CardRenderer, environment
from adapters.web.spots import PLATFORM
from benchmarks.measure import Row, median
from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.bootstrap import App, opened_app
from bot.camps.service import CampService
from bot.demo.academy import settle
from bot.dispatcher import Dispatcher
from bot.identity import Account, Address, WorkspaceId, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.domain import Member
from bot.members.service import MemberService
from bot.messages.replies import Private, Public, Replace, Replies
from bot.notes.service import NoteService
from bot.polls.service import PollService
from bot.ports import UnitOfWork, Units
from bot.services import Services
from bot.settings import Settings
from bot.words import Words
from commands import ACTIONS, COMMANDS, FORMS

COMMANDS_MEASURED = (("help", ""), ("profile", "show"), ("match", "status"))
WARM, TIMES = 20, 400
LIMIT = 1.0  # milliseconds


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of a repository: ``members.get(...)``, or ``commit`` where ``part`` is empty."""

    part: str
    method: str
    values: tuple[object, ...]
    named: dict[str, object]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of work with all that was asked of it."""

    reading: bool
    asked: list[Asked] = field(default_factory=list[Asked])


class Listening:
    """A unit of work, or one of its repositories, that writes down what is asked of it."""

    def __init__(self, real: object, unit: Unit, part: str = "") -> None:
        self._real = real
        self._unit = unit
        self._part = part

    def __getattr__(self, name: str) -> object:
        real: object = getattr(self._real, name)
        if not callable(real):
            return real if name == "workspace" else Listening(real, self._unit, name)

        def ask(*values: object, **named: object) -> object:
            self._unit.asked.append(Asked(self._part, name, values, named))
            return real(*values, **named)

        return ask


class ListeningUnits:
    """Units of work that are written down in ``seen``."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self.seen: list[Unit] = []

    @asynccontextmanager
    async def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[UnitOfWork, None]:
        async with self._units(workspace, reading=reading) as work:
            unit = Unit(reading)
            self.seen.append(unit)
            yield cast(UnitOfWork, Listening(work, unit))


class Academy:
    """The demo's academy on a real database, each question asked by another member, so that nobody goes too fast."""

    def __init__(self, app: App, workspace: WorkspaceId, members: Sequence[Member]) -> None:
        self._app = app
        self._workspace = workspace
        self._members = members
        self._units = ListeningUnits(app.units)
        introductions = IntroductionService(self._units, app.clock)
        services = Services(
            MemberService(self._units, app.clock, frozenset(), introductions.leave),
            introductions,
            COMMANDS,
            LinkService(self._units, app.directory, app.clock),
            AnnouncementService(self._units, app.clock, app.platforms),
            CampService(self._units, app.clock),
            PollService(self._units, app.clock, app.platforms),
            NoteService(self._units, app.clock, app.platforms, OfflineSummariser()),
            BankService(self._units, app.clock, introductions.finding),
        )
        tables = (COMMANDS, ACTIONS, FORMS)
        self._listening = Dispatcher(tables, services, self._units, app.languages, app.clock, app.house)
        self._renderer = CardRenderer(environment())

    async def storage_of(self, command: str, verb: str) -> dict[Member, list[Unit]]:
        """For each member, the storage work of this command."""
        found: dict[Member, list[Unit]] = {}
        for member in self._members:
            self._units.seen = []
            replies = await self._listening.invoke(self._invocation(member, command, verb))
            assert self._rendered(replies, self._words(member)), "the reply is a card"
            found[member] = self._units.seen
        return found

    async def whole(self, member: Member, command: str, verb: str) -> None:
        """From the dispatcher to the rendered reply."""
        replies = await self._app.dispatcher.invoke(self._invocation(member, command, verb))
        assert self._rendered(replies, self._words(member)), "the reply is a card"

    async def storage(self, units: Sequence[Unit]) -> None:
        """The same storage work, and nothing else. Only the interaction's id is another one, as it always is."""
        for unit in units:
            async with self._app.units(self._workspace, reading=unit.reading) as work:
                for asked in unit.asked:
                    asked_of: object = getattr(work, asked.part) if asked.part else work
                    method = cast(Callable[..., Awaitable[object]], getattr(asked_of, asked.method))
                    if asked.method == "first_time":
                        await method(_fresh(), *asked.values[1:], **asked.named)
                    else:
                        await method(*asked.values, **asked.named)

    def _rendered(self, replies: Replies, words: Words) -> int:
        assert not any(isinstance(reply, Private) and reply.sorry for reply in replies), "nothing is refused"
        return sum(
            len(self._renderer.card(reply.card, str(new_id()), words))
            for reply in replies
            if isinstance(reply, Private | Public | Replace)
        )

    def _words(self, member: Member) -> Words:
        return self._app.languages.words(member.language, self._app.house.zone)

    def _invocation(self, member: Member, command: str, verb: str) -> Invocation:
        account = Account(PLATFORM, str(member.id))
        place = Place(Address(PLATFORM, "channel"), PlaceKind.DIRECT)
        return Invocation(Arrival(_fresh(), self._workspace, account, place, member.name), command, verb)


def _fresh() -> str:
    return f"web:{new_id()}:{new_id()}"


def rows() -> Iterator[Row]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        async with opened_app(Settings(database_url=f"sqlite+aiosqlite:///{folder}/bench.db")) as app:
            workspace = (await app.local_workspace("Bench")).id
            await settle(app.units, workspace, app.languages.words("da", app.house.zone), app.clock)
            async with app.units(workspace) as work:
                members = [
                    replace(one, accounts=(Account(PLATFORM, str(one.id)),))
                    for one in await work.members.everybody()
                    if one.is_complete()
                ]
                await work.members.put_all(members)
                await work.commit()
            academy = Academy(app, workspace, members)
            return [row for command, verb in COMMANDS_MEASURED for row in await _compared(academy, command, verb)]


async def _compared(academy: Academy, command: str, verb: str) -> list[Row]:
    storage = list((await academy.storage_of(command, verb)).items())
    whole: list[float] = []
    alone: list[float] = []
    for number in range(WARM + TIMES):
        member, units = storage[number % len(storage)]
        both = [
            (whole, partial(academy.whole, member, command, verb)),
            (alone, partial(academy.storage, units)),
        ]
        # Each is first every other time: what comes second finds the disk busy with what was first.
        for taken, work in both if number % 2 else reversed(both):
            started = time.perf_counter()
            await work()
            taken.append((time.perf_counter() - started) * 1000)
    del whole[:WARM], alone[:WARM]
    all_of_it, stored = median(whole), median(alone)
    added = median([one - other for one, other in zip(whole, alone, strict=True)])
    name = f"/{command} {verb}".rstrip()
    return [
        Row(f"{name}, dispatcher to rendered reply", all_of_it, "ms", stored, "its storage work alone"),
        Row(f"{name}, added to its storage work", added, "ms", LIMIT, "the limit", "at most 1"),
    ]
