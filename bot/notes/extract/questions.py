"""Questions that nobody answered, in all that was said afterwards."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from bot.notes.extract.cues import SMALL_TALK
from bot.notes.extract.sentences import Conversation, Sentence

_FEWEST_STEMS = 1
_FEWEST_WORDS = 3
# Lines after a question in which an answer need only follow, or share a word.
_NEXT, _NEAR = 1, 6
# Share of what a question is about that a later sentence must speak of.
_ABOUT = 0.6
_LEAST_ABOUT = 2  # stems
_EVASIVE = re.compile(
    r"\b(?:ved (?:jeg )?(?:det )?ikke|aner (?:det )?ikke|ikke sikker|godt spørgsmål|det må vi|finde ud af|undersøge"
    r"|vender tilbage|tænke over"
    r"|det samme|også gerne vide|don't know|do not know|no idea|not sure|good question|find out|have to (?:see|check"
    r"|ask)|get back|wondering)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(r"^(?:ja|nej|jo|yes|no|yeah|nope|yep)\b", re.IGNORECASE)
_TAG = re.compile(
    r"(?:^|[,\s])(?:ikke(?: også)?|right|okay|ok|vel|huh|isn't it|don't you think|you know|yeah)\?$", re.IGNORECASE
)


def open_questions(talk: Conversation, elsewhere: Iterable[int]) -> list[Sentence]:
    """Those that were asked and not answered later. ``elsewhere``: places of sentences that are something else "
    "already."""
    other = set(elsewhere)
    asked = [one for one in talk.sentences if _is_asked(one) and one.place not in other]
    weights = _weights(talk)
    spoken = _where(talk)
    replies: dict[str, list[int]] = {}
    for place, line in enumerate(talk.lines):
        if line.reply_to:
            replies.setdefault(line.reply_to, []).append(place)
    return [
        one
        for one in asked
        if not _is_answered_soon(talk, one, replies.get(talk.id(one), ()))
        and not _is_answered_later(talk, one, weights, spoken)
    ]


def _is_asked(one: Sentence) -> bool:
    if not one.asks or one.words < _FEWEST_WORDS or len(one.stems) < _FEWEST_STEMS:
        return False
    return not SMALL_TALK.match(one.text) and not _TAG.search(one.text)


def _weights(talk: Conversation) -> Mapping[str, float]:
    """How telling each stem is here: rare ones are."""
    seen = Counter(stem for one in talk.sentences for stem in set(one.stems))
    number = len(talk.sentences)
    return {stem: math.log(1 + number / times) for stem, times in seen.items()}


def _where(talk: Conversation) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = {}
    for one in talk.sentences:
        for stem in set(one.stems):
            found.setdefault(stem, []).append(one.place)
    return found


def _is_answered_soon(talk: Conversation, question: Sentence, replies: Sequence[int]) -> bool:
    """By a reply, by the next line of another person, or by one soon after that shares a word."""
    near = range(question.line + 1, min(len(talk.lines), question.line + 1 + _NEAR))
    others = 0
    for place in (*near, *(place for place in replies if place > question.line + _NEAR)):
        line = talk.lines[place]
        if line.author == talk.author(question) or not _may_answer(talk, question, place):
            continue
        others += 1
        if _answers(talk, question, place, surely=others <= _NEXT or place in replies):
            return True
    return False


def _may_answer(talk: Conversation, question: Sentence, place: int) -> bool:
    """Not where it is a reply to something else."""
    return talk.lines[place].reply_to in {"", talk.id(question), talk.lines[question.line].reply_to}


def _answers(talk: Conversation, question: Sentence, place: int, *, surely: bool) -> bool:
    said = [one for one in talk.of_line[place] if not one.asks and not _EVASIVE.search(one.text)]
    stems = set(question.stems)
    if any(_YES_NO.match(one.text) or not stems.isdisjoint(one.stems) for one in said):
        return True
    return surely and any(one.stems for one in said)


def _is_answered_later(
    talk: Conversation, question: Sentence, weights: Mapping[str, float], spoken: Mapping[str, Sequence[int]]
) -> bool:
    """By a sentence of another person, wherever it stands, that speaks of most that the question is about."""
    stems = set(question.stems)
    if len(stems) < _LEAST_ABOUT:
        return False
    needed = _ABOUT * sum(weights[stem] for stem in stems)
    shared: Counter[int] = Counter()
    for stem in stems:
        for place in spoken[stem]:
            if place > question.place:
                shared[place] += 1
    author = talk.author(question)
    for place, number in shared.items():
        one = talk.sentences[place]
        if number < _LEAST_ABOUT or one.asks or talk.author(one) == author or _EVASIVE.search(one.text):
            continue
        if sum(weights[stem] for stem in stems.intersection(one.stems)) >= needed:
            return True
    return False
