"""Polls written and changed in the form, posted as they were seen, and what happens meanwhile."""

from dataclasses import replace

from bot.identity import PollId, new_id
from bot.messages.actions import encode_action
from bot.polls.actions import ClosePoll, FillBallot, HandDay, HandNumbers, OpenPoll, PostPoll, SeePoll, Vote
from bot.polls.domain import PollKind, PollState, Showing
from tests.introductions_talk import Somebody, a_member, a_small_academy, buttons_of, selects_of
from tests.poll_talk import card_in, fills, polls, posted, presses, reads, types

FILLED = {"question": "Which?", "options": "A\nB\nC", "kind": "multiple2", "closes": "in 48 hours"}


async def test_the_form_comes_back_until_all_of_it_can_be_read() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await types(anna, "/poll")).form
    again = await fills(anna, form, **{**FILLED, "options": "A", "closes": "whenever"}, rules=())
    assert set(again.problems) == {"options", "closes"}
    shown = await fills(anna, form, **FILLED, rules=("anonymous", "may_add"))
    assert "Up to 2 answers each." in shown.text
    assert "Anonymous" in shown.text
    await presses(anna, shown.buttons["Post it"])
    await academy.delivers()
    (poll,) = await polls(academy)
    assert (poll.kind, poll.most, poll.may_add, poll.showing) == (PollKind.MULTIPLE, 2, True, Showing.AT_CLOSE)


async def test_a_draft_is_changed_and_posted_only_as_it_was_seen() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    first = await types(anna, '/poll "Which?" A B C D E multiple:4 closes:"in 48 hours" quorum:3')
    form = (await presses(anna, first.buttons["Change"])).form
    values = {one.key: one.value for one in form.fields}  # type: ignore[union-attr]  # all of them have one
    assert values["kind"] == ("multiple4",)
    wrong = await fills(anna, form, **{**FILLED, "question": " "}, rules=("at_close",))
    assert "question" in wrong.problems
    second = await fills(anna, form, **{**FILLED, "kind": "multiple"}, rules=("at_close",))
    assert "As many answers as you like." in second.text
    late = await presses(anna, first.buttons["Post it"])
    assert "It was changed meanwhile. This is how it is now." in late.text
    conflict = await fills(anna, form, **FILLED, rules=())
    assert "It was changed meanwhile. Look at it once more" in conflict.text
    await presses(anna, second.buttons["Post it"])
    gone = await presses(anna, second.buttons["Post it"])
    assert "It is posted already." in gone.text
    dropped = await presses(anna, second.buttons["Throw away"])
    assert "It is posted already." in dropped.text
    (poll,) = await polls(academy)
    assert (poll.quorum, poll.showing, poll.state) == (3, Showing.AT_CLOSE, PollState.OPEN)


async def test_the_forms_of_every_kind_come_back_as_they_were() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    for line in ('"Q?" A B', '"Q?"', '"Q?" A B kind:ranked closes:all', '"Q?" kind:stars', '"Q?" A B kind:several'):
        shown = await types(anna, f"/poll {line} results:voted add:yes")
        form = (await presses(anna, shown.buttons["Change"])).form
        values = {one.key: one.value for one in form.fields}  # type: ignore[union-attr]  # as above
        filled = {**values, "options": "\n".join(values["options"])}  # type: ignore[arg-type]  # a list of texts
        same = await fills(anna, form, **{**filled, "kind": values["kind"][0]})  # type: ignore[arg-type, index]  # chosen
        assert same.text in shown.text


async def test_a_draft_whose_time_is_over_is_shown_again() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, '/poll "Which?" A B closes:"in 2 hours"')
    academy.clock.advance(hours=3)
    late = await presses(anna, shown.buttons["Post it"])
    assert "has passed meanwhile" in late.text


async def test_in_a_direct_conversation_a_channel_has_to_be_named() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await anna.types('/poll "Which?" A B')
    assert "Name a channel under More settings, or type it in the channel" in shown.text
    assert "Post it" not in shown.buttons
    (poll,) = await polls(academy)
    refused = await anna.sends_wire(encode_action(PostPoll(poll.id, poll.revision)))
    assert "Where shall it stand?" in refused.text
    gone = await anna.presses(shown.buttons["Throw away"])
    assert "Nobody saw it." in gone.text
    await anna.presses(shown.buttons["Throw away"])
    assert await polls(academy) == []


