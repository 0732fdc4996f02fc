"""Renews tokens that expire (token rotation): some hours before, and so that no replica loses the newer one.

A refresh token is good once. Who is second is refused and reads what the first one kept; the token that it has is good for
as long as it was promised.
"""

import logging
from datetime import UTC, datetime, timedelta

from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.asking import NO_ANSWER, api_error
from bot.errors import StorageError
from bot.ports import Clock

_log = logging.getLogger(__name__)
# A token lives for twelve hours; an outage of Slack's may last some of them.
_BEFORE = timedelta(hours=2)
_WHENEVER = 60 * 24 * 366  # minutes: whether it is time was decided here, by our clock


class Renewing:
    """Renews a bot's token. ``rotator`` is None where there is no OAuth app, and then nothing is renewed."""

    def __init__(self, store: AsyncInstallationStore, rotator: AsyncTokenRotator | None, clock: Clock) -> None:
        self._store = store
        self._rotator = rotator
        self._clock = clock
        # What Slack gave and the database did not take yet: the token before, and the bot with the new one.
        self._unsaved: dict[tuple[str | None, str | None], tuple[str, Bot]] = {}

    def is_due(self, bot: Bot) -> bool:
        """Whether the token expires soon, or a new one still waits to be kept."""
        if _key(bot) in self._unsaved:
            return True
        until = expiry(bot)
        return bool(bot.bot_refresh_token) and until is not None and until - self._clock.now() < _BEFORE

    async def renewed(self, bot: Bot) -> Bot:
        """The bot with the best token that there is; the same one where Slack gives no other."""
        waiting = self._unsaved.pop(_key(bot), None)
        if waiting is not None and waiting[0] == bot.bot_token:
            return await self._keep(bot, waiting[1])
        if self._rotator is None or not bot.bot_refresh_token:
            return bot
        try:
            fresh = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=_WHENEVER)
        except SlackTokenRotationError as error:
            return await self._of_another(bot, api_error(error.api_error))
        except NO_ANSWER as error:
            return await self._of_another(bot, type(error).__name__)
        return bot if fresh is None else await self._keep(bot, fresh)

    async def _keep(self, before: Bot, fresh: Bot) -> Bot:
        try:
            stored = await self._stored(before)
            if stored is None:
                # It was uninstalled meanwhile: nothing is kept.
                return fresh
            if stored.bot_token != before.bot_token and _later(stored, fresh):
                return stored
            await self._store.async_save_bot(fresh)
        except StorageError as error:
            self._unsaved[_key(before)] = (before.bot_token, fresh)
            _log.warning("A renewed token has to wait to be kept: %s", type(error).__name__)
        return fresh

    async def _of_another(self, bot: Bot, why: str) -> Bot:
        stored = await self._stored(bot)
        if stored is not None and stored.bot_token != bot.bot_token:
            return stored
        _log.warning("Slack gave no new token: %s", why)
        return bot

    async def _stored(self, bot: Bot) -> Bot | None:
        return await self._store.async_find_bot(
            enterprise_id=bot.enterprise_id, team_id=bot.team_id, is_enterprise_install=bot.is_enterprise_install
        )


def expiry(bot: Bot) -> datetime | None:
    """Until when the token is good; None for one that does not expire."""
    return None if bot.bot_token_expires_at is None else datetime.fromtimestamp(bot.bot_token_expires_at, UTC)


def _later(one: Bot, other: Bot) -> bool:
    return (one.bot_token_expires_at or 0) > (other.bot_token_expires_at or 0)


def _key(bot: Bot) -> tuple[str | None, str | None]:
    return (bot.enterprise_id, bot.team_id)
