"""``/announce to:#general``: one post for all who are there, beside people or alone."""

import pytest

from bot.announcements.audience import Audience
from bot.announcements.channels import look_up
from bot.errors import ChatError, Doubtful, NotUnderstood, Refused, TryLater
from bot.identity import Account, Address
from bot.platforms import Platforms
from tests.announce_talk import received, written
from tests.fake_chat import FakeChat
from tests.introductions_talk import Academy, a_small_academy, words_of

GENERAL = Address("web", "channel:general")


async def with_channels(language: str = "en") -> tuple[Academy, FakeChat]:
    academy = await a_small_academy(language=language)
    chat = academy.chats.of(academy.workspace)
    chat.channels = ["general", "news"]
    return academy, chat


def posted(chat: FakeChat, place: Address = GENERAL) -> list[str]:
    return [words_of(card) for card in chat.said_in(place)]


async def test_a_channel_gets_one_post_and_nobody_a_message() -> None:
    academy, chat = await with_channels()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Welcome" to:#general')
    assert "To: #general" in shown.text
    assert "It is posted in #general. Nothing goes before you press the button." in shown.text
    planned = await olga.presses(shown.buttons["Send now"])
    for _ in range(2):
        await academy.passes(minutes=1)
    assert posted(chat) == ["Welcome\nFrom Olga Hansen"]
    assert received(academy) == [0] * 5
    told = await olga.presses(planned.buttons["How it stands"])
    assert ": it stands in #general." in told.text
    assert academy["Olga"].reads() == "It has gone out\n“Welcome”\nit stands in #general."


async def test_people_and_channels_beside_each_other() -> None:
    academy, chat = await with_channels()
    shown = await academy["Olga"].types(
        '/announce new "Hello" to:"sector:business, channel:general,<#C1|news>|#general"'
    )
    assert "I know no channel #news here." in shown.text
    shown = await academy["Olga"].types('/announce new "Hello" to:"sector:business, channel:general|#news"')
    assert "sector business, #general and #news" in shown.text
    assert "It goes to 1 person and is posted in #general and #news." in shown.text
    await academy["Olga"].presses(shown.buttons["Send now"])
    await academy.passes(minutes=1)
    assert received(academy) == [0, 0, 1, 0, 0]
    assert posted(chat) == posted(chat, Address("web", "channel:news")) == ["Hello\nFrom Olga Hansen"]


async def test_in_danish() -> None:
    academy, _ = await with_channels("da")
    olga = academy["Olga"]
    shown = await olga.types('/opslag ny "Hej" til:"alle, #general"')
    assert "Det går til 5 personer og bliver lagt i #general." in shown.text
    assert "Det bliver lagt i #general." in (await olga.types('/opslag ny "Hej" til:kanal:general')).text
    assert "Jeg kender ingen kanal #ingen her." in (await olga.types('/opslag ny "Hej" til:#ingen')).text


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Refused("not_in_channel"), "I am not in #general yet. Type /invite @Brobygger there"),
        (Refused("is_archived"), "#general is archived"),
        (Refused("missing_permission"), "I am not permitted to write in #general."),
        (TryLater("ratelimited"), "I can't look up channels just now."),
        (Doubtful("lost"), "I can't look up channels just now."),
    ],
)
async def test_where_nothing_can_be_posted_it_says_so_before_anything_is_kept(error: ChatError, said: str) -> None:
    academy, chat = await with_channels()
    chat.fail(error, verb="channel", times=2)
    told = await academy["Olga"].types('/announce new "Hello" to:#general')
    assert said in told.text
    form = (await academy["Olga"].types("/announce new")).form
    again = await academy["Olga"].fills(form, text="Hello", when="", repeat="", to="#general")
    assert said in again.problems["to"]
    assert "No announcements yet." in (await academy["Olga"].types("/announce list")).text


async def test_too_many_at_once_and_a_platform_that_is_not_there() -> None:
    academy, _ = await with_channels()
    many = ",".join(f"#c{number}" for number in range(6))
    assert "That is more than 5 channels." in (await academy["Olga"].types(f'/announce new "Hi" to:{many}')).text
    with pytest.raises(NotUnderstood):
        await look_up(Platforms(), academy.workspace, Account("slack", "U1"), "#general", Audience(()))


async def test_a_change_keeps_the_channel_without_asking_again() -> None:
    academy, chat = await with_channels()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" to:#general')
    form = (await olga.presses(shown.buttons["Change"])).form
    chat.channels = []
    changed = await olga.fills(form, text="Hello again", when="", repeat="", to="#general")
    assert "It is posted in #general." in changed.text


async def test_a_post_that_did_not_arrive_is_named_and_one_that_did_is_corrected_in_place() -> None:
    academy, chat = await with_channels()
    olga = academy["Olga"]
    chat.closed.add(GENERAL)
    planned = await written(olga, '/announce new "At nine" to:"#general, #news"', "Send now")
    await academy.passes(minutes=1)
    told = await olga.presses(planned.buttons["How it stands"])
    assert "1 did not arrive, as far as I know and it stands in #news." in told.text
    assert "I am not in that conversation any more, or it is gone. Invite me to it again.\n#general" in told.text
    form = (await olga.presses(told.buttons["Correct it"])).form
    shown = await olga.fills(form, text="At ten")
    await olga.presses(shown.buttons["Correct it everywhere"])
    await academy.passes(minutes=1)
    assert posted(chat, Address("web", "channel:news")) == ["At ten\nFrom Olga Hansen · corrected"]