async def test_an_empty_list_says_how_to_begin_and_what_is_gone_is_told() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    listed = await anna.types("/poll list")
    assert "There is no poll yet." in listed.text
    nowhere = PollId(new_id())
    for action in (SeePoll(nowhere), Vote(nowhere, "1"), FillBallot(nowhere), ClosePoll(nowhere)):
        assert "That poll is not there any more." in (await anna.sends_wire(encode_action(action))).text
    await posted(anna, '/poll "Which?" A B')
    select = selects_of((await anna.types("/poll list")).card)[0]
    assert "Choose a poll from the list." in (await anna.chooses(select, "nonsense")).text
    assert "Choose a poll from the list." in (await anna.sends_wire(encode_action(OpenPoll()))).text
    again = await anna.presses((await anna.chooses(select, str((await polls(academy))[0].id))).buttons["All polls"])
    assert selects_of(again.card)


async def test_numbers_are_told_to_nobody_before_their_time() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B results:closed')
    await presses(academy["Bo"], "A")
    for action in (HandNumbers(poll.id), HandDay(poll.id, "1")):
        told = await academy["Anna"].sends_wire(encode_action(action))
        assert "The numbers are told when the poll closes." in told.text


async def test_there_is_no_day_where_no_days_were_asked_for() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    told = await academy["Anna"].sends_wire(encode_action(HandDay(poll.id, "1")))
    assert "No day was found." in told.text


async def test_a_closed_poll_opens_no_form_and_closes_no_second_time() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    poll = await posted(anna, '/poll "Which?" A B anonymous:yes add:yes kind:ranked')
    card = card_in(academy)
    close = ClosePoll(poll.id)
    form = (await presses(academy["Bo"], "Vote")).form
    await anna.sends_wire(encode_action(close))
    assert "This poll is closed already." in (await anna.sends_wire(encode_action(close))).text
    opened = await presses(academy["Bo"], buttons_of(card)["Vote"])
    assert "This poll is closed" in opened.text
    late = await fills(academy["Bo"], form, place1="1", place2="")
    assert "This poll is closed" in late.text


async def test_a_crowd_of_members_is_told_by_sector_in_steps() -> None:
    academy = await a_small_academy()
    for number in range(9):
        for sector in ("business", "municipality", "foundation"):
            name = f"{sector.capitalize()}{number}"
            await academy.joins(a_member(f"{name} Holm", f"Org {name}", sector))
    poll = await posted(academy["Olga"], '/poll "Which?" A B')
    for number in range(6):
        await academy.joins(a_member(f"Research{number} Bech", f"Institut {number}", "research"))
    for sector, many in {"business": 9, "foundation": 5, "municipality": 2}.items():
        for number in range(many):
            await presses(academy[f"{sector.capitalize()}{number}"], "A")
    done = await academy["Olga"].sends_wire(encode_action(ClosePoll(poll.id)))
    told = done.text[done.text.index("Who took part") :]
    assert "business at least 7 of 10" in told
    assert "foundation 4 to 6 of 10" in told
    assert "municipality at most 3 of 10" in told
    assert "Closed. 16 voted." in done.text
    await academy.delivers()
    small = await posted(academy["Olga"], '/poll "Which?" A B')
    await presses(academy["Anna"], "A")
    async with academy.memory.units(academy.workspace) as work:
        await work.polls.put(replace(small, asked=tuple(academy.ids[name] for name in ("Anna", "Bo", "Carl"))))
        await work.commit()
    done = await academy["Olga"].sends_wire(encode_action(ClosePoll(small.id)))
    assert "How many of each sector took part is not told here" in done.text


async def test_somebody_new_votes_as_well() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Which?" A B')
    stranger = Somebody(academy, "Nina")
    told = await presses(stranger, "A")
    assert "Your vote: A" in told.text
    back = await presses(stranger, told.buttons["Take my vote back"])
    assert "taken back" in back.text
    await academy.delivers()
    assert "0 have voted." in reads(academy)
