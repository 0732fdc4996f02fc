"""The pages of the service itself, where no local workspace is shown: whether it lives, and whether it can work."""

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def service_pages(ready: Callable[[], Awaitable[bool]]) -> Starlette:
    """``/healthz`` (the process answers) and ``/readyz`` (it can do its work: 503 while it cannot)."""

    async def healthy(request: Request) -> Response:
        del request
        return PlainTextResponse("ok")

    async def able(request: Request) -> Response:
        del request
        return PlainTextResponse("ok") if await ready() else PlainTextResponse("the database does not answer", 503)

    return Starlette(routes=[Route("/healthz", healthy), Route("/readyz", able)])
