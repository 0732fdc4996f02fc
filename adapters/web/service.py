"""The pages of the service itself, where no local workspace is shown: whether it lives, and whether it can work."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route


def service_pages(ready: Callable[[], Awaitable[bool]], platforms: Sequence[BaseRoute] = ()) -> Starlette:
    """``/healthz`` (the process answers), ``/readyz`` (it can do its work: 503 while it cannot), and the addresses that
    platforms call."""

    async def healthy(request: Request) -> Response:
        del request
        return PlainTextResponse("ok")

    async def able(request: Request) -> Response:
        del request
        return PlainTextResponse("ok") if await ready() else PlainTextResponse("the database does not answer", 503)

    return Starlette(routes=[Route("/healthz", healthy), Route("/readyz", able), *platforms])
