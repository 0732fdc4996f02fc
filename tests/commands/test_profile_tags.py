"""Whole sentences in a profile: kept as they are, with short tags suggested and taken by a press."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.identity import WorkspaceId
from bot.members.domain import Consent, Member, Side
from bot.members.service import MemberService
from tests.databases import Storage
from tests.introductions_talk import a_small_academy
from tests.members_talk import PROFILE, Answer, Person, Talk, a_member, an_academy, kept

SENTENCE = "Vi leder efter et sted hvor vores unge kan mødes om aftenen, og nogen der ved noget om jura"
ENGLISH = "We need a place where our young people can meet in the evening, and somebody who knows the law"


@pytest.fixture(params=["memory", "sqlite"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Storage, None]:
    async with kept(str(request.param), tmp_path) as there:
        yield there


@pytest.fixture
async def talk(storage: Storage) -> Talk:
    return await an_academy(storage=storage)


async def writes(person: Person, language: str = "en", **lists: str) -> Answer:
    await person.types("/profile")
    return await person.fills({**PROFILE, "needs": "", "offers": "", "language": (language,), **lists})


async def others(talk: Talk, *members: Member) -> None:
    for number, member in enumerate(members):
        known = a_member(f"U10{number}", name=f"Member {number}", consent=member.consent)
        await talk.joins(replace(known, needs=member.needs, offers=member.offers))


def tells(answer: Answer) -> list[str]:
    return [label for label in answer.buttons if label.startswith(("Add “", "Tilføj “"))]


class TestASentence:
    async def test_is_kept_just_as_it_was_typed_with_its_commas(self, talk: Talk) -> None:
        mette = await talk.joins(a_member(language="da"))
        answer = await writes(mette, "da", needs=f"{SENTENCE}\nlokaler, frivillige")
        assert (await mette.member()).needs == (SENTENCE, "lokaler", "frivillige")
        assert SENTENCE in answer.text

    async def test_is_answered_with_tags_in_the_members_language(self, talk: Talk) -> None:
        mette = await talk.joins(a_member(language="da"))
        answer = await writes(mette, "da", needs=SENTENCE)
        assert "Skal jeg tilføje stikord for det?" in answer.text
        assert tells(answer) == ["Tilføj “lokaler”", "Tilføj “juridisk rådgivning”"]
        english = await talk.joins(a_member("U2", name="Bo"))
        assert tells(await writes(english, needs=ENGLISH)) == ["Add “premises”", "Add “legal advice”"]

    async def test_gets_its_tags_one_by_one_and_goes_only_when_told(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await writes(mette, needs=ENGLISH)
        first = mette.last.buttons["Add “premises”"]
        answer = await mette.presses(first)
        assert answer.replaced
        assert "Stands beside it now: premises." in answer.text
        assert (await mette.member()).needs == (ENGLISH, "premises")
        assert set(answer.buttons) == {"Add “legal advice”", "Only the tags, without my sentence", "Keep both"}

        await mette.presses(first)
        assert (await mette.member()).needs == (ENGLISH, "premises")
        answer = await mette.presses("Add “legal advice”")
        assert "premises and legal advice" in answer.text

        only = answer.buttons["Only the tags, without my sentence"]
        answer = await mette.presses(only)
        assert "These stand there now instead of your sentence: premises and legal advice." in answer.text
        assert (await mette.member()).needs == ("premises", "legal advice")
        for late in (only, first):
            assert "You have changed that sentence since. /profile show" in (await mette.presses(late)).text
        assert (await mette.member()).needs == ("premises", "legal advice")

    async def test_stays_when_that_is_wished(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await writes(mette, needs=ENGLISH)
        answer = await mette.presses("Keep mine as it is")
        assert answer.replaced
        assert "It stays just as you wrote it." in answer.text
        assert (await mette.member()).needs == (ENGLISH,)

    async def test_does_not_go_before_a_tag_stands_beside_it(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await writes(mette, needs=ENGLISH)
        answer = await mette.presses("Add “premises”")
        only = answer.buttons["Only the tags, without my sentence"]
        await writes(mette, needs=ENGLISH)
        assert "Add one of the tags first" in (await mette.presses(only)).text
        assert (await mette.member()).needs == (ENGLISH,)

    async def test_among_the_offers_is_treated_alike(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        answer = await writes(mette, offers="we can drive people with our minibus at the weekends.")
        assert "found by everybody who looks for the same" in answer.text
        await mette.presses("Add “transport”")
        assert (await mette.member()).offers[1:] == ("transport",)

    async def test_is_asked_about_once(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        assert tells(await writes(mette, needs=ENGLISH))
        assert not tells(await writes(mette, needs=ENGLISH))
        assert not tells(await writes(mette, needs=f"{ENGLISH}\npremises\nlegal advice"))

    async def test_is_not_asked_about_where_its_tags_stand_there_already(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        assert not tells(await writes(mette, needs=f"{ENGLISH}\nmeeting rooms\nlaw"))

    async def test_of_many_only_two_are_asked_about(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        needs = "\n".join(f"{number} of our young people would like a room" for number in range(4))
        assert len((await writes(mette, needs=needs)).cards) == 3

    async def test_of_which_nothing_is_known_is_just_saved(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        answer = await writes(mette, needs="zyxw vuts rqpo nmlk jihg fedc")
        assert len(answer.cards) == 1

    async def test_that_came_with_the_roster_gets_its_tags_from_the_profile_card(self, talk: Talk) -> None:
        mette = await talk.joins(replace(a_member(), needs=(ENGLISH,), offers=("zyxw vuts rqpo nmlk jihg fedc",)))
        await mette.types("/profile show")
        answer = await mette.presses("Short tags for my sentences")
        assert tells(answer) == ["Add “premises”", "Add “legal advice”"]
        await mette.presses("Add “premises”")
        await mette.presses("Add “legal advice”")
        await mette.types("/profile show")
        assert "I find no shorter words" in (await mette.presses("Short tags for my sentences")).text
        bo = await talk.joins(a_member("U2", name="Bo"))
        assert "Short tags for my sentences" not in (await bo.types("/profile show")).buttons
        assert "I find no shorter words" in (await bo.sends("tag_ask.1")).text

    async def test_finds_no_room_for_a_tag_in_a_full_list(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await writes(mette, needs="\n".join([ENGLISH, *(f"need {number}" for number in range(19))]))
        assert "You have 20 already" in (await mette.presses("Add “premises”")).text
        assert len((await mette.member()).needs) == 20


class TestWhatOthersHave:
    async def test_an_offer_of_one_is_suggested_and_nobody_is_named(self, talk: Talk) -> None:
        await others(talk, replace(a_member(), offers=("strikkecafé",)))
        mette = await talk.joins(a_member())
        answer = await writes(mette, needs="noget med en strikkecafé for dem der bor alene")
        assert "Add “strikkecafé”" in tells(answer)
        assert "Member 0" not in answer.text

    async def test_a_need_of_one_is_kept_from_others_and_that_of_two_is_not(self, talk: Talk) -> None:
        await others(talk, replace(a_member(), needs=("strikkecafé",)))
        mette = await talk.joins(a_member())
        written = "noget med en strikkecafé for dem der bor alene"
        assert "strikkecafé" not in "".join(tells(await writes(mette, needs=written)))
        await talk.joins(replace(a_member("U200", name="Bo"), needs=("Strikkecafé",)))
        ida = await talk.joins(a_member("U201", name="Ida"))
        assert "trikkecafé" in "".join(tells(await writes(ida, needs=written)))

    async def test_of_somebody_who_has_not_said_yes_nothing_is_used(self, talk: Talk) -> None:
        await others(talk, replace(a_member(), offers=("strikkecafé",), consent=Consent.ASKED))
        mette = await talk.joins(a_member())
        answer = await writes(mette, needs="noget med en strikkecafé for dem der bor alene")
        assert "strikkecafé" not in "".join(tells(answer))

    async def test_a_tag_whose_owner_has_left_gets_a_kind_word(self, talk: Talk) -> None:
        bo = await talk.joins(replace(a_member("U2", name="Bo"), offers=("strikkecafé",)))
        mette = await talk.joins(a_member())
        await writes(mette, needs="noget med en strikkecafé for dem der bor alene")
        answer = mette.last
        await bo.types("/profile erase")
        await bo.presses("Forget me")
        assert "That tag is no longer there" in (await mette.presses(answer.buttons["Add “strikkecafé”"])).text

    async def test_the_academys_own_words_count(self, talk: Talk) -> None:
        await others(talk, replace(a_member(), offers=("flextur",)))
        await talk.members.put_words(talk.workspace, ("flextur", "telebil"))
        mette = await talk.joins(a_member())
        assert "Add “flextur”" in tells(await writes(mette, needs="en telebil der kan komme om aftenen"))


class KnowsLittle:
    """A language model's stand-in: it knows one word, and what that is about."""

    def __init__(self) -> None:
        self.said: Sequence[str] = ()

    async def near(self, workspace: WorkspaceId, said: Sequence[str], tags: Sequence[str]) -> Sequence[float]:
        assert workspace
        self.said = said
        return [0.9 if tag == "ugens fisk" and any("torsk" in one for one in said) else 0.0 for tag in tags]


