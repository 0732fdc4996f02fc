"""What is known of a request to Discord while it is under way: whether any of it has left, and what was answered last.

The library waits and asks again by itself, so an error or a time-out alone does not say whether something may have been
stored. The trace does; whoever makes a client gives it :attr:`Wire.trace`.
"""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import aiohttp

# Seconds: the courier gives a message twelve in all, and a place of its own to no more than ten.
LONGEST_REST = 4.0
_TOO_MANY, _SERVER_ERROR = 429, 500
_REFUSED = range(400, 500)
_DAY = 86_400.0


@dataclass(slots=True)
class Flight:
    """One request, with all its tries.

    ``asked``: it was to go out. ``sent``: something has left, and no answer said that it was refused. ``stumbled``: Discord
    erred over one of the tries, so that it may have been stored. ``status``: of the last answer, 0 while there is none.
    ``after``: seconds that it asked to wait. ``everywhere``: for all requests. ``rests``: seconds until this kind of request
    may go out again, where the last answer used up what there was. ``limit``: ends it where it was told to wait for longer
    than anybody would.
    """

    asked: bool = False
    sent: bool = False
    stumbled: bool = False
    status: int = 0
    after: float | None = None
    everywhere: bool = False
    rests: float = 0.0
    limit: asyncio.Timeout | None = None

    @property
    def waits(self) -> bool:
        """Whether the library is waiting because it was told to."""
        return self.status == _TOO_MANY

    @property
    def is_served(self) -> bool:
        """Whether Discord answered, and is well; even a refusal is that."""
        return 0 < self.status < _SERVER_ERROR


class Wire:
    """Watches the requests of one client."""

    def __init__(self) -> None:
        # A task's own, since many requests go out at once.
        self._flight: ContextVar[Flight | None] = ContextVar("flight", default=None)
        self.trace = aiohttp.TraceConfig()
        self.trace.on_request_start.append(self._begun)
        self.trace.on_request_headers_sent.append(self._left)
        self.trace.on_request_end.append(self._answered)

    @contextmanager
    def flight(self) -> Generator[Flight, None, None]:
        """Watches the request that is made within."""
        watched = Flight()
        token = self._flight.set(watched)
        try:
            yield watched
        finally:
            self._flight.reset(token)

    async def _begun(self, *_: object) -> None:
        watched = self._flight.get()
        if watched is not None:
            watched.asked, watched.status, watched.after = True, 0, None

    async def _left(self, *_: object) -> None:
        watched = self._flight.get()
        if watched is not None:
            watched.sent = True

    async def _answered(self, _session: object, _context: object, about: aiohttp.TraceRequestEndParams) -> None:
        watched = self._flight.get()
        if watched is None:
            return
        headers = about.response.headers
        watched.status = about.response.status
        watched.after = _seconds(headers.get("Retry-After"))
        if watched.status in _REFUSED:
            watched.sent = watched.stumbled
        elif watched.status >= _SERVER_ERROR:
            watched.stumbled = True
        if watched.waits:
            # Without this header it is a wall before Discord, which stands before everything.
            banned = "Via" not in headers
            watched.everywhere = headers.get("X-RateLimit-Global") == "true" or banned
            # The library would sleep for so long; only from a ban it comes back at once.
            if watched.limit is not None and not banned and (watched.after or 0.0) > LONGEST_REST:
                watched.limit.reschedule(asyncio.get_running_loop().time())
        if headers.get("X-RateLimit-Remaining") == "0":
            watched.rests = _seconds(headers.get("X-RateLimit-Reset-After")) or 0.0


def _seconds(said: str | None) -> float | None:
    try:
        rest = float(said or "")
    except ValueError:
        return None
    return rest if 0 <= rest < _DAY else None
