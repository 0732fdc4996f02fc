"""A workspace in memory with one platform and a courier, for the tests of delivery."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar

from bot.deliveries.courier import Courier
from bot.deliveries.domain import (
    Delivery,
    DeliveryState,
    Letter,
    Target,
    ToPlace,
)
from bot.deliveries.letters import Reading, Written, written
from bot.deliveries.limits import Limits
from bot.deliveries.outbox import Claim, Outbox
from bot.identity import Account, Address, DeliveryId, IntroId, MemberId, WorkspaceId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Part
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.messages.elements import Card
from bot.words import Languages
from tests.fake_chat import FakeChat, FakeChats
from tests.fake_outbox import MemoryOutbox
from tests.fakes import Memory, StoppedClock

LANGUAGES = Languages.load()
CHANNEL = Address("web", "channel:1")
SENT, WAITING, FAILED = DeliveryState.SENT, DeliveryState.WAITING, DeliveryState.FAILED
DOUBTFUL, CANCELLED = DeliveryState.DOUBTFUL, DeliveryState.CANCELLED


@dataclass(frozen=True, slots=True)
class Hello(Letter):
    code: ClassVar[str] = "hello"


@dataclass(frozen=True, slots=True)
class Nothing(Letter):
    code: ClassVar[str] = "nothing"


@dataclass(frozen=True, slots=True)
class Broken(Letter):
    code: ClassVar[str] = "broken"


@dataclass(frozen=True, slots=True)
class Foreign(Letter):
    code: ClassVar[str] = "foreign"


class House:
    """A workspace in memory, one platform, and a courier; ``says`` is what every letter says now (None: nothing)."""

    def __init__(self, platforms: Sequence[str] = ("web",)) -> None:
        self.clock = StoppedClock()
        self.memory = Memory()
        self.outbox: Outbox = self.memory.outbox
        self.chats = FakeChats(self.clock, platforms)
        self.workspace = WorkspaceId(new_id())
        self.says: str | None = "hello"
        self.limits = Limits(call=timedelta(seconds=5))
        self.letters: tuple[Written, ...] = (
            written(Hello, self._hello),
            written(Nothing, _nothing),
            written(Broken, _broken),
        )

    async def open(self) -> "House":
        options = WorkspaceOptions(timezone="No/Where")
        self.workspace = (await self.memory.directory.ensure("local", "Academy", options)).id
        return self

    @property
    def chat(self) -> FakeChat:
        return self.chats.of(self.workspace)

    def courier(self, owner: str = "one") -> Courier:
        memory = self.memory
        return Courier(
            self.outbox,
            memory.units,
            memory.directory,
            self.chats,
            self.letters,
            LANGUAGES,
            self.clock,
            memory.alarm,
            owner,
            self.limits,
            chance=lambda: 0.5,
        )

    async def member(self, name: str = "Anna", **changes: object) -> Member:
        fresh = Member(
            MemberId(new_id()), name, "Org", "research", accounts=(Account("web", name),), consent=Consent.YES
        )
        member = replace(fresh, **changes)  # type: ignore[arg-type]  # the tests name fields that exist
        async with self.memory.units(self.workspace) as work:
            await work.members.put(member)
            await work.commit()
        return member

    async def intro(self, *members: Member, state: IntroState = IntroState.ACCEPTED) -> Intro:
        parts = tuple(Part(member.id, Answer.YES) for member in members)
        intro = Intro(IntroId(new_id()), None, parts, 1.0, (), state, self.clock.now())
        async with self.memory.units(self.workspace) as work:
            await work.rounds.add_intros([intro])
            await work.commit()
        return intro

    async def write(
        self, target: Target | None = None, letter: Letter | None = None, lane: str = "", **more: object
    ) -> Delivery:
        identity = DeliveryId(new_id())
        where, what = target or ToPlace(CHANNEL), letter or Hello()
        plain = Delivery(identity, str(identity), lane or str(identity), where, what, self.clock.now())
        delivery = replace(plain, **more)  # type: ignore[arg-type]  # the tests name fields that exist
        async with self.memory.units(self.workspace) as work:
            await work.deliveries.add([delivery])
            await work.commit()
        return delivery

    async def now_is(self, delivery: Delivery) -> Delivery:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.deliveries.get(delivery.id)
        assert found is not None
        return found

    async def ended(self, delivery: Delivery) -> tuple[DeliveryState, str]:
        now = await self.now_is(delivery)
        return now.state, now.error

    def speaks_through(self, chat: FakeChat) -> None:
        """This workspace's platform is that one."""
        self.chats._chats[self.workspace, chat.platform] = chat

    async def _hello(self, reading: Reading, letter: Hello) -> Card | None:
        if self.says is None:
            return None
        name = "everybody" if reading.reader is None else reading.reader.name
        return Card(f"{self.says}, {name} ({reading.words.language}, {reading.words.zone}, {letter.code})", ())


async def _nothing(reading: Reading, letter: Nothing) -> Card | None:
    return None


async def _broken(reading: Reading, letter: Broken) -> Card | None:
    raise LookupError("Bodil Jensen, 010203-1234")


class Forgetful(MemoryOutbox):
    """An outbox that cannot write down what was sent."""

    def __init__(self, memory: Memory, error: Exception) -> None:
        super().__init__(memory)
        self.error = error

    async def sent(
        self,
        claim: Claim,  # noqa: ARG002 - the port's
        message: Address | None,  # noqa: ARG002 - the port's
        now: datetime,  # noqa: ARG002 - the port's
        lane_rests: timedelta,  # noqa: ARG002 - the port's
    ) -> None:
        raise self.error
