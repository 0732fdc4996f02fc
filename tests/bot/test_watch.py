"""Each interaction has a trace, a line in the log and a place in the figures; what was typed has none of them."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pytest

from bot.deliveries.domain import Letter
from bot.errors import NotUnderstood, Unavailable, phrase
from bot.interactions import Call, Command, Hurry, Invocation, Press, Submission, Tables, Verb, Who, answer, fill, swift
from bot.logs import QuietText
from bot.messages.actions import Action, encode_action
from bot.messages.elements import Card, Paragraph
from bot.messages.forms import Form, FormValue, TextField
from bot.messages.replies import Private, Replies
from bot.messages.text import plain
from bot.traces import current_trace, tracing
from bot.watch import WatchedDesk
from tests.fake_meters import CountingMeters
from tests.members_talk import Person, Talk, an_academy
from tests.storage_values import a_delivery

_log = logging.getLogger("bot.test")


@dataclass(frozen=True, slots=True)
class Push(Action):
    code: ClassVar[str] = "push"


@dataclass(frozen=True, slots=True)
class Ask(Action):
    code: ClassVar[str] = "ask"


@dataclass(frozen=True, slots=True)
class Vote(Action):
    code: ClassVar[str] = "vote"


async def traced(call: Call) -> Replies:
    _log.info("in the handler")
    return (Private(Card(current_trace(), (Paragraph(plain("Fine")),))),)


async def sorry(call: Call) -> Replies:
    raise NotUnderstood(phrase("Not that."))


async def away(call: Call) -> Replies:
    raise Unavailable("away")


async def silent(call: Call, action: Push, chosen: tuple[str, ...]) -> Replies:
    return ()


async def kept(call: Call, action: Vote, chosen: tuple[str, ...]) -> Replies:
    return ()


async def at_once(hurry: Hurry, action: Vote, chosen: tuple[str, ...]) -> Replies | None:
    return ()


async def form(call: Call, action: Ask) -> Form:
    return Form("Ask", "Send", action, (TextField("text", "Text", required=True, max_length=20),))


async def sent(call: Call, action: Ask, values: Mapping[str, FormValue]) -> Replies:
    return await traced(call)


COMMAND = Command(
    name="echo",
    names={"en": "echo", "da": "ekko"},
    summary="Says it again",
    default="say",
    verbs=(
        Verb(run=traced, summary="Say", name="say", names={"en": "say", "da": "sig"}, who=Who.ALL),
        Verb(run=sorry, summary="Sorry", name="sorry", who=Who.ALL),
        Verb(run=away, summary="Away", name="away", who=Who.ALL),
    ),
)
TABLES: Tables = (
    (COMMAND,),
    (answer(Push, silent, Who.ALL), swift(Vote, at_once, kept, Who.ALL)),
    (fill(Ask, form, sent, Who.ALL),),
)


@dataclass(frozen=True, slots=True)
class House:
    talk: Talk
    desk: WatchedDesk
    meters: CountingMeters
    bodil: Person


@pytest.fixture
async def house(caplog: pytest.LogCaptureFixture) -> House:
    talk = await an_academy(tables=TABLES)
    meters = CountingMeters()
    caplog.set_level(logging.INFO, logger="bot")
    return House(talk, WatchedDesk(talk.desk, meters), meters, talk.somebody("U1", "Bodil"))


async def afterwards() -> None:
    """What is told once the answer is on its way has been told."""
    for _ in range(3):
        await asyncio.sleep(0)


def typed(house: House, line: str) -> Invocation:
    command, _, text = line.partition(" ")
    return Invocation(house.bodil.arrival(), command, text)


async def test_a_command_is_told_by_our_names_and_its_lines_share_a_trace(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    replies = await house.desk.invoke(typed(house, "ekko sig"))
    assert house.meters.events == []
    await afterwards()
    assert isinstance(replies[0], Private)
    trace = replies[0].card.notice
    assert len(trace) == 8
    told = [record for record in caplog.records if record.name == "bot.watch"]
    assert told[0].getMessage().startswith("Answered a command (echo say) on slack: ok, ")
    assert house.meters.events == [("answered", "slack", "command", "ok")]
    assert "Bodil" not in caplog.text
    assert current_trace() == ""


@pytest.mark.parametrize(
    ("line", "name", "outcome"),
    [
        ("echo sorry", "echo sorry", "sorry"),
        ("echo away", "echo away", "failed"),
        ("echo 010190-1234 hemmelighed", "echo say", "sorry"),
        ("ehco say", "unknown", "sorry"),
    ],
)
async def test_what_became_of_it_is_told(
    house: House, caplog: pytest.LogCaptureFixture, line: str, name: str, outcome: str
) -> None:
    await house.desk.invoke(typed(house, line))
    await afterwards()
    assert f"({name}) on slack: {outcome}" in caplog.text
    assert house.meters.events == [("answered", "slack", "command", outcome)]
    assert "hemmelighed" not in caplog.text
    assert "ehco" not in caplog.text


async def test_presses_and_forms_are_told_by_their_intent(house: House, caplog: pytest.LogCaptureFixture) -> None:
    await house.desk.press(Press(house.bodil.arrival(), encode_action(Push())))
    await house.desk.submit(Submission(house.bodil.arrival(), encode_action(Ask()), {"text": "Bodils hemmelighed"}))
    await house.desk.submit(Submission(house.bodil.arrival(), encode_action(Ask()), {"text": ""}))
    await house.desk.press(Press(house.bodil.arrival(), "gone.1:x"))
    await afterwards()
    assert house.meters.events == [
        ("answered", "slack", "press", "silent"),
        ("answered", "slack", "form", "ok"),
        ("answered", "slack", "form", "sorry"),
        ("answered", "slack", "press", "sorry"),
    ]
    assert "(push)" in caplog.text
    assert "(ask)" in caplog.text
    assert "(unknown)" in caplog.text
    assert "hemmelighed" not in caplog.text


async def test_a_press_with_a_short_way_is_counted_once(house: House, caplog: pytest.LogCaptureFixture) -> None:
    quick, usual = encode_action(Vote()), encode_action(Push())
    assert [house.desk.is_swift(wire) for wire in (quick, usual, "unbekannt")] == [True, False, False]
    assert await house.desk.swiftly(Press(house.bodil.arrival(), quick)) == ()
    assert await house.desk.swiftly(Press(house.bodil.arrival(), usual)) is None
    await afterwards()
    assert house.meters.events == [("answered", "slack", "press", "silent")]
    assert "(vote)" in caplog.text


async def test_looks_go_through_uncounted(house: House) -> None:
    arrival, wire = house.bodil.arrival(), encode_action(Ask())
    assert await house.desk.home(arrival) is None
    assert await house.desk.form(arrival, wire) is not None
    assert await house.desk.suggest(arrival, wire, "text", "B") == ()
    assert await house.desk.suggest_option(arrival, "echo", "say", "text", "B") == ()
    assert not house.desk.may_open_form(typed(house, "echo say"))
    await afterwards()
    assert house.meters.events == []


async def test_the_reference_that_a_person_gets_is_the_trace(house: House, caplog: pytest.LogCaptureFixture) -> None:
    with tracing("abcd1234"):
        await house.desk.invoke(typed(house, "echo say"))
        await afterwards()
        line = QuietText("%(message)s").format(caplog.records[0])
    assert "trace=abcd1234" in line


def test_a_delivery_has_the_trace_of_what_wrote_it() -> None:
    with tracing() as outer, tracing(outer) as inner:
        assert inner == outer
        delivery = a_delivery(Letter())
    assert delivery.trace == outer
    assert a_delivery(Letter()).trace == ""
