"""Dates as people write them: ``den 3. marts``, ``3/3-2027``, ``March 3rd``, ``2027-03-03``, ``the 3rd of next month``."""

import re
from calendar import monthrange
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from bot.times.lexicon import MONTHS, ORDINALS, AnyOf
from bot.times.pieces import Here, NoSuchDay, OnDates, Pattern, Period, Piece, Wording

_FARTHEST_YEAR = 9000
_LEAP_YEAR = 2024
_MONTHS_IN_A_YEAR = 12
_LONGEST_MONTH = 31
_MONTH = rf"(?P<month>{AnyOf(MONTHS)})"
_YEAR = r"(?:(?:(?: ,)?(?: i| in)? |-)(?P<year>\d{4}))?"
_SHORT_YEAR = r"(?:[-./ ](?:(?<= )|(?<=[-./]) ?)(?P<year>\d{4}|(?<=[-./])\d{2}))?"
ORDINAL = rf"(?:\d{{1,2}}(?:\.| ?(?:st|nd|rd|th|te|de))?|{AnyOf(ORDINALS)})"
# "Second" is a unit and "anden" another one, too.
_SURE_WORDS = AnyOf(tuple(word for word, value in ORDINALS.items() if value != 2))
_SURE_ORDINAL = rf"(?:\d{{1,2}}(?:\.| (?:st|nd|rd|th|te|de))|{_SURE_WORDS})"
_THE = r"(?:(?:(?:til|paa|on|until|by|senest|fra|from|inden) )?(?:den |d |the )|(?:til|paa|on|until|by|senest|fra|from|inden) )?"
_THE_SURELY = r"(?:(?:til|paa|on|until|by|senest|fra|from|inden) )?(?:den |d |the )"
_THIS_MONTH = r"(?:(?:i|of|in) )?(?:denne maaned|this month)"
_NEXT_MONTH = r"(?:(?:i|of|in) )?(?:naeste maaned|next month)"
_ANY_MONTH = r"(?:i|of) (?:maaneden|the month)"
# Fixed holidays by day and month, and those that move with Easter by the days from Easter Sunday.
_FIXED = {
    "juleaften": (24, 12), "juleaftensdag": (24, 12), "christmas eve": (24, 12), "foerste juledag": (25, 12),
    "1. juledag": (25, 12), "juledag": (25, 12), "christmas day": (25, 12), "christmas": (25, 12), "anden juledag": (26, 12),
    "2. juledag": (26, 12), "boxing day": (26, 12), "nytaarsaften": (31, 12), "nytaarsaftensdag": (31, 12),
    "new years eve": (31, 12), "nytaarsdag": (1, 1), "new years day": (1, 1), "grundlovsdag": (5, 6),
    "sankt hans": (23, 6), "sankthansaften": (23, 6), "skt hans": (23, 6), "valentinsdag": (14, 2), "valentines day": (14, 2),
    "luciadag": (13, 12), "halloween": (31, 10),
}  # fmt: skip
_MOVING = {
    "palmesoendag": -7, "skaertorsdag": -3, "maundy thursday": -3, "langfredag": -2, "good friday": -2, "paaskedag": 0,
    "easter": 0, "easter sunday": 0, "anden paaskedag": 1, "2. paaskedag": 1, "easter monday": 1,
    "kristi himmelfartsdag": 39, "kristi himmelfart": 39, "kr himmelfart": 39, "ascension day": 39, "pinsedag": 49,
    "whit sunday": 49, "pentecost": 49, "anden pinsedag": 50, "2. pinsedag": 50, "whit monday": 50,
    "fastelavn": -49, "fastelavnssoendag": -49, "store bededag": 26, "st bededag": 26,
}  # fmt: skip
# A feast of several days: which of them is asked.
_FEASTS = {
    **dict.fromkeys(("paaske", "paasken"), ("skaertorsdag", "langfredag", "paaskedag", "2. paaskedag")),
    **dict.fromkeys(("pinse", "pinsen", "whitsun"), ("pinsedag", "2. pinsedag")),
    **dict.fromkeys(("jul", "julen"), ("juleaften", "1. juledag", "2. juledag")),
    **dict.fromkeys(("nytaar", "nytaaret", "new year", "new years"), ("nytaarsaften", "nytaarsdag")),
}
_LONGEST_FEAST = timedelta(days=7)
_SEASONS = {
    "vinter": 12, "vinteren": 12, "winter": 12, "foraar": 3, "foraaret": 3, "spring": 3, "sommer": 6, "sommeren": 6,
    "summer": 6, "efteraar": 9, "efteraaret": 9, "autumn": 9, "fall": 9,
}  # fmt: skip


