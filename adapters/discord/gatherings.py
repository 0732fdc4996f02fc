"""Camps among a guild's scheduled events: each there once, as it is now, and gone when it is called off.

Discord knows no key by which a repeated request makes no second event. So that one is being made is written down first, and
that it belongs to the camp as soon as it is there. Whoever comes after a crash knows that there may be one, and looks for it:
the bot's own, made since then, and no other camp's. Only one camp of a guild is seen to at a time, as they all wait in one lane.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import discord
from discord import EntityType, EventStatus, PrivacyLevel, ScheduledEvent
from discord.http import Route

from adapters.discord.api import DiscordApi
from adapters.discord.finding import first_id_at
from adapters.discord.kept import Kept
from adapters.discord.places import Guilds
from adapters.discord.spots import PLATFORM
from bot.camps.gathering import Gathering
from bot.errors import Gone, TryLater
from bot.identity import Address, WorkspaceId
from bot.messages.text import shortened
from bot.ports import Clock

EVENT = "event"
_EVENT_ROUTE = "/guilds/{guild_id}/scheduled-events/{event}"
# Whose an event is, by its id.
_CLAIMED = "event_of"
_MAKING = re.compile(r"making (\d+) (\d+)", re.ASCII)
_TITLE, _TEXT, _PLACE = 100, 1_000, 100  # characters
# The platform's clock may go a little behind ours.
_CLOCKS_DIFFER = timedelta(minutes=1)
# Seconds until it is looked again whether the guild is known by now.
_COMING = 10.0


@dataclass(frozen=True, slots=True)
class _Shown:
    """A gathering within Discord's limits."""

    title: str
    text: str
    place: str
    starts: datetime
    ends: datetime


class DiscordGatherings:
    """The scheduled events of one workspace's guild. Raises ChatError and nothing else."""

    def __init__(self, workspace: WorkspaceId, api: DiscordApi, guilds: Guilds, kept: Kept, clock: Clock) -> None:
        self._workspace = workspace
        self._api = api
        self._guilds = guilds
        self._kept = kept
        self._clock = clock

    async def settle(self, gathering: Gathering) -> Address | None:
        """Makes the event, changes it to what it is now, or calls it off. None: there is none, and need not be. Raises Gone
        where somebody took it away, or it is over."""
        guild = await self._guild()
        kept = await self._kept.get(EVENT, gathering.key)
        since = _read_making(kept, guild.id)
        if kept is None or since is not None:
            event = None if since is None else await self._left_behind(guild, since, gathering.key)
            if event is None and (gathering.called_off or gathering.starts <= self._clock.now()):
                return None
            event = event or await self._make(guild, gathering)
            await self._kept.put((_CLAIMED, str(event.id), gathering.key), (EVENT, gathering.key, _place(event)))
        else:
            event = await self._known(guild, kept)
        if gathering.called_off:
            await self._call_off(event)
        else:
            await self._bring_up_to_date(event, _shown(gathering))
        return Address(PLATFORM, f"event:{guild.id}:{event.id}")

    async def _guild(self) -> discord.Guild:
        guild = self._guilds.guild_of(self._workspace)
        if guild is None:
            # The gateway tells of the guilds a moment after the start.
            raise TryLater("no_guild", _COMING)
        return await self._api.read(
            f"guild {guild}", lambda: self._api.client.fetch_guild(int(guild), with_counts=False)
        )

    async def _known(self, guild: discord.Guild, kept: str) -> ScheduledEvent:
        home, _, event = kept.partition("/")
        if home != str(guild.id):
            # The academy had another home when it was made.
            raise Gone("unknown_event")
        return await self._api.read(
            f"events {guild.id}", lambda: guild.fetch_scheduled_event(int(event), with_counts=False)
        )

    async def _make(self, guild: discord.Guild, gathering: Gathering) -> ScheduledEvent:
        shown = _shown(gathering)
        now = int(self._clock.now().timestamp())
        await self._kept.put((EVENT, gathering.key, f"making {guild.id} {now}"))
        return await self._api.write(
            f"events {guild.id}",
            lambda: guild.create_scheduled_event(
                name=shown.title,
                description=shown.text,
                start_time=shown.starts,
                end_time=shown.ends,
                entity_type=EntityType.external,
                privacy_level=PrivacyLevel.guild_only,
                location=shown.place,
            ),
        )

    async def _left_behind(self, guild: discord.Guild, since: datetime, key: str) -> ScheduledEvent | None:
        """The event that an earlier try made."""
        earliest, own = first_id_at(since - _CLOCKS_DIFFER), self._api.own_id
        every = await self._api.read(f"events {guild.id}", lambda: guild.fetch_scheduled_events(with_counts=False))
        for event in sorted(every, key=lambda one: one.id):
            if event.creator_id != own or event.id < earliest:
                continue
            if await self._kept.get(_CLAIMED, str(event.id)) in (None, key):
                return event
        return None

    async def _call_off(self, event: ScheduledEvent) -> None:
        if event.status is EventStatus.scheduled:
            await self._change(event, {"status": EventStatus.cancelled.value})
        elif event.status is EventStatus.active:
            await self._change(event, {"status": EventStatus.completed.value})

    async def _bring_up_to_date(self, event: ScheduledEvent, shown: _Shown) -> None:
        """Says only what is new: of an event that has begun, the beginning cannot even be repeated."""
        if event.status not in (EventStatus.scheduled, EventStatus.active):
            raise Gone("event_over")
        changes: dict[str, object] = {}
        if event.name != shown.title:
            changes["name"] = shown.title
        if (event.description or "") != shown.text:
            changes["description"] = shown.text
        if event.location != shown.place:
            changes["entity_metadata"] = {"location": shown.place}
        if event.start_time != shown.starts and event.status is EventStatus.scheduled:
            changes["scheduled_start_time"] = shown.starts.isoformat()
        if event.end_time != shown.ends:
            changes["scheduled_end_time"] = shown.ends.isoformat()
        if changes:
            await self._change(event, changes)

    async def _change(self, event: ScheduledEvent, changes: Mapping[str, object]) -> None:
        # The same change twice is harmless, so that there is nothing to doubt.
        route = Route("PATCH", _EVENT_ROUTE, guild_id=event.guild_id, event=event.id)
        await self._api.read(
            f"events {event.guild_id}", lambda: self._api.client.http.request(route, json=dict(changes))
        )


def _shown(gathering: Gathering) -> _Shown:
    return _Shown(
        shortened(" ".join(gathering.title.split()), _TITLE),
        whole_lines(gathering.text, _TEXT),
        shortened(" ".join(gathering.place.split()), _PLACE),
        gathering.starts,
        gathering.ends,
    )


def whole_lines(text: str, limit: int) -> str:
    """As many whole lines as there is room for, and an ellipsis for the rest."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rpartition("\n")[0]
    return f"{cut}\n…" if cut else shortened(text, limit)


def _place(event: ScheduledEvent) -> str:
    return f"{event.guild_id}/{event.id}"


def _read_making(kept: str | None, guild: int) -> datetime | None:
    found = _MAKING.fullmatch(kept or "")
    return datetime.fromtimestamp(int(found[2]), UTC) if found and found[1] == str(guild) else None
