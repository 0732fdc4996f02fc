"""Polls come back as they were put, what is asked sealed; a voter has one ballot, and its row tells nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.deliveries.domain import DeliveryState, Letter
from bot.identity import Account, DeliveryId, MemberId, PollId, WorkspaceId, new_id
from bot.members.domain import Reader
from bot.polls.domain import Ballot, Poll, PollState, VoterKey
from tests import databases
from tests.databases import Storage
from tests.poll_values import SECRET, a_poll
from tests.storage_values import NOW, a_delivery, a_member

ANNA, BO, CARLA = VoterKey("anna"), VoterKey("bo"), VoterKey("carla")


async def test_a_poll_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = a_poll(MemberId(new_id()))
    plain = a_poll(
        full.author,
        closes_at=None,
        schedule=None,
        places=(),
        asked=(),
        opened_at=None,
        closed_at=None,
        reminded_at=None,
        closing=None,
        repeat=None,
        secret=b"",
        state=PollState.DRAFT,
    )
    async with storage.units(here) as work:
        await work.polls.put(full)
        await work.polls.put(plain)
        await work.polls.put(replace(plain, question="Hvornår?", revision=2))
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.polls.get(full.id) == full
        assert await work.polls.get(plain.id) == replace(plain, question="Hvornår?", revision=2)
        assert await work.polls.get(PollId(new_id())) is None
        assert await work.polls.many([full.id, PollId(new_id())]) == {full.id: full}


async def test_the_newest_come_first_and_only_old_drafts_are_forgotten(storage: Storage, here: WorkspaceId) -> None:
    author = MemberId(new_id())
    opened = [a_poll(author, created_at=NOW + timedelta(minutes=place)) for place in range(3)]
    old = a_poll(author, state=PollState.DRAFT, created_at=NOW - timedelta(days=3))
    young = a_poll(author, state=PollState.DRAFT)
    async with storage.units(here) as work:
        for one in (*opened, old, young):
            await work.polls.put(one)
        assert await work.polls.in_states([PollState.OPEN, PollState.CLOSED], 2) == [opened[2], opened[1]]
        assert await work.polls.forget_drafts_before(NOW - timedelta(days=2)) == 1
        assert await work.polls.in_states([PollState.DRAFT]) == [young]


async def test_a_voter_has_one_ballot_and_the_last_one_counts(storage: Storage, here: WorkspaceId) -> None:
    poll = await opened(storage, here)
    other = await opened(storage, here)
    async with storage.units(here) as work:
        await work.polls.cast([Ballot(poll.id, ANNA, ("1",)), Ballot(other.id, ANNA, ("3",))])
        await work.polls.cast([Ballot(poll.id, BO, ("1",)), Ballot(poll.id, ANNA, ("3",)), Ballot(poll.id, BO, ())])
        await work.commit()
    async with storage.units(here) as work:
        assert await work.polls.ballot(poll.id, ANNA) == ("3",)
        assert await work.polls.ballot(poll.id, BO) == ()
        assert await work.polls.ballot(poll.id, CARLA) is None
        assert await work.polls.ballots(poll.id) == {ANNA: ("3",), BO: ()}
        assert await work.polls.count(poll.id) == 2
        assert await work.polls.tally(other.id) == {("3",): 1}


async def test_a_tally_says_how_many_say_the_same(storage: Storage, here: WorkspaceId) -> None:
    poll = await opened(storage, here)
    said = [("3", "1"), ("1",), ("3", "1")]
    async with storage.units(here) as work:
        await work.polls.cast([Ballot(poll.id, VoterKey(str(place)), one) for place, one in enumerate(said)])
        assert await work.polls.tally(poll.id) == {("3", "1"): 2, ("1",): 1}


async def test_a_ballot_can_be_taken_back_and_all_of_them_go_with_their_poll(
    storage: Storage, here: WorkspaceId
) -> None:
    poll, kept = await opened(storage, here), await opened(storage, here)
    async with storage.units(here) as work:
        await work.polls.cast([Ballot(poll.id, ANNA, ("1",)), Ballot(poll.id, BO, ("1",)), Ballot(kept.id, BO, ())])
        assert await work.polls.withdraw(poll.id, [ANNA, CARLA]) == 1
        assert list(await work.polls.ballots(poll.id)) == [BO]
        await work.polls.clear(poll.id)
        assert await work.polls.count(poll.id) == 0
        await work.polls.remove(poll.id)
        await work.polls.remove(poll.id)
        assert await work.polls.get(poll.id) is None
        assert await work.polls.count(kept.id) == 1


async def test_another_author_takes_over(storage: Storage, here: WorkspaceId) -> None:
    poll, other = await opened(storage, here), MemberId(new_id())
    theirs = await opened(storage, here)
    async with storage.units(here) as work:
        await work.polls.give_to(poll.author, other)
        found = await work.polls.many([poll.id, theirs.id])
        assert found == {poll.id: replace(poll, author=other), theirs.id: theirs}


async def test_the_database_holds_no_question_and_no_key_to_read(real: Storage, database_url: str) -> None:
    here = await real.workspace()
    await opened(real, here)
    stored = str(databases.rows_of(database_url, "SELECT * FROM polls"))
    assert "Camp 4" not in stored
    assert SECRET.hex() not in stored


async def test_the_rows_of_ballots_lie_in_no_order_of_time_on_sqlite(real: Storage, database_url: str) -> None:
    if real.kind != "sqlite":
        return
    made = databases.rows_of(database_url, "SELECT sql FROM sqlite_master WHERE name = 'ballots'")
    assert "WITHOUT ROWID" in str(made)


async def test_members_are_found_by_many_accounts_at_once(storage: Storage, here: WorkspaceId) -> None:
    anna, bo = a_member(), a_member()
    nobody = Account("slack", "U404")
    async with storage.units(here) as work:
        await work.members.put_all([anna, bo])
        found = await work.members.readers([anna.accounts[0], bo.accounts[0], nobody])
        assert found == {one.accounts[0]: Reader(one.id, one.language, one.timezone) for one in (anna, bo)}
        assert await work.members.readers([]) == {}


async def test_of_many_arrivals_those_are_told_that_come_for_the_first_time(
    storage: Storage, here: WorkspaceId
) -> None:
    async with storage.units(here) as work:
        assert await work.arrivals.first_time("a", NOW)
        assert await work.arrivals.first_times(["a", "b", "c", "b"], NOW) == {"b", "c"}
        assert await work.arrivals.first_times(["c", "b"], NOW) == frozenset()


async def test_an_edit_that_still_waits_is_the_only_one(
    storage: Storage, here: WorkspaceId, greeting: Callable[[], Letter]
) -> None:
    anchor, elsewhere = DeliveryId(new_id()), DeliveryId(new_id())

    async with storage.units(here) as work:
        first, second, other = (
            replace(a_delivery(greeting(), "poll"), revises=one) for one in (anchor, anchor, elsewhere)
        )
        assert await work.deliveries.revise(first)
        assert not await work.deliveries.revise(second)
        assert await work.deliveries.revise(other)
        await work.deliveries.cancel([first.key])
        assert await work.deliveries.revise(second)
        await work.commit()
    async with storage.units(here) as work:
        waiting = await work.deliveries.in_states([DeliveryState.WAITING])
        assert {one.id for one in waiting} == {other.id, second.id}


async def opened(storage: Storage, here: WorkspaceId) -> Poll:
    poll = a_poll(MemberId(new_id()))
    async with storage.units(here) as work:
        await work.polls.put(poll)
        await work.commit()
    return poll
