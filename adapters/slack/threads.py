"""Threads on Slack, read page by page at the pace that Slack gives: fifteen messages a minute for some apps."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from adapters.slack.api import SlackApi
from adapters.slack.people import People
from adapters.slack.plain import words_of
from adapters.slack.reading import Message, next_cursor, part_at, parts_at, text_at
from adapters.slack.spots import PLATFORM, Person, Posted, Spot, read_address
from bot.errors import Gone, Refused, TryLater
from bot.identity import Account, Address, WorkspaceId
from bot.threads import MOST_MESSAGES, TOO_LONG, Author, Progress, Said, Stretch

_PAGE = 200
# What the apps with the small limit get at most, and what Slack says to who asks for more.
_SMALL_PAGE, _TOO_LARGE = 15, "invalid_limit"
# Seconds, where Slack does not say how long.
_UNNAMED = 30.0
# A page that was refused so often, one rest after the other, is not to be had.
_TRIES = 20
# Slack does not tell which threads were answered in; of those that were begun before a time it is looked so far back, and no
# more pages than that, since each may take a minute.
_BACK, _PAGES_BACK = timedelta(days=30), 4
# What somebody said; of the other kinds Slack itself tells that somebody joined, or that a message was deleted.
_SAYING = frozenset({"", "bot_message", "file_share", "me_message", "thread_broadcast"})


class SlackThreads:
    """Implements :class:`bot.threads.Threads` for one workspace."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, people: People) -> None:
        self._workspace = workspace
        self._api = api
        self._people = people
        self._ourselves: tuple[str, str] | None = None  # the bot's user and bot id

    async def read(self, message: Address, progress: Progress | None = None) -> Sequence[Said]:
        """The whole thread, oldest first. Raises Refused where the bot may not read there."""
        channel, root = _begins(message)
        reading = _Reading(self._api, self._workspace, progress)
        found = await self._thread(reading, channel, root)
        await reading.tell()
        return found

    async def span(
        self,
        place: Address,
        since: datetime,
        until: datetime,
        progress: Progress | None = None,
        reader: Account | None = None,  # noqa: ARG002 - whoever is in a channel may read its threads
    ) -> Stretch:
        """What was said in a channel in that time, with the answers in threads, also in those that were begun up to a month
        before; of a thread, its messages of that time. Raises Refused where the bot may not read there."""
        where = read_address(place)
        if isinstance(where, Person):
            raise Gone("channel_not_found")
        if isinstance(where, Spot) and where.thread:
            return Stretch([one for one in await self.read(place, progress) if since <= one.at < until])
        reading = _Reading(self._api, self._workspace, progress)
        user, bot = await self._own_ids()
        found: list[Said] = []
        for one in reversed(
            await reading.every("conversations.history", channel=where.channel, **_between(since, until))
        ):
            stamp = text_at(one, "ts")
            if one.get("reply_count"):
                found += await self._thread(reading, where.channel, stamp)
            elif _is_said(one):
                found.append(await self._said(one, stamp, user, bot))
        roots, looked_since = await _answered_later(reading, where.channel, since)
        for root in roots:
            found += await self._thread(reading, where.channel, root, since)
        await reading.tell()
        within = {one.id: one for one in found if since <= one.at < until}
        return Stretch(sorted(within.values(), key=lambda one: one.at), looked_since)

    async def is_private(self, place: Address) -> bool | None:
        """Whether one has to be taken into the conversation to read along. Raises Gone where the bot does not see it."""
        where = read_address(place)
        if isinstance(where, Person):
            return True
        answer = await self._api.call(self._workspace, "conversations.info", channel=where.channel)
        told = part_at(answer, "channel")
        if any(told.get(kind) is True for kind in ("is_private", "is_im", "is_mpim")):
            return True
        return False if told.get("is_private") is False else None

    async def links(self, place: Address, messages: Sequence[Said]) -> Mapping[str, str]:
        """Links that open these messages, by their id: one is asked for, and the others are written as Slack writes it."""
        where = read_address(place)
        if isinstance(where, Person) or not messages:
            return {}
        first = messages[0]
        answer = await self._api.call(self._workspace, "chat.getPermalink", channel=where.channel, message_ts=first.id)
        before, marked, _ = text_at(answer, "permalink").partition(f"/p{first.id.replace('.', '')}")
        if not marked:
            return {}
        return {one.id: _link(before, where.channel, one) for one in messages}

    async def permalink(self, message: Address) -> str:
        """A link that opens the message in Slack."""
        place = read_address(message)
        if not isinstance(place, Posted):
            raise Gone("message_not_found")
        answer = await self._api.call(
            self._workspace, "chat.getPermalink", channel=place.channel, message_ts=place.stamp
        )
        return text_at(answer, "permalink")

    async def _thread(self, reading: "_Reading", channel: str, root: str, since: datetime | None = None) -> list[Said]:
        user, bot = await self._own_ids()
        found: dict[str, Said] = {}
        later = {} if since is None else {"oldest": _stamp(since)}
        # Slack begins each page with the thread's first message.
        for one in await reading.every("conversations.replies", channel=channel, ts=root, **later):
            stamp = text_at(one, "ts")
            if stamp not in found and _is_said(one):
                found[stamp] = await self._said(one, root, user, bot)
        return list(found.values())

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


