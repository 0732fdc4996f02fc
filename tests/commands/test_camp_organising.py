"""``/camp`` for organisers: made and changed in a form, changes told once, cancelled with a reason."""

from bot.messages.elements import Accent
from tests.camp_talk import (
    a_camp,
    an_announced_camp,
    at,
    camp_of,
    card_of,
    edits,
    invitation_of,
    labels_of,
    notices,
)
from tests.introductions_talk import Academy, a_small_academy

REMINDED = ["Camp 3 is in 2 days", "Camp 3 is today", "Camp 3 begins at 09:00"]


async def until(academy: Academy, moment: str) -> None:
    """The clock is at this moment in UTC, and what is due by then happens."""
    academy.clock.advance(seconds=(at(moment) - academy.clock.now()).total_seconds())
    await academy.timekeeper.tick()
    await academy.delivers()


async def test_a_camp_is_made_in_a_form() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    form = (await olga.types('/camp create "Camp 3"')).form
    made = await olga.fills(
        form,
        name="Camp 3",
        day="2026-03-22",
        hours="kl. 9 til 16",
        place="Ældrecentret Broparken",
        check_in="08.30",
        host="Rødovre Kommune",
        theme="Ageing",
        capacity="50",
        programme="08.30 - Croissant\n12.00 / Lunch\n16.00 Thanks",
        challenge="What do partnerships need?",
        cases="I live in supported housing\n\nI am ill",
        sectors="business: 10,, research = 5",
    )
    assert "The camp is made." in made.text
    assert "Check-in: 08:30" in made.text
    assert "Theme: ageing" in made.text
    assert "Coming: 0 of 50" in made.text
    camp = await camp_of(academy)
    assert camp.theme == "ageing"
    assert camp.cases == ("I live in supported housing", "I am ill")
    assert camp.sector_capacity == {"business": 10, "research": 5}
    seen = await olga.presses(made.buttons["As members see it"])
    assert "What do partnerships need?" in seen.text
    assert "Cases\nI live in supported housing\nI am ill" in seen.text
    desk = await olga.presses(seen.buttons["Organise"])
    assert "Nobody has been invited yet. Whoever asks for the next camp can see it already." in desk.text
    assert list(desk.buttons)[:4] == ["Invite", "Change", "Who comes", "Reminders"]
    planned = await olga.presses((await olga.types("/camp list")).buttons["Plan a camp"])
    assert planned.form.title == "Plan a camp"


async def test_what_has_changed_is_told_once_and_only_if_the_organiser_says_so() -> None:
    academy = await an_announced_camp('programme:"09.00 Welcome"')
    olga, anna, bo, carl = academy["Olga"], academy["Anna"], academy["Bo"], academy["Carl"]
    await anna.presses("Yes, I'm coming")
    await bo.presses("Maybe")
    await carl.presses("No")
    saved = await edits(olga, place="Roskilde", hours="10.00-17.00", programme="10.00 Welcome\n12.00 Lunch")
    assert "They have not heard yet that this has changed: the hours, the place and the programme." in saved.text
    assert "New hours: 10:00–17:00 (before: 09:00–16:00)" in saved.text
    assert "New place: Roskilde (before: Broparken, Rødovre)" in saved.text
    await academy.delivers()
    assert notices(anna) == []
    assert "Where: Broparken" in card_of(anna)
    told = await olga.presses(saved.buttons["Tell 2 people"])
    assert "2 messages are on their way." in told.text
    assert "They have not heard yet" not in told.text
    assert "There was nobody to write to." in (await olga.presses(saved.buttons["Tell 2 people"])).text
    await academy.delivers()
    assert notices(anna) == notices(bo) == ["Camp 3: something has changed"]
    assert "New place: Roskilde (before: Broparken, Rødovre)" in anna.reads()
    assert "10:00 Welcome\n12:00 Lunch" in anna.reads()
    assert notices(carl) == []
    assert "Where: Roskilde" in card_of(anna)
    assert "Where: Roskilde" in card_of(carl)
    assert "You have a seat." in card_of(anna)
    coming = await bo.presses("I'm coming")
    assert "You have a seat. See you there!" in coming.text


