"""What a case note says as JSON and back: of notes and of their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast

from bot.notes.casenote import CaseNote, Statement, Task
from storage.mapping import Values

_LISTS = ("summary", "situation", "ideas", "agreements", "questions")


def content_values(content: CaseNote) -> Values:
    """A note's content as JSON."""
    lists = {name: [_statement_values(one) for one in getattr(content, name)] for name in _LISTS}
    return {
        "title": content.title,
        "language": content.language,
        **lists,
        "perspectives": {
            key: [_statement_values(one) for one in statements] for key, statements in content.perspectives.items()
        },
        "actions": [
            {
                "text": one.text,
                "sources": list(one.sources),
                "owner": one.owner,
                "due": None if one.due is None else one.due.isoformat(),
            }
            for one in content.actions
        ],
        "tags": list(content.tags),
    }


def content_from(stored: Mapping[str, object]) -> CaseNote:
    """The content again."""
    perspectives = cast("dict[str, list[dict[str, object]]]", stored["perspectives"])
    read = CaseNote(
        title=str(stored["title"]),
        language=str(stored["language"]),
        perspectives={key: _statements(statements) for key, statements in perspectives.items()},
        actions=tuple(map(_task, cast("list[dict[str, object]]", stored["actions"]))),
        tags=_texts(stored["tags"]),
    )
    lists = {name: _statements(cast("list[dict[str, object]]", stored[name])) for name in _LISTS}
    return replace(
        read,
        summary=lists["summary"],
        situation=lists["situation"],
        ideas=lists["ideas"],
        agreements=lists["agreements"],
        questions=lists["questions"],
    )


def _statement_values(one: Statement) -> dict[str, object]:
    return {"text": one.text, "sources": list(one.sources)}


def _statements(stored: Sequence[Mapping[str, object]]) -> tuple[Statement, ...]:
    return tuple(Statement(str(one["text"]), _texts(one["sources"])) for one in stored)


def _task(stored: Mapping[str, object]) -> Task:
    due = stored["due"]
    day = date.fromisoformat(str(due)) if due else None
    return Task(str(stored["text"]), _texts(stored["sources"]), str(stored["owner"]), day)


def _texts(stored: object) -> tuple[str, ...]:
    return tuple(cast("list[str]", stored))
