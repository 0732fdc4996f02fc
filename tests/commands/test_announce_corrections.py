"""What went out is corrected where it stands: looked at first, then edited in every copy, with no new message."""

from bot.announcements.actions import CorrectAnnouncement, CorrectCopies, ShowAnnouncement
from bot.messages.actions import encode_action
from tests.announce_talk import ALL, copies, received, written
from tests.introductions_talk import Academy, Answer, a_small_academy


async def sent(academy: Academy) -> Answer:
    """Something has gone out; its ledger."""
    settled = await written(academy["Olga"], '/announce new "At nine"', "Send now")
    await academy.passes(minutes=1)
    return await academy["Olga"].presses(settled.buttons["How it stands"])


async def test_every_copy_is_edited_in_place_once_somebody_has_looked() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    told = await sent(academy)
    form = (await olga.presses(told.buttons["Correct it"])).form
    shown = await olga.fills(form, text="At **ten**")
    assert "It changes 5 messages where they stand, without new ones." in shown.text
    await academy.passes(minutes=1)
    assert academy["Anna"].reads() == "At nine\nFrom Olga Hansen"
    made = await olga.presses(shown.buttons["Correct it everywhere"])
    assert "I am correcting 5 messages." in made.text
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]
    assert {one for name in ALL for one in copies(academy[name])} == {"At ten\nFrom Olga Hansen · corrected"}
    twice = await olga.presses(shown.buttons["Correct it everywhere"])
    assert "That announcement is not there any more." in twice.text
    stale = await olga.fills(form, text="At eleven")
    assert "it now says: At **ten**. Send again to put yours in its place." in stale.problems["text"]
    unchanged = await olga.fills(form, text="At nine")
    assert "At ten" in unchanged.text


async def test_two_who_correct_at_once_do_not_overwrite_each_other() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    form = (await olga.presses((await sent(academy)).buttons["Correct it"])).form
    first, second = await olga.fills(form, text="At ten"), await olga.fills(form, text="At eleven")
    await olga.presses(first.buttons["Correct it everywhere"])
    assert "It was changed meanwhile." in (await olga.presses(second.buttons["Correct it everywhere"])).text
    await academy.passes(minutes=1)
    assert academy["Bo"].reads().startswith("At ten")


async def test_what_still_waits_goes_out_corrected() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    settled = await written(olga, '/announce new "At nine"', "Send now")
    await academy.timekeeper.tick()
    await academy.courier.run_once()
    told = await olga.presses(settled.buttons["How it stands"])
    form = (await olga.presses(told.buttons["Correct it"])).form
    shown = await olga.fills(form, text="At ten")
    await olga.presses(shown.buttons["Correct it everywhere"])
    await academy.delivers()
    assert received(academy) == [1, 1, 1, 1, 1]
    assert {one for name in ALL for one in copies(academy[name])} == {"At ten\nFrom Olga Hansen · corrected"}


async def test_a_correction_is_thrown_away_and_a_draft_is_none() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    form = (await olga.presses((await sent(academy)).buttons["Correct it"])).form
    for nothing in (" ", "\u200b"):
        assert "text" in (await olga.fills(form, text=nothing)).problems
    shown = await olga.fills(form, text="At ten")
    await olga.presses(shown.buttons["Throw away"])
    assert "not there any more" in (await olga.presses(shown.buttons["Correct it everywhere"])).text
    draft = (await olga.types('/announce new "Hello"')).buttons["Throw away"].action
    wire = encode_action(CorrectCopies(draft.announcement))  # type: ignore[attr-defined]  # it is a DropAnnouncement
    assert "not there any more" in (await olga.sends_wire(wire)).text
    wire = encode_action(CorrectAnnouncement(draft.announcement))  # type: ignore[attr-defined]  # as above
    unsent = (await olga.sends_wire(wire)).form
    assert "not there any more" in (await olga.fills(unsent, text="At ten")).text
    await academy.passes(minutes=1)
    assert academy["Bo"].reads() == "At nine\nFrom Olga Hansen"


async def test_what_went_out_before_a_repetition_was_ended_is_corrected_where_it_stands() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday" repeat:"every monday 09:00" to:sector:business')
    await academy.passes(days=15)
    assert received(academy, "Bo") == [2]
    ended = await olga.presses((await olga.types("/announce cancel")).buttons["End the repetition"])
    form = (await olga.presses(ended.buttons["Correct it"])).form
    shown = await olga.fills(form, text="Tuesday")
    assert "It changes 2 messages where they stand" in shown.text
    await olga.presses(shown.buttons["Correct it everywhere"])
    await academy.passes(days=8)
    assert copies(academy["Bo"]) == ["Tuesday\nFrom Olga Hansen · corrected"] * 2


async def test_one_that_was_cancelled_before_it_went_out_is_not_corrected() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday" when:"tomorrow 09:00"')
    told = await olga.presses((await olga.types("/announce cancel")).buttons["Cancel"])
    assert "Correct it" not in told.buttons


async def test_what_nobody_got_is_not_corrected() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await academy.change("Bo", accounts=())
    settled = await written(olga, '/announce new "At nine" to:sector:business', "Send now")
    await academy.passes(minutes=1)
    told = await olga.presses(settled.buttons["How it stands"])
    assert "Correct it" not in told.buttons
    action = settled.buttons["How it stands"].action
    assert isinstance(action, ShowAnnouncement)
    form = (await olga.sends_wire(encode_action(CorrectAnnouncement(action.announcement)))).form
    shown = await olga.fills(form, text="At ten")
    assert "Nothing of it has arrived anywhere, so there is nothing to correct." in shown.text
    assert list(shown.buttons) == ["Throw away"]
