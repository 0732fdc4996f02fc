"""Threads on Slack, read page by page at the pace that Slack gives: fifteen messages a minute for some apps."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from adapters.slack.api import SlackApi
from adapters.slack.people import People
from adapters.slack.plain import words_of
from adapters.slack.reading import Message, next_cursor, parts_at, text_at
from adapters.slack.spots import PLATFORM, Person, Posted, Spot, read_address
from bot.errors import Gone, Refused, TryLater
from bot.identity import Account, Address, WorkspaceId
from bot.threads import Author, Progress, Said

_PAGE = 200
# What the apps with the small limit get at most, and what Slack says to who asks for more.
_SMALL_PAGE, _TOO_LARGE = 15, "invalid_limit"
# Seconds, where Slack does not say how long.
_UNNAMED = 30.0
# A page that was refused so often, one rest after the other, is not to be had.
_TRIES = 20
# Nobody reads more; Slack's own threads are shorter.
_MOST = 5_000


class SlackThreads:
    """Implements :class:`bot.threads.Threads` for one workspace."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, people: People) -> None:
        self._workspace = workspace
        self._api = api
        self._people = people
        self._ourselves: tuple[str, str] | None = None  # the bot's user and bot id

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """The whole thread, oldest first. Raises Refused where the bot may not read there."""
        channel, root = _thread(message)
        user, bot = await self._own_ids()
        found: list[Said] = []
        cursor, limit = "", _PAGE
        while len(found) < _MOST:
            page, limit = await self._page(channel, root, cursor, limit, len(found), progress)
            for one in parts_at(page, "messages"):
                # Slack begins each page with the thread's first message.
                if text_at(one, "ts") != root or not found:
                    found.append(await self._said(one, root, user, bot))
            cursor = next_cursor(page)
            if not cursor:
                break
            if progress is not None:
                await progress(len(found), 0.0)
        if progress is not None:
            await progress(len(found), 0.0)
        return found

    async def permalink(self, message: Address) -> str:
        """A link that opens the message in Slack."""
        place = read_address(message)
        if not isinstance(place, Posted):
            raise Gone("message_not_found")
        answer = await self._api.call(
            self._workspace, "chat.getPermalink", channel=place.channel, message_ts=place.stamp
        )
        return text_at(answer, "permalink")

    async def _page(
        self, channel: str, root: str, cursor: str, limit: int, done: int, progress: Progress | None
    ) -> tuple[Mapping[str, object], int]:
        for _ in range(_TRIES):
            try:
                page = await self._api.call(
                    self._workspace,
                    "conversations.replies",
                    channel=channel,
                    ts=root,
                    limit=limit,
                    cursor=cursor or None,
                )
            except TryLater as error:
                rest = _UNNAMED if error.after is None else error.after
                if progress is not None:
                    await progress(done, rest)
                await self._api.rest(rest)
            except Refused as error:
                if str(error) != _TOO_LARGE or limit == _SMALL_PAGE:
                    raise
                limit = _SMALL_PAGE
            else:
                return page, limit
        raise TryLater("ratelimited")

    async def _said(self, message: Message, root: str, own_user: str, own_bot: str) -> Said:
        user, bot = text_at(message, "user"), text_at(message, "bot_id")
        ours = bool((user and user == own_user) or (bot and bot == own_bot))
        author = Author.OURSELVES if ours else Author.PROGRAM if bot else Author.PERSON
        is_person = author is Author.PERSON and bool(user)
        name = (
            await self._name(user)
            if is_person
            else text_at(message, "bot_profile", "name") or text_at(message, "username")
        )
        stamp = text_at(message, "ts")
        return Said(
            id=stamp,
            at=_moment(stamp),
            author=author,
            account=Account(PLATFORM, user) if is_person else None,
            name=name,
            text=await words_of(message, self._name),
            reply_to="" if stamp == root else root,
            files=tuple(filter(None, (text_at(file, "name") for file in parts_at(message, "files")))),
        )

    async def _name(self, user: str) -> str:
        return (await self._people.about(self._workspace, user)).name

    async def _own_ids(self) -> tuple[str, str]:
        if self._ourselves is None:
            answer = await self._api.call(self._workspace, "auth.test")
            self._ourselves = text_at(answer, "user_id"), text_at(answer, "bot_id")
        return self._ourselves


def _thread(message: Address) -> tuple[str, str]:
    match read_address(message):
        case Posted() as posted:
            return posted.channel, posted.thread or posted.stamp
        case Spot(channel, thread) if thread:
            return channel, thread
        case Spot() | Person():
            raise Gone("thread_not_found")


def _moment(stamp: str) -> datetime:
    try:
        return datetime.fromtimestamp(float(stamp), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)
