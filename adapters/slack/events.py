"""What happens in a workspace without anybody asking the bot: a page is opened, somebody talks to it, it is removed.

Slack sends an event again until it is acknowledged, and a mention in two forms: each is answered once, over all replicas.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from adapters.slack import limits
from adapters.slack.arriving import Arriving
from adapters.slack.front import Acquaintances, Front
from adapters.slack.home import HomeTab
from adapters.slack.parse import Sender, optional, text
from adapters.slack.posting import body as as_body
from adapters.slack.reading import text_at
from adapters.slack.shapes import record, sequence
from adapters.slack.spots import PLATFORM, spot_address
from adapters.slack.telling import named
from bot.errors import BrobyggerError, ChatError
from bot.identity import Account, WorkspaceId
from bot.messages.elements import Card, Paragraph
from bot.messages.text import Code, flat
from bot.recent import Recent

_log = logging.getLogger(__name__)

_REMOVED = frozenset({"app_uninstalled", "tokens_revoked"})
# What a person said with words, and what was merely attached to them.
_SPOKEN = frozenset({"", "file_share"})
_SLACKBOT = "USLACKBOT"
_HINTED, _HOUR = 5_000, timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """An event. ``sender.user`` is empty where nobody did it; ``at``: when it happened, where Slack says so."""

    kind: str
    sender: Sender
    event: Mapping[str, object]
    at: datetime | None = None


def read_event(body: Mapping[str, object]) -> Happened:
    """The event, under the installation that it was sent for."""
    event = record(body.get("event"))
    granted = sequence(body.get("authorizations"))
    under = record(granted[0]) if granted else body
    told = under.get("is_enterprise_install")
    user = event.get("user")
    sender = Sender(
        # After a removal there may be nothing left in the grant; then the envelope tells whose event it is.
        optional(under, "team_id") or optional(body, "team_id"),
        optional(under, "enterprise_id") or optional(body, "enterprise_id"),
        told is True or told == "true",
        user if isinstance(user, str) else text_at(record(user), "id"),
    )
    at = body.get("event_time")
    happened_at = datetime.fromtimestamp(at, UTC) if isinstance(at, int) and 0 < at < limits.MOMENT else None
    return Happened(text(event, "type"), sender, event, happened_at)


class Events:
    """Answers events. Whatever fails here stays here: Slack has been told already that the event arrived."""

    def __init__(self, front: Front, arriving: Arriving, known: Acquaintances, home: HomeTab) -> None:
        self._front = front
        self._arriving = arriving
        self._known = known
        self._home = home
        self._hinted: Recent[tuple[WorkspaceId, str], str] = Recent(front.clock, _HINTED, _HOUR)

    async def happened(self, happened: Happened) -> None:
        """Does what the event asks for, if anything."""
        try:
            await self._happened(happened)
        except BrobyggerError as error:
            _log.error("an event was not answered (%s)", named(error))

    async def _happened(self, happened: Happened) -> None:
        sender, event = happened.sender, happened.event
        if happened.kind in _REMOVED:
            if happened.kind == "app_uninstalled" or sequence(record(event.get("tokens")).get("bot")):
                await self._front.installations.uninstalled(
                    sender.team or None, sender.enterprise or None, sender.org_wide, happened.at
                )
            return
        if happened.kind not in ("app_home_opened", "message", "app_mention") or not sender.user:
            return
        workspace = await self._arriving.workspace(sender)
        if workspace is None:
            return
        if happened.kind == "app_home_opened":
            if event.get("tab") == "home":
                async with self._front.working.turn():
                    await self._home.opened(workspace, sender.user, shown=bool(record(event.get("view"))))
        elif self._is_for_us(happened):
            await self._hint(workspace, happened)

    def _is_for_us(self, happened: Happened) -> bool:
        """A person of this workspace who talks to the bot: no bot, no edit, nobody joining, nobody from elsewhere."""
        event, sender = happened.event, happened.sender
        if (
            sender.user == _SLACKBOT
            or event.get("bot_id")
            or event.get("subtype", "") not in _SPOKEN
            or event.get("hidden")
        ):
            return False
        theirs = event.get("user_team") or event.get("team") or sender.team
        if sender.team and theirs not in (sender.team, sender.enterprise):
            return False
        return happened.kind == "app_mention" or event.get("channel_type") == "im"

    async def _hint(self, workspace: WorkspaceId, happened: Happened) -> None:
        event, user = happened.event, happened.sender.user
        channel, stamp = text(event, "channel"), text(event, "ts")
        if self._hinted.get((workspace, user)):
            return
        said = f"slack:{happened.sender.installed()}:said:{channel}:{stamp}"
        async with self._front.units(workspace) as work:
            first = await work.arrivals.first_time(said, self._front.clock.now())
            await work.commit()
        if not first:
            return
        self._hinted.put((workspace, user), stamp)
        about = await self._known.meet(workspace, user)
        words = await self._front.words_for(workspace, Account(PLATFORM, user), about.language)
        hint = words.text(
            "I only understand commands. Type {help} to see what I can do for you.", help=Code(words.say("/help"))
        )
        card = Card(flat(hint), (Paragraph(hint),))
        thread = optional(event, "thread_ts")
        chat = self._front.chats(workspace)
        if event.get("channel_type") == "im" or channel.startswith("D"):
            await chat.post(spot_address(channel, thread), card, said[-36:])
            return
        for page in await chat.draw(card):
            beside = {"thread_ts": thread} if thread else {}
            try:
                await self._front.api.call(
                    workspace, "chat.postEphemeral", channel=channel, user=user, **as_body(page), **beside
                )
            except ChatError:
                await chat.post(spot_address(channel, thread or stamp), card, said[-36:])
