"""A case note, or an answer, as a script or a person reads it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.members.domain import SECTORS
from bot.notes.brevity import between_two, repeats, said_once
from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.transcript import Line, Transcript, is_short
from bot.words import Words

# What Markdown would take for mark-up in what people wrote.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~]|^#)")
_SPACES = re.compile(r"\s+")
_LONGEST_QUOTE = 120  # characters
# An id that can be read where it stands.
_READABLE_ID = re.compile(r"[\w-]{1,6}")


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
    """Writes Markdown about one conversation: what was said is numbered, and told below with who said it and when. Of a short one
    the note is short as well: nothing is said twice, and no message is quoted that one can look up in a moment."""

    def __init__(self, transcript: Transcript, words: Words) -> None:
        self._lines = {line.id: line for line in transcript.lines}
        self._words = words
        self._numbers: dict[str, int] = {}
        self._said = transcript
        # Of a short note, and of one whose messages' ids can be read where they stand.
        self._brief = self._bare = False

    def note(self, note: CaseNote) -> str:
        """The note, with a heading for each part that it has. What stands above as the gist is not said again below it."""
        lines = self._said.lines
        heading = f"# {_escaped(note.title)}"
        if not is_short(lines):
            tags = [self._words.say("Tags: {tags}", tags=", ".join(map(_escaped, note.tags)))] if note.tags else []
            return "\n\n".join([heading, *self._parts(note), *tags, *self._messages()])
        self._brief, self._bare = True, all(_READABLE_ID.fullmatch(line.id) for line in lines)
        once = said_once(note, lines)
        # What two say to one another needs no title above what they said.
        untitled = not self._said.title.strip() and between_two(lines) and bool(once.summary)
        above = [] if untitled or repeats(note.title, once) else [heading]
        return "\n\n".join([*above, *self._parts(once), *self._messages()])

    def _parts(self, note: CaseNote) -> Iterator[str]:
        say = self._words.say
        yield from (
            *self._part("", note.summary),
            *self._part(say("The situation"), [one for one in note.situation if one not in note.summary]),
            *(part for sector, told in note.perspectives.items() for part in self._part(self._seen_by(sector), told)),
            *self._part(say("Ideas"), note.ideas),
            *self._part(say("Agreements"), note.agreements),
            *self._actions(note.actions),
            *self._part(say("Open questions"), note.questions),
        )

    def answer(self, answer: Answer) -> str:
        """What was said about a question; a sentence that says so where nothing was."""
        if not answer.statements and not answer.sources:
            return self._words.say("I found nothing with these words. Try other ones.")
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
        say, owner = self._words.say, _escaped(one.owner)
        day = "" if one.due is None else self._words.date(one.due)
        # Who is named in the sentence is not named before it as well.
        text = _escaped(one.text)
        if owner and owner in text:
            owner, text = "", text.replace(owner, f"**{owner}**", 1)
        match (bool(owner), bool(day)):
            case (True, True):
                return say("**{owner}, by {day}:** {text}", owner=owner, day=day, text=text)
            case (True, False):
                return say("**{owner}:** {text}", owner=owner, text=text)
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
        return "".join(f"[{one if self._bare else self._number(one)}]" for one in sources)

    def _messages(self) -> Iterator[str]:
        if self._numbers and not self._bare:
            yield f"## {self._words.say('Messages')}"
            yield "\n".join(f"{number}. {self._message(self._lines[one])}" for one, number in self._numbers.items())

    def _message(self, line: Line) -> str:
        if self._brief:
            return self._whose(line)
        text = _SPACES.sub(" ", line.text).strip()
        shown = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE].rstrip()}…"
        return f"{self._whose(line)}: “{_escaped(shown)}”"

    def _whose(self, line: Line) -> str:
        when = "" if line.at is None else self._words.when(line.at, "medium")
        return ", ".join(part for part in (_escaped(line.author), when, f"`{line.id}`") if part)


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
