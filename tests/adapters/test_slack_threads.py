"""Threads read to their end, whatever the pace, and Slack's mark-up back into words."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.people import People
from adapters.slack.plain import plain_words, words_of
from adapters.slack.threads import SlackThreads
from bot.errors import Gone, Refused
from bot.identity import Account
from bot.messages.elements import Bullets, Buttons, Card, Field, Fields, LinkButton, Paragraph, Table
from bot.messages.text import Bold, Link, Plain, plain
from bot.threads import Author
from tests.adapters.slack_sending import Scene, address, card, scene
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Message


def threads(here: Scene) -> SlackThreads:
    return SlackThreads(here.workspace, here.api, People(here.api, here.clock))


def says(here: Scene, channel: str, who: str, text: str, thread: str = "", bot: str = "") -> str:
    ts = here.slack.world.stamps.next()
    found = here.team.channels[channel]
    if thread:
        root = found.find(thread)
        assert root is not None
        root.thread = thread
    found.messages.append(Message(ts, channel, who, text, thread=thread, bot_id=bot))
    here.clock.advance(seconds=1)
    return ts


async def test_a_thread_is_read_from_its_beginning() -> None:
    async with scene() as here:
        anna, bo = here.team.person("Anna Jensen"), here.team.person("Bo")
        channel = here.team.channel("general", anna, bo)
        root = says(here, channel.id, anna.id, f"What about &lt;this&gt;, <@{bo.id}>?")
        says(here, channel.id, bo.id, "See <https://example.org/a?b&amp;c|the plan>", root)
        says(here, channel.id, "U0OTHER", "Tick", root, bot="B0OTHER")
        await here.chat().post(address(f"in:{channel.id}:{root}"), card("from the bot"), "k")
        says(here, channel.id, anna.id, "somewhere else")
        told = await threads(here).read(address(f"message:{channel.id}:{root}"))
        assert [(one.author, one.name, one.text) for one in told] == [
            (Author.PERSON, "Anna Jensen", "What about <this>, @Bo?"),
            (Author.PERSON, "Bo", "See the plan (https://example.org/a?b&c)"),
            (Author.PROGRAM, "", "Tick"),
            (Author.OURSELVES, "", "from the bot"),
        ]
        assert told[0].account == Account("slack", anna.id)
        assert told[0].reply_to == ""
        assert {one.reply_to for one in told[1:]} == {root}
        assert told[1].at - told[0].at == timedelta(seconds=1)


async def test_any_message_of_it_names_a_thread() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "one")
        reply = says(here, channel.id, anna.id, "two", root)
        for value in (
            f"message:{channel.id}:{reply}:{root}",
            f"in:{channel.id}:{root}",
            f"message:{channel.id}:{root}",
        ):
            assert [one.text for one in await threads(here).read(address(value))] == ["one", "two"]
        for value in (f"in:{channel.id}", f"user:{anna.id}"):
            with pytest.raises(Gone):
                await threads(here).read(address(value))
        with pytest.raises(Gone):
            await threads(here).read(address(f"message:{channel.id}:1.1"))


async def test_fifteen_a_minute_are_read_with_word_of_how_far_it_is() -> None:
    async with scene(Rates(small_history=True)) as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "message 0")
        for number in range(1, 50):
            says(here, channel.id, anna.id, f"message {number}", root)
        heard: list[tuple[int, float]] = []

        async def progress(done: int, rests: float) -> None:
            heard.append((done, rests))

        told = await threads(here).read(address(f"message:{channel.id}:{root}"), progress)
        assert [one.text for one in told] == [f"message {number}" for number in range(50)]
        assert [done for done, rests in heard if rests > 30] == [15, 30, 45]
        assert heard[-1] == (50, 0.0)
        assert len([call for call in here.slack.called("conversations.replies") if not call.ok]) == 1


async def test_a_long_thread_in_short_pages_is_read_once() -> None:
    async with scene() as here:
        here.slack.world.short_pages = True
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "message 0")
        for number in range(1, 450):
            says(here, channel.id, anna.id, f"message {number}", root)
        told = await threads(here).read(address(f"message:{channel.id}:{root}"))
        assert [one.text for one in told] == [f"message {number}" for number in range(450)]


async def test_reading_may_be_given_up() -> None:
    async with scene(Rates(small_history=True)) as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "message 0")
        for number in range(1, 50):
            says(here, channel.id, anna.id, f"message {number}", root)
        rests = asyncio.Event()

        async def progress(_: int, seconds: float) -> None:
            if seconds:
                rests.set()
                await asyncio.Event().wait()

        reading = asyncio.create_task(threads(here).read(address(f"message:{channel.id}:{root}"), progress))
        await rests.wait()
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading


async def test_a_page_too_large_for_slack_is_asked_for_smaller() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "one")
        here.slack.faults.arm("conversations.replies", "invalid_limit")
        assert len(await threads(here).read(address(f"message:{channel.id}:{root}"))) == 1
        assert [call.arguments["limit"] for call in here.slack.called("conversations.replies")] == ["200", "15"]
        here.slack.faults.arm("conversations.replies", "invalid_limit", times=2)
        with pytest.raises(Refused):
            await threads(here).read(address(f"message:{channel.id}:{root}"))


async def test_where_the_bot_is_not_it_may_not_read() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("other", anna, bot=False)
        root = says(here, channel.id, anna.id, "one")
        with pytest.raises(Refused, match="not_in_channel"):
            await threads(here).read(address(f"message:{channel.id}:{root}"))


async def test_a_link_leads_to_a_message() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        root = says(here, channel.id, anna.id, "one")
        link = await threads(here).permalink(address(f"message:{channel.id}:{root}"))
        assert link == f"https://academy.slack.com/archives/{channel.id}/p{root.replace('.', '')}"
        with pytest.raises(Gone):
            await threads(here).permalink(address(f"in:{channel.id}"))


async def test_what_a_card_says_is_read_from_the_card() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        said = Card(
            "A notice",
            (
                Paragraph((Plain("Hello "), Bold("you"), Plain(" & co: "), Link("here", "https://example.org"))),
                Bullets((plain("first"), plain("second <3"))),
                Fields((Field("Where", plain("Aarhus")),)),
                Table(("name", "sector"), (("Anna", "research"),)),
                Buttons((LinkButton("Open", "https://example.org"),)),
            ),
        )
        posted = await here.chat().post(address(f"in:{channel.id}"), said, "k")
        [told] = await threads(here).read(posted)
        for words in ("Hello you & co: here (https://example.org)", "first", "second <3", "Aarhus", "Anna | research"):
            assert words in told.text
        assert "A notice" not in told.text


async def name_of(user: str) -> str:
    return {"U1": "Anna Jensen"}.get(user, "")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("<@U1> and <@U2>", "@Anna Jensen and @U2"),
        ("<@U2|bo>", "@bo"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
        ("<!subteam^S1|@team>", "@team"),
        ("<!subteam^S1>", "subteam"),
        ("<!date^1392734382^{date}|18 February>", "18 February"),
        ("<https://example.org>", "https://example.org"),
        ("<https://example.org|https://example.org>", "https://example.org"),
        ("<https://example.org|the site>", "the site (https://example.org)"),
        ("<mailto:a@b.dk|a@b.dk>", "a@b.dk"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("&lt;@U1&gt; is no mention", "<@U1> is no mention"),
        ("1 < 2", "1 < 2"),
        ("", ""),
        ("<>", ""),
    ],
)
async def test_mark_up_becomes_words(written: str, meant: str) -> None:
    assert await plain_words(written, name_of) == meant


async def test_another_programs_rich_text_is_read() -> None:
    runs: list[dict[str, object]] = [
        {"type": "user", "user_id": "U1"},
        {"type": "text", "text": " <said> "},
        {"type": "link", "url": "https://example.org", "text": "this"},
        {"type": "link", "url": "https://example.org"},
        {"type": "emoji", "name": "wave"},
        {"type": "broadcast", "range": "here"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "date", "fallback": "today"},
    ]
    blocks: list[object] = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": runs}]},
        {"type": "image", "alt_text": "a picture"},
        {"type": "markdown", "text": "**loud**"},
        {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Press"}}]},
        {"type": "divider"},
    ]
    told = await words_of({"bot_id": "B1", "text": "notice", "blocks": blocks}, name_of)
    assert told.splitlines() == [
        "@Anna Jensen <said> this (https://example.org)https://example.org:wave:@here#C1today",
        "a picture",
        "**loud**",
    ]


@given(st.text(alphabet="<>@#!|&;ltgamp U1C^abc ", max_size=60))
def test_no_text_of_slacks_stops_the_reading(written: str) -> None:
    asyncio.run(plain_words(written, name_of))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["type", "text", "elements", "fields", "rows", "url"]), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_no_blocks_of_slacks_stop_the_reading(blocks: object) -> None:
    asyncio.run(words_of({"bot_id": "B1", "blocks": blocks, "text": "otherwise"}, name_of))


async def test_a_time_of_a_channel_is_read_with_its_threads_and_each_message_has_a_link() -> None:
    async with scene(Rates(small_history=True)) as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        says(here, channel.id, anna.id, "too early")
        since = here.clock.now()
        root = says(here, channel.id, anna.id, "first")
        for number in range(20):
            says(here, channel.id, anna.id, f"answer {number}", root)
        channel.messages.append(
            Message(here.slack.world.stamps.next(), channel.id, anna.id, "has joined", subtype="channel_join")
        )
        here.clock.advance(seconds=1)
        says(here, channel.id, anna.id, "last")
        until = here.clock.now()
        says(here, channel.id, anna.id, "too late")
        place, reader = address(f"in:{channel.id}"), threads(here)
        said = (await reader.span(place, since, until)).said
        assert [one.text for one in said] == ["first", *(f"answer {number}" for number in range(20)), "last"]
        links = await reader.links(place, said)
        asked = len(here.slack.called("chat.getPermalink"))
        for one in (said[0], said[5], said[-1]):
            within = f":{root}" if one.reply_to else ""
            exact = await reader.permalink(address(f"message:{channel.id}:{one.id}{within}"))
            assert links[one.id] == exact
        assert asked == 1
        assert await reader.links(place, ()) == {}
        assert await reader.links(address(f"user:{anna.id}"), said) == {}
        of_thread = await reader.span(address(f"in:{channel.id}:{root}"), said[1].at, said[4].at)
        assert [one.text for one in of_thread.said] == ["answer 0", "answer 1", "answer 2"]
        with pytest.raises(Gone):
            await reader.span(address(f"user:{anna.id}"), since, until)


async def test_answers_in_threads_that_began_earlier_are_read_as_far_back_as_is_said() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        ancient = says(here, channel.id, anna.id, "ancient")
        here.clock.advance(days=31)
        old, silent = says(here, channel.id, anna.id, "old"), says(here, channel.id, anna.id, "silent")
        says(here, channel.id, anna.id, "before", old)
        says(here, channel.id, anna.id, "before as well", silent)
        here.clock.advance(days=2)
        since = here.clock.now()
        first = says(here, channel.id, anna.id, "first")
        inside = says(here, channel.id, anna.id, "an answer", old)
        says(here, channel.id, anna.id, "an answer to what is ancient", ancient)
        until = here.clock.now()
        says(here, channel.id, anna.id, "too late", old)
        place = address(f"in:{channel.id}")
        found = await threads(here).span(place, since, until)
        assert [(one.id, one.text, one.reply_to) for one in found.said] == [
            (first, "first", ""),
            (inside, "an answer", old),
        ]
        assert found.threads_since == since - timedelta(days=30)
        assert {call.arguments["ts"] for call in here.slack.called("conversations.replies")} == {old}


async def test_with_fifteen_a_minute_it_looks_back_some_pages_and_says_how_far() -> None:
    async with scene(Rates(small_history=True)) as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        stamps = [says(here, channel.id, anna.id, f"number {number}") for number in range(70)]
        since = here.clock.now()
        says(here, channel.id, anna.id, "far", stamps[0])
        says(here, channel.id, anna.id, "near", stamps[-1])
        found = await threads(here).span(address(f"in:{channel.id}"), since, here.clock.now())
        assert [one.text for one in found.said] == ["near"]
        assert found.threads_since == datetime.fromtimestamp(float(stamps[10]), UTC)


async def test_slack_says_whether_a_conversation_is_private() -> None:
    async with scene() as here:
        anna, bo = here.team.person("Anna"), here.team.person("Bo")
        reader = threads(here)
        board = here.team.channel("board", anna, private=True)
        assert await reader.is_private(address(f"in:{here.team.channel('general', anna).id}")) is False
        assert await reader.is_private(address(f"message:{board.id}:1.1")) is True
        room = await here.chat().open_room([Account("slack", anna.id), Account("slack", bo.id)], "Room", "k")
        assert await reader.is_private(room) is True
        assert await reader.is_private(address(f"user:{anna.id}")) is True
        with pytest.raises(Gone):
            await reader.is_private(address("in:C0NOWHERE"))
