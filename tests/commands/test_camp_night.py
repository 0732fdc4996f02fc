"""A camp that goes on over midnight: what comes after it belongs to the next day, for people, calendars and reminders."""

from datetime import UTC, datetime, time

import pytest

from bot.camps.domain import CampState, Reminder
from bot.camps.reminding import reminds_at
from tests.camp_talk import a_camp, at, camp_of, edits, invitation_of
from tests.introductions_talk import a_small_academy

NIGHT = '/camp create "Camp 3" "22 march" "20.00-02.00" place:"Broparken"'
PROGRAMME = "20.00 Welcome / Anna\n23.30-00.30 Soup\n01.00 Agreements"


async def test_it_begins_on_one_day_and_ends_on_the_next() -> None:
    academy = await a_camp(line=NIGHT)
    olga = academy["Olga"]
    await edits(olga, programme=PROGRAMME, check_in="19.30")
    camp = await camp_of(academy)
    assert (camp.first(), camp.opens()) == (time(19, 30), time(20))
    assert camp.starts_at() == at("2026-03-22 19:00")
    assert camp.ends_at() == at("2026-03-23 01:00")
    assert camp.instant(time(0, 30)) == at("2026-03-22 23:30")
    assert reminds_at(camp, Reminder.SOON) == datetime(2026, 3, 22, 19, 45)  # noqa: DTZ001 - wall time
    shown = await olga.types("/camp invite")
    assert "20:00–02:00 (the next day)" in shown.text
    await olga.presses(shown.buttons["Send the invitations"])
    await academy.delivers()
    await academy["Anna"].presses("Yes, I'm coming")
    assert "23:30–00:30 (the next day) Soup" in (await academy["Anna"].types("/camp programme")).text
    assert invitation_of(academy["Anna"]).card.notice.startswith("Camp 3 · ")


async def test_it_is_over_when_the_night_is() -> None:
    academy = await a_camp(line=NIGHT)
    academy.clock.set(datetime(2026, 3, 22, 23, 30, tzinfo=UTC))
    await academy.timekeeper.tick()
    assert (await camp_of(academy)).state is CampState.PLANNED
    assert "Camp 3" in (await academy["Anna"].types("/camp next")).text
    academy.clock.set(datetime(2026, 3, 23, 1, 5, tzinfo=UTC))
    await academy.timekeeper.tick()
    assert (await camp_of(academy)).state is CampState.HELD


@pytest.mark.parametrize(
    ("hours", "programme", "said"),
    [
        ("20.00-02.00", "03.00 B", "The programme goes on at 03.00, but the camp ends at 02.00."),
        ("20.00-02.00", "23.00 A\n22.00 B", "Line 2 (22.00) is earlier than line 1 (23.00)."),
        ("20.00-02.00", "23.30-23.00 A", "Line 1 would end before it begins."),
        ("16.00-09.00", "", "It would end before it begins. Which hours did you mean?"),
    ],
)
async def test_what_cannot_be_is_told(hours: str, programme: str, said: str) -> None:
    academy = await a_small_academy()
    line = f'/camp create "X" "22 march" "{hours}" programme:"{programme}"'
    assert said in (await academy["Olga"].types(line)).text


async def test_a_night_in_which_the_clocks_leap_knows_its_end() -> None:
    academy = await a_small_academy()
    said = await academy["Olga"].types('/camp create "X" "28 march" "20.00-02.30"')
    assert "so 02.30 does not exist. Choose 03.30 or another time." in said.text
