"""Reminders of a camp: whom they concern, when they come, by rule and by hand, and when there is nothing to remind of."""

from bot.camps.actions import SendReminder
from bot.camps.domain import CampState, Reminder
from bot.messages.actions import encode_action
from bot.schedules.domain import OccurrenceState
from tests.camp_talk import (
    a_camp,
    an_announced_camp,
    at,
    camp_of,
    edits,
    labels_of,
    notices,
)
from tests.introductions_talk import Academy

REMINDED = ["Camp 3 is in 2 days", "Camp 3 is today", "Camp 3 begins at 09:00"]


async def until(academy: Academy, moment: str) -> None:
    """The clock is at this moment in UTC, and what is due by then happens."""
    academy.clock.advance(seconds=(at(moment) - academy.clock.now()).total_seconds())
    await academy.timekeeper.tick()
    await academy.delivers()


async def test_reminders_go_to_those_whom_they_concern_at_their_time_and_once() -> None:
    academy = await an_announced_camp("seats:2")
    await academy["Anna"].presses("Yes, I'm coming")
    await academy["Bo"].presses("Maybe")
    await academy["Carl"].presses("No")
    await until(academy, "2026-03-08T07:59:00")
    assert notices(academy["Bo"]) == []
    await until(academy, "2026-03-08T08:00:00")
    assert notices(academy["Bo"]) == notices(academy["Dorte"]) == ["Are you coming to Camp 3?"]
    assert notices(academy["Anna"]) == notices(academy["Carl"]) == []
    assert labels_of(academy["Bo"]) == ["I'm coming", "I can't come", "Add to calendar"]
    await academy["Dorte"].presses("Yes, I'm coming")
    await until(academy, "2026-03-20T08:00:00")
    assert notices(academy["Anna"]) == REMINDED[:1]
    assert notices(academy["Bo"]) == ["Are you coming to Camp 3?"]
    await until(academy, "2026-03-22T06:00:00")
    assert notices(academy["Anna"]) == REMINDED[:2]
    await until(academy, "2026-03-22T07:45:00")
    await until(academy, "2026-03-22T09:00:00")
    assert notices(academy["Anna"]) == REMINDED
    assert notices(academy["Dorte"]) == ["Camp 3", *REMINDED]  # the first one is answered
    assert notices(academy["Carl"]) == []
    await until(academy, "2026-03-22T15:00:00")
    assert (await camp_of(academy)).state is CampState.HELD


async def test_a_camp_that_moves_takes_its_reminders_along() -> None:
    academy = await an_announced_camp()
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-20T08:00:00")
    assert notices(academy["Anna"]) == REMINDED[:1]
    await edits(academy["Olga"], day="2026-03-30", hours="10.00-16.00")
    await until(academy, "2026-03-27T23:00:00")
    assert notices(academy["Anna"]) == REMINDED[:1]
    await until(academy, "2026-03-28T08:00:00")
    assert notices(academy["Anna"]) == [*REMINDED[:1], *REMINDED[:1]]
    await until(academy, "2026-03-30T05:00:00")
    await until(academy, "2026-03-30T07:45:00")  # 10:00 is two hours ahead of UTC by then
    assert notices(academy["Anna"])[2:] == ["Camp 3 is today", "Camp 3 begins at 10:00"]


async def test_the_last_reminder_comes_before_the_first_item_not_before_the_doors_open() -> None:
    academy = await an_announced_camp('programme:"09.00 Welcome"')
    await edits(academy["Olga"], check_in="08.30")
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-22T06:00:00")
    await until(academy, "2026-03-22T07:44:00")
    assert notices(academy["Anna"])[-1] == "Camp 3 is today"
    await until(academy, "2026-03-22T07:45:00")
    assert notices(academy["Anna"])[-1] == "Camp 3 begins at 09:00"


async def test_a_check_in_that_moves_is_told_as_the_clock_is_written() -> None:
    academy = await an_announced_camp()
    await academy["Anna"].presses("Yes, I'm coming")
    moved = await edits(academy["Olga"], check_in="08.30")
    await academy["Olga"].presses(moved.buttons["Tell 1 person"])
    later = await edits(academy["Olga"], check_in="08.45")
    assert "New check-in: 08:45 (before: 08:30)" in later.text


