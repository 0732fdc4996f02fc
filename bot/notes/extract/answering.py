"""Only what a conversation says about a question: the messages that speak of it, and the sentences of these that say most."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from bot.notes.casenote import Answer, Statement
from bot.notes.extract.agreements import agreements
from bot.notes.extract.ranking import Asked, Ranking, Scores, asked, best_of
from bot.notes.extract.retelling import named
from bot.notes.extract.salience import same
from bot.notes.extract.sentences import Conversation, Sentence, conversation
from bot.notes.transcript import Transcript

_MOST_SOURCES = 10
# Lines between two sources: others near by belong to the same place of the talk.
_APART = 15
# Lines whose sentences are looked at, how far below the best one, and the words of an answer.
_LINES, _BELOW, _WORDS, _WORDS_OVER = 10, 3.0, 80, 1.25
# The same of a short exchange, and the share of the best sentence's words of the question that another one needs.
_SHORT_TALK, _WORDS_SHORT, _AS_MUCH = 60, 40, 0.6
_FEW, _SHORTEST, _LONGEST = 3, 6, 60
# What a sentence counts beside its line: each word of the question, each of its own, and the share of them that carry meaning.
_SHARED, _LENGTH, _LONG, _DENSE = 0.5, 0.02, 30, 1.5
_ASKS_WHAT_WAS_DECIDED = re.compile(r"\b(?:aftal|beslut|vedtag|enige|agree|deci[ds]|conclu|konklu)", re.IGNORECASE)


def answered(transcript: Transcript, question: str, language: str) -> Answer:
    """What was said about it, the best first; an empty answer where nothing was. The sources begin with the
    best one of each place where it was spoken of."""
    talk = conversation(transcript, language)
    wanted = asked(talk, question)
    if wanted.generally and not wanted.speakers and _ASKS_WHAT_WAS_DECIDED.search(question):
        return _decided(talk)
    ranking = Ranking(talk)
    if not ranking.knows(wanted):
        return Answer((), ())
    scores = ranking.scores(wanted)
    statements = _statements(talk, _chosen(talk, wanted, scores) or _best(talk, scores))
    spread = (talk.lines[place].id for place in _spread(talk, scores))
    return Answer(statements, _each(*spread, *(number for one in statements for number in one.sources)))


def _decided(talk: Conversation) -> Answer:
    """Where it is asked only what was agreed, all of that."""
    found = [said[0] for said in agreements(talk)]
    return Answer(_statements(talk, found), _each(*talk.ids(found)))


def _each(*numbers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(numbers))


def _spread(talk: Conversation, scores: Scores) -> list[int]:
    """The best lines, no two of them from the same place of a long talk."""
    left = np.where([bool(said) for said in talk.of_line], scores, -np.inf)
    apart = min(_APART, len(left) // (2 * _MOST_SOURCES))
    found: list[int] = []
    while len(found) < _MOST_SOURCES and np.isfinite(left).any():
        best = int(np.argmax(left))
        found.append(best)
        left[max(0, best - apart) : best + apart + 1] = -np.inf
    return found


def _best(talk: Conversation, scores: Scores) -> list[Sentence]:
    """All of the best line, where no sentence is long enough to say much alone."""
    return list(next((talk.of_line[place] for place in best_of(scores, len(scores)) if talk.of_line[place]), ()))


def _chosen(talk: Conversation, wanted: Asked, scores: Scores) -> list[Sentence]:
    """The sentences that say most of it, as many as one reads at a glance."""
    core = set(wanted.core)
    short = len(talk.lines) < _SHORT_TALK
    most = _WORDS_SHORT if short else _WORDS
    lowest = float(scores.max(initial=0.0)) - _BELOW
    ranked = [
        (float(scores[place]) + _weight(one, core), one)
        for place in best_of(scores, _LINES)
        for one in talk.of_line[place]
        if scores[place] >= lowest and (_FEW if short else _SHORTEST) <= one.words <= _LONGEST
    ]
    if short:
        # All of a short exchange is near to the subject: only sentences count that speak of it as much as the best does.
        needed = max((len(core.intersection(one.stems)) for _, one in ranked), default=0) * _AS_MUCH
        ranked = [(score, one) for score, one in ranked if len(core.intersection(one.stems)) >= needed]
    chosen: list[Sentence] = []
    words = 0
    for _, one in sorted(ranked, key=lambda pair: (-pair[0], pair[1].place)):
        if words + one.words > most * _WORDS_OVER or any(same(one, other) for other in chosen):
            continue
        chosen.append(one)
        words += one.words
        if words >= most:
            break
    return _with_replies(talk, chosen) if short else chosen


def _with_replies(talk: Conversation, chosen: Sequence[Sentence]) -> list[Sentence]:
    """After a question what the next one said to it, which may have none of its words."""
    found: list[Sentence] = []
    for one in chosen:
        found.append(one)
        after = talk.of_line[one.line + 1 : one.line + 2] if one.asks else ()
        found.extend(reply for said in after for reply in said[:1] if not reply.asks and reply not in chosen)
    return found


def _weight(one: Sentence, core: set[str]) -> float:
    stems = set(one.stems)
    return _SHARED * len(core & stems) + _LENGTH * min(one.words, _LONG) + _DENSE * len(stems) / one.words


def _statements(talk: Conversation, chosen: Iterable[Sentence]) -> tuple[Statement, ...]:
    """What one person said in one place is one statement, with the name before it."""
    groups: list[list[Sentence]] = []
    for one in chosen:
        near = (
            group
            for group in groups
            if talk.author(group[0]) == talk.author(one) and abs(one.line - group[0].line) <= _APART
        )
        group = next(near, None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    for group in groups:
        group.sort(key=lambda one: one.place)
    return tuple(Statement(_joined(talk, group), talk.ids(group)) for group in groups)


def _joined(talk: Conversation, group: Sequence[Sentence]) -> str:
    whole = (one.text if one.text[-1] in ".!?…" else f"{one.text}." for one in group)
    return named(" ".join(whole), talk.author(group[0]))
