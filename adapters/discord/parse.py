"""Reads what Discord sends, strictly: each kind of interaction becomes one small value, and anything else is malformed.

Who acts is read from what Discord says itself, never from what was typed or carried along.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

import discord

from adapters.discord.forms import RawValue, read_modal
from adapters.discord.ids import CustomId, Kind, read_id
from adapters.discord.nooks import TITLE
from adapters.discord.origin import Origin
from adapters.discord.scopes import lacking_for_rooms
from adapters.discord.shapes import record, sequence, text_at
from bot.errors import BrobyggerError
from bot.interactions import PlaceKind, RoomsHere

_MESSAGE_MENU, _SLASH = 3, 1
_LONGEST, _MOST = 100, 25


class Malformed(BrobyggerError):
    """An interaction that is not what its kind promises. The text names the part, and nothing that stood in it."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who acts. ``manages``: may manage the guild; ``roles``: the names of their roles there, as far as they are known."""

    user: str
    name: str
    handle: str
    language: str
    manages: bool = False
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What every interaction has. ``own`` is Discord's id of it."""

    own: str
    sender: Sender
    origin: Origin

    def id(self) -> str:
        """The same for a repeated delivery of the same interaction."""
        return f"discord:{self.own}"


@dataclass(frozen=True, slots=True)
class Typed:
    """A slash command, or an entry of a message's menu; ``data`` as Discord gives it."""

    asked: Asked
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Searched:
    """Somebody types in an option of a command."""

    asked: Asked
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button or a menu of a message. ``label``: what stands on the button; ``grave``: it is one of danger."""

    asked: Asked
    custom: CustomId
    chosen: tuple[str, ...]
    label: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """What was uploaded, and where it can be fetched for a day."""

    name: str
    url: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A form, or one step of it. ``files``: what was uploaded, by Discord's ids."""

    asked: Asked
    custom: CustomId
    values: Mapping[str, RawValue]
    files: Mapping[str, Attached]


@dataclass(frozen=True, slots=True)
class Strange:
    """Something was pressed or sent that is none of ours: of an older version, or of nobody."""

    asked: Asked


Received: TypeAlias = Typed | Searched | Pressed | Sent | Strange


def read(interaction: discord.Interaction) -> Received:
    """What it is. Raises Malformed."""
    data = record(interaction.data)
    match interaction.type:
        case discord.InteractionType.application_command:
            return Typed(_asked(interaction, _target(data)), data)
        case discord.InteractionType.autocomplete:
            return Searched(_asked(interaction), data)
        case discord.InteractionType.component:
            return _pressed(interaction, data)
        case discord.InteractionType.modal_submit:
            return _sent(interaction, data)
        case _:
            raise Malformed("type")


def _pressed(interaction: discord.Interaction, data: Mapping[str, object]) -> Received:
    custom = _custom(data)
    asked = _asked(interaction, custom=custom)
    if not asked.origin.message:
        raise Malformed("message")
    if custom is None or custom.kind is Kind.FORM:
        return Strange(asked)
    return Pressed(asked, custom, _chosen(data), *_button(interaction, data.get("custom_id")))


def _sent(interaction: discord.Interaction, data: Mapping[str, object]) -> Received:
    custom = _custom(data)
    asked = _asked(interaction, custom=custom)
    if custom is None or custom.kind is not Kind.FORM:
        return Strange(asked)
    return Sent(asked, custom, read_modal(data), _attached(data))


def _attached(data: Mapping[str, object]) -> dict[str, Attached]:
    found: dict[str, Attached] = {}
    for own, one in record(record(data.get("resolved")).get("attachments")).items():
        about = record(one)
        size, url = about.get("size"), text_at(about, "url")
        if not isinstance(size, int) or not url.startswith(("https://", "http://")):
            raise Malformed("attachments")
        found[own] = Attached(text_at(about, "filename"), url, size, text_at(about, "content_type"))
    return found


def _custom(data: Mapping[str, object]) -> CustomId | None:
    written = data.get("custom_id")
    if not isinstance(written, str) or not 0 < len(written) <= _LONGEST:
        raise Malformed("custom_id")
    return read_id(written)


def _chosen(data: Mapping[str, object]) -> tuple[str, ...]:
    values = sequence(data.get("values"))
    if len(values) > _MOST:
        raise Malformed("values")
    for value in values:
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise Malformed("values")
    return tuple(map(str, values))