async def test_nothing_reminds_of_a_camp_that_has_begun_and_the_plan_says_why() -> None:
    academy = await an_announced_camp()
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-21T12:00:00")
    before = notices(academy["Anna"])
    academy.clock.advance(hours=22)  # nothing ran until the middle of the day
    soon = (await camp_of(academy)).schedules["soon"]
    await academy.timekeeper.tick()
    await academy.delivers()
    assert notices(academy["Anna"]) == before
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (missed,) = await work.schedules.occurrences(soon)
    assert (missed.state, missed.reason) == (OccurrenceState.SKIPPED, "The camp had begun before I could send it.")


async def test_a_reminder_that_waited_until_the_camp_began_is_not_sent() -> None:
    academy = await an_announced_camp()
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-22T07:00:00")
    before = notices(academy["Anna"])
    academy.clock.advance(minutes=46)
    await academy.timekeeper.tick()
    academy.clock.advance(minutes=20)  # the platform was away, and now it is nine
    await academy.delivers()
    assert notices(academy["Anna"]) == before


async def test_a_reminder_can_go_now_after_a_look_and_then_does_not_come_twice() -> None:
    academy = await an_announced_camp()
    olga = academy["Olga"]
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-09T08:00:00")
    shown = await olga.types("/camp remind")
    assert "The next one: Friday, 20 March 2026 at 09:00." in shown.text
    assert "Camp 3 is in 13 days" in shown.text
    assert "Remind 1 person now" in shown.buttons
    asked = await olga.presses(shown.buttons["Ask 4 who have not settled"])
    assert "4 messages are on their way." in asked.text
    assert "Ask 4" not in " ".join(asked.buttons)
    assert "There was nobody to write to." in (await olga.presses(shown.buttons["Ask 4 who have not settled"])).text
    sent = await olga.presses(asked.buttons["Remind 1 person now"])
    assert "1 message is on its way." in sent.text
    assert "Remind 1" not in " ".join(sent.buttons)
    assert "Just now there is nobody to remind." in sent.text
    assert "There was nobody to write to." in (await olga.presses(asked.buttons["Remind 1 person now"])).text
    await academy.delivers()
    assert notices(academy["Anna"]) == ["Camp 3 is in 13 days"]
    assert notices(academy["Bo"])[-1] == "Are you coming to Camp 3?"
    await academy["Bo"].presses("Yes, I'm coming")
    await until(academy, "2026-03-20T10:00:00")
    assert notices(academy["Anna"]) == ["Camp 3 is in 13 days"]
    assert notices(academy["Bo"])[-1] == "Camp 3 is in 2 days"
    stale = await olga.sends_wire(encode_action(SendReminder((await camp_of(academy)).id, Reminder.TWO_DAYS)))
    assert "Another reminder is the next one by now. Look at it once more." in stale.text


async def test_the_day_before_it_says_tomorrow() -> None:
    academy = await an_announced_camp()
    await academy["Anna"].presses("Yes, I'm coming")
    await until(academy, "2026-03-21T12:00:00")
    shown = await academy["Olga"].types("/camp remind")
    assert "Camp 3 is tomorrow" in shown.text


async def test_reminders_are_switched_off_and_on_for_one_camp() -> None:
    academy = await an_announced_camp()
    olga = academy["Olga"]
    await academy["Anna"].presses("Yes, I'm coming")
    shown = await olga.types("/camp remind")
    off = await olga.presses(shown.buttons["2 days: switch off"])
    assert "2 days before: those who come (switched off)" in off.text
    await olga.presses(off.buttons["the morning: switch off"])
    again = await olga.presses(off.buttons["2 days: switch on"])
    assert "2 days before: those who come (switched off)" not in again.text
    await until(academy, "2026-03-20T08:00:00")
    await until(academy, "2026-03-22T06:00:00")
    await until(academy, "2026-03-22T07:45:00")
    assert notices(academy["Anna"]) == [REMINDED[0], REMINDED[2]]


async def test_just_before_it_begins_there_may_be_nobody_to_remind() -> None:
    academy = await a_camp()
    shown = await academy["Olga"].types("/camp remind")
    assert "Just now there is nobody to remind." in shown.text
    await until(academy, "2026-03-22T07:50:00")
    assert "Just now there is nobody to remind." in (await academy["Olga"].types("/camp remind")).text
