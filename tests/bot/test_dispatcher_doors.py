"""What stands beside the front desk's doors: whether a form may open, the choices of an open one, and a person's page."""

import logging
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from bot.dispatcher import Dispatcher, House
from bot.errors import NotThere, phrase
from bot.identity import Account
from bot.interactions import (
    Call,
    Command,
    HomeBuilder,
    Invocation,
    Option,
    Press,
    Tables,
    Values,
    Verb,
    Who,
    answer,
    fill,
)
from bot.messages.actions import Action
from bot.messages.elements import Card, Choice, Paragraph
from bot.messages.forms import ChoiceField, Form, TextField
from bot.messages.replies import OpenForm, Private, Replies
from bot.messages.text import plain
from tests.members_talk import COPENHAGEN, Person, Talk, a_member, an_academy, an_organiser, languages


@dataclass(frozen=True, slots=True)
class Push(Action):
    code: ClassVar[str] = "push"


@dataclass(frozen=True, slots=True)
class Ask(Action):
    code: ClassVar[str] = "ask"


@dataclass(frozen=True, slots=True)
class Keys(Action):
    code: ClassVar[str] = "keys"


@dataclass(frozen=True, slots=True)
class Broken(Action):
    code: ClassVar[str] = "broken"


FORM = Form(
    "Ask",
    "Send",
    Ask(),
    (
        TextField("text", "Text"),
        ChoiceField("town", "Town", (Choice("1", "Aarhus"), Choice("2", "Rødovre"), Choice("3", "Ny Aarhus"))),
    ),
)


async def form(call: Call, action: Action) -> Form:
    return FORM


async def broken(call: Call, action: Broken) -> Form:
    raise RuntimeError(f"secret of {call.member.name}")


async def sent(call: Call, action: Action, values: object) -> Replies:
    return ()


async def pushed(call: Call, action: Push, chosen: tuple[str, ...]) -> Replies:
    return ()


async def opened(call: Call, action: Ask, chosen: tuple[str, ...]) -> Replies:
    return (OpenForm(FORM),)


async def asks(call: Call) -> Replies:
    return (OpenForm(FORM),)


async def says(call: Call) -> Replies:
    return (Private(Card("hi", (Paragraph(plain("hi")),))),)


TABLES: Tables = (
    (
        Command(
            "echo",
            {"en": "echo", "da": "ekko"},
            "Says it",
            (
                Verb(run=says, summary="Says", name="say", who=Who.ALL),
                Verb(
                    run=asks,
                    summary="Asks",
                    name="ask",
                    names={"en": "ask", "da": "spørg"},
                    opens_form=True,
                    options=(Option("text", {"en": "text"}, "what"),),
                ),
                Verb(
                    run=asks,
                    summary="Asks",
                    name="anyway",
                    opens_form=True,
                    forms_anyway=True,
                    options=(Option("text", {"en": "text"}, "what"),),
                ),
                Verb(run=asks, summary="Asks", name="bare", opens_form=True),
            ),
            default="say",
        ),
    ),
    (answer(Push, pushed, Who.ALL), answer(Ask, opened, Who.ALL)),
    (
        fill(Ask, form, sent, Who.ALL),
        fill(Keys, form, sent, Who.ORGANISER),
        fill(Broken, broken, sent, Who.ALL),
    ),
)


@pytest.fixture
async def talk() -> Talk:
    return await an_academy(tables=TABLES)


def with_home(talk: Talk, home: HomeBuilder | None) -> Dispatcher:
    return Dispatcher(
        TABLES, talk.desk._services, talk.memory.units, languages(), talk.clock, House("en", COPENHAGEN), home
    )


@pytest.fixture
async def bo(talk: Talk) -> Person:
    return talk.somebody("U1", "Bo")


class TestMayOpenAForm:
    @pytest.mark.parametrize(
        ("command", "text", "may"),
        [
            ("echo", "ask", True),
            ("/EKKO", "spørg", True),
            ("echo", "ask something", False),
            ("echo", "ask text:something", False),
            ("echo", "", False),
            ("echo", "say", False),
            ("echo", "ask a b c", False),
            ("nothing", "ask", False),
        ],
    )
    def test_of_what_was_typed(self, talk: Talk, bo: Person, command: str, text: str, may: bool) -> None:
        assert talk.desk.may_open_form(Invocation(bo.arrival(), command, text)) is may

    @pytest.mark.parametrize(
        ("verb", "values", "may"),
        [("ask", {}, True), ("ask", {"text": "x"}, False), ("say", {}, False), ("gone", {}, False)],
    )
    def test_of_a_shortcut_or_native_options(
        self, talk: Talk, bo: Person, verb: str, values: Values, may: bool
    ) -> None:
        asked = Invocation(bo.arrival(), "echo", verb=verb, values=values)
        assert talk.desk.may_open_form(asked) is may

    @pytest.mark.parametrize(
        ("verb", "given", "may"),
        [
            ("ask", {}, True),
            ("ask", {"text": ""}, True),
            ("ask", {"text": "x"}, False),
            ("anyway", {"text": "x"}, True),
            ("bare", {}, True),
            ("say", {}, False),
            ("gone", {}, False),
            ("", {}, False),
        ],
    )
    def test_of_options_that_stand_by_themselves(
        self, talk: Talk, bo: Person, verb: str, given: dict[str, str], may: bool
    ) -> None:
        assert talk.desk.may_open_form(Invocation(bo.arrival(), "echo", verb=verb, given=given)) is may

    @pytest.mark.parametrize(
        ("wire", "may"), [("ask.1", True), ("push.1", False), ("gone.1", False), ("ask.9", False), ("", False)]
    )
    def test_of_a_button(self, talk: Talk, bo: Person, wire: str, may: bool) -> None:
        assert talk.desk.may_open_form(Press(bo.arrival(), wire)) is may

    async def test_it_is_told_without_asking_the_database(self, talk: Talk, bo: Person) -> None:
        assert talk.desk.may_open_form(Invocation(bo.arrival(), "echo", "ask"))
        assert await talk.everybody() == []


