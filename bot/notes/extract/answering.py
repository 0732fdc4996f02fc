"""Only what a conversation says about a question: the messages that speak of it, and the sentences of these that say most."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.notes.casenote import Answer, Statement
from bot.notes.extract.agreements import agreements
from bot.notes.extract.asking import Asked, asked
from bot.notes.extract.cues import NO_KNOWLEDGE
from bot.notes.extract.ranking import WEIGHTS, Ranking, Scores, best_of
from bot.notes.extract.retelling import named, told
from bot.notes.extract.salience import same
from bot.notes.extract.sentences import Conversation, Sentence, conversation, words_of
from bot.notes.extract.stretches import Stretches
from bot.notes.extract.trimming import trimmed
from bot.notes.transcript import Transcript

_MOST_SOURCES = 10
# Words between two sources: others near by belong to the same place of the talk. Of a chat every message is a place; the more
# words beyond that there are, the farther apart.
_APART, _CHAT, _SHARE_APART = 190, 1_000, 10
# Lines between two sentences of one statement.
_TOGETHER = 15
# Lines whose sentences are looked at, how far below the best one, and the words of an answer.
_LINES, _BELOW, _WORDS, _WORDS_OVER = 20, 3.5, 85, 1.25
# Words of an answer from a chat, and lines up to which a talk is one however long these are.
_WORDS_CHAT, _LINES_CHAT = 40, 60
_FEW, _SHORTEST, _LONGEST = 3, 6, 60
# What a sentence counts beside its line: the words of the question, those that come again in the best lines, the share of its
# words that carry meaning; and what it loses if it asks.
_SHARED, _CENTRAL, _DENSE, _ASKS = 0.4, 3.0, 4.0, 0.5
_BEST_LINES, _RAREST = 60, 4.0
_ASKS_WHAT_WAS_DECIDED = re.compile(r"\b(?:aftal|beslut|vedtag|enige|agree|deci[ds]|conclu|konklu)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence as it is shown."""

    sentence: Sentence
    text: str
    words: int
    score: float


def answered(transcript: Transcript, question: str, language: str, weights: Mapping[str, float] = WEIGHTS) -> Answer:
    """What was said about it, the best first; an empty answer where nothing was. The sources begin with the
    best one of each place where it was spoken of."""
    talk = conversation(transcript, language)
    wanted = asked(talk, question)
    if wanted.generally and not wanted.speakers and _ASKS_WHAT_WAS_DECIDED.search(question):
        return _decided(talk)
    ranking = Ranking(talk)
    stretches = Stretches(talk, wanted, ranking, question)
    if not stretches.near.any():
        return Answer((), ())
    scores = np.where([bool(said) for said in talk.of_line], ranking.scores(wanted, weights), -np.inf)
    statements = _statements(talk, _chosen(talk, wanted, ranking, stretches, scores))
    spread = (talk.lines[place].id for place in _spread(ranking, stretches, scores))
    return Answer(statements, _each(*spread, *(number for one in statements for number in one.sources)))


def _decided(talk: Conversation) -> Answer:
    """Where it is asked only what was agreed, all of that."""
    found = [said[0] for said in agreements(talk)]
    return Answer(_statements(talk, [_whole(one) for one in found]), _each(*talk.ids(found)))


