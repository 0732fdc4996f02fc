"""The live line over a real server: many windows hear what is theirs, and one that was away continues where it was."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from adapters.web.spots import Spot
from bot.identity import Account
from bot.members.domain import Member
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from tests.adapters.web_academy import Academy, serving

_WAIT = 20.0


@dataclass(frozen=True, slots=True)
class Told:
    """One event as a browser reads it."""

    kind: str
    place: str
    data: dict[str, Any]


class Window:
    """One open line."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> Told:
        """The next event but the greeting."""
        async with asyncio.timeout(_WAIT):
            while True:
                told = await self._read()
                if told.kind != "hello":
                    return told

    async def _read(self) -> Told:
        fields: dict[str, str] = {}
        async for line in self._lines:
            if not line and "data" in fields:
                return Told(fields.get("event", ""), fields.get("id", ""), json.loads(fields["data"]))
            name, _, value = line.partition(": ")
            if name:
                fields[name] = value
        raise AssertionError("the line ended")


@asynccontextmanager
async def window(
    client: httpx.AsyncClient, member: Member, after: str, language: str = "", resumed: str = ""
) -> AsyncGenerator[Window, None]:
    headers = {"Last-Event-ID": resumed} if resumed else {}
    url = f"/as/{member.id}/events?after={after}&language={language}"
    async with client.stream("GET", url, headers=headers) as response:
        assert response.status_code == 200
        yield Window(response)


@asynccontextmanager
async def browser(academy: Academy) -> AsyncGenerator[httpx.AsyncClient, None]:
    limits = httpx.Limits(max_connections=None)
    async with serving(academy) as url, httpx.AsyncClient(base_url=url, timeout=_WAIT, limits=limits) as client:
        yield client


async def test_every_window_hears_a_message_once_in_its_own_language(academy: Academy) -> None:
    place = await academy.general()
    after = academy.front.hub.place
    async with browser(academy) as client:

        async def listen(number: int) -> Told:
            member = (academy.anna, academy.bo, academy.carla)[number % 3]
            async with window(client, member, after) as one:
                return await one.next()

        windows = [asyncio.create_task(listen(number)) for number in range(30)]
        await academy.say(academy.bo, place, "Good morning <b>all</b>")
        heard = await asyncio.gather(*windows)
    assert {told.kind for told in heard} == {"said"}
    assert all("Good morning &lt;b&gt;all&lt;/b&gt;" in told.data["html"] for told in heard)
    assert "Svar i tråd" in heard[2].data["html"]
    assert "Reply in thread" in heard[0].data["html"]


async def test_what_is_for_one_is_told_to_that_ones_windows_only(academy: Academy) -> None:
    place = await academy.general()
    after = academy.front.hub.place
    async with (
        browser(academy) as client,
        window(client, academy.bo, after) as bo,
        window(client, academy.anna, after) as anna,
    ):
        secret = Card("secret", (Paragraph(plain("secret")),))
        await academy.chat.whisper(Spot(place).address(), secret, "k", academy.anna.id)
        await academy.say(academy.carla, place, "public")
        assert "secret" in (await anna.next()).data["notice"]
        assert "public" in (await bo.next()).data["notice"]


async def test_a_window_that_was_away_hears_what_it_missed(academy: Academy) -> None:
    place = await academy.general()
    async with browser(academy) as client:
        async with window(client, academy.bo, academy.front.hub.place) as first:
            await academy.say(academy.anna, place, "one")
            told = await first.next()
        await academy.say(academy.anna, place, "two")
        await academy.say(academy.anna, place, "three")
        async with window(client, academy.bo, "ignored", resumed=told.place) as again:
            notices = [(await again.next()).data["notice"] for _ in range(2)]
    assert notices == ["Anna Lund: two", "Anna Lund: three"]


async def test_a_server_that_was_started_anew_asks_for_a_fresh_page(academy: Academy) -> None:
    async with browser(academy) as client, window(client, academy.bo, "before-7") as one:
        assert (await one.next()).kind == "missed"


async def test_rooms_replies_edits_and_reading_are_told(academy: Academy) -> None:
    place = await academy.general()
    accounts = [Account("web", str(one.id)) for one in (academy.anna, academy.bo)]
    async with browser(academy) as client, window(client, academy.bo, academy.front.hub.place) as bo:
        await academy.chat.open_room(accounts, "Ours", "r1")
        assert (await bo.next()).kind == "opened"
        root = await academy.say(academy.anna, place, "A question")
        assert (await bo.next()).data["thread"] == ""
        await academy.chat.say(academy.carla, Spot(place, root), "An answer", "k2")
        reply = (await bo.next()).data
        assert (reply["thread"], reply["replyCount"]) == (str(root), "1 reply")
        posted = await academy.chat.post(Spot(place).address(), Card("draft", ()), "k3")
        assert not (await bo.next()).data["edited"]
        await academy.chat.edit(posted, Card("final", ()))
        assert (await bo.next()).data["edited"]
        await client.post(f"/as/{academy.bo.id}/c/{place}/read", json={"message": str(root)})
        seen = await bo.next()
        assert (seen.kind, seen.data["conversation"]) == ("seen", str(place))


async def test_a_stopping_server_lets_its_windows_go(academy: Academy) -> None:
    async with browser(academy) as client, window(client, academy.bo, academy.front.hub.place):
        assert academy.front.hub.windows <= 1
    assert academy.front.hub.windows == 0
