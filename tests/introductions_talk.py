"""An academy in memory with the real front desk, courier and clock: for dialogues about rounds and introductions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from adapters.summarisers.offline import OfflineSummariser
from bot.announcements.service import AnnouncementService
from bot.bank.people import leave_bank
from bot.bank.service import BankService
from bot.camps.service import CampService
from bot.challenges.people import leave_challenges
from bot.deliveries.courier import Courier
from bot.dispatcher import Dispatcher, House
from bot.homes import platform_of
from bot.identity import Account, Address, MemberId, WorkspaceId, new_id
from bot.interactions import Arrival, Invocation, Place, PlaceKind, Press, Submission, Tables
from bot.introductions.domain import Intro, IntroState, Round
from bot.introductions.service import IntroductionService
from bot.letters import LETTERS
from bot.linking.service import LinkService
from bot.members.domain import Consent, Member, Role, WorkspaceOptions
from bot.members.service import MemberService, from_each
from bot.messages.actions import encode_action
from bot.messages.elements import (
    Bullets,
    Button,
    Buttons,
    Card,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Select,
    Table,
)
from bot.messages.forms import ChoiceField, Form
from bot.messages.meanwhile import marks_of
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace, Replies
from bot.messages.text import flat
from bot.notes.asking import Asker
from bot.notes.people import leave_notes
from bot.notes.service import NoteService
from bot.polls.people import leave_polls
from bot.polls.service import PollService
from bot.schedules.service import Timekeeper
from bot.services import Services
from bot.words import Languages
from commands import announce, camp, challenge, find, match, note, poll, profile
from commands import help as help_
from tests.challenge_service import some_challenges
from tests.databases import Storage
from tests.fake_chat import FakeChats, Posted
from tests.fake_threads import FakeReaders
from tests.fakes import Memory, StoppedClock

LANGUAGES = Languages.load()
TABLES: Tables = (
    (
        match.COMMAND,
        profile.COMMAND,
        announce.COMMAND,
        camp.COMMAND,
        poll.COMMAND,
        note.COMMAND,
        challenge.COMMAND,
        find.COMMAND,
        help_.COMMAND,
    ),
    (
        *match.ACTIONS,
        *profile.ACTIONS,
        *announce.ACTIONS,
        *camp.ACTIONS,
        *poll.ACTIONS,
        *note.ACTIONS,
        *challenge.ACTIONS,
        *find.ACTIONS,
    ),
    (
        *match.FORMS,
        *profile.FORMS,
        *announce.FORMS,
        *camp.FORMS,
        *poll.FORMS,
        *note.FORMS,
        *challenge.FORMS,
        *find.FORMS,
    ),
)
NOWHERE = Address("web", "somewhere")


def words_of(card: Card) -> str:
    """All that stands on a card, buttons aside."""
    lines: list[str] = []
    for element in card.elements:
        match element:
            case Heading(text):
                lines.append(text)
            case Paragraph(text) | Footnote(text) | Quote(text):
                lines.append(flat(text))
            case Bullets(items):
                lines += map(flat, items)
            case Fields(fields):
                lines += [f"{one.label}: {flat(one.value)}" for one in fields]
            case Table(header, rows):
                lines += [" | ".join(header), *(" | ".join(row) for row in rows)]
            case _:
                pass
    return "\n".join(lines)


def buttons_of(card: Card) -> dict[str, Button]:
    """The card's buttons by their label."""
    return {
        button.label: button
        for element in card.elements
        if isinstance(element, Buttons)
        for button in element.buttons
        if isinstance(button, Button)
    }


