"""The same form open in two windows of a real browser: the second one is told what the first one changed."""

from pathlib import Path

from playwright.async_api import Locator, expect

from tests.adapters.browsing import Watched, chromium, window
from tests.end_to_end.houses import demo, needs_chromium

pytestmark = needs_chromium
expect.set_options(timeout=20_000)  # a busy machine is slow; nothing here is about speed


async def test_what_another_window_changed_is_told_and_nothing_typed_is_lost(tmp_path: Path) -> None:
    async with (
        demo(tmp_path) as house,
        chromium() as browser,
        window(browser, house.address) as first,
        window(browser, house.address) as second,
    ):
        mine, theirs = await _profile(first), await _profile(second)
        await mine.get_by_label("Organisation").fill("Den nye forening")
        await mine.get_by_role("button", name="Gem").click()
        await expect(first.messages().last).to_contain_text("Gemt, tak.")

        await theirs.get_by_label("Organisation").fill("Den anden forening")
        await theirs.get_by_role("button", name="Gem").click()
        problem = theirs.locator("[data-field=organisation] .problem")
        await expect(problem).to_contain_text("nu står der: Den nye forening")
        await expect(theirs.get_by_label("Organisation")).to_have_value("Den anden forening")
        await theirs.get_by_role("button", name="Gem").click()
        await expect(theirs).to_have_count(0)
        await second.send("/profil vis")
        await expect(second.messages().last).to_contain_text("Den anden forening")


async def _profile(somebody: Watched) -> Locator:
    await somebody.send("/profil ret")
    dialog = somebody.page.get_by_role("dialog", name="Din profil")
    await expect(dialog).to_be_visible()
    return dialog
