"""Notes of the bank as files: Markdown to read, CSV to count with. Pure."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

from bot.bank.repository import Entry, Outcome, Trial
from bot.bank.telling import readable, sections, trial_line
from bot.identity import NoteId
from bot.members.domain import Sector
from bot.messages.elements import File
from bot.messages.text import clean
from bot.words import Words

MARKDOWN, CSV = "text/markdown; charset=utf-8", "text/csv; charset=utf-8"
# What Markdown would read as mark-up, anywhere and where a line begins; and what a spreadsheet would read as a formula.
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|&~])")
_LEADING = re.compile(r"^(?:([-+])|(\d+)([.)]))")
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BOM = "\ufeff"


def as_markdown(
    entries: Sequence[Entry], trials: Mapping[NoteId, Sequence[Trial]], sectors: Mapping[str, Sector], words: Words
) -> str:
    """The notes one after the other, each with its own heading."""
    return "\n\n".join(_markdown(entry, trials.get(entry.note, ()), sectors, words) for entry in entries) + "\n"


def as_csv(entries: Sequence[Entry], trials: Mapping[NoteId, Sequence[Trial]], words: Words) -> str:
    """A row a note. With a byte-order mark, by which spreadsheets tell that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["id", "title", "summary", "themes", "sectors", "tags", "place", "published", "version", "language"]
        + [outcome.value for outcome in Outcome]
    )
    for entry in entries:
        note, said = entry.content, trials.get(entry.note, ())
        tried = ["|".join(one.place for one in said if one.outcome is outcome) for outcome in Outcome]
        summary = " ".join(readable(one.text, words) for one in note.summary)
        row = [str(entry.note), readable(note.title, words), summary, "|".join(entry.themes), "|".join(entry.sectors)]
        row += ["|".join(note.tags), readable(entry.place, words), entry.published_at.date().isoformat()]
        writer.writerow([_cell(one) for one in [*row, str(entry.version), note.language, *tried]])
    return _BOM + out.getvalue()


def markdown_file(content: str, name: str) -> File:
    """To be handed to somebody."""
    return File(f"{name}.md", MARKDOWN, content.encode())


def csv_file(content: str, name: str) -> File:
    """To be handed to somebody."""
    return File(f"{name}.csv", CSV, content.encode())


def _markdown(entry: Entry, trials: Sequence[Trial], sectors: Mapping[str, Sector], words: Words) -> str:
    day = words.date(entry.published_at.astimezone(words.zone).date())
    about = " · ".join(
        _escaped(part) for part in (readable(entry.place, words), day, ", ".join(entry.content.tags)) if part
    )
    blocks = [f"# {_escaped(readable(entry.content.title, words))}", about]
    if trials:
        blocks += [f"## {words.say('Who has tried it')}", _list(trial_line(one, words) for one in trials)]
    for section in sections(entry, sectors, words):
        blocks += [f"## {_escaped(section.heading)}", _list(section.lines)]
    return "\n\n".join(blocks)


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in lines)


def _escaped(text: str) -> str:
    line = _MARKS.sub(r"\\\1", " ".join(clean(text).split()))
    return _LEADING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)


def _cell(text: str) -> str:
    """In one line, and never a formula: a spreadsheet looks past blanks."""
    line = " ".join(clean(text).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
