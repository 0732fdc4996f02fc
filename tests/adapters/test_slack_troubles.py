"""Any trouble in any order: whatever Slack does and whenever the service begins again, each message stands there once."""

from random import Random

import pytest

from bot.deliveries.domain import DeliveryState
from tests.adapters.courier_office import Office
from tests.adapters.slack_sending import address, card, long_card, scene
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates

WRITING = (
    Fault.LOST,
    Fault.DROPPED,
    Fault.SERVER_ERROR,
    Fault.SERVER_ERROR_AFTER,
    Fault.UNAVAILABLE,
    Fault.INTERNAL,
    Fault.INTERNAL_AFTER,
    Fault.NONSENSE,
    "ratelimited",
    "a_code_of_tomorrow",
    "message_limit_exceeded",
)
READING = (
    Fault.DROPPED,
    Fault.SERVER_ERROR,
    Fault.UNAVAILABLE,
    Fault.INTERNAL,
    Fault.NONSENSE,
    "ratelimited",
    "invalid_cursor",
)
METHODS = {
    "chat.postMessage": WRITING,
    "conversations.open": READING[:-1],
    "conversations.history": READING,
    "conversations.replies": READING,
}


@pytest.mark.parametrize("seed", range(24))
async def test_any_trouble_in_any_order(seed: int) -> None:
    random = Random(seed)
    async with scene(Rates(small_history=seed % 3 == 0)) as here:
        office = Office(here, long_card(120) if seed % 2 else card())
        people = [here.team.person(f"P{number}") for number in range(6)]
        channels = [here.team.channel(f"channel-{number}", people[0]) for number in range(3)]
        roots = [(await here.chat().post(address(f"in:{one.id}"), card("root"), f"root {one.id}")) for one in channels]
        threads = [f"in:{one.value.split(':', 1)[1]}" for one in roots]
        deliveries = await office.write(
            *(f"user:{person.id}" for person in people), *(f"in:{one.id}" for one in channels), *threads, *threads
        )
        for _ in range(random.randrange(4, 16)):
            method = random.choice(list(METHODS))
            fault = random.choice(METHODS[method])
            here.slack.faults.arm(method, fault, skip=random.randrange(12), times=random.randrange(1, 4))
        if random.random() < 0.3:
            await here.slack.goes_down(minutes=random.randrange(1, 12))
        for _ in range(random.randrange(12)):
            await office.once(seconds=random.choice([0.5, 2, 20, 90]))
            if random.random() < 0.4:
                office.begins_again()
        await office.until_all_ended(2_000)
        assert await office.ends(deliveries) == [(DeliveryState.SENT, "")] * len(deliveries), here.slack.faults.met
        assert {here.copies(str(one.id)) for one in deliveries} == {1}, here.slack.faults.met
        parts = [0, 1, 2] if seed % 2 else [0]
        for one in deliveries:
            assert here.parts(str(one.id)) == parts, here.slack.faults.met
