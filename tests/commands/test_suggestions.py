"""What stands in the options' menus of the real commands while somebody types."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.interactions import Tables
from bot.members.domain import Consent, Synonyms
from commands import ACTIONS, COMMANDS, FORMS
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser

TABLES: Tables = (COMMANDS, ACTIONS, FORMS)


@pytest.fixture
async def talk() -> Talk:
    return await an_academy(tables=TABLES)


@pytest.fixture
async def karen(talk: Talk) -> Person:
    """A member among others who offer and need things."""
    for user, needs, offers in (
        ("U2", ("minibus", "legal advice"), ("premises", "data")),
        ("U3", ("Minibus",), ("Premises", "mentors")),
        ("U4", (), ("money",)),
    ):
        await talk.joins(replace(a_member(user), needs=needs, offers=offers))
    await talk.joins(replace(a_member("U5"), offers=("gold",), consent=Consent.NOT_NOW))
    return await talk.joins(replace(a_member("U1"), offers=("a secret hut",)))


@pytest.fixture
async def odd(talk: Talk) -> Person:
    return await talk.joins(an_organiser())


class TestLookingForSomebody:
    async def terms(self, person: Person, typed: str) -> Sequence[str]:
        return await person.suggested("match", "find", "term", typed)

    async def test_themes_and_what_others_offer_most_common_first(self, karen: Person) -> None:
        found = await self.terms(karen, "")
        assert found[:2] == ["ageing", "children with special needs"]
        assert found[-4:] == ["Premises", "data", "mentors", "money"]

    async def test_what_fits(self, karen: Person) -> None:
        assert await self.terms(karen, "prem") == ["Premises"]
        assert await self.terms(karen, "lon") == ["loneliness"]

    @pytest.mark.parametrize("typed", ["hut", "gold", "minib", "legal"])
    async def test_not_my_own_offers_nor_of_those_who_take_no_part_nor_anybodys_needs(
        self, karen: Person, typed: str
    ) -> None:
        assert await self.terms(karen, typed) == []

    async def test_somebody_without_a_profile_sees_none(self, talk: Talk, karen: Person) -> None:
        del karen
        assert await self.terms(talk.somebody("U9", "New"), "") == []

    async def test_it_may_be_a_minute_old_and_no_older(self, talk: Talk, karen: Person) -> None:
        assert await self.terms(karen, "wood") == []
        await talk.joins(replace(a_member("U6"), offers=("a workshop for wood",)))
        assert await self.terms(karen, "wood") == []
        talk.clock.advance(minutes=1)
        assert await self.terms(karen, "wood") == ["a workshop for wood"]

    async def test_many_who_look_are_not_all_remembered(self, talk: Talk, karen: Person) -> None:
        for number in range(70):
            somebody = await talk.joins(a_member(f"V{number}"))
            assert await self.terms(somebody, "prem") == ["Premises"]
        assert await self.terms(karen, "prem") == ["Premises"]


class TestTheAcademysLists:
    async def test_keys_of_sectors_and_themes_in_the_alphabets_order(self, odd: Person) -> None:
        assert await odd.suggested("academy", "sector", "key", "") == [
            "business (business)",
            "civil society (civil_society)",
            "foundation (foundation)",
            "municipality (municipality)",
            "research (research)",
        ]
        assert await odd.suggested("academy", "theme", "key", "you") == ["young people (youth)"]

    async def test_in_the_readers_language(self, talk: Talk) -> None:
        danish = await talk.joins(an_organiser("U8", language="da"))
        assert await danish.suggested("academy", "theme", "key", "æl") == ["ældre (ageing)"]

    async def test_members_see_none(self, karen: Person) -> None:
        assert await karen.suggested("academy", "sector", "key", "") == []

    async def test_words_that_may_mean_the_same(self, talk: Talk, karen: Person, odd: Person) -> None:
        del karen
        async with talk.memory.units(talk.workspace) as work:
            await work.vocabulary.put_synonyms(Synonyms("flexbus", ("flexbus", "shared car")))
            await work.commit()
        assert await odd.suggested("academy", "words", "words", "flex") == ["flexbus"]
        assert await odd.suggested("academy", "words", "words", "flexbus, mini") == ["flexbus, Minibus"]
        assert await odd.suggested("academy", "words", "words", "legal") == []


class TestTheWeeklyRule:
    async def times(self, person: Person, typed: str) -> Sequence[str]:
        return await person.suggested("match", "schedule", "every", typed)

    async def test_what_was_typed_is_shown_as_it_is_understood(self, odd: Person) -> None:
        assert (await self.times(odd, "tue 8.30"))[0] == "Tuesday at 08:30"
        found = await odd.talk.desk.suggest_option(odd.arrival(), "match", "schedule", "every", "hver tirsdag kl. 9")
        assert (found[0].value, found[0].label) == ("tuesday 09:00", "Tuesday at 09:00")

    async def test_before_that_the_usual_times_of_the_day(self, odd: Person) -> None:
        assert await self.times(odd, "tue") == ["Tuesday at 09:00", "Tuesday at 12:00", "Tuesday at 15:00"]
        assert len(await self.times(odd, "")) == 15
        assert (await self.times(odd, "tuesday at 09:00")) == ["Tuesday at 09:00"]

    async def test_what_is_suggested_is_what_the_command_takes(self, odd: Person) -> None:
        (found,) = await odd.talk.desk.suggest_option(odd.arrival(), "match", "schedule", "every", "Wednesday at 12:00")
        assert "Wednesday at 12:00" in (await odd.gives("match", "schedule", {"every": found.value})).text


async def test_somebody_without_a_profile_is_one_press_from_having_one(talk: Talk) -> None:
    new = talk.somebody("U9", "New")
    told = await new.types("/match find premises")
    assert "First tell me who you are" in told.text
    assert (await new.presses("Make my profile")).form.title == "Your profile"