def selects_of(card: Card) -> list[Select]:
    return [element for element in card.elements if isinstance(element, Select)]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, easy to look at."""

    replies: Replies

    @property
    def cards(self) -> list[Card]:
        return [reply.card for reply in self.replies if isinstance(reply, Private | Public | Replace | Hand)]

    @property
    def card(self) -> Card:
        return self.cards[0]

    @property
    def text(self) -> str:
        return "\n".join(words_of(card) for card in self.cards)

    @property
    def buttons(self) -> dict[str, Button]:
        return {label: button for card in self.cards for label, button in buttons_of(card).items()}

    @property
    def replaced(self) -> bool:
        return any(isinstance(reply, Replace) for reply in self.replies)

    @property
    def form(self) -> Form:
        return next(reply.form for reply in self.replies if isinstance(reply, OpenForm))

    @property
    def problems(self) -> Mapping[str, str]:
        return next(reply.problems for reply in self.replies if isinstance(reply, Correct))

    @property
    def handed(self) -> Hand:
        return next(reply for reply in self.replies if isinstance(reply, Hand))


@dataclass(slots=True)
class Academy:
    """``begin`` makes one. Everybody in it has an account on the web, called by their first name."""

    clock: StoppedClock
    memory: Storage | Memory
    workspace: WorkspaceId
    services: Services
    desk: Dispatcher
    chats: FakeChats
    courier: Courier
    timekeeper: Timekeeper
    readers: FakeReaders = field(default_factory=FakeReaders)
    ids: dict[str, MemberId] = field(default_factory=dict[str, MemberId])
    where: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    async def begin(
        cls,
        options: WorkspaceOptions | None = None,
        storage: Storage | None = None,
        homes: Mapping[str, str] | None = None,
        asker: Asker | None = None,
    ) -> "Academy":
        """In memory, or on the given storage. ``homes``: names by external id, on other platforms than the web."""
        clock, memory = StoppedClock(), storage or Memory()
        first, *more = (homes or {"local": "Academy"}).items()
        workspace = await memory.directory.ensure(*first, options or WorkspaceOptions(language="en"))
        for home in more:
            await memory.directory.join(workspace.id, *home)
        introductions = IntroductionService(memory.units, clock)
        camps = CampService(memory.units, clock)
        members = MemberService(
            memory.units,
            clock,
            leave=from_each(introductions.leave, camps.leave, leave_polls, leave_notes, leave_bank, leave_challenges),
        )
        linking = LinkService(memory.units, memory.directory, clock)
        chats = FakeChats(clock, [platform_of(home) for home in homes or {"local": ""}])
        announcements = AnnouncementService(memory.units, clock, chats)
        readers = FakeReaders()
        notes = NoteService(memory.units, clock, readers, OfflineSummariser(), asker)
        services = Services(
            members,
            introductions,
            TABLES[0],
            linking,
            announcements,
            camps,
            PollService(memory.units, clock, chats),
            notes,
            BankService(memory.units, clock, introductions.finding),
            some_challenges(memory.units, clock, notes, chats, readers),
        )
        house = House("en", ZoneInfo("Europe/Copenhagen"))
        desk = Dispatcher(TABLES, services, memory.units, LANGUAGES, clock, house)
        courier = Courier(
            memory.outbox, memory.units, memory.directory, chats, LETTERS, LANGUAGES, clock, memory.alarm, owner="one"
        )
        expanders = {
            **introductions.expanders(),
            **announcements.expanders(),
            **camps.expanders(),
            **services.polls.expanders(),
            **services.notes.expanders(),
        }
        preparers = {**introductions.preparers(), **services.polls.preparers(), **services.challenges.preparers()}
        timekeeper = Timekeeper(
            memory.units, memory.directory, clock, expanders, preparers, missed=announcements.missed()
        )
        return cls(clock, memory, workspace.id, services, desk, chats, courier, timekeeper, readers)

    async def joins(self, member: Member, *platforms: str) -> "Somebody":
        first = member.name.split()[0]
        self.ids[first] = member.id
        accounts = tuple(Account(platform, first) for platform in platforms or ("web",))
        self.where[first] = accounts[0].platform
        async with self.memory.units(self.workspace) as work:
            await work.members.put(replace(member, accounts=accounts))
            await work.commit()
        return self[first]

    def __getitem__(self, first: str) -> "Somebody":
        return Somebody(self, first, self.where.get(first, "web"))

    async def member(self, first: str) -> Member:
        async with self.memory.units(self.workspace, reading=True) as work:
            found = await work.members.get(self.ids[first])
        assert found is not None
        return found

    async def change(self, first: str, **changes: object) -> None:
        async with self.memory.units(self.workspace) as work:
            found = await work.members.get(self.ids[first])
            assert found is not None
            await work.members.put(replace(found, **changes))  # type: ignore[arg-type]  # the test names the fields
            await work.commit()

    async def delivers(self) -> None:
        """Everything that is due goes out."""
        for _ in range(1000):
            await self.courier.sweep()
            if not await self.courier.run_once():
                return
            self.clock.advance(seconds=1)
        raise AssertionError("the outbox never gets empty")

    async def passes(self, **by: float) -> None:
        """Time goes by, a few hours at a step, as it does for the real clock."""
        left = timedelta(**by)
        while left > timedelta(0):
            step = min(left, timedelta(hours=4))
            self.clock.advance(seconds=step.total_seconds())
            left -= step
            await self.timekeeper.tick()
            await self.delivers()

    async def rounds(self) -> Sequence[Round]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.rounds.latest(100)

    async def intros(self, *states: IntroState) -> Sequence[Intro]:
        async with self.memory.units(self.workspace, reading=True) as work:
            return await work.rounds.intros_in(states or tuple(IntroState))

    def rooms(self, platform: str = "web") -> list[Card]:
        chat = self.chats.of(self.workspace, platform)
        return [post.card for post in chat.posts if post.to.value.startswith("room:")]


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person at the keyboard."""

    academy: Academy
    first: str
    platform: str = "web"

    @property
    def account(self) -> Account:
        return Account(self.platform, self.first)

    @property
    def id(self) -> MemberId:
        return self.academy.ids[self.first]

    def arrival(self, message: Address | None = None, arrival: str = "") -> Arrival:
        place = Place(message or NOWHERE, PlaceKind.DIRECT, message)
        return Arrival(arrival or str(new_id()), self.academy.workspace, self.account, place, self.first)

    async def types(self, line: str) -> Answer:
        self.academy.clock.advance(seconds=2)
        command, _, text = line.removeprefix("/").partition(" ")
        return Answer(await self.academy.desk.invoke(Invocation(self.arrival(), command, text)))

    async def presses(self, button: Button | str, *, message: Address | None = None, arrival: str = "") -> Answer:
        """A button, or its label on the newest private card that has it."""
        self.academy.clock.advance(seconds=2)
        if isinstance(button, str):
            post = next(post for post in reversed(self.posts()) if button in buttons_of(post.card))
            button, message = buttons_of(post.card)[button], post.address
        press = Press(self.arrival(message, arrival), encode_action(button.action))
        answer = Answer(await self.academy.desk.press(press))
        if message is not None and answer.replaced:
            await self.academy.chats.of(self.academy.workspace, self.platform).edit(message, answer.card)
        return answer

    async def chooses(self, select: Select, *values: str) -> Answer:
        self.academy.clock.advance(seconds=2)
        return Answer(await self.academy.desk.press(Press(self.arrival(), encode_action(select.action), values)))

    async def sends_wire(self, wire: str) -> Answer:
        self.academy.clock.advance(seconds=2)
        return Answer(await self.academy.desk.press(Press(self.arrival(), wire)))

    async def fills(self, form: Form, **values: str | tuple[str, ...]) -> Answer:
        self.academy.clock.advance(seconds=2)
        chosen = {one.key: one.value for one in form.fields if isinstance(one, ChoiceField) and one.value}
        submission = Submission(self.arrival(), encode_action(form.action), {**chosen, **values}, marks_of(form))
        return Answer(await self.academy.desk.submit(submission))

    def posts(self) -> list[Posted]:
        """The private messages that came by themselves, as they look now."""
        chat = self.academy.chats.of(self.academy.workspace, self.platform)
        return [post for post in chat.posts if post.to == Address(self.platform, f"direct:{self.first}")]

    def reads(self) -> str:
        """The newest private message, as it looks now."""
        return words_of(self.posts()[-1].card)


