"""How much of what a conversation is about is in one of its sentences."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.notes.extract.cues import NO_KNOWLEDGE, POINTS_BACK, SMALL_TALK
from bot.notes.extract.sentences import Conversation, Sentence

# Words of a sentence that can be read on its own.
_SHORT, _FULL = 4, 8
# What a sentence counts that speaks of something before it, which does not stand before it in a note.
_POINTING_BACK = 0.6


def importance(talk: Conversation) -> Mapping[str, float]:
    """What each stem counts: one that several lines and several people use says what it is all about."""
    lines: Counter[str] = Counter()
    people: dict[str, set[str]] = {}
    for line, said in zip(talk.lines, talk.of_line, strict=True):
        for stem in {stem for one in said for stem in one.stems}:
            lines[stem] += 1
            people.setdefault(stem, set()).add(line.author)
    return {
        stem: math.log1p(number) * (1 + 0.5 * math.log(len(people[stem])))
        for stem, number in lines.items()
        if not stem.isdecimal()
    }


def salience(one: Sentence, counts: Mapping[str, float]) -> float:
    """From 0. Long sentences hold more, so it is divided by the root of the length; what is very short says little "
    "alone."""
    if one.words < _SHORT or not one.stems or SMALL_TALK.match(one.text) or NO_KNOWLEDGE.search(one.text):
        return 0.0
    about = sum(counts.get(stem, 0.0) for stem in dict.fromkeys(one.stems))
    return about / math.sqrt(one.words + 2) * min(1.0, one.words / _FULL)


def standing_alone(one: Sentence, counts: Mapping[str, float]) -> float:
    """The same where what a sentence speaks of may not stand before it."""
    return salience(one, counts) * (_POINTING_BACK if POINTS_BACK.match(one.text) else 1.0)


def varied(ranked: Sequence[tuple[float, Sentence]], most: int, alike: float = 0.6) -> list[Sentence]:
    """The best of them, none of which repeats another; in the order in which they were said."""
    chosen: list[Sentence] = []
    for score, one in sorted(ranked, key=lambda pair: (-pair[0], pair[1].place)):
        if len(chosen) == most or score <= 0:
            break
        if not any(same(one, other, alike) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda one: one.place)


def same(one: Sentence, other: Sentence, alike: float = 0.6) -> bool:
    """Whether one says mostly what the other says."""
    first, second = set(one.stems), set(other.stems)
    smaller = min(len(first), len(second))
    return one.text == other.text or (smaller > 0 and len(first & second) / smaller > alike)
