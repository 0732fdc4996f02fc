"""Camps among a guild's scheduled events: there once, as they are now, gone when they are called off, whatever breaks off."""

from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord.chat import DiscordChat
from bot.camps.gathering import Gathering
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater, Unavailable
from bot.identity import WorkspaceId
from bot.ports import Gatherings, UnitOfWork
from tests.adapters.discord_sending import Scene, World, scene
from tests.emulators.discord_faults import Fault
from tests.emulators.discord_state import Json
from tests.fake_chat import FakeChat

MAKE = "POST /guilds/{guild}/scheduled-events"
CHANGE = "PATCH /guilds/{guild}/scheduled-events/{event}"
LIST = "GET /guilds/{guild}/scheduled-events"


def camp(here: Scene, key: str = "k1") -> Gathering:
    starts = here.clock.now() + timedelta(days=20)
    return Gathering(
        key, "Camp 3", starts, starts + timedelta(hours=7), "Broparken, Rødovre", "Host: Rødovre\n09.00 Velkommen"
    )


def events(here: Scene) -> list[Json]:
    return list(here.guild.events.values())


async def test_a_camp_is_an_event_with_its_time_and_place() -> None:
    async with scene() as here:
        settled = await here.chat().gather(camp(here))
        [event] = events(here)
        assert settled is not None
        assert settled.value == f"event:{here.guild.id}:{event['id']}"
        assert (event["name"], event["description"]) == ("Camp 3", "Host: Rødovre\n09.00 Velkommen")
        assert event["entity_metadata"] == {"location": "Broparken, Rødovre"}
        assert (event["entity_type"], event["privacy_level"], event["status"]) == (3, 2, 1)
        assert event["scheduled_start_time"] == camp(here).starts.isoformat()
        assert event["scheduled_end_time"] == camp(here).ends.isoformat()


async def test_only_some_platforms_have_such_a_calendar() -> None:
    async with scene() as here:
        assert isinstance(here.chat(), Gatherings)
    assert not isinstance(FakeChat(here.clock), Gatherings)


async def test_what_changed_is_changed_and_nothing_else_is_asked() -> None:
    async with scene() as here:
        settled = await here.chat().gather(camp(here))
        assert await here.chat().gather(camp(here)) == settled
        assert not here.discord.called(CHANGE)
        moved = replace(camp(here), place="Hornslet", starts=camp(here).starts + timedelta(hours=1))
        assert await here.chat().gather(moved) == settled
        [change] = here.discord.called(CHANGE)
        assert set(change.body) == {"entity_metadata", "scheduled_start_time"}
        other = replace(moved, title="Camp 4", text="", ends=moved.ends + timedelta(hours=2))
        await here.chat().gather(other)
        [event] = events(here)
        assert (event["name"], event["description"]) == ("Camp 4", "")
        assert event["scheduled_end_time"] == other.ends.isoformat()


async def test_a_long_programme_ends_with_a_whole_line() -> None:
    async with scene() as here:
        lines = "\n".join(f"{hour}.00 " + "x" * 60 for hour in range(24))
        await here.chat().gather(replace(camp(here), title="T" * 150, text=lines, place="P" * 150))
        [event] = events(here)
        assert len(event["description"]) <= 1_000
        assert event["description"].endswith("x\n…")
        assert len(event["name"]) == len(event["entity_metadata"]["location"]) == 100
        await here.chat().gather(replace(camp(here, "k2"), text="y" * 1_200))
        assert len(events(here)[1]["description"]) == 1_000


async def test_a_camp_that_is_called_off_is_called_off_there_too() -> None:
    async with scene() as here:
        await here.chat().gather(camp(here))
        off = replace(camp(here), called_off=True)
        await here.chat().gather(off)
        await here.chat().gather(off)
        assert [event["status"] for event in events(here)] == [4]
        assert len(here.discord.called(CHANGE)) == 1
        # It takes place after all: what Discord has cancelled stays so.
        with pytest.raises(Gone):
            await here.chat().gather(camp(here))


async def test_one_that_has_begun_keeps_its_beginning_and_is_ended_when_it_is_called_off() -> None:
    async with scene() as here:
        await here.chat().gather(camp(here))
        [event] = events(here)
        event["status"] = 2
        here.clock.advance(days=20, hours=1)
        late = replace(
            camp(here), starts=here.clock.now() - timedelta(minutes=30), ends=here.clock.now() + timedelta(hours=8)
        )
        await here.chat().gather(late)
        [change] = here.discord.called(CHANGE)
        assert set(change.body) == {"scheduled_end_time"}
        await here.chat().gather(replace(late, called_off=True))
        assert event["status"] == 3


async def test_nothing_is_made_of_what_is_called_off_or_has_begun_already() -> None:
    async with scene() as here:
        assert await here.chat().gather(replace(camp(here), called_off=True)) is None
        assert await here.chat().gather(replace(camp(here, "k2"), starts=here.clock.now())) is None
        assert not events(here)


