"""A poll whose card cannot be posted: whoever made it is told at once, in private, with what to do."""

import pytest

from bot.errors import ChatError, Gone, Refused
from bot.messages.actions import encode_action
from bot.polls.actions import ClosePoll, PostAgain
from bot.polls.domain import PollState
from bot.schedules.domain import ScheduleKind
from tests.introductions_talk import Academy, Somebody, a_small_academy, buttons_of
from tests.poll_talk import GENERAL, polls, presses, reads, types


async def asks(somebody: Somebody, line: str) -> None:
    shown = await types(somebody, line)
    done = await presses(somebody, shown.buttons["Post it"])
    assert "The poll is open" in done.text
    await delivers(somebody.academy)


async def delivers(academy: Academy) -> None:
    for _ in range(2):
        await academy.delivers()
        academy.clock.advance(seconds=2)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("not_in_channel"), "Invite me to it (in Slack: /invite @Brobygger), then press the button."),
        (Gone("channel_not_found"), "I am not in that channel, or it is gone."),
        (Refused("is_archived"), "That channel is archived."),
        (Refused("missing_permission"), "I may not write there. Ask whoever manages the channel"),
        (Refused("blocked_by_automod"), "A filter there stopped it."),
        (Refused("invalid_blocks"), "It did not work, and it is not about you."),
    ],
)
async def test_the_author_is_told_what_to_do_and_tries_again(error: ChatError, said: str) -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    chat.fail(error, verb="post")
    await asks(anna, '/poll "Which?" A B')
    assert chat.said_in(GENERAL) == []
    assert "Your poll could not be posted\nWhich?" in anna.reads()
    assert said in anna.reads()
    told = await anna.presses("Post it once more")
    assert "I am trying once more." in told.text
    await delivers(academy)
    assert "0 have voted." in reads(academy)
    assert len(anna.posts()) == 1
    await anna.sends_wire(encode_action(PostAgain((await polls(academy))[0].id)))
    await delivers(academy)
    assert len(chat.said_in(GENERAL)) == 1


async def test_of_several_channels_the_one_that_works_keeps_its_card() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    chat.channels = ["general", "news"]
    chat.closed.add(GENERAL)
    await asks(anna, '/poll "Which?" A B in:#general|#news')
    assert "It was meant for several channels; this is about one of them." in anna.reads()
    chat.closed.clear()
    await anna.presses("Post it once more")
    await delivers(academy)
    (poll,) = await polls(academy)
    assert [len(chat.said_in(place.address)) for place in poll.places] == [1, 1]


async def test_nobody_is_told_of_what_was_tried_again_by_then() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    academy.chats.of(academy.workspace).fail(Refused("not_in_channel"), verb="post")
    shown = await types(anna, '/poll "Which?" A B')
    await presses(anna, shown.buttons["Post it"])
    await academy.courier.run_once()
    await anna.sends_wire(encode_action(PostAgain((await polls(academy))[0].id)))
    await delivers(academy)
    assert anna.posts() == []
    assert "0 have voted." in reads(academy)


async def test_nobody_is_told_of_what_is_over_by_then() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    chat.closed.add(GENERAL)
    shown = await types(anna, '/poll "Which?" A B')
    await presses(anna, shown.buttons["Post it"])
    await academy.delivers()
    (poll,) = await polls(academy, PollState.OPEN)
    await anna.sends_wire(encode_action(ClosePoll(poll.id)))
    await delivers(academy)
    assert "could not be posted" not in anna.reads()
    shown = await types(anna, '/poll "Which?" A B')
    await presses(anna, shown.buttons["Post it"])
    opened = (await polls(academy, PollState.OPEN))[0]
    await anna.sends_wire(encode_action(ClosePoll(opened.id)))
    await delivers(academy)
    assert "could not be posted" not in anna.reads()


async def test_a_card_that_cannot_be_edited_any_more_is_no_news() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    await asks(anna, '/poll "Which?" A B')
    academy.chats.of(academy.workspace).fail(Refused("cant_update_message"), verb="edit")
    await presses(academy["Bo"], "A")
    await delivers(academy)
    assert anna.posts() == []


@pytest.mark.parametrize("error", [Gone("message_not_found"), Refused("is_archived")])
async def test_of_a_card_that_is_gone_the_author_is_told_once_and_posts_it_again(error: ChatError) -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    await asks(anna, '/poll "Which?" A B')
    await presses(academy["Bo"], "A")
    await delivers(academy)
    chat.posts = [post for post in chat.posts if post.to != GENERAL]
    chat.fail(error, verb="edit", times=2)
    # Nobody votes: it is found out all the same, and told once.
    await academy.passes(hours=1)
    await academy.passes(hours=1)
    (told,) = anna.posts()
    assert "The card of your poll is gone" in anna.reads()
    assert list(buttons_of(told.card)) == ["Post it once more", "How it stands", "Close the poll"]
    await anna.presses("Post it once more")
    await delivers(academy)
    assert "A 1 (100 %)" in reads(academy)
    await academy.passes(hours=2)
    assert len(anna.posts()) == 1


async def test_a_card_that_is_gone_is_no_news_once_the_poll_is_over() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    await asks(anna, '/poll "Which?" A B closes:"in 90 minutes"')
    await academy.passes(minutes=70)
    chat.fail(Gone("message_not_found"), verb="edit", times=2)
    await academy.passes(minutes=30)
    await academy.passes(hours=4)
    assert [post for post in anna.posts() if "is gone" in post.card.notice] == []
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [one.kind for one in await work.schedules.every() if one.kind is ScheduleKind.POLL_LOOK] == []


async def test_nobody_is_told_that_it_is_gone_where_it_was_closed_by_then() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    chat = academy.chats.of(academy.workspace)
    await asks(anna, '/poll "Which?" A B')
    chat.fail(Gone("message_not_found"), verb="edit", times=2)
    academy.clock.advance(seconds=3_700)
    await academy.timekeeper.tick()
    await academy.courier.run_once()
    (poll,) = await polls(academy)
    await anna.sends_wire(encode_action(ClosePoll(poll.id)))
    await delivers(academy)
    assert "is gone" not in anna.reads()
