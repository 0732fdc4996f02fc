"""Guilds and their academies: made when the bot is added, gone when it is removed, found out when nobody listened; and what
sending knows of them."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from adapters.discord.notices import MESSAGES, TOLD, Notices
from bot.deliveries.domain import DeliveryState
from bot.members.domain import Role, WorkspaceOptions
from bot.members.switches import MessagesUnreadable
from bot.ports import Workspace
from bot.words import Languages
from tests.adapters.discord_academy import DiscordHouse, member_of, opened_house
from tests.emulators.discord_guild import Guild
from tests.fakes import StoppedClock


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        yield found
        await found.settled()
        assert found.discord.problems == []


async def academy(house: DiscordHouse, guild: Guild) -> Workspace | None:
    return await house.memory.directory.find(f"guild:{guild.id}")


async def known(house: DiscordHouse, guild: Guild) -> Workspace:
    """Waits until the guild has an academy that is not gone."""
    for _ in range(200):
        await house.discord.quiet(0.01)
        found = await academy(house, guild)
        if found is not None and _is_there(found):
            return found
    raise AssertionError("no academy")


def _is_there(workspace: Workspace) -> bool:
    return workspace.frozen_at is None and all(home.gone_at is None for home in workspace.installations)


async def gone(house: DiscordHouse, guild: Guild) -> None:
    for _ in range(200):
        await house.discord.quiet(0.01)
        found = await academy(house, guild)
        if found is not None and not _is_there(found):
            return
    raise AssertionError("still there")


async def test_a_guild_that_adds_the_bot_has_an_academy_of_its_own(house: DiscordHouse) -> None:
    other = house.discord.guild("Nabobyen")
    found = await known(house, other)
    assert found.name == "Nabobyen"
    assert found.id != (await house.workspace()).id
    assert house.guilds.guild_of(found.id) == other.id


async def test_members_of_two_guilds_are_kept_apart(house: DiscordHouse) -> None:
    other = house.discord.guild("Nabobyen")
    eva = other.person("Eva")
    await eva.types("/more who")
    await eva.until_sees("Somebody")
    assert house.gate.asked[-1].arrival.workspace == (await known(house, other)).id
    assert await house.front.member_of((await house.workspace()).id, eva.id) is None


async def test_where_the_bot_is_removed_nothing_is_tried_and_coming_back_ends_that(house: DiscordHouse) -> None:
    workspace = await house.workspace()
    house.guild.kicks_bot()
    await gone(house, house.guild)
    assert house.guilds.guild_of(workspace.id) is None
    house.guild.invites_bot()
    assert (await known(house, house.guild)).id == workspace.id
    await house.anna.types("/help")
    await house.anna.until_sees("What I can do for you")


async def test_a_guild_that_discord_cannot_reach_is_still_there(house: DiscordHouse) -> None:
    house.guild.goes_down()
    await house.settled()
    assert _is_there(await house.workspace())
    house.guild.comes_back()
    await house.anna.types("/help")
    await house.anna.until_sees("What I can do for you")


async def test_what_happened_while_nobody_listened_is_found_out(languages: Languages) -> None:
    async with opened_house(languages, listens=False) as house:
        lost = await house.memory.directory.ensure("guild:811111111111111111", "Lost", WorkspaceOptions())
        fresh = house.discord.guild("Fresh")
        async with house.adapter.at_work():
            await known(house, fresh)
            await house.settled()
        found = await house.memory.directory.get(lost.id)
        assert found is not None
        assert not _is_there(found)
        assert _is_there(await house.workspace())


async def test_a_session_that_begins_anew_forgets_the_guilds_that_went_meanwhile(house: DiscordHouse) -> None:
    other = house.discord.guild("Nabobyen")
    await known(house, other)
    house.discord.gateway.forgets_sessions()
    house.discord.gateway.cut()
    other.kicks_bot()
    await house.discord.until(lambda: len(house.discord.gateway.identified) == 2, 20)
    await gone(house, other)
    assert _is_there(await house.workspace())


async def test_the_first_guild_takes_over_what_was_imported_before(languages: Languages) -> None:
    async with opened_house(languages, listens=False) as house:
        local = await house.memory.directory.ensure("local", "Before", WorkspaceOptions())
        fresh = house.discord.guild("Fresh")
        async with house.adapter.at_work():
            assert (await known(house, fresh)).id == local.id


async def test_a_linked_academy_answers_in_its_guild_as_well(house: DiscordHouse) -> None:
    other = house.discord.guild("Nabobyen")
    await known(house, other)
    slack = await house.memory.directory.ensure("team:T1", "Slack", WorkspaceOptions())
    await house.memory.directory.join(slack.id, f"guild:{other.id}", "Nabobyen")
    clock = house.front.clock
    since = clock.now()
    await house.discord.until(lambda: clock.now() - since > timedelta(seconds=2.1), 5)
    await other.person("Eva").types("/more who")
    await house.discord.until(lambda: house.gate.asked)
    assert house.gate.asked[-1].arrival.workspace == slack.id
    assert house.guilds.guild_of(slack.id) == other.id


async def test_rooms_are_opened_in_the_channel_of_that_name_first(house: DiscordHouse) -> None:
    house.guild.channel("zebra")
    own = house.guild.channel("brobygger")
    mute = house.guild.channel("mute")
    house.guild.forbids(mute, house.guild.bot_role, "create_private_threads", "read_message_history")
    await house.discord.quiet()
    found = house.guilds.room_channels(house.guild.id)
    assert [one.id for one in found][:2] == [own.id, house.general.id]
    assert {one.id for one in found if not one.usable} == {mute.id}
    assert house.guilds.may_read(own.id) is True
    assert house.guilds.may_read(mute.id) is False
    assert house.guilds.may_read("1") is None
    assert house.guilds.file_limit(house.guild.id) == 10 * 1024 * 1024


async def test_channels_are_known_with_who_may_write_and_who_sees_them(house: DiscordHouse) -> None:
    news, board = house.guild.channel("news"), house.guild.channel("board", house.anna, private=True)
    house.guild.forbids(news, house.guild.bot_role, "send_messages")
    await house.discord.quiet()
    known = {one.name: one for one in house.guilds.channels(house.guild.id)}
    assert (known["news"].id, known["news"].usable, known["general"].usable) == (news.id, False, True)
    assert await house.guilds.sees(board.id, house.anna.id) is True
    assert await house.guilds.sees(board.id, house.bo.id) is False
    assert await house.guilds.sees(board.id, "77") is False
    assert await house.guilds.sees("1", house.anna.id) is None
    strangers = [str(number) for number in range(1_000, 1_150)]
    people = [house.anna.id, house.bo.id, *strangers]
    assert await house.guilds.seeing(board.id, people) == {house.anna.id}
    assert await house.guilds.seeing(board.id, []) == frozenset()
    assert await house.guilds.seeing("1", people) is None
    assert house.guilds.is_open(house.general.id)
    assert not house.guilds.is_open(board.id)
    assert not house.guilds.is_open("1")
    house.discord.faults.arm("GET /guilds/{guild}/members/{user}", 503, times=9)
    assert await house.guilds.sees(board.id, house.anna.id) is None


async def test_of_a_guild_that_nobody_knows_nothing_is_known(house: DiscordHouse) -> None:
    assert house.guilds.room_channels("1") == ()
    assert house.guilds.channels("1") == ()
    assert house.guilds.file_limit("1") == 10 * 1024 * 1024
    house.guild.forbids(house.general, house.guild.bot_role, "view_channel")
    await house.discord.quiet()
    assert not house.guilds.room_channels(house.guild.id)[0].usable


async def test_somebody_who_writes_is_told_once_an_hour_what_the_bot_understands(languages: Languages) -> None:
    clock = StoppedClock()
    async with opened_house(languages, clock=clock) as house:
        await house.bo.writes("Hej, kan du hjælpe?")
        await house.bo.until_sees("/hjælp")
        await house.bo.writes("Hallo?")
        await house.settled()
        assert len([one for one in house.bo.sees() if "/hjælp" in one]) == 1
        clock.advance(hours=2)
        await house.bo.writes("Er du der?")
        await house.bo.until(lambda: len([one for one in house.bo.sees() if "/hjælp" in one]) == 2)


async def test_a_stranger_who_writes_is_answered_as_well(house: DiscordHouse) -> None:
    await house.carla.writes("Hello?")
    await house.carla.until_sees("/hj")


async def test_what_people_say_in_channels_is_none_of_its_business(house: DiscordHouse) -> None:
    await house.anna.writes("Hello everybody", house.general)
    await house.settled()
    assert house.anna.sees(house.general) == ["Hello everybody"]


async def test_organisers_are_told_once_which_switch_is_off(house: DiscordHouse) -> None:
    workspace = await house.workspace()
    notices = Notices(house.memory.directory, house.memory.units, house.front.clock)
    await notices.messages(granted=False)
    await notices.messages(granted=False)
    assert await letters(house) == [house.members["anna"].id]
    async with house.memory.units(workspace.id, reading=True) as work:
        assert await work.landmarks.get("discord", TOLD, MESSAGES) is not None
    await notices.messages(granted=True)
    await notices.messages(granted=True)
    async with house.memory.units(workspace.id, reading=True) as work:
        assert await work.landmarks.get("discord", TOLD, MESSAGES) is None


async def letters(house: DiscordHouse) -> list[object]:
    async with house.memory.units((await house.workspace()).id, reading=True) as work:
        found = await work.deliveries.in_states([DeliveryState.WAITING])
    return [one.letter.member for one in found if isinstance(one.letter, MessagesUnreadable)]


async def test_where_nobody_organises_somebody_is_told_later(languages: Languages) -> None:
    async with opened_house(languages, listens=False) as house:
        workspace = await house.workspace()
        async with house.memory.units(workspace.id) as work:
            await work.members.put(member_of(house.carla, "Org"))
            for one in house.members.values():
                if one.role is Role.ORGANISER:
                    await work.members.forget(one.id, house.discord.now())
            await work.commit()
        notices = Notices(house.memory.directory, house.memory.units, house.front.clock)
        await notices.messages(granted=False)
        assert await letters(house) == []
        async with house.memory.units(workspace.id, reading=True) as work:
            assert await work.landmarks.get("discord", TOLD, MESSAGES) is None


async def test_whoever_runs_many_academies_reads_the_log(house: DiscordHouse) -> None:
    for number in range(6):
        await house.memory.directory.ensure(f"guild:{900000000000000000 + number}", "Another", WorkspaceOptions())
    await Notices(house.memory.directory, house.memory.units, house.front.clock).messages(granted=False)
    assert await letters(house) == []


async def test_in_a_direct_conversation_the_rights_of_the_server_count_as_they_are_now(house: DiscordHouse) -> None:
    role = house.guild.role("Tovholder")
    gert, lise = house.guild.person("Gert", roles=[role]), house.guild.person("Lise")
    for one in (gert, lise):
        await one.types("/more who")
    await house.discord.until(lambda: len(house.gate.asked) == 2)
    house.guild.members[gert.id].roles.remove(role.id)
    house.guild.members[lise.id].roles.append(role.id)
    for one in (gert, lise):
        await one.types("/more who", one.direct)
    await house.discord.until(lambda: len(house.gate.asked) == 4)
    assert [call.member.is_organiser() for call in house.gate.asked] == [True, False, False, True]


async def test_whoever_left_the_server_organises_nothing(house: DiscordHouse) -> None:
    gert = house.guild.person("Gert", roles=["Tovholder"])
    await gert.types("/more who")
    workspace = await house.workspace()
    del house.guild.members[gert.id]
    assert await house.guilds.organises(workspace.id, gert.id) is False
    house.discord.faults.arm("GET /guilds/{guild}/members/{user}", 503, times=9)
    assert await house.guilds.organises(workspace.id, house.anna.id) is None
