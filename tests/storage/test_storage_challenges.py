"""Challenges, answers and invitations come back as they were put, what people wrote sealed; each member has one of each."""

from dataclasses import replace
from datetime import timedelta

from bot.challenges.domain import ChallengeState
from bot.identity import ChallengeId, MemberId, WorkspaceId, new_id
from tests import databases
from tests.challenge_values import a_challenge, an_answer, an_invitation
from tests.databases import Storage
from tests.storage_values import NOW

ANNA, BO = MemberId(new_id()), MemberId(new_id())


async def test_a_challenge_comes_back_as_it_was_put(storage: Storage, here: WorkspaceId) -> None:
    full = a_challenge(ANNA)
    plain = a_challenge(
        BO,
        view="",
        themes=(),
        place=None,
        closes_at=None,
        schedule=None,
        opened_at=None,
        closed_at=None,
        closing=None,
        note=None,
        forgotten=False,
        private=False,
        state=ChallengeState.DRAFT,
    )
    async with storage.units(here) as work:
        await work.challenges.put(full)
        await work.challenges.put(plain)
        await work.challenges.put(replace(plain, question="Hvad nu?", revision=5))
        await work.commit()
    async with storage.units(here, reading=True) as work:
        assert await work.challenges.get(full.id) == full
        assert await work.challenges.get(plain.id) == replace(plain, question="Hvad nu?", revision=5)
        assert await work.challenges.get(ChallengeId(new_id())) is None


async def test_the_newest_come_first_and_what_is_over_is_found(storage: Storage, here: WorkspaceId) -> None:
    opened = [a_challenge(ANNA, made_at=NOW + timedelta(minutes=place)) for place in range(3)]
    old, young = (a_challenge(ANNA, state=ChallengeState.DRAFT, made_at=NOW - timedelta(days=days)) for days in (3, 0))
    over = [
        a_challenge(ANNA, state=ChallengeState.CLOSED, closed_at=NOW - timedelta(days=days)) for days in (1, 20, 40)
    ]
    async with storage.units(here) as work:
        for one in (*opened, old, young, *over):
            await work.challenges.put(one)
        assert await work.challenges.in_states([ChallengeState.OPEN], 2) == [opened[2], opened[1]]
        assert await work.challenges.forget_drafts_before(NOW - timedelta(days=2)) == 1
        assert await work.challenges.in_states([ChallengeState.DRAFT]) == [young]
        assert await work.challenges.closed_before(NOW - timedelta(days=14)) == [over[2].id, over[1].id]


async def test_a_member_has_one_answer_and_one_invitation(storage: Storage, here: WorkspaceId) -> None:
    one, other = a_challenge(ANNA), a_challenge(ANNA)
    first = an_answer(one.id, BO)
    second = an_answer(one.id, ANNA, at=NOW + timedelta(minutes=1), shown=True, held=False, sees="")
    elsewhere = an_answer(other.id, BO, at=NOW + timedelta(minutes=2))
    asked = an_invitation(one.id, BO)
    later = an_invitation(other.id, BO, at=NOW + timedelta(days=1), declined_at=None)
    async with storage.units(here) as work:
        for challenge in (one, other):
            await work.challenges.put(challenge)
        for answer in (replace(first, suggests="x"), second, elsewhere, first):
            await work.challenges.put_answer(answer)
        await work.challenges.put_invitations([replace(asked, declined_at=None), later])
        await work.challenges.put_invitations([asked])
        await work.challenges.put_invitations([])
        await work.commit()
    async with storage.units(here) as work:
        assert await work.challenges.answer(one.id, BO) == first
        assert await work.challenges.answer(other.id, ANNA) is None
        assert await work.challenges.answers(one.id) == [first, second]
        assert await work.challenges.answers_by(BO) == [first, elsewhere]
        assert await work.challenges.invitations(one.id) == [asked]
        assert await work.challenges.invitations_to(BO) == [later, asked]
        assert await work.challenges.invited_since(NOW + timedelta(hours=1)) == [later]
        assert await work.challenges.remove_answer(one.id, ANNA)
        assert not await work.challenges.remove_answer(one.id, ANNA)
        await work.challenges.remove_invitation(other.id, BO)
        await work.challenges.remove_invitation(other.id, BO)
        assert await work.challenges.forget_said(one.id) == 2
        assert await work.challenges.answers_by(BO) == [elsewhere]
        await work.challenges.remove(other.id)
        await work.challenges.remove(other.id)
        assert await work.challenges.get(other.id) is None
        assert await work.challenges.answers_by(BO) == []
        assert await work.challenges.get(one.id) == one


async def test_another_author_takes_over(storage: Storage, here: WorkspaceId) -> None:
    mine, theirs = a_challenge(ANNA), a_challenge(BO)
    other = MemberId(new_id())
    async with storage.units(here) as work:
        await work.challenges.put(mine)
        await work.challenges.put(theirs)
        await work.challenges.give_to(ANNA, other)
        assert await work.challenges.get(mine.id) == replace(mine, author=other)
        assert await work.challenges.get(theirs.id) == theirs


async def test_the_database_holds_no_word_of_it_to_read(real: Storage, database_url: str) -> None:
    here, one = await real.workspace(), a_challenge(ANNA)
    async with real.units(here) as work:
        await work.challenges.put(one)
        await work.challenges.put_answer(an_answer(one.id, BO))
        await work.challenges.put_invitations([an_invitation(one.id, BO)])
        await work.commit()
    tables = ("challenges", "challenge_answers", "challenge_invitations")
    stored = str([databases.rows_of(database_url, f"SELECT * FROM {table}") for table in tables])  # noqa: S608 - our own names
    for word in ("spise", "alene", "klokken", "hallen", "lokaler"):
        assert word not in stored
