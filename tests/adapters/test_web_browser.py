"""The local workspace as people meet it: in a real browser, by keyboard, in two windows, on a small screen."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from bot.words import Languages
from tests.adapters.browsing import CHROMIUM, WHY_NOT, chromium, window
from tests.adapters.web_academy import open_academy, serving
from tests.adapters.web_scene import Scene

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


async def test_a_command_is_completed_by_keyboard_alone(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await expect(anna.page.locator(".empty")).to_be_visible()
        await anna.type("/t")
        option = anna.page.locator("#main-list [role=option]")
        await expect(option).to_have_count(1)
        await expect(anna.composer()).to_have_attribute("aria-expanded", "true")
        await expect(anna.composer()).to_have_attribute("aria-activedescendant", "main-list-0")
        await anna.page.keyboard.press("Enter")
        await expect(anna.composer()).to_have_value("/try ")
        await anna.page.keyboard.type("klok")
        await expect(option).to_have_text(["bell" + "Yes"])
        await anna.page.keyboard.press("Tab")
        await expect(anna.composer()).to_have_value("/try bell ")
        await anna.page.keyboard.press("Enter")
        await expect(anna.messages()).to_contain_text(["The bell rang 0 times"])
        await expect(anna.page.locator(".empty")).to_be_hidden()


async def test_options_choices_and_people_are_offered(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.type("/try whisper ")
        options = anna.page.locator("#main-list [role=option] .what")
        await expect(options).to_have_text(["red", "blue", "colour:", "who:", "text:"])
        await anna.page.keyboard.type("colour:bl")
        await expect(options).to_have_text(["blue"])
        await anna.page.keyboard.press("Enter")
        await anna.page.keyboard.type("øster")
        await expect(options).to_have_text(["Carla Østergaard"])
        await anna.page.keyboard.press("Enter")
        await expect(anna.composer()).to_have_value('/try whisper colour:blue "Carla Østergaard" ')
        await anna.page.keyboard.type("hello")
        await anna.page.keyboard.press("Escape")
        await anna.page.keyboard.press("Enter")
        await expect(anna.messages().last).to_contain_text("hello")
        await expect(anna.composer()).to_have_value("")
        await anna.page.keyboard.press("ArrowUp")
        await expect(anna.composer()).to_have_value('/try whisper colour:blue "Carla Østergaard" hello')


async def test_what_was_not_understood_stays_to_be_put_right(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.send("/tru bell")
        await expect(anna.messages().last).to_contain_text("Did you mean /try?")
        await expect(anna.composer()).to_have_value("/tru bell")


async def test_a_form_says_what_to_change_and_keeps_the_rest(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.send("/try form")
        dialog = anna.page.get_by_role("dialog", name="Who are you?")
        await expect(dialog).to_be_visible()
        await expect(dialog.get_by_label("Name")).to_be_focused()
        await dialog.get_by_label("Name").fill("x" * 41)
        await dialog.get_by_label("Story").fill("<script>alert(1)</script>")
        await dialog.get_by_role("combobox", name="Needs").focus()
        await anna.page.keyboard.type("prem")
        await anna.page.keyboard.press("Enter")
        await anna.page.keyboard.type("a bus")
        await anna.page.keyboard.press("Enter")
        await expect(dialog.locator(".chip")).to_contain_text(["time", "premises", "a bus"])
        await dialog.get_by_label("Tuesday").check()
        await dialog.get_by_role("combobox", name="Friend").fill("byens")
        await expect(dialog.get_by_role("option")).to_have_count(1)
        await anna.page.keyboard.press("Enter")
        await expect(dialog.get_by_role("combobox", name="Friend")).to_have_value("Bo Dahl")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_label("Name")).to_have_attribute("aria-invalid", "true")
        await expect(dialog.get_by_text("41 characters")).to_be_visible()
        await expect(dialog.get_by_text("Please choose one.")).to_be_visible()
        await expect(dialog.get_by_label("Name")).to_be_focused()
        await expect(dialog.get_by_label("Story")).to_have_value("<script>alert(1)</script>")
        await dialog.get_by_label("Name").fill("Anna")
        await dialog.get_by_label("Business").check()
        await dialog.get_by_label("Until").fill("2026-04-01")
        await anna.page.keyboard.press("Enter")
        await expect(dialog).to_be_hidden()
        await expect(anna.messages().last).to_contain_text("Saved Anna / ('time', 'premises', 'a bus')")
        await expect(anna.messages().last).to_contain_text(str(scene.academy.bo.id))


async def test_a_press_changes_the_card_in_both_windows_without_loading(scene: Scene) -> None:
    address = await scene.general("bo")
    async with (
        window(scene.browser, await scene.general()) as anna,
        window(scene.browser, address) as bo,
    ):
        await anna.send("/try bell")
        await bo.page.get_by_role("button", name="Ring the bell").click()
        for one in (anna, bo):
            await expect(one.messages().last).to_contain_text("The bell rang 1 times")
        await anna.page.get_by_role("button", name="Take it down").click()
        question = anna.page.get_by_role("dialog", name="Take it down?")
        await expect(question).to_contain_text("It is gone then.")
        await question.get_by_role("button", name="No").click()
        await expect(question).to_be_hidden()
        await expect(bo.messages().last).to_contain_text("The bell rang 1 times")
        await anna.page.get_by_role("button", name="Take it down").click()
        await question.get_by_role("button", name="Yes").click()
        for one in (anna, bo):
            await expect(one.messages().last).to_contain_text("The bell is gone")


async def test_two_quick_clicks_are_one_press(scene: Scene) -> None:
    async with window(scene.browser, await scene.general()) as anna:
        await anna.send("/try bell")
        await anna.page.get_by_role("button", name="Ring the bell").dblclick()
        await expect(anna.messages().last).to_contain_text("The bell rang 1 times")
        await expect(anna.page.get_by_role("button", name="Ring the bell")).not_to_have_attribute("aria-busy", "true")
        await expect(anna.messages().last).to_contain_text("The bell rang 1 times")


async def test_the_second_click_of_two_is_none_where_the_answer_came_in_between(scene: Scene) -> None:
    async with window(scene.browser, await scene.general()) as anna:
        await anna.send("/try bell")
        bell = anna.page.get_by_role("button", name="Ring the bell")
        await bell.click(click_count=1)
        await expect(anna.messages().last).to_contain_text("The bell rang 1 times")
        await bell.evaluate("bell => bell.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 }))")
        await expect(bell).not_to_have_attribute("aria-busy", "true")
        await expect(anna.messages().last).to_contain_text("The bell rang 1 times")
        await asyncio.sleep(0.5)
        await bell.click()
        await expect(anna.messages().last).to_contain_text("The bell rang 2 times")


async def test_a_file_is_sent_with_a_form(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.send("/try form")
        dialog = anna.page.get_by_role("dialog", name="Who are you?")
        await dialog.get_by_label("Name").fill("Anna")
        await dialog.get_by_label("Art").check()
        roster = dialog.get_by_label("Roster")
        await roster.set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": b"x" * 2000})
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.locator(".field.wrong .problem")).to_contain_text("too long")
        await roster.set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": "navn;sektor;Æ".encode()})
        await dialog.get_by_role("button", name="Save").click()
        await expect(anna.messages().last).to_contain_text("navn;sektor;Æ")


async def test_what_failed_is_said_under_the_button(scene: Scene) -> None:
    async with window(scene.browser, await scene.general()) as anna:
        await anna.send("/try bell")
        await anna.page.get_by_role("button", name="Break it").click()
        await expect(anna.messages().last.get_by_role("alert")).to_contain_text("nothing was changed")
        await expect(anna.page.get_by_role("button", name="Break it")).not_to_have_attribute("aria-busy", "true")


async def test_a_choice_in_a_card(scene: Scene) -> None:
    async with window(scene.browser, scene.home()) as anna:
        await anna.send("/try menu")
        await anna.page.get_by_label("One fruit").select_option("pear")
        await anna.page.get_by_role("button", name="Choose", exact=True).click()
        await expect(anna.messages().last).to_contain_text("You chose pear")
        await expect(anna.page.get_by_role("img", name="A dot")).to_have_js_property("naturalWidth", 1)
