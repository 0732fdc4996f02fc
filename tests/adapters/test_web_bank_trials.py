"""What was said of trying a note, for whoever is outside: the sentence waits for the time to object."""

from bot.bank.repository import Outcome
from bot.members.domain import WorkspaceOptions
from tests.bank_notes import TRANSPORT, an_entry
from tests.web_bank_house import public


async def test_a_sentence_on_a_trial_waits_for_the_time_to_object() -> None:
    async with public() as house:
        entry = an_entry(TRANSPORT)
        await house.put(entry)
        await house.tried(entry.note, Outcome.WORKED, "Vejle", "Havecyklerne hjalp.")
        base = f"/bank/{house.workspace}"
        shapes = ("/notes.json", "/notes.csv", "/notes.md", "/feed.atom", f"/{entry.note}.json", f"/{entry.note}.md")
        addresses = [f"{base}{one}" for one in ("", f"/{entry.note}", "?worked=1", *shapes)]
        for address in addresses:
            page = await house.page(address)
            assert "Vejle" in page, address
            assert "Havecyklerne" not in page, address
        # Nor can one feel for it by searching.
        assert "Vejle" not in await house.page("/bank?q=havecyklerne")
        async with house.memory.units(house.workspace) as work:
            await work.vocabulary.set_options(WorkspaceOptions(notes_objection_hours=24))
            await work.commit()
        house.clock.advance(hours=23)
        assert "Havecyklerne" not in await house.page(addresses[0])
        house.clock.advance(hours=1)
        for address in addresses:
            if not address.endswith(".csv"):
                assert "Havecyklerne hjalp." in await house.page(address), address
