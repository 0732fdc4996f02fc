"""Whoever leaves has asked something that others are answering: it is taken up, closes by itself, or goes; nothing stays open for
ever, and what is told of it names nobody."""

import pytest

from bot.challenges.actions import GiveAnswer, SeeChallenge
from bot.challenges.domain import ChallengeState
from bot.identity import Address
from bot.members.domain import Role
from bot.messages.actions import encode_action
from bot.polls.actions import ClosePoll
from bot.polls.domain import PollState
from tests.challenge_talk import QUESTION, answers, asked, challenges
from tests.fake_circle import an_academy
from tests.introductions_talk import Academy, Somebody, a_small_academy, words_of
from tests.poll_talk import polls, posted, presses, types

BOARD = Address("web", "channel:board")


async def leaves(somebody: Somebody) -> None:
    academy = somebody.academy
    await academy.services.members.erase(academy.workspace, str(somebody.id))
    await academy.delivers()


async def test_organisers_take_up_a_challenge_that_nothing_closes() -> None:
    academy = await a_small_academy()
    anna, olga = academy["Anna"], academy["Olga"]
    await asked(anna, f'/challenge "{QUESTION}" closes:"in 2 hours"')
    await asked(anna)
    await answers(academy["Bo"], "They are tired.")
    await leaves(anna)
    (told,) = olga.posts()
    assert "A challenge that nobody looks after" in olga.reads()
    assert QUESTION in olga.reads()
    assert "Anna" not in words_of(told.card)
    seen = await olga.presses("How it stands")
    assert {"Whom could I ask?", "Close the challenge"} <= set(seen.buttons)
    over = await olga.presses(seen.buttons["Close the challenge"])
    assert "Make the case note" in over.buttons
    assert academy["Bo"].posts() == []


async def in_private(answered: bool) -> Academy:
    academy, _ = await an_academy(board={"Anna", "Bo"}, general={"Anna", "Bo", "Carl", "Dorte", "Olga"})
    shown = await types(academy["Anna"], f'/challenge "{QUESTION}"', BOARD)
    await presses(academy["Anna"], shown.buttons["Post it"])
    await academy.delivers()
    (challenge,) = await challenges(academy)
    assert challenge.private
    if answered:
        given = await academy["Bo"].sends_wire(encode_action(GiveAnswer(challenge.id)))
        await academy["Bo"].fills(given.form, sees="They are tired.", suggests="", seen_by=("author",))
    await leaves(academy["Anna"])
    return academy


async def test_in_private_those_who_answered_take_it_up() -> None:
    academy = await in_private(answered=True)
    (challenge,) = await challenges(academy, ChallengeState.OPEN)
    assert "A challenge that nobody looks after" in academy["Bo"].reads()
    assert academy["Olga"].posts() == []
    seen = await academy["Bo"].sends_wire(encode_action(SeeChallenge(challenge.id)))
    assert "Close the challenge" in seen.buttons
    read = await academy["Bo"].presses(seen.buttons["Read the answers"])
    assert "(you, only for the case note)" in read.text


async def test_in_private_where_nobody_answered_it_is_closed() -> None:
    academy = await in_private(answered=False)
    (challenge,) = await challenges(academy)
    assert challenge.state is ChallengeState.CLOSED
    assert [academy[name].posts() for name in ("Bo", "Olga")] == [[], []]
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert [one.kind for one in await work.schedules.every() if "challenge" in one.kind] == []


async def test_what_is_over_by_then_is_no_news() -> None:
    academy = await a_small_academy()
    anna, olga = academy["Anna"], academy["Olga"]
    await academy.change("Bo", role=Role.ORGANISER)
    challenge = await asked(anna)
    poll = await posted(anna, '/poll "Which?" A B')
    await academy.services.members.erase(academy.workspace, str(anna.id))
    (shown,) = await challenges(academy)
    await academy.services.challenges.endings.close(academy.workspace, challenge.id, await academy.member("Olga"))
    await olga.sends_wire(encode_action(ClosePoll(poll.id)))
    await academy.delivers()
    assert shown.is_open()
    assert [post for post in academy["Bo"].posts() if "nobody looks after" in post.card.notice] == []


@pytest.mark.parametrize(
    ("line", "state", "told"),
    [
        ('/poll "Which?" A B', PollState.OPEN, "You can look after it now, and close it when it is time."),
        ('/poll "Which?" A B closes:all', PollState.OPEN, "You can look after it now, and close it when it is time."),
        ('/poll "Which?" A B repeat:"every tuesday 9:00"', PollState.PATTERN, "You can look after it now, or stop it."),
        ('/poll "Which?" A B closes:"in 2 hours"', PollState.OPEN, ""),
    ],
)
async def test_organisers_take_up_a_poll_that_nothing_closes(line: str, state: PollState, told: str) -> None:
    academy = await a_small_academy()
    anna, olga = academy["Anna"], academy["Olga"]
    await types(anna, '/poll "Draft?" A B')
    shown = await types(anna, line)
    await presses(anna, shown.buttons["Post it"])
    await academy.delivers()
    await leaves(anna)
    assert [poll.state for poll in await polls(academy)] == [state]
    cards = [words_of(post.card) for post in olga.posts()]
    assert len(cards) == bool(told)
    assert told in "".join(cards)
    assert "Anna" not in "".join(cards)
    if told:
        seen = await olga.presses("How it stands")
        assert {"Close the poll", "Stop repeating it"} & set(seen.buttons)


async def test_who_asks_to_be_forgotten_reads_what_goes_and_what_stays() -> None:
    academy = await a_small_academy()
    shown = await academy["Anna"].types("/profile erase")
    gone, stays = shown.text.split("This stays, under nobody's name:")
    assert "What you answered to challenges" in gone
    assert "what you said of trying notes" in gone
    assert "Case notes that others can see, with names masked" in stays
    assert "Challenges and polls that you have asked and that others answer" in stays