class _Reading:
    """Asks for page after page, rests where Slack says so, and tells whoever waits."""

    def __init__(self, api: SlackApi, workspace: WorkspaceId, progress: Progress | None) -> None:
        self._api = api
        self._workspace = workspace
        self._progress = progress
        self._limit = _PAGE
        self._done = 0

    async def every(self, method: str, **what: str) -> list[Message]:
        """All messages of a conversation or thread, in Slack's order."""
        found: dict[str, Message] = {}
        async for page in self.pages(method, what):
            fresh = {text_at(one, "ts"): one for one in page if text_at(one, "ts") not in found}
            found |= fresh
            self._done += len(fresh)
            if self._done > MOST_MESSAGES:
                raise Refused(TOO_LONG)
        return list(found.values())

    async def pages(self, method: str, what: Mapping[str, str]) -> AsyncGenerator[Sequence[Message], None]:
        """Page after page, as far as whoever asks goes on; told of between two."""
        cursor = ""
        while True:
            answer = await self._page(method, cursor, what)
            yield list(parts_at(answer, "messages"))
            cursor = next_cursor(answer)
            if not cursor:
                return
            await self.tell()

    async def tell(self, rest: float = 0.0) -> None:
        """How many there are so far."""
        if self._progress is not None:
            await self._progress(self._done, rest)

    async def _page(self, method: str, cursor: str, what: Mapping[str, str]) -> Mapping[str, object]:
        for _ in range(_TRIES):
            try:
                return await self._api.call(self._workspace, method, limit=self._limit, cursor=cursor or None, **what)
            except TryLater as error:
                rest = _UNNAMED if error.after is None else error.after
                await self.tell(rest)
                await self._api.rest(rest)
            except Refused as error:
                if str(error) != _TOO_LARGE or self._limit == _SMALL_PAGE:
                    raise
                self._limit = _SMALL_PAGE
        raise TryLater("ratelimited")


async def _answered_later(reading: _Reading, channel: str, since: datetime) -> tuple[list[str], datetime]:
    """Threads that were begun before a time and answered in after it, and since when they were looked for."""
    earliest = since - _BACK
    roots: list[str] = []
    seen = 0
    async for page in reading.pages("conversations.history", {"channel": channel, **_between(earliest, since)}):
        roots += [text_at(one, "ts") for one in page if text_at(one, "latest_reply") >= _stamp(since)]
        seen += 1
        if seen == _PAGES_BACK and page:
            # Newest first. There may be no more before it; then nothing is lost by saying so.
            earliest = _moment(text_at(page[-1], "ts"))
            break
    return roots, earliest


def _between(since: datetime, until: datetime) -> dict[str, str]:
    return {"oldest": _stamp(since), "latest": _stamp(until), "inclusive": "true"}


def _stamp(at: datetime) -> str:
    return f"{at.timestamp():.6f}"


def _is_said(message: Message) -> bool:
    return text_at(message, "subtype") in _SAYING


def _link(before: str, channel: str, one: Said) -> str:
    within = f"?thread_ts={one.reply_to}&cid={channel}" if one.reply_to else ""
    return f"{before}/p{one.id.replace('.', '')}{within}"


def _begins(message: Address) -> tuple[str, str]:
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
