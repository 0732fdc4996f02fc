"""The connection to Discord, kept up: through restarts of the gateway, outages of minutes, a token that is lost, a refused
intent and a growing number of shards. The library resumes sessions; this begins where it gives up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import discord

from adapters.discord.client import GUILDS_COME, Heard, ListeningClient, connector, gateway_at, point_at
from adapters.discord.errors import KNOWN_NO_MORE
from adapters.discord.identifying import PAUSE, Identifying
from adapters.discord.intents import Reading
from adapters.discord.telling import Terse
from bot.errors import SettingsError
from bot.ports import Clock

_log = logging.getLogger(__name__)

_FIRST_PAUSE, _LAST_PAUSE = 1.0, 30.0
# A token that Discord does not know is asked about again as seldom: too many refusals bar this machine.
_TOKEN_PAUSE = 60.0
# A connection that stood so long was a good one; the next attempt comes soon again.
_GOOD = timedelta(minutes=1)
_GOODBYE, _AGAIN = 5.0, 0.25
_WRONG_TOKEN, _SHARDS = 4004, frozenset({4010, 4011})
_UNREACHABLE = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)


@dataclass(frozen=True, slots=True)
class Door:
    """Where Discord is, and who we are there. ``guilds_come``: seconds without a new guild after which all have come;
    ``identify_pause``: seconds between two sessions that begin; ``gap``: how long the library may try by itself to get a
    connection back."""

    token: str
    api_url: str
    guilds_come: float = GUILDS_COME
    identify_pause: float = PAUSE
    gap: float = 30.0


class Connection:
    """Logs ``speaking`` in, and keeps a listening client at work. ``pause`` sleeps."""

    def __init__(
        self,
        speaking: discord.Client,
        door: Door,
        heard: Heard,
        reading: Reading,
        clock: Clock,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._speaking = speaking
        self._token = door.token
        self._api_url = door.api_url
        self._guilds_come = door.guilds_come
        self._gap = door.gap
        self._heard = heard
        self._reading = reading
        self._clock = clock
        self._pause = pause
        self._client: ListeningClient | None = None
        self._logged_in = False
        self._token_is_lost = False
        self._is_barred = False
        self._identifying = Identifying(door.identify_pause)
        self._terse = Terse(clock.now)
        self._opened = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    @property
    def client(self) -> ListeningClient | None:
        """The client that listens now."""
        return self._client

    @property
    def is_barred(self) -> bool:
        """Discord did not let us in with this token, and has not since."""
        return self._is_barred

    async def open(self) -> None:
        """Begins. Raises SettingsError for a token that Discord does not know; where Discord cannot be reached, it goes on
        trying."""
        point_at(self._api_url)
        self._terse.listen()
        try:
            await self._log_in()
        except discord.LoginFailure:
            raise SettingsError(
                [
                    "DISCORD_TOKEN is not known to Discord. Copy it again: Developer Portal, your application, Bot, Reset Token."
                ]
            ) from None
        except _UNREACHABLE as error:
            self._terse.tell(type(error).__name__)
        self._keeping = asyncio.create_task(self._keep(), name="discord connection")

    async def opened(self, within: float) -> bool:
        """Whether a session stands, after so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._opened.wait()
        return self._opened.is_set()

    def stands(self) -> None:
        """A session began or goes on."""
        self._terse.stands()
        self._token_is_lost = self._is_barred = False
        if not self._opened.is_set():
            self._opened.set()
            _log.info("connected to Discord")

    def tell_token_lost(self) -> None:
        """Says what to do, once until the next session: whoever speaks and whoever listens notice it each for themselves."""
        if not self._token_is_lost:
            self._token_is_lost = True
            _log.error(
                "Nothing goes to Discord any more, and nobody is answered there. DISCORD_TOKEN: %s; put it in the settings "
                "and start again. I try again every minute",
                KNOWN_NO_MORE,
            )

    async def close(self) -> None:
        """Ends the session and every connection."""
        if self._keeping is not None:
            await _ended(self._keeping)
        await self._speaking.close()

    async def _log_in(self) -> None:
        if self._logged_in:
            return
        try:
            await self._speaking.login(self._token)
        except BaseException:
            # What was begun is taken back whole, so that it can be tried again.
            http = self._speaking.http
            await http.close()
            http.connector = connector()
            self._speaking.clear()
            raise
        self._logged_in = True

    async def _keep(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            begun = self._clock.now()
            rest = 0.0
            try:
                await self._log_in()
                await self._listen()
            except discord.PrivilegedIntentsRequired:
                self._reading.refused()
            except discord.LoginFailure:
                rest = self._token_lost()
            except discord.ConnectionClosed as error:
                rest = self._closed(error, pause)
            except Exception as error:  # noqa: BLE001 - whatever it was, a service that listens no more is worse
                self._terse.tell(type(error).__name__)
                rest = pause
            if self._clock.now() - begun >= _GOOD:
                pause = _FIRST_PAUSE
            if rest:
                await self._pause(rest)
                pause = min(pause * 2, _LAST_PAUSE)

    async def _listen(self) -> None:
        """One client's life."""
        shards, gateway, starts = await self._speaking.http.get_bot_gateway()
        if starts["remaining"] < shards:
            # Beyond its daily share Discord would take the token away.
            self._terse.tell("too many starts today")
            await self._pause(starts["reset_after"] / 1000)
            return
        gateway_at(gateway)
        self._identifying.of_buckets(starts["max_concurrency"])
        client = ListeningClient(
            self._heard,
            self._identifying,
            reads_messages=self._reading.wanted,
            shards=shards,
            guilds_come=self._guilds_come,
        )
        self._client = client
        listening = asyncio.create_task(client.start(self._token), name="discord session")
        watching = asyncio.create_task(self._watch(client), name="discord watch")
        try:
            done, _ = await asyncio.wait({listening, watching}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            with suppress(Exception):
                async with asyncio.timeout(_GOODBYE):
                    await client.close()
            await _ended(watching)
            await _ended(listening)
            await client.still_hearts()
        for task in done:
            task.result()

    async def _watch(self, client: ListeningClient) -> None:
        """Ends where a shard is without a connection for long: the library waits longer after each attempt, so that it would
        stay away for a while after Discord has come back."""
        since: datetime | None = None
        while True:
            await asyncio.sleep(self._gap / 4)
            now = self._clock.now()
            if not any(shard.is_closed() for shard in client.shards.values()):
                since = None
            elif since is None:
                since = now
            elif (now - since).total_seconds() >= self._gap:
                raise TimeoutError

    def _token_lost(self) -> float:
        self._is_barred = True
        self.tell_token_lost()
        return _TOKEN_PAUSE

    def _closed(self, error: discord.ConnectionClosed, pause: float) -> float:
        """Discord ended the session for good: how long to wait until the next one."""
        if error.code == _WRONG_TOKEN:
            return self._token_lost()
        self._terse.tell("Discord wants other shards" if error.code in _SHARDS else f"closed {error.code}")
        return pause


async def _ended(task: asyncio.Task[None]) -> None:
    """Ends a task. The library takes some cancellations for its own."""
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_AGAIN)
    if not task.cancelled():
        # Whoever wants to know has asked already.
        task.exception()
