"""Slack over a socket that the bot opens itself (Socket Mode): no public address, the same listeners.

The genuine client connects again by itself when Slack refreshes or drops a connection. What it logs is reduced to one line
each, since its own lines may hold the address of a connection.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from time import time
from typing import Any, cast
from urllib.parse import urlsplit

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.bordering import bordered
from adapters.slack.errors import TOKEN_LOST, code_of
from adapters.slack.listening import told
from adapters.slack.parse import Malformed
from adapters.slack.telling import named
from adapters.slack.working import Working

_log = logging.getLogger(__name__)

# Seconds between two signs of life, and to take leave. A connection that was cut is noticed at the next sign; nothing is heard
# until then.
_PING, _STOPS_WITHIN = 5.0, 3.0
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class SocketLine:
    """The connection. ``token`` is the application's (``xapp-…``)."""

    def __init__(self, bolt: AsyncApp, working: Working, token: str, base_url: str, *, ping: float = _PING) -> None:
        self._bolt = bolt
        self._working = working
        self._token = token
        self._base_url = base_url
        self._ping = ping
        self._client: SocketModeClient | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._opened = asyncio.Event()
        self._terse = _Terse()

    async def open(self) -> None:
        """Begins to connect, again and again until it is done: the service starts also while Slack is away."""
        logger = logging.Logger("slack socket", logging.WARNING)
        logger.addHandler(self._terse)
        client = SocketModeClient(
            app_token=self._token,
            logger=logger,
            web_client=AsyncWebClient(self._token, base_url=self._base_url, logger=logger, retry_handlers=[]),
            ping_interval=self._ping,
        )
        if urlsplit(self._base_url).hostname in _LOCAL:
            client.proxy = None
        client.socket_mode_request_listeners.append(self._handle)
        listeners = cast(list[object], client.message_listeners)  # pyright: ignore[reportUnknownMemberType] - the library's
        listeners.append(self._greeted)
        self._client = client
        connect = cast(Callable[[], Coroutine[object, object, None]], client.connect)
        self._connecting = asyncio.create_task(connect(), name="slack socket")

    async def opened(self, within: float) -> bool:
        """Whether Slack has greeted us, waiting so many seconds at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._opened.wait()
        return self._opened.is_set()

    @property
    def trouble(self) -> str:
        """What is wrong until somebody changes the settings; empty where nothing is."""
        return "slack: SLACK_APP_TOKEN is not known any more" if self._terse.kind in TOKEN_LOST else ""

    async def close(self) -> None:
        """Takes leave, within some seconds."""
        client, self._client = self._client, None
        if client is None:
            return
        if self._connecting is not None:
            client.closed = True
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(_STOPS_WITHIN):
                await cast(Callable[[], Awaitable[None]], client.close)()
        await client.aiohttp_client_session.close()

    async def _greeted(self, client: AsyncBaseSocketModeClient, message: Mapping[str, Any], raw: str | None) -> None:
        del client, raw
        if message.get("type") == "hello":
            self._terse.stands()
            _log.info("connected to Slack")
            self._opened.set()

    async def _handle(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Every envelope is acknowledged, so that Slack does not send for ever what cannot be read."""
        with self._working.arriving():
            begun = time()
            try:
                payload = cast(object, request.payload)  # pyright: ignore[reportUnknownMemberType] - the library's own
                bordered(payload)
                answer = await run_async_bolt_app(self._bolt, request)
            except Malformed as error:
                told("envelope", error)
            except Exception as error:  # noqa: BLE001 - the library stumbled where nobody had foreseen it
                _log.error("an envelope could not be handled (%s)", named(error))
            else:
                if answer.status == 200:
                    await send_async_response(client, request, answer, begun)
                    return
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))


class _Terse(logging.Handler):
    """What the library logs as a warning or worse becomes one line that names the kind of trouble, once for each kind until
    the connection stands again."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told = ""

    @property
    def kind(self) -> str:
        """The kind of trouble that there is now; empty where there is none."""
        return self._told

    def stands(self) -> None:
        """From now on trouble is news again."""
        self._told = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Says it in words of ours."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        # What the library says without an error, it says again with one.
        if error is None and record.levelno >= logging.ERROR:
            return
        kind = "connection" if error is None else _kind(error)
        if kind != self._told:
            self._told = kind
            _log.warning("the connection to Slack is broken; trying again (%s)", kind)


def _kind(error: BaseException) -> str:
    if not isinstance(error, SlackApiError):
        return type(error).__name__
    answer = cast(Mapping[str, object], error.response)  # pyright: ignore[reportUnknownMemberType] - the library's own
    return code_of(answer.get("error"))
