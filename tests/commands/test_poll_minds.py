"""People change their minds, and are told in one place what they said last; a reminder knows what became of it."""

from bot.messages.actions import encode_action
from bot.messages.replies import Private, Replace
from bot.polls.actions import AskToRemind, ClosePoll, Remind, ReopenPoll
from bot.polls.domain import Poll
from bot.schedules.domain import ScheduleKind
from tests.introductions_talk import Academy, a_small_academy
from tests.poll_talk import fills, posted, presses, reads


async def reminded(academy: Academy, line: str) -> Poll:
    poll = await posted(academy["Anna"], line)
    await presses(academy["Anna"], "A")
    await academy["Anna"].sends_wire(encode_action(AskToRemind(poll.id)))
    await academy["Anna"].sends_wire(encode_action(Remind(poll.id)))
    await academy.delivers()
    return poll


async def test_the_newest_word_on_a_vote_takes_the_place_of_the_one_before() -> None:
    academy = await a_small_academy()
    bo = academy["Bo"]
    poll = await posted(bo, '/poll "Which?" A B')
    first, second = await presses(bo, "A"), await presses(bo, "B")
    topics = {reply.topic for one in (first, second) for reply in one.replies if isinstance(reply, Private)}
    assert topics == {f"vote:{poll.id}"}
    form = (await presses(bo, second.buttons["Change my vote"])).form
    (changed,) = (await fills(bo, form, chosen="1")).replies
    assert isinstance(changed, Replace)
    (gone,) = (await presses(bo, second.buttons["Take my vote back"])).replies
    assert isinstance(gone, Replace)
    assert "Your vote is taken back." in gone.card.notice


async def test_a_reminder_says_what_became_of_it() -> None:
    academy = await a_small_academy()
    bo, carl = academy["Bo"], academy["Carl"]
    poll = await reminded(academy, '/poll "Which?" A B')
    assert "You have not voted yet" in bo.reads()
    voted = await presses(bo, "B")
    await academy.delivers()
    assert "You have voted. Thank you!" in bo.reads()
    assert "You have not voted yet" not in bo.reads()
    assert "You have not voted yet" in carl.reads()
    await presses(bo, voted.buttons["Take my vote back"])
    await academy.delivers()
    assert "You have not voted yet" in bo.reads()
    await academy["Anna"].sends_wire(encode_action(ClosePoll(poll.id)))
    await academy.delivers()
    assert "Closed. 1 voted." in bo.reads()
    assert "Closed. 1 voted." in carl.reads()
    await academy["Anna"].sends_wire(encode_action(ReopenPoll(poll.id)))
    await academy.delivers()
    assert "You have not voted yet" in carl.reads()
    assert [len(one.posts()) for one in (bo, carl)] == [1, 1]


async def test_of_an_anonymous_one_nothing_is_written_down_before_it_closes() -> None:
    academy = await a_small_academy()
    poll = await reminded(academy, '/poll "Which?" A B anonymous:yes')
    await presses(academy["Bo"], "B")
    await academy.delivers()
    assert "You have not voted yet" in academy["Bo"].reads()
    await academy["Anna"].sends_wire(encode_action(ClosePoll(poll.id)))
    await academy.delivers()
    assert "Closed. 2 voted." in academy["Bo"].reads()


async def test_whoever_votes_before_the_reminder_arrives_gets_none() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    await academy["Anna"].sends_wire(encode_action(Remind(poll.id)))
    await presses(academy["Bo"], "B")
    await academy.delivers()
    assert academy["Bo"].posts() == []
    assert len(academy["Carl"].posts()) == 1


async def test_a_date_poll_hands_the_day_over_where_it_ends() -> None:
    academy = await a_small_academy()
    line = '/poll "When?" "12 May 2028 at 10" "14 May 2028" type:dates closes:"in 2 hours"'
    poll = await posted(academy["Anna"], line)
    form = (await presses(academy["Bo"], "Vote")).form
    await fills(academy["Bo"], form, yes=("2",))
    await academy.passes(hours=3)
    chat = academy.chats.of(academy.workspace)
    last = chat.posts[-1] if chat.posts[-1].file else chat.posts[-2]
    assert last.to == poll.places[0].address
    assert last.file is not None
    assert b"DTSTART;VALUE=DATE:20280514" in last.file.content
    assert "14 May 2028. Here it is for your calendar." in last.card.notice


async def test_of_several_days_and_of_too_few_votes_nothing_is_handed_over() -> None:
    academy = await a_small_academy()
    for rest in ("", " quorum:5"):
        line = f'/poll "When?" "12 May 2028" "14 May 2028" type:dates closes:"in 2 hours"{rest}'
        await posted(academy["Anna"], line)
        form = (await presses(academy["Bo"], "Vote")).form
        await fills(academy["Bo"], form, yes=("1", "2") if not rest else ("1",))
        await academy.passes(hours=3)
        assert "Closed. 1 voted." in reads(academy)
    assert [post for post in academy.chats.of(academy.workspace).posts if post.file] == []


async def test_of_a_poll_that_is_not_there_any_more_nobody_is_reminded() -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Anna"], '/poll "Which?" A B')
    await academy["Anna"].sends_wire(encode_action(Remind(poll.id)))
    async with academy.memory.units(academy.workspace) as work:
        await work.polls.remove(poll.id)
        await work.commit()
    await academy.delivers()
    assert academy["Bo"].posts() == []
    await academy.passes(hours=1)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [one.kind for one in await work.schedules.every() if one.kind is ScheduleKind.POLL_LOOK] == []
