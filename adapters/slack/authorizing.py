"""bolt's application, put together so that nothing of it comes from the environment, and its OAuth flow.

bolt reads SLACK_BOT_TOKEN, SLACK_CLIENT_ID, SLACK_SCOPES and others by itself wherever an argument is missing; then a house
with one token would suddenly have public pages to install it from. Every argument is given here.
"""

import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import cast
from urllib.parse import urlencode, urlsplit

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.error import BoltError
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.asking import NO_ANSWER
from adapters.slack.discreet import bolts_logger, silence
from adapters.slack.installations import Installations
from adapters.slack.pages import Pages, Place
from adapters.slack.sealing import STATE_SECONDS, Stores
from bot.errors import Refused, StorageError

_log = logging.getLogger(__name__)
INSTALL_PATH, REDIRECT_PATH = "/slack/install", "/slack/oauth_redirect"
_TEAM = re.compile(r"[TE][A-Z0-9]{2,31}")
_HTML = {
    "Content-Type": ["text/html; charset=utf-8"],
    "Cache-Control": ["no-store"],
    "Referrer-Policy": ["no-referrer"],
}


class Authorize(AsyncAuthorize):
    """Whom bolt lets in: only a workspace in which the bot is installed. Costs no call, unlike bolt's own."""

    def __init__(self, installations: Installations) -> None:
        self._installations = installations

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """The bot of the workspace that a request comes from, or None, and bolt refuses the request."""
        del user_id, actor_enterprise_id, actor_team_id, actor_user_id  # the bot speaks for itself only
        found = await self._installations.of_request(
            team_id, enterprise_id, org_wide=context.is_enterprise_install is True
        )
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=found.user or None,
            bot_id=found.bot or None,
            bot_token=found.token,
            bot_scopes=found.scopes,
        )


class InstallFlow(AsyncOAuthFlow):
    """The OAuth flow with pages of ours. What it brings goes to :class:`Installations`; what goes wrong is one line in the
    log, without codes and states."""

    def __init__(
        self, client: AsyncWebClient, settings: AsyncOAuthSettings, installations: Installations, pages: Pages
    ) -> None:
        settings.callback_options = AsyncCallbackOptions(success=self._succeeded, failure=self._failed)
        super().__init__(client=client, logger=silence(), settings=settings)
        self._installations = installations
        self._pages = pages

    async def handle_installation(self, request: AsyncBoltRequest) -> BoltResponse:
        """The page where it begins, with a new state."""
        try:
            answer = await super().handle_installation(request)
        except StorageError as error:
            return self._away(request, error)
        return BoltResponse(status=answer.status, body=answer.body, headers={**answer.headers, **self._pages.headers()})

    async def handle_callback(self, request: AsyncBoltRequest) -> BoltResponse:
        """Where Slack sends somebody back to."""
        try:
            return await super().handle_callback(request)
        except StorageError as error:
            return self._away(request, error)

    async def build_authorize_url(self, state: str, request: AsyncBoltRequest) -> str:
        """Slack's page, every part encoded: the team in the address may be anything."""
        asked = {
            "client_id": self.settings.client_id,
            "scope": ",".join(self.settings.scopes or ()),
            "user_scope": "",
            "redirect_uri": self.settings.redirect_uri or "",
            "state": state,
        }
        team = next(iter(request.query.get("team", ())), "")
        if _TEAM.fullmatch(team):
            asked["team"] = team
        return f"{self.settings.authorization_url}?{urlencode(asked)}"

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """Where it begins."""
        return self._pages.before(self._pages.words_for(request.headers), url)

    async def run_installation(self, code: str) -> Installation | None:
        """Exchanges the code; None where Slack does not take it, or does not answer."""
        try:
            found = await super().run_installation(code)
        except (*NO_ANSWER, KeyError) as error:
            _log.warning("Slack did not finish an installation: %s", type(error).__name__)
            return None
        if found is None:
            _log.warning("Slack did not finish an installation: it takes the code or the app's secret no more")
        return found

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Keeps it, and makes the workspace ready."""
        del request
        try:
            await self._installations.installed(installation)
        except (StorageError, Refused) as error:
            _log.error("An installation could not be kept: %s", type(error).__name__)
            raise BoltError(type(error).__name__) from None

    async def _succeeded(self, args: AsyncSuccessArgs) -> BoltResponse:
        found = args.installation
        team = None if found.is_enterprise_install else found.team_id
        name = found.enterprise_name if team is None else found.team_name
        place = Place(name or "", found.app_id or "", team, found.enterprise_url)
        return self._answer(200, self._pages.after(self._pages.words_for(args.request.headers), place))

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        return self._nothing(args.request, args.reason, args.suggested_status_code)

    def _away(self, request: AsyncBoltRequest, error: StorageError) -> BoltResponse:
        _log.error("The database did not take part in an installation: %s", type(error).__name__)
        return self._nothing(request, "storage_error", 503)

    def _nothing(self, request: AsyncBoltRequest, reason: str, status: int) -> BoltResponse:
        words = self._pages.words_for(request.headers)
        return self._answer(status, self._pages.failed(words, reason, self.settings.install_path))

    def _answer(self, status: int, page: str) -> BoltResponse:
        gone = self.settings.state_utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=page, headers={**self._pages.headers(), "Set-Cookie": [gone]})


class Bolt(AsyncApp):
    """bolt's application; it has the OAuth flow that it was given, or none."""

    def __init__(
        self,
        client: AsyncWebClient,
        authorize: Authorize,
        signing_secret: str,
        flow: InstallFlow | None,
        not_here: str,
    ) -> None:
        super().__init__(
            name="brobygger",
            logger=bolts_logger(),
            # Without one nobody can sign: what comes over HTTP is refused, and a socket needs none.
            signing_secret=signing_secret or secrets.token_hex(32),
            client=client,
            authorize=cast(Callable[..., Awaitable[AuthorizeResult]], authorize),
            # With one given, bolt makes none out of the environment.
            oauth_flow=flow or _no_flow(client),
            user_facing_authorize_error_message=not_here,
            request_verification_enabled=True,
            ignoring_self_events_enabled=True,
            url_verification_enabled=True,
            process_before_response=False,
        )
        self._flow = flow

    @property
    def oauth_flow(self) -> AsyncOAuthFlow | None:
        """The flow whose pages are shown."""
        return self._flow


