"""Our own messages found again by the mark that each carries: Slack keeps it as the message's metadata.

A busy conversation has many pages, and some apps may read one a minute. So a search that has to wait remembers where it
was, and the next try goes on from there; "not there" is said only when the last page was read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from adapters.slack.api import SlackApi
from adapters.slack.reading import Message, next_cursor, part_at, parts_at, text_at
from bot.errors import Refused, TryLater
from bot.identity import WorkspaceId
from bot.ports import Clock
from bot.recent import Recent

EVENT = "brobygger_delivery"
_PAGE = 200
_SEARCHES, _WHILE = 500, timedelta(hours=2)
_EVERYTHING = 10_000


@dataclass(frozen=True, slots=True)
class Mark:
    """What a message of ours carries. ``part``: 0 for the first message of a card. ``parts``: how many there are to be.
    ``file``: a file follows under it. ``of``: the message that this one goes on, where it was added by an edit."""

    key: str
    part: int = 0
    parts: int = 1
    file: bool = False
    of: str = ""

    def metadata(self) -> dict[str, object]:
        """As Slack keeps it."""
        payload: dict[str, object] = {"key": self.key}
        if self.part:
            payload["part"] = self.part
        if self.parts > 1 and not self.part:
            payload["parts"] = self.parts
        if self.file:
            payload["file"] = 1
        if self.of:
            payload["of"] = self.of
        return {"event_type": EVENT, "event_payload": payload}


def read_mark(message: Message) -> Mark | None:
    """The mark of a message that was read with its metadata; None for somebody else's."""
    metadata = part_at(message, "metadata")
    if metadata.get("event_type") != EVENT:
        return None
    payload = part_at(metadata, "event_payload")
    return Mark(
        text_at(payload, "key"),
        _number(payload, "part", 0),
        _number(payload, "parts", 1),
        _number(payload, "file", 0) > 0,
        text_at(payload, "of"),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A message of ours. ``author``: the bot's own user."""

    stamp: str
    mark: Mark
    author: str
    has_file: bool


@dataclass(slots=True)
class _Search:
    cursor: str = ""
    found: list[Found] = field(default_factory=list[Found])


class Finding:
    """Searches in one workspace. Raises TryLater where a page cannot be had now, and goes on from there the next time."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi, clock: Clock) -> None:
        self._workspace = workspace
        self._api = api
        self._searches: Recent[tuple[str, ...], _Search] = Recent(clock, _SEARCHES, _WHILE)
        self._found: Recent[tuple[str, ...], Found] = Recent(clock, _SEARCHES, _WHILE)

    async def message(self, channel: str, thread: str, key: str, since: datetime) -> Found | None:
        """The first message with this key at or after ``since``; None when all pages were read."""
        oldest = f"{since.timestamp():.6f}"

        def wanted(message: Message) -> bool:
            mark = read_mark(message)
            return mark is not None and mark.key == key and not mark.part and text_at(message, "ts") >= oldest

        # Where a page a minute is all there is, what was found must not be looked for again to find what follows it.
        name = (channel, thread, oldest, key)
        known = self._found.get(name)
        if known is None:
            found = await self._search(channel, thread, oldest, wanted, (key,), enough=1)
            known = found[0] if found else None
        if known is not None:
            self._found.put(name, known)
        return known

    async def followers(self, channel: str, thread: str, first: str, author: str = "") -> list[Found]:
        """What stands in a thread after a message of ours and belongs to it: the rest of its card, and its file."""

        def wanted(message: Message) -> bool:
            if text_at(message, "ts") <= first:
                return False
            mark = read_mark(message)
            if mark is not None:
                return mark.part > 0
            return bool(author) and text_at(message, "user") == author and any(parts_at(message, "files"))

        return await self._search(channel, thread, first, wanted, (first, author), enough=_EVERYTHING)

    async def _search(
        self,
        channel: str,
        thread: str,
        oldest: str,
        wanted: Callable[[Message], bool],
        name: tuple[str, ...],
        *,
        enough: int,
    ) -> list[Found]:
        name = (channel, thread, oldest, *name)
        search = self._searches.get(name) or _Search()
        self._searches.put(name, search)
        while True:
            page = await self._page(channel, thread, oldest, search, name)
            search.found += [_found(message) for message in parts_at(page, "messages") if wanted(message)]
            search.cursor = next_cursor(page)
            if len(search.found) >= enough or not search.cursor:
                self._searches.forget(name)
                return search.found

    async def _page(
        self, channel: str, thread: str, oldest: str, search: _Search, name: tuple[str, ...]
    ) -> Mapping[str, object]:
        where = {"ts": thread} if thread else {}
        try:
            return await self._api.call(
                self._workspace,
                "conversations.replies" if thread else "conversations.history",
                channel=channel,
                oldest=oldest,
                inclusive=True,
                limit=_PAGE,
                include_all_metadata=True,
                cursor=search.cursor or None,
                **where,
            )
        except Refused as error:
            if str(error) != "invalid_cursor":
                raise
            # Too long ago: it begins again.
            self._searches.forget(name)
            raise TryLater("invalid_cursor") from None


def _found(message: Message) -> Found:
    mark = read_mark(message) or Mark("")
    return Found(text_at(message, "ts"), mark, text_at(message, "user"), any(parts_at(message, "files")))


def _number(payload: Mapping[str, object], name: str, otherwise: int) -> int:
    value = payload.get(name)
    return value if isinstance(value, int) and 0 <= value <= _EVERYTHING else otherwise
