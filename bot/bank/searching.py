"""Somebody asks the bank: words are read as those of the notes were, candidates come from the database, and what they are
worth is summed up here, the same for every database.

A word is looked for in several forms: as it is, by what it means in both languages, by its parts, by what begins with it, and
where no note has it, by what it may be a slip for. Where very many notes have the words, those are looked at in which they
weigh most, and of these the newest: so that no question takes long, however many notes there are.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import combinations, islice

from bot.bank.ranking import Asked, Form, Ranked, ranked, rarity
from bot.bank.reading import CONCEPT, BankReader, words_of
from bot.bank.repository import Bank, Candidate, Wanted
from bot.bank.weighing import (
    LEVELS,
    WORKED,
    Sight,
    about_theme,
    at_place,
    audience,
    in_period,
    just,
    levelled,
    seen_by,
    taking_part,
)
from bot.identity import NoteId
from bot.notes.domain import Audience

# Candidates that are ranked: enough that the best are among them.
MOST = 200
# Words of a question that count; whoever pastes a page has said enough with the rarest of them.
MOST_WORDS = 8
# With so many notes that have all the words, those that have some of them are not looked for.
_ENOUGH = 25
# With so many in which a word weighs much, those in which it weighs less are not looked at.
_STRONG = 100
# Ways to leave one word out that are tried, the most common word first.
_FEWER = 3
_BEGINS, _SLIPPED = 0.7, 0.55
# Letters from which on a word may be the beginning of another, and from which on it may have been misspelt.
_BEGINNING, _SPELT = 3, 4
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
    narrowed = _narrowed(question, sight, now, reader)
    if narrowed is None or (question.words.strip() and not read.asked):
        return Search((), read, 0)
    found = await _candidates(bank, read, narrowed)
    order = ranked(_in_time(found, question), read.asked, read.known)
    return Search(tuple(order), read, sum(one.share > _NEARLY for one in order))


async def among(
    bank: Bank, notes: Sequence[NoteId], question: Question, sight: Sight, now: datetime, reader: BankReader
) -> Mapping[NoteId, datetime]:
    """Those of the notes that this one may see and that are what was asked for, words aside; with when they were published."""
    wanted = _narrowed(question, sight, now, reader)
    if wanted is None or not notes:
        return {}
    found = await bank.candidates((tuple(just(note) for note in notes), *wanted), len(notes))
    return {one.note: one.published_at for one in _in_time(found, question)}


def _in_time(found: Sequence[Candidate], question: Question) -> Sequence[Candidate]:
    first = datetime.combine(question.since, time(), UTC) if question.since else None
    last = datetime.combine(question.until, time.max, UTC) if question.until else None
    return [
        one
        for one in found
        if (first is None or one.published_at >= first) and (last is None or one.published_at <= last)
    ]


_NEARLY = 0.999


async def _read(bank: Bank, typed: str, reader: BankReader) -> Read:
    words = list(dict.fromkeys(word for word in words_of(typed) if not reader.says_nothing(word)))
    terms = {word: reader.terms(word) for word in words[: 2 * MOST_WORDS]}
    meant = reader.meant(typed) if len(words) > 1 else ()
    begin = {reader.stem(word) for word in terms if len(reader.stem(word)) >= _BEGINNING}
    # The last word may not be whole yet; and a stem may be shorter than what was typed of a longer word.
    known = dict(await bank.known({term for many in terms.values() for term, _ in many} | set(meant), begin))
    asked: list[Asked] = []
    corrected: dict[str, tuple[str, ...]] = {}
    for word, forms in terms.items():
        stem = reader.stem(word)
        near = {term: much for term, much in forms if term in known}
        for term in known:
            if len(stem) >= _BEGINNING and term.startswith(stem) and term not in near:
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


def _narrowed(question: Question, sight: Sight, now: datetime, reader: BankReader) -> Wanted | None:
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


async def _candidates(bank: Bank, read: Read, narrowed: Wanted) -> Sequence[Candidate]:
    """All that have the words where these are few; else the strongest."""
    if not read.asked:
        return await bank.candidates(narrowed, MOST)
    found: dict[NoteId, Candidate] = {}
    every = [terms for terms in (tuple(form.term for form in one.forms) for one in read.asked) if terms]
    if every and len(every) == len(read.asked):
        await _look(bank, found, read, every, narrowed)
    if len(found) < _ENOUGH and (len(every) > 1 or not found):
        await _look_for_some(bank, found, read, every, narrowed)
    return list(found.values())


async def _look_for_some(
    bank: Bank, found: dict[NoteId, Candidate], read: Read, every: Sequence[tuple[str, ...]], narrowed: Wanted
) -> None:
    """Adds notes that have some of the words: any of the rare ones, or all but one of those that are in many notes."""
    rare: list[str] = []
    many: list[tuple[str, ...]] = []
    left = MOST
    for terms in _telling(read, every):
        left -= _having(read, terms)
        if left >= 0:
            rare += terms
        else:
            many.append(terms)
    if rare:
        found |= {one.note: one for one in await bank.candidates((tuple(dict.fromkeys(rare)), *narrowed), MOST)}
    elif len(many) > 2:
        for fewer in islice(combinations(many, len(many) - 1), _FEWER):
            found |= {one.note: one for one in await bank.candidates((*fewer, *narrowed), MOST)}
    if many and len(found) < _ENOUGH:
        await _look(bank, found, read, many[:1], narrowed)


def _telling(read: Read, forms: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """The rarest first."""
    return sorted(forms, key=lambda terms: (_having(read, terms), terms))


def _having(read: Read, terms: Sequence[str]) -> int:
    """How many notes have one of these, at most."""
    return sum(read.known.get(term, 0) for term in terms)


async def _look(
    bank: Bank, found: dict[NoteId, Candidate], read: Read, forms: Sequence[tuple[str, ...]], narrowed: Wanted
) -> None:
    """Adds those that have all of the forms. Of more than are ranked, those in which one of them weighs most."""
    if _expected(read, forms) < MOST:
        all_of_them = await bank.candidates((*forms, *narrowed), MOST)
        found |= {one.note: one for one in all_of_them}
        if len(all_of_them) < MOST:
            return
    for level in range(len(LEVELS), -1, -1):
        weighty = tuple(levelled(term, level) for terms in forms for term in terms)
        wanted = (weighty, *forms, *narrowed) if level else (*forms, *narrowed)
        some = await bank.candidates(wanted, MOST)
        found |= {one.note: one for one in some}
        if len(some) >= _STRONG:
            return


def _expected(read: Read, forms: Sequence[tuple[str, ...]]) -> float:
    """How many notes would have all of the forms if one said nothing of the other."""
    notes = max(1, read.known.get("", 0))
    return notes * math.prod(min(1.0, _having(read, terms) / notes) for terms in forms)
