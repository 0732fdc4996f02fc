"""What adapters find again, half-filled forms, codes, and lines carried between platforms."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.deliveries.domain import Letter, ToMember
from bot.errors import Taken
from bot.identity import Account, LineId, MemberId, WorkspaceId, new_id
from bot.introductions.domain import Line
from bot.members.domain import LinkCode, LinkKind
from bot.repositories import FormDraft
from tests import databases
from tests.databases import Storage
from tests.storage_values import NOW, a_delivery, a_member, an_intro

SOMEBODY = Account("discord", "7")
LATER = NOW + timedelta(hours=1)


async def test_a_landmark_is_found_by_kind_and_key(storage: Storage, here: WorkspaceId) -> None:
    async with storage.units(here) as work:
        await work.landmarks.put("discord", "room", "key", "1", NOW)
        await work.landmarks.put("discord", "nook", "key", "2", NOW)
        await work.landmarks.put("slack", "room", "key", "3", NOW)
        await work.landmarks.put("discord", "room", "key", "4", LATER)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.landmarks.get("discord", "room", "key") == "4"
        assert await work.landmarks.get("discord", "nook", "key") == "2"
        assert await work.landmarks.get("slack", "room", "key") == "3"
        assert await work.landmarks.get("discord", "room", "other") is None
        await work.landmarks.forget("discord", "nook", "key")
        await work.landmarks.forget("discord", "nook", "key")
        assert await work.landmarks.get("discord", "nook", "key") is None
        assert await work.landmarks.forget_before("room", LATER) == 1
        assert await work.landmarks.get("slack", "room", "key") is None
        assert await work.landmarks.get("discord", "room", "key") == "4"


async def test_a_half_filled_form_is_kept_as_it_was_filled(storage: Storage, here: WorkspaceId) -> None:
    draft = FormDraft(SOMEBODY, "wire", {"name": "Åse", "themes": ("ageing", "health")}, {"name": "m"}, 1, NOW)
    further = replace(draft, values={"name": "Åse Ø"}, step=2, at=LATER)
    async with storage.units(here) as work:
        await work.drafts.put(draft)
        await work.drafts.put(replace(draft, wire="other"))
        assert await work.drafts.get(SOMEBODY, "wire") == draft
        await work.drafts.put(further)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.drafts.get(SOMEBODY, "wire") == further
        assert await work.drafts.get(Account("slack", "7"), "wire") is None
        assert await work.drafts.forget_before(LATER) == 1
        assert await work.drafts.get(SOMEBODY, "other") is None
        await work.drafts.forget(SOMEBODY, "wire")
        await work.drafts.forget(SOMEBODY, "wire")
        assert await work.drafts.get(SOMEBODY, "wire") is None


async def test_what_was_typed_is_sealed(real: Storage, database_url: str) -> None:
    here = await real.workspace()
    member = a_member(accounts=(SOMEBODY,))
    intro = an_intro(member.id, member.id)
    async with real.units(here) as work:
        await work.members.put(member)
        await work.rounds.add_intros([replace(intro, round=None)])
        await work.landmarks.put("discord", "handle", "7", "hemmeligt", NOW)
        await work.drafts.put(FormDraft(SOMEBODY, "wire", {"name": "hemmeligt"}, {}, 1, NOW))
        await work.lines.add(Line(LineId(new_id()), intro.id, member.id, member.id, "hemmeligt", NOW))
        await work.codes.put("WDJBMJHT", a_code(member.id))
        await work.commit()
    for table in ("landmarks", "drafts", "lines", "codes"):
        stored = str(databases.rows_of(database_url, f"SELECT * FROM {table}"))  # noqa: S608 - a test's own words
        assert stored != "[]"
        assert "hemmeligt" not in stored
        assert "WDJB" not in stored


def a_code(member: MemberId, kind: LinkKind = LinkKind.PROFILE) -> LinkCode:
    return LinkCode(kind, member, SOMEBODY, NOW + timedelta(minutes=10))


async def test_a_code_is_found_by_its_first_half_and_proven_by_the_second(storage: Storage, here: WorkspaceId) -> None:
    member = a_member(accounts=(SOMEBODY,))
    async with storage.units(here) as work:
        await work.members.put(member)
        await work.codes.put("WDJBMJHT", a_code(member.id))
        await work.commit()
    async with storage.units(here) as work:
        assert await work.codes.find("WDJBMJHT") == a_code(member.id)
        assert await work.codes.find("WDJBBBBB") == replace(a_code(member.id), proven=False)
        assert await work.codes.find("BBBBMJHT") is None
        found = await storage.directory.with_code("WDJBXXXX")
        assert found is not None
        assert found.id == here
        assert await storage.directory.with_code("BBBBMJHT") is None
        await work.codes.missed("BBBBMJHT", 2)
        await work.codes.missed("WDJBBBBB", 2)
        assert await work.codes.find("WDJBMJHT") is not None
        await work.codes.missed("WDJBBBBB", 2)
        assert await work.codes.find("WDJBMJHT") is None


async def test_somebody_has_one_code_for_one_purpose(storage: Storage, here: WorkspaceId) -> None:
    member, other = a_member(accounts=(SOMEBODY,)), a_member()
    async with storage.units(here) as work:
        await work.members.put_all([member, other])
        await work.codes.put("WDJBMJHT", a_code(member.id))
        await work.codes.put("LMNPRSTV", a_code(member.id, LinkKind.ACADEMY))
        await work.codes.put("BCDFGHJK", a_code(member.id))
        assert await work.codes.find("WDJBMJHT") is None
        assert await work.codes.find("LMNPRSTV") is not None
        await work.codes.forget("LMNPRSTV")
        await work.codes.forget("LMNPRSTV")
        assert await work.codes.forget_before(NOW) == 0
        assert await work.codes.forget_before(NOW + timedelta(minutes=10)) == 1
        await work.codes.put("WDJBMJHT", a_code(member.id))
        await work.commit()
    async with storage.units(here) as work:
        with pytest.raises(Taken):
            await work.codes.put("WDJBXXXX", a_code(other.id))


async def test_lines_are_read_in_their_order_and_change_hands(storage: Storage, here: WorkspaceId) -> None:
    one, two, three = a_member(), a_member(), a_member()
    intro = replace(an_intro(one.id, two.id), round=None)
    first = Line(LineId(new_id()), intro.id, one.id, two.id, "Hej", NOW)
    second = Line(LineId(new_id()), intro.id, two.id, one.id, "Hej igen 🌉", LATER)
    async with storage.units(here) as work:
        await work.members.put_all([one, two, three])
        await work.rounds.add_intros([intro])
        await work.lines.add(second)
        await work.lines.add(first)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.lines.between(intro.id) == [first, second]
        assert await work.lines.get(first.id) == first
        assert await work.lines.get(LineId(new_id())) is None
        await work.lines.give_to(one.id, three.id)
        assert [(line.author, line.to) for line in await work.lines.between(intro.id)] == [
            (three.id, two.id),
            (two.id, three.id),
        ]
        assert await work.lines.forget_before(LATER) == 1
        assert [line.id for line in await work.lines.between(intro.id)] == [second.id]


async def test_a_member_who_is_erased_takes_all_of_it_along(storage: Storage, here: WorkspaceId) -> None:
    leaves, stays = a_member(), a_member()
    intro = replace(an_intro(leaves.id, stays.id), round=None)
    async with storage.units(here) as work:
        await work.members.put_all([leaves, stays])
        await work.rounds.add_intros([intro])
        for member, code in ((leaves, "WDJBMJHT"), (stays, "BCDFGHJK")):
            account = member.accounts[0]
            await work.landmarks.put(account.platform, "nook", account.user, "T1", NOW)
            await work.drafts.put(FormDraft(account, "wire", {}, {}, 1, NOW))
            await work.codes.put(code, a_code(member.id))
        await work.lines.add(Line(LineId(new_id()), intro.id, leaves.id, stays.id, "Hej", NOW))
        await work.lines.add(Line(LineId(new_id()), intro.id, stays.id, leaves.id, "Hej", NOW))
        await work.members.forget(leaves.id, NOW)
        await work.commit()
    async with storage.units(here) as work:
        for member, code, there in ((leaves, "WDJBMJHT", False), (stays, "BCDFGHJK", True)):
            account = member.accounts[0]
            assert (await work.landmarks.get(account.platform, "nook", account.user) is not None) is there
            assert (await work.drafts.get(account, "wire") is not None) is there
            assert (await work.codes.find(code) is not None) is there
        assert [line.author for line in await work.lines.between(intro.id)] == [stays.id]


async def test_deliveries_name_another_member(
    storage: Storage, here: WorkspaceId, greeting_to: Callable[[MemberId], Letter]
) -> None:
    gone, kept, other = a_member(), a_member(), a_member()
    theirs = a_delivery(greeting_to(gone.id), key=f"offer:{gone.id}", target=ToMember(gone.id))
    both = [a_delivery(greeting_to(who.id), key=f"ready:{who.id}", target=ToMember(who.id)) for who in (gone, kept)]
    others = a_delivery(greeting_to(other.id), key=f"offer:{other.id}", target=ToMember(other.id))
    named = a_delivery(greeting_to(gone.id), key="plain", target=ToMember(other.id))
    async with storage.units(here) as work:
        await work.deliveries.add([theirs, *both, others, named])
        await work.commit()
    async with storage.units(here) as work:
        assert await work.deliveries.give_to(gone.id, kept.id) == 2
        await work.commit()
    async with storage.units(here, reading=True) as work:
        given = await work.deliveries.by_key(f"offer:{kept.id}")
        assert given is not None
        assert (given.id, given.target, given.letter) == (theirs.id, ToMember(kept.id), greeting_to(kept.id))
        left = await work.deliveries.by_key(f"ready:{gone.id}")
        assert left is not None
        assert left.target == ToMember(gone.id)
        assert await work.deliveries.by_key(f"offer:{other.id}") == others
        plain = await work.deliveries.by_key("plain")
        assert plain is not None
        assert (plain.target, plain.letter) == (ToMember(other.id), greeting_to(kept.id))
