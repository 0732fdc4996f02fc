"""Slack over HTTP: one signed address for everything that it sends, and the pages of the installation where there are any."""

import logging

from slack_bolt.adapter.starlette.async_handler import (
    AsyncSlackRequestHandler,
    to_async_bolt_request,
    to_starlette_response,
)
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from adapters.slack.bordering import bordered
from adapters.slack.listening import told
from adapters.slack.parse import Malformed
from adapters.slack.telling import named
from adapters.slack.working import Working

_log = logging.getLogger(__name__)

EVENTS = "/slack/events"
# A form with everything in it stays below; what is larger does not come from Slack.
MOST_BYTES = 2_000_000


class Door:
    """The address that Slack sends to. Whoever cannot sign is told nothing but that."""

    def __init__(self, bolt: AsyncApp, working: Working, secret: str = "") -> None:
        self._bolt = bolt
        self._working = working
        self._verifier = SignatureVerifier(secret) if secret else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """An ASGI application, so that it is known when the acknowledgement has gone out."""
        with self._working.arriving():
            response = await self._answer(Request(scope, receive))
            await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method != "POST":
            return PlainTextResponse("this is for Slack", 405, headers={"Allow": "POST"})
        try:
            body = await _whole(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            _log.warning("a request was too large for Slack's")
            return Response(status_code=413)
        if not self._is_signed(request, body):
            _log.warning("a request with a wrong or an old signature was turned away")
            return Response(status_code=401)
        try:
            asked = to_async_bolt_request(request, body)
            bordered(asked.body)
        except Malformed as error:
            told("request", error)
            return Response(status_code=400)
        except Exception as error:  # noqa: BLE001 - the library raises what its parts raise on what is no request of Slack's
            _log.warning("a payload could not be read (request, %s)", named(error))
            return Response(status_code=400)
        try:
            answer = await self._bolt.async_dispatch(asked)
        except Exception as error:  # noqa: BLE001 - the library stumbled where nobody had foreseen it
            _log.error("a request could not be handled (%s)", named(error))
            return Response(status_code=400)
        if answer.status == 401:
            _log.warning("a request with a wrong or an old signature was turned away")
        return to_starlette_response(answer)

    def _is_signed(self, request: Request, body: bytes) -> bool:
        """Looked at before anything of the body is read; the library looks again. Without the secret here, it alone does."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        if not stamp.isascii() or not stamp.isdecimal():
            return False
        signature = request.headers.get("x-slack-signature", "")
        try:
            return self._verifier is None or self._verifier.is_valid(body.decode(), stamp, signature)
        except UnicodeDecodeError:
            return False


async def _whole(request: Request) -> bytes | None:
    """The body, or None where it is longer than any of Slack's."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return bytes(body)


def slack_routes(bolt: AsyncApp, working: Working, secret: str = "") -> list[Route]:
    """The routes for the house's own web server. ``secret`` is what Slack signs with."""
    routes = [Route(EVENTS, Door(bolt, working, secret))]
    flow = bolt.oauth_flow
    if flow is not None:
        pages = AsyncSlackRequestHandler(bolt)
        routes += [Route(path, pages.handle, methods=["GET"]) for path in (flow.install_path, flow.redirect_uri_path)]
    return routes
