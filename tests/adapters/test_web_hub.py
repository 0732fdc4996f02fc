"""The hub's promise: each window hears, in order and once, everything its member may see, however it comes and goes."""

import asyncio
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from adapters.web.hub import Event, Hub, Left, Opened, Said, Seen, may_hear
from adapters.web.limits import EVENTS_KEPT
from bot.identity import ConversationId, MemberId, MessageId, new_id
from bot.playground.domain import Conversation, ConversationKind, Message

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANNA, BO = MemberId(new_id()), MemberId(new_id())


def conversation(kind: ConversationKind, *members: MemberId) -> Conversation:
    return Conversation(ConversationId(new_id()), kind, "", str(new_id()), members, AT)


CHANNEL = conversation(ConversationKind.CHANNEL)
ANNAS = conversation(ConversationKind.DIRECT, ANNA)
BOTH = conversation(ConversationKind.ROOM, ANNA, BO)


def said(place: Conversation, only_for: MemberId | None = None) -> Said:
    return Said(place, Message(MessageId(new_id()), place.id, None, "text", AT, only_for=only_for), None)


EVENTS = st.sampled_from(
    [
        lambda: said(CHANNEL),
        lambda: said(CHANNEL, ANNA),
        lambda: said(CHANNEL, BO),
        lambda: said(ANNAS),
        lambda: said(BOTH),
        lambda: said(BOTH, BO),
        lambda: Opened(BOTH),
        lambda: Opened(ANNAS),
        lambda: Seen(ANNA, CHANNEL.id, 0),
        lambda: Seen(BO, CHANNEL.id, 3),
    ]
).map(lambda make: make())


async def hear(hub: Hub, member: MemberId, after: str, number: int) -> tuple[list[Event | None], str]:
    """The next events of a window, and the place to continue from."""
    heard: list[Event | None] = []
    place = after
    line = hub.follow(member, after)
    while len(heard) < number:
        one = await anext(line)
        heard.append(one.event)
        place = one.place
    return heard, place


def test_who_hears_what() -> None:
    assert may_hear(BO, said(CHANNEL))
    assert not may_hear(BO, said(CHANNEL, ANNA))
    assert may_hear(ANNA, said(CHANNEL, ANNA))
    assert not may_hear(BO, said(ANNAS))
    assert may_hear(BO, said(BOTH))
    assert not may_hear(BO, said(ANNAS, BO))
    assert not may_hear(ANNA, Seen(BO, CHANNEL.id, 0))
    assert may_hear(ANNA, Left(BO))
    assert may_hear(BO, Left(BO))


@given(events=st.lists(EVENTS, max_size=40), breaks=st.lists(st.integers(1, 8), max_size=20))
def test_a_line_that_breaks_again_and_again_loses_and_doubles_nothing(events: list[Event], breaks: list[int]) -> None:
    async def play() -> None:
        hub = Hub()
        place = hub.place
        half = len(events) // 2
        for event in events[:half]:
            hub.announce(event)
        mine = [event for event in events if may_hear(ANNA, event)]
        heard: list[Event | None] = []
        rest = list(breaks)
        spoken = False
        while len(heard) < len(mine):
            ready = len([event for event in (events if spoken else events[:half]) if may_hear(ANNA, event)])
            wanted = min(rest.pop() if rest else len(mine), ready - len(heard))
            if wanted > 0:
                more, place = await hear(hub, ANNA, place, wanted)
                heard += more
            elif not spoken:
                spoken = True
                for event in events[half:]:
                    hub.announce(event)
        assert heard == mine

    asyncio.run(play())


async def test_a_window_that_waits_is_woken() -> None:
    hub = Hub()
    listening = asyncio.create_task(hear(hub, ANNA, hub.place, 2))
    await asyncio.sleep(0)
    first, second = said(CHANNEL), said(ANNAS)
    hub.announce(first)
    await asyncio.sleep(0)
    hub.announce(said(CHANNEL, BO))
    hub.announce(second)
    assert (await listening)[0] == [first, second]


async def test_one_who_missed_too_much_is_told_to_load_anew() -> None:
    hub = Hub()
    place = hub.place
    for _ in range(EVENTS_KEPT + 1):
        hub.announce(said(CHANNEL))
    heard, place = await hear(hub, ANNA, place, 1)
    assert heard == [None]
    last = said(CHANNEL)
    hub.announce(last)
    assert (await hear(hub, ANNA, place, 1))[0] == [last]


async def test_a_place_of_an_earlier_life_or_of_nobody_loads_anew() -> None:
    for place in ("", "other-3", "x", f"{Hub().place}0", Hub().place.replace("-0", "-1"), "-" * 50):
        assert (await hear(Hub(), ANNA, place, 1))[0] == [None]


async def test_what_an_erased_member_said_is_not_told_again() -> None:
    hub = Hub()
    place = hub.place
    theirs = Said(CHANNEL, Message(MessageId(new_id()), CHANNEL.id, BO, "text", AT), None)
    kept = said(CHANNEL)
    for event in (theirs, kept, said(CHANNEL, BO), said(conversation(ConversationKind.DIRECT, BO)), Left(BO)):
        hub.announce(event)
    heard, _ = await hear(hub, ANNA, place, 5)
    assert heard == [Left(BO), kept, Left(BO), Left(BO), Left(BO)]


async def test_closing_ends_every_line() -> None:
    hub = Hub()

    async def to_the_end() -> int:
        return len([heard async for heard in hub.follow(ANNA, hub.place)])

    windows = [asyncio.create_task(to_the_end()) for _ in range(20)]
    await asyncio.sleep(0)
    assert hub.windows == 20
    hub.close()
    assert await asyncio.gather(*windows) == [0] * 20
    assert hub.windows == 0
