"""Rounds, introductions, schedules and occurrences."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import Taken
from bot.identity import Address, IntroId, MemberId, RoundId, ScheduleId, WorkspaceId, new_id
from bot.introductions.domain import Answer, IntroState, Part, Round, RoundState
from bot.schedules.domain import OccurrenceState
from tests.databases import Storage
from tests.storage_values import NOW, a_round, a_schedule, an_intro, an_occurrence


async def test_a_round_comes_back_as_it_was_written(storage: Storage, here: WorkspaceId) -> None:
    full = a_round(2)
    bare = Round(RoundId(new_id()), 1, RoundState.DRAFT, 0, NOW)
    async with storage.units(here) as work:
        await work.rounds.add(full)
        await work.rounds.add(bare)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.rounds.get(full.id) == full
        assert await work.rounds.get(bare.id) == bare
        assert await work.rounds.get(RoundId(new_id())) is None
        changed = replace(bare, state=RoundState.DROPPED, score=1.5)
        await work.rounds.put(changed)
        assert await work.rounds.get(bare.id) == changed


async def test_the_latest_rounds_come_first(storage: Storage, here: WorkspaceId) -> None:
    rounds = [a_round(number) for number in (1, 2, 3)]
    async with storage.units(here) as work:
        for round_ in (rounds[1], rounds[0], rounds[2]):
            await work.rounds.add(round_)
        assert await work.rounds.latest() == rounds[::-1]
        assert await work.rounds.latest(limit=1) == [rounds[2]]


async def test_a_rounds_number_is_taken_once(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        await work.rounds.add(a_round(1))
        with pytest.raises(Taken):
            await work.rounds.add(a_round(1))


async def test_an_introduction_comes_back_as_it_was_written(storage: Storage, here: WorkspaceId) -> None:
    round_ = a_round()
    trio = an_intro(*(MemberId(new_id()) for _ in range(3)), round_=round_.id)
    found_by_hand = replace(
        an_intro(), round=None, reasons=(), room=None, opened_at=None, answer_until=None, repeat=False, locked=False
    )
    async with storage.units(here) as work:
        await work.rounds.add(round_)
        await work.rounds.add_intros([trio, found_by_hand])
        await work.commit()
    async with storage.units(here) as work:
        assert await work.rounds.intro(trio.id) == trio
        assert await work.rounds.intro(found_by_hand.id, for_change=True) == found_by_hand
        assert await work.rounds.intro(IntroId(new_id())) is None
        assert await work.rounds.intros_of(round_.id) == [trio]


async def test_an_introduction_changes_with_its_parts(storage: Storage, here: WorkspaceId) -> None:
    intro = an_intro()
    stays, comes = intro.parts[1].member, MemberId(new_id())
    changed = replace(
        intro,
        parts=(Part(comes), Part(stays, Answer.NOT_NOW, NOW)),
        state=IntroState.LAPSED,
        room=Address("web", "room:2"),
    )
    async with storage.units(here) as work:
        await work.rounds.add_intros([intro])
        await work.rounds.put_intro(changed)
        assert await work.rounds.intro(intro.id) == changed
        assert await work.rounds.intros_with(intro.parts[0].member) == []
        assert await work.rounds.intros_with(comes) == [changed]


async def test_a_new_draw_takes_away_what_was_only_planned(storage: Storage, here: WorkspaceId) -> None:
    one, two = a_round(1), a_round(2)
    planned = an_intro(round_=one.id, state=IntroState.PLANNED)
    offered = an_intro(round_=one.id, state=IntroState.OFFERED)
    elsewhere = an_intro(round_=two.id, state=IntroState.PLANNED)
    async with storage.units(here) as work:
        await work.rounds.add(one)
        await work.rounds.add(two)
        await work.rounds.add_intros([planned, offered, elsewhere])
        await work.rounds.remove_planned(one.id)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.rounds.intros_of(one.id) == [offered]
        assert await work.rounds.intros_of(two.id) == [elsewhere]
        assert await work.rounds.intros_with(planned.parts[0].member) == []


async def test_introductions_are_found_by_member_time_and_state(storage: Storage, here: WorkspaceId) -> None:
    member = MemberId(new_id())
    old = an_intro(member, MemberId(new_id()), at=NOW - timedelta(days=14), state=IntroState.ENDED)
    new = an_intro(member, MemberId(new_id()), at=NOW, state=IntroState.OPENED)
    foreign = an_intro(at=NOW - timedelta(days=7), state=IntroState.OFFERED)
    async with storage.units(here) as work:
        await work.rounds.add_intros([new, foreign, old])
        assert await work.rounds.intros_with(member) == [new, old]
        assert await work.rounds.intros_with(member, limit=1) == [new]
        assert await work.rounds.intros_since(foreign.created_at) == [foreign, new]
        assert await work.rounds.intros_in([IntroState.ENDED, IntroState.OPENED]) == [old, new]
        assert await work.rounds.intros_in([]) == []
        assert await work.rounds.intros_of(RoundId(new_id())) == []


async def test_two_answers_at_once_are_both_kept(storage: Storage, here: WorkspaceId) -> None:
    intro = replace(an_intro(), parts=(Part(MemberId(new_id())), Part(MemberId(new_id()))))
    async with storage.units(here) as work:
        await work.rounds.add_intros([intro])
        await work.commit()

    async def says_yes(member: MemberId) -> bool:
        async with storage.units(here) as work:
            found = await work.rounds.intro(intro.id, for_change=True)
            assert found is not None
            parts = [replace(part, answer=Answer.YES) if part.member == member else part for part in found.parts]
            answered = replace(found, parts=tuple(parts))
            await work.rounds.put_intro(answered)
            await work.commit()
            return answered.all_said_yes()

    # Exactly one of the two sees that everybody has said yes, so exactly one opens the room.
    assert sorted(await asyncio.gather(*(says_yes(member) for member in intro.members()))) == [False, True]


async def test_a_schedule_comes_back_as_it_was_written(storage: Storage, here: WorkspaceId) -> None:
    first, over = a_schedule(), a_schedule(next_at=None)
    async with storage.units(here) as work:
        await work.schedules.put(first)
        await work.schedules.put(over)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.schedules.get(first.id) == first
        assert await work.schedules.every() == [first, over]
        moved = replace(first, next_at=NOW + timedelta(days=7), details={})
        await work.schedules.put(moved)
        assert await work.schedules.get(first.id) == moved
        await work.schedules.remove(first.id)
        assert await work.schedules.get(first.id) is None
        assert await work.schedules.every() == [over]


async def test_what_is_due_comes_longest_overdue_first(storage: Storage, here: WorkspaceId) -> None:
    late, due, early = (a_schedule(NOW + timedelta(minutes=minutes)) for minutes in (-5, 0, 1))
    async with storage.units(here) as work:
        assert await work.schedules.next_at() is None
        for schedule in (due, early, late, a_schedule(next_at=None)):
            await work.schedules.put(schedule)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.schedules.due(NOW) == [late, due]
        assert await work.schedules.due(NOW, limit=1) == [late]
        assert await work.schedules.next_at() == late.next_at


async def test_the_directory_knows_where_something_is_due(storage: Storage, here: WorkspaceId) -> None:
    there = await storage.workspace("team:T2")
    assert await storage.directory.next_schedule_at() is None
    for workspace, minutes in ((here, 0), (there, 5)):
        async with storage.units(workspace) as work:
            await work.schedules.put(a_schedule(NOW + timedelta(minutes=minutes)))
            await work.schedules.put(a_schedule(NOW + timedelta(minutes=minutes)))
            await work.commit()
    assert await storage.directory.with_due_schedules(NOW - timedelta(seconds=1)) == []
    assert await storage.directory.with_due_schedules(NOW) == [here]
    assert sorted(await storage.directory.with_due_schedules(NOW + timedelta(hours=1))) == sorted([here, there])
    assert await storage.directory.next_schedule_at() == NOW


async def test_what_a_clock_that_was_ahead_left_out_is_taken_back(storage: Storage, here: WorkspaceId) -> None:
    schedule, other = a_schedule(NOW + timedelta(days=9)), a_schedule()
    left_out = an_occurrence(schedule.id, at=NOW + timedelta(hours=3))
    sent = replace(an_occurrence(schedule.id, "2026-03-10T09:00", left_out.at), state=OccurrenceState.DONE)
    async with storage.units(here) as work:
        for one in (schedule, other):
            await work.schedules.put(one)
        for occurrence in (left_out, sent, an_occurrence(other.id)):
            await work.schedules.add_occurrence(occurrence)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.schedules.recorded_after(NOW + timedelta(hours=3)) == []
        assert await work.schedules.recorded_after(NOW) == [schedule]
        assert await work.schedules.take_back(NOW) == [left_out]
        assert await work.schedules.occurrences(schedule.id) == [sent]
        assert len(await work.schedules.occurrences(other.id)) == 1
        assert await work.schedules.move(schedule, NOW)
        assert not await work.schedules.move(schedule, NOW - timedelta(days=1))
        assert await work.schedules.get(schedule.id) == replace(schedule, next_at=NOW)


async def test_an_occurrence_is_created_once(storage: Storage, here: WorkspaceId) -> None:
    schedule = a_schedule()
    first = an_occurrence(schedule.id, at=NOW)
    next_week = an_occurrence(schedule.id, "2026-03-10T09:00", at=NOW + timedelta(days=7))
    async with storage.units(here) as work:
        await work.schedules.put(schedule)
        assert await work.schedules.add_occurrence(first)
        assert not await work.schedules.add_occurrence(an_occurrence(schedule.id))
        assert await work.schedules.add_occurrence(next_week)
        assert await work.schedules.add_occurrence(an_occurrence(ScheduleId(new_id())))
        await work.commit()
    async with storage.units(here) as work:
        assert await work.schedules.occurrences(schedule.id) == [next_week, first]
        assert await work.schedules.occurrences(schedule.id, limit=1) == [next_week]
        await work.schedules.remove(schedule.id)
        assert await work.schedules.occurrences(schedule.id) == [next_week, first]
