"""What people wrote on Discord is read whole and in order; and where Discord keeps it back, that is said."""

from collections.abc import Sequence

import pytest

from adapters.discord.people import People
from adapters.discord.plain import plain_words
from adapters.discord.threads import DiscordThreads
from bot.errors import Gone, Refused, TryLater
from bot.identity import Account, Address
from bot.messages.elements import Buttons, Card, Heading, LinkButton, Paragraph
from bot.messages.text import plain
from bot.threads import Author, Said
from tests.adapters.discord_sending import HISTORY, Scene, address, card, scene
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_state import Channel


def threads(here: Scene) -> DiscordThreads:
    return DiscordThreads(
        here.workspace, here.api, People(here.api, here.world, here.clock), here.world, here.moving.rest
    )


async def read(here: Scene, at: Address) -> Sequence[Said]:
    return await threads(here).read(at)


def at(channel: str, message: str) -> Address:
    return address(f"message:{channel}:{message}")


async def test_a_thread_is_read_with_the_message_that_began_it() -> None:
    async with scene() as here:
        anna, bo = here.guild.person("Anna"), here.guild.person("Bo")
        await bo.is_called("Bo Holm")
        general = here.general()
        root = await anna.writes("What do you see?", general)
        thread = await anna.opens_thread("Ideas", root)
        first = await bo.writes("I see @Anna", thread)
        here.clock.advance(minutes=1)
        await anna.writes("yes", thread, replies_to=first, files=[("map.png", b"x")])
        said: Sequence[Said] = ()
        for place in (at(thread.id, first.id), at(general.id, root.id), address(f"in:{thread.id}")):
            said = await read(here, place)
            assert [(one.name, one.text) for one in said] == [
                ("Anna", "What do you see?"),
                ("Bo Holm", "I see @Anna"),
                ("Anna", "yes"),
            ]
        one, two, three = said
        assert one.reply_to == ""
        assert two.reply_to == root.id
        assert three.reply_to == first.id
        assert three.files == ("map.png",)
        assert one.account == Account("discord", anna.id)
        assert one.at < three.at


async def test_a_channel_without_threads_is_read_from_the_message_on() -> None:
    async with scene() as here:
        anna, general = here.guild.person("Anna"), here.general()
        await anna.writes("before", general)
        root = await anna.writes("from here", general)
        await here.chat().post(address(f"in:{general.id}"), card("I heard"), "k")
        said = await read(here, at(general.id, root.id))
        assert [(one.author, one.text) for one in said] == [(Author.PERSON, "from here"), (Author.OURSELVES, "I heard")]
        assert said[1].account is None


async def test_a_private_thread_and_a_direct_conversation_are_read_too() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        room = await here.chat().open_room([Account("discord", anna.id)], "Room", "k")
        thread = here.nooks()[0]
        await here.chat().post(room, card("welcome"), "k1")
        hers = await anna.writes("thanks", thread)
        assert [one.text for one in await read(here, at(thread.id, hers.id))] == ["@Anna\nwelcome", "thanks"]
        direct = await anna.writes("hello there")
        assert [one.text for one in await read(here, at(anna.direct.id, direct.id))] == ["hello there"]


async def test_a_long_thread_is_read_page_by_page_and_told_of() -> None:
    async with scene() as here:
        anna, general = here.guild.person("Anna"), here.general()
        root = await anna.writes("root", general)
        thread = await anna.opens_thread("Ideas", root)
        for number in range(250):
            await anna.writes(f"number {number}", thread)
        told: list[tuple[int, float]] = []

        async def progress(done: int, rest: float) -> None:
            told.append((done, rest))

        here.discord.faults.arm(HISTORY, Fault.LIMITED, skip=1, seconds=20)
        said = await threads(here).read(at(general.id, root.id), progress)
        assert [one.text for one in said] == ["root", *(f"number {number}" for number in range(250))]
        assert told == [(101, 0.0), (101, 20.0), (201, 0.0), (251, 0.0)]
        assert here.moving.rested == [20.0]


async def test_whoever_never_gets_a_page_gives_up() -> None:
    async with scene() as here:
        root = await here.guild.person("Anna").writes("root", here.general())
        here.discord.faults.arm(HISTORY, Fault.UNAVAILABLE, times=99)
        with pytest.raises(TryLater, match="rate_limited"):
            await read(here, at(here.general().id, root.id))
        assert min(here.moving.rested) > 0
        assert max(here.moving.rested) <= 15