async def test_what_somebody_took_away_stays_away() -> None:
    async with scene() as here:
        await here.chat().gather(camp(here))
        here.guild.events.clear()
        for now in (camp(here), replace(camp(here), called_off=True)):
            with pytest.raises(Gone):
                await here.chat().gather(now)
        assert not events(here)


async def test_events_of_others_are_let_alone() -> None:
    async with scene() as here:
        here.discord.faults.arm(MAKE, Fault.DROPPED)
        with pytest.raises(ChatError):
            await here.chat().gather(camp(here))
        organiser = here.guild.person("Anna")
        await here.chat().gather(camp(here, "k2"))
        theirs, of_another_camp = {**events(here)[0], "creator_id": organiser.id}, dict(events(here)[0])
        here.guild.events[here.discord.world.snowflake()] = theirs | {"id": here.discord.world.snowflake()}
        await here.chat().gather(replace(camp(here), title="Ours"))
        assert [event["name"] for event in events(here)] == ["Camp 3", "Camp 3", "Ours"]
        assert events(here)[0] == of_another_camp


@pytest.mark.parametrize(
    "fault", [Fault.LOST, Fault.DROPPED, Fault.SERVER_ERROR_AFTER, Fault.HANGS_AFTER, Fault.NONSENSE, Fault.UNAVAILABLE]
)
async def test_whatever_becomes_of_the_answer_there_is_one_event(fault: Fault) -> None:
    async with scene() as here:
        here.discord.faults.arm(MAKE, fault)
        with pytest.raises((TryLater, Doubtful)):
            await here.chat().gather(camp(here))
        here.clock.advance(minutes=5)
        settled = await here.chat().gather(camp(here))
        assert settled == await here.chat().gather(camp(here))
        assert len(events(here)) == 1


async def test_called_off_before_anybody_knew_that_it_was_made() -> None:
    async with scene() as here:
        here.discord.faults.arm(MAKE, Fault.LOST)
        with pytest.raises((TryLater, Doubtful)):
            await here.chat().gather(camp(here))
        here.clock.advance(minutes=5)
        await here.chat().gather(replace(camp(here), called_off=True))
        assert [event["status"] for event in events(here)] == [4]


async def test_without_the_right_it_says_so_and_with_it_it_goes_on() -> None:
    async with scene() as here:
        here.guild.takes(here.guild.bot_role, "create_events")
        with pytest.raises(Refused, match="missing_permission"):
            await here.chat().gather(camp(here))
        here.guild.gives(here.guild.bot_role, "create_events")
        await here.chat().gather(camp(here))
        assert len(events(here)) == 1


async def test_it_waits_for_the_guild_and_forgets_one_that_it_left() -> None:
    async with scene() as here:
        await here.chat().gather(camp(here))
        before, here.world.guilds = here.world.guilds, {}
        with pytest.raises(TryLater, match="no_guild"):
            await here.chat().gather(camp(here))
        other = here.discord.guild("Another")
        here.world.guilds = World({here.workspace: other}).guilds
        with pytest.raises(Gone):
            await here.chat().gather(camp(here))
        here.world.guilds = before
        assert await here.chat().gather(camp(here)) is not None


async def test_a_hundred_events_are_all_that_a_guild_has() -> None:
    async with scene() as here:
        for number in range(100):
            key = str(number)
            here.guild.events[key] = {"id": key, "status": 1, "creator_id": "1"}
        with pytest.raises(Refused):
            await here.chat().gather(camp(here))


async def test_one_that_was_made_when_the_process_ended_is_found_by_the_next() -> None:
    """The event is there, and whose it is could not be written down any more."""
    async with scene() as here:
        writes = 0

        def ends(workspace: WorkspaceId, *, reading: bool = False) -> AbstractAsyncContextManager[UnitOfWork]:
            nonlocal writes
            writes += not reading
            if writes > 1:
                raise Unavailable("gone")
            return here.memory.units(workspace, reading=reading)

        chat = DiscordChat(here.workspace, here.api, here.world, ends, here.clock)
        with pytest.raises(TryLater):
            await chat.gather(camp(here))
        assert len(events(here)) == 1
        here.clock.advance(minutes=10)
        await here.chat().gather(camp(here, "k2"))
        settled = await here.chat().gather(camp(here))
        assert [event["name"] for event in events(here)] == ["Camp 3", "Camp 3"]
        assert settled is not None
        assert settled.value.endswith(events(here)[0]["id"])


async def test_a_crash_between_claiming_and_knowing_is_no_second_event() -> None:
    async with scene() as here:
        here.discord.faults.arm(MAKE, Fault.LOST)
        with pytest.raises((TryLater, Doubtful)):
            await here.chat().gather(camp(here))
        async with here.memory.units(here.workspace) as work:
            await work.landmarks.put("discord", "event_of", events(here)[0]["id"], "k1", here.clock.now())
            await work.commit()
        await here.chat().gather(camp(here))
        assert len(events(here)) == 1
