"""Case notes as an academy might have them, made up: Danish and English words, common and rare as words are, compounds."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from bot.bank.reading import _DATA, _SYNONYMS  # pyright: ignore[reportPrivateUsage]  # the lists that real words are in
from bot.bank.repository import Entry
from bot.identity import MemberId, NoteId, new_id
from bot.notes.casenote import CaseNote, Statement
from bot.notes.domain import Audience

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_COMPOUNDS = 30_000
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


def entries(number: int, seed: int = 2) -> list[Entry]:
    """So many notes; two of three are Danish, one of ten is for those alone who took part."""
    chance = random.Random(seed)
    danish, english = tongues()
    people = [MemberId(new_id()) for _ in range(200)]
    made: list[Entry] = []
    for place in range(number):
        tongue = english if chance.random() < 1 / 3 else danish
        made.append(
            Entry(
                note=NoteId(new_id()),
                author=chance.choice(people),
                took_part=tuple(chance.sample(people, 3)),
                audience=chance.choices(list(Audience), weights=(1, 4, 5))[0],
                content=_note(chance, tongue),
                themes=(chance.choice(_THEMES),),
                sectors=(chance.choice(_SECTORS),),
                place=chance.choice(_PLACES),
                version=1,
                published_at=NOW - timedelta(minutes=5 * (number - place)),
            )
        )
    return made


def questions(number: int, seed: int = 3) -> list[str]:
    """What people type: one to four words, a third of them with a slip; seldom a word that is in every second note."""
    chance = random.Random(seed)
    asked: list[str] = []
    for _ in range(number):
        tongue = chance.choice(tongues())
        # Nobody looks for "and"; what is looked for is as common as it is in the notes.
        words = tongue.words[150:3_000] if chance.random() < 2 / 3 else tongue.words[150:]
        weights = [1 / (150 + rank) for rank in range(len(words))]
        typed = chance.choices(words, weights=weights, k=chance.choice((1, 1, 2, 2, 3, 4)))
        if chance.random() < 1 / 3:
            typed[0] = _slip(chance, typed[0])
        asked.append(" ".join(typed))
    return asked


def _note(chance: random.Random, tongue: Tongue) -> CaseNote:
    def said(count: int) -> tuple[Statement, ...]:
        return tuple(Statement(tongue.say(chance, chance.randint(8, 22)), (str(place),)) for place in range(count))

    return CaseNote(
        title=tongue.say(chance, 6),
        language=tongue.name,
        summary=said(2),
        situation=said(4),
        perspectives={chance.choice(_SECTORS): said(2)},
        ideas=said(2),
        agreements=said(1),
        questions=said(1),
        tags=tuple(tongue.say(chance, 1) for _ in range(3)),
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