def ordinal_of(text: str) -> int:
    """``3.``, ``3 rd``, ``tredje``: 3."""
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else ORDINALS[text]


def next_such(day: int, month: int, here: Here) -> date:
    """The first such date from today on; raises ValueError where the calendar has none."""
    for year in range(here.today.year, here.today.year + 9):
        try:
            candidate = date(year, month, day)
        except ValueError:
            continue
        if candidate >= here.today:
            return candidate
    raise ValueError("no such day")


def month_of(first: date) -> tuple[date, date]:
    """A month from its first day to its last."""
    return first, first + relativedelta(months=1, days=-1)


def _full_year(text: str) -> int:
    year = int(text)
    return year + 2000 if len(text) == 2 else year


def _dated(day: int, month: int, year: str | None, here: Here) -> OnDates:
    if year is not None and _full_year(year) > _FARTHEST_YEAR:
        raise ValueError("no such year")
    if 1 <= month <= _MONTHS_IN_A_YEAR:
        # Without a year, the 29th of February is in some year to come.
        days = monthrange(_LEAP_YEAR if year is None else max(1, _full_year(year)), month)[1]
        if days < day <= _LONGEST_MONTH:
            raise NoSuchDay(day, days)
    if year is None:
        return OnDates((next_such(day, month, here),), again="year")
    return OnDates((date(_full_year(year), month, day),))


def _named(found: re.Match[str], here: Here) -> Piece:
    return _dated(ordinal_of(found["day"]), MONTHS[found["month"]], found["year"], here)


def _numeric(found: re.Match[str], here: Here) -> Piece | None:
    """``3/4`` is the third of April; in English it may be the fourth of March as well, where it is written with a stroke."""
    one, other, year = int(found["day"]), int(found["number"]), found["year"]
    either = here.language == "en" and found["mark"] == "/"
    if other > _MONTHS_IN_A_YEAR and not (either and one <= _MONTHS_IN_A_YEAR):
        return None
    if not either:
        return _dated(one, other, year, here)
    dates = list[date]()
    for day, month in ((one, other), (other, one)):
        try:
            dates.extend(_dated(day, month, year, here).days)
        except ValueError:
            continue
    if not dates:
        raise ValueError("no such day")
    return OnDates(tuple(dict.fromkeys(dates)), again="" if year else "year")


def _year_first(found: re.Match[str], here: Here) -> Piece:
    return _dated(int(found["day"]), int(found["number"]), found["year"], here)


def _in_month(found: re.Match[str], here: Here) -> OnDates:
    """A day of some month: the next such. A month without this day is passed over."""
    day = ordinal_of(found["day"])
    if not 1 <= day <= _LONGEST_MONTH:
        raise ValueError("no such day")
    months = (here.today.replace(day=1) + relativedelta(months=ahead) for ahead in range(3))
    days = (month.replace(day=day) for month in months if day <= month_of(month)[1].day)
    return OnDates((next(one for one in days if one >= here.today),), again="month")


def _bare_day(found: re.Match[str], here: Here) -> Piece | None:
    """``Friday 13``: a day of the month, if that is a Friday."""
    return OnDates(_in_month(found, here).days, again="bare") if 1 <= int(found["day"]) <= _LONGEST_MONTH else None


def _in_this_month(found: re.Match[str], here: Here) -> Piece:
    return OnDates((here.today.replace(day=ordinal_of(found["day"])),))


def _in_next_month(found: re.Match[str], here: Here) -> Piece:
    month = here.today.replace(day=1) + relativedelta(months=1)
    return OnDates((month.replace(day=ordinal_of(found["day"])),))


def _whole_month(found: re.Match[str], here: Here) -> Period:
    """A month: of this year, or of the next where it has passed. Of the present one what is left."""
    month = MONTHS[found["month"]]
    year = int(found["year"]) if found["year"] else here.today.year + (month < here.today.month)
    first, last = month_of(date(year, month, 1))
    return Period(((max(first, here.today) if last >= here.today else first, last),))


def _month_from(today: date, months: int) -> Period:
    first, last = month_of(today.replace(day=1) + relativedelta(months=months))
    return Period(((max(first, today), last),))


def _year_ahead(_found: re.Match[str], here: Here) -> Piece:
    return Period(((date(here.today.year + 1, 1, 1), date(here.today.year + 1, 12, 31)),))


