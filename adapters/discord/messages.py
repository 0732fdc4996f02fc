"""Single messages on Discord: sent with a nonce, set anew, taken away, and read a page at a time."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import discord

from adapters.discord.api import DiscordApi
from adapters.discord.errors import ARCHIVED
from adapters.discord.sheets import Sheet
from bot.errors import ChatError, Gone, Refused

# Discord gives so many messages at once.
PAGE = 100
T = TypeVar("T")


class Messages:
    """Raises ChatError and nothing else."""

    def __init__(self, api: DiscordApi) -> None:
        self._api = api

    async def direct(self, user: str) -> str:
        """The id of the direct conversation with a person. Discord opens one with whoever it knows, and says only at the
        first message that the person takes none."""
        opened = await self._api.read("open", lambda: self._api.client.create_dm(discord.Object(int(user))))
        return str(opened.id)

    async def send(self, channel: str, sheet: Sheet, nonce: str, reply_to: str = "") -> str:
        """Posts a message, once for its nonce. Returns its id. Raises Gone where it was there and somebody removed it."""
        return await self._awake(channel, lambda: self._send(channel, sheet, nonce, reply_to), stays=True)

    async def edit(self, channel: str, message: str, sheet: Sheet) -> None:
        """Makes an earlier message say this and nothing else. Raises Gone where it is no longer there."""
        await self._awake(channel, lambda: self._edit(channel, message, sheet))

    async def remove(self, channel: str, message: str) -> None:
        """Takes a message of ours away; one that is not there is fine."""
        with suppress(Gone):
            await self._awake(channel, lambda: self._remove(channel, message))

    async def page(self, channel: str, after: int) -> list[discord.Message]:
        """The next messages after an id, oldest first; fewer than :data:`PAGE` where there are no more."""
        place = self._place(channel)

        async def ask() -> list[discord.Message]:
            found = place.history(limit=PAGE, after=discord.Object(after), oldest_first=True)
            return [message async for message in found]

        return await self._api.read(f"history {channel}", ask)

    async def one(self, channel: str, message: str) -> discord.Message:
        """A message. Raises Gone where it is not there."""
        return await self._api.read(f"message {channel}", lambda: self._place(channel).fetch_message(int(message)))

    async def newest(self, channel: str) -> discord.Message | None:
        """The last message that the bot may read."""
        place = self._place(channel)

        async def ask() -> list[discord.Message]:
            return [message async for message in place.history(limit=1)]

        return next(iter(await self._api.read(f"history {channel}", ask)), None)

    async def channel(self, channel: str) -> discord.abc.GuildChannel | discord.abc.PrivateChannel | discord.Thread:
        """What a channel or thread is now."""
        return await self._api.read(f"channel {channel}", lambda: self._api.client.fetch_channel(int(channel)))

    async def _send(self, channel: str, sheet: Sheet, nonce: str, reply_to: str) -> str:
        place = self._place(channel)
        view, files, mentions = sheet.view(), sheet.files(), _mentions(sheet)
        if reply_to:
            answered = discord.MessageReference(
                message_id=int(reply_to), channel_id=int(channel), fail_if_not_exists=False
            )
            sent = await self._api.write(
                f"post {channel}",
                lambda: place.send(view=view, files=files, nonce=nonce, allowed_mentions=mentions, reference=answered),
            )
        else:
            sent = await self._api.write(
                f"post {channel}", lambda: place.send(view=view, files=files, nonce=nonce, allowed_mentions=mentions)
            )
        return str(sent.id)

    async def _edit(self, channel: str, message: str, sheet: Sheet) -> None:
        # The same edit twice is harmless, so that there is nothing to doubt.
        await self._api.read(
            f"edit {channel}",
            lambda: self._message(channel, message).edit(
                view=sheet.view(), attachments=sheet.files(), allowed_mentions=discord.AllowedMentions.none()
            ),
        )

    async def _remove(self, channel: str, message: str) -> None:
        await self._api.read(f"remove {channel}", lambda: self._message(channel, message).delete())

    async def rename(self, channel: str, name: str) -> None:
        """Makes a thread go by another name; one that was put away stays so."""
        thread = await self.channel(channel)
        if not isinstance(thread, discord.Thread):
            raise Gone("unknown_thread")
        if thread.name != name:
            await self._api.read(f"name {channel}", lambda: thread.edit(name=name, archived=False))
            if thread.archived:
                await self._put_away(thread)

    async def _awake(self, channel: str, run: Callable[[], Awaitable[T]], *, stays: bool = False) -> T:
        """In an archived thread, once more after it was opened again; then it is put away as it was, unless it ``stays``
        open. A locked one stays as it is."""
        try:
            return await run()
        except Refused as error:
            if str(error) != ARCHIVED:
                raise
        thread = await self.wake(channel)
        answer = await run()
        if thread is not None and not stays:
            await self._put_away(thread)
        return answer

    async def wake(self, channel: str) -> discord.Thread | None:
        """Opens an archived thread again. Raises Refused where the bot may not."""
        thread = await self.channel(channel)
        if not isinstance(thread, discord.Thread):
            return None
        await self._api.read(f"thread {channel}", lambda: thread.edit(archived=False))
        return thread

    async def _put_away(self, thread: discord.Thread) -> None:
        with suppress(ChatError):
            await self._api.read(f"thread {thread.id}", lambda: thread.edit(archived=True))

    def _place(self, channel: str) -> discord.PartialMessageable:
        return self._api.client.get_partial_messageable(int(channel))

    def _message(self, channel: str, message: str) -> discord.PartialMessage:
        return self._place(channel).get_partial_message(int(message))


def _mentions(sheet: Sheet) -> discord.AllowedMentions:
    """Those that the card means, and nobody else."""
    users = [discord.Object(int(user)) for user in sorted(sheet.users)]
    return discord.AllowedMentions(everyone=False, roles=False, users=users, replied_user=False)
