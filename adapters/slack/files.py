"""Files on Slack: an address is asked for, the bytes go there, and then the file is put where people see it.

A picture of a card is put nowhere: the card's block names it. The same picture goes to many people, so it is uploaded once.
"""

import asyncio
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from adapters.slack.api import SlackApi
from adapters.slack.reading import text_at
from bot.errors import Doubtful, TryLater
from bot.identity import WorkspaceId
from bot.messages.elements import Card, File, Footnote, Image
from bot.messages.text import plain
from bot.ports import Clock
from bot.recent import Recent

_PICTURES, _KEPT = 200, timedelta(hours=6)
_ALTERNATIVE = 1_000  # characters; Slack takes no more


class Files:
    """Uploads for one workspace. Raises TryLater and Refused; Doubtful only where people may see it already."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, clock: Clock) -> None:
        self._workspace = workspace
        self._api = api
        self._known: Recent[bytes, str] = Recent(clock, _PICTURES, _KEPT)
        self._under_way: dict[bytes, asyncio.Lock] = {}

    async def picture(self, image: Image) -> str:
        """The id of a picture that a block can name."""
        digest = sha256(image.png).digest()
        # Those who wait for the same picture wait for one upload.
        lock = self._under_way.setdefault(digest, asyncio.Lock())
        try:
            async with lock:
                found = self._known.get(digest)
                if found is None:
                    found = await self._new_picture(image)
                    self._known.put(digest, found)
                return found
        finally:
            if not lock.locked():
                self._under_way.pop(digest, None)

    def forget(self, image: Image) -> None:
        """The picture is to be uploaded again: Slack does not have it, or cannot show it."""
        self._known.forget(sha256(image.png).digest())

    async def upload(self, name: str, content: bytes, alternative: str = "") -> str:
        """Brings a file to Slack, where nobody sees it yet. Returns its id."""
        place = await self._api.call(
            self._workspace,
            "files.getUploadURLExternal",
            filename=name,
            length=len(content),
            alt_txt=alternative[:_ALTERNATIVE] or None,
        )
        await self._api.upload(text_at(place, "upload_url"), content)
        return text_at(place, "file_id")

    async def show(self, file: str, title: str, channel: str = "", thread: str = "") -> None:
        """Makes an uploaded file whole, and posts it in a thread unless no channel is named."""
        await self._api.call(
            self._workspace,
            "files.completeUploadExternal",
            files=[{"id": file, "title": title}],
            channel_id=channel or None,
            thread_ts=thread or None,
        )

    async def _new_picture(self, image: Image) -> str:
        title = image.alternative[:80] or "picture"
        try:
            found = await self.upload("picture.png", image.png, image.alternative)
            await self.show(found, title)
        except Doubtful as error:
            # Nobody sees a picture that stands in no message.
            raise TryLater(str(error)) from None
        return found


def in_words(card: Card) -> Card:
    """The card with what its pictures say in the place of its pictures."""
    return replace(
        card,
        elements=tuple(
            Footnote(plain(element.alternative)) if isinstance(element, Image) else element for element in card.elements
        ),
    )


def sent_name(file: File) -> str:
    """A name that Slack keeps as it is."""
    return file.name.replace("/", "-").strip() or "file"
