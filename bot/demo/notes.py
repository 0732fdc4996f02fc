"""What the academy of the demo has written down so far: a few published notes, so that looking for one finds something."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NotRequired, TypedDict, cast

from bot.bank.repository import Outcome, Trial
from bot.demo.cast import DATA
from bot.identity import MemberId, NoteId, new_id
from bot.members.domain import Member
from bot.notes.casenote import CaseNote, Statement
from bot.notes.domain import Audience, Note, NoteState, Source, Version
from bot.notes.shelving import shelve
from bot.ports import UnitOfWork
from bot.words import Words

NOTES = DATA / "notes.toml"
# Longer ago than one may object.
_TRIED = timedelta(days=5)


class _Tried(TypedDict):
    by: str
    outcome: str
    place: str
    text: str


# One note of the file, by its keys.
_Written = TypedDict(
    "_Written",
    {
        "by": str,
        "with": list[str],
        "ago": int,
        "public": bool,
        "language": str,
        "title": str,
        "themes": list[str],
        "place": str,
        "tags": list[str],
        "summary": list[str],
        "situation": list[str],
        "ideas": list[str],
        "agreements": list[str],
        "questions": list[str],
        "perspectives": dict[str, list[str]],
        "trials": NotRequired[list[_Tried]],
    },
)


async def write_down(work: UnitOfWork, people: Sequence[Member], now: datetime, words: Words) -> None:
    """Publishes the notes as their authors would have, oldest first, and tells who has tried what."""
    known = {member.roster_id: member.id for member in people}
    for written in sorted(_read(), key=lambda one: -one["ago"]):
        note = _note(written, known, now - timedelta(days=written["ago"]), words)
        await work.notes.put(note)
        await work.notes.add_version(
            Version(note.id, 1, note.content, note.audience, note.changed_at, note.themes, note.place)
        )
        await shelve(work, note)
        for tried in written.get("trials", ()):
            said = (Outcome(tried["outcome"]), tried["place"], tried["text"])
            await work.bank.put_trial(Trial(note.id, known[tried["by"]], *said, now - _TRIED))


def _read() -> list[_Written]:
    return cast("list[_Written]", tomllib.loads(NOTES.read_text("utf-8"))["note"])


def _note(written: _Written, known: Mapping[str, MemberId], at: datetime, words: Words) -> Note:
    content = CaseNote(
        title=written["title"],
        language=written["language"],
        summary=_said(written["summary"]),
        situation=_said(written["situation"]),
        perspectives={sector: _said(lines) for sector, lines in written["perspectives"].items()},
        ideas=_said(written["ideas"]),
        agreements=_said(written["agreements"]),
        questions=_said(written["questions"]),
        tags=tuple(written["tags"]),
    )
    return Note(
        id=NoteId(new_id()),
        author=known[written["by"]],
        state=NoteState.PUBLISHED,
        audience=Audience.PUBLIC if written["public"] else Audience.ACADEMY,
        content=content,
        source=Source(words.say("a conversation")),
        took_part=tuple(known[one] for one in (written["by"], *written["with"])),
        made_at=at,
        changed_at=at,
        themes=tuple(written["themes"]),
        place=written["place"],
        version=1,
        published_at=at,
        told=0,
    )


def _said(lines: Sequence[str]) -> tuple[Statement, ...]:
    return tuple(Statement(line, (f"m{place}",)) for place, line in enumerate(lines, start=1))
