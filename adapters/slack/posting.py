"""One card into one place, page after page, so that a try which broke off is taken up where it ended.

The first page carries the delivery's key, and the others its key and their number. Once the first stands there, an error is
a doubt: whoever tries again looks first, finds how far it came, and only the rest is sent.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeAlias, TypeVar

from adapters.slack.api import SlackApi
from adapters.slack.drawing import Drawing
from adapters.slack.files import Files, sent_name
from adapters.slack.finding import Finding, Found, Mark
from adapters.slack.reading import text_at
from adapters.slack.render import Page
from adapters.slack.spots import Person, Spot, message_address
from bot.errors import Doubtful, Gone, Refused, TryLater
from bot.identity import Address, WorkspaceId
from bot.messages.elements import Card, File
from bot.ports import Clock
from bot.recent import Recent

_MOMENTS, _MOMENT = 2_000, timedelta(minutes=15)
_CONVERSATIONS, _LONG = 5_000, timedelta(days=1)
# Seconds: Slack makes a picture ready after it has taken it, and refuses a block that names it before.
_PROCESSING = (0.3, 0.7, 1.5, 2.5)
INVALID = "invalid_blocks"

Target: TypeAlias = Person | Spot
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Begun:
    """How far a card came: the messages that stand there. ``whole``: nothing is missing, its file included."""

    channel: str
    thread: str
    stamps: tuple[str, ...]
    whole: bool = False

    def address(self) -> Address:
        """The first message, with those that it goes on in."""
        return message_address(self.channel, self.stamps[0], self.thread, self.stamps[1:])


def body(page: Page) -> dict[str, object]:
    """A page as the arguments of a call. The text is a notice and no mark-up."""
    return {
        "text": page.text,
        "blocks": [dict(block) for block in page.blocks],
        "parse": "none",
        "link_names": False,
    }


class Posting:
    """Posts into one workspace, and knows for a while what it posted."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, drawing: Drawing, finding: Finding, clock: Clock) -> None:
        self._workspace = workspace
        self._api = api
        self._drawing = drawing
        self._files: Files = drawing.files
        self._finding = finding
        self._begun: Recent[tuple[Target, str], Begun] = Recent(clock, _MOMENTS, _MOMENT)
        self._conversations: Recent[str, str] = Recent(clock, _CONVERSATIONS, _LONG)

    async def deliver(self, to: Target, card: Card, key: str, file: File | None = None) -> Begun:
        """Brings the card there, and a file under it. What stood there already under this key stays as it is."""
        begun = self._begun.get((to, key))
        if begun is not None and begun.whole:
            return begun
        # Everything that nobody sees comes first, so that what can fail has failed before anything stands there.
        uploaded = await self._files.upload(sent_name(file), file.content, file.alternative) if file else ""
        shown = await self._drawing.show(card)
        try:
            begun = await self._pages(to, self._drawing.pages(shown), key, begun, file, patient=bool(shown.files))
        except Refused as error:
            if str(error) != INVALID or not shown.files:
                raise
            words = self._drawing.pages(self._drawing.without_pictures(shown))
            begun = await self._pages(to, words, key, self._begun.get((to, key)), file, patient=False)
        if file is not None:
            await self._file_under(begun, uploaded, sent_name(file))
        begun = replace(begun, whole=True)
        self._begun.put((to, key), begun)
        return begun

    async def found(self, to: Target, key: str, first: Found, channel: str, thread: str) -> Begun | None:
        """What became of a card whose first message was found: None where the rest of it is missing, which the next
        :meth:`deliver` with its key then sends."""
        stamps: tuple[str, ...] = (first.stamp,)
        whole = True
        if first.mark.parts > 1 or first.mark.file:
            after = await self._finding.followers(channel, thread or first.stamp, first.stamp, first.author)
            parts = {one.mark.part: one.stamp for one in after if one.mark.key == first.mark.key}
            stamps = (first.stamp, *_in_a_row(parts))
            has_file = any(one.has_file and not one.mark.key for one in after)
            whole = len(stamps) >= first.mark.parts and (has_file or not first.mark.file)
        begun = Begun(channel, thread, stamps, whole)
        self._begun.put((to, key), begun)
        return begun if whole else None

    async def conversation(self, user: str) -> str:
        """The id of the direct conversation with a person."""
        known = self._conversations.get(user)
        if known is None:
            known = await self.open([user])
            self._conversations.put(user, known)
        return known

    async def open(self, users: list[str]) -> str:
        """The id of the conversation of these people and the bot; the same people have one."""
        answer = await self._api.call(self._workspace, "conversations.open", users=",".join(users))
        channel = text_at(answer, "channel", "id")
        if not channel:
            raise TryLater("no_channel")
        return channel

    async def page(self, channel: str, thread: str, page: Page, mark: Mark) -> tuple[str, str]:
        """Posts one message. Returns its conversation and its stamp."""
        answer = await self._api.call(
            self._workspace,
            "chat.postMessage",
            channel=channel,
            thread_ts=thread or None,
            metadata=mark.metadata(),
            mrkdwn=False,
            unfurl_links=False,
            unfurl_media=False,
            **body(page),
        )
        posted = text_at(answer, "channel"), text_at(answer, "ts")
        if not all(posted):
            raise Doubtful("no_stamp")
        return posted

    async def _pages(
        self, to: Target, pages: tuple[Page, ...], key: str, begun: Begun | None, file: File | None, *, patient: bool
    ) -> Begun:
        if begun is None:
            mark = Mark(key, parts=len(pages), file=file is not None)
            begun = await self._first(to, pages[0], mark, patient=patient)
            self._begun.put((to, key), begun)
        for number in range(len(begun.stamps), len(pages)):
            begun = await self._further(begun, pages[number], Mark(key, part=number), patient=patient)
            self._begun.put((to, key), begun)
        return begun

    async def _first(self, to: Target, page: Page, mark: Mark, *, patient: bool) -> Begun:
        if isinstance(to, Spot):
            channel, stamp = await self._page(to.channel, to.thread, page, mark, patient=patient)
            return Begun(channel, to.thread, (stamp,))
        try:
            channel, stamp = await self._page(to.user, "", page, mark, patient=patient)
        except Gone as error:
            if str(error) != "channel_not_found":
                raise
            # Nobody has spoken there yet. Opening says whether the person is gone, or takes no messages.
            channel, stamp = await self._page(await self.conversation(to.user), "", page, mark, patient=patient)
        self._conversations.put(to.user, channel)
        return Begun(channel, "", (stamp,))

    async def _further(self, begun: Begun, page: Page, mark: Mark, *, patient: bool) -> Begun:
        under = begun.thread or begun.stamps[0]
        try:
            _, stamp = await self._page(begun.channel, under, page, mark, patient=patient)
        except TryLater as error:
            # "Nothing was stored" would not be true of the card.
            raise Doubtful(str(error)) from None
        return replace(begun, stamps=(*begun.stamps, stamp))

    async def _page(self, channel: str, thread: str, page: Page, mark: Mark, *, patient: bool) -> tuple[str, str]:
        return await self.patiently(lambda: self.page(channel, thread, page, mark), patient=patient)

    async def patiently(self, run: Callable[[], Awaitable[T]], *, patient: bool) -> T:
        """``patient``: what is sent has a picture that Slack may still be working on."""
        for pause in _PROCESSING if patient else ():
            try:
                return await run()
            except Refused as error:
                if str(error) != INVALID:
                    raise
            await self._api.rest(pause)
        return await run()

    async def _file_under(self, begun: Begun, file: str, title: str) -> None:
        under = begun.thread or begun.stamps[0]
        try:
            await self._files.show(file, title, begun.channel, under)
        except TryLater as error:
            raise Doubtful(str(error)) from None


def _in_a_row(parts: Mapping[int, str]) -> list[str]:
    """The stamps of the parts from the first on, up to the first that is missing."""
    row: list[str] = []
    while (stamp := parts.get(len(row) + 1)) is not None:
        row.append(stamp)
    return row
