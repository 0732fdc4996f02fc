"""A case note, or an answer, as a script or a person reads it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.members.domain import SECTORS
from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.transcript import Line, Transcript
from bot.words import Words

# What Markdown would take for mark-up in what people wrote.
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_SPACES = re.compile(r"\s+")
_LONGEST_QUOTE = 120  # characters


def note_as_json(note: CaseNote) -> str:
    """One object, as scripts have been promised it."""
    return json.dumps(
        {
            "title": note.title,
            "language": note.language,
            "summary": _plain(note.summary),
            "situation": _plain(note.situation),
            "perspectives": {sector: _plain(statements) for sector, statements in note.perspectives.items()},
            "ideas": _plain(note.ideas),
            "agreements": _plain(note.agreements),
            "actions": [
                {
                    "text": one.text,
                    "owner": one.owner,
                    "due": None if one.due is None else one.due.isoformat(),
                    "sources": list(one.sources),
                }
                for one in note.actions
            ],
            "questions": _plain(note.questions),
            "tags": list(note.tags),
        },
        ensure_ascii=False,
    )


def answer_as_json(answer: Answer) -> str:
    """One object; both lists are empty where nothing was said about the question."""
    return json.dumps({"answer": _plain(answer.statements), "sources": list(answer.sources)}, ensure_ascii=False)


def _plain(statements: Sequence[Statement]) -> list[Mapping[str, object]]:
    return [{"text": one.text, "sources": list(one.sources)} for one in statements]


class Sheet:
    """Writes Markdown about one conversation: what was said is numbered, and told below with who said it and when."""

    def __init__(self, transcript: Transcript, words: Words) -> None:
        self._lines = {line.id: line for line in transcript.lines}
        self._words = words
        self._numbers: dict[str, int] = {}

    def note(self, note: CaseNote) -> str:
        """The note, with a heading for each part that it has. What stands above as the gist is not said again below it."""
        say = self._words.say
        parts = [
            f"# {_escaped(note.title)}",
            *self._part("", note.summary),
            *self._part(say("The situation"), [one for one in note.situation if one not in note.summary]),
            *(part for sector, told in note.perspectives.items() for part in self._part(self._seen_by(sector), told)),
            *self._part(say("Ideas"), note.ideas),
            *self._part(say("Agreements"), note.agreements),
            *self._actions(note.actions),
            *self._part(say("Open questions"), note.questions),
        ]
        if note.tags:
            parts.append(say("Tags: {tags}", tags=", ".join(map(_escaped, note.tags))))
        return "\n\n".join([*parts, *self._messages()])

    def answer(self, answer: Answer) -> str:
        """What was said about a question; a sentence that says so where nothing was."""
        if not answer.statements and not answer.sources:
            return self._words.say("Nothing was said about that.")
        for number in answer.sources:
            self._number(number)
        return "\n\n".join([*self._part("", answer.statements), *self._messages()])

    def _part(self, heading: str, statements: Sequence[Statement]) -> Iterator[str]:
        if heading and statements:
            yield f"## {heading}"
        if statements:
            yield "\n".join(f"- {_escaped(one.text)} {self._marks(one.sources)}" for one in statements)

    def _actions(self, actions: Sequence[Task]) -> Iterator[str]:
        if actions:
            yield f"## {self._words.say('Who does what')}"
            yield "\n".join(f"- {self._action(one)} {self._marks(one.sources)}" for one in actions)

    def _action(self, one: Task) -> str:
        say, text = self._words.say, _escaped(one.text)
        day = "" if one.due is None else self._words.date(one.due)
        match (bool(one.owner), bool(day)):
            case (True, True):
                return say("**{owner}, by {day}:** {text}", owner=_escaped(one.owner), day=day, text=text)
            case (True, False):
                return say("**{owner}:** {text}", owner=_escaped(one.owner), text=text)
            case (False, True):
                return say("**By {day}:** {text}", day=day, text=text)
            case _:
                return text

    def _seen_by(self, sector: str) -> str:
        named = next((one.name(self._words.language) for one in SECTORS if one.key == sector), sector)
        return self._words.say("What {sector} sees", sector=_escaped(named))

    def _number(self, message: str) -> int:
        return self._numbers.setdefault(message, len(self._numbers) + 1)

    def _marks(self, sources: Sequence[str]) -> str:
        return "".join(f"[{self._number(one)}]" for one in sources)

    def _messages(self) -> Iterator[str]:
        if self._numbers:
            yield f"## {self._words.say('Messages')}"
            yield "\n".join(f"{number}. {self._message(self._lines[one])}" for one, number in self._numbers.items())

    def _message(self, line: Line) -> str:
        text = _SPACES.sub(" ", line.text).strip()
        shown = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"
        when = "" if line.at is None else self._words.when(line.at, "medium")
        who = ", ".join(part for part in (_escaped(line.author), when, f"`{line.id}`") if part)
        return f"{who}: “{_escaped(shown)}”"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
