"""The card of a challenge is looked after each hour, and closing it asks once, with what would be missing."""

import pytest

from bot.challenges.actions import CloseChallenge, SeeChallenge
from bot.errors import ChatError, Gone, Refused
from bot.messages.actions import encode_action
from bot.schedules.domain import ScheduleKind
from tests.challenge_talk import answers, asked
from tests.introductions_talk import Academy, a_small_academy, buttons_of
from tests.poll_talk import GENERAL, reads


async def looks(academy: Academy) -> int:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return len([one for one in await work.schedules.every() if one.kind is ScheduleKind.CHALLENGE_LOOK])


@pytest.mark.parametrize("error", [Gone("message_not_found"), Refused("is_archived")])
async def test_a_card_that_is_gone_is_noticed_though_nobody_answers_and_posted_once_more(error: ChatError) -> None:
    academy = await a_small_academy()
    anna, chat = academy["Anna"], academy.chats.of(academy.workspace, "web")
    await asked(anna)
    await answers(academy["Bo"], "They are tired.")
    await academy.delivers()
    chat.posts = [post for post in chat.posts if post.to != GENERAL]
    chat.fail(error, verb="edit", times=2)
    await academy.passes(hours=1)
    await academy.passes(hours=1)
    (told,) = anna.posts()
    assert "The card of your challenge is gone" in anna.reads()
    assert list(buttons_of(told.card)) == ["Post it once more", "Close the challenge"]
    await anna.presses("Post it once more")
    await academy.delivers()
    assert "They are tired." in reads(academy)
    await academy.passes(hours=2)
    assert len(anna.posts()) == 1


async def test_nothing_is_looked_after_that_is_closed_or_gone() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    first, second = await asked(anna), await asked(anna)
    assert await looks(academy) == 2
    await anna.sends_wire(encode_action(CloseChallenge(first.id)))
    assert await looks(academy) == 1
    async with academy.memory.units(academy.workspace) as work:
        await work.challenges.remove(second.id)
        await work.commit()
    await academy.passes(hours=1)
    assert await looks(academy) == 0


async def test_closing_asks_once_with_what_would_be_missing() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    challenge = await asked(anna)

    async def question(end: str = "and the answers become the draft of a case note.") -> str:
        seen = await anna.sends_wire(encode_action(SeeChallenge(challenge.id)))
        sure = seen.buttons["Close the challenge"].confirm
        assert sure is not None
        assert (sure.title, sure.yes, sure.no) == ("Close now?", "Close it", "Leave it open")
        assert sure.text.endswith(end)
        return sure.text.partition(".")[0]

    assert await question("Nobody can answer then.") == "0 answers, 4 sectors not heard yet"
    for name in ("Bo", "Carl", "Dorte"):
        await answers(academy[name], "They are tired.")
    assert await question() == "3 answers, 1 sector not heard yet"
    await answers(academy["Olga"], "They are tired.")
    assert await question() == "4 answers, all sectors heard"
