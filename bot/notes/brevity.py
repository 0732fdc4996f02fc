"""A short conversation has a short note: whoever wants more of it reads the conversation itself. Nothing stands in it
twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.extract.retelling import named
from bot.notes.extract.sentences import words_of
from bot.notes.transcript import Line

_TWO = 2
# The share of the words of the shorter one of two that the other has where they say the same of the same message.
_ALIKE = 0.75

_Said = TypeVar("_Said", Statement, Task)


def between_two(lines: Sequence[Line]) -> bool:
    """Whether it is one person who wrote, or two to one another."""
    return len({line.author for line in lines}) <= _TWO


def said_once(note: CaseNote, lines: Sequence[Line]) -> CaseNote:
    """The note with each of its sentences in one part only: what was agreed, and what somebody does by a day, in its own. Of the
    rest the gist tells what two said to one another, and other parts what it leaves out; where more speak, what was taken on and
    asked stands in its own part, and the gist tells how things are."""
    kept: list[Statement | Task] = []

    def left(said: Iterable[_Said], wanted: Callable[[_Said], bool] = lambda _: True) -> tuple[_Said, ...]:
        found: list[_Said] = []
        for one in said:
            if wanted(one) and not any(_is_same(one, other) for other in kept):
                found.append(one)
                kept.append(one)
        return tuple(found)

    agreements, dated = left(note.agreements), left(note.actions, _has_a_day)
    # The question with which it all began leads the note, also where it is still open.
    told = left(note.summary if between_two(lines) else [one for one in note.summary[:1] if one.text.endswith("?")])
    tasks = (*dated, *left(note.actions))
    questions, ideas = left(note.questions), left(note.ideas)
    return replace(
        note,
        summary=told if between_two(lines) else (*told, *_with_names(left((*note.summary, *note.situation)), lines)),
        situation=(),
        perspectives={sector: said for sector, every in note.perspectives.items() for said in (left(every),) if said},
        ideas=ideas,
        agreements=agreements,
        actions=tuple(one for one in note.actions if one in tasks),
        questions=questions,
    )


def shown_once(note: CaseNote) -> CaseNote:
    """The note as readers see it: what was agreed, is done or is still asked stands in its own part alone, and what the gist says
    not again below it. Who does something is not named twice. What is stored keeps every part."""
    kept: list[Statement | Task] = []

    def left(said: Iterable[Statement]) -> tuple[Statement, ...]:
        found: list[Statement] = []
        for one in said:
            if not any(_is_same(one, other) for other in kept):
                found.append(one)
                kept.append(one)
        return tuple(found)

    agreements = left(note.agreements)
    kept += note.actions
    questions, summary, situation = left(note.questions), left(note.summary), left(note.situation)
    ideas = left(note.ideas)
    return replace(
        note,
        summary=summary,
        situation=situation,
        perspectives={sector: said for sector, every in note.perspectives.items() if (said := left(every))},
        ideas=ideas,
        agreements=agreements,
        actions=tuple(replace(it, owner="") if it.text.startswith(f"{it.owner} ") else it for it in note.actions),
        questions=questions,
    )


def repeats(text: str, note: CaseNote) -> bool:
    """Whether a title says only what one of the note's sentences says."""
    said = (*note.summary, *note.ideas, *note.agreements, *note.questions)
    return any(_shared(text, one) for one in (*(it.text for it in said), *(it.text for it in note.actions)))


def _with_names(said: Iterable[Statement], lines: Sequence[Line]) -> Iterator[Statement]:
    """With the one who said it before each, as the gist has it."""
    authors = {line.id: line.author for line in lines}
    for one in said:
        author = authors.get(one.sources[0], "")
        yield replace(one, text=named(one.text, author)) if author not in one.text else one


def _has_a_day(one: Task) -> bool:
    return bool(one.owner) and one.due is not None


def _is_same(one: Statement | Task, other: Statement | Task) -> bool:
    return one.text == other.text or (not set(one.sources).isdisjoint(other.sources) and _shared(one.text, other.text))


def _shared(one: str, other: str) -> bool:
    first, second = set(words_of(one)), set(words_of(other))
    fewest = min(len(first), len(second))
    return fewest > 0 and len(first & second) / fewest >= _ALIKE
