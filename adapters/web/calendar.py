"""``/calendar/<key>.ics``: somebody's camps, for the calendar program that they gave this address.

Programs ask every few minutes or hours and remember what they got: one that has it already is told so in a few bytes.
"""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.camps.calendar import MEDIA_TYPE, mark_of
from bot.errors import StorageError

ReadFeed: TypeAlias = Callable[[str], Awaitable[bytes | None]]

# A key has 32 characters; whatever is longer is nobody's.
_LONGEST_KEY = 64
_RETRY_SECONDS = "300"


def calendar_route(read: ReadFeed) -> Route:
    """The address of the feeds. ``read`` gives one by its key, or None where nobody has that key."""

    async def serve(request: Request) -> Response:
        key = str(request.path_params["key"])
        try:
            content = await read(key) if len(key) <= _LONGEST_KEY else None
        except StorageError:
            # A program that is told 404 may drop the calendar with all that is in it.
            return PlainTextResponse("not just now", 503, {"Retry-After": _RETRY_SECONDS})
        if content is None:
            return PlainTextResponse("there is no calendar here", 404, {"Cache-Control": "no-store"})
        headers = {"ETag": mark_of(content), "Cache-Control": "private, no-cache"}
        if _has(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="camps.ics"'
        return Response(content, headers=headers, media_type=MEDIA_TYPE)

    return Route("/calendar/{key}.ics", serve)


def _has(asked: str, mark: str) -> bool:
    """Whether a program has this content, be its mark a weak one that a proxy made of ours."""
    marks = {one.strip().removeprefix("W/") for one in asked.split(",")}
    return mark in marks or "*" in marks
