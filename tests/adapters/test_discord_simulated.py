"""The same listening half before another player of Discord (simcord): ordinary behaviour, and nothing kept in memory.

It plays the server within the process, with the genuine library and its three seconds, and knows nothing of our emulator.
"""

from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import cast

import simcord

from adapters.discord.client import ListeningClient
from adapters.discord.identifying import Identifying
from adapters.discord.menu import menu
from adapters.discord.sync import in_step
from adapters.discord.working import Working
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, opened_house


@dataclass(slots=True)
class Stage:
    """The house, and somebody in a guild of the other player's who has a profile."""

    house: DiscordHouse
    env: simcord.Env
    client: ListeningClient
    channel: simcord.ChannelHandle
    anna: simcord.MemberActor


@asynccontextmanager
async def staged(languages: Languages) -> AsyncGenerator[Stage]:
    # The other player's time stands still between two steps, so that any two things happen at once.
    async with opened_house(languages, listens=False, working=Working(crowd=1000)) as house:
        client = ListeningClient(house.adapter, Identifying(0), reads_messages=False, shards=1)
        async with simcord.run(client) as env:
            await in_step(client, menu(house.front.commands, languages))
            guild = env.create_guild("Akademiet")
            channel, anna = guild.create_text_channel("general"), guild.add_member(env.create_user("anna"))
            await anna.slash(channel, "more who")
            workspace = house.gate.asked[-1].arrival.workspace
            member = await house.front.member_of(workspace, str(anna.id))
            assert member is not None
            async with house.memory.units(workspace) as work:
                await work.members.put(replace(member, organisation="Kommunen", sector="municipality"))
                await work.commit()
            yield Stage(house, env, client, channel, anna)


def texts(components: object) -> Iterator[str]:
    """Everything that can be read in a message or modal."""
    if isinstance(components, dict):
        for name, value in cast(Mapping[str, object], components).items():
            if name in ("content", "label", "title") and isinstance(value, str):
                yield value
            yield from texts(value)
    elif isinstance(components, list):
        for one in cast(list[object], components):
            yield from texts(one)


def reads(result: simcord.InteractionResult) -> str:
    """What the answer says."""
    assert result.response is not None
    return "\n".join(texts(result.response.components))


async def test_a_command_is_answered_for_one_alone(languages: Languages) -> None:
    async with staged(languages) as stage:
        found = await stage.anna.slash(stage.channel, "help")
        assert found.acknowledged
        assert found.ephemeral
        assert "What I can do for you" in reads(found)


async def test_options_and_their_suggestions(languages: Languages) -> None:
    async with staged(languages) as stage:
        found = await stage.anna.slash(stage.channel, "more count", many=3, day="2026-12-24")
        assert "Counted day=2026-12-24, many=3" in reads(found)
        offered = await stage.anna.autocomplete(stage.channel, "more count", "day", "2026-12-24", many=1)
        assert [one["value"] for one in offered][:1] == ["2026-12-24"]


async def test_a_button_changes_its_card_and_the_library_remembers_nothing(languages: Languages) -> None:
    async with staged(languages) as stage:
        shown = await stage.anna.slash(stage.channel, "try bell")
        assert shown.response is not None
        assert not shown.response.ephemeral
        for times in range(1, 4):
            await stage.anna.click(shown.response.message, label="Ring the bell")
            assert f"The bell rang {times} times" in reads(shown)
        assert not stage.client.persistent_views


async def test_a_question_goes_before_a_press(languages: Languages) -> None:
    async with staged(languages) as stage:
        shown = await stage.anna.slash(stage.channel, "more letter")
        assert shown.response is not None
        asked = await stage.anna.click(shown.response.message, label="Burn")
        assert asked.ephemeral
        assert asked.response is not None
        assert "There is no way back." in reads(asked)
        await stage.anna.click(asked.response.message, label="Burn it")
        assert stage.house.gate.passed == 1


async def test_a_modal_is_filled_and_answered(languages: Languages) -> None:
    async with staged(languages) as stage:
        opened = await stage.anna.slash(stage.channel, "try note")
        assert opened.modal is not None
        found = await stage.anna.submit_modal(opened, {"text": "Words"})
        assert "Noted: Words" in reads(found)


async def test_a_long_form_goes_on_in_steps(languages: Languages) -> None:
    async with staged(languages) as stage:
        first = await stage.anna.slash(stage.channel, "more long")
        between = await stage.anna.submit_modal(first, {"q1": "one"})
        assert "step 1 of 3 is done" in reads(between)
        assert between.response is not None
        second = await stage.anna.click(between.response.message, label="Continue")
        assert second.modal is not None
        assert "Question 7" in set(texts(second.modal))


async def test_the_menu_of_a_message(languages: Languages) -> None:
    async with staged(languages) as stage:
        message = await stage.anna.send(stage.channel, "Where do we meet?")
        found = await stage.anna.context_menu(stage.channel, "Make a note", message)
        assert f"A note of message\\:{stage.channel.id}\\:{message.id}" in reads(found)
