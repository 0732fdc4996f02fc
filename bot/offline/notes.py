"""``brobygger note``: a case note from a file. Nothing is kept, and nothing is sent anywhere before somebody said yes to it."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from bot.offline.note_asking import Asking, answer_by_model, note_by_model
from bot.terminal import ProgressLine, read_file, stop, told, wrong_use

if TYPE_CHECKING:
    from bot.notes.casenote import Answer, CaseNote
    from bot.notes.transcript import Transcript
    from bot.offline.note_printing import Sheet
    from bot.words import Words

_STDIN = "-"
_USERS = "users.json"


class Source(StrEnum):
    """Where a conversation was exported from."""

    SLACK = "slack"
    DISCORD = "discord"
    JSONL = "jsonl"
    TEXT = "text"


class NoteFormat(StrEnum):
    """How a note is printed."""

    JSON = "json"
    MARKDOWN = "markdown"


def make_note(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help="An export of Slack (also its folder or zip) or Discord, jsonl or text; - reads stdin."
        ),
    ],
    source: Annotated[
        Source | None, typer.Option("--from", help="What the file is. Without: by what is in it.")
    ] = None,
    language: Annotated[str, typer.Option(metavar="da|en", help="Of the note. Without: the conversation's own.")] = "",
    question: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only what the conversation says about this.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="By rules, and never by a model.")] = False,
    approve: Annotated[
        bool, typer.Option("--approve", help="Yes to what is sent to the model that is set; it is shown all the same.")
    ] = False,
    members: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="The roster, so that its names are masked in every spelling."),
    ] = None,
    form: Annotated[NoteFormat, typer.Option("--format", help="json, or markdown for people.")] = NoteFormat.MARKDOWN,
) -> None:
    """Makes a case note from a conversation in a file. Changes nothing; a model gets it masked, and after a yes."""
    with told() as words:
        from bot.errors import NotThere, phrase
        from bot.notes.extract import guessed_language

        with wrong_use(words):
            chosen, asked = _language(language), _question(question)
        spoken = words()
        transcript = _read(file, source)
        line = ProgressLine(time.perf_counter, so_far(spoken), sys.stderr)
        try:
            writing = _Writing(
                transcript,
                chosen or guessed_language(transcript, spoken.language),
                line,
                None if offline else spoken,
                Asking(approve, members),
            )
            printed = _printed(writing, asked, form)
        finally:
            line.clear()
        if not printed:
            raise NotThere(phrase("Nobody said anything in words there, so there is nothing to make a note of."))
        typer.echo(printed)


def _language(typed: str) -> str:
    from bot.errors import NotUnderstood, phrase
    from bot.words import LANGUAGES

    if typed and typed not in LANGUAGES:
        raise NotUnderstood(phrase("I speak these languages: {languages}.", languages=", ".join(LANGUAGES)))
    return typed


def _question(typed: str | None) -> str:
    from bot.errors import NotUnderstood, phrase

    if typed is not None and not typed.strip():
        raise NotUnderstood(phrase("Write what you want to know after --question."))
    return (typed or "").strip()


def so_far(words: "Words") -> Callable[[float, int], str]:
    """How much of a conversation is read, as a line of progress tells it."""
    return lambda done, of: words.say("{percent} % read", percent=int(100 * done / of))


def _read(file: str, source: Source | None) -> "Transcript":
    """The conversation in a file, in the folder of an export, or on stdin."""
    from bot.notes.reading import Form, read_conversation, read_files
    from bot.settings import read_settings

    zone = ZoneInfo(read_settings().brobygger_timezone)
    form = None if source is None else Form(source.value)
    path = Path(file)
    if file == _STDIN:
        return read_conversation(file, sys.stdin.buffer.read(), form, zone)
    if path.is_dir():
        found = sorted(one for one in path.rglob("*.json") if one.is_file())
        if not found:
            stop(f"There is no JSON file in {path}. Give the folder of a Slack export, or one file.", status=2)
        return read_files(
            {**_users(path), **{str(one.relative_to(path.parent)): read_file(one) for one in found}}, form, zone
        )
    content = read_file(path)
    if path.suffix == ".json" and source in {None, Source.SLACK} and _users(path.parent):
        return read_files({**_users(path.parent), str(Path(path.parent.name, path.name)): content}, form, zone)
    return read_conversation(path.name, content, form, zone)


def _users(folder: Path) -> Mapping[str, bytes]:
    """The names of an export, which lie in its folder, or in that above a channel's."""
    found = next((one for one in (folder / _USERS, folder.resolve().parent / _USERS) if one.is_file()), None)
    return {} if found is None else {_USERS: read_file(found)}


@dataclass(frozen=True, slots=True)
class _Writing:
    """What is written about, and who may write. ``words``: None where no model may be asked."""

    transcript: "Transcript"
    language: str
    line: ProgressLine
    words: "Words | None"
    asking: Asking

    def note(self) -> "CaseNote":
        """By the model that is set, or by rules."""
        from bot.notes.extract import extracted

        note = None
        if self.words is not None:
            note = note_by_model(self.transcript, self.language, self.line, self.words, self.asking)
        return note or extracted(self.transcript, self.language, lambda share: self.line.show(share, 1))

    def answer(self, question: str) -> "Answer":
        """In the same way."""
        from bot.notes.extract import answered

        answer = None
        if self.words is not None:
            answer = answer_by_model(self.transcript, self.language, question, self.words, self.asking)
        return answer or answered(self.transcript, question, self.language)


def _printed(writing: _Writing, question: str, form: NoteFormat) -> str:
    """What was asked for, ready to print; empty where nothing was said in words."""
    from bot.notes.claims import statements_of
    from bot.offline.note_printing import answer_as_json, note_as_json

    if question:
        answer = writing.answer(question)
        return answer_as_json(answer) if form is NoteFormat.JSON else _sheet(writing).answer(answer)
    note = writing.note()
    if not any(True for _ in statements_of(note)):
        return ""
    return note_as_json(note) if form is NoteFormat.JSON else _sheet(writing).note(note)


def _sheet(writing: _Writing) -> "Sheet":
    from bot.offline.note_printing import Sheet
    from bot.settings import read_settings
    from bot.words import Languages

    return Sheet(
        writing.transcript, Languages.load().words(writing.language, ZoneInfo(read_settings().brobygger_timezone))
    )
