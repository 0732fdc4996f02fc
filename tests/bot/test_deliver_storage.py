"""The courier and the timekeeper over real databases, two of each at once."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.courier import Courier
from bot.deliveries.domain import Delivery, DeliveryState, LetterTable, ToIntroRoom, ToPlace
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.errors import Doubtful, TryLater
from bot.identity import Account, Address, DeliveryId, IntroId, MemberId, ScheduleId, WorkspaceId, new_id
from bot.introductions.domain import Answer, Intro, IntroState, Part
from bot.members.domain import Consent, Member
from bot.messages.elements import Card
from bot.ports import UnitOfWork
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import planned
from bot.schedules.service import Timekeeper
from tests import databases
from tests.bot.delivering import LANGUAGES, Hello
from tests.databases import Storage
from tests.fake_chat import FakeChat, FakeChats
from tests.fakes import StoppedClock

LETTERS = LetterTable.of([Hello])


async def _hello(reading: Reading, letter: Hello) -> Card | None:
    return Card(f"{letter.code} at {reading.now:%H:%M}", ())


class Academy:
    """A workspace in a real database, with a platform in memory."""

    def __init__(self, storage: Storage, workspace: WorkspaceId) -> None:
        self.storage = storage
        self.workspace = workspace
        self.clock = StoppedClock()
        self.chats = FakeChats(self.clock)
        self.expanded: list[ScheduleId] = []

    @property
    def chat(self) -> FakeChat:
        return self.chats.of(self.workspace)

    def courier(self, owner: str) -> Courier:
        storage = self.storage
        table = (written(Hello, _hello),)
        return Courier(
            storage.outbox,
            storage.units,
            storage.directory,
            self.chats,
            table,
            LANGUAGES,
            self.clock,
            storage.alarm,
            owner,
            Limits(call=timedelta(seconds=5)),
        )

    def timekeeper(self) -> Timekeeper:
        async def note(work: UnitOfWork, schedule: Schedule, now: object) -> None:
            await work.deliveries.add([self.delivery(f"schedule {schedule.id}", str(schedule.id))])
            self.expanded.append(schedule.id)

        return Timekeeper(self.storage.units, self.storage.directory, self.clock, {ScheduleKind.ROUND: note})

    def delivery(self, key: str, lane: str) -> Delivery:
        place = ToPlace(Address("web", lane))
        return Delivery(DeliveryId(new_id()), key, lane, place, Hello(), self.clock.now())

    async def write(self, *deliveries: Delivery) -> None:
        async with self.storage.units(self.workspace) as work:
            await work.deliveries.add(deliveries)
            await work.commit()

    async def work_off(self, *couriers: Courier) -> None:
        """All of them at once, until nothing is left to do."""
        for _ in range(200):
            await couriers[0].sweep()
            sent = await asyncio.gather(*(courier.run_once() for courier in couriers))
            if not any(sent) and await self.storage.outbox.next_due() is None:
                return
            self.clock.advance(seconds=1)
        raise AssertionError("it does not come to an end")

    async def states(self) -> dict[DeliveryState, int]:
        async with self.storage.units(self.workspace, reading=True) as work:
            return {state: count for state, count in (await work.deliveries.count_by_state()).items() if count}


@pytest.fixture(params=["sqlite", "postgresql"])
async def academy(request: pytest.FixtureRequest) -> AsyncGenerator[Academy, None]:
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    async with databases.opened(url, LETTERS) as storage:
        yield Academy(storage, await storage.workspace())


async def test_two_couriers_send_each_message_once_and_keep_each_lanes_order(academy: Academy) -> None:
    deliveries = [academy.delivery(f"number {number}", f"lane {number % 12}") for number in range(60)]
    academy.chat.doubles = True
    academy.chat.fail(Doubtful("lost"), after_storing=True, verb="post", times=5)
    academy.chat.fail(TryLater("ratelimited", 2), verb="post", times=5)
    academy.chat.fail(Doubtful("lost"), verb="post", times=5)
    await academy.write(*deliveries)

    await academy.work_off(academy.courier("one"), academy.courier("two"))

    assert await academy.states() == {DeliveryState.SENT: 60}
    assert [academy.chat.copies(str(delivery.id)) for delivery in deliveries] == [1] * 60
    for number in range(12):
        keys = [post.key for post in academy.chat.posts if post.to.value == f"lane {number}"]
        assert keys == sorted(keys)


async def test_what_a_dead_courier_held_is_asked_about_and_comes_back(academy: Academy) -> None:
    academy.chat.doubles = True
    deliveries = [academy.delivery(f"number {number}", f"lane {number}") for number in range(6)]
    await academy.write(*deliveries)
    claims = await academy.storage.outbox.claim("dead", academy.clock.now(), timedelta(seconds=60), 6)
    for claim in claims[:3]:
        await academy.chat.post(Address("web", claim.delivery.lane), Card("it died here", ()), str(claim.delivery.id))

    academy.clock.advance(seconds=61)
    await academy.work_off(academy.courier("alive"))

    assert await academy.states() == {DeliveryState.SENT: 6}
    assert [academy.chat.copies(str(delivery.id)) for delivery in deliveries] == [1] * 6


async def test_a_room_opens_once_though_two_couriers_want_it(academy: Academy) -> None:
    members = [
        Member(MemberId(new_id()), name, "Org", accounts=(Account("web", name),), consent=Consent.YES)
        for name in ("Anna", "Bo")
    ]
    parts = tuple(Part(member.id, Answer.YES) for member in members)
    intro = Intro(IntroId(new_id()), None, parts, 1.0, (), IntroState.ACCEPTED, academy.clock.now())
    async with academy.storage.units(academy.workspace) as work:
        await work.members.put_all(members)
        await work.rounds.add_intros([intro])
        await work.commit()
    to_room = [replace(academy.delivery(f"{n}", f"lane {n}"), target=ToIntroRoom(intro.id)) for n in range(3)]
    await academy.write(*to_room)

    await academy.work_off(academy.courier("one"), academy.courier("two"))

    assert await academy.states() == {DeliveryState.SENT: 3}
    [room] = academy.chat.rooms
    assert len(academy.chat.said_in(room.address)) == 3
    async with academy.storage.units(academy.workspace, reading=True) as work:
        kept = await work.rounds.intro(intro.id)
    assert kept is not None
    assert (kept.state, kept.room) == (IntroState.OPENED, room.address)


async def test_an_edit_finds_the_message_of_the_delivery_before(academy: Academy) -> None:
    first = academy.delivery("first", "a")
    await academy.write(first, replace(academy.delivery("second", "a"), revises=first.id))
    await academy.work_off(academy.courier("one"))
    [post] = academy.chat.posts
    assert post.edits == 1


async def test_two_timekeepers_make_each_occurrence_once_with_all_that_follows(academy: Academy) -> None:
    start = academy.clock.now().replace(tzinfo=None)
    schedules = [
        planned(
            Schedule(ScheduleId(new_id()), ScheduleKind.ROUND, "Europe/Copenhagen", start, "FREQ=DAILY"),
            academy.clock.now(),
        )
        for _ in range(12)
    ]
    async with academy.storage.units(academy.workspace) as work:
        for schedule in schedules:
            await work.schedules.put(schedule)
        await work.commit()
    academy.clock.advance(days=3)

    await asyncio.gather(*(academy.timekeeper().tick() for _ in range(3)))

    assert sorted(academy.expanded) == sorted(schedule.id for schedule in schedules)
    assert await academy.states() == {DeliveryState.WAITING: 12}
    async with academy.storage.units(academy.workspace, reading=True) as work:
        kept = await work.schedules.occurrences(schedules[0].id)
        moved = await work.schedules.get(schedules[0].id)
    assert len(kept) == 3  # the two that were missed, and the one that happened
    assert moved is not None
    assert moved.next_at is not None
    assert moved.next_at > academy.clock.now()
    assert await academy.timekeeper().tick() == 0
