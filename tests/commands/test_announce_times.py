"""When an announcement goes out: what was typed, what was understood, what is asked back; and repetitions."""

from datetime import UTC, datetime

import pytest

from bot.announcements.actions import CancelAnnouncement, DropAnnouncement, ShowAnnouncement, SkipNext
from bot.announcements.domain import AnnouncementState
from bot.messages.actions import encode_action
from bot.messages.elements import Bullets
from bot.messages.text import flat
from tests.announce_talk import received, written
from tests.introductions_talk import Academy, Answer, a_small_academy, selects_of


def dates(answer: Answer) -> list[str]:
    """The next dates that a card shows."""
    lists = [element for element in answer.card.elements if isinstance(element, Bullets)]
    return [flat(item) for item in lists[-1].items]


async def test_an_unclear_time_is_asked_back_and_settled_by_a_choice() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:tomorrow')
    assert "At what time of day?" in shown.text
    assert list(shown.buttons) == ["Change", "Throw away"]
    (select,) = selects_of(shown.card)
    assert [choice.label for choice in select.choices][:2] == [
        "Tuesday, 3 March 2026 at 09:00 (tomorrow)",
        "Tuesday, 3 March 2026 at 12:00 (tomorrow)",
    ]
    settled = await olga.chooses(select, "1")
    assert "It goes out Tuesday, 3 March 2026 at 12:00 (tomorrow)." in settled.text
    assert "It was changed meanwhile." in (await olga.chooses(select, "0")).text
    await olga.presses(settled.buttons["Schedule"])
    await academy.passes(hours=25)
    assert received(academy) == [0, 0, 0, 0, 0]
    await academy.passes(hours=2)
    assert received(academy) == [1, 1, 1, 1, 1]


@pytest.mark.parametrize("chosen", ["9", "x", "", "-1", "999"])
async def test_a_choice_that_is_none_changes_nothing(chosen: str) -> None:
    academy = await a_small_academy()
    shown = await academy["Olga"].types('/announce new "Hello" when:tomorrow')
    (select,) = selects_of(shown.card)
    assert "Choose one of the times from the list." in (await academy["Olga"].chooses(select, chosen)).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('"x" when:"30 february"', "That month has 29 days at the most, so there is no day 30 in it."),
        ('"x" when:"2026-13-45"', "There is no such day in the calendar."),
        ('"x" when:"in 500 years"', "That is more than 5 years away."),
        ('"x" repeat:"every monday at 9 from 1/1-2040"', "That is more than 5 years away."),
        ('"x" repeat:"every 30 february"', "That repeat never happens."),
        ('"x" repeat:"every monday at 9 until yesterday"', "The day until which this repeats has passed."),
        ('"x" repeat:"every monday at 9 until 30 february"', "there is no day 30 in it"),
        ('"x" to:sector:navy', "Choose from: business, civil society, foundation, municipality, research."),
        ('"x" when:"yesterday 10:00"', "That time has passed. Choose one that is still to come."),
        ('"x" when:"2026-03-29 02:30"', "The clocks go forward then, and that time does not exist."),
        ('"x" when:"2026-10-25 02:30"', "so that time comes twice. Which one do you mean?"),
        ('"x" when:"2026-01-01 10:00"', "That time has passed. Did you mean this one?"),
        ('"x" when:blah', "I can't read that as a time."),
        ('"x" repeat:"every second"', "That is more often than anybody would like."),
        ('"x" repeat:"every 5 minutes"', "That is more often than anybody would like."),
        ('"x" when:tomorrow repeat:"every week"', "At what time of day?"),
        ('"x" to:theme:youth', "Nobody fits that just now. Choose somebody else to send it to."),
        ('"x" to:sector:busines', "Did you mean sector:business?"),
        ('"x" to:camp:yes', "There is no camp yet"),
        ('"x" to:blah', "To whom? Write everyone"),
        ('" "', "New announcement"),
        (f'"{"y" * 3_001}"', "That is 3001 characters; an announcement has 3000 at the most."),
        (f'"{"y" * 39_000}"', "That is 39000 characters; an announcement has 3000 at the most."),
        (f'"{"y" * 40_000}"', "too long"),
    ],
)
async def test_what_cannot_be_is_told_kindly(typed: str, said: str) -> None:
    academy = await a_small_academy()
    answer = await academy["Olga"].types(f"/announce new {typed}")
    told = answer.text or answer.form.title
    assert said in told
    await academy.passes(minutes=10)
    assert received(academy) == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('hvornår:"i går kl. 9"', "Det tidspunkt er forbi."),
        ("hvornår:snart", "Hvornår er det?"),
        ('hvornår:"30. februar kl. 9"', "Den måned har højst 29 dage, så den 30. findes ikke."),
        ('hvornår:"om 500 år"', "Det er mere end 5 år ude i fremtiden."),
        ('gentag:"hver 30. februar"', "Den gentagelse kommer aldrig."),
        ('gentag:"hvert sekund"', "Det er oftere, end nogen ville bryde sig om."),
        ('gentag:"hver mandag kl. 9 indtil i går"', "Den dag, hvor gentagelsen slutter, er forbi."),
        ("til:tema:unge", "Det passer ingen på lige nu."),
        ("til:sektor:flåden", "Vælg mellem: civilsamfund, erhvervsliv, fond, forskning, kommune."),
        ("til:camp:ja", "Der er endnu ingen camp"),
    ],
)
async def test_and_so_in_danish(typed: str, said: str) -> None:
    academy = await a_small_academy(language="da")
    assert said in (await academy["Olga"].types(f'/opslag ny "Hej" {typed}')).text


