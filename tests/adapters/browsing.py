"""A real browser for the tests of the pages: Debian's Chromium, kept from calling home."""

import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, async_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WHY_NOT = "there is no Chromium on this machine (Debian: apt-get install chromium)"
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)
_WAIT = 15_000  # milliseconds: how long something may take before a test gives up


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser, None]:
    """A headless Chromium."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(_ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass(slots=True)
class Watched:
    """A window, and everything that its browser complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list[str])

    def composer(self) -> Locator:
        return self.page.locator("#main-text")

    def messages(self) -> Locator:
        return self.page.locator("#list .message")

    def unread(self, conversation: object) -> Locator:
        return self.page.locator(f'#conversations a[data-conversation="{conversation}"] .count')

    async def type(self, text: str) -> None:
        """Types key by key, as a person does."""
        await self.composer().click()
        await self.page.keyboard.type(text)

    async def send(self, text: str) -> None:
        await self.composer().fill(text)
        await self.page.keyboard.press("Escape")
        await self.page.keyboard.press("Enter")


@asynccontextmanager
async def window(
    browser: Browser, url: str, width: int = 1280, height: int = 800, *, dark: bool = False, accept: str = ""
) -> AsyncGenerator[Watched, None]:
    """A window of its own (its own cookies too) at an address. Complaints that hold ``accept`` are expected."""
    context = await browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce"
    )
    context.set_default_timeout(_WAIT)
    page = await context.new_page()
    watched = Watched(page)

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not (accept and accept in message.text):
            watched.complaints.append(message.text)

    def thrown(error: Error) -> None:
        watched.complaints.append(str(error))

    page.on("console", heard)
    page.on("pageerror", thrown)
    try:
        await page.goto(url)
        yield watched
    finally:
        await context.close()
    assert watched.complaints == []
