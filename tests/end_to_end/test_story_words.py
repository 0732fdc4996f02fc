"""An academy's words in a real browser: what organisers say is the same, and a sentence that becomes tags."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.adapters.browsing import Watched, chromium, window
from tests.end_to_end.houses import demo, needs_chromium

pytestmark = needs_chromium
expect.set_options(timeout=20_000)  # a busy machine is slow; nothing here is about speed

SENTENCE = "Vi leder efter et sted hvor vores unge kan mødes om aftenen, og nogen der ved noget om jura"


async def test_words_and_sentences_from_the_keyboard_to_the_profile(tmp_path: Path) -> None:
    async with demo(tmp_path) as house, chromium() as browser, window(browser, house.address) as somebody:
        await somebody.send("/akademi ord flextur")
        dialog = somebody.page.get_by_role("dialog", name="Tilføj ord")
        await _writes(somebody.page, dialog.get_by_role("textbox"), "telebil, bestillingsbus")
        await expect(dialog.locator(".chip")).to_have_count(3)
        await dialog.get_by_role("button", name="Gem").click()
        await expect(somebody.messages().last).to_contain_text("flextur = telebil = bestillingsbus")
        await _presses(somebody, "Fjern")
        await somebody.page.get_by_role("dialog").get_by_role("button", name="Fjern").click()
        await expect(somebody.messages().last).to_contain_text("Fjernet.")

        await somebody.send("/profil ret")
        dialog = somebody.page.get_by_role("dialog", name="Din profil")
        await expect(dialog).to_be_visible()
        needs = dialog.locator("[data-field=needs]")
        before = await needs.locator(".chip").count()
        for typed in (SENTENCE, "kaffe, te", "ring 20 30 40 50"):
            await _writes(somebody.page, needs.get_by_role("combobox"), typed)
        await expect(needs.locator(".chip")).to_have_count(before + 4)
        await dialog.get_by_role("button", name="Gem").click()
        await expect(dialog.get_by_text("Det ligner et telefonnummer.")).to_be_in_viewport()
        await expect(dialog.get_by_role("listbox")).to_have_count(0)
        await needs.locator(".chip").last.get_by_role("button").click()
        await dialog.get_by_role("button", name="Gem").click()

        await expect(somebody.messages().last).to_contain_text(SENTENCE)
        await _presses(somebody, "Tilføj “lokaler”")
        await expect(somebody.messages().last).to_contain_text("Står nu ved siden af: lokaler.")
        await _presses(somebody, "Kun stikordene, uden min sætning")
        await expect(somebody.messages().last).to_contain_text("i stedet for din sætning: lokaler.")
        await somebody.send("/profil vis")
        await expect(somebody.messages().last).to_contain_text("kaffe, te, lokaler")
        await expect(somebody.messages().last).not_to_contain_text("mødes om aftenen")


async def _writes(page: Page, field: Locator, text: str) -> None:
    await field.focus()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def _presses(somebody: Watched, label: str) -> None:
    await somebody.messages().last.get_by_role("button", name=label, exact=True).click()
