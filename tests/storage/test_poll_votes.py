"""Votes are counted exactly: in any order, repeated, from several devices at once, over a broken database and two processes."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.deliveries.domain import DeliveryState, LetterTable
from bot.errors import StorageError, Unavailable
from bot.identity import Account, Address, WorkspaceId
from bot.letters import LETTERS
from bot.members.domain import Member
from bot.platforms import Platforms
from bot.polls.domain import Poll, PollPlace, PollState
from bot.polls.service import PollService
from bot.polls.voting import Known, Outcome, Slip, Stranger, TurnedDown, Voted, Voting
from bot.polls.writing import Written
from bot.ports import UnitOfWork, Units
from bot.words import Languages
from tests import databases
from tests.databases import Storage
from tests.fakes import StoppedClock
from tests.storage_values import a_member

WORDS = Languages.load().words("en", ZoneInfo("Europe/Copenhagen"))
OPTIONS = ("A", "B", "C")
LETTER_TABLE = LetterTable.of(row.letter for row in LETTERS)
PLACE = Address("web", "channel:general")

# Who (of four) says what (None takes it back), by which interaction.
votes = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([("1",), ("2",), ("3",), None]), st.integers(0, 12)), max_size=25
)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def real_storage(request: pytest.FixtureRequest) -> AsyncGenerator[Storage, None]:
    if request.param == "memory":
        yield databases.in_memory()
        return
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    async with databases.opened(url, LETTER_TABLE) as storage:
        yield storage


class Votes:
    """A poll in which people vote."""

    def __init__(
        self, storage: Storage, here: WorkspaceId, people: list[Member], poll: Poll, clock: StoppedClock
    ) -> None:
        self.storage, self.here, self.people, self.poll, self.clock = storage, here, people, poll, clock
        self.service = PollService(storage.units, clock, Platforms())

    @classmethod
    async def open(cls, storage: Storage, people: int = 4, **changes: object) -> "Votes":
        here, clock = await storage.workspace(), StoppedClock()
        members = [a_member(accounts=(Account("web", f"p{number}"),)) for number in range(people)]
        async with storage.units(here) as work:
            await work.members.put_all(members)
            await work.commit()
        service = PollService(storage.units, clock, Platforms())
        typed = replace(Written("Where?", OPTIONS), **changes)  # type: ignore[arg-type]  # the caller names fields of Written
        drafted = await service.drafts.write(here, members[0].id, typed, [PollPlace(PLACE)], WORDS)
        opened = await service.open(here, drafted.poll.id, drafted.poll.revision)
        return cls(storage, here, members, opened.poll, clock)

    def slip(self, person: int, said: tuple[str, ...] | None, arrival: str = "") -> Slip:
        return Slip(self.people[person].accounts[0], self.poll.id, said, arrival)

    async def says(self, person: int, said: tuple[str, ...] | None, arrival: str = "") -> Outcome:
        return await self.service.voting.vote(self.here, self.slip(person, said, arrival))

    async def tally(self) -> Mapping[tuple[str, ...], int]:
        async with self.storage.units(self.here, reading=True) as work:
            return await work.polls.tally(self.poll.id)


def counted(said: Sequence[tuple[int, tuple[str, ...] | None, int]]) -> Mapping[tuple[str, ...], int]:
    """What the votes come to: of each interaction only its first coming counts, of each person the last vote."""
    known: set[int] = set()
    last: dict[int, tuple[str, ...] | None] = {}
    for person, one, interaction in said:
        if interaction not in known:
            known.add(interaction)
            last[person] = one
    return dict(Counter(one for one in last.values() if one is not None))


@pytest.mark.parametrize("anonymous", [False, True])
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=votes)
async def test_one_after_the_other_the_last_vote_counts_and_a_repeated_one_does_not(
    anonymous: bool, said: list[tuple[int, tuple[str, ...] | None, int]]
) -> None:
    poll = await Votes.open(databases.in_memory(), anonymous=anonymous)
    for person, one, interaction in said:
        await poll.says(person, one, f"press:{interaction}")
    assert await poll.tally() == counted(said)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=votes)
async def test_all_at_once_is_the_same_as_one_after_the_other(
    said: list[tuple[int, tuple[str, ...] | None, int]],
) -> None:
    poll = await Votes.open(databases.in_memory())
    await asyncio.gather(*(poll.says(person, one, f"press:{interaction}") for person, one, interaction in said))
    assert await poll.tally() == counted(said)


@pytest.mark.parametrize("anonymous", [False, True])
async def test_on_every_storage_a_crowd_is_counted_exactly(real_storage: Storage, anonymous: bool) -> None:
    poll = await Votes.open(real_storage, 40, anonymous=anonymous)
    said = [(person, (str(1 + (person + turn) % 3),), 100 * turn + person) for turn in range(3) for person in range(40)]
    said += [(person, None, 900 + person) for person in range(0, 40, 7)]
    outcomes = await asyncio.gather(*(poll.says(person, one, f"p:{number}") for person, one, number in said))
    assert all(isinstance(one, Voted) for one in outcomes)
    assert await poll.tally() == counted(said)
    again = await asyncio.gather(*(poll.says(person, one, f"p:{number}") for person, one, number in said))
    assert all(isinstance(one, Known) for one in again)
    assert await poll.tally() == counted(said)


async def test_two_processes_and_both_of_somebodys_devices(real_storage: Storage) -> None:
    poll = await Votes.open(real_storage, 10)
    other = Voting(real_storage.units, poll.clock)
    both = [poll.service.voting, other]
    slips = [poll.slip(person, (str(1 + (person + device) % 3),)) for person in range(10) for device in range(2)]
    await asyncio.gather(*(both[place % 2].vote(poll.here, slip) for place, slip in enumerate(slips)))
    tally = await poll.tally()
    assert sum(tally.values()) == 10
    last = [both[0].vote(poll.here, poll.slip(person, ("2",))) for person in range(10)]
    await asyncio.gather(*last)
    assert await poll.tally() == {("2",): 10}


async def test_at_most_one_edit_waits_however_many_vote(real_storage: Storage) -> None:
    poll = await Votes.open(real_storage, 20)
    async with real_storage.units(poll.here) as work:
        anchor = (await work.deliveries.in_states([DeliveryState.WAITING]))[0]
    for person in range(20):
        await poll.says(person, ("1",))
    async with real_storage.units(poll.here) as work:
        waiting = await work.deliveries.in_states([DeliveryState.WAITING])
    assert [one.revises for one in waiting if one.id != anchor.id] == [anchor.id]


class Breaking:
    """Units of work of which some fail at the commit: before it, or after it was done all the same."""

    def __init__(self, units: Units, failures: list[str]) -> None:
        self._units = units
        self.failures = failures

    def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> "BreakingUnit":
        return BreakingUnit(self, self._units(workspace, reading=reading))


class BreakingUnit:
    def __init__(self, of: Breaking, unit: object) -> None:
        self._of, self._unit = of, unit

    async def __aenter__(self) -> UnitOfWork:
        work: UnitOfWork = await self._unit.__aenter__()  # type: ignore[attr-defined]  # any context manager
        return Failing(work, self._of)  # type: ignore[return-value]  # it passes all else on

    async def __aexit__(self, *error: object) -> None:
        await self._unit.__aexit__(*error)  # type: ignore[attr-defined]  # as above


class Failing:
    def __init__(self, work: UnitOfWork, of: Breaking) -> None:
        self._work, self._of = work, of

    def __getattr__(self, name: str) -> object:
        return getattr(self._work, name)

    async def commit(self) -> None:
        kind = self._of.failures.pop(0) if self._of.failures else ""
        if kind == "before":
            raise Unavailable("the database went away")
        await self._work.commit()
        if kind == "after":
            raise Unavailable("the connection was lost, and nobody knows")


@settings(max_examples=25)
@given(said=votes, failures=st.lists(st.sampled_from(["", "before", "after"]), max_size=20))
async def test_whoever_is_told_that_it_failed_votes_again_and_all_is_exact(
    said: list[tuple[int, tuple[str, ...] | None, int]], failures: list[str]
) -> None:
    poll = await Votes.open(databases.in_memory())
    voting = Voting(Breaking(poll.storage.units, list(failures)), poll.clock)
    for person, one, interaction in said:
        slip = poll.slip(person, one, f"press:{interaction}")
        await until_kept(lambda slip=slip: voting.vote(poll.here, slip))  # type: ignore[misc]  # a default is no parameter
    assert await poll.tally() == counted(said)


async def until_kept(vote: Callable[[], Awaitable[Outcome]]) -> None:
    while True:
        try:
            await vote()
        except StorageError:
            continue
        return


async def test_after_a_failure_the_next_ones_are_tried_all_the_same() -> None:
    poll = await Votes.open(databases.in_memory())
    voting = Voting(Breaking(poll.storage.units, ["before"]), poll.clock)
    first = asyncio.create_task(voting.vote(poll.here, poll.slip(0, ("1",))))
    await asyncio.sleep(0)
    second = asyncio.create_task(voting.vote(poll.here, poll.slip(1, ("2",))))
    with pytest.raises(StorageError):
        await first
    assert isinstance(await second, Voted)
    assert await poll.tally() == {("2",): 1}


async def test_whoever_goes_away_takes_nobodys_vote_along() -> None:
    poll = await Votes.open(databases.in_memory())
    going = asyncio.create_task(poll.says(0, ("1",)))
    staying = asyncio.create_task(poll.says(1, ("2",)))
    await asyncio.sleep(0)
    going.cancel()
    assert isinstance(await staying, Voted)
    assert (await poll.tally())[("2",)] == 1


async def test_whoever_went_away_before_it_failed_is_not_told() -> None:
    poll = await Votes.open(databases.in_memory())
    voting = Voting(Breaking(poll.storage.units, ["before"]), poll.clock)
    going = asyncio.create_task(voting.vote(poll.here, poll.slip(0, ("1",))))
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await going
    assert isinstance(await voting.vote(poll.here, poll.slip(1, ("2",))), Voted)


async def test_strangers_the_late_and_what_cannot_be_counted() -> None:
    poll = await Votes.open(databases.in_memory(), closes="in 2 hours")
    nobody = Slip(Account("web", "nobody"), poll.poll.id, ("1",), "x")
    assert isinstance(await poll.service.voting.vote(poll.here, nobody), Stranger)
    wrong = await poll.says(0, ("9",))
    assert isinstance(wrong, TurnedDown)
    assert "That is not one of the answers" in WORDS.tell(wrong.said)
    both = await poll.says(0, ("1", "2"), "both")
    assert isinstance(both, TurnedDown)
    poll.clock.advance(hours=2)
    late = await poll.says(0, ("1",), "late")
    assert isinstance(late, TurnedDown)
    assert "This poll is closed" in WORDS.tell(late.said)
    await poll.service.close(poll.here, poll.poll.id, poll.people[0])
    assert isinstance(await poll.says(0, ("1",), "later"), TurnedDown)
    async with poll.storage.units(poll.here) as work:
        await work.polls.remove(poll.poll.id)
        await work.commit()
    gone = await poll.says(0, ("1",), "gone")
    assert isinstance(gone, TurnedDown)
    assert "not there any more" in WORDS.tell(gone.said)
    assert isinstance(await poll.says(0, ("1",), "gone"), Known)


async def test_when_all_have_voted_it_closes(real_storage: Storage) -> None:
    poll = await Votes.open(real_storage, 3, closes="all", anonymous=True)
    for person in range(3):
        async with real_storage.units(poll.here) as work:
            found = await work.polls.get(poll.poll.id)
        assert found is not None
        assert found.state is PollState.OPEN
        await poll.says(person, ("1",))
    async with real_storage.units(poll.here) as work:
        found = await work.polls.get(poll.poll.id)
    assert found is not None
    assert (found.state, found.secret) == (PollState.CLOSED, b"")
    assert found.closing is not None
    assert found.closing.tally == {("1",): 3}


async def test_of_a_closed_anonymous_poll_a_repeated_press_is_turned_down() -> None:
    poll = await Votes.open(databases.in_memory(), anonymous=True)
    await poll.says(0, ("1",), "press")
    await poll.service.close(poll.here, poll.poll.id, poll.people[0])
    assert isinstance(await poll.says(0, ("1",), "press"), TurnedDown)
