"""Whatever a window sends to a running demo: a kind sentence, nothing done that was not meant, and the others notice nothing."""

import asyncio
import re
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.identity import IntroId
from bot.introductions.actions import AcceptIntro
from bot.members.actions import BringRoster, EditProfile
from bot.messages.actions import encode_action
from bot.words import Languages
from tests.adapters.browsing import chromium
from tests.end_to_end.houses import House, demo, needs_chromium
from tests.end_to_end.trouble_windows import Door, Shown, Window, door, number, rows, until

pytestmark = pytest.mark.asyncio(loop_scope="module")
DANISH = Languages.load().words("da", ZoneInfo("Europe/Copenhagen"))
OLD_BUTTON = DANISH.say(
    "That button is from another time and does nothing any more. Type the command again to start afresh."
)
NASTY = "<script>alert(1)</script> <!channel> @everyone <@U123> <b>fed</b>"
ANSWERS = "SELECT intro_id, member_id, answer FROM intro_parts ORDER BY intro_id, position"
UNDER_WAY = "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')"
EVERY_MESSAGE = "SELECT count(*) FROM messages"


@dataclass(slots=True)
class Running:
    """A demo with all its members; each test takes people whom no other one has used."""

    house: House
    front: Door
    folder: Path
    people: list[UUID]

    async def somebody(self) -> Window:
        """A member who has said yes, is no organiser and has done nothing yet."""
        return await self.front.window(self.people.pop())

    async def general(self, window: Window) -> str:
        """The address of the channel that everybody is in."""
        found = rows(self.folder, "SELECT id FROM conversations WHERE key = 'channel:general'")
        return f"/as/{window.member}/c/{UUID(str(found[0][0]))}"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Running, None]:
    folder = tmp_path_factory.mktemp("input")
    async with demo(folder) as house, door(house) as front:
        wanted = "SELECT id FROM members WHERE consent = 'yes' AND role = 'member' AND language = 'da' ORDER BY id"
        yield Running(house, front, folder, [UUID(str(found)) for (found,) in rows(folder, wanted)])


def outcomes(answers: Sequence[httpx.Response]) -> Counter[str]:
    return Counter(str(answer.json()["outcome"]) for answer in answers)


async def test_a_language_in_the_first_address_stays(running: Running) -> None:
    async with door(running.house) as front:
        assert '<html lang="en"' in (await front.client.get("/?language=en")).text
        assert '<html lang="en"' in (await front.client.get("/")).text
        assert '<html lang="da"' in (await front.client.get("/choose?language=da")).text
        assert '<html lang="da"' in (await front.client.get("/")).text


async def test_one_who_floods_is_slowed_down_and_another_gets_a_whole_answer(running: Running) -> None:
    noisy, calm = await running.somebody(), await running.somebody()
    flood = asyncio.gather(*(noisy.says("/hjælp") for _ in range(40)))
    meanwhile = await calm.says("/hjælp")
    answers = await flood
    assert meanwhile.json() == {"outcome": "done"}
    told = outcomes(answers)
    assert told.keys() == {"done", "sorry"}
    slow = DANISH.say("That was a lot at once. Give me a moment, and try again in a little while.")
    assert {answer.json()["said"] for answer in answers if answer.json()["outcome"] == "sorry"} == {slow}
    assert "/match" in (await calm.messages())[-1].text


async def test_what_is_not_known_offers_what_is(running: Running) -> None:
    anna = await running.somebody()
    for typed, offered in (("/mtach", "/match"), ("/match hstory", "historik"), ("/profl show", "/profil")):
        answer = (await anna.says(typed)).json()
        assert answer["outcome"] == "sorry"
        assert offered in answer["said"]


@pytest.mark.parametrize(
    "typed",
    [
        '/profil pause "den 32. i ingenting"',
        '/match schedule every:"tirsdag 25:99"',
        '/match find "' + "x" * 5000 + '"',
        "/match find term:a term:b nonsense:c",
        "/match find \u202eמשהו 👩‍👩‍👧‍👦 \x00\x07 \ud83d",
        "/ ",
        "/" + "🦄" * 2000,
    ],
)
async def test_wrong_types_and_odd_letters_get_a_kind_word(running: Running, typed: str) -> None:
    anna = await running.somebody()
    before = rows(running.folder, "SELECT count(*) FROM rounds")
    answer = await anna.says(typed)
    assert answer.status_code == 200
    assert answer.json()["outcome"] in {"sorry", "done"}
    last = (await anna.messages())[-1].text
    assert "Noget gik galt" not in last + answer.text
    assert rows(running.folder, "SELECT count(*) FROM rounds") == before


