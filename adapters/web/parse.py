"""Reads what a window sends, strictly: JSON of a known shape within the limits, or nothing."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from adapters.web.limits import BODY_BYTES, DRAINED_BYTES, FORM_BYTES, ID_CHARACTERS
from bot.errors import BrobyggerError
from bot.identity import MessageId
from bot.messages.elements import File
from bot.messages.forms import FormInput
from bot.messages.text import clean

_JSON = "application/json"


class TooLarge(BrobyggerError):
    """More was sent than is taken; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in the composer: a message, or a slash command. ``id``: the same for a repeated request."""

    id: str
    text: str
    thread: MessageId | None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button or a select of a card. ``chosen`` is empty for a button."""

    id: str
    wire: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen in the menu of a message: a verb of a command."""

    id: str
    command: str
    verb: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A form. ``origin``: the message whose button opened it, if one did; ``seen``: the marks of what it showed at first."""

    id: str
    wire: str
    values: Mapping[str, FormInput]
    seen: Mapping[str, str]
    thread: MessageId | None
    origin: MessageId | None


async def read_typed(request: Request) -> Typed:
    """What the composer sent."""
    sent = await _read_json(request)
    return Typed(_id(sent), _text(sent, "text"), _message(sent, "thread"))


async def read_pressed(request: Request) -> Pressed:
    """What a card's button or select sent."""
    sent = await _read_json(request)
    return Pressed(_id(sent), _text(sent, "wire"), _texts(sent.get("chosen", [])))


async def read_chosen(request: Request) -> Chosen:
    """What the menu of a message sent."""
    sent = await _read_json(request)
    return Chosen(_id(sent), _text(sent, "command"), _text(sent, "verb"))


async def read_sent(request: Request) -> Sent:
    """What a form sent; it may hold a file."""
    sent = await _read_json(request, FORM_BYTES)
    values = sent.get("values")
    if not isinstance(values, dict):
        raise _odd()
    read = {str(key): _value(value) for key, value in cast(dict[str, object], values).items()}
    seen = sent.get("seen", {})
    marks = (
        {str(key): str(mark) for key, mark in cast(dict[str, object], seen).items()} if isinstance(seen, dict) else {}
    )
    return Sent(_id(sent), _text(sent, "wire"), read, marks, _message(sent, "thread"), _message(sent, "origin"))


async def read_message(request: Request) -> MessageId:
    """Up to which message a window has been read."""
    found = _message(await _read_json(request), "message")
    if found is None:
        raise _odd()
    return found


async def _read_json(request: Request, most: int = BODY_BYTES) -> Mapping[str, object]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != _JSON:
        raise HTTPException(415)
    kept = bytearray()
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > DRAINED_BYTES:
                break
            if size <= most:
                kept += part
            else:
                kept.clear()
    except ClientDisconnect as error:
        raise _odd() from error
    if size > most:
        raise TooLarge
    try:
        loaded: object = json.loads(kept)
    except (ValueError, RecursionError) as error:
        raise _odd() from error
    if not isinstance(loaded, dict):
        raise _odd()
    return cast(dict[str, object], loaded)


def _odd() -> HTTPException:
    return HTTPException(400)


def _id(sent: Mapping[str, object]) -> str:
    found = _text(sent, "id")
    try:
        return str(UUID(found[:ID_CHARACTERS]))
    except ValueError as error:
        raise _odd() from error


def _text(sent: Mapping[str, object], key: str) -> str:
    found = sent.get(key)
    if not isinstance(found, str):
        raise _odd()
    return clean(found)


def _texts(found: object) -> tuple[str, ...]:
    if not isinstance(found, list):
        raise _odd()
    items = cast(list[object], found)
    if not all(isinstance(item, str) for item in items):
        raise _odd()
    return tuple(clean(str(item)) for item in items)


def _value(found: object) -> FormInput:
    if isinstance(found, dict):
        return _file(cast(dict[str, object], found))
    texts = _texts(found)
    return texts[0] if len(texts) == 1 else texts


def _file(found: Mapping[str, object]) -> File:
    try:
        content = b64decode(_text(found, "content"), validate=True)
    except ValueError as error:
        raise _odd() from error
    return File(_text(found, "name")[:200], _text(found, "type")[:100], content)


def _message(sent: Mapping[str, object], key: str) -> MessageId | None:
    found = sent.get(key)
    if not found:
        return None
    try:
        return MessageId(UUID(str(found)))
    except ValueError as error:
        raise _odd() from error
