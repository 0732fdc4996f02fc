"""The front desk: finds who and what is meant, answers once, and turns every error into a kind word."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import ClassVar

import pytest

from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.deliveries.domain import DeliveryState
from bot.dispatcher import Dispatcher, House
from bot.errors import Full, StorageError, Taken, Unavailable
from bot.identity import WorkspaceId
from bot.interactions import Call, Command, Option, OptionKind, Tables, Verb, Who, answer, fill
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.logs import QuietText
from bot.members.service import MemberService
from bot.messages.actions import Action
from bot.messages.elements import Accent, Card, Paragraph
from bot.messages.forms import Form, FormValue, TextField
from bot.messages.replies import Private, Replies
from bot.messages.text import plain
from bot.pace import BURST
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.ports import UnitOfWork
from bot.services import Services
from tests.challenge_service import some_challenges
from tests.members_talk import COPENHAGEN, Talk, a_member, an_academy, an_organiser, languages
from tests.note_service import some_notes


@dataclass(frozen=True, slots=True)
class Push(Action):
    code: ClassVar[str] = "push"
    number: int


@dataclass(frozen=True, slots=True)
class Ask(Action):
    code: ClassVar[str] = "ask"


def says(text: str) -> Replies:
    return (Private(Card(text, (Paragraph(plain(text)),))),)


async def echo(call: Call) -> Replies:
    return says(f"{call.member.name} said {call.text('text')!r} {call.values.get('number', '')}")


async def fails(call: Call) -> Replies:
    raise RuntimeError(f"secret of {call.member.name}")


async def no_disk(call: Call) -> Replies:
    raise Full(call.member.name)


async def too_late(call: Call) -> Replies:
    raise Taken(call.member.name)


async def no_database(call: Call) -> Replies:
    raise Unavailable(call.member.name)


async def pushed(call: Call, action: Push, chosen: tuple[str, ...]) -> Replies:
    return says(f"{call.member.name} pushed {action.number} {chosen}")


async def form(call: Call, action: Ask) -> Form:
    return Form("Ask", "Send", action, (TextField("text", "Text", required=True, max_length=20),))


async def sent(call: Call, action: Ask, values: Mapping[str, FormValue]) -> Replies:
    return says(f"sent {values['text']}")


OPTIONS = (
    Option("text", {"en": "text", "da": "tekst"}, "what", max_length=20),
    Option("number", {"en": "number", "da": "tal"}, "how many", kind=OptionKind.NUMBER),
)
COMMAND = Command(
    name="echo",
    names={"en": "echo", "da": "ekko"},
    summary="Says it again",
    default="say",
    verbs=(
        Verb(run=echo, summary="Say", name="say", names={"en": "say", "da": "sig"}, options=OPTIONS, who=Who.ALL),
        Verb(run=echo, summary="Members only", name="members"),
        Verb(run=echo, summary="Organisers only", name="keys", who=Who.ORGANISER),
        Verb(run=fails, summary="Fails", name="fails", who=Who.ALL),
        Verb(run=no_disk, summary="Full", name="full", who=Who.ALL),
        Verb(run=too_late, summary="Late", name="late", who=Who.ALL),
        Verb(run=no_database, summary="Away", name="away", who=Who.ALL),
    ),
)
TABLES: Tables = (
    (COMMAND,),
    (answer(Push, pushed, Who.ALL),),
    (fill(Ask, form, sent, Who.ALL),),
)


@pytest.fixture
async def talk() -> Talk:
    return await an_academy(tables=TABLES)


class TestCommands:
    async def test_in_both_languages_and_any_case(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        for line in ('/echo say "hi there" 3', '/EKKO sig "hi there" tal:3', 'echo "hi there" number:3'):
            assert (await bo.types(line)).text == "Bo said 'hi there' 3"

    async def test_as_a_platform_with_native_options_sends_it(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        assert (await bo.picks("echo", "say", {"text": "hi", "number": 2})).text == "Bo said 'hi' 2"
        assert "I don't know that command." in (await bo.picks("echo", "nothing", {})).text

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("/eco", "Did you mean /echo?"),
            ("/ekkko", "Did you mean /ekko?"),
            ("/zzzz", "/help shows what I can do."),
            ("/" + "x" * 1_000_000, "/help shows what I can do."),
            ("/echo say textt:hi", "Did you mean text:?"),
            ("/echo say hi three", "number has to be a whole number, for example 3."),
            ("/echo say hi 3 more", "That is more than /echo say can take."),
            ("/echo say " + "x" * 21, "text is too long; please keep it under 20 characters."),
            ("/echo say " + "x" * 10_000_000, "That is too long to read."),
        ],
    )
    async def test_what_is_not_understood_gets_the_nearest_known(self, talk: Talk, line: str, said: str) -> None:
        answer_ = await talk.somebody("U1", "Bo").types(line)
        assert said in answer_.text
        assert all(isinstance(reply, Private) and reply.sorry for reply in answer_.replies)

    @pytest.mark.parametrize("typed", ["<!channel>", "@everyone", "<script>alert(1)</script>", "*b* _i_", "👩‍👧 مرحبا"])
    async def test_what_was_typed_is_words_and_nothing_else(self, talk: Talk, typed: str) -> None:
        answer_ = await talk.somebody("U1", "Bo", platform="web").types(f'/echo say "{typed[:20]}"')
        assert [card.elements for card in answer_.cards] == [(Paragraph(plain(f"Bo said {typed[:20]!r} ")),)]

    async def test_not_even_a_platforms_own_word_for_all_who_are_here(self, talk: Talk) -> None:
        answer_ = await talk.somebody("U1", "Bo").types('/echo say "<!channel>"')
        assert [card.elements for card in answer_.cards] == [(Paragraph(plain("Bo said '@channel' ")),)]

    async def test_errors_are_said_in_danish_to_danes(self, talk: Talk) -> None:
        dane = talk.somebody("U1", "Bo", language="da")
        assert "Den kommando kender jeg ikke. Mente du /echo?" in (await dane.types("/eco")).text


class TestWho:
    async def test_somebody_new_is_asked_who_they_are(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        assert (await bo.types("/echo say hi")).text.startswith("Bo said")
        assert "First tell me who you are" in (await bo.types("/echo members")).text
        assert len(await talk.everybody()) == 1

    async def test_organisers_only(self, talk: Talk) -> None:
        mette = await talk.joins(a_member())
        odd = await talk.joins(an_organiser())
        assert "Only an organiser can do that" in (await mette.types("/echo keys")).text
        assert (await odd.types("/echo keys")).text.startswith("Odd Organiser said")

    async def test_who_asks_comes_from_the_account_and_from_nothing_typed(self, talk: Talk) -> None:
        await talk.joins(an_organiser())
        answer_ = await talk.somebody("U5", "Odd Organiser").types("/echo keys")
        assert "Only an organiser can do that" in answer_.text

    async def test_the_members_own_zone_and_language_count(self, talk: Talk) -> None:
        await talk.joins(replace(a_member(language="da"), timezone="America/New_York"))
        answer_ = await talk.somebody("U1", language="en").types("/eco")
        assert "Mente du" in answer_.text

    async def test_a_workspace_that_is_not_there(self, talk: Talk) -> None:
        talk.workspace = WorkspaceId(a_member().id)
        assert "I can't reach my memory right now." in (await talk.somebody("U1").types("/echo say hi")).text


class TestButtons:
    async def test_a_press_and_what_was_chosen(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        assert (await bo.sends("push.1:7", chosen=("a", "b"))).text == "Bo pushed 7 ('a', 'b')"

    async def test_the_same_press_is_answered_once_whatever_the_platform_repeats(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        assert (await bo.sends("push.1:7", arrival="same")).text
        assert (await bo.sends("push.1:7", arrival="same")).replies == ()
        assert (await bo.types("/echo say hi", arrival="same")).replies == ()

    @pytest.mark.parametrize("wire", ["push.0:7", "push.1", "gone.1:7", "", "ask.1", "<script>", "x" * 10_000_000])
    async def test_a_button_from_long_ago(self, talk: Talk, wire: str) -> None:
        assert "That button is from another time" in (await talk.somebody("U1").sends(wire)).text

    async def test_buttons_still_work_after_a_restart(self, talk: Talk) -> None:
        wire = "push.1:7"
        services = talk.desk._services
        talk.desk = Dispatcher(TABLES, services, talk.memory.units, languages(), talk.clock, House("en", COPENHAGEN))
        assert (await talk.somebody("U1", "Bo").sends(wire)).text == "Bo pushed 7 ()"

    async def test_two_actions_of_one_name_are_an_error_at_start(self, talk: Talk) -> None:
        @dataclass(frozen=True, slots=True)
        class Other(Action):
            code: ClassVar[str] = "push"

        async def other(call: Call, action: Other, chosen: tuple[str, ...]) -> Replies:
            return ()

        tables: Tables = (TABLES[0], (*TABLES[1], answer(Other, other)), ())
        with pytest.raises(ValueError, match="two actions"):
            Dispatcher(tables, talk.desk._services, talk.memory.units, languages(), talk.clock, House("en", COPENHAGEN))


class TestForms:
    ASK = Form("Ask", "Send", Ask(), ())

    async def test_a_form_that_is_whole(self, talk: Talk) -> None:
        assert (await talk.somebody("U1").fills({"text": " hi "}, form=self.ASK)).text == "sent hi"

    async def test_what_is_wrong_is_told_by_field_in_the_readers_language(self, talk: Talk) -> None:
        dane = talk.somebody("U1", language="da")
        answer_ = await dane.fills({"text": ""}, form=self.ASK)
        assert set(answer_.problems) == {"text"}
        assert "Udfyld" in answer_.problems["text"]

    async def test_a_form_of_another_day(self, talk: Talk) -> None:
        gone = Form("Push", "Send", Push(1), ())
        assert "from another time" in (await talk.somebody("U1").fills({}, form=gone)).text


class TestWhenThingsGoWrong:
    async def test_nobody_sees_a_stack_trace_and_the_log_names_nobody(
        self, talk: Talk, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR):
            answer_ = await talk.somebody("U1", "Bo Brun").types("/echo fails")
        assert "Something went wrong on my side, and nothing was changed." in answer_.text
        assert "RuntimeError" not in answer_.text
        (record,) = caplog.records
        assert getattr(record, "reference", "?") in answer_.text
        record.exc_text = None  # what the test's own handler has kept
        logged = QuietText("%(message)s").format(record)
        assert "RuntimeError" in logged
        assert "in fails" in logged
        assert "Bo Brun" not in logged

    async def test_a_full_disk_and_a_database_that_is_away(self, talk: Talk) -> None:
        bo = talk.somebody("U1", "Bo")
        full, away = await bo.types("/echo full"), await bo.types("/echo away")
        assert "Somebody was faster by a moment" in (await bo.types("/echo late")).text
        assert "My disk is full" in full.text
        assert "I can't reach my memory right now" in away.text
        assert full.cards[0].accent is Accent.WARN

    async def test_a_database_that_is_away_before_the_asker_is_known_and_back_later(self) -> None:
        talk = await an_academy(tables=TABLES)
        gone = [True]

        @asynccontextmanager
        async def units(workspace: WorkspaceId, *, reading: bool = False) -> AsyncIterator[UnitOfWork]:
            if gone:
                raise Unavailable("away")
            async with talk.memory.units(workspace, reading=reading) as work:
                yield work

        linking = LinkService(units, talk.memory.directory, talk.clock)
        members, introductions = MemberService(units, talk.clock), IntroductionService(units, talk.clock)
        announcements, camps = AnnouncementService(units, talk.clock, Platforms()), CampService(units, talk.clock)
        services = Services(
            members,
            introductions,
            TABLES[0],
            linking,
            announcements,
            camps,
            PollService(units, talk.clock, Platforms()),
            some_notes(units, talk.clock),
            BankService(units, talk.clock, introductions.finding),
            some_challenges(units, talk.clock),
        )
        talk.desk = Dispatcher(TABLES, services, units, languages(), talk.clock, House("da", COPENHAGEN))
        bo = talk.somebody("U1", "Bo")
        assert "min hukommelse" in (await bo.types("/echo say hi", arrival="1")).text
        gone.clear()
        assert (await bo.types("/echo say hi", arrival="1")).text == "Bo said 'hi' "

    async def test_one_who_floods_is_slowed_down_and_the_others_do_not_notice(self, talk: Talk) -> None:
        loud, quiet = talk.somebody("U1", "Loud"), talk.somebody("U2", "Quiet")
        answers = [(await loud.types("/echo say hi")).text for _ in range(BURST + 5)]
        assert sum("That was a lot at once." in text for text in answers) == 5
        assert (await quiet.types("/echo say hi")).text == "Quiet said 'hi' "
        talk.clock.advance(seconds=2)
        assert (await loud.types("/echo say hi")).text == "Loud said 'hi' "

    async def test_nothing_of_it_causes_a_message_to_anybody(self, talk: Talk) -> None:
        await talk.somebody("U1").types("/echo fails")
        assert await talk.deliveries(DeliveryState.WAITING) == []


class TestHelp:
    async def test_shows_what_this_person_may_do(self) -> None:
        talk = await an_academy()
        mette, odd = await talk.joins(a_member()), await talk.joins(an_organiser())
        dane = await talk.joins(a_member("U3", language="da"))
        assert "/profile pause" in (await mette.types("/help")).text
        assert "/academy" not in (await mette.types("/help")).text
        assert "/academy invite" in (await odd.types("/help")).text
        assert "/profil genoptag" in (await dane.types("/hjælp")).text

    async def test_shows_one_command_in_full(self) -> None:
        talk = await an_academy()
        mette, odd = await talk.joins(a_member()), await talk.joins(an_organiser())
        dane = await talk.joins(a_member("U3", language="da"))
        told = (await mette.types("/help /Profile pause")).text
        assert told.startswith("/profile\n")
        assert "/profile pause – " in told
        assert "/match" not in told
        assert "/profil pause – " in (await dane.types("/hjælp profil")).text
        assert (await mette.types("/help academy")).text.startswith("Only an organiser can do that.")
        assert ': /academy organiser "Mette Holm"' in (await odd.types("/help academy")).text
        assert "Did you mean /profile?" in (await mette.types("/help profle")).text
        assert "/help shows what I can do." in (await mette.types("/help zzzz")).text


def test_storage_errors_are_one_family() -> None:
    assert issubclass(Unavailable, StorageError)
    assert issubclass(Full, StorageError)