def _target(data: Mapping[str, object]) -> str:
    """The message whose menu it was; empty for a slash command."""
    if not text_at(data, "name"):
        raise Malformed("name")
    match data.get("type"):
        case kind if kind == _SLASH:
            return ""
        case kind if kind == _MESSAGE_MENU:
            target = str(data.get("target_id") or "")
            if not target.isdecimal():
                raise Malformed("target_id")
            return target
        case _:
            raise Malformed("data.type")


def _asked(interaction: discord.Interaction, target: str = "", custom: CustomId | None = None) -> Asked:
    channel = interaction.channel
    if channel is None:
        raise Malformed("channel")
    kind = _kind(interaction)
    origin = Origin(
        kind=kind,
        channel=str(channel.id),
        guild=str(interaction.guild_id or ""),
        target=target,
        rooms=_rooms(interaction, channel.type),
        nook=kind is PlaceKind.ROOM and isinstance(channel, discord.Thread) and channel.name == TITLE,
    )
    return Asked(str(interaction.id), _sender(interaction), _with_message(origin, interaction.message, custom))


def _rooms(interaction: discord.Interaction, kind: discord.ChannelType) -> RoomsHere | None:
    if interaction.guild_id is None:
        return None
    fits = kind is discord.ChannelType.text
    lacks = lacking_for_rooms(interaction.app_permissions) if fits else ()
    return RoomsHere(str(interaction.guild_id), str(interaction.channel_id), fits, lacks)


def _sender(interaction: discord.Interaction) -> Sender:
    user = interaction.user
    if user is discord.utils.MISSING:
        raise Malformed("user")
    if user.bot:
        raise Malformed("bot")
    return Sender(
        user=str(user.id),
        name=user.display_name,
        handle=user.name,
        language="da" if str(interaction.locale).startswith("da") else "en",
        manages=isinstance(user, discord.Member) and interaction.permissions.manage_guild,
        roles=tuple(role.name for role in user.roles if not role.is_default())
        if isinstance(user, discord.Member)
        else (),
    )


def _kind(interaction: discord.Interaction) -> PlaceKind:
    """A private thread that the bot opened is a room."""
    channel, own = interaction.channel, interaction.client.user
    if interaction.guild_id is None:
        return PlaceKind.DIRECT
    if isinstance(channel, discord.Thread) and channel.is_private() and own is not None and channel.owner_id == own.id:
        return PlaceKind.ROOM
    return PlaceKind.CHANNEL


def _with_message(origin: Origin, message: discord.Message | None, custom: CustomId | None) -> Origin:
    """At the message that was pressed, or from which the form was opened."""
    if message is None:
        return origin
    about, said = "", message.interaction_metadata
    asks = custom is not None and custom.kind is Kind.YES
    if asks and said is not None:
        about = str(said.interacted_message_id or "")
    return replace(
        origin,
        message=str(message.id),
        ephemeral=message.flags.ephemeral,
        passing=asks or _is_passing(message, custom),
        about=about,
        mark=next((one.id or 0 for one in message.components[:1] if isinstance(one, discord.Container)), 0),
    )


def _is_passing(message: discord.Message, custom: CustomId | None) -> bool:
    """A step of a form, from which its next one was opened; or the question which academy is meant."""
    if custom is not None and custom.kind in (Kind.ACADEMY, Kind.AS_IT_STANDS):
        return True
    if custom is not None and custom.kind is not Kind.FORM:
        return False
    kinds = [read_id(one.custom_id) for one in _controls(message) if one.custom_id]
    return any(one is not None and one.kind is Kind.REOPEN for one in kinds)


def _controls(message: discord.Message) -> Iterator[discord.Button]:
    """The buttons of a message."""
    open_: list[object] = list(message.components)
    while open_:
        one = open_.pop(0)
        match one:
            case discord.Button():
                yield one
            case discord.Container() | discord.ActionRow():
                open_ += one.children
            case discord.SectionComponent():
                open_.append(one.accessory)
            case _:
                continue


def _button(interaction: discord.Interaction, custom_id: object) -> tuple[str, bool]:
    """What stands on the button that was pressed, and whether it is one of danger."""
    if interaction.message is None:
        return "", False
    found = next((one for one in _controls(interaction.message) if one.custom_id == custom_id), None)
    return ("", False) if found is None else (found.label or "", found.style is discord.ButtonStyle.danger)
