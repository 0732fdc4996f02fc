"""Commands on Discord, from what somebody types to what they and others see, through the genuine library."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.identity import Account
from bot.interactions import PlaceKind
from bot.members.domain import Role
from bot.messages.replies import Private, Public
from bot.words import Languages
from tests.adapters.discord_academy import HASTY, DiscordHouse, opened_house
from tests.adapters.slack_tables import bell, said
from tests.emulators.discord_faults import Delivery

DEFERRED, MESSAGE, MODAL = 5, 4, 9


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        yield found
        await found.settled()
        assert found.discord.problems == []


async def test_help_is_answered_in_one_call_that_only_she_sees(house: DiscordHouse) -> None:
    outcome = await house.anna.types("/help")
    await house.anna.until_sees("What I can do for you")
    assert outcome.ok
    assert len(house.discord.called("POST /interactions/{interaction}/{token}/callback")) == 1
    assert house.bo.sees(house.general) == []


async def test_a_dane_is_answered_in_danish_even_unknown(house: DiscordHouse) -> None:
    dorte = house.guild.person("Dorte", locale="da")
    await dorte.types("/hjælp")
    await dorte.until_sees("Det kan jeg gøre for dig")


async def test_what_is_public_is_seen_by_all_where_it_was_typed(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.bo.until_sees("The bell rang 0 times")
    assert house.bo.buttons() == ["Ring the bell", "Whisper to me", "Introduce me", "Read more"]


async def test_options_arrive_as_if_they_had_been_typed(house: DiscordHouse) -> None:
    await house.anna.types("/more count", many=3, who=house.bo, day="2026-12-24", loud=True)
    seen = await house.anna.until_sees("Counted")
    bo = house.members["bo"].id
    assert house.anna.shows(seen) == f"Counted day=2026-12-24, loud=True, many=3, who={bo}"


async def test_a_word_of_hers_never_becomes_a_mention(house: DiscordHouse) -> None:
    await house.anna.types("/try whisper", text="@everyone <@1> **bold**")
    await house.anna.until_sees("A whisper: @everyone @somebody **bold**")
    assert not house.anna.newest(house.general).mention_everyone


async def test_somebody_who_is_no_organiser_is_told_so_kindly(house: DiscordHouse) -> None:
    await house.bo.types("/try secret")
    await house.bo.until_sees("Det kan kun en tovholder")


async def test_the_right_to_manage_the_server_makes_an_organiser(house: DiscordHouse) -> None:
    guide = house.guild.person("Guide", roles=[house.guild.role("Boss", "manage_guild")])
    await guide.types("/help")
    member = await house.front.member_of((await house.workspace()).id, guide.id)
    assert member is not None
    assert member.role is Role.ORGANISER


async def test_so_does_a_role_of_that_name_and_a_sector_comes_from_one(house: DiscordHouse) -> None:
    lise = house.guild.person("Lise", roles=["TOVHOLDER", "Kommune"])
    await lise.types("/more who")
    await lise.until(lambda: house.gate.asked)
    arrival = house.gate.asked[-1].arrival
    assert (arrival.organises, arrival.sector, arrival.handle) == (True, "municipality", "lise")


async def test_a_slow_answer_shows_that_it_comes_and_takes_its_place(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        house.gate.close()
        outcome = await house.anna.types("/try whisper", text="hello")
        assert outcome.interaction is not None
        assert outcome.interaction.deferred == DEFERRED
        house.gate.open()
        await house.anna.until_sees("A whisper: hello")
        assert len(house.anna.reads(house.general)) == 1
        assert house.discord.problems == []


async def test_a_slow_public_answer_is_public_nevertheless(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        house.gate.close()
        await house.anna.types("/try bell")
        house.gate.open()
        await house.bo.until_sees("The bell rang 0 times")
        await house.settled()
        assert len(house.anna.reads(house.general)) == 1
        assert house.discord.problems == []


async def test_several_answers_come_in_their_order(house: DiscordHouse) -> None:
    await house.anna.types("/try many")
    await house.anna.until_sees("Card 7")
    assert house.anna.sees(house.general) == [f"Card {number}" for number in range(1, 8)]


async def test_a_file_is_handed_to_her_alone(house: DiscordHouse) -> None:
    await house.anna.types("/try file")
    message = await house.anna.until_sees("Your data")
    assert [file.name for file in message.attachments] == ["data.json"]
    assert house.bo.sees(house.general) == []


async def test_whatever_a_handler_replies_is_given(house: DiscordHouse) -> None:
    house.gate.replies = (Private(said("One")), Public(bell(3)), Private(said("Two")))
    await house.anna.types("/try replies")
    await house.anna.until_sees("Two")
    assert house.bo.sees(house.general)[-1].startswith("The bell rang 3 times")


async def test_an_entry_in_a_message_s_menu_knows_the_message(house: DiscordHouse) -> None:
    target = await house.bo.writes("Hvor ligger mødet?", house.general)
    await house.anna.uses_menu("Make a note", target)
    await house.anna.until_sees(f"A note of message:{house.general.id}:{target.id}")


async def test_in_a_direct_conversation_her_academy_is_meant(house: DiscordHouse) -> None:
    await house.anna.types("/try whisper", house.anna.direct, text="psst")
    await house.anna.until_sees("A whisper: psst")
    place = house.gate.asked[-1].arrival.place
    assert (place.kind, place.address.value) == (PlaceKind.DIRECT, f"user:{house.anna.id}")


async def test_somebody_unknown_is_told_where_to_begin(house: DiscordHouse) -> None:
    await house.carla.types("/help", house.carla.direct)
    await house.carla.until_sees("I am in no server just now")


async def test_in_two_academies_she_is_asked_which_one(house: DiscordHouse) -> None:
    other = house.discord.guild("Den anden")
    anna = other.person("Anna Lund", same_as=house.anna)
    await anna.types("/help")
    await house.anna.types("/try whisper", house.anna.direct, text="which")
    await house.anna.until_sees("Which academy is this for?")
    await house.anna.presses("Akademiet")
    await house.anna.until_sees("A whisper: which")
    assert house.gate.asked[-1].arrival.workspace == (await house.workspace()).id
    assert len(house.anna.reads()) == 1


async def test_a_command_of_an_older_menu_is_not_left_without_an_answer(house: DiscordHouse) -> None:
    row = next(row for row in house.discord.world.commands.values() if row["name"] == "try")
    row["name"], row["name_localizations"] = "attempt", {}
    await house.anna.types("/attempt bell")
    await house.anna.until_sees("I don't know that command")


async def test_her_account_is_what_discord_says(house: DiscordHouse) -> None:
    await house.carla.types("/more who")
    await house.discord.until(lambda: house.gate.asked)
    arrival = house.gate.asked[-1].arrival
    assert arrival.account == Account("discord", house.carla.id)
    assert (arrival.name, arrival.language) == ("Carla Ø", "en")


async def test_two_hundred_at_once_are_all_answered_once(house: DiscordHouse) -> None:
    people = [house.guild.person(f"Person {number}") for number in range(60)]
    outcomes = await asyncio.gather(*(one.types("/help") for one in people))
    assert all(outcome.ok for outcome in outcomes)
    for one in people:
        await one.until_sees("What I can do for you")
        assert len(one.reads(house.general)) == 1


async def test_the_same_interaction_told_twice_is_handled_once(house: DiscordHouse) -> None:
    house.discord.faults.arm_event("INTERACTION_CREATE", Delivery.DUPLICATE)
    await house.anna.types("/try whisper", text="once")
    await house.anna.until_sees("A whisper: once")
    await house.settled()
    assert house.gate.passed == 1
    assert len(house.anna.reads(house.general)) == 1
