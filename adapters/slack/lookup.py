"""The bot in each team: its token and its own ids there, read from the store and kept for a minute."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from adapters.slack.fixed import FixedToken
from adapters.slack.renewing import Renewing, expiry
from adapters.slack.teams import Team
from bot.ports import Clock

FRESH = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Installed:
    """The bot in one team. ``user`` and ``bot`` are its own ids there; ``until`` is when the token expires, ``since`` when
    it was installed, where that is known."""

    team: Team
    token: str
    user: str
    bot: str
    scopes: tuple[str, ...]
    until: datetime | None = None
    since: datetime | None = None


class Lookup:
    """Finds the bot in a team: by the fixed token if that is the team's, or else in the store of the OAuth app."""

    def __init__(
        self,
        fixed: FixedToken,
        store: AsyncInstallationStore | None,
        rotator: AsyncTokenRotator | None,
        clock: Clock,
    ) -> None:
        self._fixed = fixed
        self._store = store
        self._renewing = None if store is None else Renewing(store, rotator, clock)
        self._clock = clock
        self._kept: dict[Team, tuple[Installed, datetime]] = {}
        self._renewals: defaultdict[Team, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def find(self, team: Team) -> Installed | None:
        """The bot with a token that is good for a while, at most a minute old; None where it is not installed."""
        return self._of_fixed(team) or self._remembered(team) or await self._read(team)

    async def glance(self, team: Team) -> Installed | None:
        """What is kept now; nothing is renewed."""
        fixed = self._of_fixed(team)
        if fixed is not None:
            return fixed
        bot = await self._bot(team)
        return None if bot is None else _installed(team, bot)

    async def renew(self, team: Team, token: str) -> None:
        """Gets another token than this one, as far as there is one to get."""
        async with self._renewals[team]:
            bot = await self._bot(team)
            if bot is not None and self._renewing is not None:
                fresh = await self._renewing.renewed(bot) if bot.bot_token == token else bot
                self._remember(_installed(team, fresh))

    def forget(self, team: Team) -> None:
        """What is kept in mind is read anew."""
        self._kept.pop(team, None)

    async def remove(self, team: Team) -> None:
        """The tokens of a team go, for good."""
        self.forget(team)
        if self._of_fixed(team) is not None:
            self._fixed.drop()
        if self._store is not None:
            await self._store.async_delete_all(enterprise_id=team.enterprise_id, team_id=team.team_id)

    async def _read(self, team: Team) -> Installed | None:
        bot = await self._bot(team)
        if bot is None:
            return None
        if self._renewing is not None and self._renewing.is_due(bot):
            async with self._renewals[team]:
                # Whoever waited here takes what the first one got.
                kept = self._remembered(team)
                return kept or self._remember(_installed(team, await self._renewing.renewed(bot)))
        return self._remember(_installed(team, bot))

    async def _bot(self, team: Team) -> Bot | None:
        if self._store is None:
            return None
        return await self._store.async_find_bot(
            enterprise_id=team.enterprise_id, team_id=team.team_id, is_enterprise_install=team.org_wide
        )

    def _of_fixed(self, team: Team) -> Installed | None:
        known = self._fixed.known
        if known is None or known.team != team:
            return None
        return Installed(team, self._fixed.token, known.user, known.bot, known.scopes)

    def _remembered(self, team: Team) -> Installed | None:
        kept = self._kept.get(team)
        return kept[0] if kept is not None and self._clock.now() < kept[1] else None

    def _remember(self, installed: Installed) -> Installed:
        self._kept[installed.team] = (installed, self._clock.now() + FRESH)
        return installed


def _installed(team: Team, bot: Bot) -> Installed:
    return Installed(
        team,
        bot.bot_token,
        bot.bot_user_id or "",
        bot.bot_id or "",
        tuple(bot.bot_scopes),
        expiry(bot),
        datetime.fromtimestamp(bot.installed_at, UTC),
    )
