"""A note's parts as lines of text and back. What a line rests on stays with it as long as it says about the same; a line of
the author's own has its author as source. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from rapidfuzz import fuzz

from bot.errors import NotUnderstood, phrase
from bot.members.domain import Sector
from bot.notes.casenote import LONGEST_SUMMARY, CaseNote, Statement, Task

# The source of what the author added: no message of anybody.
BY_AUTHOR = "author"
# What a field of a dialog takes on every platform.
FIELD_CHARACTERS = 3_000
TITLE_CHARACTERS = 150
# From so many of a hundred on, a changed line is still the same line.
_SAME = 80
_BETWEEN = " | "


class Part(StrEnum):
    """The parts that are lines."""

    SUMMARY = "summary"
    SITUATION = "situation"
    PERSPECTIVES = "perspectives"
    IDEAS = "ideas"
    AGREEMENTS = "agreements"
    ACTIONS = "actions"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Lines:
    """A part as text for a field. ``hidden``: so many lines at its end did not fit, and stay as they are."""

    text: str
    hidden: int


def lines_of(content: CaseNote, part: Part, sectors: Mapping[str, Sector], language: str) -> Lines:
    """The part's lines, as many as a field takes."""
    lines = [line for line, _ in _numbered(content, part, sectors, language)]
    shown = 0
    size = 0
    for line in lines:
        size += len(line) + 1
        if size > FIELD_CHARACTERS:
            break
        shown += 1
    return Lines("\n".join(lines[:shown]), len(lines) - shown)


def with_lines(content: CaseNote, part: Part, typed: str, sectors: Mapping[str, Sector], language: str) -> CaseNote:
    """The content with these lines in the place of those that the field showed. Raises NotUnderstood for one that cannot be
    read."""
    before = _numbered(content, part, sectors, language)
    kept = len(before) - lines_of(content, part, sectors, language).hidden
    hidden = [entry for _, entry in before[kept:]]
    known = _known(content)
    new = [_entry(line.strip(), part, known, sectors) for line in typed.splitlines() if line.strip()]
    return _with(content, part, [*new, *hidden])


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a part, whichever. ``sector``: of a perspective."""

    text: str
    sources: tuple[str, ...]
    owner: str = ""
    due: date | None = None
    sector: str = ""


def entries_of(content: CaseNote, part: Part) -> Sequence[Entry]:
    """The lines of a part, in their order."""
    match part:
        case Part.PERSPECTIVES:
            pairs = [(key, one) for key, several in content.perspectives.items() for one in several]
            return [Entry(one.text, one.sources, sector=key) for key, one in pairs]
        case Part.ACTIONS:
            return [Entry(one.text, one.sources, one.owner, one.due) for one in content.actions]
        case _:
            statements: tuple[Statement, ...] = getattr(content, part.value)
            return [Entry(one.text, one.sources) for one in statements]


def with_texts(content: CaseNote, texts: Mapping[Part, Sequence[Entry]], title: str, tags: Sequence[str]) -> CaseNote:
    """The content with other lines, title and tags."""
    changed = replace(content, title=title, tags=tuple(tags))
    for part, entries in texts.items():
        changed = _with(changed, part, entries)
    return changed


def _numbered(content: CaseNote, part: Part, sectors: Mapping[str, Sector], language: str) -> list[tuple[str, Entry]]:
    return [(_line(entry, part, sectors, language), entry) for entry in entries_of(content, part)]


def _line(entry: Entry, part: Part, sectors: Mapping[str, Sector], language: str) -> str:
    text = " ".join(entry.text.split())
    if part is Part.PERSPECTIVES:
        sector = sectors.get(entry.sector)
        return f"{entry.sector if sector is None else sector.name(language)}: {text}"
    if part is Part.ACTIONS:
        due = "" if entry.due is None else entry.due.isoformat()
        return _BETWEEN.join(filter(None, (text, entry.owner, due)))
    return text


def _entry(line: str, part: Part, known: Sequence[Entry], sectors: Mapping[str, Sector]) -> Entry:
    if part is Part.PERSPECTIVES:
        name, colon, text = line.partition(":")
        wanted = name.strip().casefold()
        keys = [key for key, sector in sectors.items() if wanted in {key, *map(str.casefold, sector.names.values())}]
        if not colon or not keys or not text.strip():
            names = ", ".join(sectors)
            raise NotUnderstood(phrase("Begin each line with a sector and a colon. The sectors: {names}.", names=names))
        return Entry(text.strip(), _sources(text.strip(), known), sector=keys[0])
    if part is Part.ACTIONS:
        return _task(line, known)
    return Entry(line, _sources(line, known))


def _task(line: str, known: Sequence[Entry]) -> Entry:
    text, *more = (piece.strip() for piece in line.split("|"))
    owner, due = "", None
    for piece in filter(None, more):
        day = _day(piece)
        if day is None and owner:
            raise NotUnderstood(
                phrase("Write an action as: what | who | {day}. Who and when may be left out.", day="2026-04-01")
            )
        owner, due = (piece, due) if day is None else (owner, day)
    if not text:
        raise NotUnderstood(
            phrase("Write an action as: what | who | {day}. Who and when may be left out.", day="2026-04-01")
        )
    return Entry(text, _sources(text, known), owner, due)


def _day(piece: str) -> date | None:
    try:
        return date.fromisoformat(piece)
    except ValueError:
        return None


def _sources(text: str, known: Sequence[Entry]) -> tuple[str, ...]:
    """Those of the line that it was before."""
    wanted = " ".join(text.casefold().split())
    nearest = 0.0
    sources: tuple[str, ...] = (BY_AUTHOR,)
    for entry in known:
        likeness = fuzz.ratio(wanted, " ".join(entry.text.casefold().split()))
        if likeness >= _SAME and likeness > nearest:
            nearest, sources = likeness, entry.sources
    return sources


def _known(content: CaseNote) -> list[Entry]:
    return [entry for part in Part for entry in entries_of(content, part)]


def _with(content: CaseNote, part: Part, entries: Sequence[Entry]) -> CaseNote:
    statements = tuple(Statement(entry.text, entry.sources) for entry in entries)
    match part:
        case Part.SUMMARY:
            return replace(content, summary=statements[:LONGEST_SUMMARY])
        case Part.SITUATION:
            return replace(content, situation=statements)
        case Part.PERSPECTIVES:
            seen: dict[str, tuple[Statement, ...]] = {}
            for entry, one in zip(entries, statements, strict=True):
                seen[entry.sector] = (*seen.get(entry.sector, ()), one)
            return replace(content, perspectives=seen)
        case Part.IDEAS:
            return replace(content, ideas=statements)
        case Part.AGREEMENTS:
            return replace(content, agreements=statements)
        case Part.ACTIONS:
            tasks = tuple(Task(one.text, one.sources, one.owner, one.due) for one in entries)
            return replace(content, actions=tasks)
        case Part.QUESTIONS:
            return replace(content, questions=statements)
        case _:
            assert_never(part)
