"""A small academy with a local workspace for the tests of its pages: three people, and commands that reply in every way."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar
from zoneinfo import ZoneInfo

import httpx
import uvicorn
from starlette.applications import Starlette

from adapters.web.app import make_app
from adapters.web.chat import WebChat
from adapters.web.front import Front
from adapters.web.hub import Hub
from adapters.web.spots import Spot
from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.dispatcher import Dispatcher, House
from bot.identity import Account, ConversationId, MemberId, MessageId, new_id
from bot.interactions import (
    Answered,
    Call,
    Command,
    Filled,
    Option,
    OptionChoice,
    OptionKind,
    Tables,
    Verb,
    Who,
    answer,
    fill,
)
from bot.introductions.service import IntroductionService
from bot.linking.service import LinkService
from bot.members.domain import Member, Role, WorkspaceOptions
from bot.members.service import MemberService
from bot.messages.actions import Action
from bot.messages.elements import (
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    File,
    Heading,
    Image,
    Paragraph,
    Select,
    Table,
    Weight,
)
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormValue,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.replies import Hand, OpenForm, Private, Public, Replace, Replies
from bot.messages.text import plain
from bot.notes.service import NoteService
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.ports import Clock, Units, Workspace
from bot.services import Services
from bot.words import Languages
from commands import help as help_
from tests.challenge_service import some_challenges
from tests.fakes import Memory
from tests.gallery import DOT
from tests.note_service import some_notes

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ring(Action):
    code: ClassVar[str] = "t_ring"
    times: int


@dataclass(frozen=True, slots=True)
class Pick(Action):
    code: ClassVar[str] = "t_pick"


@dataclass(frozen=True, slots=True)
class Introduce(Action):
    code: ClassVar[str] = "t_introduce"


@dataclass(frozen=True, slots=True)
class Break(Action):
    code: ClassVar[str] = "t_break"


def bell(times: int) -> Card:
    pushed = Button("Ring the bell", Ring(times + 1), Weight.MAIN)
    final = Button("Take it down", Ring(-1), Weight.DANGER, Confirm("Take it down?", "It is gone then.", "Yes", "No"))
    broken = Button("Break it", Break())
    return Card(
        f"The bell rang {times} times",
        (Paragraph(plain(f"The bell rang {times} times")), Buttons((pushed, final, broken))),
    )


async def echo(call: Call) -> Replies:
    return (Public(Card("An echo", (Paragraph(plain(call.text("text"))),))),)


async def whisper(call: Call) -> Replies:
    return (Private(Card("A whisper", (Heading("Psst"), Paragraph(plain(call.text("text") or "nothing"))))),)


async def show_bell(call: Call) -> Replies:
    return (Public(bell(0)),)


async def ring(call: Call, action: Ring, chosen: tuple[str, ...]) -> Replies:
    if action.times < 0:
        return (Replace(Card("The bell is gone", (Paragraph(plain("The bell is gone")),))),)
    return (Replace(bell(action.times)),)


async def break_it(call: Call, action: Break, chosen: tuple[str, ...]) -> Replies:
    raise RuntimeError("broken")


async def show_menu(call: Call) -> Replies:
    fruit = (Choice("apple", "An apple"), Choice("pear", "A pear", "green"))
    card = Card(
        "Choose a fruit",
        (
            Select("One fruit", Pick(), fruit),
            Image(DOT, "A dot"),
            Table(("Fruit", "Price"), (("Apple", "3"), ("Pear", "4"))),
        ),
    )
    return (Private(card),)


async def pick(call: Call, action: Pick, chosen: tuple[str, ...]) -> Replies:
    said = f"You chose {', '.join(chosen)}"
    return (Private(Card(said, (Paragraph(plain(said)),))),)


async def hand_over(call: Call) -> Replies:
    return (
        Hand(
            Card("Your data", (Paragraph(plain("Here it is.")),)), File("data æ.json", "application/json", b'{"a": 1}')
        ),
    )


async def introduction_form(call: Call, action: Introduce) -> Form:
    return Form(
        "Who are you?",
        "Save",
        Introduce(),
        (
            TextField("name", "Name", required=True, max_length=40, hint="As people call you"),
            TextField("story", "Story", multiline=True),
            ListField("needs", "Needs", suggestions=("premises", "volunteers"), value=("time",)),
            ChoiceField("sector", "Sector", (Choice("a", "Art"), Choice("b", "Business")), required=True),
            ChoiceField("days", "Days", (Choice("mon", "Monday"), Choice("tue", "Tuesday")), multiple=True),
            MemberField("friend", "Friend"),
            DateField("until", "Until"),
            CheckField("agree", "I agree"),
            FileField("roster", "Roster", accepts=(".csv",), max_bytes=1000),
        ),
        plain("It takes a minute."),
    )


async def introduce(call: Call) -> Replies:
    return (OpenForm(await introduction_form(call, Introduce())),)


async def introduced(call: Call, action: Introduce, values: Mapping[str, FormValue]) -> Replies:
    file = values["roster"]
    held = file.content.decode() if isinstance(file, File) else "no file"
    said = f"Saved {values['name']} / {values['needs']} / {values['friend']} / {values['until']} / {values['agree']} / {held}"
    return (Private(Card("Saved", (Paragraph(plain(said)),))),)


async def forget_me(call: Call, units: Units) -> Replies:
    async with units(call.arrival.workspace) as work:
        await work.playground.forget_author(call.member.id)
        await work.members.forget(call.member.id, call.now)
        await work.commit()
    return (Private(Card("Farewell", (Paragraph(plain("Farewell")),))),)


TEXT = Option("text", {"en": "text", "da": "tekst"}, "", rest=True)
COLOUR = Option(
    "colour",
    {"en": "colour", "da": "farve"},
    "",
    OptionKind.CHOICE,
    choices=(OptionChoice("red", {"en": "red", "da": "rød"}), OptionChoice("blue", {"en": "blue", "da": "blå"})),
)
WHOM = Option("who", {"en": "who", "da": "hvem"}, "", OptionKind.MEMBER)
COMMANDS = (
    help_.COMMAND,
    Command("echo", {"en": "echo", "da": "ekko"}, "Yes", (Verb(echo, "Yes", options=(TEXT,)),)),
    Command(
        "try",
        {"en": "try", "da": "prøv"},
        "Yes",
        (
            Verb(show_bell, "Yes", "bell", {"en": "bell", "da": "klokke"}),
            Verb(show_menu, "Yes", "menu", {"en": "menu", "da": "menukort"}),
            Verb(introduce, "Yes", "form", {"en": "form", "da": "formular"}, opens_form=True),
            Verb(hand_over, "Yes", "file", {"en": "file", "da": "fil"}),
            Verb(whisper, "Yes", "whisper", {"en": "whisper", "da": "hvisk"}, options=(COLOUR, WHOM, TEXT)),
            Verb(whisper, "Yes", "secret", {"en": "secret", "da": "hemmelig"}, who=Who.ORGANISER),
        ),
        default="whisper",
    ),
)
ACTIONS: tuple[Answered, ...] = (answer(Ring, ring), answer(Pick, pick), answer(Break, break_it))
FORMS: tuple[Filled, ...] = (fill(Introduce, introduction_form, introduced),)


class RunningClock:
    """The present, from a fixed morning on, so that days are the same in every run."""

    def __init__(self) -> None:
        self._ahead = datetime(2026, 3, 2, 9, 0, tzinfo=UTC) - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead


@dataclass(slots=True)
class Academy:
    """Everything that a test of the pages touches."""

    memory: Memory
    front: Front
    app: Starlette
    chat: WebChat
    anna: Member
    bo: Member
    carla: Member
    url: str = "http://127.0.0.1"

    def client(self) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url=self.url, follow_redirects=True)

    async def conversation(self, member: Member, key: str) -> ConversationId:
        async with self.front.units(self.front.workspace.id, reading=True) as work:
            known = await work.playground.conversations_of(member.id)
        return next(one.id for one in known if one.key == key)

    async def say(self, author: Member, place: ConversationId, text: str) -> MessageId:
        return await self.chat.say(author, Spot(place), text, str(new_id()))

    async def texts(self, place: ConversationId) -> list[str]:
        async with self.front.units(self.front.workspace.id, reading=True) as work:
            return [message.body for message in await work.playground.messages(place, self.anna.id)]

    async def general(self) -> ConversationId:
        await self.chat.arrive(self.anna.id, "general")
        return await self.conversation(self.anna, "channel:general")

    async def direct(self, member: Member) -> ConversationId:
        await self.chat.arrive(member.id, "general")
        return await self.conversation(member, f"direct:{member.id}")


def somebody(name: str, organisation: str, sector: str, role: Role = Role.MEMBER, language: str = "en") -> Member:
    own = MemberId(new_id())
    return Member(own, name, organisation, sector, language=language, role=role, accounts=(Account("web", str(own)),))


async def open_academy(
    languages: Languages, more: Tables = ((), (), ()), notes: Callable[[Units, Clock], NoteService] = some_notes
) -> Academy:
    memory, clock, hub = Memory(), RunningClock(), Hub()
    workspace: Workspace = await memory.directory.ensure("local", "Akademiet", WorkspaceOptions())
    anna = somebody("Anna Lund", "Rødovre Kommune", "municipality", Role.ORGANISER)
    bo = somebody("Bo Dahl", "Byens Venner", "civil_society")
    carla = somebody("Carla Østergaard", "Fonden Fremad", "foundation", language="da")
    async with memory.units(workspace.id) as work:
        await work.members.put_all([anna, bo, carla])
        await work.commit()
    leave = Command("leave", {"en": "leave"}, "Yes", (Verb(partial(forget_me, units=memory.units), "Yes"),))
    commands = (*COMMANDS, *more[0], leave)
    services = Services(
        members=MemberService(memory.units, clock),
        introductions=IntroductionService(memory.units, clock),
        commands=commands,
        linking=LinkService(memory.units, memory.directory, clock),
        announcements=AnnouncementService(memory.units, clock, Platforms()),
        camps=CampService(memory.units, clock),
        polls=PollService(memory.units, clock, Platforms()),
        notes=notes(memory.units, clock),
        bank=BankService(memory.units, clock, IntroductionService(memory.units, clock).finding),
        challenges=some_challenges(memory.units, clock),
    )
    house = House("da", ZoneInfo("Europe/Copenhagen"))
    tables = (commands, (*ACTIONS, *more[1]), (*FORMS, *more[2]))
    desk = Dispatcher(tables, services, memory.units, languages, clock, house)
    front = Front(workspace, desk, memory.units, languages, commands, desk.actions, clock, hub)
    chat = WebChat(workspace.id, memory.units, clock, hub)
    return Academy(memory, front, make_app(front), chat, anna, bo, carla)


@asynccontextmanager
async def serving(academy: Academy) -> AsyncGenerator[str]:
    """The academy's pages on a free port, by the real server."""
    listening = socket.socket()
    listening.bind((HOST, 0))
    port = listening.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(academy.app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1)
    )
    task = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started and not task.done():  # noqa: ASYNC110 - the server has no event for it
            await asyncio.sleep(0.01)
        academy.url = f"http://{HOST}:{port}"
        yield academy.url
    finally:
        academy.front.hub.close()
        server.should_exit = True
        await task
        listening.close()