async def test_ten_megabytes_are_kept_nowhere(running: Running) -> None:
    anna = await running.somebody()
    paste, before = "x" * 10_000_000, number(running.folder, EVERY_MESSAGE)
    told = DANISH.say("That is too long to send. It is still here; please shorten it or split it in two.")
    for answer in (
        await anna.says(paste),
        await anna.says("/match find " + paste),
        await anna.presses(str(uuid4()), paste),
        await anna.submits(encode_action(EditProfile()), {"name": ["x" * 10_000_000]}),
    ):
        assert (answer.status_code, answer.json()) == (413, {"outcome": "sorry", "said": told})
    assert number(running.folder, EVERY_MESSAGE) == before
    assert (await anna.says("/hjælp")).json() == {"outcome": "done"}


async def test_a_form_sent_twice_at_once_is_saved_once(running: Running) -> None:
    anna = await running.somebody()
    before = len(await anna.messages())
    profile = {
        "name": ["Ánna 👩‍🚒 שלום"],
        "organisation": ["Fiktivby Kommune"],
        "sector": ["municipality"],
        "needs": ["lokaler"],
        "language": ["da"],
        "intros_per_round": ["1"],
    }
    once = str(uuid4())
    wire = encode_action(EditProfile())
    answers = await asyncio.gather(*(anna.submits(wire, profile, again=once) for _ in range(3)))
    assert outcomes(answers) == {"done": 3}
    assert len(await anna.messages()) == before + 1
    assert "Ánna 👩‍🚒 שלום" in await anna.page()
    # The same form from two windows at once: the later one counts, whichever it is, and both are told.
    answers = await asyncio.gather(
        *(anna.submits(wire, {**profile, "organisation": [where]}) for where in ("Nordby", "Sydby"))
    )
    assert outcomes(answers) == {"done": 2}
    kept = {who: where for who, where in rows(running.folder, "SELECT id, organisation FROM members")}  # noqa: C416 - typed
    assert kept[anna.member.hex] in {"Nordby", "Sydby"}


async def test_buttons_pressed_at_once_in_two_windows_and_by_the_wrong_person(running: Running) -> None:
    olga = await running.front.window()
    await olga.says("/match round")
    draft = await olga.with_button("draft_send")
    sends = await asyncio.gather(*(olga.presses(draft, draft.wire("draft_send")) for _ in range(4)))
    assert all(answer.status_code == 200 for answer in sends)
    doubled = "SELECT count(*) - count(DISTINCT key) FROM deliveries WHERE key LIKE 'offer:%'"
    assert number(running.folder, "SELECT count(*) FROM rounds WHERE state = 'open'") == 1
    assert number(running.folder, doubled) == 0
    await until(lambda: number(running.folder, UNDER_WAY) == 0)

    intro, anna, bo = await _a_pair(running)
    hers, his = await anna.with_button("intro_yes"), await bo.with_button("intro_yes")
    stranger = await running.somebody()
    before = rows(running.folder, ANSWERS)

    # Somebody who isn't in the introduction: with her card, with a card of their own, as the other of the two.
    own = (await _says_and_sees(stranger, "/hjælp")).id
    assert (await stranger.presses(hers, hers.wire("intro_yes"))).status_code == 404
    for message in (own, await _own_offer(stranger)):
        assert (await stranger.presses(message, hers.wire("intro_yes"))).json()["said"] == OLD_BUTTON
    assert (await bo.presses(hers, hers.wire("intro_yes"))).status_code == 404
    # A round that is long gone.
    gone = str(rows(running.folder, "SELECT id FROM intros WHERE state = 'ended' LIMIT 1")[0][0])
    for wire in (encode_action(AcceptIntro(IntroId(UUID(gone)))), encode_action(AcceptIntro(IntroId(uuid4())))):
        assert (await anna.presses(hers, wire)).json()["said"] == OLD_BUTTON
    assert rows(running.folder, ANSWERS) == before

    # Two windows at once, of one mind and of two.
    same = await asyncio.gather(*(anna.presses(hers, hers.wire("intro_yes")) for _ in range(3)))
    assert {answer.status_code for answer in same} == {200}
    both = await asyncio.gather(
        bo.presses(his, his.wire("intro_yes")),
        bo.presses(his, his.wire("intro_not_now")),
    )
    assert {answer.status_code for answer in both} == {200}
    await until(lambda: number(running.folder, UNDER_WAY) == 0)
    theirs = [answer for of, member, answer in rows(running.folder, ANSWERS) if (of, member) == (intro, bo.member.hex)]
    rooms = number(running.folder, "SELECT count(*) FROM conversations WHERE kind = 'room'")
    assert (theirs, rooms) in ((["yes"], 1), (["not_now"], 0))