def _season(found: re.Match[str], here: Here) -> Piece:
    """Three months: the next such, or what is left of the present one."""
    firsts = (date(year, _SEASONS[found["season"]], 1) for year in range(here.today.year - 1, here.today.year + 2))
    rows = ((first, first + relativedelta(months=3, days=-1)) for first in firsts)
    first, last = next(row for row in rows if row[1] >= here.today)
    return Period(((max(first, here.today), last),))


def _holiday(found: re.Match[str], here: Here) -> Piece:
    return _feast_day(found["holiday"], found["year"], here)


def _feast(found: re.Match[str], here: Here) -> Piece | None:
    """``i pinsen``. In English "Jul" is July."""
    if found["feast"] == "jul" and here.language != "da":
        return None
    days = sorted(_feast_day(name, found["year"], here).days[0] for name in _FEASTS[found["feast"]])
    # While it lasts, its first days are those of the next year.
    return OnDates(tuple(day for day in days if day <= days[0] + _LONGEST_FEAST), again="" if found["year"] else "year")


def _feast_day(name: str, year: str | None, here: Here) -> OnDates:
    if name in _FIXED:
        day, month = _FIXED[name]
        return _dated(day, month, year, here)
    from_easter = timedelta(days=_MOVING[name])
    years = (int(year),) if year else (here.today.year, here.today.year + 1)
    day_in = [easter(one) + from_easter for one in years]
    return OnDates((next(day for day in day_in if year or day >= here.today),), again="" if year else "year")


def _end_of_month(found: re.Match[str], here: Here) -> Piece:
    if found["month"]:
        return OnDates((_whole_month(found, here).rows[0][1],))
    return OnDates((month_of(here.today.replace(day=1) + relativedelta(months=1 if found["next"] else 0))[1],))


_LAST_DAY = r"(?:(?:den )?(?:sidste dag|slutningen|last day|the last day|end|the end|udgangen) (?:i|af|of|in)|ultimo)"

DATE_PATTERNS: tuple[Pattern, ...] = (
    Wording(r"(?P<year>\d{4})[-./](?P<number>\d{1,2})[-./](?P<day>\d{1,2})", _year_first),
    Wording(rf"{_THE}(?P<day>{ORDINAL}) (?:of |i |in )?{_MONTH}{_YEAR}", _named),
    Wording(rf"(?:(?:on|until|by|from|til|paa) )?{_MONTH} (?:the |den )?(?P<day>{ORDINAL}){_YEAR}", _named),
    Wording(
        rf"{_THE}(?P<day>\d{{1,2}})(?P<mark>[-./]) ?(?P<number>\d{{1,2}})\.?{_SHORT_YEAR}",
        _numeric,
    ),
    Wording(rf"{_THE_SURELY}(?P<day>{ORDINAL})(?: {_ANY_MONTH})?", _in_month),
    Wording(rf"{_THE}(?P<day>{_SURE_ORDINAL})(?: {_ANY_MONTH})?", _in_month, cost=3),
    Wording(r"(?P<day>\d{1,2})", _bare_day, cost=6),
    Wording(rf"{_THE}(?P<day>{ORDINAL}) {_THIS_MONTH}", _in_this_month),
    Wording(rf"{_THE}(?P<day>{ORDINAL}) {_NEXT_MONTH}", _in_next_month),
    Wording(rf"(?:(?:i|in|til) )?{_MONTH}{_YEAR}", _whole_month, cost=3),
    Wording(_NEXT_MONTH, lambda _found, here: _month_from(here.today, 1)),
    Wording(_THIS_MONTH, lambda _found, here: _month_from(here.today, 0)),
    Wording(r"(?:(?:i|in|til) )?(?:naeste aar|next year)", _year_ahead),
    Wording(rf"(?:til|i|to|this|in|denne|dette|in the|til naeste|next) (?P<season>{AnyOf(_SEASONS)})", _season),
    Wording(rf"(?:(?:til|paa|on|until|by|senest) )?(?P<holiday>{AnyOf((*_FIXED, *_MOVING))}){_YEAR}", _holiday),
    Wording(
        rf"(?:(?:til|i|paa|over|in|at|for|on|until|by|senest|omkring) )?(?P<feast>{AnyOf(_FEASTS)}){_YEAR}", _feast
    ),
    Wording(
        rf"{_LAST_DAY} (?:(?P<next>naeste maaned|next month)|(?:denne maaned|this month|maaneden|the month)|{_MONTH}{_YEAR})",
        _end_of_month,
    ),
)  # fmt: skip
