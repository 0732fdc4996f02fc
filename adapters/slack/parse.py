"""Reads what Slack sends, strictly: each kind of payload becomes one small value, and anything else is malformed.

Who acts is read from the signed payload only, never from what was typed or carried along.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from adapters.slack.controls import LINK
from adapters.slack.finding import read_mark
from adapters.slack.forms import RawValue, read_state
from adapters.slack.inputs import FIELD
from adapters.slack.origin import Origin, remembered, with_response_url
from adapters.slack.shapes import record, sequence
from bot.errors import BrobyggerError
from bot.interactions import PlaceKind

_LONGEST = 255


class Malformed(BrobyggerError):
    """A payload that is not what its kind promises. The text names the part, and nothing that stood in it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who acts, and under which installation. ``name`` is the handle that Slack sends along, if it does."""

    team: str
    enterprise: str
    org_wide: bool
    user: str
    name: str = ""

    def installed(self) -> str:
        """The team, or the enterprise where no team is named: the first part of every interaction's id."""
        return self.team or self.enterprise


@dataclass(frozen=True, slots=True)
class Asked:
    """What every interaction has. ``trigger`` opens a view, within three seconds and once."""

    sender: Sender
    origin: Origin
    trigger: str

    def id(self) -> str:
        """The same for a repeated delivery of the same interaction."""
        return f"slack:{self.sender.installed()}:{self.trigger}"


@dataclass(frozen=True, slots=True)
class Typed:
    """A slash command; ``command`` without its slash."""

    asked: Asked
    command: str
    text: str


@dataclass(frozen=True, slots=True)
class Picked:
    """A shortcut from Slack's menus: ``command`` and ``verb`` as the manifest names them."""

    asked: Asked
    command: str
    verb: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button or a menu of a card."""

    asked: Asked
    wire: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form. ``view`` is the view as it came back, to be shown again with what was typed."""

    asked: Asked
    wire: str
    values: Mapping[str, RawValue]
    view: Mapping[str, object]
    view_id: str
    stacked: bool

    def fields(self) -> frozenset[str]:
        """The blocks that can show an error of their own."""
        blocks = [record(block) for block in sequence(self.view.get("blocks"))]
        return frozenset(str(block.get("block_id")) for block in blocks if block.get("type") == "input")


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody types in a form's searchable menu."""

    sender: Sender
    origin: Origin
    wire: str
    field: str
    typed: str


def read_command(body: Mapping[str, object], now: datetime) -> Typed:
    """A slash command."""
    channel = text(body, "channel_id")
    origin = Origin(kind=kind_of(channel, optional(body, "channel_name")), channel=channel)
    asked = Asked(_sender(body, text(body, "user_id")), _answered(origin, body, now), text(body, "trigger_id"))
    return Typed(asked, text(body, "command").removeprefix("/"), _unescaped(optional(body, "text")))


def read_shortcut(body: Mapping[str, object], now: datetime) -> Picked:
    """A global shortcut, or one on a message."""
    user = _user(body)
    command, _, verb = text(body, "callback_id").partition(".")
    origin = Origin()
    if body.get("type") == "message_action":
        origin = _beside(_channel(body), record(body.get("message")))
    asked = Asked(_sender(body, text(user, "id"), user), _answered(origin, body, now), text(body, "trigger_id"))
    return Picked(asked, command, verb)


def read_press(body: Mapping[str, object], now: datetime) -> Pressed | None:
    """A button or menu; None for a link, and for what merely changed in an open form."""
    actions = sequence(body.get("actions"))
    if len(actions) != 1:
        raise Malformed("actions")
    action = record(actions[0])
    number, _, wire = text(action, "action_id").partition("|")
    if wire == LINK or number == FIELD:
        return None
    if not number.isdecimal() or not wire:
        raise Malformed("action_id")
    user = _user(body)
    origin = _pressed_in(body)
    asked = Asked(_sender(body, text(user, "id"), user), _answered(origin, body, now), text(body, "trigger_id"))
    return Pressed(asked, wire, _chosen(action))


def read_submission(body: Mapping[str, object]) -> Sent:
    """A form that was sent."""
    user, view = _user(body), record(body.get("view"))
    origin = remembered(optional(view, "private_metadata"))
    asked = Asked(_sender(body, text(user, "id"), user), origin, optional(body, "trigger_id") or text(view, "hash"))
    return Sent(
        asked,
        text(view, "callback_id"),
        read_state(view),
        view,
        text(view, "id"),
        stacked=bool(optional(view, "previous_view_id")),
    )


def read_search(body: Mapping[str, object]) -> Searched:
    """What is typed in a searchable menu of a form."""
    user, view = _user(body), record(body.get("view"))
    return Searched(
        _sender(body, text(user, "id"), user),
        remembered(optional(view, "private_metadata")),
        text(view, "callback_id"),
        text(body, "block_id"),
        optional(body, "value"),
    )