def oauth_settings(
    client_id: str, client_secret: str, scopes: Sequence[str], stores: Stores, api_url: str, public_url: str
) -> AsyncOAuthSettings:
    """bolt's settings for the flow. ``public_url``: where this house is reached from outside."""
    return AsyncOAuthSettings(
        client_id=client_id,
        client_secret=client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=public_url.rstrip("/") + REDIRECT_PATH,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=authorization_url(api_url),
        installation_store=stores.installations,
        installation_store_bot_only=True,
        state_store=stores.states,
        state_expiration_seconds=STATE_SECONDS,
        logger=silence(),
    )


def authorization_url(api_url: str) -> str:
    """Where Slack asks a person, on the same server as the Web API: ``https://slack.com/oauth/v2/authorize``."""
    parts = urlsplit(api_url)
    above = parts.path.rstrip("/").rpartition("/")[0]
    return f"{parts.scheme}://{parts.netloc}{above}/oauth/v2/authorize"


def rotator(client: AsyncWebClient, client_id: str, client_secret: str) -> AsyncTokenRotator:
    """Renews the tokens of the OAuth app's installations."""
    return AsyncTokenRotator(client_id=client_id, client_secret=client_secret, client=client)


def make_bolt(
    installations: Installations,
    client: AsyncWebClient,
    pages: Pages,
    *,
    signing_secret: str = "",
    settings: AsyncOAuthSettings | None = None,
) -> Bolt:
    """The application without listeners. With ``settings`` it can be installed from :data:`INSTALL_PATH`."""
    flow = None if settings is None else InstallFlow(client, settings, installations, pages)
    return Bolt(client, Authorize(installations), signing_secret, flow, pages.not_here())


def _no_flow(client: AsyncWebClient) -> AsyncOAuthFlow:
    nothing = AsyncOAuthSettings(
        client_id="none",
        client_secret=secrets.token_hex(8),
        scopes=[],
        user_scopes=[],
        redirect_uri="none",
        installation_store=AsyncInstallationStore(),
        state_store=AsyncOAuthStateStore(),
        logger=silence(),
    )
    return AsyncOAuthFlow(client=client, logger=silence(), settings=nothing)
