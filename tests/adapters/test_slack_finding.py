"""Answers that were lost: the message is looked for by its mark, to the last page, and never stands there twice."""

import logging
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.deliveries.domain import Delivery, DeliveryState
from bot.errors import Doubtful, TryLater
from tests.adapters.courier_office import Office
from tests.adapters.slack_sending import Scene, address, card, long_card, scene
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_state import Message

SENT, FAILED, DOUBTFUL = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DOUBTFUL
DAY = timedelta(days=1)
LOST = [Fault.LOST, Fault.SERVER_ERROR_AFTER, Fault.HANGS_AFTER, Fault.INTERNAL_AFTER, Fault.NONSENSE]
NOT_DONE = [Fault.DROPPED, Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.HANGS, Fault.INTERNAL]


async def places(here: Scene) -> dict[str, str]:
    """A direct conversation, a channel, a room and a thread."""
    anna, bo = here.team.person("Anna"), here.team.person("Bo")
    channel = here.team.channel("general", anna)
    root = await anna_says(here, channel.id, "anybody?")
    room = await here.api.call(here.workspace, "conversations.open", users=f"{anna.id},{bo.id}")
    found = room["channel"]
    assert isinstance(found, dict)
    return {
        "direct": f"user:{anna.id}",
        "channel": f"in:{channel.id}",
        "room": f"in:{found['id']}",
        "thread": f"in:{channel.id}:{root}",
    }


async def anna_says(here: Scene, channel: str, text: str, thread: str = "") -> str:
    """Somebody writes in a channel."""
    ts = here.slack.world.stamps.next()
    found = here.team.channels[channel]
    if thread:
        root = found.find(thread)
        assert root is not None
        root.thread = thread
    found.messages.append(Message(ts, channel, here.team.people["Anna"].id, text, thread=thread))
    return ts


async def all_arrived_once(office: Office, deliveries: Sequence[Delivery]) -> None:
    assert await office.ends(deliveries) == [(SENT, "")] * len(deliveries)
    assert {office.scene.copies(str(delivery.id)) for delivery in deliveries} == {1}


@pytest.mark.parametrize("place", ["direct", "channel", "room", "thread"])
@pytest.mark.parametrize("fault", [*LOST, *NOT_DONE])
async def test_a_lost_answer_leaves_one_copy(place: str, fault: Fault) -> None:
    async with scene() as here:
        office = Office(here)
        deliveries = await office.write((await places(here))[place])
        here.slack.faults.arm("chat.postMessage", fault)
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)
        assert here.slack.faults.met
        message = (await office.now_is(deliveries[0])).message
        assert message is not None
        await here.chat().edit(message, card("found and changed"))


@pytest.mark.parametrize("place", ["channel", "thread"])
@pytest.mark.parametrize("arrived", [True, False])
async def test_twenty_newer_messages_and_pages_of_fifteen(place: str, arrived: bool) -> None:
    async with scene(Rates(small_history=True)) as here:
        office = Office(here)
        where = (await places(here))[place]
        deliveries = await office.write(where)
        here.slack.faults.arm("chat.postMessage", Fault.LOST if arrived else Fault.DROPPED)
        await office.once()
        _, channel, *thread = where.split(":")
        for number in range(40):
            await anna_says(here, channel, f"newer {number}", thread[0] if thread else "")
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)
        pages = here.slack.called("conversations.replies" if thread else "conversations.history")
        # A thread is told from its beginning, a conversation from its end.
        assert sum(page.ok for page in pages) >= (1 if thread and arrived else 3)
        assert len(here.slack.called("chat.postMessage")) == (1 if arrived else 2)


@pytest.mark.parametrize("place", ["channel", "thread"])
@pytest.mark.parametrize("arrived", [True, False])
async def test_pages_with_less_than_was_asked_for_are_not_the_end(place: str, arrived: bool) -> None:
    async with scene() as here:
        here.slack.world.short_pages = True
        office = Office(here)
        where = (await places(here))[place]
        _, channel, *thread = where.split(":")
        deliveries = await office.write(where)
        here.slack.faults.arm("chat.postMessage", Fault.LOST if arrived else Fault.DROPPED)
        await office.once()
        for number in range(250):
            await anna_says(here, channel, f"newer {number}", thread[0] if thread else "")
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)


async def test_a_search_that_waits_for_its_minute_goes_on_where_it_was() -> None:
    async with scene(Rates(small_history=True)) as here:
        place = (await places(here))["channel"]
        channel = place.partition(":")[2]
        chat = here.chat()
        await chat.post(address(place), card(), "wanted")
        for number in range(40):
            await anna_says(here, channel, f"newer {number}")
        since = here.clock.now() - DAY
        for _ in range(2):
            with pytest.raises(TryLater) as raised:
                await chat.find(address(place), "wanted", since)
            assert raised.value.after is not None
            here.clock.advance(seconds=raised.value.after)
        assert await chat.find(address(place), "wanted", since) is not None
        pages = [call for call in here.slack.called("conversations.history") if call.ok]
        assert len(pages) == 3
        assert [bool(call.arguments.get("cursor")) for call in pages] == [False, True, True]


async def test_many_doubts_under_the_small_limit_all_end_well() -> None:
    async with scene(Rates(small_history=True)) as here:
        office = Office(here)
        people = [here.team.person(f"P{number}") for number in range(12)]
        deliveries = await office.write(*(f"user:{person.id}" for person in people))
        here.slack.faults.arm("chat.postMessage", Fault.INTERNAL_AFTER, times=6)
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)


