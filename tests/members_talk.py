"""People who talk with the bot in a test: who says what, what the bot answers. Through the real dispatcher, in memory."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.announcements.service import AnnouncementService
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.deliveries.domain import Delivery, DeliveryState, LetterTable
from bot.deliveries.letters import Reading, writers
from bot.dispatcher import Dispatcher, House
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival, Command, Invocation, Place, PlaceKind, Press, Submission, Tables, Values
from bot.introductions.service import IntroductionService
from bot.linking.codes import new_code
from bot.linking.service import LinkService
from bot.members.domain import Consent, Member, Role, WorkspaceOptions
from bot.members.letters import LETTERS
from bot.members.service import Leave, MemberService, in_nothing
from bot.messages import elements as el
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Card, File
from bot.messages.forms import Form, FormInput
from bot.messages.meanwhile import marks_of
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies
from bot.messages.text import flat
from bot.platforms import Platforms
from bot.polls.service import PollService
from bot.services import Services
from bot.words import Languages, Words
from commands import academy, profile
from commands import help as help_
from storage import upgrade
from tests.challenge_service import some_challenges
from tests.databases import Storage, in_memory, opened, sqlite_url
from tests.fakes import Memory, StoppedClock
from tests.note_service import some_notes

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
TABLES: Tables = (
    (help_.COMMAND, profile.COMMAND, academy.COMMAND),
    (*profile.ACTIONS, *academy.ACTIONS),
    (*profile.FORMS, *academy.FORMS),
)


@cache
def languages() -> Languages:
    return Languages.load()


def words(language: str = "en") -> Words:
    return languages().words(language, COPENHAGEN)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot answered."""

    replies: Replies

    @property
    def cards(self) -> Sequence[Card]:
        return [reply.card for reply in self.replies if isinstance(reply, Private | Public | Replace | Hand)]

    @property
    def text(self) -> str:
        return "\n".join(words_of(card) for card in self.cards)

    @property
    def buttons(self) -> Mapping[str, Button]:
        return {
            button.label: button
            for card in self.cards
            for element in card.elements
            if isinstance(element, el.Buttons)
            for button in element.buttons
            if isinstance(button, Button)
        }

    @property
    def selects(self) -> Mapping[str, el.Select]:
        return {
            element.label: element for card in self.cards for element in card.elements if isinstance(element, el.Select)
        }

    @property
    def form(self) -> Form:
        return next(reply.form for reply in self.replies if isinstance(reply, OpenForm))

    @property
    def file(self) -> File:
        return next(reply.file for reply in self.replies if isinstance(reply, Hand))

    @property
    def problems(self) -> Mapping[str, str]:
        return next((reply.problems for reply in self.replies if isinstance(reply, Correct)), dict[str, str]())

    @property
    def replaced(self) -> bool:
        return any(isinstance(reply, Replace) for reply in self.replies)


def words_of(card: Card) -> str:
    """All that a card says, a line each."""
    lines: list[str] = []
    for element in card.elements:
        match element:
            case el.Heading(text):
                lines.append(text)
            case el.Paragraph(text) | el.Quote(text) | el.Footnote(text):
                lines.append(flat(text))
            case el.Bullets(items):
                lines.extend(flat(item) for item in items)
            case el.Fields(fields):
                lines.extend(f"{entry.label}: {flat(entry.value)}" for entry in fields)
            case el.Buttons(buttons):
                lines.append(" ".join(f"[{button.label}]" for button in buttons))
            case el.Select(label):
                lines.append(f"<{label}>")
            case _:
                pass
    return "\n".join(lines)


@dataclass(slots=True)
class Person:
    """Somebody with an account. ``last`` is what the bot answered last."""

    talk: "Talk"
    account: Account
    name: str = ""
    language: str = ""
    handle: str = ""
    organises: bool | None = None
    sector: str = ""
    last: Answer = field(default_factory=lambda: Answer(()))

    def arrival(self, id: str = "") -> Arrival:  # noqa: A002 - as the arrival calls it
        place = Place(Address(self.account.platform, "direct"), PlaceKind.DIRECT)
        return Arrival(
            id or self.talk.next_id(),
            self.talk.workspace,
            self.account,
            place,
            self.name,
            self.language,
            handle=self.handle,
            organises=self.organises,
            sector=self.sector,
        )

    async def types(self, line: str, *, arrival: str = "") -> Answer:
        command, _, text = line.removeprefix("/").partition(" ")
        return self._heard(await self.talk.desk.invoke(Invocation(self.arrival(arrival), command, text)))

    async def picks(self, command: str, verb: str, values: Values) -> Answer:
        """As a platform with native options sends it."""
        return self._heard(await self.talk.desk.invoke(Invocation(self.arrival(), command, verb=verb, values=values)))

    async def gives(self, command: str, verb: str, given: Mapping[str, str]) -> Answer:
        """As a platform with options of its own sends what stands in each."""
        return self._heard(await self.talk.desk.invoke(Invocation(self.arrival(), command, verb=verb, given=given)))

    async def suggested(self, command: str, verb: str, option: str, typed: str) -> Sequence[str]:
        """What stands in the menu of an option while it is typed."""
        found = await self.talk.desk.suggest_option(self.arrival(), command, verb, option, typed)
        return [one.label for one in found]

    async def presses(self, button: str | Button, *, arrival: str = "", chosen: tuple[str, ...] = ()) -> Answer:
        found = self.last.buttons[button] if isinstance(button, str) else button
        return await self.sends(encode_action(found.action), arrival=arrival, chosen=chosen)

    async def chooses(self, label: str, choice: str) -> Answer:
        """Chooses what reads like this in a drop-down of the last card."""
        found = self.last.selects[label]
        value = next(one.value for one in found.choices if choice in one.label)
        return await self.sends(encode_action(found.action), chosen=(value,))

    async def sends(self, wire: str, *, arrival: str = "", chosen: tuple[str, ...] = ()) -> Answer:
        return self._heard(await self.talk.desk.press(Press(self.arrival(arrival), wire, chosen)))

    async def fills(self, values: Mapping[str, FormInput], *, form: Form | None = None, arrival: str = "") -> Answer:
        asked = form or self.last.form
        wire, seen = encode_action(asked.action), marks_of(asked)
        return self._heard(await self.talk.desk.submit(Submission(self.arrival(arrival), wire, values, seen)))

    async def member(self) -> Member:
        async with self.talk.memory.units(self.talk.workspace, reading=True) as work:
            found = await work.members.by_account(self.account)
        assert found is not None
        return found

    def _heard(self, replies: Replies) -> Answer:
        self.last = Answer(replies)
        return self.last


