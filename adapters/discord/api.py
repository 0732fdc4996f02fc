"""Everything that goes to Discord's REST API, through the genuine client: its error is one of ours, and its time is bounded.

The library obeys Discord's rate limits by itself and sleeps for as long as they say. Here a short rest is slept through and
a longer one told to whoever asked, so that one conversation's rest does not hold a place that another could use. The library
has a setting for that, but with it it asks nothing more of a bucket that is far from its end, however much is left in it.
It also asks again after a server error, which is harmless where a message carries its nonce.

While Discord is away nothing is sent but a knock now and then (:mod:`adapters.discord.outage`).
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar

import discord
from discord.http import Route

from adapters.discord.errors import LIBRARY, RATE_LIMITED, TOKEN_LOST, chat_error
from adapters.discord.outage import AWAY, Outage
from adapters.discord.pace import Pace
from adapters.discord.wire import LONGEST_REST, Flight, Wire
from bot.errors import ChatError, Doubtful, TryLater
from bot.metrics import UNMETERED, Meters, metered
from bot.ports import Clock
from bot.recent import Recent

T = TypeVar("T")

# Seconds: the courier gives a message twelve in all.
PATIENCE = 8.0
# Seconds after which a token that was refused is tried again: Discord bans who goes on asking with a bad one.
_NEW_TOKEN = 60.0
# Seconds, where Discord said "too many" and not for how long.
_UNNAMED = 5.0
_PLACES, _LONG = 5_000, timedelta(hours=1)
_EVERYWHERE = ""
_NOT_YET = "not_logged_in"
_IN_LINE = "in_line"
# Seconds: whoever logs in goes on trying, with pauses of half a minute at most.
_LOGGING_IN = 10.0
# Seconds after which whoever stood in line for nothing stands there again.
_NEXT_TURN = 2.0
# Seconds for a knock, before a request that takes its own.
_KNOCK = 3.0
_SERVER_ERROR = 500

TokenLost = Callable[[], Awaitable[None]]


async def _nobody_asks() -> None:
    """Where nobody wants to know of a lost token."""


class DiscordApi:
    """One client's requests. Raises ChatError and nothing else. The client was made with ``wire.trace``. ``token_lost`` is
    told once, until Discord takes the token again."""

    def __init__(
        self,
        client: discord.Client,
        wire: Wire,
        clock: Clock,
        *,
        token_lost: TokenLost = _nobody_asks,
        patience: float = PATIENCE,
        pace: Pace | None = None,
        meters: Meters = UNMETERED,
    ) -> None:
        if client.http.http_trace is not wire.trace:
            raise ValueError("the client does not tell the wire what it sends")
        client.http.max_ratelimit_timeout = None
        self._client = client
        self._wire = wire
        self._clock = clock
        self._token_lost = token_lost
        self._patience = patience
        self._pace = pace or Pace()
        self._meters = meters
        self._outage = Outage(clock)
        self._is_token_lost = False
        self._rests: Recent[str, tuple[datetime, str]] = Recent(clock, _PLACES, _LONG)

    @property
    def client(self) -> discord.Client:
        """The library's own client, for what makes no request."""
        return self._client

    @property
    def own_id(self) -> int:
        """The bot's user id. Raises TryLater until it has logged in."""
        if self._client.user is None:
            raise TryLater(_NOT_YET, _LOGGING_IN)
        return self._client.user.id

    async def read(self, place: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What may be asked twice: reading, or what makes the same thing again. Raises no Doubtful."""
        with metered(self._meters, "discord"):
            return await self._run(place, ask, repeatable=True)

    async def write(self, place: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What somebody may see, or would see twice. ``place``: what shares a rate limit, such as ``post 7``."""
        with metered(self._meters, "discord"):
            return await self._run(place, ask, repeatable=False)

    async def _run(self, place: str, ask: Callable[[], Awaitable[T]], *, repeatable: bool) -> T:
        knocked = await self._let_through(place)
        with self._wire.flight() as flight:
            try:
                async with asyncio.timeout(self._patience) as limit:
                    flight.limit = limit
                    await self._turn()
                    answer = await ask()
            except asyncio.CancelledError:
                self._let_go(flight)
                raise
            except LIBRARY as error:
                self._let_go(flight)
                told = self._learned(_meaning(error, flight, repeatable=repeatable), flight)
            else:
                if flight.is_served:
                    self._outage.answered()
                    self._is_token_lost = False
                return answer
            finally:
                self._keep_rest(place, flight)
                if knocked and not flight.asked:
                    # The library knew the answer, or kept the request to itself.
                    self._outage.knocked_for_nothing()
        if str(told) == TOKEN_LOST:
            told = TryLater(TOKEN_LOST, _NEW_TOKEN)
            self._rest(_EVERYWHERE, _NEW_TOKEN, TOKEN_LOST)
            if not self._is_token_lost:
                self._is_token_lost = True
                await self._token_lost()
        elif isinstance(told, TryLater) and str(told) == RATE_LIMITED:
            rest = _UNNAMED if told.after is None else told.after
            told = TryLater(RATE_LIMITED, rest)
            self._rest(_EVERYWHERE if flight.everywhere else place, rest, RATE_LIMITED)
        raise told

    async def _turn(self) -> None:
        wait = self._pace.wait()
        if wait > 0:
            self._meters.held_back("discord", wait)
        await asyncio.sleep(wait)

    @property
    def is_token_lost(self) -> bool:
        """Discord did not take the token at the last request."""
        return self._is_token_lost

    async def _let_through(self, place: str) -> bool:
        """Whether it took a knock to know that Discord is there. Raises TryLater where nothing is to be asked now."""
        if self._client.user is None:
            raise TryLater(_NOT_YET, _LOGGING_IN)
        self._check_rest(_EVERYWHERE)
        self._check_rest(place)
        if not self._outage.may_knock():
            return False
        await self._knock()
        return True

    async def _knock(self) -> None:
        """Asks for what is public, to see whether Discord is there. If it is, one request is tried, and if that is answered,
        all are."""
        with self._wire.flight() as flight:
            try:
                with suppress(*LIBRARY):
                    async with asyncio.timeout(_KNOCK) as flight.limit:
                        await self._client.http.request(Route("GET", "/gateway"))
            finally:
                self._let_go(flight)
        if not flight.is_served:
            self._outage.failed(AWAY)
            # Who knocked comes back for the next knock; without this its own pause would grow to minutes.
            raise TryLater(AWAY, self._outage.rest())

    def _learned(self, told: ChatError, flight: Flight) -> ChatError:
        """What a request that went wrong says of Discord as a whole; and when it is to come again, where that is away."""
        if flight.is_served:
            self._outage.answered()
        elif flight.asked:
            self._outage.failed(str(told))
            if isinstance(told, TryLater | Doubtful) and told.after is None:
                return type(told)(str(told), self._outage.soon())
        return told

    def _check_rest(self, place: str) -> None:
        found = self._rests.get(place)
        if found is not None:
            until, reason = found
            left = (until - self._clock.now()).total_seconds()
            if left > 0:
                raise TryLater(reason, left)
            self._rests.forget(place)

    def _keep_rest(self, place: str, flight: Flight) -> None:
        if flight.rests > LONGEST_REST:
            self._rest(place, flight.rests, RATE_LIMITED)

    def _rest(self, place: str, seconds: float, reason: str) -> None:
        self._rests.put(place, (self._clock.now() + timedelta(seconds=seconds), reason))

    def _let_go(self, flight: Flight) -> None:
        """The library holds back every request while one of them waits out a limit that is for all; if that one is given
        up, nobody would ever let the others go."""
        held: object = getattr(self._client.http, "_global_over", None)
        if flight.waits and isinstance(held, asyncio.Event):
            held.set()


def _meaning(error: Exception, flight: Flight, *, repeatable: bool) -> ChatError:
    """What an error means, given what is known of the request."""
    told = chat_error(error, repeatable=repeatable, sent=flight.sent)
    if isinstance(error, TimeoutError) and not flight.asked:
        # It stood in the library's line all the time: no try that failed, so no pause that grows.
        told = TryLater(_IN_LINE, _NEXT_TURN)
    elif isinstance(error, TimeoutError) and flight.waits:
        told = TryLater(RATE_LIMITED, flight.after)
    elif isinstance(error, TimeoutError) and flight.rests and isinstance(told, TryLater | Doubtful):
        # Answered, but the library keeps the answer until the bucket is full again; by then it is known.
        told = type(told)(str(told), flight.rests)
    elif isinstance(error, TimeoutError) and flight.status >= _SERVER_ERROR:
        told = TryLater(f"http_{flight.status}")
    if flight.stumbled and not repeatable and isinstance(told, TryLater):
        return Doubtful(str(told))
    return told
