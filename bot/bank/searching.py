"""Somebody asks the bank: words are read as those of the notes were, candidates come from the database, and what they are
worth is summed up here, the same for every database.

A word is looked for in several forms: as it is, by what it means in both languages, by its parts, by what begins with it, and
where no note has it, by what it may be a slip for. Where very many notes have the words, those are looked at in which they
weigh most, and of these the newest: so that no question takes long, however many notes there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from bot.bank.choosing import Chooser
from bot.bank.ranking import Asked, Form, Ranked, Weighty, in_order, ranked, rarity, weighty
from bot.bank.reading import CONCEPT, BankReader, words_of
from bot.bank.repository import Bank, Wanted
from bot.bank.weighing import (
    WORKED,
    Sight,
    about_theme,
    at_place,
    audience,
    in_period,
    just,
    seen_by,
    taking_part,
)
from bot.identity import NoteId
from bot.notes.domain import Audience

# Notes that are read for a question at once, at most.
MOST = 300
# Words of a question that count; whoever pastes a page has said enough with the rarest of them.
MOST_WORDS = 8
# About so many notes are read for a question; if they turn out to be far too few or too many, so many times more or fewer.
_FIRST, _FAR = 100.0, 8.0
_ENOUGH, _NEAR = 200.0, 2.0
_NARROW = 4.0
# How often a question asks the database for notes, at most, and of how many it makes sure that they are the best.
_ROUNDS, _BEST = 2, 10
_BEGINS, _SLIPPED = 0.7, 0.55
# Letters from which on a word may be the beginning of another, and from which on it may have been misspelt.
_BEGINNING, _SPELT = 4, 4
_SLIPS = 3
# At least so alike, of 1, is a slip.
_ALIKE = 0.72


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody looks for. ``theme`` and ``sector`` are keys; ``since`` and ``until`` days, both inclusive; ``worked``: only
    what was tried somewhere with success. All empty: everything, the newest first."""

    words: str = field(default="", repr=False)
    theme: str = ""
    sector: str = ""
    place: str = ""
    since: date | None = None
    until: date | None = None
    worked: bool = False

    def is_narrow(self) -> bool:
        """Whether it asks for less than everything, words aside."""
        return bool(self.theme or self.sector or self.place or self.since or self.until or self.worked)


