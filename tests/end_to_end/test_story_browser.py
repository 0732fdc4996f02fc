"""The whole story in a real browser: from an academy, or a roster file, to two people in a room together."""

import re
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.adapters.browsing import chromium
from tests.end_to_end.houses import brobygger, database, demo, needs_chromium

pytestmark = needs_chromium
expect.set_options(timeout=20_000)  # a busy machine is slow; nothing here is about speed

YES = re.compile("Ja, introducér os|Yes, introduce us|Accept")
JOINED = re.compile("du er med|you're in", re.IGNORECASE)
JOIN = re.compile("^(Ja|Yes)")

ROSTER = """\
Id;Navn;Organisation;Sektor;Temaer;Behov;Tilbud;Sprog
1;Åse Ørsted-Prøve;Fiktivby Kommune;kommune;ensomhed|ældre;lokaler;data|adgang til borgere;da
2;Bo <b>Testesen</b>;Foreningen Prøvebænken;civilsamfund;ensomhed;data;lokaler|frivillige;da
3;Carla Eksempel;Eksempelfonden;fond;unge;frivillige;penge;en
4;Dan Opdigtet;Opfundet ApS;erhvervsliv;unge|sundhed;adgang til borgere;premises;da
"""


async def test_a_newcomer_follows_the_guide_to_the_first_introduction(tmp_path: Path) -> None:
    async with demo(tmp_path) as house, chromium() as browser:
        page = await browser.new_page()
        troubles = _watch(page)
        await page.goto(house.address)
        await page.locator(".guide").get_by_role("button", name=re.compile("Planlæg runden|Plan the round")).click()
        await _send_the_round(page)
        for done in (2, 3):
            await expect(page.locator(".guide li.done")).to_have_count(done)
            async with page.expect_navigation():
                await page.locator(".guide .next button").click()
            await expect(page.locator(".message").get_by_role("button", name=YES)).to_have_count(1)
            await page.locator(".message").get_by_role("button", name=YES).last.click()
        await expect(page.locator(".guide")).to_contain_text(re.compile("Der er bygget bro|A bridge is built"))
        await page.get_by_role("navigation").locator("a[data-conversation]").last.click()
        opening = page.locator(".message").first
        await expect(opening.get_by_role("listitem").nth(2)).to_be_visible()
        async with page.expect_download() as waiting:
            await opening.get_by_role("button").first.click()
            await page.locator("a.file").last.click()
        calendar = Path(await (await waiting.value).path()).read_text(encoding="utf-8")
        assert calendar.startswith("BEGIN:VCALENDAR")
        assert "BEGIN:VTIMEZONE" in calendar
        assert troubles == []


async def test_an_organiser_brings_a_roster_and_two_of_its_members_meet(tmp_path: Path) -> None:
    (tmp_path / "members.csv").write_text(ROSTER, encoding="utf-8-sig")
    imported = brobygger(tmp_path, "members", "import", "members.csv", DATABASE_URL=database(tmp_path))
    assert (imported.returncode, imported.stderr.strip()) == (0, "4 added, 0 changed, 0 as before.")
    async with demo(tmp_path) as house, chromium() as browser:
        organiser = await browser.new_page()
        troubles = _watch(organiser)
        await organiser.goto(house.address)
        await expect(organiser.get_by_role("navigation")).to_contain_text("Åse Ørsted-Prøve")
        await _type(organiser, "/akademi inviter")
        await (
            organiser.locator(".message")
            .get_by_role("button", name=re.compile("invitation", re.IGNORECASE))
            .first.click()
        )
        windows: list[Page] = [organiser]
        for name in ("Bo <b>Testesen</b>", "Carla Eksempel", "Dan Opdigtet"):
            windows.append(await _window_of(browser, house.address, name))  # noqa: PERF401 - one after the other
        for window in windows:
            await window.locator(".message").get_by_role("button", name=JOIN).last.click()
            await expect(window.locator(".message .card.good").last).to_contain_text(JOINED)
        await _type(organiser, "/match runde")
        await _send_the_round(organiser)
        for window in windows:
            await window.locator(".message").get_by_role("button", name=YES).last.click()
        for window in windows:
            room = window.get_by_role("navigation").locator("a[data-conversation]").last
            await expect(room).to_contain_text(" og ")
            await room.click()
            await expect(window.locator(".message").first).to_be_visible()
        assert await windows[1].locator(".card b, .card strong", has_text=re.compile("^Testesen$")).count() == 0
        assert troubles == []


async def _window_of(browser: Browser, address: str, name: str) -> Page:
    page = await browser.new_page()
    await page.goto(f"{address}/choose")
    await page.get_by_role("link").filter(has_text=name).click()
    await expect(page.locator(".message").last).to_be_visible()
    return page


async def _type(page: Page, text: str) -> None:
    await page.get_by_role("combobox").first.fill(text)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def _send_the_round(page: Page) -> None:
    await page.locator(".message").get_by_role("button", name="Send", exact=True).last.click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Send").click()
    await expect(dialog).to_have_count(0)


def _watch(page: Page) -> list[str]:
    """What the browser complains about: errors in scripts, and whatever the content policy stops."""
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    return troubles


async def test_an_organiser_looks_at_an_announcement_sends_it_and_sees_who_got_it(tmp_path: Path) -> None:
    async with demo(tmp_path) as house, chromium() as browser:
        page = await browser.new_page()
        troubles = _watch(page)
        await page.goto(house.address)
        await page.locator("[data-guide-away]").click()
        await _type(page, '/opslag ny "**Vi ses** på torsdag" til:"sektor:fond, #fælles" hvornår:"om 6 sekunder"')
        shown = page.locator(".message").last
        await expect(shown.locator("strong, b", has_text=re.compile("^Vi ses$"))).to_have_count(1)
        await expect(shown).to_contain_text("bliver lagt i #fælles")
        await shown.get_by_role("button", name="Planlæg", exact=True).click()
        gone = page.locator(".message", has_text="Det er sendt").first
        await expect(gone).to_contain_text("kom frem")
        await gone.get_by_role("button", name="Hvordan det går").click()
        ledger = page.locator(".message", has_text="Sendt").first
        await expect(ledger).to_contain_text("sektoren fond og #fælles")
        await expect(ledger.get_by_role("button", name="Ret det")).to_be_visible()
        await page.get_by_role("navigation").get_by_role("link", name=re.compile("fælles")).click()
        await expect(page.locator(".message").last).to_contain_text("Vi ses på torsdag")
        assert troubles == []
