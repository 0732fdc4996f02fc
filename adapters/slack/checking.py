"""What ``brobygger doctor`` tells of Slack: it asks Slack whose the tokens are and what they may do, and says what to do
about each thing that is not well. No token is ever shown.
"""

import asyncio
from typing import Protocol, assert_never, cast

from slack_sdk.errors import SlackApiError

from adapters.slack.asking import NO_ANSWER, Identity, NoIdentity, api_error, web_client, who_is
from adapters.slack.scopes import missing, superfluous
from bot.doctor import Finding
from bot.settings import Settings

_SECONDS = 8
_EVENTS_PATH, _INSTALL_PATH = "/slack/events", "/slack/install"
_TOKEN, _SOCKET = "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"
_SILENT = "Slack did not answer within some seconds: is there a way out to the network? SLACK_API_URL says where it is"
_SOCKET_PROBLEMS = {
    "missing_scope": "it may not open a socket: make an app-level token with the scope connections:write",
    "not_allowed_token_type": "it is no app-level token: make one (xapp-…) under Basic Information, App-Level Tokens",
    "invalid_auth": "Slack knows it no more: make a new one under Basic Information, App-Level Tokens",
    "not_authed": "Slack knows it no more: make a new one under Basic Information, App-Level Tokens",
    "token_revoked": "Slack knows it no more: make a new one under Basic Information, App-Level Tokens",
    "account_inactive": "Slack knows it no more: make a new one under Basic Information, App-Level Tokens",
}


class _Connecting(Protocol):
    """The one call that the library leaves untyped."""

    async def apps_connections_open(self, *, app_token: str) -> object: ...


async def look_at_slack(settings: Settings, patience: float = _SECONDS) -> list[Finding]:
    """How Slack is set up here, and what Slack says of it. Takes ``patience`` seconds at most."""
    token, app = settings.slack_bot_token.get_secret_value(), settings.slack_app_token.get_secret_value()
    signs, many = bool(settings.slack_signing_secret.get_secret_value()), bool(settings.slack_client_id)
    if not (token or app or signs or many):
        return [
            Finding(
                "Slack", well=True, told="not used; brobygger slack manifest makes what an app in Slack is made from"
            )
        ]
    findings = [_set_up(settings, socket=bool(app), signs=signs, many=many)]
    asked = [_look_at_token(settings, token, patience)] if token else []
    if app:
        asked.append(_look_at_socket(settings, app, patience))
    return [*findings, *await asyncio.gather(*asked)]


def _set_up(settings: Settings, *, socket: bool, signs: bool, many: bool) -> Finding:
    whom = "many workspaces" if many else "one workspace"
    public = settings.brobygger_public_url
    ways = (["over a socket"] if socket else []) + (
        [f"over HTTP at {public or 'http://…'}{_EVENTS_PATH}"] if signs else []
    )
    told = f"{whom}, {' and '.join(ways)}"
    if many and not public.startswith("https://"):
        return Finding(
            "Slack",
            well=False,
            told=f"{told}; set BROBYGGER_PUBLIC_URL to the https address that Slack sends people back to",
        )
    if signs and not socket and not public.startswith("https://"):
        return Finding(
            "Slack", well=False, told=f"{told}; set BROBYGGER_PUBLIC_URL to the https address that Slack calls"
        )
    return Finding("Slack", well=True, told=f"{told}; installed at {public}{_INSTALL_PATH}" if many else told)


async def _look_at_token(settings: Settings, token: str, patience: float) -> Finding:
    try:
        async with asyncio.timeout(patience):
            found = await who_is(web_client(settings.slack_api_url), token)
    except TimeoutError:
        found = NoIdentity.UNTOLD
    match found:
        case Identity():
            return _identity(found)
        case NoIdentity.DEAD:
            told = "Slack knows it no more: install the app in the workspace again and copy the Bot User OAuth Token"
        case NoIdentity.EXPIRED:
            told = (
                "its time is over, since the app rotates its tokens: with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET the bot"
                " renews them by itself"
            )
        case NoIdentity.UNTOLD:
            told = _SILENT
        case _:
            assert_never(found)
    return Finding(_TOKEN, well=False, told=told)


def _identity(found: Identity) -> Finding:
    kind = "organisation" if found.team.org_wide else "workspace"
    told = f"the bot of the {kind} “{found.name}”"
    if not found.bot:
        return Finding(
            _TOKEN, well=False, told=f"a person's token of “{found.name}”: copy the Bot User OAuth Token (xoxb-…)"
        )
    granted = frozenset(found.scopes)
    lacking, more = missing(granted), superfluous(granted)
    if lacking:
        return Finding(
            _TOKEN,
            well=False,
            told=f"{told}, which lacks {', '.join(lacking)}: put what brobygger slack manifest prints on the app's page"
            " (App Manifest), and install the app again",
        )
    return Finding(_TOKEN, well=True, told=f"{told}; it needs less than {', '.join(more)}" if more else told)


async def _look_at_socket(settings: Settings, app: str, patience: float) -> Finding:
    client = cast(_Connecting, web_client(settings.slack_api_url))
    try:
        async with asyncio.timeout(patience):
            await client.apps_connections_open(app_token=app)
    except SlackApiError as error:
        code = api_error(error)
        return Finding(_SOCKET, well=False, told=_SOCKET_PROBLEMS.get(code, f"Slack opens no socket and says {code}"))
    except NO_ANSWER:
        return Finding(_SOCKET, well=False, told=_SILENT)
    return Finding(_SOCKET, well=True, told="opens a socket")
