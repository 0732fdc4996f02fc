"""What seldom happens to a poll: old buttons, patterns that end, people who hurry and people who come late."""

import pytest

from bot.messages.actions import encode_action
from bot.polls.actions import AddOption, AskToRemind, ClosePoll, HandVotes, ReopenPoll, WithdrawVote, WritePoll
from bot.polls.anonymity import voter_key
from bot.polls.closing import expand_close
from bot.polls.domain import PollState
from bot.polls.repeating import expand_repeat
from bot.schedules.domain import ScheduleKind
from tests.introductions_talk import Somebody, a_small_academy
from tests.poll_talk import fills, polls, posted, presses, told, types


async def test_old_buttons_of_an_anonymous_poll_open_nothing() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    poll = await posted(olga, '/poll "Which?" A B anonymous:yes')
    assert (
        "This poll has all of its options already."
        in (await fills(olga, (await olga.sends_wire(encode_action(AddOption(poll.id)))).form, option="C")).text
    )
    assert "nobody can see who voted what" in (await olga.sends_wire(encode_action(HandVotes(poll.id)))).text
    await olga.sends_wire(encode_action(ClosePoll(poll.id)))
    assert "cannot be opened again" in (await olga.sends_wire(encode_action(ReopenPoll(poll.id)))).text
    (closed,) = await polls(academy)
    with pytest.raises(ValueError, match="key"):
        voter_key(closed, olga.id)


async def test_where_all_have_voted_nobody_is_reminded() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], '/poll "Which?" A B')
    for name in ("Olga", "Anna", "Bo", "Carl", "Dorte"):
        await presses(academy[name], "A")
    told = await academy["Olga"].sends_wire(encode_action(AskToRemind(poll.id)))
    assert "There is nobody to remind." in told.text


async def test_who_is_asked_by_name_is_reminded_by_name() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], '/poll "Which?" A B closes:all')
    await presses(academy["Anna"], "A")
    told = await academy["Olga"].sends_wire(encode_action(AskToRemind(poll.id)))
    assert "people have not voted yet" in told.text


@pytest.mark.parametrize(
    ("which", "question"), [("camp", "How much did the camp give you"), ("next-camp", "What do you want more of")]
)
async def test_templates_are_ready(which: str, question: str) -> None:
    academy = await a_small_academy()
    shown = await types(academy["Olga"], f"/poll template:{which}")
    assert question in shown.text
    assert "Post it" in shown.buttons


async def test_the_shortcut_opens_the_form() -> None:
    academy = await a_small_academy()
    assert (await academy["Anna"].sends_wire(encode_action(WritePoll()))).form.fields


async def test_a_draft_that_cannot_be_read_any_more_stays_as_it_was() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, '/poll "Which?" A B')
    form = (await presses(anna, shown.buttons["Change"])).form
    wrong = await fills(anna, form, question="Which?", options="A", kind="single", closes="", rules=())
    assert "options" in wrong.problems


async def test_an_option_in_which_there_is_nothing_to_see() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Which?" A B add:yes')
    form = (await presses(academy["Bo"], "Add an option")).form
    for unseen in ("\u200b", "\u2060\u200b"):
        assert "nothing in that option" in (await fills(academy["Bo"], form, option=unseen)).problems["option"]
    assert "That answer is there already." in (await fills(academy["Bo"], form, option="B\u200b")).problems["option"]


async def test_a_stranger_who_takes_back_what_was_never_said() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    told = await Somebody(academy, "Nina").sends_wire(encode_action(WithdrawVote(poll.id)))
    assert "taken back" in told.text


async def test_options_with_the_same_long_beginning_are_told_apart_in_the_form() -> None:
    academy = await a_small_academy()
    long = "A place that has a very long name which goes on and on until nobody remembers how it began at all, number"
    await posted(academy["Anna"], f'/poll "Which?" "{long} one" "{long} two" C multiple:2')
    form = (await presses(academy["Bo"], "Vote")).form
    labels = [(one.label, one.hint) for one in form.fields[0].choices]  # type: ignore[union-attr]  # a field of choices
    assert len(set(labels)) == 3


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('/poll "Which?" A B closes:now', "That time has passed."),
        ('/poll "Which?" A B repeat:"every monday at 3"', "say it more exactly"),
        (
            '/poll "When?" "friday at 3" "monday at 9" kind:dates',
            "About friday at 3: Do you mean Friday, 6 March 2026 at 15:00 or",
        ),
        ('/poll "When?" "every monday at 3" "monday at 9" kind:dates', "I can read that in more than one way."),
        ('/poll "Which?" A B multiple:1 kind:several', ""),
    ],
)
async def test_times_that_say_too_little(line: str, said: str) -> None:
    academy = await a_small_academy()
    assert said in told(await types(academy["Anna"], line))


async def test_a_pattern_ends_with_its_last_time() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await types(olga, '/poll "How?" kind:stars repeat:"every day at 9 until 4 March 2026"')
    await presses(olga, shown.buttons["Post it"])
    await academy.passes(days=4)
    assert await polls(academy, PollState.PATTERN) == []
    assert len(await polls(academy, PollState.OPEN)) == 2
    late = await types(olga, '/poll "How?" kind:stars repeat:"every day at 9 until 8 March 2026"')
    await academy.passes(days=5)
    assert "That repeat never happens." in (await presses(olga, late.buttons["Post it"])).text


async def test_what_comes_due_twice_or_too_late_does_nothing() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await posted(olga, '/poll "Which?" A B closes:"in 2 hours"')
    shown = await types(olga, '/poll "How?" kind:stars repeat:"every day at 9"')
    await presses(olga, shown.buttons["Post it"])
    async with academy.memory.units(academy.workspace, reading=True) as work:
        schedules = {one.kind: one for one in await work.schedules.every()}
    for poll in await polls(academy, PollState.OPEN, PollState.PATTERN):
        await olga.sends_wire(encode_action(ClosePoll(poll.id)))
    before = await polls(academy)
    async with academy.memory.units(academy.workspace) as work:
        await expand_close(work, schedules[ScheduleKind.POLL_CLOSE], academy.clock.now())
        await expand_repeat(work, schedules[ScheduleKind.POLL_REPEAT], academy.clock.now())
        await work.commit()
    assert await polls(academy) == before
