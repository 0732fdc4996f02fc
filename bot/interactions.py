"""What arrives (an invocation, a press, a submission) and what is declared (commands, options, answers).

One declaration a command; every platform's menus, parsers and forms, ``/help`` and the README's table come from it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar, cast

from bot.errors import Called
from bot.identity import Account, Address, MemberId, WorkspaceId
from bot.members.domain import Member, Reader, WorkspaceOptions
from bot.messages.actions import Action
from bot.messages.elements import Card, Choice
from bot.messages.forms import Form, FormInput, FormValue
from bot.messages.replies import Replies
from bot.words import Words

if TYPE_CHECKING:
    from bot.services import Services

Value: TypeAlias = str | int | bool | date | MemberId | tuple[str, ...]
Values: TypeAlias = Mapping[str, Value]


class PlaceKind(StrEnum):
    """What kind of conversation something was typed in."""

    CHANNEL = "channel"
    DIRECT = "direct"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class RoomsHere:
    """A conversation under which the rooms of introductions could open, on a platform where one can choose.

    ``home`` and ``spot`` are the platform's names for what belongs together there and for the conversation. ``fits``: it is of
    the right kind. ``lacks``: what the bot would have to be allowed there, as the platform shows it.
    """

    home: str
    spot: str
    fits: bool = True
    lacks: tuple[Called, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was typed or pressed. ``message``: the card that had the button, if one had. ``rooms``: None where there
    is nothing to choose."""

    address: Address
    kind: PlaceKind
    message: Address | None = None
    rooms: RoomsHere | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """What every interaction has. ``id`` is unique for the platform's own interaction: the same one is handled once.

    ``account`` comes from the platform's signed request, never from what was typed. ``language`` and ``timezone`` (a name
    such as ``Europe/Copenhagen``): what the platform knows of the person, if it says. ``handle``: the name by which others
    find this account there (Discord's user name). ``organises``: whether the person's rights there make an organiser of
    them, None where the platform does not say. ``sector``: the key of the sector that a role of theirs names, or empty.
    ``speaks``: the language that they chose for this window, where a platform has such a switch: it is answered in that one, and
    else in the member's own.
    """

    id: str
    workspace: WorkspaceId
    account: Account
    place: Place
    name: str = ""
    language: str = ""
    timezone: str = ""
    handle: str = ""
    organises: bool | None = None
    sector: str = ""
    speaks: str = ""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A slash command. ``text`` is what was typed after its name.

    A platform with native options names the ``verb`` and gives what stands in each by its key, as text (``given``; a person as
    their mention), which is read just as if it had been typed; ``values`` are read already. A shortcut is one as well, with its
    verb and no values; one on a message has that message as ``arrival.place.message``.
    """

    arrival: Arrival
    command: str
    text: str = ""
    verb: str = ""
    values: Values | None = None
    given: Mapping[str, str | tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button was pressed, or something was chosen in a card's select (then ``chosen`` has it). ``wire``: the action."""

    arrival: Arrival
    wire: str
    chosen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A form was sent. ``values`` as the platform gave them: text, several texts, or a file, by the field's key.

    ``seen``: the marks of what it showed at first (:mod:`bot.messages.meanwhile`).
    """

    arrival: Arrival
    wire: str
    values: Mapping[str, FormInput]
    seen: Mapping[str, str] = field(default_factory=dict[str, str])


class Who(StrEnum):
    """Who may run something. ``ALL``: also somebody who is not on the roster yet."""

    ALL = "all"
    MEMBER = "member"
    ORGANISER = "organiser"


class OptionKind(StrEnum):
    """What an option holds; decides how each platform asks for it and how text is read."""

    TEXT = "text"
    CHOICE = "choice"
    MEMBER = "member"
    DATE = "date"
    NUMBER = "number"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class OptionChoice:
    """One of a ``CHOICE`` option's values, with what is typed and shown by language (``{"en": "yes", "da": "ja"}``). Of a
    ``NUMBER``: a word that stands for that number. ``also``: what else people type for it, in whatever language."""

    value: str
    names: Mapping[str, str]
    also: tuple[str, ...] = ()


OptionSuggester: TypeAlias = "Callable[[Call, str], Awaitable[Sequence[Choice]]]"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a verb. ``names``: by language, as typed in ``name:value``; ``summary`` is a catalogue key.

    ``max_length`` in characters for text. ``rest``: takes all words that are left, quotes or not. ``suggests``: what exists here
    and fits what has been typed so far (of a list, in its last entry), best first, for platforms that help while one types.
    ``channels``: it may name a channel, so a channel's mention stays in it as the platform wrote it. ``also``: what else people
    type for its name, in whatever language; shown nowhere. ``sentence``: where it begins
    without a quote, all words are its own.
    """

    key: str
    names: Mapping[str, str]
    summary: str
    kind: OptionKind = OptionKind.TEXT
    required: bool = False
    choices: tuple[OptionChoice, ...] = ()
    max_length: int = 300
    rest: bool = False
    suggests: "OptionSuggester | None" = None
    channels: bool = False
    also: tuple[str, ...] = ()
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler gets: who asks, where, in which words, at what time, and the services. No platform, no database.

    ``member`` is the asking member; for somebody not on the roster it is a blank one, already stored. ``bare``: a command that
    was typed in one line without any quotes.
    """

    services: "Services"
    arrival: Arrival
    member: Member
    options: WorkspaceOptions
    words: Words
    now: datetime
    values: Values = field(default_factory=dict[str, Value])
    bare: bool = False

    def text(self, key: str) -> str:
        """A text or choice option's value; empty where it was not given."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Hurry:
    """What a handler gets that works for many at once: it finds out itself who asks, together with all that arrived in the same
    moment, and keeps itself what must not be handled twice. ``words``: those of a member, once that is known."""

    services: "Services"
    arrival: Arrival
    words: Callable[[Reader, WorkspaceOptions], Words]


