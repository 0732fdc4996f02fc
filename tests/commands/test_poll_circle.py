"""A poll in a channel asks those who read along there: nobody else is reminded, waited for, or told of it."""

from bot.identity import Address
from bot.interactions import Press
from bot.messages.actions import encode_action
from bot.polls.actions import AskHere, AskToRemind, ClosePoll, Remind, ReopenPoll
from bot.polls.domain import PollState
from bot.polls.people import leave_polls
from tests.fake_circle import an_academy
from tests.introductions_talk import Academy
from tests.poll_talk import GENERAL, arrival, polls, posted, presses, reads, types

BOARD = Address("web", "channel:board")


async def test_who_is_not_in_the_channel_is_neither_reminded_nor_waited_for() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo", "Carl"})
    anna = academy["Anna"]
    poll = await posted(anna, '/poll "Who leads the board?" A B closes:all')
    assert poll.asked == tuple(sorted(academy.ids[name] for name in ("Anna", "Bo", "Carl")))
    await presses(anna, "A")
    asked = await anna.sends_wire(encode_action(AskToRemind(poll.id)))
    assert "2 people have not voted yet" in asked.text
    await anna.sends_wire(encode_action(Remind(poll.id)))
    await academy.delivers()
    assert "You have not voted yet" in academy["Bo"].reads()
    assert academy["Dorte"].posts() == []
    for name in ("Bo", "Carl"):
        await presses(academy[name], "A")
    await academy.delivers()
    assert "Closed. 3 voted." in reads(academy)


async def test_where_all_are_nobody_is_asked_by_name() -> None:
    academy, chat = await an_academy(general={"Anna", "Bo", "Carl", "Dorte", "Olga"})
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    assert poll.asked == ()
    chat.inside[GENERAL].remove("Dorte")
    asked = await academy["Anna"].sends_wire(encode_action(AskToRemind(poll.id)))
    assert "4 people have not voted yet" in asked.text


async def test_where_the_platform_does_not_say_nobody_is_reminded() -> None:
    academy, chat = await an_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    told = await academy["Anna"].sends_wire(encode_action(AskToRemind(poll.id)))
    assert "I can't see who reads along there, so I remind nobody." in told.text
    chat.inside[GENERAL] = {"Anna", "Bo"}
    again = await posted(academy["Anna"], '/poll "Which?" A B')
    del chat.inside[GENERAL]
    told = await academy["Anna"].sends_wire(encode_action(AskToRemind(again.id)))
    assert "2 people have not voted yet" in told.text


async def test_in_another_place_those_who_are_there_are_asked_too() -> None:
    academy, chat = await an_academy(general={"Anna", "Bo"}, board={"Carl", "Bo"})
    anna = academy["Anna"]
    poll = await posted(anna, '/poll "Which?" A B')
    await types(anna, "/poll list", BOARD)
    await presses_in(academy, "Anna", AskHere(poll.id), BOARD)
    (poll,) = await polls(academy)
    assert set(poll.asked) == {academy.ids[name] for name in ("Anna", "Bo", "Carl")}
    elsewhere = Address("web", "channel:elsewhere")
    await presses_in(academy, "Anna", AskHere(poll.id), elsewhere)
    (poll,) = await polls(academy)
    assert (len(poll.places), poll.asked) == (3, ())
    assert elsewhere not in chat.inside


async def presses_in(academy: Academy, name: str, action: AskHere, place: Address) -> None:
    academy.clock.advance(seconds=2)
    await academy.desk.press(Press(arrival(academy[name], place=place), encode_action(action)))


async def test_whoever_leaves_is_not_waited_for_any_more() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo", "Carl"})
    await posted(academy["Anna"], '/poll "Which?" A B closes:all')
    await presses(academy["Anna"], "A")
    await presses(academy["Bo"], "A")
    async with academy.memory.units(academy.workspace) as work:
        await leave_polls(work, academy.ids["Carl"], academy.clock.now())
        await work.commit()
    await academy.delivers()
    assert "Closed. 2 voted." in reads(academy)


async def test_one_that_was_opened_again_waits_for_somebody_to_close_it() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo"})
    poll = await posted(academy["Anna"], '/poll "Which?" A B closes:all')
    for name in ("Anna", "Bo"):
        await presses(academy[name], "A")
    (closed,) = await polls(academy)
    assert closed.state is PollState.CLOSED
    await academy["Anna"].sends_wire(encode_action(ReopenPoll(poll.id)))
    await academy.delivers()
    await presses(academy["Anna"], "B")
    await presses(academy["Bo"], "B")
    await academy.delivers()
    assert "B 2 (100 %)" in reads(academy)
    assert "It closes when all have voted." not in reads(academy)
    await academy["Anna"].sends_wire(encode_action(ClosePoll(poll.id)))
    assert (await polls(academy))[0].state is PollState.CLOSED


async def test_a_limit_stays_where_others_may_add_answers() -> None:
    academy, _ = await an_academy(general={"Anna", "Bo"})
    for line, most in (("multiple:3 add:yes", 3), ("multiple:3", 0), ("multiple:yes add:yes", 0)):
        assert (await posted(academy["Anna"], f'/poll "Which?" A B C {line}')).most == most


async def test_who_has_left_the_channel_is_waited_for_no_more() -> None:
    academy, chat = await an_academy(general={"Anna", "Bo", "Carl"})
    shown = await types(academy["Anna"], '/poll "Which?" A B closes:all')
    assert "Others may vote, but I do not wait for them." in shown.text
    poll = await posted(academy["Anna"], '/poll "Which?" A B closes:all')
    await presses(academy["Anna"], "A")
    chat.inside[GENERAL] = {"Bo", "Carl"}
    await academy.passes(hours=1)
    assert len((await polls(academy))[0].asked) == 3
    chat.inside[GENERAL] = {"Bo"}
    await academy.passes(hours=1)
    assert set((await polls(academy))[0].asked) == {academy.ids["Anna"], academy.ids["Bo"]}
    await presses(academy["Bo"], "B")
    assert (await polls(academy))[0].state is PollState.CLOSED
    poll = await posted(academy["Bo"], '/poll "Which?" A B')
    del chat.inside[GENERAL]
    await academy.passes(hours=1)
    assert (await polls(academy))[0].asked == poll.asked


async def test_where_only_one_was_left_to_wait_for_it_closes_when_they_leave() -> None:
    academy, chat = await an_academy(general={"Anna", "Bo"})
    await posted(academy["Anna"], '/poll "Which?" A B closes:all')
    chat.inside[GENERAL] = set()
    await academy.passes(hours=1)
    assert len((await polls(academy))[0].asked) == 2
    chat.inside[GENERAL] = {"Anna"}
    await presses(academy["Anna"], "A")
    await academy.passes(hours=1)
    assert (await polls(academy))[0].state is PollState.CLOSED
    assert "Closed. 1 voted." in reads(academy)
