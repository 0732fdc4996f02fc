"""Reads a single time, a day or a length: cuts the text and takes the cheapest cuts whose pieces go together."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.times.clocks import CLOCK_PATTERNS, PART_PATTERNS
from bot.times.dates import DATE_PATTERNS
from bot.times.domain import distinct
from bot.times.joining import Joined, joined
from bot.times.lengths import LENGTH_PATTERNS
from bot.times.pieces import Here, Pattern, cuts
from bot.times.weeks import WEEK_PATTERNS
from bot.times.zones import ZONE_PATTERNS

_PATTERNS: tuple[Pattern, ...] = (
    *CLOCK_PATTERNS,
    *PART_PATTERNS,
    *LENGTH_PATTERNS,
    *DATE_PATTERNS,
    *WEEK_PATTERNS,
    *ZONE_PATTERNS,
)


def read_point(text: str, here: Here, zone: ZoneInfo) -> Joined | None:
    """What the folded text can mean as a single time; None where it is none. Raises NoSuchDay for a date that the calendar
    does not have."""
    found: list[tuple[int, Joined]] = []
    cut = cuts(text, _PATTERNS, here)
    for cost, pieces in cut.ways:
        if found and cost > found[0][0]:
            break
        one = joined(pieces, here, zone)
        if one is not None:
            found.append((cost, one))
    if cut.missing is not None and not found:
        raise cut.missing
    return _merged([one for _, one in found])


def covers(text: str, here: Here) -> bool:
    """Whether we know all the words, also where they contradict one another: then nobody else need try."""
    return bool(cuts(text, _PATTERNS, here).ways)


def _merged(found: Sequence[Joined]) -> Joined | None:
    """All that the equally good cuts can mean; what has passed only if all of it has."""
    if not found:
        return None
    to_come = [one for one in found if not one.passed]
    chosen = to_come or found
    readings = distinct(reading for one in chosen for reading in one.readings)
    question = next((one.question for one in chosen if one.question), None)
    return Joined(readings, passed=not to_come, question=question)