@pytest.mark.parametrize("above", [True, False])
async def test_without_the_switch_for_contents_nothing_is_read_and_that_is_said(*, above: bool) -> None:
    async with scene() as here:
        anna, general = here.guild.person("Anna"), here.general()
        if above:
            root = await anna.writes("root", general)
        else:
            await here.chat().post(address(f"in:{general.id}"), card("our own"), "k")
            root = here.said(general.id)[0]
            await anna.writes("more", general)
        here.discord.app.message_content = False
        with pytest.raises(Refused, match="no_message_content"):
            await read(here, at(general.id, root.id))


async def test_what_a_program_says_in_components_is_words() -> None:
    async with scene() as here:
        said = Card(
            "Camp", (Heading("Camp"), Paragraph(plain("On *Friday*")), Buttons((LinkButton("Go", "https://x.dk"),)))
        )
        posted = await here.chat().post(address(f"in:{here.general().id}"), said, "k")
        [one] = await read(here, posted)
        assert one.text == "Camp\nOn *Friday*"


async def test_what_a_program_says_in_embeds_is_words_too() -> None:
    async with scene() as here:
        poll = here.guild.person("Poll", bot=True)
        said = await poll.writes("result", here.general())
        said.embeds = [{"title": "Yes", "description": "12 of 20", "fields": [{"name": "No", "value": "8"}]}]
        [one] = await read(here, at(here.general().id, said.id))
        assert (one.author, one.text) == (Author.PROGRAM, "result\nYes\n12 of 20\nNo: 8")


async def test_where_the_bot_may_not_read_is_a_named_end() -> None:
    async with scene() as here:
        root = await here.guild.person("Anna").writes("root", here.general())
        here.discord.faults.arm("GET /channels/{channel}/messages/{message}", 50001)
        with pytest.raises(Refused, match="missing_access"):
            await read(here, at(here.general().id, root.id))


async def test_a_thread_of_a_forum_begins_with_its_own_first_message() -> None:
    async with scene() as here:
        anna = here.guild.person("Anna")
        root = await anna.writes("root", here.general())
        thread = await anna.opens_thread("Ideas", root)
        said = await anna.writes("first", thread)
        here.discord.faults.arm("GET /channels/{channel}/messages/{message}", 10008)
        assert [one.text for one in await read(here, at(thread.id, said.id))] == ["first"]


@pytest.mark.parametrize("value", ["user:5", "message:7:8", "in:7"])
async def test_what_is_not_there_is_gone(value: str) -> None:
    async with scene() as here:
        with pytest.raises(Gone):
            await read(here, address(value))


async def test_a_channel_is_no_thread_and_a_message_that_is_gone_begins_none() -> None:
    async with scene() as here:
        general = here.general()
        with pytest.raises(Gone, match="unknown_thread"):
            await read(here, address(f"in:{general.id}"))
        with pytest.raises(Gone, match="unknown_message"):
            await read(here, at(general.id, "77"))


async def test_a_link_leads_to_the_message() -> None:
    async with scene() as here:
        anna, general = here.guild.person("Anna"), here.general()
        link = await threads(here).permalink(at(general.id, "77"))
        assert link == f"https://discord.com/channels/{here.guild.id}/{general.id}/77"
        link = await threads(here).permalink(at(anna.direct.id, "77"))
        assert link == f"https://discord.com/channels/@me/{anna.direct.id}/77"
        with pytest.raises(Gone):
            await threads(here).permalink(address(f"in:{general.id}"))


