"""Learns the weights of :mod:`bot.notes.extract.ranking` from questions on meetings, and tells how well such weights do on
meetings that they were not learnt from: ``python -m benchmarks.notes_weights QMSUM.jsonl``.

A line is as likely to be a right one as its share of the exponentials of all lines; the weights make the right ones likely.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.notes import questions
from bot.notes.extract.ranking import WEIGHTS, Ranking, asked
from bot.notes.extract.sentences import conversation

_FOLDS, _SMALL_WEIGHTS = 7, 0.001
_APART, _SOURCES = 15, 5


@dataclass(frozen=True, slots=True)
class Example:
    """The features of each line for one question, and which lines are right. Questions on one meeting share its number."""

    meeting: int
    features: NDArray[np.float64]
    right: NDArray[np.float64]


def examples(file: Path) -> list[Example]:
    found: list[Example] = []
    numbers: dict[int, tuple[int, Ranking]] = {}
    for one in questions(file):
        if id(one.transcript) not in numbers:
            numbers[id(one.transcript)] = (len(numbers), Ranking(conversation(one.transcript, "en")))
        number, ranking = numbers[id(one.transcript)]
        features = ranking.features(asked(conversation(one.transcript, "en"), one.question))
        right = np.zeros(len(one.transcript.lines))
        right[[place for place in one.gold if place < len(right)]] = 1
        found.append(Example(number, np.column_stack([features[name] for name in WEIGHTS]), right))
    return found


def learnt(given: Sequence[Example]) -> NDArray[np.float64]:
    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for one in given:
            scores = one.features @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            right = likely * one.right
            total -= float(np.log(right.sum() + 1e-12))
            slope -= one.features.T @ (right / (right.sum() + 1e-12) - likely)
        return total / len(given) + _SMALL_WEIGHTS * float(weights @ weights), slope / len(
            given
        ) + 2 * _SMALL_WEIGHTS * weights

    return np.asarray(minimize(loss, np.zeros(len(WEIGHTS)), jac=True, method="L-BFGS-B").x)


def hit(one: Example, weights: NDArray[np.float64]) -> bool:
    scores = one.features @ weights
    for _ in range(_SOURCES):
        best = int(np.argmax(scores))
        if one.right[best]:
            return True
        scores[max(0, best - _APART) : best + _APART + 1] = -np.inf
    return False


def main(file: Path) -> None:
    given = [one for one in examples(file) if one.right.any()]
    hits: list[bool] = []
    for fold in range(_FOLDS):
        weights = learnt([one for one in given if one.meeting % _FOLDS != fold])
        hits.extend(hit(one, weights) for one in given if one.meeting % _FOLDS == fold)
    print(f"a right turn among five sources, on meetings not learnt from: {100 * np.mean(hits):.1f} % of {len(hits)}")
    print({name: round(float(weight), 2) for name, weight in zip(WEIGHTS, learnt(given), strict=True)})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
