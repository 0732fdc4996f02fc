"""An outbox and a courier before Discord's emulator: what is written down, tried, and told of in the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from adapters.discord.chat import DiscordChat
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, Letter, ToPlace
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.identity import DeliveryId, WorkspaceId, new_id
from bot.messages.elements import Card
from bot.ports import Chat
from bot.words import Languages
from tests.adapters.discord_sending import Scene, address, card

LANGUAGES = Languages.load()


@dataclass(frozen=True, slots=True)
class Note(Letter):
    code: ClassVar[str] = "note"


@dataclass(slots=True)
class Office:
    """``says``: what each delivery says. ``courier`` is replaced by another process with :meth:`begins_again`."""

    scene: Scene
    says: Card = field(default_factory=card)
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
            OnlyDiscord(here.chat()),
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
        now = self.scene.clock.now()
        made: list[Delivery] = []
        for place in places:
            identity = DeliveryId(new_id())
            made.append(Delivery(identity, str(identity), place, ToPlace(address(place)), Note(), now))
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
class OnlyDiscord:
    chat: DiscordChat

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:
        assert workspace.version == 7
        return self.chat if platform == "discord" else None