async def test_a_language_model_adds_what_words_do_not_tell(talk: Talk) -> None:
    model = KnowsLittle()
    members = MemberService(talk.memory.units, talk.clock, nearness=model)
    await others(talk, replace(a_member(), offers=("ugens fisk",)))
    sentence = "vi vil gerne prøve torsk en gang, og have lokaler til det"
    mette = await (await talk.joins(replace(a_member(), needs=(sentence,)))).member()
    (suggested,) = await members.suggested(talk.workspace, mette.id, [(Side.NEEDS, sentence)])
    assert [tag.text for tag in suggested.tags] == ["premises", "ugens fisk"]
    assert "have lokaler til det" in model.said


class TestPersonalData:
    @pytest.mark.parametrize(
        ("field", "typed", "said"),
        [
            ("needs", "hjælp til 010170-1234", "looks like a CPR number"),
            ("offers", "ring til mig på 20 30 40 50", "looks like a phone number"),
            ("themes", "skriv til mette@example.org", "looks like an e-mail address"),
        ],
    )
    async def test_is_refused_by_the_field_and_nothing_is_saved(
        self, talk: Talk, field: str, typed: str, said: str
    ) -> None:
        mette = await talk.joins(a_member())
        answer = await writes(mette, **{field: f"lokaler\n{typed}"})
        assert list(answer.problems) == [field]
        assert said in answer.problems[field]
        assert (await mette.member()).needs == ()

    async def test_is_none_where_it_only_looks_a_little_like_it(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await writes(mette, needs="20000000 kr. over tre år\nlokaler 2025-2026")
        assert (await mette.member()).needs == ("20000000 kr. over tre år", "lokaler 2025-2026")


class TestWithoutNeedsAndOffers:
    async def test_a_line_on_cards_says_what_two_lines_would_do(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        line = "With one need and one offer I can find somebody who has what you look for"
        assert line in (await writes(mette)).text
        assert line in (await mette.types("/profile show")).text
        assert line not in (await writes(mette, offers="rooms")).text
        assert line not in (await mette.types("/profile show")).text
        assert await talk.deliveries() == []

    async def test_it_stands_in_the_status_of_introductions_too(self) -> None:
        academy = await a_small_academy()
        line = "With one need and one offer"
        assert line not in (await academy["Anna"].types("/match")).text
        async with academy.memory.units(academy.workspace) as work:
            anna = await work.members.get(academy.ids["Anna"])
            assert anna is not None
            await work.members.put(replace(anna, needs=(), offers=()))
            await work.commit()
        assert line in (await academy["Anna"].types("/match")).text