class TestSuggesting:
    async def test_the_choices_that_fit_what_was_typed(self, talk: Talk, bo: Person) -> None:
        found = await talk.desk.suggest(bo.arrival(), "ask.1", "town", "aar")
        assert [choice.label for choice in found] == ["Aarhus", "Ny Aarhus"]
        assert len(await talk.desk.suggest(bo.arrival(), "ask.1", "town", "")) == 3

    @pytest.mark.parametrize(
        ("wire", "field"),
        [("ask.1", "text"), ("ask.1", "gone"), ("push.1", "town"), ("gone.1", "town"), ("keys.1", "town")],
    )
    async def test_nothing_where_there_is_nothing_to_choose(
        self, talk: Talk, bo: Person, wire: str, field: str
    ) -> None:
        assert await talk.desk.suggest(bo.arrival(), wire, field, "") == ()

    async def test_letters_typed_are_neither_counted_nor_remembered(self, talk: Talk, bo: Person) -> None:
        arrival = bo.arrival("same")
        for _ in range(100):
            assert await talk.desk.suggest(arrival, "ask.1", "town", "ny")

    async def test_a_failure_is_logged_and_names_nobody(
        self, talk: Talk, bo: Person, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR):
            assert await talk.desk.suggest(bo.arrival(), "broken.1", "town", "ny") == ()
        (record,) = caplog.records
        assert record.getMessage() == "a look failed"
        assert getattr(record, "kind", "") == "RuntimeError"


class TestTheFormAsItWouldOpen:
    async def test_it_is_built_for_who_asks(self, talk: Talk, bo: Person) -> None:
        assert await talk.desk.form(bo.arrival(), "ask.1") == FORM
        mette = await talk.joins(an_organiser())
        assert await talk.desk.form(mette.arrival(), "keys.1") == FORM

    @pytest.mark.parametrize("wire", ["push.1", "gone.1", "keys.1", "broken.1", ""])
    async def test_none_where_it_is_gone_broken_or_somebody_elses(self, talk: Talk, bo: Person, wire: str) -> None:
        assert await talk.desk.form(bo.arrival(), wire) is None


class TestHome:
    async def test_the_page_of_who_looks(self, talk: Talk) -> None:
        mette = await talk.joins(replace(a_member(), timezone="America/New_York"))

        async def page(call: Call) -> Card:
            return Card(f"{call.member.name} {call.words.zone.key}", ())

        card = await with_home(talk, page).home(mette.arrival())
        assert card == Card("Mette Holm America/New_York", ())

    async def test_a_house_without_one(self, talk: Talk, bo: Person) -> None:
        assert await with_home(talk, None).home(bo.arrival()) is None

    async def test_a_page_that_cannot_be_made_stays_as_it_was(self, talk: Talk, bo: Person) -> None:
        async def gone(call: Call) -> Card:
            raise NotThere(phrase("That theme is no longer there."))

        async def fails(call: Call) -> Card:
            raise RuntimeError

        assert await with_home(talk, gone).home(bo.arrival()) is None
        assert await with_home(talk, fails).home(bo.arrival()) is None


class TestZone:
    """What the platform knows of the person's zone is taken once, and only where nobody has said another."""

    async def test_of_somebody_new(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        arrival = replace(bo.arrival(), timezone="America/New_York")
        await talk.desk.invoke(Invocation(arrival, "echo", "say"))
        assert (await bo.member()).timezone == "America/New_York"

    async def test_of_a_member_who_has_none(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        await talk.desk.invoke(Invocation(replace(mette.arrival(), timezone="Asia/Tokyo"), "echo", "say"))
        assert (await mette.member()).timezone == "Asia/Tokyo"
        await talk.desk.invoke(Invocation(replace(mette.arrival(), timezone="Europe/Paris"), "echo", "say"))
        assert (await mette.member()).timezone == "Asia/Tokyo"

    @pytest.mark.parametrize("said", ["", "Mars/Base", "../etc/passwd", "x" * 300])
    async def test_one_that_is_none_is_left_out(self, talk: Talk, said: str) -> None:
        mette = await talk.joins(a_member())
        await talk.desk.invoke(Invocation(replace(mette.arrival(), timezone=said), "echo", "say"))
        assert (await mette.member()).timezone == ""

    async def test_a_first_organiser_of_the_settings_is_one_at_once(self) -> None:
        talk = await an_academy(tables=TABLES, first_organisers=frozenset({"slack:U1"}))
        mette = await talk.joins(a_member())
        await mette.types("/echo say")
        assert (await mette.member()).is_organiser()
        assert (await mette.member()).accounts == (Account("slack", "U1"),)