@pytest.mark.parametrize(
    ("typed", "plainly"),
    [
        ("**bold** and *leaning* and _so_ and __under__", "bold and leaning and so and under"),
        ("~~gone~~ ||hidden|| `code` ***all***", "gone hidden code all"),
        ("> quoted\n# Title\n-# small\n- point", "quoted\nTitle\nsmall\n- point"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("<@5> <@!5> <#7> <@&9> <:smile:123> <https://x.dk>", "@Bo @Bo #? @? :smile: https://x.dk"),
        ("[here](https://x.dk)", "here (https://x.dk)"),
        (r"\*not bold\* \_", "*not bold* _"),
        ("**a *b* c**", "a b c"),
        ("<@6>", "@?"),
    ],
)
async def test_mark_up_is_taken_away(typed: str, plainly: str) -> None:
    async def name_of(user: str) -> str:
        return "Bo" if user == "5" else ""

    assert await plain_words(typed, name_of) == plainly


async def test_a_time_of_a_channel_is_read_and_each_message_has_a_link() -> None:
    async with scene() as here:
        anna, general = here.guild.person("Anna"), here.general()
        await anna.writes("too early", general)
        here.clock.advance(minutes=1)
        since = here.clock.now()
        for number in range(120):
            await anna.writes(f"number {number}", general)
        root = await anna.writes("root", general)
        thread = await anna.opens_thread("Ideas", root)
        inside = await anna.writes("inside", thread)
        here.clock.advance(minutes=1)
        until = here.clock.now()
        await anna.writes("too late", general)
        place, reader = address(f"in:{general.id}"), threads(here)
        said = (await reader.span(place, since, until)).said
        assert [one.text for one in said] == [*(f"number {number}" for number in range(120)), "root", "inside"]
        links = await reader.links(place, said)
        assert links[said[0].id] == await reader.permalink(at(general.id, said[0].id))
        assert links[inside.id] == await reader.permalink(at(thread.id, inside.id))
        for place in (at(general.id, root.id), at(thread.id, inside.id)):
            both = await reader.read(place)
            links = await reader.links(place, both)
            assert links[root.id] == await reader.permalink(at(general.id, root.id))
            assert links[inside.id] == await reader.permalink(at(thread.id, inside.id))
        assert await reader.links(place, ()) == {}
        assert await reader.links(address(f"user:{anna.id}"), said) == {}
        with pytest.raises(Gone):
            await reader.span(address(f"user:{anna.id}"), since, until)


async def test_the_threads_of_a_channel_are_read_with_it_wherever_they_began_and_private_ones_for_who_is_in_them() -> (
    None
):
    async with scene() as here:
        anna, bo, general = here.guild.person("Anna"), here.guild.person("Bo"), here.general()
        told: list[str] = []

        async def a_thread(name: str, *, text: str) -> Channel:
            thread = await anna.opens_thread(name, await anna.writes(name, general))
            await anna.writes(text, thread)
            return thread

        early = await a_thread("Early", text="before")
        await a_thread("Silent", text="nothing new")
        away = await a_thread("Away", text="before as well")
        room = await here.chat().open_room([Account("discord", bo.id)], "Room", "k")
        nook = here.nooks()[0]
        other = here.guild.channel("other")
        elsewhere = await anna.opens_thread("Elsewhere", await anna.writes("elsewhere", other))
        here.clock.advance(days=40)
        since = here.clock.now()
        await bo.writes("in the early one", early)
        await bo.writes("in one that is put away", away)
        await bo.writes("in private", nook)
        await anna.writes("not here", elsewhere)
        await anna.archives(away)
        here.clock.advance(minutes=1)
        place, reader = address(f"in:{general.id}"), threads(here)

        async def progress(done: int, rest: float) -> None:
            told.append(f"{done} {rest}")

        until = here.clock.now()
        public = await reader.span(place, since, until, progress, Account("discord", anna.id))
        assert [one.text for one in public.said] == ["in the early one", "in one that is put away"]
        assert (public.threads_since, public.closed) == (None, 0)
        assert [one.text for one in (await reader.span(place, since, until)).said] == [one.text for one in public.said]
        his = await reader.span(place, since, until, None, Account("discord", bo.id))
        assert [one.text for one in his.said] == ["in the early one", "in one that is put away", "in private"]
        links = await reader.links(place, his.said)
        assert list(links.values()) == [
            f"https://discord.com/channels/{here.guild.id}/{where.id}/{one.id}"
            for where, one in zip((early, away, nook), his.said, strict=True)
        ]
        assert told[-1] == "2 0.0"
        assert await reader.is_private(room) is True
        assert await reader.is_private(address(f"user:{anna.id}")) is True
        assert await reader.is_private(at(anna.direct.id, "7")) is True
        assert await reader.is_private(address(f"in:{here.guild.channel('board', anna, private=True).id}")) is True
        here.discord.faults.arm(HISTORY, 50001, skip=1)
        assert (await reader.span(place, since, until)).closed == 1
