"""The notes on the parts of one long conversation, and how they become the note on all of it.

A model is asked to put them together from their statements, which it sees as it sees messages. What was agreed and who does
what is never lost by that: whatever the whole note leaves out of it stays as the part had it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import TypeVar

from bot.notes.casenote import LONGEST_SUMMARY, Answer, CaseNote, Statement, Task
from bot.notes.claims import MOST_SOURCES, MOST_TAGS, statements_of
from bot.notes.transcript import Line

# Statements of one section of a note on a long conversation.
_MOST = 40
_Said = TypeVar("_Said", Statement, Task)
_Any = TypeVar("_Any")


@dataclass(frozen=True, slots=True)
class Pieces:
    """Statements as lines to be sent, named ``s1``, ``s2`` ...; ``sources``: the messages behind each."""

    lines: tuple[Line, ...]
    sources: Mapping[str, tuple[str, ...]]

    def through(self, named: Iterable[str]) -> tuple[str, ...]:
        """The messages behind these statements."""
        return tuple(dict.fromkeys(chain(*(self.sources.get(one, ()) for one in named))))[:MOST_SOURCES]

    def answer(self, whole: Answer, more: Iterable[str]) -> Answer:
        """An answer that was put together from them, resting on messages again; then the others that were named."""
        statements = tuple(Statement(one.text, self.through(one.sources)) for one in whole.statements)
        return Answer(statements, tuple(dict.fromkeys((*chain(*(one.sources for one in statements)), *more))))


def pieces_of(notes: Iterable[CaseNote]) -> Pieces:
    """Every statement of the notes, with the section that it stood in."""
    return _pieces(chain(*(_told(note) for note in notes)))


def pieces_of_answers(answers: Iterable[Answer]) -> Pieces:
    """Every statement of the answers."""
    return _pieces((one.text, one.sources, "") for answer in answers for one in answer.statements)


def united(whole: CaseNote, pieces: Pieces, notes: Sequence[CaseNote]) -> CaseNote:
    """The note that was put together from pieces, resting on messages again, with every agreement and action of the parts."""

    def said(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        return tuple(Statement(one.text, pieces.through(one.sources)) for one in statements)

    agreements = said(whole.agreements)
    actions = tuple(replace(one, sources=pieces.through(one.sources)) for one in whole.actions)
    kept = {source for one in agreements for source in one.sources} | {it for one in actions for it in one.sources}
    return replace(
        whole,
        summary=said(whole.summary),
        situation=said(whole.situation),
        perspectives={sector: said(statements) for sector, statements in whole.perspectives.items()},
        ideas=said(whole.ideas),
        agreements=(*agreements, *_left(kept, (one for note in notes for one in note.agreements))),
        actions=(*actions, *_left(kept, (one for note in notes for one in note.actions))),
        questions=said(whole.questions),
    )


def joined(notes: Sequence[CaseNote]) -> CaseNote:
    """The notes one after the other: where nobody could put them together."""
    sectors = dict.fromkeys(sector for note in notes for sector in note.perspectives)
    first = notes[0]
    return CaseNote(
        title=first.title,
        language=first.language,
        summary=tuple(_turns([note.summary for note in notes]))[:LONGEST_SUMMARY],
        situation=_all(note.situation for note in notes),
        perspectives={sector: _all(note.perspectives.get(sector, ()) for note in notes) for sector in sectors},
        ideas=_all(note.ideas for note in notes),
        agreements=tuple(one for note in notes for one in note.agreements),
        actions=tuple(one for note in notes for one in note.actions),
        questions=_all(note.questions for note in notes),
        tags=tuple(dict.fromkeys(_turns([note.tags for note in notes])))[:MOST_TAGS],
    )


def joined_answers(answers: Sequence[Answer]) -> Answer:
    """The answers one after the other."""
    return Answer(
        tuple(one for answer in answers for one in answer.statements)[:_MOST],
        tuple(dict.fromkeys(source for answer in answers for source in answer.sources)),
    )


def _told(note: CaseNote) -> Iterator[tuple[str, tuple[str, ...], str]]:
    sections: tuple[tuple[str, tuple[Statement, ...]], ...] = (
        ("agreements", note.agreements),
        ("summary", note.summary),
        ("situation", note.situation),
        ("ideas", note.ideas),
        ("questions", note.questions),
    )
    for name, statements in sections:
        yield from ((f"{name}: {one.text}", one.sources, "") for one in statements)
    for sector, statements in note.perspectives.items():
        yield from ((f"perspectives: {one.text}", one.sources, sector) for one in statements)
    for task in note.actions:
        beside = ", ".join(filter(None, (task.owner, task.due.isoformat() if task.due else "")))
        yield f"actions: {task.text}{f' ({beside})' if beside else ''}", task.sources, ""


def _pieces(told: Iterable[tuple[str, tuple[str, ...], str]]) -> Pieces:
    numbered = [(f"s{number}", *one) for number, one in enumerate(told, start=1)]
    lines = tuple(Line(name, "", text, sector) for name, text, _, sector in numbered)
    return Pieces(lines, {name: sources for name, _, sources, _ in numbered})


def _left(kept: set[str], parts: Iterable[_Said]) -> tuple[_Said, ...]:
    return tuple(one for one in parts if not kept & set(one.sources))


def _all(sections: Iterable[tuple[Statement, ...]]) -> tuple[Statement, ...]:
    """A section of all parts; where that is much, the same share of each."""
    return tuple(_turns(list(sections)))[:_MOST]


def _turns(several: Sequence[Sequence[_Any]]) -> Iterator[_Any]:
    """The first of each, then the second of each ..."""
    for turn in zip_longest(*several):
        yield from (one for one in turn if one is not None)


def something(note: CaseNote) -> bool:
    """Whether it says anything."""
    return any(True for _ in statements_of(note))
