"""``/academy words``: organisers decide which words mean the same in their academy."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.members.limits import WORD_GROUPS
from bot.messages.text import flat
from tests.databases import Storage
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser, kept


@pytest.fixture(params=["memory", "sqlite"])
async def storage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncGenerator[Storage, None]:
    async with kept(str(request.param), tmp_path) as there:
        yield there


@pytest.fixture
async def talk(storage: Storage) -> Talk:
    return await an_academy(storage=storage)


@pytest.fixture
async def odd(talk: Talk) -> Person:
    return await talk.joins(an_organiser())


async def stored(talk: Talk) -> list[tuple[str, ...]]:
    async with talk.memory.units(talk.workspace, reading=True) as work:
        return [group.words for group in await work.vocabulary.synonyms()]


async def adds(person: Person, words: str) -> None:
    await person.types("/academy words")
    await person.presses("Add words")
    await person.fills({"words": words})


async def test_words_are_added_and_what_they_do_is_counted_without_naming_anybody(talk: Talk, odd: Person) -> None:
    await talk.joins(replace(a_member(), needs=("Flextur", "frivillige"), offers=("kaffevogn",)))
    await talk.joins(replace(a_member("U2", name="Bo Brun"), offers=("flexture om mandagen", "flextur", "telebil")))
    answer = await odd.types("/academy words")
    assert "I know many words already" in answer.text

    await odd.presses("Add words")
    answer = await odd.fills({"words": "flextur\ntelebil"})

    assert "Saved." in answer.text
    assert "flextur = telebil" in answer.text
    assert "They stand 4 times in the members' profiles, written in 3 ways." in answer.text
    assert "Bo" not in answer.text
    assert await stored(talk) == [("flextur", "telebil")]
    answer = await odd.presses("All words")
    assert answer.replaced
    assert "flextur = telebil – 4 times in profiles" in answer.text


async def test_in_danish_with_the_first_word_typed(talk: Talk) -> None:
    odd = await talk.joins(an_organiser(language="da"))
    form = (await odd.types("/akademi ord flextur")).form
    assert (form.title, getattr(form.fields[0], "value", None)) == ("Tilføj ord", ("flextur",))
    answer = await odd.fills({"words": "flextur, telebil, flextur"})
    assert "Gemt." in answer.text
    assert "Ingen profil nævner dem endnu." in answer.text
    assert await stored(talk) == [("flextur", "telebil")]


async def test_a_group_is_changed_whatever_its_first_word_is_then(talk: Talk, odd: Person) -> None:
    await adds(odd, "flextur, telebil")
    await odd.types("/academy words")
    await odd.chooses("Look at a group", "flextur")
    form = (await odd.presses("Change")).form
    assert getattr(form.fields[0], "value", None) == ("flextur", "telebil")
    answer = await odd.fills({"words": "telebil\nteletaxi"})
    assert "telebil = teletaxi" in answer.text
    assert await stored(talk) == [("telebil", "teletaxi")]

    form = (await odd.types('/academy words "teletaxi, taxi"')).form
    assert form.title == "Change words"
    await odd.fills({"words": "telebil\nteletaxi\ntaxi"})
    assert await stored(talk) == [("telebil", "teletaxi", "taxi")]


async def test_a_group_is_removed_after_a_question_and_nobodys_profile_changes(talk: Talk, odd: Person) -> None:
    mette = await talk.joins(replace(a_member(), needs=("flextur",)))
    await adds(odd, "flextur, telebil")
    button = odd.last.buttons["Remove"]
    assert button.confirm is not None
    answer = await odd.presses(button)
    assert answer.replaced
    assert "Removed." in answer.text
    assert await stored(talk) == []
    assert (await mette.member()).needs == ("flextur",)
    assert "Those words are no longer there." in (await odd.presses(button)).text


class TestTwoOrganisersAtOnce:
    async def test_a_change_that_came_meanwhile_is_not_overwritten(self, talk: Talk, odd: Person) -> None:
        eva = await talk.joins(an_organiser("U9", name="Eva"))
        await adds(odd, "flextur, telebil")
        old_card = odd.last
        mine = (await odd.presses("Change")).form
        await eva.types("/academy words telebil")
        await eva.fills({"words": "flextur, telebil, teletaxi"})

        answer = await odd.fills({"words": "flextur, bybus"}, form=mine)
        assert "they are now: flextur, telebil, teletaxi" in answer.problems["words"]
        answer = await odd.presses(old_card.buttons["Remove"])
        assert "they are now: flextur, telebil, teletaxi" in answer.text
        assert await stored(talk) == [("flextur", "telebil", "teletaxi")]

    async def test_a_group_that_was_removed_meanwhile(self, talk: Talk, odd: Person) -> None:
        await adds(odd, "flextur, telebil")
        card = odd.last
        overview = await odd.types("/academy words")
        form = (await odd.presses(card.buttons["Change"])).form
        await odd.presses(card.buttons["Remove"])

        assert "Somebody has removed these words" in (await odd.fills({"words": "a1, b2"}, form=form)).problems["words"]
        assert (await odd.presses(card.buttons["Change"])).form.title == "Add words"
        (choice,) = overview.selects["Look at a group"].choices
        gone = await odd.sends("words_look.1:", chosen=(choice.value,))
        assert "Those words are no longer there." in gone.text
        assert await stored(talk) == []


class TestWhatCannotBe:
    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("flextur", "at least two words"),
            ("flextur, Flextur, flexturen", "at least two words"),
            ("flextur, 😀", "has no letter"),
            ("", "fill this in"),
            (", ;", "fill this in"),
            (f"flextur, {'x' * 61}", "under 60 characters"),
            (", ".join(f"word{number}" for number in range(21)), "At most 20"),
            ("bus, KAFFEVOGNE", "“KAFFEVOGNE” stands in another group already: kaffevogn, kaffebil."),
        ],
    )
    async def test_is_told_by_the_field(self, talk: Talk, odd: Person, typed: str, said: str) -> None:
        await adds(odd, "kaffevogn, kaffebil")
        await odd.types("/academy words")
        await odd.presses("Add words")
        answer = await odd.fills({"words": typed})
        assert said in answer.problems["words"]
        assert await stored(talk) == [("kaffevogn", "kaffebil")]

    async def test_nor_more_groups_than_can_be_kept(self, talk: Talk, odd: Person) -> None:
        for number in range(WORD_GROUPS):
            await talk.members.put_words(talk.workspace, (f"first{number}x", f"second{number}x"))
        await odd.types("/academy words")
        await odd.presses("Add words")
        assert "as many as I can keep apart" in (await odd.fills({"words": "a1, b1"})).problems["words"]


class TestTheBotsOwnTable:
    async def test_is_shown_where_a_word_is_known_already(self, odd: Person) -> None:
        form = (await odd.types("/academy words minibus flextur")).form
        assert "I know these as the same already: transport, kørsel" in flat(form.intro)
        assert "minibus" not in flat(form.intro)

    async def test_what_stands_there_can_be_taken_in(self, talk: Talk, odd: Person) -> None:
        await adds(odd, "kørsel, turvogn")
        await adds(odd, "minibus, flextur")
        assert "My own table says these together with one of them: transport" in odd.last.text
        take = odd.last.buttons["Take those in too"]
        answer = await odd.presses(take)
        assert answer.replaced
        assert "My own table" not in answer.text
        (_, words) = await stored(talk)
        assert {"minibus", "flextur", "transport", "befordring"} <= set(words)
        assert "kørsel" not in words
        assert "they are now" in (await odd.presses(take)).text


async def test_many_groups_are_turned_page_by_page(talk: Talk, odd: Person) -> None:
    for number in range(30):
        await talk.members.put_words(talk.workspace, (f"first{number:02}x", f"second{number:02}x"))
    answer = await odd.types("/academy words")
    assert "Page 1 of 3." in answer.text
    assert "Earlier" not in answer.buttons
    answer = await odd.presses("More")
    assert "first12x" in answer.text
    assert {"Earlier", "More"} <= set(answer.buttons)
    last = await odd.presses("More")
    assert "Page 3 of 3." in last.text
    assert "More" not in last.buttons
    assert "first12x" in (await odd.presses("Earlier")).text
    assert "Page 3 of 3." in (await odd.sends("words_show.1:99")).text


async def test_is_for_organisers(talk: Talk) -> None:
    mette = await talk.joins(a_member())
    assert "Only an organiser can do that." in (await mette.types("/academy words")).text
    for wire in ("words_show.1:0", "words_look.1:", "words_write.1::", "words_take.1:a:b", "words_remove.1:a:b"):
        assert "Only an organiser can do that." in (await mette.sends(wire)).text


async def test_of_two_who_save_the_same_group_at_once_one_is_told(talk: Talk, odd: Person) -> None:
    eva = await talk.joins(an_organiser("U9", name="Eva"))
    await adds(odd, "flextur, telebil")
    await eva.types("/academy words flextur")
    await odd.types("/academy words flextur")
    await asyncio.gather(odd.fills({"words": "flextur, bybus"}), eva.fills({"words": "flextur, teletaxi"}))
    told = [person.last.problems.get("words", "") for person in (odd, eva)]
    assert sorted(map(bool, told)) == [False, True]
    left = (await stored(talk))[0]
    assert left in {("flextur", "bybus"), ("flextur", "teletaxi")}
    assert f"they are now: {', '.join(left)}" in "".join(told)
