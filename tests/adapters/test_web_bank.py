"""The public bank: what everybody may read, in which language and shape, and what nobody outside ever sees."""

import csv
import html
import io
import json
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from starlette.requests import Request

from adapters.web.bank_asking import BURST, Visitors
from bot.bank.repository import Outcome
from bot.identity import new_id
from bot.members.domain import WorkspaceOptions
from bot.notes.domain import Audience
from tests.bank_notes import ENGLISH, LONELY, NOW, TRANSPORT, a_note, an_entry
from tests.web_bank_house import public

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


async def test_the_only_academy_stands_at_the_bank_itself() -> None:
    async with public() as house:
        assert "Nothing has been published here yet." in await house.page("/bank")
        entry = an_entry(TRANSPORT, themes=["ageing", "egne ord"], place="Rødovre")
        await house.put(entry, an_entry("Skjult", audience=Audience.ACADEMY), an_entry("Os", audience=Audience.US))
        await house.tried(entry.note, Outcome.NOT, "Ribe")
        await house.tried(entry.note, Outcome.WORKED, "Vejle", "Spørg [PERSON 2].")
        house.clock.advance(hours=72)
        listed = await house.page("/bank")
        assert "1 note<" in listed
        assert "Skjult" not in listed
        assert listed.index("It worked here: Vejle. Spørg person 2.") < listed.index("It did not work here: Ribe")
        assert "Rødovre · ageing, egne ord · 2 March 2026" in listed
        note = await house.page(f"/bank/{house.workspace}/{entry.note}")
        assert "<h1>Kørsel til behandling i landsbyerne</h1>" in note
        assert "Person 1 har selv kørt tre naboer til sygehuset." in note
        assert "Seen from: municipality" in note
        assert str(entry.author) not in note + listed
        assert "Videnbank" in await house.page("/bank", headers={"accept-language": "da, en;q=0.5"})


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("da", "da"),
        ("en-GB,en;q=0.9", "en"),
        ("de, en;q=0.3, da;q=0.8", "da"),
        ("de", "da"),
        ("en;q=0", "da"),
        ("en;q=1.2.3, !", "da"),
        ("", "da"),
    ],
)
async def test_the_language_is_the_browsers(asked: str, language: str) -> None:
    async with public() as house:
        assert f'<html lang="{language}">' in await house.page("/bank", headers={"accept-language": asked})
        chosen = "en" if language == "da" else "da"
        assert f'<html lang="{chosen}">' in await house.page(
            f"/bank?language={chosen}", headers={"accept-language": asked}
        )


async def test_a_search_finds_narrows_and_is_escaped() -> None:
    async with public() as house:
        old = replace(
            an_entry(LONELY, themes=["loneliness"], place="Rødovre"), published_at=datetime(2025, 5, 1, tzinfo=UTC)
        )
        await house.put(old, an_entry(TRANSPORT), an_entry(ENGLISH))
        found = await house.page("/bank?q=lokaler")
        assert "Meeting rooms for young carers" in found
        assert "Fællesspisning" not in found
        assert "noindex" in found
        for narrowed in (
            "theme=loneliness",
            "sector=civil_society",
            "place=r%C3%B8dovre",
            "until=2025-06-01",
            "q=ensomhed&since=2025-05-01",
        ):
            page = await house.page(f"/bank?{narrowed}")
            assert "Fællesspisning" in page, narrowed
            assert "Kørsel" not in page, narrowed
        evil = await house.page(
            "/bank?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&since=x&worked=maybe&page=x&theme=%22'"
        )
        assert "<script" not in evil
        assert "No note fits that yet." in evil
        assert "No note has “chaufør”" in await house.page("/bank?q=chauf%C3%B8r")


