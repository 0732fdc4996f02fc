"""What is asked before a poll is posted: until when, where that is unclear, and what is set more seldom."""

from datetime import UTC, datetime

import pytest

from bot.messages.actions import encode_action
from bot.messages.forms import FileField, MemberField, TextField
from bot.polls.actions import TakeReady
from bot.polls.domain import PollKind, PollState
from tests.introductions_talk import a_small_academy, selects_of
from tests.poll_talk import fills, polls, posted, presses, reads, told, types

MORE = {"quorum": "", "repeat": "", "others": "", "ready": ""}


async def test_an_unclear_time_is_chosen_and_the_rest_is_kept() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    asked = await types(anna, '/poll "Which?" A B C multiple:2 closes:"friday"')
    assert "At what time of day? Do you mean one of these?" in asked.text
    assert list(asked.buttons) == [
        "Friday, 6 March 2026 at 09:00",
        "Friday, 6 March 2026 at 12:00",
        "Friday, 6 March 2026 at 16:00",
        "Friday, 6 March 2026 at 23:59",
        "Another time",
        "Until I close it",
        "Throw away",
    ]
    form = (await presses(anna, asked.buttons["Another time"])).form
    values = {one.key: one.value for one in form.fields}  # type: ignore[union-attr]  # all of them have one
    assert (values["question"], values["options"], values["kind"]) == ("Which?", ("A", "B", "C"), ("multiple2",))
    shown = await presses(anna, asked.buttons["Friday, 6 March 2026 at 23:59"])
    assert shown.replaced
    assert "Up to 2 answers each." in shown.text
    assert "Open until Friday, 6 March 2026 at 23:59." in shown.text
    late = await presses(anna, asked.buttons["Friday, 6 March 2026 at 09:00"])
    assert "It was changed meanwhile." in late.text
    await presses(anna, shown.buttons["Post it"])
    await academy.delivers()
    assert "Open until Friday, 6 March 2026 at 23:59." in reads(academy)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("whenever", "I can't read that as a time."),
        ("yesterday", "That time has passed."),
        ("31. februar", "Choose another day."),
        ("now", "That time has passed. Until when may people vote?"),
    ],
)
async def test_a_time_that_cannot_be_is_told_and_the_rest_is_kept(typed: str, said: str) -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    asked = await types(anna, f'/poll "Which?" A B closes:"{typed}"')
    assert said in asked.text
    assert "Post it" not in asked.buttons
    shown = await presses(anna, asked.buttons["Until I close it"])
    assert "Open until" not in shown.text
    assert "Post it" in shown.buttons


async def test_the_form_asks_so_as_well_and_so_does_a_change() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await types(anna, "/poll")).form
    filled: dict[str, str | tuple[str, ...]] = {"question": "Which?", "options": "A\nB", "kind": "single", "rules": ()}
    asked = await fills(anna, form, **filled, closes="fredag kl. 3")
    shown = await presses(anna, asked.buttons["Friday, 6 March 2026 at 15:00"])
    again = (await presses(anna, shown.buttons["Change"])).form
    asked = await fills(anna, again, **filled, closes="tomorrow")
    assert "Tuesday, 3 March 2026 at 12:00" in asked.buttons
    wrong = await fills(anna, again, **filled, closes="whenever")
    assert "I can't read that as a time." in wrong.problems["closes"]


async def test_more_settings_are_a_step_of_their_own() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    academy.chats.of(academy.workspace).channels = ["news"]
    shown = await anna.types('/poll "Which?" A B')
    assert "Post it" not in shown.buttons
    form = (await presses(anna, shown.buttons["More settings"])).form
    wrong = await fills(anna, form, quorum="many", repeat="now and then", others="#nowhere", ready="")
    assert set(wrong.problems) == {"quorum", "repeat", "others"}
    shown = await fills(anna, form, **{**MORE, "quorum": "3", "repeat": "every monday at 9:00", "others": "#news"})
    assert "It repeats every Monday at 09:00" in shown.text
    assert "It counts if 3 people vote." in shown.text
    again = (await presses(anna, shown.buttons["More settings"])).form
    texts = [one.value for one in again.fields if isinstance(one, TextField)]
    assert texts == ["3", "every Monday at 09:00, first time Monday, 9 March 2026", ""]
    once = await fills(anna, again, **{**MORE, "quorum": "3"})
    assert "It repeats" not in once.text
    await presses(anna, once.buttons["Post it"])
    (poll,) = await polls(academy, PollState.OPEN)
    assert (poll.quorum, [place.address.value for place in poll.places]) == (3, ["channel:news"])


