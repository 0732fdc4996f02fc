"""What somebody of a guild sees, and waiting until she does."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulators import discord_permissions as permissions
from tests.emulators.discord_asking import Asking
from tests.emulators.discord_gateway import Gateway
from tests.emulators.discord_modal import ShownModal
from tests.emulators.discord_shown import Control, Eyes, controls
from tests.emulators.discord_state import Channel, GuildState, Message, User
from tests.emulators.discord_store import Store
from tests.emulators.discord_world import World

_PATIENCE = 5.0


@dataclass(slots=True)
class Parts:
    world: World
    gateway: Gateway
    store: Store
    asking: Asking
    # What people have open: the filled-in modal by user.
    modals: dict[str, ShownModal] = field(default_factory=dict[str, ShownModal])


@dataclass(slots=True, eq=False, repr=False)
class Sight:
    parts: Parts
    guild: GuildState
    user: User
    # What Discord told her went wrong.
    errors: list[str] = field(default_factory=list[str])

    def __repr__(self) -> str:
        return f"<{self.name} {self.id} of {self.guild.name}>"

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def direct(self) -> Channel:
        """Her conversation with the bot."""
        return self.parts.world.dm(self.user)

    @property
    def eyes(self) -> Eyes:
        return Eyes(self.parts.world)

    @property
    def channels(self) -> list[Channel]:
        """All that is in her list here: channels, threads that she is in, and her conversation with the bot."""
        if self.id not in self.guild.members:
            return [self.direct]
        mine = [c for c in self.guild.channels.values() if permissions.sees(self.guild, self.id, c)]
        return [*mine, self.direct]

    @property
    def threads(self) -> list[Channel]:
        """The threads that she is in."""
        return [channel for channel in self.guild.threads if self.id in channel.members]

    # What she sees

    def reads(self, channel: Channel | None = None) -> list[Message]:
        """The messages of a conversation that she can see, in order; those with the bot where none is named."""
        where = channel or self.direct
        assert where in self.channels, f"{self.name} does not see {where.name}"
        return [m for m in where.messages.values() if m.viewer in ("", self.id)]

    def sees(self, channel: Channel | None = None) -> list[str]:
        """The same as plain words, one text a message."""
        return [self.eyes.message(message) for message in self.reads(channel)]

    def last(self, channel: Channel | None = None) -> str:
        return self.sees(channel)[-1]

    def newest(self, channel: Channel | None = None) -> Message:
        return self.reads(channel)[-1]

    def shows(self, message: Message) -> str:
        """A message as plain words."""
        return self.eyes.message(message)

    def buttons(self, where: Message | None = None) -> list[str]:
        """The labels of a message's buttons; of the newest that has any where none is named."""
        for message in [where] if where is not None else self._all():
            if labels := [c.label for c in self.controls(message) if c.kind == 2]:
                return labels
        return []

    def controls(self, message: Message) -> list[Control]:
        return list(controls(self.eyes, message.components))

    def finds(self, words: str) -> Message:
        """The newest message of all her conversations with the words in it."""
        for message in self._all():
            if words in self.eyes.message(message):
                return message
        raise AssertionError(f"{self.name} sees no {words!r} among {[self.eyes.message(m) for m in self._all()]}")

    async def until(self, true: Callable[[], object], patience: float = _PATIENCE) -> None:
        """Waits until something is so, e.g. ``lambda: "Hello" in anna.last()``."""
        try:
            await self.parts.world.until(lambda: _safely(true), patience)
        except TimeoutError:
            shown = [self.eyes.message(m) for m in self._all()]
            modal = self.modal.text if self.modal else None
            problems = self.parts.world.problems
            raise AssertionError(
                f"{self.name} waited in vain; sees {shown}, modal {modal}, {self.errors}, {problems}"
            ) from None

    async def until_sees(self, words: str, patience: float = _PATIENCE) -> Message:
        """Waits for a message with the words, wherever she would see it."""
        await self.until(lambda: self.finds(words), patience)
        return self.finds(words)

    async def until_modal(self, words: str = "", patience: float = _PATIENCE) -> ShownModal:
        """Waits for a modal that has the words in its title or text."""
        await self.until(lambda: (m := self.modal) is not None and (words in m.title or words in m.text), patience)
        assert self.modal is not None
        return self.modal

    @property
    def modal(self) -> ShownModal | None:
        """The modal that she has open."""
        interaction = self.parts.asking.modals.get(self.id)
        if interaction is None:
            return None
        held = self.parts.modals.get(self.id)
        if held is None or held.interaction is not interaction:
            held = self.parts.modals[self.id] = ShownModal(interaction, self.eyes)
        return held

    def _all(self) -> list[Message]:
        found = [m for c in self.channels for m in c.messages.values() if m.viewer in ("", self.id)]
        return sorted(found, key=lambda message: int(message.id), reverse=True)


def _safely(true: Callable[[], object]) -> object:
    """Not there yet is no reason to stop waiting."""
    try:
        return true()
    except (AssertionError, IndexError, KeyError):
        return False