async def _a_pair(running: Running) -> tuple[str, Window, Window]:
    """An introduction that has just been offered to two whom no other test has used."""
    found: dict[str, list[UUID]] = {}
    for (key,) in rows(running.folder, "SELECT key FROM deliveries WHERE key LIKE 'offer:%' ORDER BY key"):
        _, intro, member = str(key).split(":")
        found.setdefault(intro, []).append(UUID(member))
    fresh = set(running.people)
    intro, (one, other) = next((of, pair) for of, pair in found.items() if len(pair) == 2 and set(pair) <= fresh)
    for member in (one, other):
        running.people.remove(member)
    return UUID(intro).hex, await running.front.window(one), await running.front.window(other)


async def _says_and_sees(window: Window, text: str) -> Shown:
    await window.says(text)
    return (await window.messages())[-1]


async def _own_offer(window: Window) -> str:
    return (await window.with_button("intro_yes")).id


@needs_chromium
async def test_names_profiles_and_messages_stand_there_as_typed(running: Running) -> None:
    roster = f"id,name,organisation,sector,needs\nx1,{NASTY},{NASTY} A/S,business,{NASTY}\n"
    olga = await running.front.window()
    file = {"name": "<img src=x>.csv", "type": "text/csv", "content": b64encode(roster.encode()).decode()}
    assert (await olga.submits(encode_action(BringRoster()), {"file": file})).json() == {"outcome": "done"}
    member = await running.somebody()
    profile = {
        "name": [NASTY],
        "organisation": [NASTY],
        "sector": ["business"],
        "themes": [NASTY],
        "offers": [NASTY, "[et link](javascript:alert(1))"],
        "language": ["da"],
        "intros_per_round": ["1"],
    }
    general = await running.general(member)
    assert (await member.submits(encode_action(EditProfile()), profile)).json() == {"outcome": "done"}
    assert (await member.says("/profil vis")).json() == {"outcome": "done"}
    assert (await member.says(NASTY, place=general)).json() == {"outcome": "done"}
    assert (await member.says(f"/{NASTY}")).json()["outcome"] == "sorry"
    async with chromium() as browser:
        page = await browser.new_page()
        troubles = _watch(page)
        for address, times in ((member.place, 4), (general, 1), (f"/choose?find=x1 {NASTY[:8]}", 0), ("/choose", 2)):
            await page.goto(running.house.address + address)
            shown = page.get_by_text(NASTY)
            if times:
                await expect(shown.first).to_be_visible()
                assert await shown.count() >= times
            assert await page.locator("script:not([src]):not([type='application/json'])").count() == 0
            assert await page.locator(".messages b, .people b b", has_text=re.compile("^fed$")).count() == 0
            assert await page.locator("a[href^='javascript:']").count() == 0
        await page.goto(running.house.address + member.place)
        await page.locator("#switcher").click()
        await expect(page.get_by_role("dialog").get_by_text(NASTY).first).to_be_visible()
        assert troubles == []


def _watch(page: Page) -> list[str]:
    """Scripts that ran or failed, and whatever the content policy stopped."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("dialog", lambda dialog: troubles.append(f"a dialog: {dialog.message}"))
    return troubles
