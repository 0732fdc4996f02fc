"""Asks Slack whose token this is. Rarely: at the start for a token that was set, and when a call says that one is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, cast
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.discreet import silence
from adapters.slack.errors import TOKEN_EXPIRED, TOKEN_LOST, code_of
from adapters.slack.shapes import record
from adapters.slack.teams import Team

# What a call may end in without an answer of Slack's.
NO_ANSWER = (aiohttp.ClientError, OSError, TimeoutError, SlackClientError, ValueError)
_PATIENCE = 10  # seconds
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class _Answer(Protocol):
    """What we use of an answer, whose types the library leaves open."""

    @property
    def data(self) -> object: ...
    @property
    def headers(self) -> object: ...


class _AuthTest(Protocol):
    async def auth_test(self, *, token: str) -> _Answer: ...


class NoIdentity(Enum):
    """``DEAD``: Slack knows the token no more. ``EXPIRED``: its time is over, another one may be had. ``UNTOLD``: there was
    no answer that says so or otherwise."""

    DEAD = "dead"
    EXPIRED = "expired"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose token it is. ``user`` and ``bot`` are the bot's own ids, ``scopes`` what it may do."""

    team: Team
    name: str
    user: str
    bot: str
    scopes: tuple[str, ...]


def web_client(api_url: str) -> AsyncWebClient:
    """The client for what goes past :class:`adapters.slack.api.SlackApi`: OAuth and questions about tokens. It makes each
    call once, and says nothing in the log, where it would write tokens."""
    client = AsyncWebClient(base_url=api_url, timeout=_PATIENCE, retry_handlers=[], logger=silence())
    if urlsplit(api_url).hostname in _LOCAL:
        # Slack is played on this machine: no proxy stands between.
        client.proxy = None
    return client


async def who_is(client: AsyncWebClient, token: str) -> Identity | NoIdentity:
    """What ``auth.test`` says of a token."""
    try:
        answer = await cast(_AuthTest, client).auth_test(token=token)
    except SlackApiError as error:
        return _without(api_error(error))
    except NO_ANSWER:
        return NoIdentity.UNTOLD
    said = record(answer.data)
    enterprise, team = _text(said, "enterprise_id"), _text(said, "team_id")
    # An organisation's token has no team of its own; Slack then names the organisation in its place.
    org_wide = bool(enterprise) and (said.get("is_enterprise_install") is True or team in ("", enterprise))
    id_ = enterprise if org_wide else team
    if not id_:
        return NoIdentity.UNTOLD
    headers = {name.lower(): value for name, value in record(answer.headers).items()}
    scopes = tuple(scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",") if scope.strip())
    return Identity(Team(id_, org_wide), _text(said, "team"), _text(said, "user_id"), _text(said, "bot_id"), scopes)


def api_error(error: SlackApiError) -> str:
    """Slack's code for what was wrong."""
    return code_of(record(cast(_Answer, error.response).data).get("error"))


def _without(code: str) -> NoIdentity:
    if code == TOKEN_EXPIRED:
        return NoIdentity.EXPIRED
    return NoIdentity.DEAD if code in TOKEN_LOST else NoIdentity.UNTOLD


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""
