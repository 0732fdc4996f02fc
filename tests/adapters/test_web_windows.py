"""Several windows, several people, small screens, lost lines: the local workspace in a real browser."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, expect

from adapters.web.spots import Spot
from bot.messages.elements import Card, Paragraph
from bot.messages.text import plain
from bot.words import Languages
from tests.adapters.browsing import CHROMIUM, WHY_NOT, Watched, chromium, window
from tests.adapters.web_academy import open_academy, serving
from tests.adapters.web_scene import Scene
from tests.gallery import NASTY, everything

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT),
]

expect.set_options(timeout=15_000)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncGenerator[Browser, None]:
    async with chromium() as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def scene(browser: Browser, languages: Languages) -> AsyncGenerator[Scene, None]:
    academy = await open_academy(languages)
    async with serving(academy) as url:
        yield Scene(academy, browser, url)


async def test_unread_marks_follow_in_every_window(scene: Scene) -> None:
    place = await scene.academy.general()
    async with (
        window(scene.browser, await scene.general()) as anna,
        window(scene.browser, scene.home("bo")) as bo,
        window(scene.browser, scene.home("bo")) as bos_other,
    ):
        await expect(bo.unread(place)).to_be_hidden()
        await anna.send("One")
        await anna.send("Two")
        for one in (bo, bos_other):
            await expect(one.unread(place)).to_contain_text("2")
            await expect(one.page).to_have_title("(2) Brobygger · Akademiet")
        await bo.page.get_by_role("link", name="general").click()
        await expect(bo.messages()).to_have_count(2)
        for one in (bo, bos_other):
            await expect(one.unread(place)).to_be_hidden()
            await expect(one.page).not_to_have_title("(2) Brobygger · Akademiet")
        await expect(anna.unread(place)).to_be_hidden()


async def test_a_thread_is_answered_beside_the_conversation(scene: Scene) -> None:
    async with (
        window(scene.browser, await scene.general()) as anna,
        window(scene.browser, await scene.general("bo")) as bo,
    ):
        await anna.send("Who has rooms?")
        await bo.messages().last.hover()
        await bo.page.get_by_role("link", name="Reply in thread").click()
        panel = bo.page.get_by_role("complementary", name="Thread")
        await expect(panel.locator(".message")).to_contain_text(["Who has rooms?"])
        await expect(panel.get_by_role("combobox")).to_be_focused()
        await bo.page.keyboard.type("We have")
        await bo.page.keyboard.press("Enter")
        await expect(panel.locator(".message")).to_contain_text(["Who has rooms?", "We have"])
        await expect(anna.page.get_by_role("link", name="1 reply")).to_be_visible()
        await expect(anna.messages()).to_have_count(1)
        await bo.page.keyboard.press("Escape")
        await expect(panel).to_be_hidden()
        await anna.page.get_by_role("link", name="1 reply").click()
        await expect(anna.page.locator("#thread .message")).to_contain_text(["Who has rooms?", "We have"])


async def test_danish_and_english_light_and_dark(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        root = anna.page.locator("html")
        await anna.page.get_by_role("link", name="Dansk").click()
        await expect(root).to_have_attribute("lang", "da")
        await expect(anna.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
        await anna.type("/pr")
        await expect(anna.page.locator("#main-list .what")).to_have_text(["/prøv"])
        await anna.page.keyboard.press("Escape")
        before = await anna.page.evaluate("getComputedStyle(document.body).backgroundColor")
        await anna.page.get_by_role("button", name="Lyst eller mørkt").click()
        await expect(root).to_have_attribute("data-theme", "dark")
        assert await anna.page.evaluate("getComputedStyle(document.body).backgroundColor") != before
        await anna.page.reload()
        await expect(root).to_have_attribute("data-theme", "dark")
        await expect(root).to_have_attribute("lang", "da")
        await expect(anna.composer()).to_have_value("/pr")


async def test_what_is_typed_before_the_page_is_ready_stays(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        ready = asyncio.Event()

        async def late(route: Route) -> None:
            await ready.wait()
            await route.continue_()

        await anna.page.route("**/static/main.js", late)
        await anna.page.goto(scene.home(), wait_until="commit")
        await anna.type("/tr")
        ready.set()
        await expect(anna.page.locator("#main-list .what")).to_have_text(["/try"])
        await expect(anna.composer()).to_have_value("/tr")


async def test_one_window_becomes_somebody_else_and_a_second_is_another_person(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.page.get_by_role("button", name="Be somebody else").click()
        people = anna.page.get_by_role("dialog", name="Be somebody else")
        await expect(people.get_by_role("searchbox")).to_be_focused()
        await expect(people.get_by_text("organiser")).to_be_visible()
        await anna.page.keyboard.type("venner")
        await expect(people.get_by_role("listitem")).to_have_count(1)
        await anna.page.keyboard.press("Enter")
        await expect(anna.page.get_by_role("button", name="You are Bo Dahl")).to_be_visible()
        other = await anna.page.context.new_page()
        await other.goto(scene.home("carla"))
        await expect(other.locator("#switcher")).to_contain_text("Carla Østergaard")
        await expect(anna.page.locator("#switcher")).to_contain_text("Bo Dahl")


async def test_a_small_screen_has_room_for_everything(scene: Scene) -> None:
    place = await scene.academy.general()
    for number, text in enumerate(NASTY):
        await scene.academy.say(scene.academy.bo, place, text)
        await scene.academy.chat.post(Spot(place).address(), Card(text, everything(text)), f"k{number}")
    for width in (360, 640, 1000):
        async with window(scene.browser, await scene.general(), width, 640) as anna:
            assert await _overflow(anna) == []
            if width == 360:
                await expect(anna.page.get_by_role("link", name="general")).to_be_hidden()
                await anna.page.get_by_role("button", name="Show conversations").click()
                await expect(anna.page.get_by_role("link", name="general")).to_be_focused()
                await anna.page.keyboard.press("Escape")
                await expect(anna.page.get_by_role("link", name="general")).to_be_hidden()
                await anna.send("/try form")
                await expect(anna.page.get_by_role("dialog", name="Who are you?")).to_be_visible()
                assert await _overflow(anna) == []


async def test_at_twice_the_size_one_can_still_read_and_write(scene: Scene) -> None:
    async with window(scene.browser, await scene.general(), 640, 400) as anna:
        await anna.send("Hello")
        await expect(anna.messages().last).to_be_in_viewport(ratio=1)
        await expect(anna.composer()).to_be_in_viewport(ratio=1)


async def _overflow(one: Watched) -> list[str]:
    """What reaches beyond the window's edge, except in what scrolls by itself."""
    found: list[str] = await one.page.evaluate(
        """() => [...document.body.querySelectorAll("*")].filter((node) => {
            const box = node.getBoundingClientRect();
            const hidden = node.closest(".unseen, .sidebar:not(.open), .scroll, .meta, option, svg") || !box.width;
            return !hidden && (box.right > innerWidth + 1 || box.left < -1);
        }).map((node) => node.outerHTML.slice(0, 120))
            .concat(document.documentElement.scrollWidth > innerWidth ? ["page"] : [])"""
    )
    return found


