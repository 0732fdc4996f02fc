"""Discord is away for minutes: what is to be sent waits, goes soon after it is back, once, and the log stays short."""

import logging

import pytest

from bot.deliveries.domain import DeliveryState
from bot.errors import Doubtful, Refused, TryLater
from tests.adapters.courier_office import Office
from tests.adapters.discord_sending import HISTORY, POST, Scene, address, card, scene
from tests.emulators.discord_faults import Fault

KNOCK = "GET /gateway"


async def post(here: Scene, key: str = "key") -> None:
    await here.chat().post(address(f"in:{here.general().id}"), card(), key)


def told(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        one.getMessage() for one in caplog.records if one.name.startswith("adapters.") and one.levelno > logging.INFO
    ]


@pytest.mark.parametrize("refuses", [True, False])
@pytest.mark.parametrize("begins_again", [True, False])
@pytest.mark.parametrize("before", [True, False])
async def test_what_waited_for_ten_minutes_goes_within_half_a_minute(
    caplog: pytest.LogCaptureFixture, *, refuses: bool, begins_again: bool, before: bool
) -> None:
    async with scene() as here:
        office = Office(here)
        people = [here.guild.person(f"P{number}") for number in range(12)]
        places = [*(f"user:{person.id}" for person in people), f"in:{here.general().id}"]
        if before:
            # The library then knows the conversations, and asks nothing to open them.
            await office.write(*places)
            await office.until_all_ended()
        posted, deliveries = len(here.discord.called(POST)), await office.write(*places)
        here.discord.faults.arm(POST, Fault.LOST, times=2)
        await here.discord.goes_down(refuses=refuses)
        began = here.clock.now()
        while (here.clock.now() - began).total_seconds() < 600:
            await office.once(seconds=1)
        assert len(here.discord.called(POST)) == posted
        if begins_again:
            office.begins_again()
        await here.discord.comes_back()
        for _ in range(30):
            await office.once(seconds=1)
        assert await office.ends(deliveries) == [(DeliveryState.SENT, "")] * len(deliveries)
        assert {here.copies(str(one.id)) for one in deliveries} == {1}
        first, last = told(caplog)
        assert first.startswith("Discord does not answer (")
        assert last.startswith("Discord answers again after 6")


async def test_a_discord_that_is_there_but_ill_is_two_lines_as_well(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        here.discord.faults.arm(POST, Fault.UNAVAILABLE, times=15)
        waited, unnamed = 0.0, 0
        while not here.said(here.general().id):
            try:
                await post(here)
            except (TryLater, Doubtful) as error:
                unnamed += error.after is None
                here.clock.advance(seconds=min(error.after or 0.5, 0.5))
                waited += 0.5
        # Whoever fails while it is known to be away is told when to come again.
        assert unnamed == 2
        assert waited > 100
        first, _ = told(caplog)
        assert first == "Discord does not answer (http_503); what is to be sent there waits"
        assert here.copies("key") == 1


async def test_whoever_knocks_in_vain_comes_for_the_next_knock_and_the_others_after_it() -> None:
    async with scene() as here:
        await here.discord.goes_down()
        for _ in range(3):
            with pytest.raises(Doubtful):
                await post(here)
        for _ in range(8):
            with pytest.raises(TryLater, match="discord_away") as told_first:
                await post(here)
            assert told_first.value.after
            here.clock.advance(seconds=told_first.value.after - 1)
            with pytest.raises(TryLater, match="discord_away") as knocked:
                await post(here)
            assert knocked.value.after
            with pytest.raises(TryLater, match="discord_away") as others:
                await post(here, "other")
            assert others.value.after == knocked.value.after + 1
            assert knocked.value.after <= 15


async def test_a_refusal_is_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        for fault in (Fault.DROPPED, Fault.DROPPED, 50013) * 3:
            here.discord.faults.arm(POST, fault)
            with pytest.raises((Doubtful, Refused)):
                await post(here)
        assert told(caplog) == []


async def test_a_discord_that_says_too_many_is_there() -> None:
    async with scene() as here:
        await here.discord.goes_down()
        for _ in range(3):
            with pytest.raises(Doubtful):
                await post(here)
        await here.discord.comes_back()
        here.clock.advance(seconds=5)
        here.discord.faults.arm(KNOCK, Fault.LIMITED, seconds=30)
        await post(here)
        assert here.copies("key") == 1


async def test_who_waits_for_a_bucket_says_nothing_of_discord(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        for _ in range(4):
            here.discord.faults.arm(HISTORY, Fault.LIMITED, seconds=2)
            with pytest.raises(TryLater, match="rate_limited"):
                await here.chat().find(address(f"in:{here.general().id}"), "key", here.clock.now())
            here.clock.advance(minutes=1)
        assert told(caplog) == []