@dataclass(frozen=True, slots=True)
class Read:
    """A question as it was understood. ``corrected``: words that no note has, with what was looked for instead."""

    asked: tuple[Asked, ...]
    corrected: Mapping[str, tuple[str, ...]]
    known: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found, the best first. ``whole``: how many have all the words."""

    ranked: tuple[Ranked, ...]
    read: Read
    whole: int


async def search(bank: Bank, question: Question, sight: Sight, now: datetime, reader: BankReader) -> Search:
    """The best notes that this one may see. With words that say nothing, nothing."""
    read = await _read(bank, question.words, reader)
    narrowed = narrowed_to(question, sight, now, reader)
    if narrowed is None or (question.words.strip() and not read.asked):
        return Search((), read, 0)
    words = weighty(read.asked, read.known)
    if not read.asked:
        found = ranked(await bank.candidates(narrowed, MOST), words)
    elif any(one.forms for one in words):
        found = await _best(bank, words, read.known, narrowed)
    else:
        found = []
    order = [one for one in found if in_time(one.published_at, question)]
    return Search(tuple(order), read, sum(one.share > _NEARLY for one in order))


async def among(
    bank: Bank, notes: Sequence[NoteId], question: Question, sight: Sight, now: datetime, reader: BankReader
) -> Mapping[NoteId, datetime]:
    """Those of the notes that this one may see and that are what was asked for, words aside; with when they were published."""
    wanted = narrowed_to(question, sight, now, reader)
    if wanted is None or not notes:
        return {}
    found = await bank.candidates((tuple(just(note) for note in notes), *wanted), len(notes))
    return {one.note: one.published_at for one in found if in_time(one.published_at, question)}


def in_time(at: datetime, question: Question) -> bool:
    """Whether a note of that time is of the days that are asked for."""
    day = at.astimezone(UTC).date()
    return not (question.since and day < question.since) and not (question.until and day > question.until)


_NEARLY = 0.999


async def _read(bank: Bank, typed: str, reader: BankReader) -> Read:
    words = list(dict.fromkeys(word for word in words_of(typed) if not reader.says_nothing(word)))
    terms = {word: reader.terms(word) for word in words[: 2 * MOST_WORDS]}
    meant = reader.meant(typed) if len(words) > 1 else ()
    # A word may not be whole yet, and a compound begins with another.
    begins = {word: beginning for word in terms if len(beginning := _beginning(word, reader)) >= _BEGINNING}
    known = dict(
        await bank.known({term for many in terms.values() for term, _ in many} | set(meant), set(begins.values()))
    )
    asked: list[Asked] = []
    corrected: dict[str, tuple[str, ...]] = {}
    for word, forms in terms.items():
        stem = reader.stem(word)
        near = {term: much for term, much in forms if term in known}
        for term in known:
            if word in begins and term.startswith(begins[word]) and term not in near:
                near[term] = _BEGINS
        if not any(not term.startswith(CONCEPT) for term in near) and len(stem) >= _SPELT:
            slips = await _slips(bank, stem)
            known |= slips
            near |= dict.fromkeys(slips, _SLIPPED)
            if slips:
                corrected[word] = tuple(slips)
        asked.append(Asked(word, tuple(Form(term, much) for term, much in sorted(near.items()))))
    said = {term for one in asked for term in (form.term for form in one.forms)}
    whole = [Asked(term, (Form(term, _BEGINS),)) for term in meant if term in known and term not in said]
    return Read(_rarest([*asked, *whole], known), corrected, known)


def _beginning(word: str, reader: BankReader) -> str:
    """With what a longer word begins: by three letters alone ("hav") too many do."""
    stem = reader.stem(word)
    return stem if len(stem) >= _BEGINNING else word[:_BEGINNING]


def _rarest(asked: Sequence[Asked], known: Mapping[str, int]) -> tuple[Asked, ...]:
    """The words that tell most, if there are many; in the order in which they were typed."""
    notes = known.get("", 0)
    telling = sorted(asked, key=lambda one: -rarity(notes, _most(one, known)))[:MOST_WORDS]
    return tuple(one for one in asked if one in telling)


def _most(one: Asked, known: Mapping[str, int]) -> int:
    return min(sum(known.get(form.term, 0) for form in one.forms), known.get("", 0))


async def _slips(bank: Bank, stem: str) -> Mapping[str, int]:
    """The terms that were most likely meant, with their counts."""
    from rapidfuzz.distance import OSA

    near = [
        (OSA.normalized_similarity(stem, term, score_cutoff=_ALIKE), count, term)
        for term, count in (await bank.alike(stem)).items()
        if abs(len(term) - len(stem)) <= 2
    ]
    best = sorted((one for one in near if one[0] >= _ALIKE), key=lambda one: (-one[0], -one[1], one[2]))
    return {term: count for alike, count, term in best[:_SLIPS] if alike >= best[0][0] - 0.08}


def narrowed_to(question: Question, sight: Sight, now: datetime, reader: BankReader) -> Wanted | None:
    """What a note must have beside the words: this one may see it, and it is what was asked for. None: nothing can be that."""
    seen = [audience(Audience.PUBLIC)]
    if sight.member is not None:
        seen += [audience(Audience.ACADEMY), taking_part(sight.member)]
    wanted: list[tuple[str, ...]] = [tuple(seen)]
    if question.theme:
        wanted.append((about_theme(question.theme),))
    if question.sector:
        wanted.append((seen_by(question.sector),))
    if question.place:
        words = at_place(question.place, reader)
        if not words:
            return None
        wanted += [(word,) for word in words]
    if question.worked:
        wanted.append((WORKED,))
    period = in_period(question.since, question.until, now)
    return (*wanted, period) if period else tuple(wanted)


async def _best(bank: Bank, words: Sequence[Weighty], known: Mapping[str, int], narrowed: Wanted) -> list[Ranked]:
    """The notes that may be among the best, in their order. The database is asked again where too few came, or where another
    might be better than the last of those that are shown first."""
    found: dict[NoteId, Ranked] = {}
    order: list[Ranked] = []
    chooser = Chooser(words, known)
    before: Sequence[Wanted] = ()
    # Of those that have the words, few are what a narrowed question asks for.
    wanted, least = _FIRST * (_NARROW if len(narrowed) > 1 else 1.0), 0.0
    for _ in range(_ROUNDS):
        choice = chooser.choose(wanted, least)
        if choice.ways == before:
            break
        before = choice.ways
        some = await bank.candidates(narrowed, MOST, choice.ways)
        found |= {one.note: one for one in ranked([one for one in some if one.note not in found], words)}
        order = in_order(found.values())
        if len(some) == MOST:
            # More have the words together than was to be expected, and only the newest of them came.
            wanted = choice.notes / _FAR
        elif not choice.left or (len(order) >= _BEST and choice.left <= order[_BEST - 1].score):
            break
        else:
            # As many more as came too few, or all that may be better.
            wanted = choice.notes * min(_FAR, max(_NEAR, _ENOUGH / max(1, len(some))))
        least = order[_BEST - 1].score if len(order) >= _BEST else 0.0
    return order
