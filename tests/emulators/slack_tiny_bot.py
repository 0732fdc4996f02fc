"""The smallest bot of the genuine library, for tests of the emulator itself."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator


class Bot:
    """A bolt bot that keeps what it was sent and does what a test says."""

    def __init__(self, slack: SlackEmulator) -> None:
        self.slack = slack
        token = slack.team("Academy").token_value
        self.client = AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[], timeout=2)
        self.bolt = AsyncApp(
            client=self.client, token=token, signing_secret=slack.app.signing_secret, logger=logging.getLogger("tiny")
        )
        self.got: list[dict[str, Any]] = []
        self.retries: list[str] = []
        self.before_ack: Callable[[], Awaitable[None]] | None = None
        self.answer: dict[str, Any] = {}
        self.bolt.middleware(self._first)
        self.bolt.event("message")(self._event)
        self.bolt.event("app_mention")(self._event)

    async def _first(self, body: dict[str, Any], ack: Any, req: Any, next: Callable[[], Awaitable[Any]]) -> Any:  # noqa: A002 (bolt's name)
        self.got.append(body)
        self.retries += req.headers.get("x-slack-retry-num", [])
        if self.before_ack is not None:
            await self.before_ack()
        return await (next() if "event" in body else ack(**self.answer))

    async def _event(self) -> None:
        """Bolt acknowledges events by itself."""


class Socketed:
    """A bot on its sockets, closed with the test."""

    def __init__(self, bot: Bot) -> None:
        self.handler = AsyncSocketModeHandler(
            bot.bolt,
            bot.slack.app.app_token,
            web_client=AsyncWebClient(bot.slack.app.app_token, base_url=bot.slack.api_url),
            ping_interval=0.2,
        )

    async def __aenter__(self) -> None:
        await self.handler.client.connect_to_new_endpoint()

    async def __aexit__(self, *_error: object) -> None:
        await self.handler.client.close()
