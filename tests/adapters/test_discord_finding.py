"""Our own messages are found again, whole or in part, however much was said since; and a doubt stays one where nobody sees."""

from datetime import timedelta

import pytest

from adapters.discord.finding import Finding, Found
from adapters.discord.marks import nonce_of
from adapters.discord.messages import Messages
from adapters.discord.sheets import sheets_of
from bot.errors import Doubtful, TryLater
from bot.messages.elements import Card
from tests.adapters.discord_sending import EDIT, HISTORY, POST, Scene, address, card, long_card, scene, text_of
from tests.emulators.discord_faults import Fault

KEY = "0197a3f2-1111-7000-8000-123456789012"
LINES = 50


async def begun(here: Scene, says: Card, fault: Fault = Fault.LOST, after: int = 0) -> str:
    """A card into #general whose answer is lost after so many messages; the process dies."""
    here.discord.faults.arm(POST, fault, skip=after)
    with pytest.raises(Doubtful):
        await here.chat().post(address(f"in:{here.general().id}"), says, KEY)
    return f"in:{here.general().id}"


async def test_a_message_whose_answer_was_lost_is_found() -> None:
    async with scene() as here:
        since = here.clock.now()
        to = address(await begun(here, card()))
        [message] = here.said(here.general().id)
        assert await here.chat().find(to, KEY, since) == address(f"message:{here.general().id}:{message.id}")
        assert await here.chat().find(to, "another", since) is None


async def test_what_never_arrived_is_surely_not_there() -> None:
    async with scene() as here:
        since = here.clock.now()
        to = address(await begun(here, card(), Fault.DROPPED))
        assert await here.chat().find(to, KEY, since) is None


async def test_within_minutes_a_repeated_message_is_the_first_one() -> None:
    async with scene() as here:
        to = address(await begun(here, card()))
        posted = await here.chat().post(to, card("said anew"), KEY)
        [message] = here.said(here.general().id)
        assert text_of(message) == "hello"
        assert posted == address(f"message:{here.general().id}:{message.id}")


@pytest.mark.parametrize("after", [0, 1, 2])
@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DROPPED])
@pytest.mark.parametrize("minutes", [0, 30])
async def test_a_card_that_broke_off_is_gone_on_with(after: int, fault: Fault, minutes: int) -> None:
    async with scene() as here:
        since, says = here.clock.now(), long_card(LINES)
        to = address(await begun(here, says, fault, after))
        here.clock.advance(minutes=minutes)
        chat = here.chat()
        found = await chat.find(to, KEY, since)
        posted = await chat.post(to, says, KEY)
        assert found in (None, posted)
        parts = here.parts(KEY)
        assert parts == list(range(len(parts)))
        shown = "\n".join(map(text_of, here.said(here.general().id)))
        assert all(shown.count(f"line {number}. ") == 1 for number in range(LINES))
        assert await here.chat().find(to, KEY, since) == posted


async def test_a_card_that_says_something_else_by_now_says_that_in_all_its_messages() -> None:
    async with scene() as here:
        since = here.clock.now()
        to = address(await begun(here, long_card(LINES), after=1))
        chat = here.chat()
        assert await chat.find(to, KEY, since) is None
        await chat.post(to, card("shorter"), KEY)
        assert [text_of(message) for message in here.said(here.general().id)] == ["shorter"]
        assert here.parts(KEY) == [0]


async def test_a_card_that_came_whole_and_was_not_looked_for_is_not_posted_again() -> None:
    async with scene() as here:
        chat, to = here.chat(), address(f"in:{here.general().id}")
        first = await chat.post(to, long_card(LINES), KEY)
        calls = len(here.discord.calls)
        assert await chat.post(to, long_card(LINES), KEY) == first
        assert len(here.discord.calls) == calls


async def test_however_much_was_said_since() -> None:
    async with scene() as here:
        anna, since = here.guild.person("Anna"), here.clock.now()
        to = address(await begun(here, long_card(LINES)))
        for number in range(350):
            await anna.writes(f"chatter {number}", here.general())
        chat = here.chat()
        assert await chat.find(to, KEY, since) is None
        await chat.post(to, long_card(LINES), KEY)
        assert await here.chat().find(to, KEY, since) is not None
        assert len(here.discord.called(HISTORY)) > 4


async def test_a_search_that_has_to_wait_goes_on_where_it_was() -> None:
    async with scene() as here:
        anna, since = here.guild.person("Anna"), here.clock.now()
        for number in range(250):
            await anna.writes(f"chatter {number}", here.general())
        to = address(await begun(here, card()))
        chat = here.chat()
        here.discord.faults.arm(HISTORY, Fault.LIMITED, skip=2, seconds=30)
        with pytest.raises(TryLater):
            await chat.find(to, KEY, since)
        here.clock.advance(seconds=31)
        before = len(here.discord.called(HISTORY))
        assert await chat.find(to, KEY, since) is not None
        assert len(here.discord.called(HISTORY)) == before + 1


async def test_what_was_said_before_is_not_looked_at() -> None:
    async with scene() as here:
        await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        here.clock.advance(hours=1)
        since = here.clock.now() - timedelta(minutes=1)
        assert await here.chat().find(address(f"in:{here.general().id}"), KEY, since) is None


async def test_a_message_of_somebody_else_with_our_mark_is_not_ours() -> None:
    async with scene() as here:
        anna, since = here.guild.person("Anna"), here.clock.now()
        await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        [message] = here.said(here.general().id)
        message.author = anna.user
        assert await here.chat().find(address(f"in:{here.general().id}"), KEY, since) is None


