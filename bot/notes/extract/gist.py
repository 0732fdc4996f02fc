"""The gist in at most three sentences: what it is about, what came of it, and what is done next."""

import math
from collections.abc import Mapping, Sequence

from bot.notes.casenote import LONGEST_SUMMARY, Statement
from bot.notes.extract.cues import OUTCOME
from bot.notes.extract.reporting import reported
from bot.notes.extract.retelling import named, told
from bot.notes.extract.salience import salience, same, varied
from bot.notes.extract.sentences import Conversation, Sentence

# Up to so many lines of two people are a short exchange, told by what was said; all else by what came of it.
_SHORT_TALK = 30
_SHORT_WORDS = 36
# How fast sentences count less from the beginning on and more towards the end, and what a question and an outcome count.
_FADES, _RISES, _ASKING, _OUTCOME = 2.0, 0.3, 1.2, 1.4
_TWO = 2
_ASKED = {"da": "{author} spørger: {text}", "en": "{author} asks: {text}"}


def gist(
    talk: Conversation,
    counts: Mapping[str, float],
    situation: Sequence[Sentence],
    agreed: Sequence[Sequence[Sentence]],
    taken: Sequence[Sentence],
) -> tuple[Statement, ...]:
    """The sentences in the order in which they were said; the longest there is where none says much."""
    if len(talk.lines) <= _SHORT_TALK and len(talk.authors) <= _TWO:
        chosen = _short(talk, counts)
    else:
        chosen = _long(talk, counts, situation, [said[0] for said in agreed], taken)
    if not chosen and talk.sentences:
        chosen = [max(talk.sentences, key=lambda one: (one.words, -one.place))]
    return tuple(Statement(retold(talk, one), (talk.id(one),)) for one in chosen)


def retold(talk: Conversation, one: Sentence) -> str:
    """The sentence with the one who said it, since the gist stands alone."""
    author = talk.author(one)
    if author and len(talk.authors) == _TWO:
        other = next(name for name in talk.authors if name != author)
        return reported(one.text, author, other, talk.language, asks=one.asks)
    if one.asks and author:
        return _ASKED[talk.language].format(author=author, text=one.text)
    shown = told(one.text, author, talk.language)
    return shown if author in shown else named(shown, author)


def _short(talk: Conversation, counts: Mapping[str, float]) -> list[Sentence]:
    """What is asked for at the beginning, and what comes of it in the end."""
    last = max(1, len(talk.sentences) - 1)
    ranked = sorted(
        ((salience(one, counts) * _place_and_kind(one, one.place / last), one) for one in talk.sentences),
        key=lambda pair: (-pair[0], pair[1].place),
    )
    chosen: list[Sentence] = []
    words = 0
    for score, one in ranked:
        if score <= 0 or len(chosen) == LONGEST_SUMMARY:
            break
        if (chosen and words + one.words > _SHORT_WORDS) or any(same(one, other) for other in chosen):
            continue
        chosen.append(one)
        words += one.words
    return sorted(chosen, key=lambda one: one.place)


def _place_and_kind(one: Sentence, share: float) -> float:
    """``share``: of the sentences that come before it."""
    weight = math.exp(-_FADES * share) + _RISES * share**2
    if one.asks:
        weight *= _ASKING
    return weight * _OUTCOME if OUTCOME.search(one.text) else weight


def _long(
    talk: Conversation,
    counts: Mapping[str, float],
    situation: Sequence[Sentence],
    agreed: Sequence[Sentence],
    taken: Sequence[Sentence],
) -> list[Sentence]:
    """The best of the situation, of what was agreed and of what somebody does; what is missing of these from all "
    "that was said."""
    chosen: list[Sentence] = []
    for kind in (situation[:1], agreed, taken, talk.sentences):
        ranked = [(salience(one, counts), one) for one in kind if not any(same(one, other) for other in chosen)]
        chosen.extend(varied(ranked, LONGEST_SUMMARY - len(chosen) if kind is talk.sentences else 1))
    return sorted(chosen[:LONGEST_SUMMARY], key=lambda one: one.place)