def _each(*numbers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _whole(one: Sentence) -> _Told:
    return _Told(one, one.text, one.words, 0.0)


def _spread(ranking: Ranking, stretches: Stretches, scores: Scores) -> list[int]:
    """The best lines, no two of them from the same place of a long talk; after these what is beside no word of the question."""
    weighed = scores + stretches.closeness
    beside = np.where(stretches.near > 0, weighed, -np.inf)
    elsewhere = np.where(stretches.near > 0, -np.inf, weighed)
    found = [*_apart(ranking, stretches, beside), *_apart(ranking, stretches, elsewhere)]
    return found[:_MOST_SOURCES]


def _apart(ranking: Ranking, stretches: Stretches, scores: Scores) -> list[int]:
    left = scores.copy()
    apart = min(_APART, max(0.0, ranking.words - _CHAT) / _SHARE_APART)
    found: list[int] = []
    while len(found) < _MOST_SOURCES and np.isfinite(left).any():
        best = int(np.argmax(left))
        found.append(best)
        left[np.abs(ranking.places - ranking.places[best]) <= apart] = -np.inf
        left[stretches.repeating(best)] = -np.inf
    return found


def _best(talk: Conversation, scores: Scores) -> list[_Told]:
    """All of the best line, where no sentence is long enough to say much alone."""
    return [_whole(one) for place in best_of(scores, 1) for one in talk.of_line[place]]


def _chosen(talk: Conversation, wanted: Asked, ranking: Ranking, stretches: Stretches, scores: Scores) -> list[_Told]:
    """The sentences that say most of it, as many as one reads at a glance; none from where nobody spoke of it."""
    beside = np.where(stretches.near > 0, scores, -np.inf)
    if ranking.words <= _CHAT or len(talk.lines) < _LINES_CHAT:
        found = _of_chat(talk, wanted, stretches)
    else:
        weighed = _weighed(talk, wanted, ranking, beside, _LINES, _BELOW)
        ranked = (one for one in weighed if one.words >= _SHORTEST and stretches.speaking[one.sentence.line])
        found = _first(sorted(ranked, key=_order), _WORDS)
    return found or _best(talk, beside)


def _of_chat(talk: Conversation, wanted: Asked, stretches: Stretches) -> list[_Told]:
    """What has the words of the question, and what was said to that; as it was said, in its order."""
    core = set(wanted.core)
    told_now: list[_Told] = []
    for one in talk.sentences:
        speaks = not core.isdisjoint(one.stems)
        if NO_KNOWLEDGE.search(one.text) is None or speaks:
            score = stretches.telling(one, speaks=speaks)
            if score > 0:
                told_now.append(_Told(one, one.text, one.words, score))
    return sorted(_first(sorted(told_now, key=_order), _WORDS_CHAT), key=lambda one: one.sentence.place)


def _order(one: _Told) -> tuple[float, int]:
    return -one.score, one.sentence.place


def _first(ranked: Sequence[_Told], most: int) -> list[_Told]:
    """So many words of them, none of which repeats another."""
    chosen: list[_Told] = []
    words = 0
    for one in ranked:
        if words >= most:
            break
        if words + one.words <= most * _WORDS_OVER and not any(same(one.sentence, it.sentence) for it in chosen):
            chosen.append(one)
            words += one.words
    return chosen


def _weighed(
    talk: Conversation, wanted: Asked, ranking: Ranking, scores: Scores, most: int, below: float
) -> list[_Told]:
    """The sentences of the best lines, cut to what they say, with how much each says of it."""
    core = set(wanted.core)
    central = _central(talk, ranking, scores)
    lowest = float(scores.max(initial=0.0)) - below
    found: list[_Told] = []
    for place in best_of(scores, most):
        for one in talk.of_line[place] if scores[place] >= lowest else ():
            text = trimmed(one, talk.stems)
            words = len(words_of(text))
            stems = dict.fromkeys(talk.stems.content(text))
            # Somebody's number, or what is said to a machine, only where it is asked for.
            if NO_KNOWLEDGE.search(text) and core.isdisjoint(stems):
                continue
            if stems and _FEW <= words <= _LONGEST:
                score = float(scores[place]) - _ASKS * one.asks + _DENSE * len(stems) / words
                score += _SHARED * sum(ranking.rarity(stem) for stem in stems if stem in core)
                score += _CENTRAL * sum(central.get(stem, 0.0) for stem in stems) / math.sqrt(words + 2)
                found.append(_Told(one, text, words, score))
    return found


def _central(talk: Conversation, ranking: Ranking, scores: Scores) -> Mapping[str, float]:
    """The words that come again where it is spoken of: what a good line says weighs as much as the line is likely."""
    likely = np.exp(scores - scores.max(initial=0.0))
    likely /= likely.sum()
    found: dict[str, float] = {}
    for place in best_of(scores, _BEST_LINES):
        for stem in {stem: 0 for one in talk.of_line[place] for stem in one.stems}:
            found[stem] = found.get(stem, 0.0) + float(likely[place])
    return {stem: share * min(ranking.rarity(stem), _RAREST) for stem, share in found.items()}


def _statements(talk: Conversation, chosen: Iterable[_Told]) -> tuple[Statement, ...]:
    """What one person said in one place is one statement, with the name in it."""
    groups: list[list[_Told]] = []
    for one in chosen:
        near = (group for group in groups if _belongs(talk, group[0].sentence, one.sentence))
        group = next(near, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    for group in groups:
        group.sort(key=lambda one: one.sentence.place)
    return tuple(Statement(_joined(talk, group), talk.ids(one.sentence for one in group)) for group in groups)


def _belongs(talk: Conversation, first: Sentence, other: Sentence) -> bool:
    return talk.author(first) == talk.author(other) and abs(other.line - first.line) <= _TOGETHER


def _joined(talk: Conversation, group: Sequence[_Told]) -> str:
    author = talk.author(group[0].sentence)
    return _with_name(" ".join(_sentence(talk, author, one.text) for one in group), author)


def _with_name(text: str, author: str) -> str:
    return text if author in text else named(text, author)


def _sentence(talk: Conversation, author: str, text: str) -> str:
    """With its end, and with the name for "I" where that can be."""
    shown = told(text, author, talk.language)
    whole = text if shown == named(text, author) else shown
    return whole if whole[-1] in ".!?…" else f"{whole}."