async def test_a_small_change_can_stay_quiet() -> None:
    academy = await an_announced_camp()
    anna = academy["Anna"]
    await anna.presses("Yes, I'm coming")
    saved = await edits(academy["Olga"], place="Broparken, Rødovre!")
    quiet = await academy["Olga"].presses(saved.buttons["Too small to tell"])
    assert "Nobody gets a message about it." in quiet.text
    assert "They have not heard yet" not in quiet.text
    await academy.delivers()
    assert notices(anna) == []
    assert "Where: Broparken, Rødovre!" in card_of(anna)


async def test_what_was_changed_back_before_it_went_out_is_no_news() -> None:
    academy = await an_announced_camp()
    olga, anna = academy["Olga"], academy["Anna"]
    await anna.presses("Yes, I'm coming")
    moved = await edits(olga, place="Roskilde", check_in="08.30", host="Ny vært", name="Camp 3b", day="2026-03-23")
    await olga.presses(moved.buttons["Tell 1 person"])
    back = await edits(olga, place="Broparken, Rødovre", check_in="", host="", name="Camp 3", day="2026-03-22")
    assert "New day: Sunday, 22 March 2026 (before: Monday, 23 March 2026)" in back.text
    assert "Not settled any more: the check-in" in back.text
    assert "Not settled any more: the host" in back.text
    assert "New name: Camp 3 (before: Camp 3b)" in back.text
    await academy.delivers()
    assert notices(anna) == []


async def test_nobody_is_told_of_changes_to_a_camp_that_nobody_knows() -> None:
    academy = await a_camp('programme:"09.00 Welcome"')
    saved = await edits(academy["Olga"], place="Roskilde", programme="", theme="hope")
    assert "They have not heard yet" not in saved.text
    assert "Theme: hope" in saved.text
    same = await edits(academy["Olga"])
    assert "Saved." in same.text
    camp = await camp_of(academy)
    assert (camp.revision, camp.sequence) == (2, 1)
    quiet = await edits(academy["Olga"], challenge="What now?")
    assert "Saved." in quiet.text
    camp = await camp_of(academy)
    assert (camp.revision, camp.sequence) == (3, 1)


async def test_a_programme_that_falls_away_is_told_too() -> None:
    academy = await an_announced_camp('programme:"09.00 Welcome"')
    olga = academy["Olga"]
    saved = await edits(olga, programme="")
    assert "They have not heard yet that this has changed: the programme." in saved.text
    assert "Tell" not in " ".join(saved.buttons)  # nobody has answered
    assert "Too small to tell" in saved.buttons
    await academy["Anna"].presses("Yes, I'm coming")
    told = await olga.presses(
        (await olga.presses((await olga.types("/camp")).buttons["Organise"])).buttons["Tell 1 person"]
    )
    assert "1 message is on its way." in told.text
    await academy.delivers()
    assert "The programme is not settled any more." in academy["Anna"].reads()


async def test_two_organisers_who_change_it_at_once_do_not_overwrite_each_other() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    first, second = (await olga.types("/camp edit")).form, (await olga.types("/camp edit")).form
    await olga.fills(first, name="Camp 3", day="2026-03-22", hours="9-16", place="Roskilde")
    late = await olga.fills(second, name="Camp 3", day="2026-03-22", hours="9-16", place="Køge")
    assert "It was changed meanwhile. Look at it once more before you go on." in late.text
    assert (await camp_of(academy)).place == "Roskilde"
    stale = await olga.presses((await olga.types("/camp invite")).buttons["Send the invitations"])
    assert "invitations are on their way" in stale.text


