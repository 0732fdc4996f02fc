"""Learns the weights of :mod:`bot.notes.extract.ranking` from questions on meetings, and tells how well such weights do on
meetings that they were not learnt from: ``python -m benchmarks.notes_weights QMSUM.jsonl``.

A line is as likely to be a right one as its share of the exponentials of all lines; the weights make the right ones likely. The
subjects into which a meeting is divided serve as half a question each.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.notes import Asked, Rouge, questions, scored, subjects
from bot.notes.extract.asking import asked
from bot.notes.extract.ranking import WEIGHTS, Ranking
from bot.notes.extract.sentences import Conversation, conversation

_FOLDS, _SMALL_WEIGHTS = 7, 0.002
_SUBJECT, _WHOLE_MEETING = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Example:
    """The features of each line for one question, and which lines are right. Questions on one meeting share its number."""

    meeting: int
    question: Asked
    features: NDArray[np.float64]
    right: NDArray[np.float64]
    counts: float


def examples(file: Path) -> list[Example]:
    found: list[Example] = []
    read: dict[int, tuple[int, Conversation, Ranking]] = {}
    for asking, counts in ((questions(file), 1.0), (subjects(file), _SUBJECT)):
        for one in asking:
            if one.meeting not in read:
                talk = conversation(one.transcript, "en")
                read[one.meeting] = (len(read), talk, Ranking(talk))
            number, talk, ranking = read[one.meeting]
            features = ranking.features(asked(talk, one.question))
            right = np.zeros(len(one.transcript.lines))
            right[[place for place in one.gold if place < len(right)]] = 1
            if right.any() and (counts == 1.0 or right.mean() <= _WHOLE_MEETING):
                columns = np.column_stack([features[name] for name in WEIGHTS])
                found.append(Example(number, one, columns, right, counts))
    return found


def learnt(given: Sequence[Example]) -> Mapping[str, float]:
    total = sum(one.counts for one in given)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        lost, slope = 0.0, np.zeros_like(weights)
        for one in given:
            scores = one.features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            right = likely * one.right
            lost -= one.counts * float(np.log(right.sum() + 1e-12))
            slope -= one.counts * (one.features.T @ (right / (right.sum() + 1e-12) - likely))
        return lost / total + _SMALL_WEIGHTS * float(weights @ weights), slope / total + 2 * _SMALL_WEIGHTS * weights

    found = minimize(loss, np.zeros(len(WEIGHTS)), jac=True, method="L-BFGS-B").x
    return {name: round(float(weight), 2) for name, weight in zip(WEIGHTS, found, strict=True)}


def main(file: Path) -> None:
    given = examples(file)
    rouge = Rouge()
    told: list[tuple[bool, float, float]] = []
    for fold in range(_FOLDS):
        weights = learnt([one for one in given if one.meeting % _FOLDS != fold])
        asking = (one.question for one in given if one.meeting % _FOLDS == fold and one.counts == 1.0)
        told.extend(scored(one, rouge, weights) for one in asking)
    hits, first, second = 100 * np.mean(told, axis=0)
    print(f"{len(told)} questions on meetings not learnt from: a right turn among five sources {hits:.1f} %,")
    print(f"ROUGE-1 {first:.2f}, ROUGE-2 {second:.2f}")
    print(learnt(given))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