async def test_what_people_type_does_nothing_but_stand_there(scene: Scene) -> None:
    async with (
        window(scene.browser, await scene.general()) as anna,
        window(scene.browser, await scene.general("bo")) as bo,
    ):
        for text in NASTY[:6]:
            await anna.send(text)
            await anna.send(f"/echo {text}")
        await expect(bo.messages()).to_have_count(12)
        await expect(bo.messages().first).to_contain_text("<script>alert(1)</script>")
        assert await bo.page.evaluate("document.querySelectorAll('.messages script, .messages img').length") == 0


async def test_too_long_a_text_is_kept_in_the_composer(scene: Scene) -> None:
    async with window(scene.browser, await scene.general()) as anna:
        await anna.composer().fill("x" * 9_000)
        await anna.page.keyboard.press("Enter")
        await expect(anna.page.locator("#main .composer .answer")).to_contain_text("too long")
        await expect(anna.composer()).to_have_value("x" * 9_000)
        await expect(anna.messages()).to_have_count(0)


async def test_a_lost_connection_is_said_and_what_was_missed_comes(scene: Scene) -> None:
    place = await scene.academy.general()
    async with window(scene.browser, await scene.general(), accept="ERR_") as anna:
        await expect(anna.messages()).to_have_count(0)
        await anna.page.context.set_offline(True)
        await anna.composer().fill("Typed while away")
        await anna.page.keyboard.press("Enter")
        await expect(anna.page.locator("#main .composer .answer")).to_contain_text("did not get through")
        await expect(anna.composer()).to_have_value("Typed while away")
        await anna.page.context.set_offline(False)
        await scene.academy.say(scene.academy.bo, place, "Are you there?")
        await anna.page.keyboard.press("Enter")
        await expect(anna.messages()).to_contain_text(["Are you there?", "Typed while away"])


