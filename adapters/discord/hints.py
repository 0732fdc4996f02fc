"""Answers somebody who writes to the bot in a direct conversation: it understands commands only, and says so once an hour."""

from datetime import timedelta

import discord

from adapters.discord.errors import LIBRARY, chat_error
from adapters.discord.front import Front
from adapters.discord.page import Page
from adapters.discord.pieces import Written
from adapters.discord.spots import PLATFORM
from adapters.discord.text import written
from bot.identity import Account
from bot.messages.text import Code
from bot.recent import Recent

_HINTED, _HOUR = 5_000, timedelta(hours=1)
_SPOKEN = frozenset({discord.MessageType.default, discord.MessageType.reply})


class Hints:
    """Knows for an hour whom it told."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._told: Recent[str, bool] = Recent(front.clock, _HINTED, _HOUR)

    async def written(self, message: discord.Message) -> None:
        """Answers a person in a direct conversation. Raises ChatError and StorageError."""
        user = str(message.author.id)
        if message.author.bot or message.guild is not None or message.type not in _SPOKEN or self._told.get(user):
            return
        self._told.put(user, True)  # noqa: FBT003 - a set with an age
        theirs = await self._front.with_account(Account(PLATFORM, user))
        words = self._front.house_words()
        for workspace in theirs[:1]:
            async with self._front.units(workspace.id) as work:
                first = await work.arrivals.first_time(f"discord:said:{message.id}", self._front.clock.now())
                await work.commit()
            if not first:
                return
            words = await self._front.words_for(workspace.id, Account(PLATFORM, user))
        hint = words.text(
            "I only understand commands. Type {help} to see what I can do for you.", help=Code(words.say("/help"))
        )
        try:
            # Every process that listens hears it: with one nonce Discord takes it once.
            await message.channel.send(view=Page((Written(written(hint, {})),)).view(), nonce=message.id)
        except LIBRARY as error:
            raise chat_error(error, repeatable=False) from None
