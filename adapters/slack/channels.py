"""The channel that somebody means: by its mention or its name; and whether the bot may write there.

Nobody learns here of a private channel that they are not in themselves, and nothing is posted there for them.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from adapters.slack.api import SlackApi
from adapters.slack.reading import next_cursor, part_at, parts_at, text_at
from adapters.slack.shapes import sequence
from adapters.slack.spots import PLATFORM, spot_address
from bot.errors import Gone, Refused
from bot.identity import Account, Channel, WorkspaceId
from bot.mentions import Meant, only_mention

_KINDS = "public_channel,private_channel"
_PAGE = 1_000
# What Slack allows in a name.
_LONGEST = 80
# Nobody waits for more of them; who has as many channels mentions the one that is meant.
_MOST_PAGES = 10


class Channels:
    """Asks Slack each time: channels are renamed, archived and left."""

    def __init__(self, workspace: WorkspaceId, api: SlackApi) -> None:
        self._workspace = workspace
        self._api = api

    async def find(self, typed: str, asker: Account) -> Channel:
        """Raises Gone("channel_not_found"), Refused("not_in_channel"), Refused("is_archived")."""
        found = await self._seen(typed)
        channel = text_at(found, "id")
        if not channel or found.get("is_im") is True or found.get("is_mpim") is True:
            raise Gone("channel_not_found")
        if found.get("is_private") is True and not await self._is_in(channel, asker):
            raise Gone("channel_not_found")
        if found.get("is_archived") is True:
            raise Refused("is_archived")
        if found.get("is_member") is not True:
            raise Refused("not_in_channel")
        return Channel(spot_address(channel), text_at(found, "name"))

    async def readers(self, channel: str, among: Sequence[Account]) -> frozenset[Account]:
        """Those of these people who are in a conversation. Raises Gone where the bot does not see it."""
        async with aclosing(self._members(channel)) as members:
            users = {user async for user in members}
        return frozenset(one for one in among if one.platform == PLATFORM and one.user in users)

    async def _seen(self, typed: str) -> Mapping[str, object]:
        bare = typed.strip()
        mention = only_mention(bare)
        if mention is not None and mention.meant is not Meant.CHANNEL:
            raise Gone("channel_not_found")
        if mention is not None:
            return part_at(await self._api.call(self._workspace, "conversations.info", channel=mention.id), "channel")
        wanted = bare.removeprefix("#").strip().casefold()
        if not 0 < len(wanted) <= _LONGEST:
            return {}
        async with aclosing(self._listed()) as listed:
            async for one in listed:
                if text_at(one, "name").casefold() == wanted:
                    return one
        return {}

    async def _listed(self) -> AsyncGenerator[Mapping[str, object], None]:
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = await self._api.call(
                self._workspace, "conversations.list", types=_KINDS, limit=_PAGE, cursor=cursor or None
            )
            for one in parts_at(page, "channels"):
                yield one
            cursor = next_cursor(page)
            if not cursor:
                return

    async def _is_in(self, channel: str, asker: Account) -> bool:
        async with aclosing(self._members(channel)) as members:
            return asker.platform == PLATFORM and asker.user in {user async for user in members}

    async def _members(self, channel: str) -> AsyncGenerator[str, None]:
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = await self._api.call(
                self._workspace, "conversations.members", channel=channel, limit=_PAGE, cursor=cursor or None
            )
            for user in sequence(page.get("members")):
                yield str(user)
            cursor = next_cursor(page)
            if not cursor:
                return