def a_member(name: str, organisation: str, sector: str, **more: object) -> Member:
    """Somebody who has said yes; ``needs="a|b"`` and the like are lists."""
    lists = {key: tuple(str(more.pop(key)).split("|")) for key in ("themes", "needs", "offers") if key in more}
    known = {"consent": Consent.YES, "language": "en", **more, **lists}
    return Member(id=MemberId(new_id()), name=name, organisation=organisation, sector=sector, **known)  # type: ignore[arg-type]  # as above


async def a_small_academy(
    options: WorkspaceOptions | None = None, language: str = "en", storage: Storage | None = None
) -> Academy:
    """Olga organises and takes no part; Anna and Bo fit each other, Carl and Dorte too."""
    academy = await Academy.begin(options or WorkspaceOptions(language=language), storage)
    await academy.joins(
        a_member("Olga Hansen", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER, language=language)
    )
    await academy.joins(
        a_member("Anna Holm", "Rødovre Kommune", "municipality", needs="premises", themes="ageing", language=language)
    )
    await academy.joins(
        a_member("Bo Lind", "Sportshallen", "business", offers="premises", themes="ageing", language=language)
    )
    await academy.joins(a_member("Carl Juhl", "Nordfonden", "foundation", offers="money for trials", language=language))
    await academy.joins(
        a_member("Dorte Friis", "Vennerne", "civil_society", needs="money for trials", language=language)
    )
    return academy


async def a_sent_round(academy: Academy, language: str = "en") -> None:
    """Olga draws a round and sends it, and everybody has their card."""
    command, send = ("/match round", "Send") if language == "en" else ("/match runde", "Send")
    drawn = await academy["Olga"].types(command)
    await academy["Olga"].presses(drawn.buttons[send])
    await academy.delivers()


def partner_of(intros: Iterable[Intro], member: MemberId) -> MemberId:
    """Who somebody was put together with."""
    return next(intro.others(member)[0] for intro in intros if intro.part_of(member))
