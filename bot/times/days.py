"""Which days the pieces name, when there are several of them: a weekday in a week, a weekday beside a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.errors import Phrase, phrase
from bot.times.pieces import Here, InWeek, Length, OnDates, OnWeekday, Part, Period, Piece
from bot.times.weeks import monday_of

_WEEK = timedelta(weeks=1)
_MONTHS_SEARCHED = 24
_NIGHT_IS_OVER = 5  # o'clock


@dataclass(frozen=True, slots=True)
class Days:
    """Days, or rows of days, that were meant; none where no day was named. ``again``: they come every month or year."""

    rows: tuple[tuple[date, date], ...] = ()
    again: str = ""
    question: Phrase | None = None


def days_of(pieces: Sequence[Piece], here: Here) -> Days | None:
    """The days that the pieces name; None where they contradict one another."""
    weekdays = [piece for piece in pieces if isinstance(piece, OnWeekday)]
    weeks = [piece for piece in pieces if isinstance(piece, InWeek)]
    dates = [piece for piece in pieces if isinstance(piece, OnDates)]
    dates.extend(OnDates((_day_of(piece, here),)) for piece in pieces if isinstance(piece, Part) and piece.today)
    periods = [piece for piece in pieces if isinstance(piece, Period)]
    lengths = [piece for piece in pieces if isinstance(piece, Length)]
    if len(weekdays) > 1 or len(weeks) > 1 or (periods and len(periods) + len(dates) + len(weeks) + len(weekdays) > 1):
        return None
    if lengths:
        if dates and not weeks and not weekdays and _is_near(dates, here) and not lengths[0].months:
            return _single([day + timedelta(days=lengths[0].days) for day in dates[0].days])
        if dates or weeks or periods:
            return None
        ahead = here.today + relativedelta(months=lengths[0].months, days=lengths[0].days)
        if weekdays and (weekdays[0].which or lengths[0].months or lengths[0].days % 7):
            return None
        if not weekdays:
            return Days(((ahead, ahead),))
        weeks = [InWeek(monday_of(ahead))]
    if periods:
        return Days(periods[0].rows)
    if dates:
        return _dated(dates, weekdays, weeks, here)
    if weeks:
        return _in_week(weeks[0], weekdays, here)
    return _to_come(weekdays[0], here) if weekdays else Days()


def _is_near(dates: Sequence[OnDates], here: Here) -> bool:
    """Today, tomorrow or the day after: "tomorrow in two weeks" is counted from there."""
    return len(dates) == 1 and all(not dates[0].again and (day - here.today).days in {0, 1, 2} for day in dates[0].days)


def _day_of(part: Part, here: Here) -> date:
    """Today; before the morning, "tonight" is still the night that began yesterday."""
    return here.today - timedelta(days=1) if part.name == "night" and here.now.hour < _NIGHT_IS_OVER else here.today


def _single(days: Sequence[date], again: str = "", question: Phrase | None = None) -> Days:
    return Days(tuple((day, day) for day in days), again, question)


def _in_week(week: InWeek, weekdays: Sequence[OnWeekday], here: Here) -> Days:
    if weekdays:
        return _single([week.monday + timedelta(days=weekdays[0].weekday)])
    last = week.monday + timedelta(days=6)
    return Days(((max(week.monday, here.today) if last >= here.today else week.monday, last),))


def _to_come(named: OnWeekday, here: Here) -> Days:
    """A weekday on its own: the one to come. On that very weekday it may be today; ``next`` may be this week's or next week's."""
    ahead = (named.weekday - here.today.weekday()) % 7
    coming = here.today + timedelta(days=ahead)
    if named.weeks:
        return _single([coming + _WEEK])
    if named.which == "this":
        return _single([coming])
    if ahead == 0:
        return _single([coming + _WEEK] if named.which == "next" else [coming, coming + _WEEK])
    if named.which == "next" and monday_of(coming) == monday_of(here.today):
        return _single([coming, coming + _WEEK])
    return _single([coming])


def _dated(dates: Sequence[OnDates], weekdays: Sequence[OnWeekday], weeks: Sequence[InWeek], here: Here) -> Days | None:
    days = [day for day in dates[0].days if all(day in other.days for other in dates[1:])]
    days = [day for day in days if all(monday_of(day) == week.monday for week in weeks)]
    if not days:
        return None
    bare = any(one.again == "bare" for one in dates)
    if not weekdays:
        return None if bare else _single(days, dates[0].again)
    wanted = weekdays[0].weekday
    fitting = [day for day in days if day.weekday() == wanted]
    if fitting:
        return _single(fitting, dates[0].again)
    return None if bare else _contradictory(days[0], wanted, dates[0].again, here)


def _contradictory(day: date, wanted: int, again: str, here: Here) -> Days:
    """The date is another weekday: either of the two may be the slip, so both are offered."""
    distance = (wanted - day.weekday() + 3) % 7 - 3
    near = day + timedelta(days=distance if day + timedelta(days=distance) >= here.today else distance % 7)
    choices = [day, near]
    if again == "month":
        ahead = (day + relativedelta(months=months) for months in range(1, _MONTHS_SEARCHED))
        choices.extend([one for one in ahead if one.day == day.day and one.weekday() == wanted][:1])
    question = phrase("That date is another day of the week. Which one do you mean?")
    return _single(choices, again, question)
