"""The pages for everybody: names, landmarks, order of focus, and contrast computed as the guidelines say."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from adapters.web.app import STATIC
from adapters.web.spots import Spot
from bot.messages.elements import Card
from bot.words import Languages
from tests.adapters.browsing import CHROMIUM, WHY_NOT, chromium, window
from tests.adapters.web_academy import open_academy, serving
from tests.gallery import everything

ENOUGH = 4.5
browsing = pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT)

# Text on its ground, as the style sheets use them.
PAIRS = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "side"),
    ("ink", "side-hover"),
    ("ink", "side-current"),
    ("ink", "tint"),
    ("ink", "code"),
    ("soft", "paper"),
    ("soft", "raised"),
    ("soft", "side"),
    ("soft", "side-hover"),
    ("soft", "tint"),
    ("link", "paper"),
    ("link", "raised"),
    ("link", "tint"),
    ("on-deep", "deep"),
    ("on-deep", "deep-hover"),
    ("good", "tint"),
    ("ask", "ask-tint"),
    ("warn", "paper"),
    ("warn", "raised"),
    ("warn", "warn-tint"),
    ("paper", "warn"),
    ("on-count", "count"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    """The colours of each theme by name."""
    text = (STATIC / "colours.css").read_text()
    blocks = {"light": text.split(":root {")[1], "dark": text.split(':root[data-theme="dark"] {')[1]}
    return {
        name: dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block.split("}")[0])) for name, block in blocks.items()
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(theme: str, text: str, ground: str) -> None:
    colours = themes()[theme]
    assert contrast(colours[text], colours[ground]) >= ENOUGH


def test_initials_can_be_read_on_every_members_colour() -> None:
    tones = re.findall(r"\.tone-\d+ { background: (#[0-9a-f]{6}); }", (STATIC / "colours.css").read_text())
    assert len(tones) == 12
    assert [tone for tone in tones if contrast("#ffffff", tone) < ENOUGH] == []


def test_dark_by_choice_and_dark_by_system_are_the_same() -> None:
    text = (STATIC / "colours.css").read_text()
    by_system = re.findall(r"--[a-z-]+: [^;]+;", text.split("prefers-color-scheme: dark")[1].split("}")[0])
    by_choice = re.findall(r"--[a-z-]+: [^;]+;", text.split(':root[data-theme="dark"] {')[1].split("}")[0])
    assert by_system == by_choice


def test_scripts_never_read_text_as_markup() -> None:
    banned = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        'setAttribute("on',
    )
    found = [
        f"{file.name}: {word}"
        for file in sorted(Path(STATIC).glob("*.js"))
        for word in banned
        if word in file.read_text()
    ]
    assert found == []


def test_nothing_is_fetched_from_another_host() -> None:
    for file in STATIC.iterdir():
        text = file.read_text()
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", text), file.name
        assert "@import" not in text


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncGenerator[Browser, None]:
    async with chromium() as running:
        yield running


NAMELESS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), select, textarea, [role]")]
    .filter((node) => node.offsetParent !== null || node === document.activeElement)
    .filter((node) => !["presentation", "none", "alert", "status"].includes(node.getAttribute("role")))
    .filter((node) => {
        const ids = (node.getAttribute("aria-labelledby") || "").split(" ");
        const by = ids.map((id) => document.getElementById(id)?.textContent || "").join("");
        const label = [...(node.labels || [])].map((one) => one.textContent).join("");
        const name = node.getAttribute("aria-label") || by || label || node.textContent || node.title;
        return !name.trim();
    }).map((node) => node.outerHTML.slice(0, 150))"""
DOUBLED = """() => {
    const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place);
}"""
DANGLING = """() => ["aria-controls", "aria-labelledby", "aria-describedby", "for"].flatMap((name) =>
    [...document.querySelectorAll(`[${name}]`)].flatMap((node) => node.getAttribute(name).trim().split(/\\s+/))
        .filter((id) => !document.getElementById(id)))"""


@browsing
@pytest.mark.asyncio(loop_scope="module")
async def test_every_control_has_a_name_and_every_part_its_place(browser: Browser, languages: Languages) -> None:
    academy = await open_academy(languages)
    place = await academy.general()
    root = await academy.say(academy.bo, place, "Hello")
    await academy.chat.say(academy.anna, Spot(place, root), "Hello, Bo", "k1")
    await academy.chat.post(Spot(place).address(), Card("All", everything("Some words")), "k2")
    async with (
        serving(academy) as url,
        window(browser, f"{url}/as/{academy.anna.id}/c/{place}?thread={root}") as anna,
    ):
        await expect(anna.messages()).to_have_count(2)
        for role in ("navigation", "main", "complementary"):
            await expect(anna.page.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]  # three of its literals
        await expect(anna.page.locator("h1")).to_have_count(1)
        for opens in ("", "/try form", "people"):
            if opens == "people":
                await anna.page.keyboard.press("Escape")
                await anna.page.locator("#switcher").click()
                await expect(anna.page.locator(".people li")).to_have_count(3)
            elif opens:
                await anna.send(opens)
                await expect(anna.page.locator("#form")).to_be_visible()
            assert await anna.page.evaluate(NAMELESS) == []
            assert await anna.page.evaluate(DOUBLED) == []
            assert await anna.page.evaluate(DANGLING) == []


@browsing
@pytest.mark.asyncio(loop_scope="module")
async def test_the_keyboard_reaches_everything_and_is_seen(browser: Browser, languages: Languages) -> None:
    academy = await open_academy(languages)
    async with serving(academy) as url, window(browser, f"{url}/as/{academy.anna.id}") as anna:
        await expect(anna.composer()).to_be_visible()
        await anna.page.keyboard.press("Tab")
        await expect(anna.page.get_by_role("link", name="Skip to the messages")).to_be_focused()
        reached: set[str] = set()
        for _ in range(25):
            await anna.page.keyboard.press("Tab")
            name, outline = await anna.page.evaluate(
                """() => {
                    const node = document.activeElement, style = getComputedStyle(node);
                    const shadow = getComputedStyle(node.closest(".box") ?? node).boxShadow;
                    const ring = style.outlineStyle !== "none" || shadow !== "none" || node === document.body;
                    return [node.id || node.dataset.conversation || node.className || node.tagName, ring];
                }"""
            )
            reached.add(str(name))
            assert outline, name
        assert {"switcher", "theme", "main-text", "send", str(await academy.general())} <= reached