@pytest.mark.parametrize("lines", [1, LINES])
@pytest.mark.parametrize("now_lines", [1, LINES])
async def test_a_card_that_was_edited_meanwhile_is_found_and_left_as_it_is(lines: int, now_lines: int) -> None:
    async with scene() as here:
        since, to = here.clock.now(), address(f"in:{here.general().id}")
        posted = await here.chat().post(to, long_card(lines), KEY)
        for title in ("once", "twice"):
            await here.chat().edit(posted, long_card(now_lines, title))
        here.clock.advance(hours=1)
        chat, before = here.chat(), [(one.id, text_of(one)) for one in here.said(here.general().id)]
        found = await chat.find(to, KEY, since)
        assert found is not None
        assert found.value.split("+")[0] == posted.value.split("+")[0]
        assert await chat.post(to, long_card(lines), KEY) == found
        assert [(one.id, text_of(one)) for one in here.said(here.general().id)] == before


async def test_a_card_of_which_somebody_removed_a_message_is_not_sent_again() -> None:
    async with scene() as here:
        since, to = here.clock.now(), address(f"in:{here.general().id}")
        posted = await here.chat().post(to, long_card(LINES), KEY)
        first, *others = posted.value.split(":")[2].split("+")
        here.general().messages.pop(first)
        here.clock.advance(hours=1)
        assert await here.chat().find(to, KEY, since) == address(f"message:{here.general().id}:{'+'.join(others)}")


async def test_a_message_that_may_not_be_read_is_edited_all_the_same() -> None:
    async with scene() as here:
        posted = await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        here.discord.faults.arm("GET /channels/{channel}/messages/{message}", 50001)
        await here.chat().edit(posted, card("changed"))
        assert [text_of(message) for message in here.said(here.general().id)] == ["changed"]


async def test_a_message_is_found_by_its_nonce_where_discord_still_tells_it() -> None:
    async with scene() as here:
        finding = Finding(here.api, Messages(here.api), here.world, here.clock)
        channel = here.general().id
        sheets = sheets_of(await here.chat().draw(card()), "of another key")
        message = await Messages(here.api).send(channel, sheets[0], nonce_of(KEY, channel, 0))
        [one] = await Messages(here.api).page(channel, 0)
        found = await finding.card(channel, KEY, here.clock.now())
        assert found == (Found() if one.nonce is None else Found((message,), whole=True))


# Where nobody sees


@pytest.mark.parametrize("blind", [True, False])
async def test_without_the_right_to_look_back_it_stays_a_doubt(*, blind: bool) -> None:
    async with scene() as here:
        here.world.blind = blind
        since = here.clock.now()
        to = address(await begun(here, card()))
        here.guild.forbids(here.general(), here.guild.bot, "read_message_history")
        with pytest.raises(Doubtful, match="cannot_read_history"):
            await here.chat().find(to, KEY, since)


async def test_an_empty_channel_is_seen_to_be_empty() -> None:
    async with scene() as here:
        here.world.blind = True
        to, since = address(f"in:{here.general().id}"), here.clock.now()
        assert await here.chat().find(to, KEY, since) is None
        await here.chat().post(to, card(), "earlier")
        here.clock.advance(hours=1)
        assert await here.chat().find(to, KEY, here.clock.now()) is None


async def test_a_channel_whose_last_message_was_removed_is_seen_to_be_read() -> None:
    async with scene() as here:
        here.world.blind = True
        to, since = address(f"in:{here.general().id}"), here.clock.now()
        await here.chat().post(to, card(), "earlier")
        here.clock.advance(hours=1)
        posted = await here.chat().post(to, card(), "later")
        here.general().messages.pop(posted.value.split(":")[2])
        assert await here.chat().find(to, KEY, here.clock.now()) is None
        assert await here.chat().find(to, KEY, since) is None


@pytest.mark.parametrize("gone", [True, False])
async def test_where_the_bot_is_not_any_more_it_stays_a_doubt(*, gone: bool) -> None:
    async with scene() as here:
        since = here.clock.now()
        to = address(await begun(here, card()))
        if gone:
            here.discord.parts.store.channel_gone(here.general())
        else:
            here.guild.kicks_bot()
        with pytest.raises(Doubtful, match=r"unknown_channel|missing_access"):
            await here.chat().find(to, KEY, since)


async def test_the_message_that_was_answered_tells_where_to_look() -> None:
    async with scene() as here:
        since, chat = here.clock.now(), here.chat()
        first = await chat.post(address(f"in:{here.general().id}"), card(), "first")
        answer = await chat.post(first, card("answer"), KEY)
        assert await here.chat().find(first, KEY, since) == answer


# Edits that broke off


async def test_an_edit_that_broke_off_adds_no_message_twice() -> None:
    async with scene() as here:
        posted = await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        for _ in range(2):
            here.discord.faults.arm(POST, Fault.LOST)
            with pytest.raises(Doubtful):
                await here.chat().edit(posted, long_card(LINES))
            here.clock.advance(minutes=30)
        await here.chat().edit(posted, long_card(LINES))
        await here.chat().edit(posted, long_card(LINES))
        shown = "\n".join(map(text_of, here.said(here.general().id)))
        assert all(shown.count(f"line {number}. ") == 1 for number in range(LINES))


async def test_an_edit_is_asked_for_again_without_a_doubt() -> None:
    async with scene() as here:
        posted = await here.chat().post(address(f"in:{here.general().id}"), card(), KEY)
        here.discord.faults.arm(EDIT, Fault.LOST)
        with pytest.raises(TryLater):
            await here.chat().edit(posted, card("changed"))
        await here.chat().edit(posted, card("changed"))
