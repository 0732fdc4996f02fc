"""``/bank``: the public knowledge bank. Pages that work without JavaScript and hold nothing from elsewhere; the same notes as a
feed, as data and as files.

Only what everybody may see comes here at all (:mod:`bot.bank.publishing`). With one academy that has published something it
stands at ``/bank`` itself; with several, ``/bank`` lists them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.web import bank_shapes as shapes
from adapters.web.bank_asking import Visitors, answer, language_of, notice, page_of, query_of, question_of
from adapters.web.bank_pages import BankPages, Page
from bot.bank.exports import CSV, MARKDOWN, as_csv, as_markdown
from bot.bank.publishing import PublicBank, Shelf
from bot.errors import StorageError
from bot.identity import NoteId, WorkspaceId
from bot.ports import Clock
from bot.words import Languages, Words

STYLE = Path(__file__).parent / "static" / "bank.css"
PAGE, FEED, DATA, FILE, MAP = 20, 50, 100, 500, 5_000
_HTML = "text/html; charset=utf-8"

Serve: TypeAlias = Callable[[Request, Shelf, Words], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class House:
    """What the pages are made with. ``address``: how the pages are reached from outside, without a slash at its end."""

    bank: PublicBank
    languages: Languages
    clock: Clock
    language: str
    zone: ZoneInfo
    address: str


def bank_routes(house: House, visitors: Visitors | None = None) -> tuple[BaseRoute, ...]:
    """Every address of the public bank, from top to bottom."""
    doors = _Doors(house, visitors or Visitors())
    academy = "/bank/{academy:uuid}"
    shaped: dict[str, Serve] = {
        "feed.atom": doors.feed,
        "notes.json": doors.data,
        "notes.csv": doors.spreadsheet,
        "notes.md": doors.document,
    }
    return (
        Route("/bank/style.css", _style),
        Route("/robots.txt", doors.robots),
        Route("/sitemap.xml", doors.sitemaps),
        Route("/bank", partial(doors.serve, doors.list_), name="bank"),
        Route(academy, partial(doors.serve, doors.list_)),
        *(Route(f"/bank/{file}", partial(doors.serve, serve)) for file, serve in shaped.items()),
        *(Route(f"{academy}/{file}", partial(doors.serve, serve)) for file, serve in shaped.items()),
        Route(f"{academy}/sitemap-{{number:int}}.xml", partial(doors.serve, doors.sitemap)),
        Route(f"{academy}/{{note:uuid}}", partial(doors.serve, partial(doors.note, ""))),
        Route(f"{academy}/{{note:uuid}}.json", partial(doors.serve, partial(doors.note, "json"))),
        Route(f"{academy}/{{note:uuid}}.md", partial(doors.serve, partial(doors.note, "md"))),
    )


async def _style(request: Request) -> Response:
    return answer(request, STYLE.read_bytes(), "text/css; charset=utf-8", None)


class _Doors:
    def __init__(self, house: House, visitors: Visitors) -> None:
        self._house = house
        self._bank = house.bank
        self._visitors = visitors
        self._pages = BankPages()

    async def serve(self, serve: Serve, request: Request) -> Response:
        """Finds the academy that is meant, and says kindly why where there is nothing to show."""
        words = self._words(request)
        if not self._visitors.may(request, self._house.clock.now()):
            return notice(self._pages.notice("slow", words, request), 429, **{"Retry-After": "30"})
        try:
            meant = request.path_params.get("academy")
            if isinstance(meant, UUID):
                shelf = await self._bank.shelf(WorkspaceId(meant))
                if shelf is None:
                    return notice(self._pages.notice("missing", words, request), 404)
                return await serve(request, shelf, words)
            shelves = await self._bank.shelves()
            if len(shelves) == 1:
                return await serve(request, shelves[0], words)
            if serve == self.list_:
                return answer(request, self._pages.academies(shelves, words, request), _HTML, None)
            return notice(self._pages.notice("missing", words, request), 404)
        except StorageError:
            return notice(self._pages.notice("away", words, request), 503, **{"Retry-After": "60"})

    async def list_(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """Notes, all of them or those that fit."""
        page = Page(question_of(request), page_of(request), self._base(shelf), request)
        found = await self._bank.look(shelf.workspace.id, page.question, page.number, PAGE)
        if page.number >= found.pages():
            # A page that there was once, or that somebody typed: the last one that there is.
            last = query_of(page.question, request.query_params.get("language", ""), found.pages() - 1)
            return RedirectResponse(f"{request.url.path}{last if last != '?' else ''}", 302)
        return answer(request, self._pages.list_(shelf, found, page, words), _HTML, shelf.changed_at)

    async def note(self, shape: str, request: Request, shelf: Shelf, words: Words) -> Response:
        """One note; that it was withdrawn, where it was."""
        note = NoteId(UUID(str(request.path_params["note"])))
        shown = await self._bank.note(shelf.workspace.id, note)
        if shown is None:
            gone = await self._bank.withdrawn(shelf.workspace.id, note)
            why, status = ("gone", 410) if gone else ("missing", 404)
            return notice(self._pages.notice(why, words, request, self._base(shelf)), status)
        changed = max([shown.entry.published_at, *(one.at for one in shown.trials)])
        if shape == "json":
            return answer(request, shapes.note_json(shelf, shown, self._base(shelf), words), shapes.JSON, changed)
        if shape == "md":
            content = as_markdown([shown.entry], {note: shown.trials}, shelf.sectors, words)
            return _file(request, content, MARKDOWN, f"{note}.md", changed)
        return answer(request, self._pages.note(shelf, shown, self._base(shelf), words, request), _HTML, changed)

    async def feed(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """The newest notes as Atom."""
        newest = await self._bank.newest(shelf.workspace.id, FEED)
        content = shapes.atom(shelf, newest, self._base(shelf), words)
        return answer(request, content, f"{shapes.ATOM}; charset=utf-8", shelf.changed_at)

    async def data(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """The notes as data, page by page; or those that fit."""
        question, page = question_of(request), page_of(request)
        found = await self._bank.look(shelf.workspace.id, question, page, DATA)
        shown = await self._bank.some(shelf.workspace.id, [hit.entry.note for hit in found.hits])
        base = self._base(shelf)
        more = page + 1 < found.pages()
        following = f"{base}/notes.json{query_of(question, words.language, page + 1)}" if more else ""
        content = shapes.as_json(shelf, shown, found.every, base, following, words)
        return answer(request, content, shapes.JSON, shelf.changed_at, **{"Access-Control-Allow-Origin": "*"})

    async def spreadsheet(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """The notes that fit, or the newest, as CSV."""
        found = await self._bank.look(shelf.workspace.id, question_of(request), page_of(request), FILE)
        content = as_csv([hit.entry for hit in found.hits], {hit.entry.note: hit.trials for hit in found.hits}, words)
        return _file(request, content, CSV, "notes.csv", shelf.changed_at)

    async def document(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """The same as Markdown."""
        found = await self._bank.look(shelf.workspace.id, question_of(request), page_of(request), FILE)
        trials = {hit.entry.note: hit.trials for hit in found.hits}
        content = as_markdown([hit.entry for hit in found.hits], trials, shelf.sectors, words)
        return _file(request, content, MARKDOWN, "notes.md", shelf.changed_at)

    async def sitemap(self, request: Request, shelf: Shelf, words: Words) -> Response:
        """Some thousand notes of an academy, for search engines."""
        number = int(request.path_params["number"])
        newest = await self._bank.newest(shelf.workspace.id, MAP, (max(1, number) - 1) * MAP)
        base = self._base(shelf)
        pages = [(f"{base}/{one.entry.note}", one.entry.published_at) for one in newest]
        del words
        return answer(request, shapes.sitemap([(base, _changed(shelf)), *pages]), shapes.SITEMAP, shelf.changed_at)

    async def sitemaps(self, request: Request) -> Response:
        """``/sitemap.xml``: where the maps are."""
        if not self._visitors.may(request, self._house.clock.now()):
            return PlainTextResponse("slow down", 429, {"Retry-After": "30"})
        try:
            shelves = await self._bank.shelves()
        except StorageError:
            return PlainTextResponse("not just now", 503, {"Retry-After": "60"})
        maps = [
            (f"{self._base(shelf)}/sitemap-{number}.xml", _changed(shelf))
            for shelf in shelves
            for number in range(1, -(-shelf.count // MAP) + 1)
        ]
        return answer(request, shapes.sitemap_index(maps), shapes.SITEMAP, None)

    async def robots(self, request: Request) -> Response:
        """``/robots.txt``: search engines may read the bank and nothing else."""
        said = f"User-agent: *\nAllow: /bank\nDisallow: /\n\nSitemap: {self._house.address}/sitemap.xml\n"
        return answer(request, said.encode(), "text/plain; charset=utf-8", None)

    def _base(self, shelf: Shelf) -> str:
        return f"{self._house.address}/bank/{shelf.workspace.id}"

    def _words(self, request: Request) -> Words:
        return self._house.languages.words(language_of(request, self._house.language), self._house.zone)


def _changed(shelf: Shelf) -> datetime:
    """When something last changed there; of an academy without notes, long ago."""
    return shelf.changed_at or datetime(1970, 1, 1, tzinfo=UTC)


def _file(request: Request, content: str, media_type: str, name: str, changed: datetime | None) -> Response:
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return answer(request, content.encode(), media_type, changed, **told)
