"""The waiting list: whatever people answer, in any order, with seats that come and go, who is there and who waits is always
what first come, first served says; each is told once, and a crash changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.camps.domain import Answer, Camp, Seat, Signup, waiting_list
from bot.camps.seating import moved_up, next_since, place_in_line, room_left
from bot.deliveries.domain import DeliveryState
from bot.identity import CampId, MemberId, new_id
from tests.camp_talk import a_camp, camp_of
from tests.introductions_talk import Academy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECTORS = ("business", "research", "municipality")
PEOPLE = [MemberId(new_id()) for _ in range(8)]
SECTOR: Mapping[MemberId, str] = {member: SECTORS[place % 3] for place, member in enumerate(PEOPLE)}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: somebody answers with guests, or the seats change."""

    who: int = -1
    answer: Answer = Answer.NONE
    guests: int = 0
    seats: int | None = None
    research: int | None = None


STEPS = st.lists(
    st.one_of(
        st.builds(Step, st.integers(0, 7), st.sampled_from(Answer), st.integers(0, 2)),
        st.builds(Step, seats=st.none() | st.integers(1, 9), research=st.none() | st.integers(0, 3)),
    ),
    max_size=25,
)


def after(camp: Camp, signups: dict[MemberId, Signup], step: Step) -> Camp:
    """The camp after a step; the answers are changed in place, and whoever can move up does."""
    if step.who < 0:
        limits = {} if step.research is None else {"research": step.research}
        camp = replace(camp, capacity=step.seats, sector_capacity=limits)
    else:
        member = PEOPLE[step.who]
        known = signups.get(member, Signup(camp.id, member))
        if known.answer is not step.answer:
            said = Signup(camp.id, member, step.answer)
            if step.answer is Answer.YES:
                since = next_since(tuple(signups.values()), NOW)
                said = replace(said, seat=Seat.WAITING, since=since, guests=step.guests)
            signups[member] = said
    for one in moved_up(camp, tuple(signups.values()), SECTOR):
        signups[one.member] = one
    return camp


def a_plain_camp() -> Camp:
    return Camp(CampId(new_id()), PEOPLE[0], NOW, "Camp", date(2026, 3, 22), time(9), time(16), "Europe/Copenhagen")


@given(STEPS)
@settings(max_examples=200)
def test_in_any_order_nobody_waits_who_fits_and_nobody_sits_who_does_not(steps: list[Step]) -> None:
    camp, signups = a_plain_camp(), dict[MemberId, Signup]()
    for step in steps:
        before = dict(signups)
        camp = after(camp, signups, step)
        room = room_left(camp, tuple(signups.values()), SECTOR)
        waiting = waiting_list(tuple(signups.values()))
        assert not any(room.holds(one.places(), SECTOR[one.member]) for one in waiting)
        fresh = [one for one in signups.values() if one.comes() and not before.get(one.member, one).comes()]
        if fresh or any(one.comes() and one.member not in before for one in signups.values()):
            assert room.seats is None or room.seats >= 0
            taken = {SECTOR[one.member] for one in fresh}
            assert all(left >= 0 for sector, left in room.sectors.items() if sector in taken)
        _nobody_lost_a_seat(before, signups, step)
        _in_turn(before, signups)
        assert [place_in_line(tuple(signups.values()), one.member) for one in waiting] == list(
            range(1, len(waiting) + 1)
        )


def _nobody_lost_a_seat(before: Mapping[MemberId, Signup], signups: Mapping[MemberId, Signup], step: Step) -> None:
    for member, one in before.items():
        if one.comes() and (step.who < 0 or PEOPLE[step.who] != member):
            assert signups[member].comes()


def _in_turn(before: Mapping[MemberId, Signup], signups: Mapping[MemberId, Signup]) -> None:
    """Of two who waited, of one sector and with as many guests, the later one never gets a seat before the earlier one."""
    waited = waiting_list(tuple(before.values()))
    for place, early in enumerate(waited):
        for late in waited[place + 1 :]:
            same = SECTOR[early.member] == SECTOR[late.member] and late.guests >= early.guests
            if same and signups[late.member].comes() and signups[early.member].answer is Answer.YES:
                assert signups[early.member].comes()


@given(st.lists(st.integers(-5, 5), max_size=10))
def test_no_two_come_at_the_same_moment_whatever_the_clock_does(jumps: list[int]) -> None:
    signups: list[Signup] = []
    now = NOW
    for member, jump in zip(PEOPLE, jumps, strict=False):
        now += timedelta(seconds=jump)
        since = next_since(signups, now)
        signups.append(Signup(a_plain_camp().id, member, Answer.YES, Seat.WAITING, since=since))
    assert [one.member for one in waiting_list(signups)] == PEOPLE[: len(signups)]


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(("Anna", "Bo", "Carl", "Dorte")),
        st.sampled_from(("yes", "maybe", "no", "again", "crash", "go")),
    ),
    max_size=12,
)


@given(ANSWERS, st.integers(1, 3))
@settings(max_examples=25, deadline=None)
async def test_each_who_moves_up_is_told_once_in_any_order_of_answers_crashes_and_deliveries(
    answers: Sequence[tuple[str, str]], seats: int
) -> None:
    academy = await a_camp(f"seats:{seats}")
    expected: dict[str, int] = {}
    for name, said in answers:
        before = await _coming(academy)
        match said:
            case "crash":
                await _answers_and_breaks_off(academy, name)
                assert await _coming(academy) == before
                continue
            case "go":
                await academy.delivers()
                continue
            case "again":
                await academy[name].types("/camp signup yes")
                await academy[name].types("/camp signup yes")
            case _:
                await academy[name].types(f"/camp signup {said}")
        for one in await _coming(academy) - before - {name}:
            expected[one] = expected.get(one, 0) + 1
    async with academy.memory.units(academy.workspace, reading=True) as work:
        told = [
            one for one in await work.deliveries.in_states(tuple(DeliveryState)) if one.key.startswith("camp-seat:")
        ]
    assert len(told) == sum(expected.values())
    await academy.delivers()
    for name in ("Anna", "Bo", "Carl", "Dorte"):
        # Who gave a seat up again before the word went out is not told of it.
        assert len(academy[name].posts()) <= expected.get(name, 0)
        if name in await _coming(academy) and expected.get(name) == 1:
            assert len(academy[name].posts()) == 1


async def _answers_and_breaks_off(academy: Academy, name: str) -> None:
    """Everything that an answer writes, and then the machine stops before it is kept."""
    camp = await camp_of(academy)
    async with academy.memory.units(academy.workspace) as work:
        signups = {one.member: one for one in await work.camps.signups(camp.id)}
        mine = signups.get(academy.ids[name], Signup(camp.id, academy.ids[name]))
        await work.camps.put_signups([replace(mine, answer=Answer.NO, seat=Seat.NONE, since=None)])


async def _coming(academy: Academy) -> set[str]:
    camp = await camp_of(academy)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        there = {one.member for one in await work.camps.signups(camp.id) if one.comes()}
    return {name for name, member in academy.ids.items() if member in there}
