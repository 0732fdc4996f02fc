"""The address that calendar programs ask: what they get, that they are told when nothing changed, and what strangers find."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from adapters.web.app import make_app
from adapters.web.calendar import calendar_route
from adapters.web.guard import Guard
from bot.errors import Unavailable
from bot.words import Languages
from tests.adapters.web_academy import open_academy

FEED = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


class Feeds:
    """One person's feed, as it is now."""

    def __init__(self) -> None:
        self.content = FEED
        self.away = False
        self.asked: list[str] = []

    async def read(self, key: str) -> bytes | None:
        self.asked.append(key)
        if self.away:
            raise Unavailable("the database")
        return self.content if key == "sesame" else None


@asynccontextmanager
async def asking(feeds: Feeds) -> AsyncGenerator[httpx.AsyncClient, None]:
    app = Starlette(
        routes=[calendar_route(feeds.read)], middleware=[Middleware(Guard, hosts=frozenset({"bro.example.org"}))]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://bro.example.org") as client:
        yield client


async def test_a_program_gets_the_feed_and_is_told_when_nothing_changed() -> None:
    feeds = Feeds()
    async with asking(feeds) as client:
        first = await client.get("/calendar/sesame.ics")
        assert (first.status_code, first.content) == (200, FEED)
        assert first.headers["content-type"] == "text/calendar; charset=utf-8"
        assert first.headers["cache-control"] == "private, no-cache"
        assert first.headers["content-disposition"] == 'inline; filename="camps.ics"'
        mark = first.headers["etag"]
        for asked in (mark, f"W/{mark}", f'"other", {mark}', "*"):
            again = await client.get("/calendar/sesame.ics", headers={"If-None-Match": asked})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
        feeds.content = FEED + b"\r\n"
        changed = await client.get("/calendar/sesame.ics", headers={"If-None-Match": mark})
        assert (changed.status_code, changed.content) == (200, feeds.content)
        assert changed.headers["etag"] != mark


async def test_a_program_may_ask_for_the_head_only() -> None:
    async with asking(Feeds()) as client:
        head = await client.head("/calendar/sesame.ics")
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(FEED)))
        assert (await client.post("/calendar/sesame.ics")).status_code == 405


@pytest.mark.parametrize("key", ["other", "SESAME", "sesame.ics", "%00", "sesame%20", "é", "x" * 500])
async def test_a_stranger_finds_nothing_and_learns_nothing(key: str) -> None:
    async with asking(Feeds()) as client:
        found = await client.get(f"/calendar/{key}.ics")
        assert (found.status_code, found.text) == (404, "there is no calendar here")
        assert found.headers["cache-control"] == "no-store"


async def test_what_is_far_too_long_is_not_looked_up() -> None:
    feeds = Feeds()
    async with asking(feeds) as client:
        await client.get(f"/calendar/{'x' * 65}.ics")
    assert feeds.asked == []


async def test_while_the_database_is_away_a_program_keeps_what_it_has() -> None:
    feeds = Feeds()
    feeds.away = True
    async with asking(feeds) as client:
        away = await client.get("/calendar/sesame.ics")
        assert (away.status_code, away.headers["retry-after"]) == (503, "300")


async def test_the_local_workspace_answers_there_too() -> None:
    academy = await open_academy(Languages.load())
    app = make_app(replace(academy.front, routes=(calendar_route(Feeds().read),)))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        assert (await client.get("/calendar/sesame.ics")).content == FEED
