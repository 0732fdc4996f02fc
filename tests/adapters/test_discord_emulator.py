"""The emulator with the genuine discord.py: what people type, press, choose and fill, and what they see."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any, cast

import discord
import pytest

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_guild import Guild
from tests.emulators.discord_person import Person
from tests.emulators.discord_state import Channel
from tests.emulators.discord_tiny_bot import TinyBot, tiny_bot
from tests.emulators.slack_time import RunningClock


@dataclass
class House:
    discord: DiscordEmulator
    guild: Guild
    anna: Person
    bo: Person
    general: Channel
    bot: TinyBot


@pytest.fixture
async def house() -> AsyncGenerator[House]:
    async with DiscordEmulator() as emulator:
        guild = emulator.guild("Academy")
        general = guild.named("general")
        assert general is not None
        anna = guild.person("Anna", locale="da")
        async with tiny_bot(emulator) as bot:
            yield House(emulator, guild, anna, guild.person("Bo"), general, bot)
        assert emulator.problems == []


async def test_a_command_with_a_native_option(house: House) -> None:
    outcome = await house.anna.types("/profile pause", until="2 uger")
    assert (outcome.ok, outcome.kind) == (True, 4)
    assert house.anna.sees(house.general) == ["Paused 2 uger"]
    assert house.bo.sees(house.general) == []
    await house.anna.types("/profile pause", house.anna.direct)
    assert house.anna.sees() == ["Paused"]
    assert (await house.anna.types("/profile dance")).error == "unknown command"
    assert house.anna.errors == ["/profile dance is not a command here"]


async def test_every_kind_of_option(house: House) -> None:
    role = house.guild.role("Team")
    given = {"size": "Large", "who": house.bo, "file": ("a.txt", b"inside"), "where": house.general, "role": role}
    assert await house.anna.completes("/take", "word", "he", size=1) == ["he!"]
    await house.anna.types("/take", word="hello", sure=True, share=0.5, **given)
    assert house.anna.last(house.general) == "hello 2 Bo inside general Team True 0.5\n(file: x.txt)"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, "asks for"),
        ({"word": 5}, "does not take"),
        ({"word": ""}, "is empty"),
        ({"size": "Huge"}, "has no 'Huge'"),
        ({"who": "Bo"}, "does not take"),
        ({"unheard": 1}, "no option 'unheard'"),
    ],
)
async def test_discord_does_not_let_just_anything_be_typed(
    house: House, options: dict[str, object], words: str
) -> None:
    with pytest.raises(AssertionError, match=words):
        await house.anna.types("/take", **options)


async def test_a_card_looks_like_this(house: House) -> None:
    await house.anna.types("/show")
    assert house.bo.last(house.general).splitlines() == [
        "A card",
        "1 January 2026 here",
        "———",
        "Beside it",
        "[Form]",
        "[Boxes] [Defer] [Nothing] [Away]",
        "[One fruit ▾]",
        "Somebody",
        "[Make a selection ▾]",
    ]
    assert house.bo.buttons() == ["Form", "Boxes", "Defer", "Nothing", "Away"]


async def test_buttons_and_selects(house: House) -> None:
    await house.anna.types("/show")
    await house.bo.chooses("One fruit", "Pear")
    assert house.bo.last(house.general) == "You chose pear"
    await house.bo.chooses("Somebody", house.anna)
    assert house.bo.last(house.general) == f"You chose {house.anna.id}"
    assert house.bot.last["resolved"]["users"][house.anna.id]["global_name"] == "Anna"
    assert (await house.bo.presses("Away")).ok
    with pytest.raises(AssertionError, match="sees no button 'Missing'"):
        await house.bo.presses("Missing")
    await house.anna.presses("Defer", where="A card")
    await house.anna.until_sees("Changed")
    assert house.anna.sees(house.general) == ["Changed"]


async def test_a_form_with_fields_of_all_kinds(house: House) -> None:
    anna = house.anna
    await anna.types("/show")
    await anna.presses("Form")
    modal = await anna.until_modal("Everything")
    assert modal.fields == {"Name": "Nobody", "Fruit": [], "Who": [], "Size": "", "File": []}
    assert (modal.hints, modal.choices("Size")) == ({"File": "A list"}, ["Small", "Large"])
    assert (await anna.submits()).error == "incomplete"
    assert set(modal.errors) == {"Fruit", "Size"}
    await anna.fills(
        {"Name": "Anna", "Fruit": ["Apple", "Plum"], "Who": house.bo, "Size": "Large", "File": ("a.csv", b"1")}
    )
    assert modal.fields == {
        "Name": "Anna", "Fruit": ["Apple", "Plum"], "Who": ["Bo"], "Size": "Large", "File": ["a.csv"],
    }  # fmt: skip
    assert (await anna.submits()).ok
    sent = [one["component"] for one in house.bot.last["components"]]
    assert [one.get("values", one.get("value")) for one in sent[:4]] == [
        "Anna",
        ["apple", "plum"],
        [house.bo.id],
        "large",
    ]
    (file,) = house.bot.last["resolved"]["attachments"].values()
    assert (file["filename"], file["size"]) == ("a.csv", 1)
    assert anna.last(house.general) == "Thank you"
    assert anna.modal is None


async def test_boxes_in_a_form(house: House) -> None:
    await house.anna.types("/show")
    await house.anna.presses("Boxes")
    modal = await house.anna.until_modal("Tick what fits")
    role = house.guild.role("Team")
    await house.anna.fills({"Days": ["Monday", "Tuesday"], "Agreed": True, "Team": role})
    assert modal.fields == {"Days": ["Monday", "Tuesday"], "Agreed": True, "Team": [role.id]}
    await house.anna.submits()
    sent = [one["component"] for one in house.bot.last["components"][1:]]
    assert [one.get("values", one.get("value")) for one in sent] == [["monday", "tuesday"], True, [role.id]]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"Name": "x" * 21}, "takes 20 characters"),
        ({"Name": "a\nb"}, "single line"),
        ({"Fruit": ["Apple", "Pear", "Plum"]}, "takes 2 choices"),
        ({"Fruit": "Cherry"}, "has no 'Cherry'"),
        ({"Who": "Bo"}, "does not take"),
        ({"Shoe": "x"}, "has no field 'Shoe'"),
    ],
)
async def test_a_form_does_not_let_just_anything_be_filled_in(
    house: House, values: dict[str, object], words: str
) -> None:
    await house.anna.types("/show")
    await house.anna.presses("Form")
    with pytest.raises(AssertionError, match=words):
        await house.anna.fills(values)


async def test_menus_on_messages_and_on_people(house: House) -> None:
    hers = await house.bo.writes("Something wise", house.general)
    await house.anna.uses_menu("Make case note", hers)
    assert house.anna.last(house.general) == "Noted: Something wise"
    await house.anna.uses_menu("Greet", house.bo)
    assert house.anna.last(house.general) == "Hello Bo"
    assert (await house.anna.uses_menu("Nothing such", hers)).error == "unknown command"


async def test_commands_for_few_are_hidden_from_others(house: House) -> None:
    assert (await house.anna.types("/keys")).error == "unknown command"
    await house.anna.gets(house.guild.role("Tovholder", "manage_guild"))
    assert (await house.anna.types("/keys")).kind == 5
    await house.anna.until_sees("Here they are")
    assert house.anna.newest(house.general).ephemeral
    assert (await house.anna.types("/keys", house.anna.direct)).error == "unknown command"
    house.guild.forbids(house.general, house.bo, "use_application_commands")
    assert (await house.bo.types("/show", house.general)).error == "unknown command"


async def test_what_nobody_answers() -> None:
    async with DiscordEmulator(RunningClock(speed=10)) as emulator, tiny_bot(emulator):
        anna = emulator.guild("Academy").person("Anna")
        await anna.types("/show")
        assert not (await anna.presses("Nothing")).ok
        assert anna.errors == ["This interaction failed"]
        assert emulator.asking.unanswered == 1


async def test_one_user_in_two_guilds(house: House) -> None:
    other = house.discord.guild("School")
    again = other.person("Anna", same_as=house.anna)
    assert again.direct is house.anna.direct
    await house.discord.until(lambda: len(house.bot.guilds) == 2)
    await again.types("/profile pause", until="soon")
    assert again.sees(other.named("general")) == ["Paused soon"]
    assert house.anna.sees(house.general) == []


async def test_joining_and_outages_as_the_genuine_library_tells_them(house: House) -> None:
    told: list[str] = []

    async def on_guild_join(_guild: discord.Guild) -> None:
        told.append("joined")

    async def on_guild_remove(_guild: discord.Guild) -> None:
        told.append("removed")

    async def on_guild_available(_guild: discord.Guild) -> None:
        told.append("available")

    async def on_guild_unavailable(_guild: discord.Guild) -> None:
        told.append("unavailable")

    for event in (on_guild_join, on_guild_remove, on_guild_available, on_guild_unavailable):
        house.bot.event(event)
    other = house.discord.guild("School")
    other.goes_down()
    other.comes_back()
    other.kicks_bot()
    other.invites_bot()
    await house.discord.until(lambda: len(told) == 5)
    assert told == ["joined", "unavailable", "available", "removed", "joined"]


async def test_what_people_say_is_heard(house: House) -> None:
    said = await house.anna.writes("Hello @Bo", house.general)
    await house.anna.writes("Privately")
    await house.discord.until(lambda: len(house.bot.heard) == 2)
    assert house.bot.heard == [f"Hello <@{house.bo.id}>", "Privately"]
    assert house.bo.sees(house.general) == ["Hello @Bo"]
    await house.anna.edits(said, "Hello all")
    assert house.bo.last(house.general) == "Hello all"
    await house.anna.deletes(said)
    assert house.bo.sees(house.general) == []


async def test_rooms_of_the_genuine_library(house: House) -> None:
    general = house.bot.get_channel(int(house.general.id))
    assert isinstance(general, discord.TextChannel)
    thread = await general.create_thread(name="Room", type=discord.ChannelType.private_thread, invitable=False)
    await thread.add_user(discord.Object(int(house.anna.id)))
    await thread.send("Welcome", allowed_mentions=discord.AllowedMentions.none())
    assert [room.name for room in house.anna.threads] == ["Room"]
    assert house.bo.threads == []
    assert house.guild.room(house.anna) is not None
    await house.anna.leaves(house.anna.threads[0])
    assert house.anna.threads == []
    await thread.edit(archived=True)
    assert house.guild.rooms()[0].archived


async def test_a_direct_conversation_that_is_closed(house: House) -> None:
    user = await house.bot.fetch_user(int(house.bo.id))
    await user.send("Hello")
    assert house.bo.sees() == ["Hello"]
    house.bo.user.takes_messages = False
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("Hello")
    assert refused.value.code == 50007


async def test_scheduled_events_of_the_genuine_library(house: House) -> None:
    guild = house.bot.guilds[0]
    start = discord.utils.utcnow().replace(microsecond=0)
    about = {
        "name": "Camp",
        "entity_type": discord.EntityType.external,
        "privacy_level": discord.PrivacyLevel.guild_only,
    }
    day = discord.utils.utcnow().resolution * 86_400_000_000
    times = {"start_time": start + day, "end_time": start + 2 * day, "location": "Aarhus"}
    house.guild.takes(house.guild.bot_role, "create_events")
    with pytest.raises(discord.Forbidden):
        await guild.create_scheduled_event(**about, **times)  # type: ignore[call-overload]  # as keywords
    house.guild.gives(house.guild.bot_role, "create_events")
    event: Any = cast("Any", await guild.create_scheduled_event(**about, **times))  # type: ignore[call-overload]  # as keywords
    assert [one["name"] for one in house.guild.events.values()] == ["Camp"]
    await event.edit(name="Big camp")
    assert [one["name"] for one in house.guild.events.values()] == ["Big camp"]
    await event.delete()
    assert house.guild.events == {}


async def test_only_the_two_are_offered_in_a_direct_conversation(house: House) -> None:
    anna, bo = house.anna, house.bo
    await anna.types("/show", anna.direct)
    with pytest.raises(AssertionError, match="does not offer Bo in a direct conversation"):
        await anna.chooses("Somebody", bo)
    await anna.chooses("Somebody", anna)
    await anna.presses("Form", anna.direct)
    await anna.fills({"Fruit": "Pear", "Size": "Small", "Who": bo})
    with pytest.raises(AssertionError, match="does not offer Bo in a direct conversation"):
        await anna.submits()