@dataclass(slots=True)
class Talk:
    """An academy in memory, with a front desk."""

    memory: Memory | Storage
    clock: StoppedClock
    workspace: WorkspaceId
    members: MemberService
    desk: Dispatcher
    _ids: "count[int]" = field(default_factory=count)

    def next_id(self) -> str:
        return f"arrival-{next(self._ids)}"

    def somebody(self, user: str, name: str = "", *, platform: str = "slack", language: str = "") -> Person:
        """A person with an account that the academy may or may not know."""
        return Person(self, Account(platform, user), name, language)

    async def joins(self, member: Member) -> Person:
        """A member who is there already."""
        async with self.memory.units(self.workspace) as work:
            await work.members.put(member)
            await work.commit()
        return Person(self, member.accounts[0], member.name)

    async def everybody(self) -> Sequence[Member]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.members.everybody()

    async def deliveries(self, *states: DeliveryState) -> Sequence[Delivery]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.deliveries.in_states(states or tuple(DeliveryState))

    async def letter(self, delivery: Delivery, reader: Member) -> Card | None:
        """The letter as it would be written now."""
        async with self.memory.units(self.workspace, reading=True) as work:
            reading = Reading(work, words(reader.language), await work.vocabulary.options(), self.clock.now(), reader)
            return await writers(LETTERS)[type(delivery.letter)](reading, delivery.letter)


async def an_academy(
    *,
    first_organisers: frozenset[str] = frozenset(),
    leave: Leave = in_nothing,
    tables: Tables = TABLES,
    language: str = "en",
    storage: Storage | None = None,
    homes: Mapping[str, str] | None = None,
    make: Callable[[], str] = new_code,
) -> Talk:
    """An empty academy whose people are written to in ``language``; in memory, or on the given storage. ``homes``: names by
    external id, where it has others than the local one."""
    memory, clock = storage or Memory(), StoppedClock()
    first, *more = (homes or {"local": "Academy"}).items()
    workspace = (await memory.directory.ensure(*first, WorkspaceOptions(language=language))).id
    for home in more:
        await memory.directory.join(workspace, *home)
    members = MemberService(memory.units, clock, first_organisers, leave)
    linking = LinkService(memory.units, memory.directory, clock, make)
    announcements = AnnouncementService(memory.units, clock, Platforms())
    introductions, camps = IntroductionService(memory.units, clock), CampService(memory.units, clock)
    services = Services(
        members,
        introductions,
        tables[0],
        linking,
        announcements,
        camps,
        PollService(memory.units, clock, Platforms()),
        some_notes(memory.units, clock),
        BankService(memory.units, clock, introductions.finding),
        some_challenges(memory.units, clock),
    )
    desk = Dispatcher(tables, services, memory.units, languages(), clock, House("en", COPENHAGEN))
    return Talk(memory, clock, workspace, members, desk)


@asynccontextmanager
async def kept(kind: str, folder: Path) -> AsyncGenerator[Storage, None]:
    """A storage of this kind: ``memory`` or ``sqlite``."""
    if kind == "memory":
        yield in_memory()
        return
    url = sqlite_url(folder / "academy.db")
    await upgrade.make_ready(url)
    async with opened(url, LetterTable.of(row.letter for row in LETTERS)) as storage:
        yield storage


def a_member(
    user: str = "U1",
    *,
    name: str = "Mette Holm",
    organisation: str = "Rødovre Kommune",
    sector: str = "municipality",
    language: str = "en",
    consent: Consent = Consent.YES,
    role: Role = Role.MEMBER,
) -> Member:
    """A member who has a profile and has said yes."""
    return Member(
        id=MemberId(new_id()),
        name=name,
        organisation=organisation,
        sector=sector,
        language=language,
        accounts=(Account("slack", user),),
        consent=consent,
        role=role,
    )


def an_organiser(user: str = "U0", *, name: str = "Odd Organiser", language: str = "en") -> Member:
    """A member who holds the keys."""
    return replace(a_member(user, name=name, organisation="Akademiet", language=language), role=Role.ORGANISER)


PROFILE: Mapping[str, FormInput] = {
    "name": "Mette Holm",
    "organisation": "Rødovre Kommune",
    "sector": ("municipality",),
    "themes": "ensomhed\nloneliness",
    "needs": "frivillige om mandagen",
    "offers": "lokaler",
    "language": ("en",),
    "intros_per_round": ("2",),
}

__all__ = [
    "PROFILE",
    "Answer",
    "Command",
    "Person",
    "Talk",
    "a_member",
    "an_academy",
    "an_organiser",
    "kept",
    "words",
    "words_of",
]
