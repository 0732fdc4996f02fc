"""Where in a chat a question is spoken of: the messages that share a word with it, and what was said to these at once.

What answers is mostly said a message or two after the one that has the words, and has none of them. In a meeting the windows of
:mod:`bot.notes.extract.ranking` see that; in a chat of a hundred short messages such a window is nearly all of it.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.notes.extract.asking import Asked
from bot.notes.extract.cues import SMALL_TALK
from bot.notes.extract.ranking import Ranking, Scores
from bot.notes.extract.sentences import Conversation, Sentence, words_of

Places: TypeAlias = NDArray[np.bool_]

# Messages after one with a word of the question that may speak to it.
_AFTER = 5
# What is left of the nearness with each message after it, and in the one before it.
_FADES, _BACK = 0.85, 0.3
# What it counts, and how much more what sounds like an answer does; less is what asks, greets, or is said again and again.
_CLOSE, _SOUNDS, _ASKS, _IDLE = 3.0, 2.0, 0.5, 0.3
_OVER = 3  # times that a message is said
_HEARD = 0.5  # that somebody speaks whom the question names
# Of a sentence of a chat: the share of the best one's nearness that it needs, its words, and what it counts that it sounds like
# an answer, and has a word of the question.
_LEAST, _FEWEST, _TOLD_SOUNDS, _TOLD_SPEAKS = 0.5, 4, 0.6, 0.3
# What a part of a Danish compound counts ("læge" of "lægehuset"), and its letters.
_COMPOUND, _FEWEST_LETTERS = 0.5, 4
_KINDS = re.compile(
    r"^\W*(?:\w+\W+){0,2}?(?:(?P<much>(?:hvor (?:mange|meget|længe|langt|stor|gammel)"
    r"|hvad koste[rd]?|how (?:many|much|long|far|big|old)))"
    r"|(?P<when>(?:hvornår|when|what time|(?:hvilken|which|what) (?:dag|uge|måned|day|week|month)))"
    r"|(?P<who>hvem|who|whom|whose)|(?P<why>hvorfor|why))\b",
    re.IGNORECASE,
)
_NUMBER = (
    r"\d|\b(?:to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|\w+ten|tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|\w*hundrede"
    r"|tusind|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|half|third|gratis|free)\b"
)
_SOUNDS_LIKE = {
    "much": re.compile(_NUMBER, re.IGNORECASE),
    "when": re.compile(
        r"\d|\b(?:\w+dag(?:e|en)?|\w+days?|i morgen|uge \w+|klokken|o'clock|half past|noon|januar|februar|marts|april|maj|juni"
        r"|juli|august|september|oktober|november|december|january|february|march|may|june|july|october|tomorrow|tonight"
        r"|next \w+)\b",
        re.IGNORECASE,
    ),
    "who": re.compile(
        r"(?<=[\w,] )[A-ZÆØÅ][a-zæøå]+|^(?!I\b|It\b|Yes\b|No\b|Ja\b|Nej\b)[A-ZÆØÅ][a-zæøå]+ (?:og|and|said|kan|tager|har|will)\b"
    ),
    "why": re.compile(
        r"\b(?:fordi|derfor|så|for at|på grund af|bange|because|since|so|due to|afraid|too)\b",
        re.IGNORECASE,
    ),
}


# What is a question in its form as well, and not a proposal with a mark after it.
_ASKING = re.compile(
    r"^(?:hv\w+|wh\w+|how|can|could|do|does|did|is|are|will|shall|should|kan|skal|er|har|må|vil)\b", re.IGNORECASE
)
_PROPOSED = frozenset(("much", "when"))


class Stretches:
    """One conversation's messages for one question. ``near``: how near each is to one with its words, from 0 to 1, where 0 is
    beside none; ``closeness``: what that counts beside all else that is known of the message; ``speaking``: whether it may
    speak to that at all, which what is said over and over does not."""

    def __init__(self, talk: Conversation, wanted: Asked, ranking: Ranking, question: str) -> None:
        self._talk = talk
        kind = _KINDS.search(question)
        self._kind = "" if kind is None else kind.lastgroup or ""
        self._sounds = _SOUNDS_LIKE.get(self._kind)
        self._places: dict[str, list[int]] = {}
        for place, line in enumerate(talk.lines):
            self._places.setdefault(" ".join(words_of(line.text)), []).append(place)
        self._hits = _hits(talk, wanted, ranking)
        self._ids_of_hits = {line.id for line, hit in zip(talk.lines, self._hits.tolist(), strict=True) if hit}
        self.near = self._spreading()
        self._far = float(self.near.max(initial=0.0)) * _LEAST
        again = np.array([len(self.repeating(place)) > _OVER for place in range(len(talk.lines))], dtype=np.bool_)
        self.speaking: Places = (self.near > 0) & ((self._hits > 0) | ~again)
        self.closeness = self._counted()

    def repeating(self, place: int) -> Sequence[int]:
        """Where the same is said word for word, there as well."""
        return self._places[" ".join(words_of(self._talk.lines[place].text))]

    def telling(self, one: Sentence, *, speaks: bool) -> float:
        """How much a sentence of a chat tells, 0 for nothing. ``speaks``: it has a word of the question itself."""
        line = one.line
        near = float(self.near[line]) * (_IDLE if len(self.repeating(line)) > 1 else 1.0)
        answers = line > 0 and any(it.asks for it in self._talk.of_line[line - 1])
        asks = one.asks and (self._kind not in _PROPOSED or _ASKING.match(one.text) is not None)
        sounds = self._sounds is not None and not asks and self._sounds.search(one.text) is not None
        hit = speaks or bool(self._hits[line] > 0)
        if near < self._far or (not hit and ((one.asks and not sounds) or not self._follows(line))):
            return 0.0
        if not (hit or sounds or answers) and (one.words < _FEWEST or SMALL_TALK.match(one.text)):
            return 0.0
        return near + _TOLD_SOUNDS * sounds + _TOLD_SPEAKS * speaks

    def _follows(self, line: int) -> bool:
        """It is said after words of the question, or in reply to them, and not only before."""
        before = self._hits[max(0, line - _AFTER) : line]
        return bool(before.any()) or self._talk.lines[line].reply_to in self._ids_of_hits

    def _spreading(self) -> Scores:
        found = self._hits.copy()
        for far in range(1, _AFTER + 1):
            found[far:] = np.maximum(found[far:], _FADES**far * self._hits[:-far])
        found[:-1] = np.maximum(found[:-1], _BACK * self._hits[1:])
        at = {line.id: place for place, line in enumerate(self._talk.lines)}
        for place, line in enumerate(self._talk.lines):
            if line.reply_to in at:
                found[place] = max(found[place], self._hits[at[line.reply_to]])
        return found

    def _counted(self) -> Scores:
        found = _CLOSE * self.near
        for place, said in enumerate(self._talk.of_line):
            if not self.near[place]:
                continue
            if all(one.asks or SMALL_TALK.match(one.text) for one in said):
                found[place] *= _ASKS
            elif len(self.repeating(place)) > 1:
                found[place] *= _IDLE
            elif self._sounds is not None and self._sounds.search(self._talk.lines[place].text):
                found[place] += _SOUNDS * self.near[place]
        return found


def _hits(talk: Conversation, wanted: Asked, ranking: Ranking) -> Scores:
    """The share of what is asked about that each message speaks of, and who is asked about."""
    stems = [dict.fromkeys(stem for one in said for stem in one.stems) for said in talk.of_line]
    vocabulary = {stem for here in stems for stem in here}
    counts: dict[str, dict[str, float]] = {}
    for asked in dict.fromkeys(wanted.core):
        if asked in vocabulary:
            counts[asked] = {asked: ranking.rarity(asked)}
        elif talk.language == "da":
            counts[asked] = {stem: _COMPOUND * ranking.rarity(stem) for stem in vocabulary if _is_compound(asked, stem)}
    whole = sum(max(found.values(), default=0.0) for found in counts.values()) or 1.0
    shares = [
        sum(max((found[stem] for stem in here if stem in found), default=0.0) for found in counts.values()) / whole
        for here in stems
    ]
    heard = [_HEARD * (line.author in wanted.speakers) for line in talk.lines]
    return np.array(shares, dtype=np.float64) + np.array(heard, dtype=np.float64)


def _is_compound(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= _FEWEST_LETTERS and (longer.startswith(shorter) or longer.endswith(shorter))
