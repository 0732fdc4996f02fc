"""Entries of the bank as rows and back. What they say is masked and published; only the links to messages are sealed."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast
from uuid import UUID

from bot.bank.repository import Entry, Outcome, Trial
from bot.identity import MemberId, NoteId
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import Audience
from storage.bank_rows import BankNoteRow, BankTrialRow
from storage.mapping import Values
from storage.seal import Seal


def entry_values(workspace: UUID, entry: Entry, seal: Seal) -> Values:
    """The entry as a row's values, without what the index adds."""
    return {
        "workspace_id": workspace,
        "id": entry.note,
        "author_id": entry.author,
        "took_part": [str(member) for member in entry.took_part],
        "audience": entry.audience.value,
        "content": content_values(entry.content),
        "themes": list(entry.themes),
        "sectors": list(entry.sectors),
        "place": entry.place,
        "version": entry.version,
        "published_at": entry.published_at,
        "links_sealed": seal.close(json.dumps(dict(entry.links))) if entry.links else "",
    }


def entry_from(row: BankNoteRow, seal: Seal) -> Entry:
    """The entry of a row."""
    links = cast("dict[str, str]", json.loads(seal.open(row.links_sealed))) if row.links_sealed else {}
    return Entry(
        note=NoteId(row.id),
        author=MemberId(row.author_id),
        took_part=tuple(MemberId(UUID(one)) for one in row.took_part),
        audience=Audience(row.audience),
        content=content_from(row.content),
        themes=tuple(row.themes),
        sectors=tuple(row.sectors),
        place=row.place,
        version=row.version,
        published_at=row.published_at,
        links=links,
    )


def trial_values(workspace: UUID, trial: Trial) -> Values:
    """The trial as a row's values."""
    return {
        "workspace_id": workspace,
        "note_id": trial.note,
        "member_id": trial.member,
        "outcome": trial.outcome.value,
        "place": trial.place,
        "text": trial.text,
        "at": trial.at,
    }


def trial_from(row: BankTrialRow) -> Trial:
    """The trial of a row."""
    return Trial(NoteId(row.note_id), MemberId(row.member_id), Outcome(row.outcome), row.place, row.text, row.at)


def content_values(note: CaseNote) -> Values:
    """A case note as JSON."""
    return {
        "title": note.title,
        "language": note.language,
        "summary": _said(note.summary),
        "situation": _said(note.situation),
        "perspectives": {sector: _said(statements) for sector, statements in note.perspectives.items()},
        "ideas": _said(note.ideas),
        "agreements": _said(note.agreements),
        "actions": [
            {
                "text": one.text,
                "sources": list(one.sources),
                "owner": one.owner,
                "due": "" if one.due is None else one.due.isoformat(),
            }
            for one in note.actions
        ],
        "questions": _said(note.questions),
        "tags": list(note.tags),
    }


def content_from(stored: Mapping[str, object]) -> CaseNote:
    """The case note again."""
    perspectives = cast("dict[str, object]", stored["perspectives"])
    return CaseNote(
        title=str(stored["title"]),
        language=str(stored["language"]),
        summary=_statements(stored["summary"]),
        situation=_statements(stored["situation"]),
        perspectives={sector: _statements(said) for sector, said in perspectives.items()},
        ideas=_statements(stored["ideas"]),
        agreements=_statements(stored["agreements"]),
        actions=tuple(_task(one) for one in cast("list[dict[str, object]]", stored["actions"])),
        questions=_statements(stored["questions"]),
        tags=tuple(cast("list[str]", stored["tags"])),
    )


def _said(statements: Sequence[Statement]) -> list[Values]:
    return [{"text": one.text, "sources": list(one.sources)} for one in statements]


def _statements(stored: object) -> tuple[Statement, ...]:
    said = cast("list[dict[str, object]]", stored)
    return tuple(Statement(str(one["text"]), tuple(cast("list[str]", one["sources"]))) for one in said)


def _task(stored: Mapping[str, object]) -> Task:
    due = str(stored["due"])
    return Task(
        str(stored["text"]),
        tuple(cast("list[str]", stored["sources"])),
        str(stored["owner"]),
        date.fromisoformat(due) if due else None,
    )