async def test_one_that_is_ready_is_taken_from_there_or_from_the_list() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, '/poll "Which?" A B')
    form = (await presses(anna, shown.buttons["More settings"])).form
    shown = await fills(anna, form, **{**MORE, "ready": "pulse"})
    assert "How is our network doing" in shown.text
    (poll,) = await polls(academy)
    assert (poll.kind, poll.anonymous, len(poll.places)) == (PollKind.RATING, True, 1)
    await posted(anna, '/poll "Which?" A B')
    menu = selects_of((await types(anna, "/poll list")).card)[-1]
    assert [choice.value for choice in menu.choices] == ["pulse", "camp", "next"]
    shown = await anna.chooses(menu, "next")
    assert "Agreements on what we do next" in shown.text
    refused = await anna.sends_wire(encode_action(TakeReady()))
    assert "Choose a poll from the list." in refused.text


async def test_what_is_wrong_in_a_line_is_told_in_the_form_with_all_that_was_typed() -> None:
    academy = await a_small_academy()
    answer = await types(
        academy["Anna"], '/poll "Which day?" "12 May 2026" "blue" "14 May 2026" type:dates anonymous:yes'
    )
    assert "About blue: I can't read that as a time." in told(answer)
    values = {one.key: one.value for one in answer.form.fields if not isinstance(one, MemberField | FileField)}
    assert values["question"] == "Which day?"
    assert values["options"] == ("12 May 2026", "blue", "14 May 2026")
    assert (values["kind"], values["rules"]) == (("dates",), ("anonymous",))


@pytest.mark.parametrize(
    ("line", "question"),
    [
        ("/poll Hvor holder vi camp?", "Hvor holder vi camp?"),
        ("/poll Go on?", "Go on?"),
        ("/poll Sure?", "Sure?"),
    ],
)
async def test_a_question_without_quotes_is_a_question(line: str, question: str) -> None:
    academy = await a_small_academy()
    assert question in (await types(academy["Anna"], line)).text
    assert [(poll.question, poll.kind) for poll in await polls(academy)] == [(question, PollKind.YES_NO)]


async def test_one_word_may_have_been_meant_otherwise() -> None:
    academy = await a_small_academy()
    form = (await types(academy["Anna"], "/poll slet")).form
    assert [one.value for one in form.fields if isinstance(one, TextField)] == ["slet", ""]
    assert await polls(academy) == []
    form = (await types(academy["Anna"], "/poll Skal vi mødes")).form
    assert [one.value for one in form.fields if isinstance(one, TextField)] == ["Skal vi mødes", ""]
    assert await polls(academy) == []
    shown = await types(academy["Anna"], "/poll Where do we meet? Rødovre Odense")
    assert "Post it" in shown.buttons
    (poll,) = await polls(academy)
    assert (poll.question, [one.text for one in poll.options]) == ("Where do we meet?", ["Rødovre", "Odense"])


async def test_channels_stand_between_commas_as_well() -> None:
    academy = await a_small_academy()
    academy.chats.of(academy.workspace).channels = ["general", "camps"]
    shown = await types(academy["Anna"], '/poll "Which?" A B in:general,camps')
    assert "It will be posted in #general and #camps." in shown.text
    assert [one.address.value for one in (await polls(academy))[0].places] == ["channel:general", "channel:camps"]
    await types(academy["Anna"], "/poll template:pulse anonymous:no")
    assert not (await polls(academy))[0].anonymous


async def test_a_wish_that_cannot_be_fulfilled_is_told() -> None:
    academy = await a_small_academy()
    shown = await types(academy["Anna"], '/poll "How was it?" type:stars add:yes')
    assert "This kind of poll has its own answers" in shown.text
    shown = await types(academy["Anna"], '/poll "Which?" A B C type:ranked multiple:2')
    assert "In an order everybody names as many answers as they like." in shown.text
    shown = await types(academy["Anna"], '/poll "Go on?" anonymous:yes results:live')
    assert "An anonymous poll shows no numbers before it closes" in shown.text
    shown = await types(academy["Anna"], '/poll "Go on?" anonymous:yes')
    assert "shows no numbers before" not in shown.text
    shown = await types(academy["Anna"], '/poll "Go on?" quorum:100000')
    assert "100000 have to vote for it to count, and there are 5." in shown.text
    academy.clock.set(datetime(2027, 3, 20, 12, tzinfo=UTC))
    shown = await types(academy["Anna"], '/poll "Go on?" closes:"28 March 2027 at 02:30"')
    assert "The clocks go forward then, and that time does not exist." in shown.text


async def test_an_option_that_is_not_known_gets_the_list() -> None:
    academy = await a_small_academy()
    told = await types(academy["Anna"], '/poll "Which?" A B ukendt:ting')
    assert "I don't know ukendt: here. There is: question, options, multiple, kind," in told.text
