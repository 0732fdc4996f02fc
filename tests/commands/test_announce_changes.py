"""The form of an announcement: written in it, changed in it, told by the field what cannot be."""

from collections.abc import Mapping

from bot.messages.forms import TextField
from tests.announce_talk import received, written
from tests.introductions_talk import Answer, a_small_academy


def filled(answer: Answer) -> dict[str, str]:
    """What stands in the form."""
    return {field.key: field.value for field in answer.form.fields if isinstance(field, TextField)}


async def test_without_a_text_the_form_opens_with_what_was_typed() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    asked = await olga.types('/announce new to:sector:business when:"in 2 hours"')
    assert filled(asked) == {"text": "", "when": "in 2 hours", "repeat": "", "to": "sector:business"}
    problems = await olga.fills(asked.form, text="Hi", when="30 february", repeat="every second", to="sector:x")
    assert set(problems.problems) == {"when", "repeat", "to"}
    empty = await olga.fills(asked.form, text=" ", when="", repeat="", to="")
    assert set(empty.problems) == {"text"}
    shown = await olga.fills(asked.form, text="Hi", when="in 2 hours", repeat="", to="sector:business")
    assert "It goes to 1 person." in shown.text
    await olga.presses(shown.buttons["Schedule"])
    await academy.passes(hours=3)
    assert received(academy) == [0, 0, 1, 0, 0]


async def test_the_list_has_a_button_that_opens_the_form() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    opened = await olga.presses((await olga.types("/announce list")).buttons["New announcement"])
    assert set(filled(opened).values()) == {""}
    shown = await olga.fills(opened.form, text="- Hi", when="", repeat="", to="")
    assert "everyone in the academy" in shown.text


async def test_a_draft_is_changed_and_the_old_preview_sends_nothing() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:"tomorrow 12:00"')
    change = await olga.presses(shown.buttons["Change"])
    assert filled(change) == {
        "text": "Hello",
        "when": "Tuesday, 3 March 2026 at 12:00",
        "repeat": "",
        "to": "everyone",
    }
    values: Mapping[str, str] = {**filled(change), "text": "Goodbye"}
    changed = await olga.fills(change.form, **values)
    assert "Goodbye" in changed.text
    assert "It goes out Tuesday, 3 March 2026 at 12:00 (tomorrow)." in changed.text
    stale = await olga.fills(change.form, **{**values, "text": "Farewell"})
    assert "it now says: Goodbye. Send again to put yours in its place." in stale.problems["text"]
    old = await olga.presses(shown.buttons["Schedule"])
    assert "It was changed meanwhile. This is how it is now." in old.text
    await olga.presses(old.buttons["Schedule"])
    await academy.passes(days=2)
    assert academy["Anna"].reads() == "Goodbye\nFrom Olga Hansen"
    assert received(academy) == [1, 1, 1, 1, 1]


async def test_what_cannot_be_changed_like_that_is_told_by_the_field() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:tomorrow')
    change = await olga.presses(shown.buttons["Change"])
    assert filled(change)["when"] == ""
    assert set((await olga.fills(change.form, **{**filled(change), "when": "blah"})).problems) == {"when"}
    fixed = await olga.fills(change.form, **{**filled(change), "when": "tomorrow 10:00"})
    assert "It goes out Tuesday, 3 March 2026 at 10:00 (tomorrow)." in fixed.text


async def test_a_planned_one_stays_until_the_changed_one_takes_its_place() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Monday!" repeat:"every monday 09:00"')
    told = await olga.types("/announce cancel")
    change = await olga.presses(told.buttons["Change"])
    assert filled(change)["repeat"] == "every Monday at 09:00, first time Monday, 9 March 2026"
    changed = await olga.fills(change.form, **{**filled(change), "text": "Mondays"})
    assert "again and again: every Monday at 09:00" in changed.text
    await academy.passes(days=8)
    assert academy["Anna"].reads().startswith("Monday!")
    settled = await olga.presses(changed.buttons["Schedule"])
    assert "It is planned" in settled.text
    await academy.passes(days=7)
    assert academy["Anna"].reads().startswith("Mondays")
    assert received(academy) == [2, 2, 2, 2, 2]
    assert "Monday! – Cancelled" in (await olga.types("/announce list")).text


async def test_one_that_went_out_meanwhile_is_not_sent_a_second_time() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Hello" when:"in 2 hours"')
    told = await olga.types("/announce cancel")
    change = await olga.presses(told.buttons["Change"])
    changed = await olga.fills(change.form, **{**filled(change), "text": "Hello again", "when": "in 5 hours"})
    await academy.passes(hours=3)
    over = await olga.presses(changed.buttons["Schedule"])
    assert "Nothing more of it will go out, so there is nothing to change or to cancel." in over.text
    late = await olga.presses(told.buttons["Change"])
    assert "Nothing more of it" in (await olga.fills(late.form, **filled(late))).text
    await academy.passes(hours=3)
    assert received(academy) == [1, 1, 1, 1, 1]
