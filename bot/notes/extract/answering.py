"""Only what a conversation says about a question: the messages that speak of it, and the sentences of these that "
"say most."""

import numpy as np

from bot.notes.casenote import Answer, Statement
from bot.notes.extract.gist import retold
from bot.notes.extract.ranking import Asked, Ranking, Scores, asked, best_of
from bot.notes.extract.salience import same
from bot.notes.extract.sentences import Conversation, Sentence, conversation
from bot.notes.transcript import Transcript

_MOST_SOURCES = 10
# Lines between two sources: others near by belong to the same place of the talk.
_APART = 20
# Lines whose sentences are looked at, and words of an answer.
_LINES, _WORDS, _WORDS_OVER = 10, 80, 1.25
_SHORTEST, _LONGEST = 6, 60


def answered(transcript: Transcript, question: str, language: str) -> Answer:
    """What was said about it, in the order in which it was said; an empty answer where nothing was. The sources begin with the
    best one of each place where it was spoken of."""
    talk = conversation(transcript, language)
    wanted = asked(talk, question)
    ranking = Ranking(talk)
    if not talk.sentences or not ranking.knows(wanted):
        return Answer((), ())
    scores = ranking.scores(wanted)
    chosen = _chosen(talk, wanted, scores)
    statements = tuple(Statement(retold(talk, one), (talk.id(one),)) for one in chosen)
    lines = _spread(talk, scores)
    return Answer(statements, tuple(talk.lines[place].id for place in lines))


def _spread(talk: Conversation, scores: Scores) -> list[int]:
    left = scores.copy()
    left[[not said for said in talk.of_line]] = -np.inf
    found: list[int] = []
    while len(found) < _MOST_SOURCES and np.isfinite(left).any():
        best = int(np.argmax(left))
        found.append(best)
        apart = min(_APART, len(left) // (2 * _MOST_SOURCES))
        left[max(0, best - apart) : best + apart + 1] = -np.inf
    return found


def _chosen(talk: Conversation, wanted: Asked, scores: Scores) -> list[Sentence]:
    core = set(wanted.core)
    ranked: list[tuple[float, Sentence]] = []
    for place in best_of(scores, _LINES):
        for one in talk.of_line[place]:
            if _SHORTEST <= one.words <= _LONGEST:
                own = 0.5 * len(core.intersection(one.stems)) + 0.05 * min(one.words, 30)
                ranked.append((float(scores[place]) + own + 1.5 * len(set(one.stems)) / one.words, one))
    ranked.sort(key=lambda pair: (-pair[0], pair[1].place))
    chosen: list[Sentence] = []
    words = 0
    for _, one in ranked:
        if words + one.words > _WORDS * _WORDS_OVER or any(same(one, other) for other in chosen):
            continue
        chosen.append(one)
        words += one.words
        if words >= _WORDS:
            break
    return sorted(chosen, key=lambda one: one.place)
