"""A message a line, as this house writes and reads them."""

import json
from collections.abc import Iterator
from datetime import tzinfo
from typing import cast

from bot.errors import NotUnderstood, phrase
from bot.members.cells import sector_names
from bot.members.domain import SECTORS
from bot.notes.reading.pieces import Json, moment, word
from bot.notes.transcript import Line, Transcript


def read_jsonl(text: str, zone: tzinfo) -> Transcript:
    """Every line is an object with a text at least. Raises NotUnderstood with the number of the first line that is not."""
    return lines_of(_objects(text), zone)


def lines_of(objects: "Iterator[tuple[int, Json]]", zone: tzinfo) -> Transcript:
    """The lines of objects, each with its number in the file."""
    seen: dict[str, int] = {}
    lines: list[Line] = []
    for number, one in objects:
        line = _line(one, number, zone)
        if seen.setdefault(line.id, number) != number:
            raise NotUnderstood(
                phrase(
                    "Line {number} has the same id as line {other}. Give each message an id of its own.",
                    number=number,
                    other=seen[line.id],
                )
            )
        lines.append(line)
    return Transcript(lines)


def _objects(text: str) -> "Iterator[tuple[int, Json]]":
    for number, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        try:
            value = cast(object, json.loads(row))
        except (ValueError, RecursionError) as error:
            raise _wrong(number) from error
        if not isinstance(value, dict):
            raise _wrong(number)
        yield number, cast(Json, value)


def _wrong(number: int) -> NotUnderstood:
    return NotUnderstood(
        phrase(
            "Line {number} is no message. Each line has to be one JSON object: {example}",
            number=number,
            example='{"id": "1", "author": "...", "at": "2026-03-22T09:00:00+01:00", "text": "..."}',
        )
    )


def _line(one: Json, number: int, zone: tzinfo) -> Line:
    text = one.get("text")
    if text is not None and not isinstance(text, str):
        raise _wrong(number)
    if "text" not in one:
        raise NotUnderstood(phrase("Line {number} has no “text”. Each message needs one.", number=number))
    given = word(one.get("at"))
    at = moment(given, zone)
    if given and at is None:
        raise NotUnderstood(
            phrase("Line {number}: “at” is no time. Write it like this: 2026-03-22T09:00:00+01:00", number=number)
        )
    return Line(
        id=word(one.get("id")) or f"line-{number}",
        author=word(one.get("author")),
        text=text or "",
        sector=_sector(word(one.get("sector"))),
        at=at,
        reply_to=word(one.get("reply_to")),
    )


def _sector(told: str) -> str:
    """The key of a sector that is told by its name."""
    return sector_names(SECTORS).get(" ".join(told.casefold().replace("_", " ").split()), told)
