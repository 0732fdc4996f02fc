"""Makes the README's pictures from the running demo: ``make readme-screens``. Needs Chromium."""

import asyncio
import re
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, expect

from tests.adapters.browsing import CHROMIUM, chromium
from tests.end_to_end.houses import demo

IMAGES = Path(__file__).parents[2] / "docs" / "images"
_YES = re.compile("Ja, introducér os|Yes, introduce us")


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=20_000)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as house, chromium() as browser:
            page = await browser.new_page(viewport={"width": 1180, "height": 900}, device_scale_factor=1)
            await page.goto(house.address)
            await page.locator(".guide .next button").click()
            send = page.locator(".message").get_by_role("button", name="Send", exact=True).last
            await send.click()
            await page.get_by_role("dialog").get_by_role("button", name="Send").click()
            await expect(page.locator(".guide li.done")).to_have_count(2)
            await expect(page.locator(".message").get_by_role("button", name=_YES)).to_have_count(1)
            await page.locator("[data-guide-away]").click()
            await page.locator(".message").last.scroll_into_view_if_needed()
            await page.screenshot(path=IMAGES / "offer.png")
            await page.locator(".message").get_by_role("button", name=_YES).last.click()
            page = await browser.new_page(viewport={"width": 1180, "height": 900}, device_scale_factor=1)
            await page.goto(house.address)
            async with page.expect_navigation():
                await page.locator(".guide .next button").click()
            await page.locator(".message").get_by_role("button", name=_YES).last.click()
            rooms = page.get_by_role("navigation").locator("a[data-conversation]")
            await expect(rooms).to_have_count(5)
            await rooms.last.click()
            await expect(page.locator(".message")).to_have_count(1)
            await page.locator("[data-guide-away]").click()
            await page.screenshot(path=IMAGES / "workspace.png")
            await _note(page, house.address)


async def _note(page: Page, address: str) -> None:
    """The draft of a case note in the channel that it was made of, and the bank that it may come into."""
    await page.emulate_media(reduced_motion="reduce")
    await page.get_by_role("navigation").locator("a[data-conversation]", has_text="boliger til unge").click()
    await expect(page.locator("h1", has_text="boliger til unge")).to_be_visible()
    await page.locator("#main-text").fill('/notat lav siden:"1. november"')
    await page.locator("#main-text").press("Enter")
    await expect(page.locator(".message").get_by_role("button", name="Udgiv …")).to_have_count(1)
    await page.screenshot(path=IMAGES / "note.png")
    await page.goto(f"{address.rstrip('/')}/bank?language=da&q=ensomhed")
    await page.screenshot(path=IMAGES / "bank.png")


if __name__ == "__main__":
    if CHROMIUM is None:
        sys.exit("Chromium is needed for the pictures; on Debian: apt-get install chromium")
    asyncio.run(main())
