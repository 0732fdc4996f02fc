"""Whatever breaks off, in whatever order, and however often the process begins again: a camp is one event in the end."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.camps.domain import Camp, CampState
from bot.camps.gatherings import LETTERS, keep_gathering
from bot.deliveries.courier import Courier
from bot.deliveries.limits import Limits
from bot.identity import MemberId, new_id
from tests.adapters.courier_office import LANGUAGES, OnlyHere
from tests.adapters.discord_sending import Scene, scene
from tests.adapters.test_discord_gatherings import CHANGE, LIST, MAKE
from tests.emulators.discord_faults import Fault
from tests.storage_values import a_camp

GET = "GET /guilds/{guild}/scheduled-events/{event}"
FAULTS = st.lists(
    st.tuples(
        st.sampled_from([MAKE, MAKE, CHANGE, LIST, GET]),
        st.sampled_from([Fault.LOST, Fault.DROPPED, Fault.SERVER_ERROR_AFTER, Fault.UNAVAILABLE, Fault.NONSENSE]),
    ),
    max_size=4,
)
STEPS = st.lists(st.sampled_from(["change", "cancel", "again", "wait"]), max_size=5)


class Process:
    """One that delivers, and knows nothing of the one before."""

    def __init__(self, here: Scene, owner: int) -> None:
        self.courier = Courier(
            here.memory.outbox,
            here.memory.units,
            here.memory.directory,
            OnlyHere(here.chat(), here.platform),
            LETTERS,
            LANGUAGES,
            here.clock,
            here.memory.alarm,
            f"process {owner}",
            Limits(call=timedelta(seconds=5)),
            chance=lambda: 0.5,
        )


async def story(faults: list[tuple[str, Fault]], steps: list[str], patience: float = 0.5) -> None:
    async with scene(patience=patience) as here:
        for route, fault in faults:
            here.discord.faults.arm(route, fault)
        camp = a_camp(MemberId(new_id()), state=CampState.PLANNED, invited_at=here.clock.now())
        await keeps(here, camp)
        process = Process(here, 0)
        for number, step in enumerate(steps):
            await process.courier.run_once()
            if step == "change":
                camp = replace(camp, place=f"Place {number}", revision=camp.revision + 1)
            elif step == "cancel":
                camp = replace(camp, state=CampState.CANCELLED, revision=camp.revision + 1)
            elif step == "again":
                process = Process(here, number + 1)
            await keeps(here, camp)
            here.clock.advance(seconds=70)
            await process.courier.sweep()
        for _ in range(40):
            here.clock.advance(minutes=11)
            await process.courier.sweep()
            await process.courier.run_once()
        events = list(here.guild.events.values())
        if camp.state is CampState.CANCELLED:
            assert [event["status"] for event in events] in ([], [4])
        else:
            assert [(event["status"], event["entity_metadata"]["location"]) for event in events] == [(1, camp.place)]


async def keeps(here: Scene, camp: Camp) -> None:
    async with here.memory.units(here.workspace) as work:
        await work.camps.put(camp)
        await keep_gathering(work, camp, here.clock.now())
        await work.commit()


@settings(max_examples=12)
@given(FAULTS, STEPS)
def test_there_is_one_event_in_the_end(faults: list[tuple[str, Fault]], steps: list[str]) -> None:
    asyncio.run(story(faults, steps))


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.SERVER_ERROR_AFTER])
async def test_also_where_the_first_answer_is_lost_and_another_process_goes_on(fault: Fault) -> None:
    await story([(MAKE, fault)], ["again", "change"])