def text(record_: Mapping[str, object], name: str) -> str:
    """A text that has to be there. Raises Malformed."""
    value = record_.get(name)
    if not isinstance(value, str) or not value:
        raise Malformed(name)
    return value


def optional(record_: Mapping[str, object], name: str) -> str:
    """A text that may be missing."""
    value = record_.get(name)
    if value is not None and not isinstance(value, str):
        raise Malformed(name)
    return value or ""


def kind_of(channel: str, name: str = "") -> PlaceKind:
    """What kind of conversation it is, by its id and by the name that Slack gives it."""
    if channel.startswith("D") or name == "directmessage":
        return PlaceKind.DIRECT
    if name.startswith("mpdm-") or (channel.startswith("G") and name != "privategroup"):
        return PlaceKind.ROOM
    return PlaceKind.CHANNEL


def _sender(body: Mapping[str, object], user: str, about: Mapping[str, object] | None = None) -> Sender:
    """Under which installation: an organisation-wide one may name no team at all but the person's."""
    team, enterprise = body.get("team"), body.get("enterprise")
    view = record(body.get("view"))
    # Of an organisation-wide installation, a view names the organisation in this place.
    installed = optional(view, "app_installed_team_id")
    named = ("" if installed.startswith("E") else installed) or _id(team) or optional(body, "team_id")
    told = body.get("is_enterprise_install")
    return Sender(
        named or optional(about or {}, "team_id"),
        _id(enterprise) or optional(body, "enterprise_id") or optional(record(team), "enterprise_id"),
        told is True or told == "true",
        user,
        optional(about, "username") or optional(about, "name") if about else optional(body, "user_name"),
    )


def _id(named: object) -> str:
    return named if isinstance(named, str) else optional(record(named), "id")


def _user(body: Mapping[str, object]) -> Mapping[str, object]:
    user = record(body.get("user"))
    if not user:
        raise Malformed("user")
    return user


def _channel(body: Mapping[str, object]) -> tuple[str, str]:
    channel = record(body.get("channel"))
    return text(channel, "id"), optional(channel, "name")


def _pressed_in(body: Mapping[str, object]) -> Origin:
    container = record(body.get("container"))
    match container.get("type"):
        case "message":
            ephemeral = container.get("is_ephemeral") is True
            channel = _channel(body) if body.get("channel") else (text(container, "channel_id"), "")
            message = {**record(body.get("message")), "ts": text(container, "message_ts")}
            return _beside(channel, message, optional(container, "thread_ts"), ephemeral=ephemeral)
        case "view":
            view = record(body.get("view"))
            if view.get("type") == "home":
                return Origin(home=True)
            kept = remembered(optional(view, "private_metadata"))
            return _in_view(kept, text(view, "id"))
        case _:
            raise Malformed("container")


def _beside(
    channel: tuple[str, str], message: Mapping[str, object], thread: str = "", *, ephemeral: bool = False
) -> Origin:
    """At a message. One that a long card goes on in belongs to the first of that card, under which it stands."""
    stamp = text(message, "ts")
    thread = thread or optional(message, "thread_ts")
    mark = read_mark(message)
    first = (mark.of or thread) if mark is not None and mark.part else ""
    return Origin(
        kind=kind_of(*channel),
        channel=channel[0],
        thread="" if thread in (stamp, first) else thread,
        message=stamp,
        first="" if first == stamp else first,
        ephemeral=ephemeral,
    )


def _in_view(kept: Origin, view: str) -> Origin:
    return Origin(
        kind=kept.kind,
        channel=kept.channel,
        thread=kept.thread,
        view=view,
        response_url=kept.response_url,
        until=kept.until,
    )


def _answered(origin: Origin, body: Mapping[str, object], now: datetime) -> Origin:
    return with_response_url(origin, optional(body, "response_url"), now)


def _chosen(action: Mapping[str, object]) -> tuple[str, ...]:
    kind = text(action, "type")
    if kind == "button":
        return ()
    if kind.endswith("users_select"):
        many = sequence(action.get("selected_users"))
        return tuple(str(one) for one in many or (action.get("selected_user"),) if one)
    options = [record(one) for one in sequence(action.get("selected_options"))]
    one = record(action.get("selected_option"))
    if one:
        options.insert(0, one)
    return tuple(_value(option) for option in options)


def _value(option: Mapping[str, object]) -> str:
    value = text(option, "value")
    if len(value) > _LONGEST:
        raise Malformed("value")
    return value


def _unescaped(typed: str) -> str:
    """The three signs that Slack writes as entities, back as they were typed."""
    return typed.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
