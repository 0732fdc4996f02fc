"""Case notes as an academy might have them, made up: Danish and English words, common and rare as words are, compounds."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.bank.reading import _DATA, _SYNONYMS  # pyright: ignore[reportPrivateUsage]  # the lists that real words are in
from bot.bank.repository import Entry
from bot.bank.searching import Question
from bot.identity import MemberId, NoteId, new_id
from bot.notes.casenote import CaseNote, Statement
from bot.notes.domain import Audience

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_COMPOUNDS = 30_000
# What notes are about, and the words of each; how many of a note's words are of what it is about.
_SUBJECTS, _SUBJECT_WORDS, _OF_ITS_SUBJECT = 400, 60, 0.3
_PLACES = ("Rødovre", "Odense", "Vejle", "Aarhus", "Aalborg", "Esbjerg", "Randers", "Ribe", "Skive", "Holbæk")
_THEMES = ("ageing", "homelessness", "health", "loneliness", "special_needs", "sickness_benefit")
_SECTORS = ("municipality", "civil_society", "business", "foundation", "research")


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language's words, the common ones first, with how often each comes."""

    name: str
    words: Sequence[str]
    weights: Sequence[float]

    def say(self, chance: random.Random, many: int) -> str:
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=many))


def tongues(seed: int = 1) -> tuple[Tongue, Tongue]:
    chance = random.Random(seed)
    small = tomllib.loads((_DATA / "small.toml").read_text("utf-8"))
    parts = tomllib.loads((_DATA / "parts.toml").read_text("utf-8"))["danish"].split()
    table = tomllib.loads(_SYNONYMS.read_text("utf-8"))["groups"].values()
    known = [word for many in table for phrase in many for word in phrase.split()]
    made = {
        chance.choice(parts)
        + chance.choice(("", "s", "e"))
        + chance.choice(parts)
        + chance.choice(("", "en", "er", "et"))
        for _ in range(_COMPOUNDS)
    }
    made_up = [
        "".join(chance.choices("bdfgklmnprstvaeiouyæøå", k=chance.randint(5, 11))) for _ in range(_COMPOUNDS // 2)
    ]
    danish = [*small["danish"].split(), *_mixed(chance, [*parts, *known]), *_mixed(chance, [*made, *made_up])]
    english = [*small["english"].split(), *_mixed(chance, known), *_mixed(chance, made_up)]
    return _tongue("da", danish), _tongue("en", english)


def subjects(seed: int = 4) -> Mapping[str, Sequence[Tongue]]:
    """The words of each subject that notes may have, by language."""
    chance = random.Random(seed)
    return {
        tongue.name: [
            _tongue(tongue.name, chance.choices(tongue.words[150:], k=_SUBJECT_WORDS)) for _ in range(_SUBJECTS)
        ]
        for tongue in tongues()
    }


def entries(number: int, seed: int = 2) -> Iterator[Entry]:
    """So many notes, no two alike; two of three are Danish, one of ten is for those alone who took part. Each speaks of one or
    two subjects, whose words come together, and is as long as notes are: most short, some very long."""
    chance = random.Random(seed)
    both = tongues()
    about = subjects()
    people = [MemberId(new_id()) for _ in range(200)]
    for place in range(number):
        tongue = both[chance.random() < 1 / 3]
        yield Entry(
            note=NoteId(new_id()),
            author=chance.choice(people),
            took_part=tuple(chance.sample(people, 3)),
            audience=chance.choices(list(Audience), weights=(1, 4, 5))[0],
            content=_note(chance, tongue, chance.sample(about[tongue.name], chance.choice((1, 1, 2)))),
            themes=(chance.choice(_THEMES),),
            sectors=(chance.choice(_SECTORS),),
            place=chance.choice(_PLACES),
            version=1,
            published_at=NOW - timedelta(minutes=5 * (number - place)),
        )


def questions(some: Sequence[Entry], number: int, seed: int = 3) -> list[Question]:
    """What people type: one to four words, half of them out of a note, a third of one subject, the others as common as they are
    in all notes; a third with a slip, a fifth in another form than the note has, a quarter narrowed. Nobody looks for "and"."""
    chance = random.Random(seed)
    both, about = tongues(), subjects()
    little = {word for tongue in both for word in tongue.words[:150]}
    asked: list[Question] = []
    for place in range(number):
        many = chance.choice((1, 1, 2, 2, 3, 4))
        words = _mixed(chance, [word for word in _heard(chance.choice(some).content) if word not in little])
        if place % 6 in (1, 3):
            words = _mixed(chance, chance.choice(about[chance.choice(both).name]).say(chance, 3 * many).split())
        elif place % 6 == 5 or len(words) < many:
            every = chance.choice(both).words[150:]
            words = chance.choices(every, weights=[1 / (150 + rank) for rank in range(len(every))], k=many)
        typed = words[:many]
        if chance.random() < 1 / 3:
            typed[0] = _slip(chance, typed[0])
        elif chance.random() < 1 / 5:
            typed[-1] += chance.choice(("en", "er", "s"))
        asked.append(_narrowed(chance, " ".join(typed)))
    return asked


def _narrowed(chance: random.Random, typed: str) -> Question:
    if chance.random() < 3 / 4:
        return Question(typed)
    return chance.choice(
        (
            Question(typed, theme=chance.choice(_THEMES)),
            Question(typed, sector=chance.choice(_SECTORS)),
            Question(typed, place=chance.choice(_PLACES)),
            Question(typed, since=NOW.date() - timedelta(days=chance.randint(10, 300))),
        )
    )


def _heard(note: CaseNote) -> list[str]:
    texts = [note.title, *(one.text for one in (*note.summary, *note.situation))]
    return " ".join(texts if random.Random(note.title).random() < 1 / 2 else texts[:1]).split()


def _note(chance: random.Random, tongue: Tongue, subjects: Sequence[Tongue]) -> CaseNote:
    long = min(5.0, chance.lognormvariate(0, 0.6))

    def say(many: int) -> str:
        own = sum(chance.random() < _OF_ITS_SUBJECT for _ in range(many))
        return f"{tongue.say(chance, many - own)} {chance.choice(subjects).say(chance, own)}".strip()

    def said(count: float) -> tuple[Statement, ...]:
        many = max(1, round(count * long))
        return tuple(Statement(say(chance.randint(8, 20)), (str(place),)) for place in range(many))

    return CaseNote(
        title=say(6),
        language=tongue.name,
        summary=said(2),
        situation=said(4),
        perspectives={chance.choice(_SECTORS): said(2)},
        ideas=said(2),
        agreements=said(1),
        questions=said(1),
        tags=tuple(chance.choice(subjects).say(chance, 1) for _ in range(3)),
    )


def _slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(max(1, len(word) - 1))
    return word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]


def _mixed(chance: random.Random, words: Sequence[str]) -> list[str]:
    once = sorted(set(words))
    chance.shuffle(once)
    return once


def _tongue(name: str, words: Sequence[str]) -> Tongue:
    once = list(dict.fromkeys(words))
    return Tongue(name, once, list(accumulate(1 / (3 + rank) for rank in range(len(once)))))
