"""The pages as a browser first gets them: languages, looks, headers, who may ask, and what is said where nothing is."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest

from adapters.web.app import make_app
from adapters.web.guard import POLICY
from adapters.web.render import render_text
from bot.demo.guide import Guide, Perform, Step
from bot.errors import Full, Unavailable, phrase
from bot.identity import Account, MemberId, WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import UnitOfWork, Units
from bot.words import Languages, Words
from tests.adapters.web_academy import Academy
from tests.fakes import Memory


async def test_the_first_page_is_an_organisers_conversation_with_the_bot(academy: Academy) -> None:
    async with academy.client() as client:
        page = await client.get("/")
    assert page.status_code == 200
    assert page.url.path == f"/as/{academy.anna.id}/c/{await academy.direct(academy.anna)}"
    assert '<html lang="en"' in page.text
    assert page.text.count("<h1") == 1


async def test_it_is_alive(academy: Academy) -> None:
    async with academy.client() as client:
        assert (await client.get("/healthz")).text == "ok"


async def test_the_page_speaks_the_members_language_unless_another_is_chosen(academy: Academy) -> None:
    async with academy.client() as client:
        danish = await client.get(f"/as/{academy.carla.id}")
        assert '<html lang="da"' in danish.text
        assert "Skriv en besked" in danish.text
        english = await client.get(f"/as/{academy.carla.id}?language=en")
        assert '<html lang="en"' in english.text
        remembered = await client.get(f"/as/{academy.carla.id}")
        assert "Write a message" in remembered.text
        assert '<html lang="en"' in (await client.get(f"/as/{academy.carla.id}?language=xx")).text


async def test_light_and_dark_are_remembered(academy: Academy) -> None:
    async with academy.client() as client:
        assert "data-theme" not in (await client.get("/")).text
        client.cookies.set("theme", "dark")
        assert 'data-theme="dark"' in (await client.get("/")).text
        client.cookies.set("theme", '"><script>')
        assert "data-theme" not in (await client.get("/choose")).text


async def test_every_answer_lets_nothing_foreign_in(academy: Academy) -> None:
    async with academy.client() as client:
        for path in ("/", "/healthz", "/static/main.js", "/nowhere", f"/as/{academy.anna.id}/people"):
            response = await client.get(path)
            assert response.headers["content-security-policy"] == POLICY
            assert response.headers["x-content-type-options"] == "nosniff"
            assert response.headers["referrer-policy"] == "same-origin"
    assert "unsafe" not in POLICY


async def test_no_page_names_another_host_or_holds_a_script_or_style_of_its_own(academy: Academy) -> None:
    async with academy.client() as client:
        for path in ("/", "/choose", "/nowhere"):
            text = (await client.get(path)).text
            assert "http://" not in text
            assert "https://" not in text
            assert " style=" not in text
            assert "<style" not in text
            assert text.count("<script") == text.count('<script type="module" src="/static/')


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:80"])
async def test_a_foreign_name_is_not_answered(academy: Academy, host: str) -> None:
    async with academy.client() as client:
        assert (await client.get("/", headers={"Host": host})).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:9", "[::1]:8080"])
async def test_its_own_names_are_answered(academy: Academy, host: str) -> None:
    async with academy.client() as client:
        assert (await client.get("/healthz", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://127.0.0.1:9"},
    ],
)
async def test_another_sites_page_changes_nothing(academy: Academy, headers: dict[str, str]) -> None:
    place = await academy.general()
    async with academy.client() as client:
        response = await client.post(
            f"/as/{academy.anna.id}/c/{place}/say", json={"id": str(uuid4()), "text": "forged"}, headers=headers
        )
    assert response.status_code == 403
    assert await academy.texts(place) == []


async def test_the_workspaces_own_page_may(academy: Academy) -> None:
    place = await academy.general()
    headers = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    async with academy.client() as client:
        await client.post(
            f"/as/{academy.anna.id}/c/{place}/say", json={"id": str(uuid4()), "text": "mine"}, headers=headers
        )
    assert await academy.texts(place) == ["mine"]


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/as/nobody", "/as/0195a000-0000-7000-8000-000000000001", "/static/../app.py", "/static/none.js"],
)
async def test_what_is_not_there_is_said_in_the_same_look(academy: Academy, path: str) -> None:
    async with academy.client() as client:
        page = await client.get(path, headers={"Accept": "text/html", "Accept-Language": "da"})
    assert page.status_code == 404
    assert "/static/colours.css" in page.text
    assert 'href="/"' in page.text


async def test_who_is_lost_below_the_bank_is_shown_to_the_bank(academy: Academy) -> None:
    async with academy.client() as client:
        page = await client.get("/bank/nowhere/at/all?language=en", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert 'href="/bank">All notes<' in page.text
    assert 'href="/"' not in page.text


async def test_people_are_found_by_name_organisation_or_sector(academy: Academy) -> None:
    async with academy.client() as client:
        names = {
            wanted: [one["name"] for one in (await client.get(f"/as/{academy.bo.id}/people?find={wanted}")).json()]
            for wanted in ("", "lund", "byens", "foundation", "carla fremad", "nobody")
        }
    assert names[""] == ["Anna Lund", "Bo Dahl", "Carla Østergaard"]
    assert names["lund"] == ["Anna Lund"]
    assert names["byens"] == ["Bo Dahl"]
    assert names["foundation"] == names["carla fremad"] == ["Carla Østergaard"]
    assert names["nobody"] == []


async def test_the_menu_has_what_this_member_may_type_in_the_chosen_language(academy: Academy) -> None:
    async with academy.client() as client:
        organiser = (await client.get(f"/as/{academy.anna.id}/commands")).json()
        member = (await client.get(f"/as/{academy.bo.id}/commands?language=da")).json()
    assert [command["names"] for command in member] == [["hjælp", "help"], ["ekko", "echo"], ["prøv", "try"], ["leave"]]
    verbs = {tuple(verb["names"]) for verb in member[2]["verbs"]}
    assert ("klokke", "bell") in verbs
    assert ("hemmelig", "secret") not in verbs
    assert ["secret", "hemmelig"] in [verb["names"] for verb in organiser[2]["verbs"]]
    whisper = next(verb for verb in member[2]["verbs"] if verb["default"])
    assert whisper["options"][0]["choices"] == [["rød", "red"], ["blå", "blue"]]


async def test_an_empty_academy_says_what_to_do(languages: Languages, academy: Academy) -> None:
    memory = Memory()
    workspace = await memory.directory.ensure("local", "Tomt", WorkspaceOptions())
    front = replace(academy.front, workspace=workspace, units=memory.units)
    transport = httpx.ASGITransport(make_app(front))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True) as client:
        page = await client.get("/")
    assert "members import" in page.text


async def test_a_guide_stands_above_the_messages_until_it_is_put_away(academy: Academy) -> None:
    async def guide(viewer: MemberId, words: Words) -> Guide | None:
        step = Step(phrase("Close"), button=phrase("Send"), does=Perform("/help"))
        return Guide(phrase("Cancel"), (Step(phrase("Choose"), done=True), step)) if viewer == academy.anna.id else None

    transport = httpx.ASGITransport(make_app(replace(academy.front, guide=guide)))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", follow_redirects=True) as client:
        shown = await client.get(f"/as/{academy.anna.id}")
        assert 'data-command="/help"' in shown.text
        assert 'id="guide" aria-labelledby="guide-title">' in shown.text
        assert 'id="guide"' not in (await client.get(f"/as/{academy.bo.id}")).text
        client.cookies.set("guide", "away")
        assert 'id="guide" aria-labelledby="guide-title" hidden>' in (await client.get(f"/as/{academy.anna.id}")).text


async def test_earlier_messages_are_a_page_away(academy: Academy) -> None:
    place = await academy.general()
    for number in range(70):
        await academy.say(academy.anna, place, f"line {number:03}")
    async with academy.client() as client:
        last = (await client.get(f"/as/{academy.bo.id}/c/{place}")).text
        earlier = last.split('href="?before=')[1].split('"')[0]
        first = (await client.get(f"/as/{academy.bo.id}/c/{place}?before={earlier}")).text
    assert "line 069" in last
    assert "line 009" not in last
    assert "line 009" in first
    assert "line 010" not in first
    assert "?before=" not in first


async def test_a_room_shows_who_is_in_it_and_only_to_them(academy: Academy) -> None:
    people = [Account("web", str(one.id)) for one in (academy.anna, academy.bo)]
    await academy.chat.open_room(people, "Rooms & volunteers", "r1")
    room = await academy.conversation(academy.bo, "room:r1")
    async with academy.client() as client:
        page = await client.get(f"/as/{academy.bo.id}/c/{room}")
        assert "Rooms &amp; volunteers" in page.text
        assert "Anna Lund and Bo Dahl" in page.text
        assert (await client.get(f"/as/{academy.carla.id}/c/{room}")).status_code == 404


class Asleep:
    """Units of a database that does not answer."""

    def __call__(self, workspace: object, *, reading: bool = False) -> "Asleep":
        del workspace, reading
        return self

    async def __aenter__(self) -> None:
        raise Unavailable("asleep")

    async def __aexit__(self, *error: object) -> None:
        return


async def test_a_database_that_sleeps_gets_a_calm_page_and_sentence(academy: Academy) -> None:
    front = replace(academy.front, units=Asleep())  # type: ignore[arg-type]  # a unit that never opens has no more
    transport = httpx.ASGITransport(make_app(front), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        page = await client.get(f"/as/{academy.anna.id}", headers={"Accept": "text/html"})
        answer = await client.post(
            f"/as/{academy.anna.id}/c/{academy.anna.id}/say", json={"id": str(uuid4()), "text": "kept?"}
        )
    assert page.status_code == answer.status_code == 503
    assert "hukommelse" in page.text
    assert answer.json()["outcome"] == "sorry"


class FullDisk:
    """Units that can be read and not written."""

    def __init__(self, units: Units) -> None:
        self._units = units

    def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
        if not reading:
            raise Full("no space left")
        return self._units(workspace, reading=True)


async def test_a_full_disk_loses_nothing_that_was_typed(academy: Academy) -> None:
    place = await academy.general()
    transport = httpx.ASGITransport(make_app(replace(academy.front, units=FullDisk(academy.front.units))))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        for text in ("a message", "/help"):
            answer = await client.post(f"/as/{academy.anna.id}/c/{place}/say", json={"id": str(uuid4()), "text": text})
            assert answer.json()["outcome"] == "sorry"
        assert (await client.get(f"/as/{academy.anna.id}/c/{place}")).status_code == 200


def test_a_time_is_said_in_the_language_of_what_stands_around_it(languages: Languages) -> None:
    danish, english = (languages.words(spoken, ZoneInfo("Europe/Copenhagen")) for spoken in ("da", "en"))
    at = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
    assert "fredag den 6. marts 2026" in render_text((danish.moment(at),), english)
    assert "Friday, 6 March 2026" in render_text((english.moment(at),), english)
