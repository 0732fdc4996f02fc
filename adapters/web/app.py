"""Puts the local workspace together: routes from top to bottom, one guard before them, one kind page for what fails."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.answers import Answers
from adapters.web.chat import WebChat
from adapters.web.doors import Doors
from adapters.web.fetches import Fetches
from adapters.web.forms import FormRenderer
from adapters.web.front import Front
from adapters.web.guard import Guard
from adapters.web.guide import GuidePanel
from adapters.web.menu import entries_on_messages
from adapters.web.pages import Pages
from adapters.web.parse import TooLarge
from adapters.web.render import environment
from adapters.web.stream import Stream
from adapters.web.transcript import Transcript
from bot.errors import ChatError, Gone, Refused, StorageError

STATIC = Path(__file__).parent / "static"
_log = logging.getLogger(__name__)


def make_app(front: Front) -> Starlette:
    """The ASGI application. It holds no state but what ``front`` was given and rendered messages."""
    templates = environment()
    chat = WebChat(front.workspace.id, front.units, front.clock, front.hub)
    transcript = Transcript(templates, front.actions, entries_on_messages(front.commands))
    guide = GuidePanel(front, templates)
    pages = Pages(front, chat, transcript, guide, templates)
    fetches = Fetches(front, guide)
    doors = Doors(front, chat, Answers(chat, FormRenderer(templates), front.clock))
    stream = Stream(front, transcript)
    member, conversation, message = "/as/{member:uuid}", "/c/{conversation:uuid}", "/messages/{message:uuid}"

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncGenerator[None]:
        del app
        yield
        front.hub.close()

    return Starlette(
        routes=[
            Route("/", pages.home),
            Route("/healthz", healthy),
            Route("/choose", pages.choose),
            Route(member, pages.arrive),
            Route(f"{member}/people", fetches.people),
            Route(f"{member}/commands", fetches.commands),
            Route(f"{member}/guide", fetches.guide),
            Route(f"{member}/events", stream.follow),
            Route(f"{member}{conversation}", pages.conversation),
            Route(f"{member}{conversation}/say", doors.say, methods=["POST"]),
            Route(f"{member}{conversation}/submit", doors.submit, methods=["POST"]),
            Route(f"{member}{conversation}/read", doors.read, methods=["POST"]),
            Route(f"{member}{message}/press", doors.press, methods=["POST"]),
            Route(f"{member}{message}/menu", doors.choose, methods=["POST"]),
            Route(f"{member}{message}/picture/{{number:int}}", fetches.picture),
            Route(f"{member}{message}/file", fetches.file),
            Mount("/static", Fresh(directory=STATIC)),
            *front.routes,
        ],
        middleware=[Middleware(Guard, hosts=front.hosts)],
        exception_handlers={
            HTTPException: _Failed(pages).refused,
            TooLarge: _Failed(pages).too_large,
            StorageError: _Failed(pages).storage,
            ChatError: _Failed(pages).chat,
            Exception: _Failed(pages).unforeseen,
        },
        lifespan=lifespan,
    )


async def healthy(request: Request) -> Response:
    """``/healthz``: the process answers."""
    del request
    return PlainTextResponse("ok")


class Fresh(StaticFiles):
    """Style sheets and scripts, asked for again each time (and answered with "not changed"), so an update shows at once."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """The file, with the header that says so."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        response.headers["Cache-Control"] = "no-cache"
        return response


class _Failed:
    """What a person is told when a request could not be answered: a page for a page, a sentence for the rest."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def refused(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return await self._answer(request, status)

    async def too_large(self, request: Request, error: Exception) -> Response:
        del error
        words = self._pages.words_of(request)
        said = words.say("That is too long to send. It is still here; please shorten it or split it in two.")
        return JSONResponse({"outcome": "sorry", "said": said}, 413)

    async def storage(self, request: Request, error: Exception) -> Response:
        _log.error("storage failed", extra={"kind": type(error).__name__})
        return await self._answer(request, 503)

    async def chat(self, request: Request, error: Exception) -> Response:
        _log.error("a message was not kept", extra={"kind": type(error).__name__})
        return await self._answer(request, 404 if isinstance(error, Gone | Refused) else 503)

    async def unforeseen(self, request: Request, error: Exception) -> Response:
        _log.error("a page failed", extra={"kind": type(error).__name__})
        return await self._answer(request, 500)

    async def _answer(self, request: Request, status: int) -> Response:
        if request.method == "GET" and "text/html" in request.headers.get("accept", "*/*").replace("*/*", "text/html"):
            return await self._pages.notice(request, status)
        words = self._pages.words_of(request)
        said = {
            404: words.say("That is not here any more. Load the page again."),
            410: words.say("This member has left."),
            503: words.say("I can't reach my memory right now. Nothing was lost; please try again in a minute."),
        }.get(status, words.say("That could not be read. Load the page again and try once more."))
        return JSONResponse({"outcome": "left" if status == 410 else "sorry", "said": said}, status)
