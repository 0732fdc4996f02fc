"""Weekdays, weeks and what lies near: ``i morgen``, ``på fredag``, ``næste tirsdag``, ``uge 12``, ``the second Monday``."""

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.times.clocks import TODAY_PART, TONIGHT, part_named
from bot.times.dates import month_of
from bot.times.lexicon import MONTHS, NUMBERS, ORDINALS, WEEKDAYS, AnyOf, number_of
from bot.times.pieces import Gone, Here, InWeek, Nothing, Now, OnDates, OnWeekday, Pattern, Period, Piece, Wording

_NEAR = {
    "i dag": 0, "idag": 0, "today": 0, "dags dato": 0, "senere i dag": 0, "later today": 0,
    "i morgen": 1, "imorgen": 1, "imorn": 1, "tomorrow": 1, "tomorow": 1, "tommorow": 1, "tommorrow": 1, "tmrw": 1, "tmr": 1,
    "i overmorgen": 2, "overmorgen": 2, "iovermorgen": 2, "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip
_WEEKDAY = rf"(?P<weekday>{AnyOf(WEEKDAYS)})"
_COMING = (
    r"(?:(?:nu |nu her )?paa|on|foerstkommende|den kommende|kommende|coming|this coming|the coming|den|til|by|until|senest|fra"
    r"|from|inden)"
)
_THIS = r"(?:denne|this|nu denne)"
_NEXT = r"(?:(?:paa|on|til|until) )?(?:naeste|naestkommende|next)"
_NEXT_WEEK = r"(?:(?:i|in|til) )?(?:naeste|next) (?:uges|uge|week|weeks)"
_THIS_WEEK = r"(?:(?:i|in) )?(?:denne uges|denne uge|this week|this weeks|ugen|the week)"
RANKS = {word: value for word, value in ORDINALS.items() if value <= 5} | {
    "1.": 1, "2.": 2, "3.": 3, "4.": 4, "5.": 5, "1 st": 1, "2 nd": 2, "3 rd": 3, "4 th": 4, "5 th": 5, "last": -1, "sidste": -1,
    "naestsidste": -2, "second last": -2, "second to last": -2,
}  # fmt: skip
RANK = rf"(?P<rank>{AnyOf(RANKS)})"
_THE = r"(?:(?:(?:paa|on|til|until) )?(?:den |det |the )?)"
_WHICH_MONTH = (
    r"(?:i|of|in) (?:(?P<own>maaneden|the month|denne maaned|this month)|(?P<next>naeste maaned|next month)"
    rf"|(?P<month>{AnyOf(MONTHS)})(?: (?P<year>\d{{4}}))?)"
)
_MONTHS_SEARCHED = 14


def rank_of(text: str) -> int:
    """``anden`` is 2, ``sidste`` is -1."""
    return RANKS[text]


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())


def nth_weekday(first: date, weekday: int, rank: int) -> date | None:
    """The first, second ... or last (-1) such weekday of the month that begins on ``first``; None where it has no fifth."""
    if rank > 0:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (rank - 1))
    else:
        last = month_of(first)[1]
        day = last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-1 - rank))
    return day if day.month == first.month else None


def _near(found: re.Match[str], here: Here) -> Piece:
    return OnDates((here.today + timedelta(days=_NEAR[found["near"]]),))


def _weekday(which: str) -> "Pattern":
    prefix = {"": f"(?:{_COMING} )?", "this": f"{_THIS} ", "next": f"{_NEXT} "}[which]
    return Wording(rf"{prefix}{_WEEKDAY}(?:en)?", lambda found, _here: OnWeekday(WEEKDAYS[found["weekday"]], which))


def _weeks_later(found: re.Match[str], _here: Here) -> Piece:
    return OnWeekday(WEEKDAYS[found["weekday"]], weeks=1)


def _numbered(found: re.Match[str], here: Here) -> Piece:
    """A week by its number: of the year that was named, else the next one with this number."""
    number = number_of(found["number"])
    if found["year"]:
        return InWeek(date.fromisocalendar(int(found["year"]), number, 1))
    this_year = here.today.isocalendar().year
    for year in range(this_year, this_year + 8):
        try:
            monday = date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if monday + timedelta(days=6) >= here.today:
            return InWeek(monday)
    raise ValueError("no such week")


def _week_ahead(weeks: int) -> "Pattern":
    words = {0: _THIS_WEEK, 1: _NEXT_WEEK, 2: r"(?:i |in )?(?:ugen efter naeste|the week after next|naeste naeste uge)"}
    return Wording(words[weeks], lambda _found, here: InWeek(monday_of(here.today) + timedelta(weeks=weeks)))


