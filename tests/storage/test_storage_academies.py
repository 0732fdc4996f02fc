"""An academy with a home on each of several platforms: how it gets them, loses them, and moves in with another one."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.domain import DeliveryState, Letter
from bot.errors import StorageError, Taken
from bot.homes import Installation, left
from bot.identity import Account, MemberId, WorkspaceId, new_id
from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import Block, Consent, Role, Sector, WorkspaceOptions
from bot.repositories import FormDraft, Home
from storage.joining import MOVED
from storage.rows import table_of
from storage.schema import TABLES
from tests.bank_notes import an_entry
from tests.databases import Storage
from tests.note_values import a_note
from tests.storage_values import NOW, a_camp, a_delivery, a_member, a_round, a_signup, an_intro

OPTIONS = WorkspaceOptions()
ON_DISCORD = Account("discord", "7")


async def test_an_academy_is_found_by_each_of_its_homes(storage: Storage) -> None:
    made = await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)
    joined = await storage.directory.join(made.id, "guild:5", "Brobyggerne")
    assert joined.installations == (Installation("team:T1", "Rødovre"), Installation("guild:5", "Brobyggerne"))
    assert await storage.directory.find("team:T1") == joined == await storage.directory.find("guild:5")
    assert await storage.directory.join(made.id, "guild:5", "Brobyggerne") == joined
    assert await storage.directory.externals(made.id) == ["team:T1", "guild:5"]
    assert joined.home_on("discord") == Installation("guild:5", "Brobyggerne")
    assert joined.home_on("web") is None
    assert await storage.directory.externals(WorkspaceId(new_id())) == []
    async with storage.units(made.id, reading=True) as work:
        assert await work.vocabulary.homes() == list(joined.installations)


async def test_one_home_on_each_platform(storage: Storage) -> None:
    made = await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)
    with pytest.raises(Taken):
        await storage.directory.join(made.id, "team:T2", "Broager")
    other = await storage.directory.ensure("team:T3", "Nord", OPTIONS)
    with pytest.raises(Taken):
        await storage.directory.join(made.id, "team:T3", "Nord")
    assert await storage.directory.get(other.id) == other
    with pytest.raises(StorageError):
        await storage.directory.join(WorkspaceId(new_id()), "guild:9", "Syd")


class TestWhoeverRunsThis:
    async def test_has_one_academy_whichever_platform_is_there_first(self, storage: Storage) -> None:
        local = await storage.directory.ensure("local", "Akademiet", OPTIONS)
        claimed = await storage.directory.claim("guild:5", "Brobyggerne", OPTIONS)
        assert (claimed.id, claimed.external, claimed.name) == (local.id, "guild:5", "Brobyggerne")
        slack = await storage.directory.claim("team:T1", "Rødovre", OPTIONS)
        assert slack.id == local.id
        assert [home.external for home in slack.installations] == ["guild:5", "team:T1"]
        assert await storage.directory.claim("guild:5", "Brobyggerne", OPTIONS) == slack

    async def test_shares_it_with_nobody_who_comes_later(self, storage: Storage) -> None:
        own = await storage.directory.claim("team:T1", "Rødovre", OPTIONS)
        first = await storage.directory.claim("guild:5", "Brobyggerne", OPTIONS)
        strange = await storage.directory.claim("guild:6", "Fremmede", OPTIONS)
        assert first.id == own.id != strange.id
        await storage.directory.freeze(own.id, NOW, "guild:5")
        assert await storage.directory.detach(own.id, gone_before=NOW + timedelta(seconds=1)) == ("guild:5",)
        late = await storage.directory.claim("guild:7", "Andre", OPTIONS)
        assert late.id not in (own.id, strange.id)

    async def test_keeps_the_academy_that_was_there_before(self, storage: Storage) -> None:
        there = await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)
        assert (await storage.directory.claim("team:T1", "Rødovre", OPTIONS)).id == there.id
        assert (await storage.directory.claim("guild:5", "Brobyggerne", OPTIONS)).id == there.id

    async def test_may_start_both_at_once(self, storage: Storage) -> None:
        homes = ["team:T1", "guild:5"]
        both = await asyncio.gather(*(storage.directory.claim(home, "Akademi", OPTIONS) for home in homes))
        assert both[0].id == both[1].id


class TestHomesThatAreGone:
    async def two(self, storage: Storage) -> WorkspaceId:
        made = await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)
        await storage.directory.join(made.id, "guild:5", "Brobyggerne")
        return made.id

    async def test_the_academy_goes_on_with_the_other_one(
        self, storage: Storage, greeting: Callable[[], Letter]
    ) -> None:
        here = await self.two(storage)
        async with storage.units(here) as work:
            await work.deliveries.add([a_delivery(greeting(), key="waits")])
            await work.commit()
        assert await storage.directory.freeze(here, NOW, "team:T1")
        assert not await storage.directory.freeze(here, NOW + timedelta(days=1), "team:T1")
        there = await storage.directory.get(here)
        assert there is not None
        assert there.frozen_at is None
        assert there.home_on("slack") == Installation("team:T1", "Rødovre", NOW)
        assert left(there.installations) == {"slack"}
        async with storage.units(here, reading=True) as work:
            waits = await work.deliveries.by_key("waits")
        assert waits is not None
        assert waits.state is DeliveryState.WAITING
        assert await storage.directory.thaw(here, "team:T1")
        assert not await storage.directory.thaw(here, "team:T1")

    async def test_it_freezes_with_the_last_one_and_thaws_with_the_first_that_is_back(self, storage: Storage) -> None:
        here = await self.two(storage)
        await storage.directory.freeze(here, NOW, "team:T1")
        await storage.directory.freeze(here, NOW + timedelta(days=2), "guild:5")
        frozen = await storage.directory.get(here)
        assert frozen is not None
        assert frozen.frozen_at == NOW + timedelta(days=2)
        assert await storage.directory.detach(here, gone_before=NOW + timedelta(days=9)) == ()
        assert not await storage.directory.erase(here, frozen_before=NOW + timedelta(days=1))
        await storage.directory.thaw(here, "guild:5")
        back = await storage.directory.get(here)
        assert back is not None
        assert back.frozen_at is None
        assert left(back.installations) == {"slack"}

    async def test_one_that_does_not_come_back_goes_with_its_accounts(self, storage: Storage) -> None:
        here = await self.two(storage)
        account = Account("slack", "U1")
        member = a_member(accounts=(account, ON_DISCORD))
        async with storage.units(here) as work:
            await work.members.put(member)
            await work.homes.put(Home(account, "digest", NOW))
            await work.landmarks.put("slack", "room", "key", "C1", NOW)
            await work.landmarks.put("discord", "room", "key", "9", NOW)
            await work.commit()
        await storage.directory.freeze(here, NOW, "team:T1")
        assert await storage.directory.detach(here, gone_before=NOW) == ()
        assert await storage.directory.detach(here, gone_before=NOW + timedelta(days=1)) == ("team:T1",)
        kept = await storage.directory.get(here)
        assert kept is not None
        assert (kept.external, kept.installations) == ("guild:5", (Installation("guild:5", "Brobyggerne"),))
        async with storage.units(here) as work:
            stays = await work.members.get(member.id)
            assert stays is not None
            assert stays.accounts == (ON_DISCORD,)
            assert await work.homes.get(account) is None
            assert await work.landmarks.get("slack", "room", "key") is None
            assert await work.landmarks.get("discord", "room", "key") == "9"
        assert await storage.directory.find("team:T1") is None
        assert await storage.directory.detach(WorkspaceId(new_id()), gone_before=NOW) == ()


async def test_where_somebody_is_a_member(storage: Storage) -> None:
    one, other, frozen, gone = [
        await storage.directory.ensure(f"guild:{number}", f"{number}", OPTIONS) for number in range(4)
    ]
    for academy in (one, frozen, gone):
        async with storage.units(academy.id) as work:
            await work.members.put(a_member(accounts=(ON_DISCORD,)))
            await work.commit()
    await storage.directory.join(gone.id, "team:T1", "Rødovre")
    await storage.directory.freeze(frozen.id, NOW)
    await storage.directory.freeze(gone.id, NOW, "guild:3")
    assert [found.id for found in await storage.directory.with_account(ON_DISCORD)] == [one.id]
    assert await storage.directory.with_account(Account("discord", "8")) == []
    assert other.id not in {found.id for found in await storage.directory.with_account(ON_DISCORD)}


class TestMovingIn:
    async def places(self, storage: Storage) -> tuple[WorkspaceId, WorkspaceId]:
        here = await storage.directory.ensure("team:T1", "Rødovre", OPTIONS)
        there = await storage.directory.ensure("guild:5", "Brobyggerne", replace(OPTIONS, extra={"rooms": "9"}))
        return here.id, there.id

    async def test_everybody_comes_along(self, storage: Storage) -> None:
        here, there = await self.places(storage)
        rostered = a_member("Anna", accounts=(Account("slack", "U1"), ON_DISCORD), roster_id="r1", offers=("time",))
        anna = a_member("Anna", accounts=(ON_DISCORD,), roster_id="r2", consent=Consent.NOT_NOW, role=Role.MEMBER)
        bo = a_member("Bo", accounts=(Account("discord", "8"),), roster_id="r1", sector="unions")
        gone = a_member("Carl", accounts=(Account("discord", "9"),))
        async with storage.units(here) as work:
            await work.members.put(rostered)
            await work.commit()
        async with storage.units(there) as work:
            await work.members.put_all([anna, bo, gone])
            await work.members.block(Block(bo.id, anna.id, NOW))
            await work.members.forget(gone.id, NOW)
            await work.vocabulary.put_sector(Sector("unions", {"en": "unions"}))
            await work.vocabulary.put_sector(Sector("nobody", {"en": "nobody's"}))
            await work.landmarks.put("discord", "nook", "8", "T9", NOW)
            await work.homes.put(Home(bo.accounts[0], "digest", NOW))
            await work.drafts.put(FormDraft(bo.accounts[0], "wire", {"name": "Bo"}, {}, 1, NOW))
            await work.arrivals.first_time("once", NOW)
            await work.commit()
        joined = await storage.directory.join(here, "guild:5", "Brobyggerne")
        assert [home.external for home in joined.installations] == ["team:T1", "guild:5"]
        assert joined.options.extra == {"rooms": "9"}
        assert await storage.directory.get(there) is None
        async with storage.units(here) as work:
            known = {member.name: member for member in await work.members.everybody()}
            assert set(known) == {"Anna", "Bo"}
            assert known["Anna"].id == rostered.id
            assert known["Anna"].consent is Consent.NOT_NOW
            assert (known["Bo"].id, known["Bo"].roster_id) == (bo.id, "")
            assert [(block.member, block.other) for block in await work.members.blocks()] == [(bo.id, rostered.id)]
            sectors = {sector.key for sector in await work.vocabulary.sectors()}
            assert "unions" in sectors
            assert "nobody" not in sectors
            assert await work.landmarks.get("discord", "nook", "8") == "T9"
            assert await work.homes.get(bo.accounts[0]) is not None
            assert await work.drafts.get(bo.accounts[0], "wire") is not None
            assert not await work.arrivals.first_time("once", NOW)

    async def test_an_academy_with_introductions_stays_where_it_is(self, storage: Storage) -> None:
        here, there = await self.places(storage)
        one, two = a_member(), a_member()
        async with storage.units(there) as work:
            await work.rounds.add_intros([an_intro(one.id, two.id, state=IntroState.PLANNED)])
            await work.rounds.add(replace(a_round(), state=RoundState.DRAFT))
            await work.commit()
        assert not await storage.directory.has_history(there)
        async with storage.units(there) as work:
            await work.rounds.add_intros([an_intro(one.id, two.id, state=IntroState.LAPSED)])
            await work.commit()
        assert await storage.directory.has_history(there)
        before = [await storage.directory.get(academy) for academy in (here, there)]
        with pytest.raises(Taken):
            await storage.directory.join(here, "guild:5", "Brobyggerne")
        assert [await storage.directory.get(academy) for academy in (here, there)] == before
        async with storage.units(here) as work:
            await work.rounds.add(replace(a_round(), state=RoundState.OPEN))
            await work.commit()
        assert await storage.directory.has_history(here)

    async def test_an_academy_whose_people_were_asked_to_a_camp_stays_where_it_is(self, storage: Storage) -> None:
        _, there = await self.places(storage)
        one = a_member()
        camp = a_camp(one.id)
        async with storage.units(there) as work:
            await work.camps.put(camp)
            await work.commit()
        assert not await storage.directory.has_history(there)
        async with storage.units(there) as work:
            await work.camps.put_signups([a_signup(camp.id, one.id)])
            await work.commit()
        assert await storage.directory.has_history(there)

    async def test_an_academy_with_case_notes_stays_where_it_is(self, storage: Storage) -> None:
        here, there = await self.places(storage)
        for academy in (here, there):
            assert not await storage.directory.has_history(academy)
        async with storage.units(there) as work:
            await work.notes.put(a_note(MemberId(new_id())))
            await work.commit()
        async with storage.units(here) as work:
            await work.bank.put(an_entry("A note"))
            await work.commit()
        assert await storage.directory.has_history(there)
        assert await storage.directory.has_history(here)

    async def test_a_frozen_academy_wakes_with_the_home_that_comes_along(self, storage: Storage) -> None:
        here, there = await self.places(storage)
        await storage.directory.freeze(here, NOW)
        joined = await storage.directory.join(here, "guild:5", "Brobyggerne")
        assert joined.frozen_at is None
        assert there not in {academy.id for academy in await storage.directory.every()}

    async def test_two_that_are_gone_stay_frozen(self, storage: Storage) -> None:
        here, there = await self.places(storage)
        for academy in (here, there):
            await storage.directory.freeze(academy, NOW)
        joined = await storage.directory.join(here, "guild:5", "Brobyggerne")
        assert joined.frozen_at == NOW


def test_of_every_table_it_is_known_whether_its_rows_move() -> None:
    """A table that is added makes this fail until somebody has thought of academies that move in with another."""
    moved = {table_of(row).name for row in MOVED}
    by_hand = {"members", "accounts", "blocks", "sectors", "installations", "workspaces"}
    only_with_introductions = {"intros", "intro_parts", "rounds", "lines"}
    only_with_camps = {"camps", "camp_signups"}  # an academy whose people were asked to one stays where it is
    with_announcements = {
        "announcements",
        "schedules",
        "occurrences",
        "deliveries",
        "lanes",
    }  # their own, and no others
    # An academy with a note, or from which something was sent to a model, stays where it is.
    only_with_notes = {"notes", "note_people", "note_versions", "note_objections", "note_waiting", "note_sendings"}
    only_with_notes |= {"bank_notes", "bank_terms", "bank_trials", "bank_vectors", "bank_withdrawn"}
    made_again = {"themes", "synonyms", "vectors", "codes"}
    made_again |= {"camp_stations", "camp_handovers"}  # like the camp that they belong to
    made_again |= {"polls", "ballots"}  # only drafts can be there: a poll that was opened is a life of one's own
    made_again |= {"challenges", "challenge_answers", "challenge_invitations"}  # only drafts, for the same reason
    made_again |= {"note_jobs"}  # a conversation that is being read: it is read again
    made_again |= {"calendar_keys"}  # an address for a calendar program, shown again by a button
    the_webs = {"conversations", "participants", "messages", "read_marks"}
    known = (
        moved
        | by_hand
        | with_announcements
        | only_with_introductions
        | only_with_camps
        | only_with_notes
        | made_again
        | the_webs
    )
    assert {table.name for table in TABLES if not table.name.startswith("slack_")} == known
