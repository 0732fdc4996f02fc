"""What somebody of a workspace sees, and waiting until she does."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.emulators.slack_modal import ShownView
from tests.emulators.slack_parts import Parts
from tests.emulators.slack_shown import Eyes
from tests.emulators.slack_state import Channel, Message, State, User

_PATIENCE = 5.0


@dataclass(slots=True, eq=False, repr=False)
class Sight:
    parts: Parts
    team: State
    user: User
    # What Slack told her went wrong.
    errors: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"<{self.name} {self.id} of {self.team.name}>"

    @property
    def id(self) -> str:
        return self.user.id

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def direct(self) -> Channel:
        """Her conversation with the bot."""
        return self.parts.world.im(self.team, self.id)

    @property
    def eyes(self) -> Eyes:
        return Eyes(self.team)

    # What she sees

    def reads(self, channel: Channel | None = None, thread: Message | None = None) -> list[Message]:
        """The messages of a conversation, or a thread in it, that she can see, in order."""
        where = channel or self.direct
        shown = [m for m in where.messages if not m.viewer or m.viewer == self.id]
        if thread is not None:
            return sorted((m for m in shown if m.ts == thread.ts or m.thread == thread.ts), key=_order)
        return sorted((m for m in shown if not m.reply or m.broadcast), key=_order)

    def sees(self, channel: Channel | None = None, thread: Message | None = None) -> list[str]:
        """The same as plain words, one text a message."""
        return [self.eyes.message(message) for message in self.reads(channel, thread)]

    def notices(self, channel: Channel | None = None) -> list[str]:
        """What notifications and screen readers say."""
        return [self.eyes.mrkdwn(message.text) for message in self.reads(channel)]

    def last(self, channel: Channel | None = None) -> str:
        return self.sees(channel)[-1]

    def newest(self, channel: Channel | None = None) -> Message:
        return self.reads(channel)[-1]

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
            problems = self.parts.answers.problems
            raise AssertionError(
                f"{self.name} waited in vain; sees {shown}, modal {modal}, {self.errors}, {problems}"
            ) from None

    async def until_sees(self, words: str, patience: float = _PATIENCE) -> Message:
        """Waits for a message with the words, wherever she would see it."""
        await self.until(lambda: self.finds(words), patience)
        return self.finds(words)

    async def until_modal(self, words: str = "", patience: float = _PATIENCE) -> ShownView:
        """Waits for a modal that has the words in its title or text."""
        await self.until(lambda: (m := self.modal) is not None and (words in m.title or words in m.text), patience)
        assert self.modal is not None
        return self.modal

    @property
    def modal(self) -> ShownView | None:
        """The modal on top."""
        stack = self.team.stack(self.id)
        return ShownView(self.team, stack[-1]) if stack else None

    @property
    def home(self) -> ShownView | None:
        view = self.team.homes.get(self.id)
        return ShownView(self.team, view) if view else None

    def _all(self) -> list[Message]:
        mine = (c for c in self.team.channels.values() if self.id in c.members)
        return sorted((m for c in mine for m in c.messages if m.viewer in ("", self.id)), key=_order, reverse=True)


def _order(message: Message) -> float:
    return float(message.ts)


def _safely(true: Callable[[], object]) -> object:
    try:
        return true()
    except (AssertionError, IndexError, KeyError):
        return False
