"""What all the forms need: text out of bytes, values out of what JSON holds, and one kind sentence for what cannot be read."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import TypeAlias, cast

from bot.errors import NotUnderstood, phrase
from bot.notes.transcript import MOST_LINES, Line

Json: TypeAlias = Mapping[str, object]

# Bytes that no text has: of so many, hardly any.
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_LOOKED_AT, _MOST_CONTROL = 10_000, 0.02
# Files that begin like text and are none.
_NO_TEXT = (b"%PDF-", b"{\\rtf")
# Half of a sign beyond the first 65,536, as a program leaves it that cuts a text in the middle of one.
_HALF = re.compile("[\ud800-\udfff]+")
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029]")


def text_of(content: bytes) -> str:
    """The text, in whatever of the usual encodings it is, with one kind of line end. Raises NotUnderstood where it is none."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _LINE_ENDS.sub("\n", content.decode(encoding, errors="replace"))
    if (
        content.startswith(_NO_TEXT)
        or len(_CONTROL.findall(content[:_LOOKED_AT])) > len(content[:_LOOKED_AT]) * _MOST_CONTROL
    ):
        raise NotUnderstood(phrase("This file is no text. Give an export of Slack or Discord, a jsonl, or plain text."))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return _LINE_ENDS.sub("\n", text).replace("\x00", "")


def parsed(text: str) -> object:
    """What a JSON text holds. Raises NotUnderstood with the line where it stops being JSON."""
    try:
        return cast(object, json.loads(text))
    except json.JSONDecodeError as error:
        raise NotUnderstood(
            phrase(
                "Line {number} of the file is not JSON. Export it again, or say with --from what the file is.",
                number=error.lineno,
            )
        ) from error
    except (RecursionError, ValueError) as error:
        raise NotUnderstood(
            phrase("This JSON cannot be read. Export it again, or say with --from what it is.")
        ) from error


def objects(value: object) -> Sequence[Json]:
    """The objects of a list; empty where it is none."""
    if not isinstance(value, list):
        return ()
    return [cast(Json, one) for one in cast(Sequence[object], value) if isinstance(one, dict)]


def an_object(value: object) -> Json:
    """An object; an empty one where it is none."""
    return cast(Json, value) if isinstance(value, dict) else {}


def word(value: object) -> str:
    """A text or a number as text, without space around it; empty where it is neither."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def moment(text: str, zone: tzinfo) -> datetime | None:
    """An ISO time; in this zone where it has no offset. None where it is no time."""
    try:
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=zone) if at.tzinfo is None else at
    except (ValueError, OverflowError):
        return None


def checked(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, if there are not too many to make a note of. What names a line that is not there names none."""
    if len(lines) > MOST_LINES:
        raise NotUnderstood(
            phrase(
                "These are {number} messages, and a note is made of {most} at the most. Choose a shorter time.",
                number=len(lines),
                most=MOST_LINES,
            )
        )
    return lines


def whole(text: str) -> str:
    """The text with its halved signs put together, and a mark where the other half is missing: no file takes halves, nor a
    sign that ends a text."""
    return _HALF.sub(
        lambda found: found[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace"), text
    ).replace("\x00", "")


def once(lines: Sequence[Line]) -> list[Line]:
    """Each id once: exports that overlap have a message twice."""
    return list({line.id: line for line in reversed(lines)}.values())[::-1]