def _weekend(found: re.Match[str], here: Here) -> Piece:
    """The weekend to come or the one that is; ``next`` from Monday to Friday may be this one or the one after it."""
    saturday = monday_of(here.today) + timedelta(days=5)
    after = saturday + timedelta(weeks=1)
    rows = ((max(saturday, here.today), saturday + timedelta(days=1)), (after, after + timedelta(days=1)))
    if not found["next"]:
        return Period(rows[:1])
    return Period(rows if here.today < saturday else rows[1:])


def _ranked(found: re.Match[str], here: Here) -> Piece:
    """``den anden mandag i marts``; without a month the next such in any."""
    weekday, rank = WEEKDAYS[found["weekday"]], rank_of(found["rank"])
    start = here.today.replace(day=1)
    named = found.groupdict()
    if named.get("month"):
        month = MONTHS[named["month"]]
        year = named.get("year")
        years = [int(year)] if year else [start.year, start.year + 1]
        days = [nth_weekday(date(one, month, 1), weekday, rank) for one in years]
        in_time = [day for day in days if day is not None and (year or day >= here.today)]
    elif named.get("next"):
        following = nth_weekday(start + relativedelta(months=1), weekday, rank)
        in_time = [] if following is None else [following]
    else:
        days = [nth_weekday(start + relativedelta(months=ahead), weekday, rank) for ahead in range(_MONTHS_SEARCHED)]
        in_time = [day for day in days if day is not None and day >= here.today]
    if not in_time:
        raise ValueError("no such day")
    return OnDates((in_time[0],))


def _today_part(found: re.Match[str], _here: Here) -> Piece | None:
    """``i aften``; but ``i morgen`` is tomorrow."""
    return None if found["part"] == "morgen" and found[0].startswith("i ") else part_named(found["part"])


def _tonight(found: re.Match[str], _here: Here) -> Piece:
    return part_named(found[0])


def _gone(_found: re.Match[str], _here: Here) -> Piece:
    return Gone()


_PAST_WORDS = (
    r"i gaar|igaar|yesterday|i forgaars|forgaars|i aftes|i morges|last night|sidste (?:uge|maaned|aar|weekend)"
    r"|last (?:week|month|year|weekend)|day before yesterday|forleden(?: dag)?"
)

WEEK_PATTERNS: tuple[Pattern, ...] = (
    Wording(rf"(?:(?:til|until|by|senest|from|fra|fra og med) )?(?P<near>{AnyOf(_NEAR)})", _near),
    Wording(r"morgen", lambda _found, here: OnDates((here.today + timedelta(days=1),)), cost=3),
    *(_weekday(which) for which in ("", "this", "next")),
    Wording(rf"(?:{_COMING} )?{_WEEKDAY} (?:om en uge|in a week|a week|week|otte dage|om otte dage)", _weeks_later),
    Wording(rf"(?:a week|en uge) (?:on|from|fra|paa) {_WEEKDAY}", _weeks_later),
    Wording(
        rf"(?:(?:i|in) )?(?:uge|week|u|w)(?: nr| nummer| number| no)? (?P<number>\d{{1,2}}|{AnyOf(NUMBERS)})"
        r"(?:(?: ,)?(?: i| in)? (?P<year>\d{4}))?",
        _numbered,
    ),
    *(_week_ahead(weeks) for weeks in (0, 1, 2)),
    Wording(
        r"(?:(?:i|in|on|til|over|at) )?(?:den |denne |this |the |(?P<next>(?:den )?naeste |next ))?"
        r"(?:weekend|weekenden|week-end)",
        _weekend,
    ),
    Wording(rf"{_THE}{RANK} {_WEEKDAY} {_WHICH_MONTH}", _ranked),
    Wording(rf"{_THE}(?P<rank>{AnyOf(tuple(word for word, value in RANKS.items() if value > 0))}) {_WEEKDAY}", _ranked),
    Wording(TODAY_PART, _today_part),
    Wording(TONIGHT, _tonight),
    Wording(rf"(?:sidste|last|forrige) {_WEEKDAY}|i (?:man|tirs|ons|tors|fre|loer|soen)dags|{_PAST_WORDS}", _gone),
    Wording(
        r"nu|now|right now|lige nu|straks|med det samme|at once|immediately|asap|nuvaerende", lambda _found, _here: Now()
    ),
    Wording(r",", lambda _found, _here: Nothing(), cost=0),
)  # fmt: skip
