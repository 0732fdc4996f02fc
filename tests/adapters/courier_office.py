"""An outbox and a courier before a platform's emulator: what is written down, tried, and told of in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Protocol

from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, Letter, ToPlace
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.identity import Address, DeliveryId, WorkspaceId, new_id
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from bot.ports import Chat
from bot.words import Languages
from tests.fakes import Memory, StoppedClock

LANGUAGES = Languages.load()


@dataclass(frozen=True, slots=True)
class Note(Letter):
    code: ClassVar[str] = "note"


class Scene(Protocol):
    """A workspace on one platform with a bot in it."""

    @property
    def platform(self) -> str: ...

    @property
    def clock(self) -> StoppedClock: ...

    @property
    def memory(self) -> Memory: ...

    @property
    def workspace(self) -> WorkspaceId: ...

    def chat(self) -> Chat:
        """A chat that knows nothing yet: a process that has just begun."""
        ...


@dataclass(slots=True)
class Office:
    """``says``: what each delivery says. ``courier`` is replaced by another process with :meth:`begins_again`."""

    scene: Scene
    says: Card = field(default_factory=lambda: Card("hello", (Paragraph(plain("hello")),)))
    limits: Limits = field(default_factory=lambda: Limits(call=timedelta(seconds=5)))
    owner: int = 0
    courier: Courier = field(init=False)

    def __post_init__(self) -> None:
        self.begins_again()

    def begins_again(self) -> None:
        """A process that knows nothing of the one before."""
        self.owner += 1
        memory, here = self.scene.memory, self.scene
        self.courier = Courier(
            memory.outbox,
            memory.units,
            memory.directory,
            OnlyHere(here.chat(), here.platform),
            (written(Note, self._note),),
            LANGUAGES,
            here.clock,
            memory.alarm,
            f"process {self.owner}",
            self.limits,
            chance=lambda: 0.5,
        )

    async def write(self, *places: str) -> list[Delivery]:
        """One delivery to each place, a lane each."""
        now, platform = self.scene.clock.now(), self.scene.platform
        made: list[Delivery] = []
        for place in places:
            identity = DeliveryId(new_id())
            made.append(Delivery(identity, str(identity), place, ToPlace(Address(platform, place)), Note(), now))
        async with self.scene.memory.units(self.scene.workspace) as work:
            await work.deliveries.add(made)
            await work.commit()
        return made

    async def once(self, **after: float) -> int:
        """One round of tries, ``after`` so much time."""
        self.scene.clock.advance(**after)
        return await self.courier.run_once()

    async def until_all_ended(self, most: int = 500) -> None:
        """Tries until nothing is left to try; the time of each next try comes at once."""
        outbox, clock = self.scene.memory.outbox, self.scene.clock
        for _ in range(most):
            await self.courier.sweep()
            while await self.courier.run_once():
                pass
            due = await outbox.next_due()
            if due is None:
                return
            clock.advance(seconds=max(0.1, (due - clock.now()).total_seconds()))
        raise AssertionError("it never ends")

    async def ends(self, deliveries: Sequence[Delivery]) -> list[tuple[DeliveryState, str]]:
        return [(one.state, one.error) for one in [await self.now_is(delivery) for delivery in deliveries]]

    async def now_is(self, delivery: Delivery) -> Delivery:
        async with self.scene.memory.units(self.scene.workspace, reading=True) as work:
            found = await work.deliveries.get(delivery.id)
        assert found is not None
        return found

    async def _note(self, reading: Reading, letter: Note) -> Card:
        assert reading.words.language
        assert letter.code
        return self.says


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """One chat, on one platform, for every workspace."""

    chat: Chat
    platform: str

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:
        assert workspace.version == 7
        return self.chat if platform == self.platform else None
