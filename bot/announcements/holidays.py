"""Days on which most people do not work, in Denmark and the countries around it, by the time zone. Pure.

A country's days follow from its laws and change once in a generation, so that a table of them is enough; where its banks are
closed for half a day, the day counts. Of other countries only Saturday and Sunday are known (:mod:`bot.announcements.quiet`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import cast
from zoneinfo import ZoneInfo

from babel.core import get_global
from dateutil.easter import easter

_MONDAY, _THURSDAY, _FRIDAY = 0, 3, 4
# Great Prayer Day in Denmark, until it was given up.
_PRAYER_DAY, _LAST_PRAYER_DAY = 26, 2023
_CHRISTMAS = frozenset({(12, 24), (12, 25), (12, 26), (12, 31)})
# From Good Friday to Easter Monday, and Ascension.
_EASTER = frozenset({-2, 0, 1, 39})


@dataclass(frozen=True, slots=True)
class _Country:
    """``fixed``: by month and day; ``by_easter``: days from Easter Sunday; ``in_week``: the first such weekday from a day on, by
    month, day and weekday."""

    fixed: frozenset[tuple[int, int]]
    by_easter: frozenset[int]
    in_week: frozenset[tuple[int, int, int]] = frozenset()


_MIDSUMMER = frozenset({(6, 19, _FRIDAY)})
_COUNTRIES: Mapping[str, _Country] = MappingProxyType(
    {
        # https://www.finansdanmark.dk/bankernes-abningsdage/; the Friday after Ascension is one of them.
        "DK": _Country(_CHRISTMAS | {(1, 1), (6, 5)}, _EASTER | {-3, 40, 50}),
        "FO": _Country(_CHRISTMAS | {(1, 1), (4, 25), (6, 5), (7, 28), (7, 29)}, _EASTER | {-3, _PRAYER_DAY, 50}),
        "SE": _Country(_CHRISTMAS | {(1, 1), (1, 6), (5, 1), (6, 6)}, _EASTER, _MIDSUMMER),
        "NO": _Country(_CHRISTMAS | {(1, 1), (5, 1), (5, 17)}, _EASTER | {-3, 50}),
        "FI": _Country(_CHRISTMAS | {(1, 1), (1, 6), (5, 1), (12, 6)}, _EASTER, _MIDSUMMER),
        "IS": _Country(
            _CHRISTMAS | {(1, 1), (5, 1), (6, 17)},
            _EASTER | {-3, 50},
            frozenset({(4, 19, _THURSDAY), (8, 1, _MONDAY)}),
        ),
        "DE": _Country(_CHRISTMAS | {(1, 1), (5, 1), (10, 3)}, _EASTER | {50}),
    }
)
_AS_IN = MappingProxyType({"AX": "FI", "SJ": "NO"})


def is_holiday(day: date, zone: ZoneInfo) -> bool:
    """Whether most people in the zone's country have this day off; False where the country's days are not known."""
    territory = cast("Mapping[str, str]", get_global("zone_territories")).get(zone.key, "")
    country = _COUNTRIES.get(_AS_IN.get(territory, territory))
    if country is None:
        return False
    from_easter = (day - easter(day.year)).days
    if territory == "DK" and from_easter == _PRAYER_DAY and day.year <= _LAST_PRAYER_DAY:
        return True
    if (day.month, day.day) in country.fixed or from_easter in country.by_easter:
        return True
    return any(day == _first(day.year, month, first, weekday) for month, first, weekday in country.in_week)


def _first(year: int, month: int, first: int, weekday: int) -> date:
    """The first such weekday from a day on."""
    begins = date(year, month, first)
    return begins + timedelta(days=(weekday - begins.weekday()) % 7)
