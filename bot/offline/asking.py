"""What is asked for on the command line beside files: members to lock or to keep apart, and what counts how much.

Each reader raises NotUnderstood with one sentence that says what can be typed instead.
"""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.errors import NotUnderstood, phrase
from bot.matching.domain import Weights

# What is weighed, and what a weight may be, in points.
WEIGHTS = ("need_offer", "theme", "sector_balance", "novelty", "draw")
MOST_POINTS = 1000
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


def groups(option: str, typed: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """``a|b`` and ``a|b|c``, each once, whatever the order."""
    return tuple(dict.fromkeys(_group(option, text) for text in typed))


def _group(option: str, text: str) -> tuple[str, ...]:
    members = sorted(filter(None, (" ".join(part.split()) for part in text.split("|"))))
    if len(members) not in {2, 3} or len(set(members)) < len(members):
        raise NotUnderstood(
            phrase("{option} takes two or three different ids with | between them, such as “m1|m2”.", option=option)
        )
    return tuple(members)


def weights(usual: Weights, typed: Iterable[str]) -> Weights:
    """``need_offer=3``; the last one counts where a name comes twice."""
    points = {name: float(getattr(usual, name)) for name in WEIGHTS}
    for text in typed:
        name, _, number = text.partition("=")
        wanted = name.strip().replace("-", "_").casefold()
        if wanted not in points:
            raise NotUnderstood(
                phrase("--weight takes NAME=POINTS, and NAME is one of: {known}.", known=", ".join(WEIGHTS))
            )
        points[wanted] = _points(number)
    return with_points(usual, points)


def with_points(usual: Weights, points: Mapping[str, float]) -> Weights:
    """The weights with these points, one for each of ``WEIGHTS``."""
    return replace(
        usual,
        need_offer=points["need_offer"],
        theme=points["theme"],
        sector_balance=points["sector_balance"],
        novelty=points["novelty"],
        draw=points["draw"],
    )


def _points(text: str) -> float:
    typed = text.strip()
    points = float(typed.replace(",", ".")) if _NUMBER.fullmatch(typed) else math.nan
    if not 0 <= points <= MOST_POINTS:
        raise NotUnderstood(
            phrase("--weight takes points from 0 to {most}, such as need_offer=3 or theme=0.5.", most=MOST_POINTS)
        )
    return points


def lone(option: str) -> NotUnderstood:
    """An option that says something about a simulation, where none was asked for."""
    return NotUnderstood(phrase("{option} goes with --simulate, such as --simulate 26.", option=option))


def either(one: str, other: str) -> NotUnderstood:
    """Two options that ask for two different things."""
    return NotUnderstood(phrase("Choose one of {one} and {other}.", one=one, other=other))