async def test_a_repetition_is_shown_with_its_next_dates_and_goes_out_again_and_again() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Monday!" repeat:"every monday 09:00" to:role:organiser')
    assert "It goes out again and again: every Monday at 09:00, first time Monday, 9 March 2026." in shown.text
    assert dates(shown)[:2] == ["Monday, 9 March 2026 at 09:00", "Monday, 16 March 2026 at 09:00"]
    await olga.presses(shown.buttons["Schedule"])
    await academy.passes(days=16)
    assert received(academy) == [2, 0, 0, 0, 0]
    told = await olga.types("/announce cancel")
    assert "1 arrived." in told.text
    assert dates(told)[0] == "Monday, 23 March 2026 at 09:00"


async def test_the_next_time_is_left_out_once_however_often_it_is_pressed() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday!" repeat:"every monday 09:00" to:role:organiser')
    told = await olga.types("/announce cancel")
    skipped = await olga.presses(told.buttons["Leave out the next"])
    assert "I leave out Monday, 9 March 2026 at 09:00." in skipped.text
    assert dates(skipped)[0] == "Monday, 16 March 2026 at 09:00"
    again = await olga.presses(told.buttons["Leave out the next"])
    assert "Another time is the next one by now, so I left nothing out." in again.text
    further = await olga.presses(skipped.buttons["Leave out the next"])
    assert dates(further)[0] == "Monday, 23 March 2026 at 09:00"
    await academy.passes(days=20)
    assert received(academy, "Olga") == [0]
    await academy.passes(days=2)
    assert received(academy, "Olga") == [1]


async def test_leaving_out_the_last_time_ends_it() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Twice" repeat:"every monday 09:00 2 times" to:role:organiser')
    first = await olga.types("/announce cancel")
    second = await olga.presses(first.buttons["Leave out the next"])
    over = await olga.presses(second.buttons["Leave out the next"])
    assert list(over.buttons) == ["All announcements"]
    assert "Nothing more of it will go out" in (await olga.presses(second.buttons["End the repetition"])).text


async def test_a_repetition_by_the_hour_can_leave_one_out() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Hourly" repeat:"every 2 hours" to:role:organiser')
    told = await olga.types("/announce cancel")
    left_out = dates(told)[0]
    skipped = await olga.presses(told.buttons["Leave out the next"])
    assert dates(skipped)[0] != left_out


async def test_ending_a_repetition_leaves_what_went_out() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday!" repeat:"every monday 09:00"')
    await academy.passes(days=8)
    told = await olga.types("/announce cancel")
    ended = await olga.presses(told.buttons["End the repetition"])
    assert ended.text.startswith("Cancelled")
    assert "5 arrived." in ended.text
    await academy.passes(days=8)
    assert received(academy) == [1, 1, 1, 1, 1]
    assert "Nothing more of it will go out" in (await olga.presses(told.buttons["End the repetition"])).text
    assert "Nothing more of it will go out" in (await olga.presses(told.buttons["Leave out the next"])).text
    assert "Nothing is planned" in (await olga.types("/announce cancel")).text


async def test_two_to_come_are_chosen_from_and_one_is_cancelled() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "First" when:"in 2 hours"')
    await written(olga, '/announce new "Second" when:"in 3 hours"')
    which = await olga.types("/announce cancel")
    assert "Which one shall I cancel?" in which.text
    (select,) = selects_of(which.card)
    assert [choice.label.rpartition(" ")[2] for choice in select.choices] == ["First", "Second"]
    opened = await olga.chooses(select, select.choices[0].value)
    cancelled = await olga.presses(opened.buttons["Cancel"])
    assert "Cancelled" in cancelled.text
    assert "First – Cancelled\n" in (await olga.types("/announce list")).text + "\n"
    await academy.passes(hours=4)
    assert received(academy) == [1, 1, 1, 1, 1]
    assert academy["Anna"].reads().startswith("Second")


