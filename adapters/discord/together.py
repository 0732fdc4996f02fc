"""Which messages are one card: where a press changes it, those that it went on in go; and which card took another one's place.

What only one person sees can be taken back by the token that it came with, for fifteen minutes; so long this is remembered. A
card that was delivered knows its messages by itself.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from adapters.discord.waiting import Waiting
from bot.errors import ChatError
from bot.ports import Clock
from bot.recent import Recent

_CARDS, _LASTS = 2_000, timedelta(minutes=14)

Message = tuple[Waiting, int]


class Together:
    """Remembers the messages of cards, each with the interaction whose token takes it away."""

    def __init__(self, clock: Clock) -> None:
        self._cards: Recent[int, tuple[Message, ...]] = Recent(clock, _CARDS, _LASTS)

    def came(self, messages: Sequence[Message]) -> None:
        """These are one card now."""
        if len(messages) > 1:
            for _, message in messages:
                self._cards.put(message, tuple(messages))

    async def alone(self, message: int) -> None:
        """The card is this message alone: the others of it go, as far as Discord still takes them away."""
        for waiting, other in self._cards.get(message) or ():
            self._cards.forget(other)
            if other != message:
                with suppress(ChatError):
                    await waiting.take_back(other)


class Topics:
    """Remembers what somebody was told last of a thing: the newest word takes the place of the one before it."""

    def __init__(self, clock: Clock) -> None:
        self._last: Recent[tuple[str, str, str], tuple[Message, ...]] = Recent(clock, _CARDS, _LASTS)

    async def said(self, about: tuple[str, str, str], messages: Sequence[Message]) -> None:
        """``about``: the person, the place and the topic. What was said of it there before goes."""
        before = self._last.get(about) or ()
        self._last.put(about, tuple(messages))
        for waiting, message in before:
            with suppress(ChatError):
                await waiting.take_back(message)
