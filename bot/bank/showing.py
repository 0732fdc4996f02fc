"""Which sentence of a note is shown with a hit: the one that says most of what was asked for. Pure."""

from collections.abc import Iterator, Sequence

from bot.bank.ranking import Asked
from bot.bank.reading import BankReader, words_of
from bot.bank.repository import Entry
from bot.notes.casenote import CaseNote


def sentence_of(entry: Entry, asked: Sequence[Asked], reader: BankReader) -> str:
    """The sentence with most of the words, the first of those; the gist where none has one."""
    wanted = [{form.term: form.near for form in one.forms} for one in asked]
    best, said = 0.0, ""
    for text in sentences(entry.content):
        terms = {term for word in words_of(text) for term, _ in reader.terms(word)}
        had = sum(max((near for term, near in forms.items() if term in terms), default=0.0) for forms in wanted)
        if had > best:
            best, said = had, text
    return said or next(sentences(entry.content), "")


def sentences(note: CaseNote) -> Iterator[str]:
    """All that a note says, the gist first."""
    for statements in (note.summary, note.situation, note.agreements, note.ideas, *note.perspectives.values()):
        yield from (one.text for one in statements)
    yield from (one.text for one in note.actions)
    yield from (one.text for one in note.questions)