async def test_a_time_that_the_clocks_leave_out_is_told_in_the_ledger() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    academy.clock.set(datetime(2026, 3, 28, 12, tzinfo=UTC))
    await written(olga, '/announce new "Night" repeat:"every day at 02:30" to:role:organiser')
    await academy.passes(days=1)
    told = await olga.types("/announce cancel")
    assert "The clocks went forward" in told.text


async def test_a_repetition_that_is_over_before_the_press_is_not_sent() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Monday!" repeat:"every monday 09:00 2 times"')
    academy.clock.advance(days=30)
    assert "That repeat never happens." in (await olga.presses(shown.buttons["Schedule"])).text


async def test_ending_it_keeps_back_what_still_waits() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday!" repeat:"every monday 09:00"')
    academy.clock.set(datetime(2026, 3, 9, 8, 0, 1, tzinfo=UTC))
    await academy.timekeeper.tick()
    told = await olga.types("/announce cancel")
    assert "5 on their way." in told.text
    await olga.presses(told.buttons["End the repetition"])
    await academy.passes(hours=1)
    assert received(academy) == [0, 0, 0, 0, 0]


async def test_buttons_that_are_made_up_do_nothing() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello"')
    drop = shown.buttons["Throw away"].action
    assert isinstance(drop, DropAnnouncement)
    draft = drop.announcement
    assert "Nothing more of it" in (await olga.sends_wire(encode_action(CancelAnnouncement(draft)))).text
    assert "not there any more" in (await olga.sends_wire(encode_action(ShowAnnouncement(draft)))).text
    assert "from the list" in (await olga.sends_wire(encode_action(SkipNext(draft, -1)))).text
    assert "Nothing more of it" in (await olga.sends_wire(encode_action(SkipNext(draft, 1)))).text


async def goes(academy: Academy) -> None:
    """The one announcement that there is, and not its schedule."""
    async with academy.memory.units(academy.workspace) as work:
        (one,) = await work.announcements.in_states(list(AnnouncementState))
        await work.announcements.remove(one.id)
        await work.commit()


async def test_a_schedule_whose_announcement_is_gone_sends_nothing() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 2 hours"')
    await goes(academy)
    await academy.passes(hours=3)
    assert received(academy) == [0, 0, 0, 0, 0]


async def test_of_an_announcement_that_is_gone_nothing_is_told_when_its_time_was_missed() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 2 hours"')
    await goes(academy)
    before = len(academy["Olga"].posts())
    academy.clock.advance(hours=9)
    await academy.timekeeper.tick()
    await academy.delivers()
    assert len(academy["Olga"].posts()) == before


async def test_while_one_types_the_audiences_are_suggested() -> None:
    academy = await a_small_academy()
    desk, arrival = academy.desk, academy["Olga"].arrival()
    every = [one.value for one in await desk.suggest_option(arrival, "announce", "new", "to", "")]
    assert every[0] == "everyone"
    assert "sector:business" in every
    business = await desk.suggest_option(arrival, "announce", "new", "to", "busi")
    assert [one.label for one in business] == ["sector:business (business)"]


async def test_now_is_now_and_a_repetition_that_names_its_time_needs_no_other() -> None:
    academy = await a_small_academy()
    shown = await academy["Olga"].types('/announce new "Hello" when:now')
    assert "It goes out as soon as you press the button." in shown.text
    shown = await academy["Olga"].types('/announce new "Hello" when:tomorrow repeat:"every monday 09:00"')
    assert "every Monday at 09:00, first time Monday, 9 March 2026." in shown.text


async def test_of_two_times_of_day_it_says_which_one_counts() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hi" when:"tomorrow 22:00" repeat:"every monday 09:00"')
    assert "The repetition says 09:00, so that counts and not 22:00." in shown.text
    for when in ("tomorrow", "tomorrow 09:00", "in 2 weeks"):
        same = await olga.types(f'/announce new "Hi" when:"{when}" repeat:"every monday 09:00"')
        assert "The repetition says" not in same.text


async def test_the_danish_verb_goes_by_both_its_forms_and_a_near_one_is_named_in_danish() -> None:
    academy = await a_small_academy(language="da")
    for verb in ("ny", "nyt", "new"):
        assert "Sådan kommer det til at se ud" in (await academy["Olga"].types(f'/opslag {verb} "Hej"')).text
    assert "Mente du /opslag nyt?" in (await academy["Olga"].types('/opslag nyte "Hej"')).text


async def test_a_time_that_is_chosen_after_it_was_settled_changes_nothing() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hi" when:tomorrow')
    (select,) = selects_of(shown.card)
    chosen = await olga.chooses(select, "0")
    await olga.presses(chosen.buttons["Schedule"])
    assert "It is scheduled already." in (await olga.chooses(select, "1")).text
