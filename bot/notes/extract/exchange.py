"""A few lines between two people: what the one wishes, and what the other says to it."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from bot.notes.extract.cues import OUTCOME, POLITE_ENDING, POLITE_OPENING, WISH
from bot.notes.extract.salience import salience, same
from bot.notes.extract.sentences import Conversation, Sentence, words_of

# Up to so many lines of two people are a short exchange.
_SHORT_TALK, _TWO = 30, 2
_MOST, _WORDS = 3, 36
# How fast sentences count less from the beginning on, of the gist and of the situation, and more towards the end; and what a
# wish and an outcome count.
_FADES, _FADES_SITUATION, _RISES, _WISH, _OUTCOME = 1.7, 2.5, 0.3, 1.5, 1.4
_FEWEST_LEFT = 3  # words
# What a question counts that is answered in a word or two.
_OPENER = 0.5
_IN_A_WORD = re.compile(r"^\W*\w+(?:'\w+)?(?:\W+\w+(?:'\w+)?){0,2}\W*(?:[.!?].*)?$", re.DOTALL)
# What ties a sentence to the one before it, which does not stand before it here.
_LINK = re.compile(
    r"^(?:and|but|so|then|og|men)\s+(?=(?:i|you|we|he|she|it|they|there|the|my|your|that|this|jeg|du|vi|han|hun|det|den|de|der"
    r"|min|mit|din|dit)\b)",
    re.IGNORECASE,
)


def is_exchange(talk: Conversation) -> bool:
    """Whether it is told by what was said, and not by what came of it."""
    return len(talk.lines) <= _SHORT_TALK and len(talk.authors) <= _TWO


def said_most(talk: Conversation, counts: Mapping[str, float]) -> list[Sentence]:
    """What is asked for at the beginning, and what comes of it in the end."""
    return _most(talk, counts, talk.sentences, _FADES)


def stated_most(talk: Conversation, counts: Mapping[str, float], elsewhere: Collection[int]) -> list[Sentence]:
    """The same without questions. ``elsewhere``: places of sentences that stand in another part of the note."""
    stated = (one for one in talk.sentences if not one.asks and one.place not in elsewhere)
    return _most(talk, counts, stated, _FADES_SITUATION)


def _most(talk: Conversation, counts: Mapping[str, float], said: Iterable[Sentence], fades: float) -> list[Sentence]:
    last = max(1, len(talk.sentences) - 1)
    bare = [_bare(talk, one) for one in said]
    ranked = sorted(
        (
            (
                salience(one, counts)
                * _weight(one, one.place / last, fades)
                * (_OPENER if _is_opener(talk, one) else 1.0),
                one,
            )
            for one in bare
        ),
        key=lambda pair: (-pair[0], pair[1].place),
    )
    chosen: list[Sentence] = []
    words = 0
    for score, one in ranked:
        if score <= 0 or len(chosen) == _MOST:
            break
        if (chosen and words + one.words > _WORDS) or any(same(one, other) for other in chosen):
            continue
        chosen.append(one)
        words += one.words
    return sorted(chosen, key=lambda one: one.place)


def _is_opener(talk: Conversation, one: Sentence) -> bool:
    """A question that is answered at once in a word or two: what follows it says more."""
    after = talk.lines[one.line + 1 : one.line + 2]
    return one.asks and any(_IN_A_WORD.match(line.text) and not line.text.endswith("?") for line in after)


def _weight(one: Sentence, share: float, fades: float) -> float:
    """``share``: of the sentences that come before it."""
    weight = math.exp(-fades * share) + _RISES * share**2
    if WISH.search(one.text):
        weight *= _WISH
    return weight * _OUTCOME if OUTCOME.search(one.text) else weight


def _bare(talk: Conversation, one: Sentence) -> Sentence:
    """Without politeness, and without the name of the one who is spoken to."""
    text = one.text
    opening = POLITE_OPENING.match(text)
    if opening is not None and len(words_of(text[opening.end() :])) >= _FEWEST_LEFT:
        text = text[opening.end() :]
    for author in talk.authors:
        text = _without_call(text, author)
    text = _LINK.sub("", POLITE_ENDING.sub("", text))
    return replace(one, text=text[:1].upper() + text[1:], words=len(words_of(text)))


def _without_call(text: str, author: str) -> str:
    """``Bo, are you there?`` and ``Are you there, Bo?`` without the name."""
    for name in {author: None, author.split(maxsplit=1)[0]: None}:
        called = re.escape(name)
        text = re.sub(rf"^{called}\s*,\s*(?=\w)|\s*,\s*{called}(?=[.?!]?$)", "", text)
    return text
