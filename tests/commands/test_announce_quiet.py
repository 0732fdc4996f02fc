"""For whom it is night or a day off gets it later, where the organiser wishes so; nobody else's message waits behind it."""

from datetime import UTC, datetime

from bot.announcements.actions import ChangeAnnouncement, WaitForSome
from bot.members.domain import WorkspaceOptions
from bot.messages.actions import encode_action
from bot.messages.forms import ChoiceField
from tests.announce_talk import received, written
from tests.introductions_talk import Academy, a_small_academy

FAR = "Pacific/Auckland"


async def scattered(options: WorkspaceOptions | None = None, language: str = "en") -> Academy:
    """Monday 2 March 2026, 10:00 in Copenhagen; Anna is where it is ten in the evening."""
    academy = await a_small_academy(options, language)
    await academy.change("Anna", timezone=FAR)
    return academy


async def test_it_goes_to_all_at_once_unless_somebody_says_otherwise() -> None:
    academy = await scattered()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" to:everyone')
    assert "For 1 of them it is night then." in shown.text
    waiting = await olga.presses(shown.buttons["Wait until their morning"])
    assert waiting.replaced
    assert "1 of them gets it in the morning, by their own clock." in waiting.text
    assert "it is night then" not in waiting.text
    back = await olga.presses(waiting.buttons["To all at the same time"])
    assert "For 1 of them it is night then." in back.text
    stale = await olga.presses(waiting.buttons["Send now"])
    assert "It was changed meanwhile. This is how it is now." in stale.text
    await olga.presses(back.buttons["Send now"])
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]


async def test_who_sleeps_gets_it_in_the_morning() -> None:
    academy = await scattered()
    olga, anna = academy["Olga"], academy["Anna"]
    sent = await written(olga, '/announce new "Hello" to:everyone wait:morning', "Send now")
    await academy.passes(minutes=1)
    assert received(academy) == [1, 0, 1, 1, 1]
    told = await olga.presses(sent.buttons["How it stands"])
    assert "4 arrived and 1 waits for the morning." in told.text
    assert "█" not in told.text
    # Something else that is for Anna goes at once.
    await written(olga, '/announce new "Quick" to:sector:municipality', "Send now")
    await academy.passes(minutes=1)
    assert anna.reads().startswith("Quick")
    await academy.passes(hours=9)
    assert received(academy, "Anna") == [1]
    await academy.passes(hours=1)
    assert received(academy, "Anna") == [2]
    ledger = await olga.presses(sent.buttons["How it stands"])
    assert "5 arrived." in ledger.text


async def test_days_off_count_by_the_readers_calendar() -> None:
    academy = await scattered()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:"saturday 12:00" to:everyone')
    assert "it is the weekend or a holiday then" in shown.text
    waits = await olga.presses(shown.buttons["Wait for a working day"])
    assert "5 of them get it on the morning of the next working day, by their own clock." in waits.text
    await olga.presses(waits.buttons["Schedule"])
    await academy.passes(days=5, hours=3)
    academy.clock.set(datetime(2026, 3, 8, 18, 0, tzinfo=UTC))
    await academy.delivers()
    assert received(academy) == [0, 0, 0, 0, 0]
    # Monday begins in Auckland.
    academy.clock.set(datetime(2026, 3, 8, 19, 1, tzinfo=UTC))
    await academy.delivers()
    assert received(academy) == [0, 1, 0, 0, 0]
    academy.clock.set(datetime(2026, 3, 9, 7, 1, tzinfo=UTC))
    await academy.delivers()
    assert received(academy) == [1, 1, 1, 1, 1]


async def test_where_all_have_the_same_morning_it_says_which() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:"saturday 12:00" to:everyone wait:workday')
    assert "All of them get it Monday, 9 March 2026 at 08:00." in shown.text
    planned = await olga.presses(shown.buttons["Schedule"])
    assert "Whoever has night or a day off then gets it on the next working day." in planned.text
    await academy.change("Anna", timezone=FAR)
    shown = await olga.types('/announce new "Hello" when:"tuesday 22:00" to:everyone wait:morning')
    assert "4 of them get it Wednesday, 4 March 2026 at 08:00." in shown.text


async def test_a_correction_before_the_morning_reaches_who_sleeps() -> None:
    academy = await scattered()
    olga, anna = academy["Olga"], academy["Anna"]
    sent = await written(olga, '/announce new "At nien" to:everyone wait:morning', "Send now")
    await academy.passes(minutes=1)
    ledger = await olga.presses(sent.buttons["How it stands"])
    form = (await olga.presses(ledger.buttons["Correct it"])).form
    fixed = await olga.fills(form, text="At nine")
    await olga.presses(fixed.buttons["Correct it everywhere"])
    await academy.passes(hours=10)
    assert anna.reads().startswith("At nine")
    assert received(academy, "Anna") == [1]


async def test_what_has_not_gone_yet_is_stopped() -> None:
    academy = await scattered()
    olga = academy["Olga"]
    sent = await written(olga, '/announce new "Hello" to:everyone wait:morning', "Send now")
    await academy.passes(minutes=1)
    ledger = await olga.presses(sent.buttons["How it stands"])
    stopped = await olga.presses(ledger.buttons["Stop the rest"])
    assert stopped.replaced
    assert "I kept back 1 message." in stopped.text
    assert "4 arrived and 1 was left out." in stopped.text
    assert "Stop the rest" not in stopped.buttons
    again = await olga.presses(ledger.buttons["Stop the rest"])
    assert "All of it has gone out by now" in again.text
    await academy.passes(hours=12)
    assert received(academy)[1:] == [0, 1, 1, 1]


async def test_a_zone_that_nobody_knows_holds_up_nobody() -> None:
    academy = await a_small_academy()
    await academy.change("Anna", timezone="Mars/Olympus")
    await written(academy["Olga"], '/announce new "Hello" to:everyone wait:workday', "Send now")
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]


async def test_the_academys_habit_is_what_a_new_one_begins_with() -> None:
    academy = await scattered(WorkspaceOptions(language="da", announcements_wait="workday"), "da")
    olga = academy["Olga"]
    shown = await olga.types('/opslag ny "Hej" til:alle')
    assert "1 af dem får det om morgenen den næste hverdag" in shown.text
    form = (await olga.types("/opslag ny")).form
    (field,) = [one for one in form.fields if isinstance(one, ChoiceField)]
    assert field.value == ("workday",)
    quiet = await olga.types('/opslag ny "Hej" til:alle hvornår:"i morgen kl. 11" vent:nej')
    assert "hverdag" not in quiet.text
    planned = await olga.fills(form, text="Hej", when="i morgen kl. 8", to="rolle:tovholder", wait=("morning",))
    assert "De, der har nat på det tidspunkt, får det om morgenen." in planned.text
    again = (await olga.presses(planned.buttons["Ret"])).form
    (field,) = [one for one in again.fields if isinstance(one, ChoiceField)]
    assert field.value == ("morning",)


async def test_what_the_button_says_is_checked() -> None:
    academy = await scattered()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" to:role:organiser wait:workday')
    assert "Whoever has night or a day off then gets it on the next working day." in shown.text
    assert "To all at the same time" not in shown.buttons
    change = shown.buttons["Change"].action
    assert isinstance(change, ChangeAnnouncement)
    unknown = encode_action(WaitForSome(change.announcement, change.revision, "forever"))
    assert "Choose morning, workday or no." in (await olga.sends_wire(unknown)).text
