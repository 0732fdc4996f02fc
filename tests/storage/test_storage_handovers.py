"""What follows camps comes back as it was put, sealed, and in no order that tells whose an answer is."""

from dataclasses import replace
from datetime import date

from bot.camps.handover.domain import Opinion, Rating
from bot.identity import CampId, MemberId, WorkspaceId, new_id
from tests.databases import Storage
from tests.storage_values import a_camp, a_hand_over


def somebody() -> MemberId:
    return MemberId(new_id())


async def test_it_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    camp, anna = a_camp(somebody()), somebody()
    full = a_hand_over(camp.id, anna)
    plain = replace(full, notes="", notes_by=None, shared_at=None, asked_at=None, answered=frozenset(), opinions=())
    async with storage.units(here) as work:
        await work.camps.put(camp)
        await work.handovers.put(full)
        assert await work.handovers.get(camp.id) == full
        assert await work.handovers.naming(anna) == [full]
        assert await work.handovers.naming(somebody()) == []
        await work.handovers.put(plain)
        await work.commit()
    async with storage.units(here) as work:
        assert await work.handovers.get(camp.id) == plain
        assert await work.handovers.naming(anna) == []
        assert await work.handovers.get(CampId(new_id())) is None


async def test_who_answered_is_forgotten_and_what_was_said_stays(storage: Storage, here: WorkspaceId) -> None:
    old, new = a_camp(somebody(), day=date(2026, 3, 22)), a_camp(somebody(), day=date(2026, 3, 23))
    async with storage.units(here) as work:
        for camp in (old, new):
            await work.camps.put(camp)
            await work.handovers.put(a_hand_over(camp.id, somebody()))
        assert await work.handovers.forget_who_answered_before(new.day) == 1
        assert await work.handovers.forget_who_answered_before(new.day) == 0
        kept, untouched = await work.handovers.get(old.id), await work.handovers.get(new.id)
    assert kept is not None
    assert (len(kept.answered), len(kept.opinions)) == (0, 2)
    assert untouched is not None
    assert len(untouched.answered) == 1


async def test_who_comes_first_cannot_be_told(storage: Storage, here: WorkspaceId) -> None:
    camp, people = a_camp(somebody()), [somebody() for _ in range(3)]
    kept = a_hand_over(camp.id, people[0], answered=frozenset(), opinions=())
    said = [Opinion(Rating.GOOD, words=words) for words in ("Ost", "Ananas", "Brød")]
    for member, opinion in zip(reversed(people), said, strict=True):
        kept = kept.answered_by(member, opinion)
    assert [one.words for one in kept.opinions] == ["Ananas", "Brød", "Ost"]
    async with storage.units(here) as work:
        await work.camps.put(camp)
        await work.handovers.put(kept)
        assert await work.handovers.get(camp.id) == kept
