"""The power goes in the middle of the story, and goes again: nothing is lost, nothing comes twice, the old buttons work."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from tests.databases import change
from tests.end_to_end.houses import database, demo
from tests.end_to_end.trouble_windows import door, number, rows, until

OFFERS = "FROM deliveries WHERE key LIKE 'offer:%'"
SAID_IN_ROOMS = (
    "FROM messages JOIN conversations ON conversations.id = messages.conversation_id WHERE conversations.kind = 'room'"
)
OFFER_CARDS = (
    "FROM messages JOIN deliveries ON replace(messages.key, '-', '') = deliveries.id WHERE deliveries.key LIKE"
)


def a_minute_goes_by(folder: Path) -> None:
    """A delivery that a dead process held is free again after a minute; the test does not wait for it."""
    change(database(folder), "UPDATE deliveries SET lease_until = '2026-01-01 00:00:00.000000' WHERE state = 'sending'")


def open_ends(folder: Path) -> int:
    return number(folder, "SELECT count(*) FROM deliveries WHERE state IN ('waiting', 'sending')")


async def test_the_power_goes_while_offers_go_out_and_again_between_two_yes(tmp_path: Path) -> None:
    async with demo(tmp_path) as house, door(house) as front:
        olga = await front.window()
        await olga.says("/match round")
        draft = await olga.with_button("draft_send")
        send = draft.wire("draft_send")
        assert (await olga.presses(draft, send)).json()["outcome"] == "done"
        await until(lambda: number(tmp_path, f"SELECT count(*) {OFFERS} AND state = 'sent'") >= 5)
        house.kill()
    assert open_ends(tmp_path) > 0
    everybody = {str(key) for (key,) in rows(tmp_path, f"SELECT key {OFFERS}")}
    invited = number(
        tmp_path,
        "SELECT count(*) FROM intro_parts JOIN intros ON intro_parts.intro_id = intros.id JOIN rounds"
        " ON intros.round_id = rounds.id WHERE rounds.state = 'open'",
    )
    assert len(everybody) == invited > 30
    a_minute_goes_by(tmp_path)

    async with demo(tmp_path) as house, door(house) as front:
        await until(lambda: open_ends(tmp_path) == 0)
        cards = rows(tmp_path, f"SELECT deliveries.key, count(*) {OFFER_CARDS} 'offer:%' GROUP BY deliveries.key")
        assert {str(key): count for key, count in cards} == dict.fromkeys(everybody, 1)
        assert rows(tmp_path, f"SELECT DISTINCT state {OFFERS}") == [("sent",)]

        # The Send of before the power cut: the round is sent already, and nothing happens twice.
        olga = await front.window()
        again = (await olga.presses(draft, send)).json()
        assert again["outcome"] in {"done", "sorry"}
        assert {str(key) for (key,) in rows(tmp_path, f"SELECT key {OFFERS}")} == everybody

        intro = str(rows(tmp_path, f"SELECT key {OFFERS} ORDER BY key LIMIT 1")[0][0]).split(":")[1]
        pair = [UUID(key.split(":")[2]) for key in sorted(everybody) if key.split(":")[1] == intro]
        anna = await front.window(pair[0])
        card = await anna.with_button("intro_yes")
        assert (await anna.presses(card, card.wire("intro_yes"))).json() == {"outcome": "done"}
        house.kill()

    async with demo(tmp_path) as house, door(house) as front:
        anna = await front.window(pair[0])
        # Her yes is kept, and her button of before does no harm.
        now = next(message for message in await anna.messages() if message.id == card.id)
        assert not now.wire("intro_yes")
        await anna.presses(card, card.wire("intro_yes"))
        for other in pair[1:]:
            bo = await front.window(other)
            asked = await bo.with_button("intro_yes")
            assert (await bo.presses(asked, asked.wire("intro_yes"))).json() == {"outcome": "done"}
        await until(lambda: number(tmp_path, f"SELECT count(*) {SAID_IN_ROOMS}") and open_ends(tmp_path) == 0)
        assert rows(tmp_path, f"SELECT count(DISTINCT conversations.id), count(*) {SAID_IN_ROOMS}") == [(1, 1)]
        room = UUID(str(rows(tmp_path, f"SELECT conversations.id {SAID_IN_ROOMS}")[0][0]))
        for member in pair:
            inside = replace(await front.window(member), place=f"/as/{member}/c/{room}")
            assert await inside.with_button("intro_meeting")
