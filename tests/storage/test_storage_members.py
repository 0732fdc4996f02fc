"""Members, their words and arrivals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import StorageError, Taken
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.members.domain import SECTORS, THEMES, Block, Consent, Member, Role, Sector, Synonyms, Theme, WorkspaceOptions
from bot.ports import UnitOfWork
from tests.databases import Storage
from tests.storage_values import NOW, a_member


async def test_a_member_comes_back_as_it_was_written(storage: Storage, here: WorkspaceId) -> None:
    full, bare = a_member(), Member(MemberId(new_id()), "Bo")
    async with storage.units(here) as work:
        await work.members.put(full)
        await work.members.put(bare)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.members.get(full.id) == full
        assert await work.members.get(bare.id) == bare
        assert await work.members.get(MemberId(new_id())) is None


async def test_writing_a_member_again_replaces_everything_and_exactly_these_accounts(
    storage: Storage, here: WorkspaceId
) -> None:
    before = a_member()
    after = Member(before.id, "Åse Ny", accounts=(Account("discord", "77"), before.accounts[0]))
    async with storage.units(here) as work:
        await work.members.put(before)
        await work.members.put(after)
        assert await work.members.get(before.id) == after
        assert await work.members.by_account(before.accounts[1]) is None
        assert await work.members.by_account(Account("discord", "77")) == after


async def test_everybody_is_in_the_order_of_their_ids_and_without_the_erased(
    storage: Storage, here: WorkspaceId
) -> None:
    members = [a_member() for _ in range(4)]
    async with storage.units(here) as work:
        await work.members.put_all([members[2], members[0], members[3], members[1]])
        await work.members.forget(members[3].id, NOW)
        assert await work.members.everybody() == members[:3]
        assert await work.members.many([members[0].id, members[3].id, MemberId(new_id())]) == {
            members[0].id: members[0]
        }
        assert await work.members.many([]) == {}


async def test_many_more_than_fit_into_one_statement(storage: Storage, here: WorkspaceId) -> None:
    members = [a_member() for _ in range(1_200)]
    async with storage.units(here) as work:
        await work.members.put_all(members)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.members.everybody() == members
        assert len(await work.members.many([member.id for member in members])) == 1_200


async def test_an_account_belongs_to_one_member(storage: Storage, here: WorkspaceId) -> None:
    first = a_member()
    async with storage.units(here) as work:
        await work.members.put(first)
        with pytest.raises(Taken):
            await work.members.put(a_member(accounts=first.accounts))


async def test_a_roster_id_belongs_to_one_member_and_an_empty_one_to_nobody(
    storage: Storage, here: WorkspaceId
) -> None:
    first = a_member()
    async with storage.units(here) as work:
        await work.members.put_all([first, a_member(roster_id=""), a_member(roster_id="")])
        with pytest.raises(Taken):
            await work.members.put_all([a_member(), a_member(roster_id=first.roster_id)])


async def test_two_members_can_exchange_their_accounts(storage: Storage, here: WorkspaceId) -> None:
    one, two = a_member(), a_member()
    async with storage.units(here) as work:
        await work.members.put_all([one, two])
        await work.members.put_all([replace(one, accounts=two.accounts), replace(two, accounts=one.accounts)])
        found = await work.members.by_account(one.accounts[0])
        assert found is not None
        assert found.id == two.id


async def test_organisers_are_counted_without_the_erased(storage: Storage, here: WorkspaceId) -> None:
    gone = a_member()
    async with storage.units(here) as work:
        assert await work.members.organiser_count() == 0
        await work.members.put_all([a_member(), a_member(role=Role.MEMBER), gone])
        assert await work.members.organiser_count() == 2
        await work.members.forget(gone.id, NOW)
        assert await work.members.organiser_count() == 1


async def test_a_block_is_written_once_and_seen_by_whom_it_concerns(storage: Storage, here: WorkspaceId) -> None:
    a, b, c = (MemberId(new_id()) for _ in range(3))
    first, second = Block(a, b, NOW), Block(c, a, NOW + timedelta(hours=1))
    async with storage.units(here) as work:
        for block in (first, second, Block(a, b, NOW + timedelta(days=1))):
            await work.members.block(block)
        assert await work.members.blocks() == [first, second]
        assert await work.members.blocks_by(a) == [first]
        assert await work.members.blocks_by(b) == []
        await work.members.unblock(b, a)
        await work.members.unblock(a, b)
        assert await work.members.blocks() == [second]


async def test_a_forgotten_member_leaves_a_nameless_row(storage: Storage, here: WorkspaceId) -> None:
    member, other, third = a_member(), a_member(), a_member()
    async with storage.units(here) as work:
        await work.members.put_all([member, other, third])
        for pair in ((member, other), (other, member), (other, third)):
            await work.members.block(Block(pair[0].id, pair[1].id, NOW))
        await work.members.forget(member.id, NOW)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.members.get(member.id) == Member(
            id=member.id,
            name="",
            sector=member.sector,
            consent=Consent.NEVER,
            joined_at=member.joined_at,
            erased_at=NOW,
        )
        assert await work.members.by_account(member.accounts[0]) is None
        assert await work.members.blocks() == [Block(other.id, third.id, NOW)]
        # The same person may come back, as somebody new.
        await work.members.put(replace(member, id=MemberId(new_id())))


async def test_two_academies_may_know_the_same_person(storage: Storage, here: WorkspaceId) -> None:
    there = await storage.workspace("team:T2")
    member = a_member()
    for workspace in (here, there):
        async with storage.units(workspace) as work:
            await work.members.put(member)
            await work.commit()
    async with storage.units(here) as work:
        await work.members.forget(member.id, NOW)
        await work.commit()
    async with storage.units(there) as work:
        assert await work.members.get(member.id) == member


async def test_a_new_academy_has_the_domains_words_and_may_change_them(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        assert tuple(await work.vocabulary.sectors()) == SECTORS
        assert tuple(await work.vocabulary.themes()) == THEMES
        await work.vocabulary.put_sector(Sector("business", {"en": "companies", "da": "firmaer"}))
        await work.vocabulary.put_theme(Theme("addiction", {"da": "afhængighed"}))
        assert (await work.vocabulary.sectors())[0].name("da") == "firmaer"
        assert len(await work.vocabulary.sectors()) == len(SECTORS)
        assert (await work.vocabulary.themes())[0].key == "addiction"
        await work.vocabulary.remove_sector("business")
        await work.vocabulary.remove_theme("addiction")
        await work.vocabulary.remove_theme("never there")
        assert tuple(await work.vocabulary.sectors()) == SECTORS[1:]
        assert tuple(await work.vocabulary.themes()) == THEMES


async def test_an_academy_keeps_its_own_synonyms(storage: Storage, here: WorkspaceId) -> None:
    there = await storage.workspace("team:T2")
    async with storage.units(here) as work:
        assert not await work.vocabulary.synonyms()
        await work.vocabulary.put_synonyms(Synonyms("minibus", ("minibus", "kørsel")))
        await work.vocabulary.put_synonyms(Synonyms("festsal", ("festsal", "aula")))
        await work.vocabulary.put_synonyms(Synonyms("minibus", ("minibus", "kørsel", "transport")))
        await work.commit()
    async with storage.units(here) as work:
        assert [group.words for group in await work.vocabulary.synonyms()] == [
            ("festsal", "aula"),
            ("minibus", "kørsel", "transport"),
        ]
        await work.vocabulary.remove_synonyms("festsal")
        await work.vocabulary.remove_synonyms("never there")
        assert [group.key for group in await work.vocabulary.synonyms()] == ["minibus"]
        await work.commit()
    async with storage.units(there, reading=True) as work:
        assert not await work.vocabulary.synonyms()


async def test_what_a_model_said_is_kept_until_nobody_needs_it(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        await work.vectors.add("e5", {"a": b"\x00\x01", "b": b"old", "c": b"\xff"})
        await work.vectors.add("e5", {"b": b"new"})
        await work.vectors.add("other", {"a": b"another's"})
        await work.commit()
    async with storage.units(here) as work:
        assert await work.vectors.known("e5") == {"a": b"\x00\x01", "b": b"new", "c": b"\xff"}
        assert await work.vectors.known("nobody's") == {}
        assert await work.vectors.keep_only("e5", {"a", "b"}) == 2
        assert sorted(await work.vectors.known("e5")) == ["a", "b"]
        assert not await work.vectors.known("other")


async def test_options_come_back_as_they_were_written(storage: Storage, here: WorkspaceId) -> None:
    options = WorkspaceOptions(
        language="en",
        timezone="Europe/Oslo",
        names_before_yes=False,
        novelty_rounds=3,
        answer_days=2,
        follow_up_days=1,
        prefix="bro-",
        extra={"round": "weekly"},
    )
    async with storage.units(here) as work:
        assert await work.vocabulary.options() == WorkspaceOptions()
        await work.vocabulary.set_options(options)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.vocabulary.options() == options
    found = await storage.directory.get(here)
    assert found is not None
    assert found.options == options


async def test_there_are_no_options_of_a_workspace_that_is_not_there(storage: Storage) -> None:
    async def asks(work: UnitOfWork) -> None:
        await work.vocabulary.options()

    async with storage.units(WorkspaceId(new_id())) as work:
        with pytest.raises(StorageError):
            await asks(work)


async def test_an_interaction_is_new_once_until_it_is_forgotten(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        assert await work.arrivals.first_time("slack:1", NOW)
        assert await work.arrivals.first_time("slack:2", NOW + timedelta(hours=1))
        assert not await work.arrivals.first_time("slack:1", NOW + timedelta(hours=1))
        assert await work.arrivals.forget_before(NOW + timedelta(minutes=1)) == 1
        assert await work.arrivals.first_time("slack:1", NOW + timedelta(hours=2))
        assert not await work.arrivals.first_time("slack:2", NOW)


async def test_the_directory_finds_each_academy_and_makes_it_once(storage: Storage) -> None:
    first = await storage.directory.ensure("guild:1", "Akademiet", WorkspaceOptions(language="en"))
    again = await storage.directory.ensure("guild:1", "Another name", WorkspaceOptions())
    second = await storage.directory.ensure("guild:2", "Naboen", WorkspaceOptions())
    assert again == first
    assert await storage.directory.every() == [first, second]
    assert await storage.directory.find("guild:2") == second
    assert await storage.directory.find("guild:3") is None
    assert await storage.directory.get(first.id) == first
    assert await storage.directory.get(WorkspaceId(new_id())) is None
