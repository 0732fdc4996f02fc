"""Who installed the bot: which workspace a request belongs to, and the token that speaks there.

There may be one token for good (``SLACK_BOT_TOKEN``), many installations from the OAuth flow, or both. What is read is kept
for a minute, so that a request costs no question to the database and none to Slack.
"""

import asyncio
import logging
from collections import defaultdict
from datetime import datetime, timedelta

from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.asking import Identity, NoIdentity, who_is
from adapters.slack.errors import TOKEN_EXPIRED
from adapters.slack.fixed import FixedToken
from adapters.slack.lookup import FRESH, Installed, Lookup
from adapters.slack.spots import PLATFORM
from adapters.slack.teams import Team, meant_by, read_external
from bot.errors import Refused, SettingsError, StorageError, TryLater
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import Clock, Workspace, WorkspaceDirectory

_log = logging.getLogger(__name__)
_ASKED = timedelta(minutes=1)
# Not long: a team's workspace can become one with another.
_PLACE_KEPT = timedelta(seconds=10)


class Installations:
    """Implements :class:`adapters.slack.api.Tokens`, and answers who is installed where.

    ``store`` and ``rotator`` are those of the OAuth app, None where there is none; ``fixed`` is ``SLACK_BOT_TOKEN``.
    A new workspace gets ``options``. With ``claims`` the fixed token's team gets the workspace of whoever runs this: the one
    that was filled before the first start, or that another platform of theirs has already.
    """

    def __init__(
        self,
        directory: WorkspaceDirectory,
        clock: Clock,
        client: AsyncWebClient,
        options: WorkspaceOptions,
        *,
        store: AsyncInstallationStore | None = None,
        rotator: AsyncTokenRotator | None = None,
        fixed: str = "",
        claims: bool = False,
    ) -> None:
        self._directory = directory
        self._clock = clock
        self._client = client
        self._options = options
        self._store = store
        self._fixed = FixedToken(fixed, client, clock)
        self._lookup = Lookup(self._fixed, store, rotator, clock)
        self._claims = claims
        self._settled = False
        self._places: dict[str, tuple[WorkspaceId, datetime]] = {}
        self._teams: dict[WorkspaceId, tuple[Team, datetime]] = {}
        self._works: dict[Team, tuple[str, datetime]] = {}
        self._turns: defaultdict[Team, asyncio.Lock] = defaultdict(asyncio.Lock)

    @property
    def trouble(self) -> str:
        """What is wrong until somebody changes the settings; empty where nothing is."""
        return "slack: SLACK_BOT_TOKEN is not known any more" if self._fixed.is_lost else ""

    async def begin(self) -> None:
        """Learns whose the fixed token is, and makes that team's workspace ready.

        Raises SettingsError if Slack does not know the token. If Slack cannot be reached it is asked again later, when
        somebody needs the answer.
        """
        if self._fixed.token and await self._learn() in (NoIdentity.DEAD, NoIdentity.EXPIRED):
            raise SettingsError(
                ["SLACK_BOT_TOKEN: Slack does not take it; copy the Bot User OAuth Token from the app's page again"]
            )
        if self._fixed.is_unknown:
            _log.warning("Slack does not answer; whose SLACK_BOT_TOKEN is will be asked again")

    async def of_request(self, team: str | None, enterprise: str | None, *, org_wide: bool) -> Installed | None:
        """The bot that a request is for; None for a workspace in which it is not installed."""
        for meant in meant_by(team, enterprise, org_wide=org_wide):
            found = await self.find(meant)
            if found is not None:
                return found
        return None

    async def find(self, team: Team) -> Installed | None:
        """The bot in a team; None where it is not installed."""
        if self._fixed.token and not self._settled:
            await self._learn()
        return await self._lookup.find(team)

    async def workspace_of(self, team: str | None, enterprise: str | None, org_wide: bool) -> WorkspaceId | None:
        """The workspace that a request belongs to; None where there is none, or where it is frozen."""
        now = self._clock.now()
        for meant in meant_by(team, enterprise, org_wide=org_wide):
            place = self._places.get(meant.external)
            if place is not None and now < place[1]:
                return place[0]
            found = await self._directory.find(meant.external)
            if found is not None and _is_here(found):
                self._places[meant.external] = (found.id, now + _PLACE_KEPT)
                return found.id
        return None

    async def token(self, workspace: WorkspaceId) -> str:
        """The token for a workspace. Raises Refused("not_installed"), and TryLater where it cannot be said now."""
        try:
            team = await self._team_of(workspace)
            installed = None if team is None else await self.find(team)
        except (StorageError, SettingsError) as error:
            raise TryLater(type(error).__name__) from None
        if installed is None:
            if team is not None and self._fixed.is_unknown:
                raise TryLater("not_connected")
            raise Refused("not_installed")
        if installed.until is not None and installed.until <= self._clock.now():
            raise TryLater(TOKEN_EXPIRED)
        return installed.token

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        """A call said that the token is lost. Slack is asked once more before the workspace is frozen; a token that was
        renewed meanwhile is read, one that expired is renewed, and nothing more."""
        team = await self._team_of(workspace)
        if team is None:
            return
        async with self._turns[team]:
            self._lookup.forget(team)
            there = await self._lookup.glance(team)
            if there is not None and there.token == token and error == TOKEN_EXPIRED:
                await self._lookup.renew(team, token)
                there = await self._lookup.glance(team)
            if there is not None and there.token == token and await self._is_dead(there):
                await self._leave(team, error)

    async def installed(self, installation: Installation) -> Workspace:
        """Keeps an installation, and makes its workspace ready: a new one, or one that comes back.

        Raises Refused if the installation has no bot or names no team, and StorageError.
        """
        org_wide = bool(installation.is_enterprise_install)
        id_ = installation.enterprise_id if org_wide else installation.team_id
        name = installation.enterprise_name if org_wide else installation.team_name
        if self._store is None or not id_ or not installation.bot_token:
            raise Refused("incomplete_installation")
        team = Team(id_, org_wide)
        async with self._turns[team]:
            workspace = await self._directory.ensure(team.external, name or team.id, self._options)
            await self._store.async_save(installation)
            _log.info("Workspace %s installed the bot", workspace.id)
            return await self._ready(team, workspace)

    async def uninstalled(
        self, team: str | None, enterprise: str | None, org_wide: bool, at: datetime | None = None
    ) -> None:
        """Slack says that the bot was removed, or a token of it revoked, at the time ``at``: its tokens go, the workspace is
        frozen. Not if the token that we have still works: then this is late, or about another token or another team. Where
        Slack does not answer it is believed, unless it is older than the installation or names it only as its organisation."""
        for place, meant in enumerate(meant_by(team, enterprise, org_wide=org_wide)):
            async with self._turns[meant]:
                there = await self._lookup.glance(meant)
                workspace = await self._directory.find(meant.external)
                if there is None and not _is_here(workspace):
                    continue
                late = at is not None and there is not None and there.since is not None and at < there.since
                said = NoIdentity.DEAD if there is None else await who_is(self._client, there.token)
                doubted = isinstance(said, Identity) or (said is not NoIdentity.DEAD and (late or place > 0))
                if doubted:
                    _log.info("Slack told of a removal late, or of another place; nothing was changed")
                else:
                    await self._leave(meant, "uninstalled")
                return

    async def _learn(self) -> Identity | NoIdentity:
        said = await self._fixed.learn()
        if isinstance(said, Identity):
            async with self._turns[said.team]:
                await self._ready(said.team, await self._workspace_of_fixed(said))
                self._settled = True
        return said

    async def _workspace_of_fixed(self, identity: Identity) -> Workspace:
        external, name = identity.team.external, identity.name or identity.team.id
        if self._claims:
            return await self._directory.claim(external, name, self._options)
        return await self._directory.ensure(external, name, self._options)

    async def _ready(self, team: Team, workspace: Workspace) -> Workspace:
        self._forget(team)
        if await self._directory.thaw(workspace.id, team.external):
            _log.info("Workspace %s is back on Slack", workspace.id)
        return workspace

    async def _leave(self, team: Team, why: str) -> None:
        # Frozen first: if this process dies in between, nothing is sent, and the tokens are dead or go with the workspace.
        workspace = await self._directory.find(team.external)
        if workspace is not None and await self._directory.freeze(workspace.id, self._clock.now(), team.external):
            _log.warning("Workspace %s has lost its home on Slack, which says: %s", workspace.id, why)
        await self._lookup.remove(team)
        self._forget(team)

    async def _is_dead(self, installed: Installed) -> bool:
        """One odd answer must not freeze an academy; one question a minute is enough."""
        works = self._works.get(installed.team)
        now = self._clock.now()
        if works is not None and works[0] == installed.token and now < works[1]:
            return False
        if await who_is(self._client, installed.token) is NoIdentity.DEAD:
            return True
        self._works[installed.team] = (installed.token, now + _ASKED)
        return False

    async def _team_of(self, workspace: WorkspaceId) -> Team | None:
        now = self._clock.now()
        known = self._teams.get(workspace)
        if known is not None and now < known[1]:
            return known[0]
        found = await self._directory.get(workspace)
        home = None if found is None else found.home_on(PLATFORM)
        team = None if home is None else read_external(home.external)
        if team is not None:
            self._teams[workspace] = (team, now + FRESH)
        return team

    def _forget(self, team: Team) -> None:
        self._lookup.forget(team)
        self._places.pop(team.external, None)
        self._works.pop(team, None)


def _is_here(workspace: Workspace | None) -> bool:
    home = None if workspace is None else workspace.home_on(PLATFORM)
    return home is not None and home.gone_at is None
