"""A case note as a value: what it says, and for each sentence the messages that it rests on.

Whoever writes one, a model or the rules of this house, returns the same; and what has no source in the transcript is not
shown (:func:`grounded`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

# Sentences of the gist.
LONGEST_SUMMARY = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence. ``sources``: ids of the messages that it rests on, the most telling first."""

    text: str = field(repr=False)
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something that somebody said they would do. ``owner`` is as it was written, empty where nobody took it; ``due`` the day
    by which, where one was said."""

    text: str = field(repr=False)
    sources: tuple[str, ...]
    owner: str = field(default="", repr=False)
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CaseNote:
    """What a conversation came to. ``perspectives``: what each sector sees, by the sector's key; ``tags``: a few words of one
    or two, by which it is found."""

    title: str = field(repr=False)
    language: str
    summary: tuple[Statement, ...] = ()
    situation: tuple[Statement, ...] = ()
    perspectives: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict[str, tuple[Statement, ...]])
    ideas: tuple[Statement, ...] = ()
    agreements: tuple[Statement, ...] = ()
    actions: tuple[Task, ...] = ()
    questions: tuple[Statement, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a transcript says about one question. ``sources``: ids of messages, the best first; more than the statements rest
    on."""

    statements: tuple[Statement, ...]
    sources: tuple[str, ...]


def grounded(note: CaseNote, known: Collection[str]) -> CaseNote:
    """The note without what rests on no message of the transcript, and without sources that are not in it."""

    def kept(statements: Iterable[Statement]) -> tuple[Statement, ...]:
        held = (replace(one, sources=tuple(it for it in one.sources if it in known)) for one in statements)
        return tuple(one for one in held if one.sources and one.text.strip())

    tasks = (replace(one, sources=tuple(it for it in one.sources if it in known)) for one in note.actions)
    perspectives = {sector: kept(statements) for sector, statements in note.perspectives.items()}
    return replace(
        note,
        summary=kept(note.summary)[:LONGEST_SUMMARY],
        situation=kept(note.situation),
        perspectives={sector: statements for sector, statements in perspectives.items() if statements},
        ideas=kept(note.ideas),
        agreements=kept(note.agreements),
        actions=tuple(one for one in tasks if one.sources and one.text.strip()),
        questions=kept(note.questions),
    )
