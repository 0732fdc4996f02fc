"""What the index keeps of a note: by which terms it is found, how much it is about each, and who may find it.

A term's weight (1 to 255) depends on the note alone: how often the term stands in it and where (title, tags, summary, the
rest), as BM25 counts it for several fields. What is known of all notes (how rare a term is) comes in when somebody asks.
So a note is weighed once, and nothing has to be weighed anew when others come or go.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bot.bank.reading import MEANT, BankReader, words_of
from bot.bank.repository import Entry, Outcome, Trial
from bot.identity import MemberId, NoteId, WorkspaceId
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience

# How much a word counts by where it stands.
_TITLE, _TAGS, _NAMES, _SUMMARY, _REST = 4, 3, 2, 2.0, 1.0
# Words that a summary and the rest of a note usually have; in a longer one each says a little less.
_SUMMARY_WORDS, _REST_WORDS, _SHORTER = 40, 160, 0.5
# Words of a place that tell nothing of where it is.
_ANY_PLACE = frozenset({"kommune", "kommunen", "municipality", "by", "byen", "city", "town", "danmark", "denmark"})
# How soon saying it once more adds nothing (BM25's k1).
_SATURATION = 1.2
HEAVIEST = 255
# From these weights on a term stands in the index a second time, under its level: a tag, or said several times; in the title.
# And of the notes that have a term, how many have it so strongly, about: a question asks for fewer or more of them where that
# is wrong. A further level, of what is said twice, made the index a third larger and no question quicker.
LEVELS = (160, 190)
SHARES = (1.0, 0.11, 0.05)


@dataclass(frozen=True, slots=True)
class Weighed:
    """``terms``: weights by term. ``tokens``: everything that the database finds the note by, each without spaces."""

    terms: Mapping[str, int]
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks: a member of the academy, or whoever is outside."""

    member: MemberId | None = None


def weigh(workspace: WorkspaceId, entry: Entry, trials: Sequence[Trial], reader: BankReader) -> Weighed:
    """The note with where it was tried. What was said of that is not looked in: outside it is read later than it is kept."""
    note = entry.content
    named = words_of(note.title) * _TITLE + words_of("\n".join(note.tags)) * _TAGS
    named += words_of(" ".join((*entry.themes, entry.place)).replace("_", " ")) * _NAMES
    for one in trials:
        named += words_of(one.place)
    summary = words_of("\n".join(one.text for one in note.summary))
    rest = words_of("\n".join(_rest(note)))
    found = reader.summed(
        (
            (rest, _REST / _length(rest, _REST_WORDS)),
            (summary, _SUMMARY / _length(summary, _SUMMARY_WORDS)),
            (named, 1.0),
        )
    )
    for tag in note.tags:
        if " " in tag:
            for concept in reader.meant(tag):
                found[concept] = found.get(concept, 0.0) + _TAGS
    for concept in reader.meant(note.title):
        found[concept] = max(found.get(concept, 0.0), _TITLE * MEANT)
    # A few sums are those of nearly all terms.
    weights = {much: 1 + int((HEAVIEST - 1) * much / (much + _SATURATION)) for much in set(found.values())}
    terms = {term: weights[much] for term, much in found.items()}
    filters = filters_of(workspace, entry, trials, reader)
    return Weighed(terms, (*tokens_of(terms), *sorted(filters)))


def filters_of(workspace: WorkspaceId, entry: Entry, trials: Sequence[Trial], reader: BankReader) -> set[str]:
    """What a search can be narrowed by, as tokens beside the words."""
    day = entry.published_at.date()
    found = {in_workspace(workspace), just(entry.note), audience(entry.audience), f"y.{day:%Y}", f"q.{day:%Y%m}"}
    found.add(read_as(reader.mark))
    found |= {taking_part(member) for member in {entry.author, *entry.took_part}}
    found |= {about_theme(theme) for theme in entry.themes} | {seen_by(sector) for sector in entry.sectors}
    for place in (entry.place, *(one.place for one in trials)):
        found |= set(at_place(place, reader))
    if any(one.outcome is Outcome.WORKED for one in trials):
        found.add(WORKED)
    return found


WORKED = "k.worked"


def read_as(mark: str) -> str:
    """Notes whose words were read in this way."""
    return f"v.{mark}"


def in_workspace(workspace: WorkspaceId) -> str:
    """One academy's notes."""
    return f"w.{_short(workspace)}"


def just(note: NoteId) -> str:
    """One note."""
    return f"n.{_short(note)}"


def audience(whose: Audience) -> str:
    """Notes for these."""
    return f"a.{whose.value}"


def taking_part(member: MemberId) -> str:
    """Notes of conversations that this member was part of."""
    return f"m.{_short(member)}"


def about_theme(theme: str) -> str:
    """Notes on a theme, by its key."""
    return f"h.{_mark(theme)}"


def seen_by(sector: str) -> str:
    """Notes that tell what a sector sees, by its key."""
    return f"s.{_mark(sector)}"


def at_place(place: str, reader: BankReader) -> tuple[str, ...]:
    """Notes from a place, or tried there: each word of it."""
    stems = (reader.stem(word) for word in words_of(place) if word not in _ANY_PLACE and not reader.says_nothing(word))
    return tuple(f"l.{stem}" for stem in stems)


def in_period(since: date | None, until: date | None, last: datetime) -> tuple[str, ...]:
    """Notes from these years and months, which may be some days more than were asked for: one of these tokens each."""
    if since is None and until is None:
        return ()
    first = since or date(2000, 1, 1)
    end = min(until or date.max, last.date())
    tokens: list[str] = []
    for year in range(first.year, end.year + 1):
        months = [
            month for month in range(1, 13) if (first.year, first.month) <= (year, month) <= (end.year, end.month)
        ]
        tokens += [f"y.{year:04}"] if len(months) == 12 else [f"q.{year:04}{month:02}" for month in months]
    return tuple(tokens) or ("y.none",)


def levelled(term: str, level: int) -> str:
    """The token by which notes are found that speak of a term so strongly at least; 0: at all."""
    return f"{level}.{term}" if level else term


def heaviest(level: int) -> int:
    """What a term weighs at most in a note that is not found by its next level."""
    return LEVELS[level] - 1 if level < len(LEVELS) else HEAVIEST


def tokens_of(terms: Mapping[str, int]) -> list[str]:
    """The terms, and each once more under every level that it reaches."""
    tokens = list(terms)
    strong: Iterable[str] = terms
    for level, least in enumerate(LEVELS, start=1):
        strong = [term for term in strong if terms[term] >= least]
        tokens += map(f"{level}.".__add__, strong)
    return tokens


def _length(words: Sequence[str], usual: int) -> float:
    return 1 - _SHORTER + _SHORTER * len(words) / usual if len(words) > usual else 1.0


def _rest(note: CaseNote) -> Iterator[str]:
    for statements in (note.situation, *note.perspectives.values(), note.ideas, note.agreements, note.questions):
        for one in statements:
            yield one.text
    for task in note.actions:
        yield task.text


def _short(id_: UUID) -> str:
    # The end of an id is chance; its beginning is the time.
    return id_.hex[-16:]


def _mark(key: str) -> str:
    return hashlib.blake2b(" ".join(key.casefold().split()).encode(), digest_size=6).hexdigest()