async def test_pages_follow_each_other() -> None:
    async with public() as house:
        await house.put(*[an_entry(a_note(f"Haver {number}", "Vi graver.")) for number in range(45)])
        first = await house.page("/bank")
        assert "Page 1 of 3" in first
        assert "Previous page" not in first
        second = await house.page(following(first))
        assert "Page 2 of 3" in second
        assert "Haver 24<" in second
        last = await house.page(following(second))
        assert "Next page" not in last
        assert "Page 2 of 3" in await house.page("/bank?q=haver&page=2")
        for asked, where in (
            ("page=4", "/bank?page=3"),
            ("page=99999&q=haver&language=en", "/bank?q=haver&page=3&language=en"),
            ("q=nothing&page=2", "/bank?q=nothing"),
            ("place=nowhere&page=7", "/bank?place=nowhere"),
        ):
            beyond = await house.client.get(f"/bank?{asked}")
            assert (beyond.status_code, beyond.headers["location"]) == (302, where)
            assert (await house.client.get(where)).status_code == 200
        only = await house.client.get(f"/bank/{house.workspace}?q=nothing&page=2")
        assert only.headers["location"] == f"/bank/{house.workspace}?q=nothing"


def following(page: str) -> str:
    found = re.search(r'rel="next" href="([^"]+)"', page)
    assert found is not None
    return found[1].replace("&amp;", "&")


async def test_a_withdrawn_note_is_gone_at_once_everywhere() -> None:
    async with public() as house:
        entry, other = an_entry(TRANSPORT), an_entry(LONELY)
        await house.put(entry, other)
        base = f"/bank/{house.workspace}"
        kept = (await house.client.get(f"{base}/{entry.note}")).headers["etag"]
        async with house.memory.units(house.workspace) as work:
            await work.bank.remove(entry.note)
            await work.commit()
        for end in ("", ".json", ".md"):
            gone = await house.page(f"{base}/{entry.note}{end}", 410, headers={"if-none-match": kept})
            assert "This note was withdrawn" in gone
        for address in ("", "/feed.atom", "/notes.json", "/notes.csv", "/notes.md", "/sitemap-1.xml"):
            told = await house.page(f"{base}{address}")
            assert "landsbyerne" not in told
            assert str(entry.note) not in told
        for missing in (new_id(), an_entry("x").note):
            assert "There is no such page" in await house.page(f"{base}/{missing}", 404)
        assert "There is no such page" in await house.page(f"/bank/{new_id()}", 404)
        await house.put(replace(other, audience=Audience.ACADEMY, version=2))
        await house.page(f"{base}/{other.note}", 410)


async def test_who_has_a_page_already_is_told_so() -> None:
    async with public() as house:
        entry = an_entry(TRANSPORT)
        await house.put(entry)
        for address in (
            "/bank",
            "/bank/style.css",
            "/bank/feed.atom",
            f"/bank/{house.workspace}/{entry.note}",
            "/robots.txt",
        ):
            first = await house.client.get(address)
            assert first.headers["cache-control"] == "public, no-cache"
            assert "default-src 'none'" in first.headers["content-security-policy"]
            again = await house.client.get(address, headers={"if-none-match": f'"x", {first.headers["etag"]}'})
            assert (again.status_code, again.content) == (304, b"")
        listed = await house.client.get("/bank")
        assert listed.headers["last-modified"] == "Mon, 02 Mar 2026 09:00:00 GMT"
        house.clock.advance(hours=1)
        await house.tried(entry.note, Outcome.PARTLY, "Ribe")
        changed = await house.client.get("/bank", headers={"if-none-match": listed.headers["etag"]})
        assert changed.status_code == 200
        assert changed.headers["last-modified"] == "Mon, 02 Mar 2026 10:00:00 GMT"


async def test_the_feed_is_atom_and_nothing_less() -> None:
    async with public() as house:
        odd = a_note("Haver & \x0b<b>blomster</b> 🌻", "Vi graver.", tags=["have <1>"], summary=["[PERSON 1] ved det."])
        entry = an_entry(odd)
        await house.put(entry, an_entry(a_note("", "Uden titel")))
        await house.tried(entry.note, Outcome.WORKED, "Vejle")
        answered = await house.client.get("/bank/feed.atom?language=en")
        assert answered.headers["content-type"] == "application/atom+xml; charset=utf-8"
        feed = ElementTree.fromstring(answered.content)  # noqa: S314 - our own
        assert feed.tag == f"{ATOM}feed"
        assert [one.tag.removeprefix(ATOM) for one in feed][:6] == ["id", "title", "updated", "link", "link", "author"]
        assert feed.findtext(f"{ATOM}id") == f"urn:uuid:{house.workspace}"
        links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
        base = f"https://bro.example.org/bank/{house.workspace}"
        assert links == {"self": f"{base}/feed.atom", "alternate": base}
        untitled, first = feed.findall(f"{ATOM}entry")
        told = {one.tag.removeprefix(ATOM): one.text for one in first}
        assert told["title"] == "Haver & <b>blomster</b> 🌻"
        assert told["id"] == f"urn:uuid:{entry.note}"
        assert told["summary"] == "It worked here: Vejle. Person 1 ved det."
        assert untitled.findtext(f"{ATOM}title") == "–"
        for one in (feed, untitled, first):
            for name in ("id", "title", "updated"):
                assert len(one.findall(f"{ATOM}{name}")) == 1
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", one.findtext(f"{ATOM}updated") or "")
        assert [one.get("term") for one in first.findall(f"{ATOM}category")] == ["have <1>"]


