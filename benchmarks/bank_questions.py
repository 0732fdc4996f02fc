"""What people find who do not know the notes: own notes and questions (``data/bank_questions.toml``) among many others."""

import tomllib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.bank_notes import NOW
from bot.bank.repository import Entry
from bot.identity import MemberId, NoteId, new_id
from bot.notes.casenote import CaseNote, Statement
from bot.notes.domain import Audience

_FILE = Path(__file__).parent / "data" / "bank_questions.toml"
_DANISH = frozenset("æøå")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with the note that answers it. ``held``: not looked at while the search was tuned."""

    asked: str
    note: NoteId
    held: bool


def pairs() -> tuple[Sequence[Entry], Sequence[Pair]]:
    """The notes, and what is asked of them."""
    entries: list[Entry] = []
    asked: list[Pair] = []
    for place, one in enumerate(tomllib.loads(_FILE.read_text("utf-8"))["note"]):
        entry = _entry(one["title"], one["text"], place)
        entries.append(entry)
        asked += [Pair(typed, entry.note, kind == "held") for kind in ("try", "held") for typed in one.get(kind, ())]
    return entries, asked


def _entry(title: str, text: str, place: int) -> Entry:
    first, *others = [f"{one.strip('. ')}." for one in text.split(". ")]
    content = CaseNote(
        title=title,
        language="da" if _DANISH & set(text) else "en",
        summary=(Statement(first, ("1",)),),
        situation=tuple(Statement(one, ("2",)) for one in others),
    )
    writer = MemberId(new_id())
    return Entry(
        NoteId(new_id()), writer, (writer,), Audience.PUBLIC, content, (), (), "", 1, NOW - timedelta(days=place)
    )


async def places(
    put: Callable[[Sequence[Entry]], Awaitable[None]], ask: Callable[[str], Awaitable[Sequence[NoteId]]]
) -> Mapping[bool, Sequence[int]]:
    """Where among what is found the right note stands, by whether the question was held back; 0: it is not found."""
    entries, asked = pairs()
    await put(entries)
    found: dict[bool, list[int]] = {False: [], True: []}
    for one in asked:
        order = list(await ask(one.asked))
        found[one.held].append(order.index(one.note) + 1 if one.note in order else 0)
    return found