async def test_a_long_card_is_finished_where_one_page_a_minute_is_all_there_is() -> None:
    async with scene(Rates(small_history=True)) as here:
        office = Office(here, long_card(120))
        deliveries = await office.write(*(await places(here)).values())
        here.slack.faults.arm("chat.postMessage", Fault.DROPPED, skip=1, times=4)
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.HANGS, "internal_error", "ratelimited"])
async def test_a_lookup_that_merely_failed_is_tried_again(fault: str) -> None:
    async with scene() as here:
        place = (await places(here))["channel"]
        here.slack.faults.arm("conversations.history", fault)
        with pytest.raises(TryLater):
            await here.chat().find(address(place), "key", here.clock.now())


async def test_a_cursor_that_is_too_old_begins_the_search_again() -> None:
    async with scene() as here:
        place = (await places(here))["channel"]
        chat = here.chat()
        posted = await chat.post(address(place), card(), "key")
        here.slack.faults.arm("conversations.history", "invalid_cursor")
        with pytest.raises(TryLater, match="invalid_cursor"):
            await chat.find(address(place), "key", here.clock.now() - DAY)
        assert await chat.find(address(place), "key", here.clock.now() - DAY) == posted


async def test_where_the_bot_may_not_read_nobody_can_tell() -> None:
    async with scene() as here:
        office = Office(here)
        deliveries = await office.write((await places(here))["channel"])
        token = here.team.token
        assert token is not None
        token.scopes = ("chat:write",)
        here.slack.faults.arm("chat.postMessage", Fault.LOST)
        await office.until_all_ended()
        assert await office.ends(deliveries) == [(DOUBTFUL, "platform_cannot_tell")]
        left = here.team.channel("left", bot=False)
        with pytest.raises(Doubtful):
            await here.chat().find(address(f"in:{left.id}"), "key", here.clock.now())
        with pytest.raises(Doubtful):
            await here.chat().find(address("in:C0NOWHERE"), "key", here.clock.now())


@pytest.mark.parametrize("place", ["direct", "channel", "thread"])
@pytest.mark.parametrize("skip", [0, 1, 2])
@pytest.mark.parametrize("fault", [Fault.LOST, Fault.DROPPED, "ratelimited"])
async def test_a_long_card_that_broke_off_is_finished_and_not_begun_again(place: str, skip: int, fault: str) -> None:
    async with scene() as here:
        office = Office(here, long_card(120))
        deliveries = await office.write((await places(here))[place])
        here.slack.faults.arm("chat.postMessage", fault, skip=skip)
        await office.once()
        office.begins_again()
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)
        key = str(deliveries[0].id)
        parts = [
            (message.metadata or {})["event_payload"].get("part", 0)
            for message in here.team.messages()
            if (message.metadata or {}).get("event_payload", {}).get("key") == key
        ]
        assert parts == [0, 1, 2]


async def test_ten_minutes_without_slack_lose_and_double_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    async with scene(patience=20) as here:
        office = Office(here)
        people = [here.team.person(f"P{number}") for number in range(40)]
        deliveries = await office.write(*(f"user:{person.id}" for person in people))
        await office.once()
        await here.slack.goes_down(minutes=10)
        for _ in range(120):
            await office.once(seconds=5)
        await here.slack.until(lambda: not here.slack._down)
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)
        told = [record.getMessage() for record in caplog.records if record.name.startswith("adapters.slack")]
        assert len(told) == 2
        assert "does not answer" in told[0]
        assert "answers again" in told[1]
        about_deliveries = [record for record in caplog.records if "Delivery" in record.getMessage()]
        assert len(about_deliveries) == len(deliveries)


async def test_connections_that_are_refused_are_no_doubts() -> None:
    async with scene() as here:
        office = Office(here)
        deliveries = await office.write((await places(here))["direct"])
        await here.slack.goes_down(minutes=10, refuses=True)
        for _ in range(20):
            await office.once(seconds=10)
        here.clock.advance(minutes=10)
        await here.slack.until(lambda: here.slack._site is not None)
        await office.until_all_ended()
        await all_arrived_once(office, deliveries)


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"deleted": True}, "Refused user_disabled"),
        ({"bot": True}, "Refused cannot_dm_bot"),
        ({"takes_messages": False}, "Refused restricted_action"),
    ],
)
async def test_the_end_of_a_delivery_to_a_person_has_a_name(about: dict[str, bool], error: str) -> None:
    async with scene() as here:
        office = Office(here)
        deliveries = await office.write(f"user:{here.team.person('Anna', **about).id}")
        await office.until_all_ended()
        assert await office.ends(deliveries) == [(FAILED, error)]


async def test_the_end_of_a_delivery_to_a_place_has_a_name() -> None:
    async with scene() as here:
        office = Office(here)
        left, old = here.team.channel("left", bot=False), here.team.channel("old")
        old.archived = True
        deliveries = await office.write(f"in:{left.id}", f"in:{old.id}", "in:C0NOWHERE")
        await office.until_all_ended()
        assert await office.ends(deliveries) == [
            (FAILED, "Refused not_in_channel"),
            (FAILED, "Refused is_archived"),
            (FAILED, "Gone channel_not_found"),
        ]


async def test_a_token_revoked_in_the_middle_ends_what_is_left_and_repeats_nothing() -> None:
    async with scene() as here:
        office = Office(here)
        people = [here.team.person(f"P{number}") for number in range(6)]
        deliveries = await office.write(*(f"user:{person.id}" for person in people))
        here.slack.faults.arm("chat.postMessage", Fault.REVOKED, skip=3)
        await office.until_all_ended()
        ends = await office.ends(deliveries)
        assert ends.count((SENT, "")) == 3
        assert ends.count((FAILED, "Refused not_installed")) == 3
        assert {error for _, error in here.keys.told} == {"token_revoked"}
