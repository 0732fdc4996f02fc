"""Takes a repetition apart: what repeats, from when, until when, how often, for how long, and what is left out."""

import re
from dataclasses import dataclass

from bot.times.lengths import LENGTH, length_of
from bot.times.lexicon import NUMBERS, AnyOf, compiled, number_of
from bot.times.pieces import Length

_FROM = (
    r"fra og med|fra den|fra|from|starting from|starting on|starting|som starter|der starter|begyndende|der begynder|beginning"
    r"|startende|med start|start|starter|foerste gang|first time|first on|as of"
)
_UNTIL = (
    r"indtil og med|frem til og med|til og med|up to and including|until|untill|till|til|indtil|frem til|through|thru"
    r"|ending on|ending|som slutter|der slutter|og slutter|slutter|and ending|ends|senest|last time|sidste gang"
)
_EXCEPT = (
    r"undtagen|undtaget|bortset fra|fraregnet|paa naer|dog ikke|men ikke|except for|except on|except|excluding"
    r"|but not on|but not|not on|ikke|apart from|uden|without"
)
_INCLUSIVE = re.compile(r"og med|including|through|thru")
_MARKER = re.compile(rf"(?<![^ ])(?:, )?(?:og |and )?(?:(?P<start>{_FROM})|(?P<end>{_UNTIL})|(?P<but>{_EXCEPT}))(?= )")
_TIMES = (
    r"(?<![^ ])(?:, )?(?:for )?(?:i alt |ialt |in total |altogether |a total of |only |just |kun )?"
    rf"(?P<count>\d{{1,5}}|{AnyOf(NUMBERS)}) (?:gange|times|gang|time|occurrences)(?: i alt| ialt| in total| altogether)?"
    r"(?= ,| |$)(?! (?:om|a|i|per|pr|hver|each|every)\b)"
)
_CLOCK_AT_END = re.compile(r" (?:kl|klokken|at|@) [^,]+$")
_DURING = rf"(?<![^ ])(?:, )?(?:i|for|i de naeste|de naeste|for the next|the next|over|gennem) {LENGTH}(?= |$)"


@dataclass(frozen=True, slots=True)
class Clauses:
    """The parts of a repetition as folded text; empty where nothing was said."""

    head: str
    start: str = ""
    end: str = ""
    end_included: bool = False
    left_out: str = ""
    count: int | None = None
    during: Length | None = None


def clauses_of(text: str) -> Clauses | None:
    """The parts; None where one of them is said twice."""
    rest, count, during = text, None, None
    if found := compiled(_TIMES).search(rest):
        count, rest = number_of(found["count"]), _without(rest, found)
    if found := compiled(_DURING).search(rest):
        during, rest = length_of(found["length"]), _without(rest, found)
    parts = dict[str, str]()
    inclusive = False
    marks = list(_MARKER.finditer(rest))
    ends = [*(mark.start() for mark in marks[1:]), len(rest)]
    for mark, end in zip(marks, ends, strict=False):
        kind = str(mark.lastgroup)
        said = rest[mark.end() : end].strip(" ,")
        if kind in parts:
            return None
        parts[kind] = said
        inclusive = inclusive or (kind == "end" and _INCLUSIVE.search(mark[0]) is not None)
    head = (rest[: marks[0].start()] if marks else rest).strip(" ,")
    for kind in ("but", "end"):
        # What is said last is often the time of day of it all: "every weekday except Wednesday at 9".
        clock = _CLOCK_AT_END.search(parts.get(kind, ""))
        if clock and not _CLOCK_AT_END.search(head):
            head, parts[kind] = f"{head}{clock[0]}", parts[kind][: clock.start()]
    if not head:
        return None
    return Clauses(head, parts.get("start", ""), parts.get("end", ""), inclusive, parts.get("but", ""), count, during)


def _without(text: str, found: re.Match[str]) -> str:
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
