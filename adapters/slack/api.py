"""All calls of Slack's Web API, through the genuine client: each is made once, in its turn, and its error is one of ours.

The client's own retries are off: it sends again after a lost answer, and a message would stand there twice. Its log is off
as well, since it writes whole bodies.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.slack.errors import ILL, TOKEN_EXPIRED, TOKEN_LOST, chat_error, code_of, lost_answer, status_error
from adapters.slack.outage import Outage
from adapters.slack.pace import RATES, Pace, Rate, Turn
from adapters.slack.wire import FILE_PATIENCE, PATIENCE, Wire
from bot.errors import ChatError, Gone, Refused, StorageError, TryLater
from bot.identity import WorkspaceId
from bot.metrics import UNMETERED, Meters, metered
from bot.ports import Clock

_log = logging.getLogger(__name__)
_OK, _FOUND, _TOO_MANY, _SERVER = 200, 300, 429, 500
_NO_SUCH_URL = frozenset({404, 410})
_CHUNK = 65_536
# The pause after a token ran out: the next call gets the new one.
_NEW_TOKEN = 1.0
_RESPOND = "response_url"
_PAGE = "text/html"
_DAY = 86_400.0
_LONGEST_SCOPES = 200

Method = Callable[..., Awaitable[AsyncSlackResponse]]


class Tokens(Protocol):
    """Who keeps the tokens of the workspaces."""

    async def token(self, workspace: WorkspaceId) -> str:
        """The token that is good now. Raises Refused("not_installed")."""
        ...

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        """Slack said of this token: token_revoked, account_inactive, invalid_auth, not_authed or token_expired."""
        ...


class SlackApi:
    """Calls methods for any workspace. Raises ChatError and nothing else."""

    def __init__(
        self,
        base_url: str,
        tokens: Tokens,
        clock: Clock,
        *,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
        rates: Mapping[str, Rate] = RATES,
        patience: float = PATIENCE,
        meters: Meters = UNMETERED,
    ) -> None:
        self._base_url = base_url
        self._tokens = tokens
        self._rest = rest
        self._wire = Wire(base_url, patience)
        self._meters = meters
        self._pace = Pace(clock, self._held_back, rates)
        self._outage = Outage(clock)
        self._scopes_told: set[str] = set()
        self._quiet = logging.Logger("slack", logging.CRITICAL)

    @property
    def pace(self) -> Pace:
        """How fast each method is called."""
        return self._pace

    async def rest(self, seconds: float) -> None:
        """Sleeps by the same clock that the calls are paced by."""
        await self._rest(seconds)

    async def _held_back(self, seconds: float) -> None:
        self._meters.held_back("slack", seconds)
        await self._rest(seconds)

    async def call(self, workspace: WorkspaceId, method: str, **arguments: object) -> Mapping[str, object]:
        """The parsed answer of one call. Raises TryLater at once where the method's turn is not soon."""
        with metered(self._meters, "slack"):
            return await self._call(workspace, method, arguments)

    async def _call(self, workspace: WorkspaceId, method: str, arguments: Mapping[str, object]) -> Mapping[str, object]:
        if self._outage.may_knock():
            await self._knock()
        channel = arguments.get("channel")
        async with self._pace.turn(workspace, method, channel if isinstance(channel, str) else "") as turn:
            return await self._go(workspace, method, arguments, turn)

    async def _go(
        self, workspace: WorkspaceId, method: str, arguments: Mapping[str, object], turn: Turn
    ) -> Mapping[str, object]:
        token = await self._token(workspace)
        client = self._client(token)
        run = _method(client, method)
        with self._wire.flight() as watched:
            try:
                answer = await run(**arguments)
            except SlackApiError as error:
                told = await self._told(workspace, method, token, turn, error)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                self._outage.failed(type(error).__name__)
                told = lost_answer(method, type(error).__name__, sent=watched.sent)
            except (SlackClientError, AttributeError, ValueError) as error:
                # The client raises what its parts raise on an answer that is none.
                told = lost_answer(method, type(error).__name__, sent=watched.sent)
            else:
                self._outage.answered()
                return _data(answer)
        raise told

    async def respond(self, response_url: str, message: Mapping[str, object]) -> None:
        """Answers an interaction. Raises Gone where the address is too old or was used up."""
        with metered(self._meters, "slack"):
            await self._respond(response_url, message)

    async def _respond(self, response_url: str, message: Mapping[str, object]) -> None:
        if not self._wire.is_slacks(response_url):
            raise Refused("foreign_url")
        webhook = AsyncWebhookClient(response_url, session=self._wire.session, retry_handlers=[], logger=self._quiet)
        webhook.proxy = None if self._wire.is_local() else webhook.proxy
        with self._wire.flight() as watched:
            try:
                answer = await webhook.send_dict(dict(message))
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                told: ChatError | None = lost_answer(_RESPOND, type(error).__name__, sent=watched.sent)
            else:
                told = _hook_error(answer.status_code, answer.body, _after(answer.headers))
        if told is not None:
            raise told

    async def fetch(self, workspace: WorkspaceId, url: str, most: int) -> bytes:
        """A file that somebody gave to the bot. Raises Refused("too_large") above ``most`` bytes; the token goes to Slack
        and to nobody else."""
        if not self._wire.is_slacks(url):
            raise Refused("foreign_url")
        headers = {"Authorization": f"Bearer {await self._token(workspace)}"}
        try:
            async with self._wire.session.get(
                url, headers=headers, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=FILE_PATIENCE)
            ) as answer:
                if answer.status in _NO_SUCH_URL:
                    raise Gone("file_not_found")
                # The page where a person signs in, or the way there: this token may not read the file.
                if _FOUND <= answer.status < _TOO_MANY:
                    raise Refused(f"http_{answer.status}")
                if answer.status == _OK and answer.content_type == _PAGE:
                    raise Refused("not_visible")
                if answer.status != _OK:
                    raise TryLater(f"http_{answer.status}", _after(answer.headers))
                content = bytearray()
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    content += chunk
                    if len(content) > most:
                        raise Refused("too_large")
                return bytes(content)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise TryLater(type(error).__name__) from None

    async def upload(self, url: str, content: bytes) -> None:
        """Sends a file's bytes to the address that Slack gave for them. Nobody sees it yet, so it may be done again."""
        if not self._wire.is_slacks(url):
            raise Refused("foreign_url")
        try:
            async with self._wire.session.post(
                url, data=content, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=FILE_PATIENCE)
            ) as answer:
                status, after = answer.status, _after(answer.headers)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise TryLater(type(error).__name__) from None
        if status == _TOO_MANY or status >= _SERVER:
            raise TryLater(f"http_{status}", after)
        if status != _OK:
            raise Refused(f"http_{status}")

    async def close(self) -> None:
        """Lets go of all connections."""
        await self._wire.close()

    async def _knock(self) -> None:
        """Asks for nothing, without a token, to see whether Slack is there. If it is, one call is tried, and if that is
        answered, all are."""
        try:
            async with self._wire.session.post(f"{self._base_url}api.test") as answer:
                there, kind = answer.status < _SERVER, f"http_{answer.status}"
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            there, kind = False, type(error).__name__
        if not there:
            self._outage.failed(kind)
            # Who knocked comes back for the next knock; without this its own pause would grow to minutes.
            raise TryLater("slack_away", self._outage.rest())

    async def _token(self, workspace: WorkspaceId) -> str:
        try:
            return await self._tokens.token(workspace)
        except StorageError as error:
            raise TryLater(type(error).__name__) from None

    def _client(self, token: str) -> AsyncWebClient:
        client = AsyncWebClient(
            token, base_url=self._base_url, session=self._wire.session, retry_handlers=[], logger=self._quiet
        )
        if self._wire.is_local():
            client.proxy = None
        return client

    async def _told(
        self, workspace: WorkspaceId, method: str, token: str, turn: Turn, error: SlackApiError
    ) -> ChatError:
        """What an answer means that was not "ok"."""
        status, headers, body = _parts(cast(object, getattr(error, "response", None)))
        after = _after(headers)
        code = code_of(body.get("error")) if "error" in body else ""
        if status >= _SERVER or code in ILL:
            self._outage.failed(code or f"http_{status}")
        else:
            self._outage.answered()
        if status == _TOO_MANY or code in ("ratelimited", "rate_limited"):
            return TryLater("ratelimited", turn.told_to_wait(after))
        if not code:
            return status_error(method, status, after)
        if code in TOKEN_LOST or code == TOKEN_EXPIRED:
            await self._lost(workspace, token, code)
            return TryLater(code, _NEW_TOKEN) if code == TOKEN_EXPIRED else Refused("not_installed")
        if code == "missing_scope":
            self._tell_scope(method, body.get("needed"))
        return chat_error(method, code, after)

    async def _lost(self, workspace: WorkspaceId, token: str, code: str) -> None:
        try:
            await self._tokens.lost(workspace, token, code)
        except StorageError as error:
            _log.warning("A lost token could not be written down: %s", type(error).__name__)

    def _tell_scope(self, method: str, needed: object) -> None:
        """Once for each scope: whoever runs the bot has to add it to the app, and nothing else helps."""
        scope = needed if isinstance(needed, str) and _is_scopes(needed) else "unknown"
        if scope not in self._scopes_told:
            self._scopes_told.add(scope)
            _log.warning("Slack's app lacks the scope %s, which %s needs", scope, method)


