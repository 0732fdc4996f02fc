"""From what was answered to a case note: what each sector sees and which solutions were suggested stand where they belong, all
of them, and what the rules of this house find beside it (agreements, actions, the gist) stays. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.challenges.domain import Answer, Challenge
from bot.identity import MemberId
from bot.members.domain import Member
from bot.messages.text import shortened
from bot.notes.casenote import CaseNote, Statement
from bot.notes.editing import TITLE_CHARACTERS
from bot.notes.extract.cleaning import sentences
from bot.notes.gathering import Heard
from bot.notes.transcript import Line, Transcript

_QUESTION, _VIEW = "q", "v"


def as_heard(challenge: Challenge, people: Mapping[MemberId, Member], answers: Sequence[Answer]) -> Heard:
    """What was said, in the order in which it was. Both halves of an answer are lines of their own, so that a sentence of the
    note can rest on one of them. Those who answered took part, and so did whoever asked."""
    author = people.get(challenge.author)
    name, sector = ("", "") if author is None else (author.name, author.sector)
    lines = [Line(_QUESTION, name, challenge.question, sector, challenge.opened_at)]
    said_by = {_QUESTION: challenge.author, _VIEW: challenge.author}
    if challenge.view:
        lines.append(Line(_VIEW, name, challenge.view, sector, challenge.opened_at, _QUESTION))
    for number, answer in enumerate(answers, start=1):
        member = people.get(answer.member)
        said = (("a", answer.sees), ("b", answer.suggests))
        who = "" if member is None else member.name
        lines += [
            Line(f"{half}{number}", who, text, answer.sector, answer.at, _QUESTION) for half, text in said if text
        ]
        said_by |= {f"{half}{number}": answer.member for half, _ in said}
    took_part = dict.fromkeys([challenge.author, *(answer.member for answer in answers)])
    there = tuple(one for one in took_part if one in people)
    return Heard(Transcript(tuple(lines), challenge.question), there, said_by=said_by)


def shaped(found: CaseNote, challenge: Challenge, answers: Sequence[Answer]) -> CaseNote:
    """The note with everything that was answered in its place."""
    perspectives: dict[str, tuple[Statement, ...]] = {}
    ideas: list[Statement] = []
    for number, answer in enumerate(answers, start=1):
        seen = tuple(_statements(answer.sees, f"a{number}"))
        if seen:
            perspectives[answer.sector] = (*perspectives.get(answer.sector, ()), *seen)
        ideas += _statements(answer.suggests, f"b{number}")
    situation = tuple(_statements(challenge.view, _VIEW)) or (Statement(challenge.question, (_QUESTION,)),)
    said = frozenset(_words_of(one.text) for one in (*situation, *ideas))
    return replace(
        found,
        title=shortened(challenge.question, TITLE_CHARACTERS),
        situation=situation,
        perspectives=perspectives,
        ideas=tuple(ideas),
        questions=_others(found.questions, said, challenge),
    )


def _statements(text: str, source: str) -> Iterator[Statement]:
    """One a sentence, where the text has such; nothing of it is lost."""
    for line in text.splitlines():
        whole = sentences(line)
        kept = whole if _words_of("".join(whole)) == _words_of(line) else [line]
        yield from (Statement(one, (source,)) for one in kept if one.strip())


def _others(questions: Iterable[Statement], said: frozenset[str], challenge: Challenge) -> tuple[Statement, ...]:
    """Open questions that are not the challenge itself, and do not stand elsewhere."""
    known = said | {_words_of(challenge.question)}
    return tuple(one for one in questions if _words_of(one.text) not in known)


def _words_of(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
