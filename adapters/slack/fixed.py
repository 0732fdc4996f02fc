"""The token that was set by hand (``SLACK_BOT_TOKEN``): whose it is says Slack, at the start or once it can be reached."""

import asyncio
from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.asking import Identity, NoIdentity, who_is
from bot.ports import Clock

_PAUSE = timedelta(seconds=10)


class FixedToken:
    """One token for one team, as long as Slack knows it. An empty one is none."""

    def __init__(self, token: str, client: AsyncWebClient, clock: Clock) -> None:
        self._token = token
        self._is_lost = False
        self._client = client
        self._clock = clock
        self._known: Identity | None = None
        self._asked: datetime | None = None
        self._asking = asyncio.Lock()

    @property
    def token(self) -> str:
        """The token; empty where there is none (any more)."""
        return self._token

    @property
    def known(self) -> Identity | None:
        """Whose it is, where Slack said so already."""
        return self._known

    @property
    def is_unknown(self) -> bool:
        """There is a token, and Slack did not yet say whose it is."""
        return bool(self._token) and self._known is None

    @property
    def is_lost(self) -> bool:
        """There was a token, and Slack knows it no more."""
        return self._is_lost

    async def learn(self) -> Identity | NoIdentity:
        """Asks Slack, unless it was asked some seconds ago; one asks at a time and the others go on without."""
        now = self._clock.now()
        if self._known is not None:
            return self._known
        if self._asking.locked() or (self._asked is not None and now - self._asked < _PAUSE):
            return NoIdentity.UNTOLD
        async with self._asking:
            said = await who_is(self._client, self._token)
            self._asked = self._clock.now()
            if isinstance(said, Identity) and self._token:
                self._known = said
            return said

    def drop(self) -> None:
        """The token is worth nothing any more."""
        self._is_lost = self._is_lost or bool(self._token)
        self._token, self._known = "", None
