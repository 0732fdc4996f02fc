"""What a conversation is about in a word or two: its tags, and a title made of them."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from bot.notes.extract.cues import NO_KNOWLEDGE
from bot.notes.extract.sentences import Conversation, words_of
from bot.notes.extract.wordlists import ASKING, NO_TAGS, SMALL

_MOST_TAGS = 6
_SHORTEST, _LONGEST = 4, 30  # letters
_IN_A_TITLE = 3
_AND = {"da": " og ", "en": " and "}


def tags(talk: Conversation) -> tuple[str, ...]:
    """Words that several lines share, as they were mostly written; names of people are none."""
    seen = _Seen(talk)
    ranked = sorted(seen.scores, key=lambda stem: (-seen.scores[stem], stem))
    chosen: list[str] = []
    for stem in ranked:
        word = seen.shown(stem)
        if word and not any(word in other or other in word for other in chosen):
            chosen.append(word)
        if len(chosen) == _MOST_TAGS:
            break
    return tuple(chosen)


def title(found: Sequence[str], language: str, otherwise: str) -> str:
    """``Lokaler, frivillige og transport``; ``otherwise`` where there are no tags."""
    named = list(found[:_IN_A_TITLE])
    if not named:
        return otherwise
    told = named[0] if len(named) == 1 else f"{', '.join(named[:-1])}{_AND[language]}{named[-1]}"
    return told[:1].upper() + told[1:]


class _Seen:
    """The stems of a conversation: how much each tells, and how it is written."""

    def __init__(self, talk: Conversation) -> None:
        names = {word for author in talk.authors for word in words_of(author)}
        self._written: dict[str, Counter[str]] = {}
        small: Counter[str] = Counter()
        lines: Counter[str] = Counter()
        for said in talk.of_line:
            here: set[str] = set()
            for one in said:
                if NO_KNOWLEDGE.search(one.text):
                    continue
                here.update(self._read(talk, one.text, small))
            lines.update(here)
        # A word that is never written small where no sentence begins is somebody's name, or some place's.
        self.scores: Mapping[str, float] = {
            stem: (number - 0.5) * math.log1p(len(self.shown(stem)))
            for stem, number in lines.items()
            if small[stem] and not names.intersection(self._written[stem])
        }

    def _read(self, talk: Conversation, text: str, small: Counter[str]) -> set[str]:
        found: set[str] = set()
        for index, written in enumerate(text.split()):
            for word in words_of(written):
                if (
                    not _SHORTEST <= len(word) <= _LONGEST
                    or word in SMALL
                    or word in ASKING
                    or word in NO_TAGS
                    or not word.isalpha()
                ):
                    continue
                stem = talk.stems.of(word)
                self._written.setdefault(stem, Counter())[word] += 1
                small[stem] += index == 0 or written.lstrip("\"“„»'(")[:1].islower()
                found.add(stem)
        return found

    def shown(self, stem: str) -> str:
        """The spelling that is there most."""
        written = self._written[stem]
        return min(written, key=lambda word: (-written[word], len(word), word))