CommandHandler: TypeAlias = Callable[[Call], Awaitable[Replies]]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that a command does (``/profile pause``). ``name`` is empty where the command has no verbs.

    ``also``: other words that mean the same where it is typed. ``opens_form``: where one of its options was not given, it may
    answer with a form; ``forms_anyway``: also where they all were. ``only_shows``: it writes nothing and answers this person
    alone, so that it may be asked twice. ``shortcut`` and ``on_message`` are names by language, at
    most 24 characters: the verb is also offered in the platform's menu, or in the menu of any message.
    """

    run: CommandHandler
    summary: str
    name: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    who: Who = Who.MEMBER
    options: tuple[Option, ...] = ()
    opens_form: bool = False
    forms_anyway: bool = False
    only_shows: bool = False
    example: str = ""
    also: tuple[str, ...] = ()
    shortcut: Mapping[str, str] = field(default_factory=dict[str, str])
    on_message: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command. ``names`` by language; ``default``: the verb that runs when nothing, or no known verb, is typed."""

    name: str
    names: Mapping[str, str]
    summary: str
    verbs: tuple[Verb, ...]
    default: str = ""


A = TypeVar("A", bound=Action)
PressHandler: TypeAlias = Callable[[Call, Action, tuple[str, ...]], Awaitable[Replies]]
SwiftHandler: TypeAlias = Callable[[Hurry, Action, tuple[str, ...]], Awaitable[Replies | None]]
FormBuilder: TypeAlias = Callable[[Call, Action], Awaitable[Form]]
HomeBuilder: TypeAlias = Callable[[Call], Awaitable[Card]]
FormHandler: TypeAlias = Callable[[Call, Action, Mapping[str, FormValue]], Awaitable[Replies]]


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of the ACTIONS table: which handler answers a press of this intent. Made by :func:`answer` or :func:`swift`.

    ``swift`` is asked first, where there is one; None sends the press the usual way.
    """

    action: type[Action]
    run: PressHandler
    who: Who
    swift: SwiftHandler | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A row of the FORMS table: how the form is built (also to read it back) and who takes it. Made by :func:`fill`.

    ``watches``: the action itself carries what was seen, and the handler looks whether that still stands.
    """

    action: type[Action]
    build: FormBuilder
    run: FormHandler
    who: Who
    watches: bool = False


def answer(
    action: type[A],
    run: Callable[[Call, A, tuple[str, ...]], Awaitable[Replies]],
    who: Who = Who.MEMBER,
) -> Answered:
    """A row of ACTIONS; the types make sure that the handler takes just this intent."""
    return Answered(action, cast(PressHandler, run), who)


def swift(
    action: type[A],
    swift: Callable[[Hurry, A, tuple[str, ...]], Awaitable[Replies | None]],
    run: Callable[[Call, A, tuple[str, ...]], Awaitable[Replies]],
    who: Who = Who.MEMBER,
) -> Answered:
    """A row of ACTIONS for what a crowd presses in one moment. Whom ``swift`` lets through is its own business; ``who`` is about
    ``run``, which takes those whom it does not know."""
    return Answered(action, cast(PressHandler, run), who, cast(SwiftHandler, swift))


def fill(
    action: type[A],
    build: Callable[[Call, A], Awaitable[Form]],
    run: Callable[[Call, A, Mapping[str, FormValue]], Awaitable[Replies]],
    who: Who = Who.MEMBER,
    *,
    watches: bool = False,
) -> Filled:
    """A row of FORMS; the types make sure that builder and handler take just this intent."""
    return Filled(action, cast(FormBuilder, build), cast(FormHandler, run), who, watches)


Tables: TypeAlias = tuple[tuple[Command, ...], tuple[Answered, ...], tuple[Filled, ...]]