async def test_data_has_its_promised_shape_and_pages() -> None:
    async with public() as house:
        entry = an_entry(ENGLISH, themes=["youth"], place="Odense")
        await house.put(entry, *[an_entry(a_note(f"Haver {number}", "Vi graver.")) for number in range(110)])
        await house.tried(entry.note, Outcome.WORKED, "Vejle", "Yes.")
        house.clock.advance(hours=72)
        data = json.loads(await house.page("/bank/notes.json?language=en"))
        assert (data["version"], data["total"], data["language"], len(data["notes"])) == (1, 111, "en", 100)
        assert data["academy"]["name"] == "Akademiet"
        following = json.loads(await house.page(data["next"].removeprefix("https://bro.example.org")))
        assert following["next"] is None
        note = following["notes"][-1]
        assert note == json.loads(await house.page(f"/bank/{house.workspace}/{entry.note}.json?language=en"))["note"]
        assert note["trials"] == [{"outcome": "worked", "place": "Vejle", "text": "Yes.", "at": "2026-03-02T09:00:00Z"}]
        assert {"heading": "Who does what", "lines": ["Write the agreement (person 2)"]} in note["sections"]
        assert set(note) == {
            *("id", "url", "version", "language", "published", "title", "tags", "themes", "sectors", "place"),
            *("sections", "trials"),
        }
        narrowed = json.loads(await house.page("/bank/notes.json?q=premises"))
        assert (narrowed["total"], narrowed["next"]) == (1, None)


async def test_files_open_in_other_programs() -> None:
    async with public() as house:
        await house.put(an_entry(a_note("=1+1 *fed*", "Vi [graver].", tags=["a", "b"]), place="Ribe"))
        answered = await house.client.get("/bank/notes.csv?language=en")
        assert answered.headers["content-disposition"] == 'attachment; filename="notes.csv"'
        rows = list(csv.DictReader(io.StringIO(answered.text.removeprefix("\ufeff"))))
        assert rows[0]["title"] == "'=1+1 *fed*"
        assert (rows[0]["tags"], rows[0]["place"], rows[0]["published"]) == ("a|b", "Ribe", "2026-03-02")
        (one,) = rows
        alone = await house.client.get(f"/bank/{house.workspace}/{one['id']}.md?language=en")
        assert alone.headers["content-disposition"] == f'attachment; filename="{one["id"]}.md"'
        document = (await house.client.get("/bank/notes.md?language=en")).text
        assert alone.text == document
        assert document.startswith("# =1+1 \\*fed\\*\n\nRibe · 2 March 2026 · a, b\n")
        assert "- Vi \\[graver\\]." in document


HOSTILE = (
    "=HYPERLINK(0)",
    " +1\n=cmd|'/C calc'!A0",
    "\t@SUM(A1)",
    "＝1+1",
    "]]> <!-- &amp; </title><script>x</script>",
    "\x00\x1b[31m\x0b\ufffe\u202erød",
    '"; DROP TABLE notes; -- "',
    "1. &lt;b&gt; ~~x~~ ![i](//evil)",
    "- [x](javascript:1) `rm`",
)