def _method(client: AsyncWebClient, method: str) -> Method:
    """The client's own function for a method: it knows what goes in the address and what in the body."""
    return cast(Method, getattr(client, method.replace(".", "_")))


def _data(answer: object) -> Mapping[str, object]:
    parsed: object = getattr(answer, "data", None)
    return cast(Mapping[str, object], parsed) if isinstance(parsed, dict) else {}


def _parts(response: object) -> tuple[int, Mapping[str, str], Mapping[str, object]]:
    """Status, headers and body of an answer: of the client's own kind, or aiohttp's where the body was no JSON."""
    headers = cast(Mapping[str, str], getattr(response, "headers", None) or {})
    status: object = getattr(response, "status_code", None) or getattr(response, "status", 0)
    return status if isinstance(status, int) else 0, headers, _data(response)


def _after(headers: Mapping[str, str]) -> float | None:
    """The seconds of ``Retry-After``; None where it says nothing that can be read."""
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    try:
        rest = float(said)
    except ValueError:
        return None
    return rest if 0 <= rest < _DAY else None


def _hook_error(status: int, body: str, after: float | None) -> ChatError | None:
    """What an answer to a ``response_url`` means: Slack says "ok", or a code, as words or as JSON."""
    try:
        parsed: object = json.loads(body)
    except ValueError:
        parsed = None
    said = (
        cast(Mapping[str, object], parsed) if isinstance(parsed, dict) else {"ok": body == "ok", "error": body.strip()}
    )
    if status == _OK and (said.get("ok") is True or not body):
        return None
    if status in _NO_SUCH_URL:
        return Gone("expired_url")
    code = code_of(said.get("error"))
    if status == _TOO_MANY or code == "unknown_error":
        return status_error(_RESPOND, status, after)
    return chat_error(_RESPOND, code, after)


def _is_scopes(needed: str) -> bool:
    return len(needed) <= _LONGEST_SCOPES and all(sign.isalnum() or sign in ":._-, " for sign in needed)
