"""The connection to Slack: one session for all workspaces, and what is known of a request that came to nothing.

Whether anything of a request had left this machine decides whether it may simply be sent again, so the session is watched
for that: a connection that was refused, a name that was not found or a free line that never came sent nothing.
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

# Seconds for a call, and for a file to go up or down.
PATIENCE, FILE_PATIENCE = 10.0, 60.0
_CONNECTIONS = 50
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_SLACKS = re.compile(r"(?:[a-z0-9-]+\.)*slack\.com")


@dataclass(slots=True)
class Flight:
    """One request. ``sent``: something of it has left."""

    sent: bool = False


class Wire:
    """Holds the session. It is made at the first use, since it belongs to the loop that runs then."""

    def __init__(self, base_url: str, patience: float = PATIENCE) -> None:
        self._base = urlsplit(base_url)
        self._patience = patience
        # A task's own, since many requests go through one session at once.
        self._flight: ContextVar[Flight | None] = ContextVar("flight", default=None)
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The one session of this process."""
        if self._session is None or self._session.closed:
            watching = aiohttp.TraceConfig()
            watching.on_request_headers_sent.append(self._left)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
                timeout=aiohttp.ClientTimeout(total=self._patience),
                trace_configs=[watching],
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session

    @contextmanager
    def flight(self) -> Generator[Flight, None, None]:
        """Watches the request that is made within."""
        watched = Flight()
        token = self._flight.set(watched)
        try:
            yield watched
        finally:
            self._flight.reset(token)

    def is_local(self) -> bool:
        """Whether Slack is played on this machine: then no proxy stands between."""
        return self._base.hostname in _LOOPBACK

    def is_slacks(self, url: str) -> bool:
        """Whether an address may be trusted with a token or an answer: Slack's own, or on the machine of the Web API (on any
        of its ports, as those have it that play Slack)."""
        try:
            asked = urlsplit(url)
            host = asked.hostname or ""
        except ValueError:
            return False
        if asked.scheme == self._base.scheme and (
            host == self._base.hostname or (self.is_local() and host in _LOOPBACK)
        ):
            return True
        ours = f".{self._base.hostname}"
        return asked.scheme == "https" and (_SLACKS.fullmatch(host) is not None or f".{host}".endswith(ours))

    async def close(self) -> None:
        """Lets go of all connections. What is called after that opens new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _left(self, *_: object) -> None:
        watched = self._flight.get()
        if watched is not None:
            watched.sent = True
