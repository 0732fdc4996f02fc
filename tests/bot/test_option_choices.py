"""What is suggested while somebody types an option."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arguments import entries
from bot.identity import Account
from bot.interactions import Call, Command, Option, OptionChoice, OptionKind, Tables, Verb, Who
from bot.messages.choosing import fitting
from bot.messages.elements import Card, Choice, Paragraph
from bot.messages.replies import Private, Replies
from bot.messages.text import plain
from bot.option_choices import LONGEST, MOST, day_choices
from bot.times import read_day
from tests.members_talk import Person, Talk, a_member, an_academy, an_organiser, words

TODAY = date(2026, 11, 22)  # a Sunday
TOWNS = ("Rødovre", "Aarhus", "Ny Aarhus", "Odense C")


async def says(call: Call) -> Replies:
    told = "; ".join(f"{key}={value}" for key, value in call.values.items())
    return (Private(Card("hi", (Paragraph(plain(told or "nothing")),))),)


async def towns(call: Call, typed: str) -> Sequence[Choice]:
    del call
    return fitting([Choice(town, town) for town in TOWNS], typed)


async def odd(call: Call, typed: str) -> Sequence[Choice]:
    del call, typed
    same = [Choice("a", "first"), Choice("a", "second"), Choice("", "empty"), Choice("b", " ")]
    return [
        *same,
        Choice("x" * 101, "too long"),
        Choice("c", "y" * 120),
        *(Choice(f"n{n}", f"n{n}") for n in range(40)),
    ]


async def broken(call: Call, typed: str) -> Sequence[Choice]:
    raise RuntimeError(f"{call.member.name} typed {typed}")


SIZES = (OptionChoice("s", {"en": "small", "da": "lille"}), OptionChoice("l", {"en": "large", "da": "stor"}))
TABLES: Tables = (
    (
        Command(
            "go",
            {"en": "go", "da": "rejs"},
            "Goes",
            (
                Verb(
                    run=says,
                    summary="Goes",
                    name="to",
                    who=Who.ALL,
                    options=(
                        Option("town", {"en": "town"}, "where", max_length=7, suggests=towns),
                        Option("towns", {"en": "towns"}, "where", kind=OptionKind.LIST, suggests=towns),
                        Option("bare", {"en": "bare"}, "what", kind=OptionKind.LIST),
                        Option("day", {"en": "day"}, "when", kind=OptionKind.DATE),
                        Option("size", {"en": "size"}, "how", kind=OptionKind.CHOICE, choices=SIZES),
                        Option("text", {"en": "text"}, "what"),
                        Option("odd", {"en": "odd"}, "what", suggests=odd),
                        Option("broken", {"en": "broken"}, "what", suggests=broken),
                        Option("open", {"en": "open"}, "is it open", kind=OptionKind.FLAG),
                        Option("who", {"en": "who"}, "whom", kind=OptionKind.MEMBER),
                    ),
                ),
                Verb(
                    run=says,
                    summary="Keys",
                    name="keys",
                    who=Who.ORGANISER,
                    options=(Option("town", {}, "", suggests=towns),),
                ),
            ),
            default="to",
        ),
    ),
    (),
    (),
)


@pytest.fixture
async def talk() -> Talk:
    return await an_academy(tables=TABLES)


@pytest.fixture
async def bo(talk: Talk) -> Person:
    return talk.somebody("U1", "Bo")


async def suggested(bo: Person, option: str, typed: str, verb: str = "to", command: str = "go") -> Sequence[str]:
    return await bo.suggested(command, verb, option, typed)


class TestWhatIsSuggested:
    async def test_what_fits_comes_best_first_and_only_what_the_option_takes(self, bo: Person) -> None:
        assert await suggested(bo, "town", "") == ["Rødovre", "Aarhus"]
        assert await suggested(bo, "town", "aar") == ["Aarhus"]

    async def test_a_choice_is_suggested_by_its_name_in_the_readers_language(self, bo: Person) -> None:
        assert await suggested(bo, "size", "l") == ["large", "small"]
        danish = bo.talk.somebody("U2", "Karen", language="da")
        assert await suggested(danish, "size", "st") == ["stor"]

    async def test_no_list_is_longer_and_no_text_is_longer_than_a_platform_takes(self, bo: Person) -> None:
        found = await bo.talk.desk.suggest_option(bo.arrival(), "go", "to", "odd", "")
        assert len(found) == MOST
        assert [one.value for one in found[:2]] == ["a", "c"]
        assert found[0].label == "first"
        assert found[1].label == "y" * (LONGEST - 1) + "…"

    @pytest.mark.parametrize("option", ["text", "bare", "open", "who", "nothing", "broken"])
    async def test_where_there_is_nothing_to_suggest_nothing_is(self, bo: Person, option: str) -> None:
        assert await suggested(bo, option, "a") == []

    async def test_nobody_sees_what_they_may_not_use(self, talk: Talk, bo: Person) -> None:
        assert await suggested(bo, "town", "", verb="keys") == []
        odd_one = await talk.joins(an_organiser())
        assert await suggested(odd_one, "town", "", verb="keys") == ["Rødovre", "Aarhus", "Ny Aarhus", "Odense C"]

    async def test_an_older_menu_suggests_nothing(self, bo: Person) -> None:
        assert await suggested(bo, "town", "", verb="from") == []
        assert await suggested(bo, "town", "", command="stay") == []


class TestALineWithSeveral:
    @pytest.mark.parametrize(
        ("typed", "line"),
        [
            ("rød", "Rødovre"),
            ("ny a", '"Ny Aarhus"'),
            ("Rødovre, aarh", "Rødovre, Aarhus"),
            ("Rødovre, ny a", "Rødovre, Ny Aarhus"),
            ("Rødovre,", "Rødovre, Aarhus"),
            ("Rødovre aarh", "Rødovre, Aarhus"),
            ("Rødovre ", "Rødovre, Aarhus"),
            ('"Ny Aarhus" od', "Ny Aarhus, Odense C"),
            ("", "Rødovre"),
        ],
    )
    async def test_the_last_entry_is_completed_and_the_others_stay(self, bo: Person, typed: str, line: str) -> None:
        assert (await suggested(bo, "towns", typed))[0] == line

    async def test_what_is_there_already_is_not_suggested_again(self, bo: Person) -> None:
        assert await suggested(bo, "towns", "rødovre, r") == ["rødovre, Aarhus", "rødovre, Ny Aarhus"]

    async def test_what_is_chosen_is_read_as_it_was_shown(self, bo: Person) -> None:
        for found in await bo.talk.desk.suggest_option(bo.arrival(), "go", "to", "towns", "Rødovre, "):
            assert entries(found.value)[0] == "Rødovre"
            assert len(entries(found.value)) == 2


class TestDays:
    def choices(self, typed: str, language: str = "en") -> list[Choice]:
        return day_choices(typed, TODAY, words(language))

    @pytest.mark.parametrize(
        ("typed", "language", "label", "value"),
        [
            ("om to uger", "da", "om to uger → søndag den 6. december 2026", "2026-12-06"),
            ("in two weeks", "en", "in two weeks → Sunday, 6 December 2026", "2026-12-06"),
            ("  fredag ", "da", "fredag → fredag den 27. november 2026", "2026-11-27"),
            ("24/12", "en", "24/12 → Thursday, 24 December 2026", "2026-12-24"),
            ("2026-12-24", "en", "Thursday, 24 December 2026", "2026-12-24"),
        ],
    )
    def test_the_first_says_what_the_words_mean(self, typed: str, language: str, label: str, value: str) -> None:
        found = self.choices(typed, language)
        assert found[0] == Choice(value, label)
        assert value not in {one.value for one in found[1:]}

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_before_anything_is_typed_the_usual_ones_are_there(self, language: str) -> None:
        found = self.choices("", language)
        assert len(found) > 9
        assert all(date.fromisoformat(one.value) > TODAY for one in found)

    @pytest.mark.parametrize("language", ["da", "en"])
    def test_every_suggestion_is_read_as_it_is_written(self, language: str) -> None:
        for typed in ("", "3", "1", "99"):
            for one in self.choices(typed, language):
                said = one.label.partition(" → ")[0]
                assert read_day(said, TODAY).isoformat() == one.value

    def test_a_number_may_be_days_weeks_or_months(self) -> None:
        found = [one.label.partition(" → ")[0] for one in self.choices("3 ")]
        assert found[:4] == ["3", "3 days", "3 weeks", "3 months"]
        assert [one.label.partition(" → ")[0] for one in self.choices("2 u", "da")] == ["2 uger"]
        assert "0 days" not in {one.label.partition(" → ")[0] for one in self.choices("0")}

    def test_begun_words_find_the_rest(self) -> None:
        assert self.choices("om en m", "da")[0].label == "om en måned → tirsdag den 22. december 2026"
        assert self.choices("nonsense") == []
        assert self.choices("1900-01-01") == []

    @given(st.text(max_size=30))
    def test_whatever_is_typed_every_value_is_a_day_to_come(self, typed: str) -> None:
        assert all(date.fromisoformat(one.value) >= TODAY for one in self.choices(typed))

    async def test_the_option_offers_them_in_the_persons_own_day(self, talk: Talk, bo: Person) -> None:
        found = await talk.desk.suggest_option(bo.arrival(), "go", "to", "day", "in two weeks")
        assert found[0].label.startswith("in two weeks → ")


class TestWhatIsGiven:
    async def says(self, bo: Person, given: dict[str, str], verb: str = "to") -> str:
        return (await bo.gives("go", verb, given)).text

    async def test_it_is_read_by_kind(self, talk: Talk, bo: Person) -> None:
        mette = a_member("U7")
        await talk.joins(mette)
        said = await self.says(
            bo,
            {"day": "2026-12-24", "size": "Large", "towns": 'Odense, "Ny Aarhus"', "open": "yes", "who": "<@U7>"},
        )
        assert said == f"towns=('Odense', 'Ny Aarhus'); day=2026-12-24; size=l; open=True; who={mette.id}"

    async def test_what_cannot_be_read_is_told_kindly(self, bo: Person) -> None:
        assert "I can't read that as a day" in await self.says(bo, {"day": "soonish"})
        assert "I don't know zzz: here. There is: town," in await self.says(bo, {"zzz": "soonish"})

    async def test_without_a_verb_it_is_the_usual_one(self, bo: Person) -> None:
        assert await self.says(bo, {"size": "small"}, verb="") == "size=s"
        assert "I don't know that command" in await self.says(bo, {}, verb="from")

    async def test_discord_mentions_are_people_too(self, talk: Talk) -> None:
        karen = replace(a_member("x"), accounts=(Account("discord", "42"),))
        await talk.joins(karen)
        somebody = talk.somebody("43", "Bo", platform="discord")
        assert await self.says(somebody, {"who": "<@42>"}) == f"who={karen.id}"
        assert "I don't know that person here yet" in await self.says(somebody, {"who": "<@44>"})