async def test_an_erased_member_s_window_says_so(scene: Scene) -> None:
    async with window(scene.browser, scene.home("bo"), accept="410") as bo:
        await expect(bo.composer()).to_be_visible()
        async with scene.academy.front.units(scene.academy.front.workspace.id) as work:
            await work.members.forget(scene.academy.bo.id, scene.academy.front.clock.now())
            await work.commit()
        await bo.send("/help")
        await expect(bo.page.get_by_role("heading", level=1)).to_have_text("Det medlem er ikke med længere")
        await bo.page.get_by_role("link", name="Vær en anden").click()
        await expect(bo.page.get_by_role("link", name="Anna Lund")).to_be_visible()


async def test_who_leaves_is_gone_from_every_window(scene: Scene) -> None:
    async with (
        window(scene.browser, await scene.general("bo"), accept="410") as bo,
        window(scene.browser, scene.home("bo"), accept="410") as bos_other,
        window(scene.browser, await scene.general()) as anna,
    ):
        await bo.send("I was here")
        await expect(anna.messages()).to_contain_text(["I was here"])
        await anna.type("A word half typed")
        await bo.send("/leave")
        for one in (bo, bos_other):
            await expect(one.page.get_by_role("heading", level=1)).to_have_text("Det medlem er ikke med længere")
        await expect(anna.messages()).to_have_count(0)
        await expect(anna.composer()).to_have_value("A word half typed")
        await expect(anna.composer()).to_be_focused()


async def test_earlier_messages_come_when_asked_for(scene: Scene) -> None:
    place = await scene.academy.general()
    for number in range(70):
        await scene.academy.say(scene.academy.bo, place, f"line {number}")
    async with window(scene.browser, await scene.general()) as anna:
        await expect(anna.messages()).to_have_count(60)
        await anna.page.get_by_role("link", name="Show earlier messages").click()
        await expect(anna.messages()).to_have_count(70)
        await expect(anna.page.locator("#list .day")).to_have_count(1)


async def test_a_quiet_card_stands_in_the_conversation_with_the_bot(scene: Scene) -> None:
    async with window(scene.browser, scene.home("carla")) as carla:
        await expect(carla.page.locator(".empty")).to_be_visible()
        address = await scene.academy.chat.direct(scene.academy.carla.accounts[0])
        await scene.academy.chat.post(address, Card("Goddag", (Paragraph(plain("Goddag, Carla")),)), "k")
        await expect(carla.messages().last).to_contain_text("Goddag, Carla")
        await expect(carla.page.locator("#announcer")).to_contain_text("Brobygger: Goddag")
