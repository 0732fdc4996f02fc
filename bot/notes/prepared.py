"""What waits for somebody's word before a model is asked: the masked conversation, exactly as it would be sent, and apart from
it the key that restores it.

Both can be kept, sealed, for as long as the question stands; without the key the rest names nobody.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import TypedDict

from bot.errors import NotUnderstood, phrase
from bot.notes.casenote import Answer, CaseNote, Statement, Task
from bot.notes.plain import unmentioned
from bot.notes.sending import parts, rows, sheet, tokens
from bot.notes.transcript import Line, Transcript
from bot.privacy import Key, Kind, unmask, unmask_written


class _Kept(TypedDict):
    language: str
    model: str
    room: int
    question: str
    title: str
    lines: list[tuple[str, str, str, str, str]]
    ids: list[str]
    key: str
    counts: dict[str, int]
    digest: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """``masked``: the conversation with tokens for all that names somebody, its messages numbered ``m1``, ``m2`` ...; ``ids``:
    what these are called where they come from; ``counts``: how many of each kind were masked; ``model``: who would be asked,
    with the server's name; ``room``: tokens of one request; ``question`` (masked too): where only that is asked."""

    masked: Transcript = field(repr=False)
    ids: tuple[str, ...] = field(repr=False)
    key: Key = field(repr=False)
    counts: Mapping[Kind, int]
    language: str
    model: str
    room: int
    question: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """All of the conversation that would be sent, as it would be sent."""
        return sheet(rows(self.masked.lines))

    @property
    def digest(self) -> str:
        """SHA-256 of the text (and of the question, where there is one), in hexadecimal."""
        asked = f"{self.text}\n{self.question}" if self.question else self.text
        return sha256(asked.encode()).hexdigest()

    @property
    def messages(self) -> int:
        """How many messages would be sent."""
        return len(self.masked.lines)

    @property
    def requests(self) -> int:
        """About how many requests it takes; repairs and tries again are more."""
        number = len(parts(self.masked.lines, self.room))
        return number + 1 if number > 1 else number

    @property
    def in_parts(self) -> bool:
        """Whether it goes in several requests: then another one follows, which holds only what the model wrote itself about
        the masked parts."""
        return self.requests > 1

    @property
    def tokens(self) -> int:
        """About how many tokens of the conversation would be sent, rather too many."""
        return tokens(self.text)

    def restored(self) -> Transcript:
        """The conversation as it was."""
        named = dict(zip((line.id for line in self.masked.lines), self.ids, strict=True))
        lines = tuple(
            replace(
                line,
                id=named[line.id],
                author=unmask(line.author, self.key),
                text=unmask(line.text, self.key),
                reply_to=named.get(line.reply_to, ""),
            )
            for line in self.masked.lines
        )
        return Transcript(lines, unmask(self.masked.title, self.key))

    def restored_question(self) -> str:
        """The question as it was typed."""
        return unmask(self.question, self.key)

    def note(self, masked: CaseNote) -> CaseNote:
        """A note on it for those who may read it: with the names, and the messages' own ids."""
        named = self._named()

        def said(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
            return tuple(Statement(self._words(one.text), named.of(one.sources)) for one in statements)

        return CaseNote(
            title=self._words(masked.title),
            language=masked.language,
            summary=said(masked.summary),
            situation=said(masked.situation),
            perspectives={sector: said(statements) for sector, statements in masked.perspectives.items()},
            ideas=said(masked.ideas),
            agreements=said(masked.agreements),
            actions=tuple(
                Task(self._words(one.text), named.of(one.sources), self._words(one.owner), one.due)
                for one in masked.actions
            ),
            questions=said(masked.questions),
            tags=masked.tags,
        )

    def answer(self, masked: Answer) -> Answer:
        """An answer from it, in the same way."""
        named = self._named()
        statements = tuple(Statement(self._words(one.text), named.of(one.sources)) for one in masked.statements)
        return Answer(statements, named.of(masked.sources))

    def to_json(self) -> str:
        """All of it, the key too: to be sealed wherever it is kept."""
        kept = _Kept(
            language=self.language,
            model=self.model,
            room=self.room,
            question=self.question,
            title=self.masked.title,
            lines=[
                (one.author, one.text, one.sector, one.at.isoformat() if one.at else "", one.reply_to)
                for one in self.masked.lines
            ],
            ids=list(self.ids),
            key=self.key.to_json(),
            counts={kind.value: number for kind, number in self.counts.items()},
            digest=self.digest,
        )
        return json.dumps(kept, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Prepared":
        """Raises NotUnderstood where it is not what this version would send: it has to be looked at anew."""
        kept: _Kept
        try:
            kept = json.loads(text)
            found = cls(
                masked=Transcript(
                    tuple(_line(number, one) for number, one in enumerate(kept["lines"], 1)), kept["title"]
                ),
                ids=tuple(kept["ids"]),
                key=Key.from_json(kept["key"]),
                counts={Kind(kind): number for kind, number in kept["counts"].items()},
                language=kept["language"],
                model=kept["model"],
                room=kept["room"],
                question=kept["question"],
            )
            well = found.digest == kept["digest"] and len(found.ids) == found.messages
        except (ValueError, KeyError, TypeError):
            well, found = False, None
        if not well or found is None:
            raise NotUnderstood(phrase("What would be sent has changed since you looked at it. Please ask again."))
        return found

    def _words(self, text: str) -> str:
        return unmentioned(unmask_written(text, self.key))

    def _named(self) -> "_Named":
        return _Named(dict(zip((line.id for line in self.masked.lines), self.ids, strict=True)))


@dataclass(frozen=True, slots=True)
class _Named:
    """The messages' own ids by ours."""

    ids: Mapping[str, str]

    def of(self, sources: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self.ids[one] for one in sources if one in self.ids)


def ours(number: int) -> str:
    """What the n-th message is called towards a model."""
    return f"m{number}"


def _line(number: int, kept: tuple[str, str, str, str, str]) -> Line:
    author, text, sector, at, reply_to = kept
    return Line(ours(number), author, text, sector, datetime.fromisoformat(at) if at else None, reply_to)