@pytest.mark.parametrize("bad", HOSTILE)
async def test_whatever_is_in_a_note_every_shape_of_it_stays_whole(bad: str) -> None:
    async with public() as house:
        note = an_entry(a_note(bad, bad, tags=[bad], summary=[bad]), place=bad, themes=[bad])
        await house.put(note)
        await house.tried(note.note, Outcome.WORKED, bad, bad)
        one = f"/bank/{house.workspace}/{note.note}"
        for page in ("/bank", one):
            assert "<script" not in await house.page(page)
        feed = ElementTree.fromstring((await house.client.get("/bank/feed.atom")).content)  # noqa: S314 - our own
        assert len(feed.findall(f"{ATOM}entry")) == 1
        ElementTree.fromstring((await house.client.get(f"/bank/{house.workspace}/sitemap-1.xml")).content)  # noqa: S314 - our own
        (known,) = json.loads((await house.client.get("/bank/notes.json")).content)["notes"]
        assert known["id"] == str(note.note)
        (row,) = csv.DictReader(io.StringIO((await house.client.get("/bank/notes.csv")).text.removeprefix("\ufeff")))
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in row.values())
        document = (await house.client.get("/bank/notes.md")).text
        text = "".join(row.values()) + document
        assert not any(unicodedata.category(letter) == "Cc" for letter in text.replace("\n", ""))
        assert not re.search(r"(?<!\\)(?:[<>`~]|\]\()|^- (?:[-+]|\d+\.) ", document, re.MULTILINE)


async def test_several_academies_have_a_page_each() -> None:
    async with public() as house:
        other = (await house.memory.directory.ensure("team:T2", "Det andet", WorkspaceOptions())).id
        await house.put(an_entry(TRANSPORT))
        await house.put(an_entry(LONELY), an_entry(ENGLISH), into=other)
        listed = await house.page("/bank")
        assert listed.index("Akademiet") < listed.index("Det andet")
        assert "2 notes" in listed
        assert "Kørsel" not in await house.page(f"/bank/{other}")
        assert "Kørsel" in await house.page(f"/bank/{house.workspace}")
        assert "There is no such page" in await house.page("/bank/feed.atom", 404)
        maps = ElementTree.fromstring(await house.page("/sitemap.xml"))  # noqa: S314 - our own
        found = [one.text or "" for one in maps.iter(f"{MAP}loc")]
        assert found == [f"https://bro.example.org/bank/{one}/sitemap-1.xml" for one in (house.workspace, other)]
        pages = ElementTree.fromstring(await house.page(found[1].removeprefix("https://bro.example.org")))  # noqa: S314 - our own
        assert len(list(pages.iter(f"{MAP}loc"))) == 3
        assert "Sitemap: https://bro.example.org/sitemap.xml" in await house.page("/robots.txt")
        await house.memory.directory.freeze(other, house.clock.now())
        assert "Kørsel" in await house.page("/bank")
        assert "There is no such page" in await house.page(f"/bank/{other}", 404)


async def test_one_address_that_asks_too_much_waits() -> None:
    async with public(Visitors()) as house:
        for _ in range(BURST):
            await house.page("/bank")
        slow = await house.client.get("/bank")
        assert (slow.status_code, slow.headers["retry-after"]) == (429, "30")
        assert (await house.client.get("/sitemap.xml")).status_code == 429
        await house.page("/bank", headers={"x-forwarded-for": "192.0.2.1, 192.0.2.7"})
        house.clock.advance(seconds=5)
        await house.page("/bank")
        visitors = Visitors(burst=1, per_second=0)
        assert [visitors.may(a_request(), NOW) for _ in range(2)] == [True, False]


async def test_many_addresses_are_not_all_remembered() -> None:
    visitors = Visitors(burst=1, per_second=0)
    for number in range(10_001):
        assert visitors.may(a_request(str(number)), NOW)
    assert visitors.may(a_request("0"), NOW)
    assert not visitors.may(a_request("10000"), NOW)


def a_request(passed_on: str = "") -> Request:
    headers = [(b"x-forwarded-for", passed_on.encode())] if passed_on else []
    return Request({"type": "http", "headers": headers, "client": None})


async def test_without_the_database_a_page_says_so() -> None:
    async with public() as house:
        await house.put(an_entry(TRANSPORT))
        house.gone.append("away")
        assert "can't be reached just now" in html.unescape(await house.page("/bank", 503))
        assert (await house.client.get("/sitemap.xml")).status_code == 503