async def test_an_invitation_that_was_changed_since_the_look_is_looked_at_again() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    shown = await olga.types("/camp invite")
    await edits(olga, place="Roskilde")
    assert "It was changed meanwhile." in (await olga.presses(shown.buttons["Send the invitations"])).text
    desk = await olga.presses(shown.buttons["Back"])
    looked = await olga.presses(desk.buttons["Invite"])
    assert "Where: Roskilde" in looked.text
    await olga.presses(desk.buttons["Who comes"])
    assert "Nobody has been asked yet." in (await olga.presses(desk.buttons["Who comes"])).text
    assert "Reminders of Camp 3" in (await olga.presses(desk.buttons["Reminders"])).text
    assert (await olga.presses(desk.buttons["Change"])).form.title == "Change the camp"


async def test_a_cancelled_camp_is_told_to_those_who_would_have_come() -> None:
    academy = await an_announced_camp("seats:1")
    olga, anna, bo, carl, dorte = (academy[name] for name in ("Olga", "Anna", "Bo", "Carl", "Dorte"))
    await anna.presses("Yes, I'm coming")
    await bo.presses("Yes, I'm coming")
    await carl.presses("Maybe")
    form = (await olga.types("/camp cancel")).form
    shown = await olga.fills(form, reason="The house is closed.")
    assert "Camp 3 is cancelled" in shown.text
    assert "The house is closed." in shown.text
    assert "3 people said yes or maybe and are told." in shown.text
    await academy.passes(minutes=1)
    assert notices(anna) == []
    done = await olga.presses(shown.buttons["Cancel the camp"])
    assert "The camp is cancelled. 3 messages are on their way." in done.text
    await academy.delivers()
    for one in (anna, bo, carl):
        assert notices(one) == ["Camp 3 is cancelled"]
        assert "The house is closed." in one.reads()
    assert notices(dorte) == []
    assert "This camp was cancelled." in card_of(dorte)
    assert labels_of(dorte) == []
    await academy.passes(days=25)
    assert notices(anna) == ["Camp 3 is cancelled"]
    assert invitation_of(anna).card.accent is Accent.CALM
    again = await olga.presses(shown.buttons["Cancel the camp"])
    assert "This camp was cancelled, so there is nothing to sign up for." in again.text
    late = await academy["Dorte"].types('/camp signup yes camp:"camp 3"')
    assert "This camp was cancelled" in late.text


async def test_letting_it_be_cancels_nothing() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    desk = await olga.presses((await olga.types("/camp")).buttons["Organise"])
    form = (await olga.presses(desk.buttons["Cancel the camp"])).form
    shown = await olga.fills(form, reason="")
    assert "0 people said yes or maybe and are told." in shown.text
    desk = await olga.presses(shown.buttons["Let it be"])
    assert "Invite" in desk.buttons
    cancelled = await olga.presses(shown.buttons["Cancel the camp"])
    assert "There was nobody to write to." in cancelled.text


async def test_an_invitation_that_had_not_gone_out_when_it_was_cancelled_never_does() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    await olga.presses((await olga.types("/camp invite")).buttons["Send the invitations"])
    shown = await olga.fills((await olga.types("/camp cancel")).form, reason="")
    await olga.presses(shown.buttons["Cancel the camp"])
    await academy.delivers()
    assert academy["Anna"].posts() == []


async def test_news_and_reminders_find_only_those_whom_they_still_concern() -> None:
    academy = await an_announced_camp()
    olga, anna = academy["Olga"], academy["Anna"]
    await anna.presses("Yes, I'm coming")
    saved = await edits(olga, place="Roskilde")
    await olga.presses(saved.buttons["Tell 1 person"])
    await olga.presses((await olga.types("/camp remind")).buttons["Ask 4 who have not settled"])
    for name in ("Anna", "Bo", "Carl", "Dorte", "Olga"):
        await academy[name].types("/camp signup no")
    await academy.delivers()
    assert [notices(academy[name]) for name in ("Anna", "Bo", "Carl")] == [[], [], []]
