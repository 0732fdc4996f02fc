"""Who asks is remembered for exactly as long as nothing about them was written; who only looks leaves no trace."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.errors import Unavailable
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival, Place, PlaceKind
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.members.service import MemberService
from bot.ports import UnitOfWork
from bot.recognition import Known, NeverSure, Recognition
from tests.fakes import Memory, StoppedClock

ANNA = Account("discord", "anna")


@dataclass(slots=True)
class Told:
    """Says what it is told to say."""

    number: int = 0
    hears: bool = True
    lasts: timedelta = timedelta(hours=1)

    def mark(self, workspace: WorkspaceId) -> tuple[int, int] | None:
        assert workspace.version
        return (self.number, 0) if self.hears else None


@dataclass(slots=True)
class Counted:
    """Units of work that are counted, in which somebody else may write, and that may fail."""

    memory: Memory
    opened: int = 0
    changes: Told = field(default_factory=Told)
    writes_meanwhile: bool = False
    fails: bool = False

    @asynccontextmanager
    async def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[UnitOfWork, None]:
        self.opened += 1
        if self.fails:
            raise Unavailable("the disk is away")
        async with self.memory.units(workspace, reading=reading) as work:
            yield work
            if self.writes_meanwhile:
                self.changes.number += 1


@dataclass(slots=True)
class Scene:
    clock: StoppedClock
    memory: Memory
    units: Counted
    workspace: WorkspaceId
    recognition: Recognition
    asked: int = 0

    @property
    def changes(self) -> Told:
        return self.units.changes

    def arrival(self, again: str = "", organises: bool | None = None) -> Arrival:
        self.asked += 1
        place = Place(Address("discord", "user:anna"), PlaceKind.DIRECT)
        return Arrival(
            again or str(self.asked), self.workspace, ANNA, place, "Anna", "en", handle="anna.b", organises=organises
        )

    async def does(self, again: str = "") -> Known | None:
        return await self.recognition.who_does(self.arrival(again), self.clock.now())

    async def looks(self, again: str = "", organises: bool | None = None) -> Known | None:
        return await self.recognition.who_looks(self.arrival(again, organises))

    async def change(self, member: Member) -> None:
        async with self.memory.units(self.workspace) as work:
            await work.members.put(member)
            await work.commit()
        self.changes.number += 1


@pytest.fixture
async def scene(clock: StoppedClock) -> Scene:
    memory = Memory()
    workspace = (await memory.directory.ensure("local", "Academy", WorkspaceOptions(language="en"))).id
    units = Counted(memory)
    async with memory.units(workspace) as work:
        await work.members.put(Member(MemberId(new_id()), "Anna", accounts=(ANNA,)))
        await work.commit()
    return Scene(clock, memory, units, workspace, Recognition(MemberService(units, clock), units, clock, units.changes))


async def test_the_second_look_asks_no_database(scene: Scene) -> None:
    first = await scene.looks()
    assert (scene.units.opened, await scene.looks(), scene.units.opened) == (1, first, 1)


async def test_what_somebody_does_is_written_down_each_time_and_done_once(scene: Scene) -> None:
    assert await scene.does("one") == await scene.does("two")
    assert scene.units.opened == 2
    assert await scene.does("one") is None


async def test_a_look_that_the_platform_repeats_is_answered_once_and_after_hours_again(scene: Scene) -> None:
    assert await scene.looks("one") is not None
    assert await scene.looks("one") is None
    scene.clock.advance(hours=2)
    assert await scene.looks("one") is not None


async def test_a_look_that_came_to_nothing_may_come_again(scene: Scene) -> None:
    scene.units.fails = True
    with pytest.raises(Unavailable):
        await scene.looks("one")
    scene.units.fails = False
    assert await scene.looks("one") is not None


async def test_what_is_changed_is_seen_by_the_next_who_asks(scene: Scene) -> None:
    before = await scene.looks()
    assert before is not None
    await scene.change(replace(before.member, role=Role.ORGANISER))
    after = await scene.looks()
    assert after is not None
    assert after.member.is_organiser()


async def test_a_right_that_the_platform_takes_away_is_gone_at_once(scene: Scene) -> None:
    given = await scene.looks(organises=True)
    assert given is not None
    assert given.member.is_organiser()
    async with scene.memory.units(scene.workspace) as work:
        await work.members.put(Member(MemberId(new_id()), "Bo", role=Role.ORGANISER))
        await work.commit()
    taken = await scene.looks(organises=False)
    assert taken is not None
    assert not taken.member.is_organiser()


async def test_what_was_read_while_somebody_wrote_is_not_kept(scene: Scene) -> None:
    scene.units.writes_meanwhile = True
    await scene.looks()
    scene.units.writes_meanwhile = False
    await scene.looks()
    await scene.looks()
    assert scene.units.opened == 2


async def test_where_changes_cannot_be_heard_nothing_is_remembered(scene: Scene) -> None:
    scene.changes.hears = False
    await scene.looks()
    await scene.looks()
    assert scene.units.opened == 2
    scene.changes.hears = True
    await scene.looks()
    await scene.looks()
    assert scene.units.opened == 3


async def test_who_was_known_before_nobody_could_be_heard_is_read_again(scene: Scene) -> None:
    await scene.looks()
    scene.changes.hears = False
    await scene.looks()
    assert scene.units.opened == 2


async def test_a_mark_is_believed_for_its_time_only(scene: Scene) -> None:
    await scene.looks()
    scene.clock.advance(minutes=59)
    await scene.looks()
    assert scene.units.opened == 1
    scene.clock.advance(minutes=2)
    await scene.looks()
    assert scene.units.opened == 2


async def test_nobody_who_tells_of_changes_means_reading_each_time(scene: Scene) -> None:
    scene.recognition = Recognition(MemberService(scene.units, scene.clock), scene.units, scene.clock, NeverSure())
    await scene.looks()
    await scene.looks()
    assert scene.units.opened == 2
