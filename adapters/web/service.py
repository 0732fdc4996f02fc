"""The pages of the service itself, where no local workspace is shown: whether it lives, whether it can work, its figures.

Who may see the figures: anybody on this machine, or whoever knows the token that the settings hold.
"""

import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.readiness import Readiness

_BEARER = "Bearer "
# What a proxy adds: then whoever asks is somewhere else, though the request comes from this machine.
_PASSED_ON = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Figures:
    """The page of figures, what kind of text it is, and the token for it; empty: only this machine may see it."""

    page: Callable[[], Awaitable[bytes]]
    media_type: str
    token: str = ""


def service_pages(ready: Readiness, figures: Figures, platforms: Sequence[BaseRoute] = ()) -> Starlette:
    """``/healthz`` (the process answers), ``/readyz`` (it can do its work: 503 and the reasons while it cannot; with
    ``?platforms=no`` without those that are the same for every process), ``/metrics``, and the addresses that platforms and
    people call."""

    async def healthy(request: Request) -> Response:
        del request
        return PlainTextResponse("ok")

    async def able(request: Request) -> Response:
        reasons = await ready.reasons(platforms=request.query_params.get("platforms") != "no")
        return PlainTextResponse("\n".join(reasons), 503) if reasons else PlainTextResponse("ok")

    async def measured(request: Request) -> Response:
        if not _may_see(request, figures.token):
            return PlainTextResponse("not from here", 403)
        return Response(await figures.page(), media_type=figures.media_type)

    return Starlette(
        routes=[Route("/healthz", healthy), Route("/readyz", able), Route("/metrics", measured), *platforms]
    )


def _may_see(request: Request, token: str) -> bool:
    if token:
        given = request.headers.get("authorization", "")
        return given.startswith(_BEARER) and hmac.compare_digest(given[len(_BEARER) :].encode(), token.encode())
    return _is_here(request) and not any(name in request.headers for name in _PASSED_ON)


def _is_here(request: Request) -> bool:
    try:
        return request.client is not None and ip_address(request.client.host).is_loopback
    except ValueError:
        return False
