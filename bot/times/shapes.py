"""Which RFC 5545 rule the pieces of a repetition make, still without its start and its end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, TypeVar

from bot.errors import NotUnderstood, phrase
from bot.times.lexicon import DAY, HOUR, MINUTE, MONTH, QUARTER, SECOND, WEEK, YEAR
from bot.times.repeatwords import WORKDAYS, Every, OnMonthDays, OnWeekdays, OnYearDay, Ranked, RepeatPiece

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    SECOND: ("SECONDLY", 1), MINUTE: ("MINUTELY", 1), HOUR: ("HOURLY", 1), DAY: ("DAILY", 1), WEEK: ("WEEKLY", 1),
    MONTH: ("MONTHLY", 1), QUARTER: ("MONTHLY", 3), YEAR: ("YEARLY", 1),
}  # fmt: skip
_LARGEST_RANK = 5
_MONTHS = 12

Parts: TypeAlias = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a rule. ``needs_day``: which day of the week, month or year it is was not said."""

    parts: Parts
    needs_day: bool = False

    @property
    def frequency(self) -> str:
        """``WEEKLY`` and the like."""
        return self.parts["FREQ"]

    @property
    def interval(self) -> int:
        """How many units from one to the next."""
        return int(self.parts.get("INTERVAL", "1"))

    @property
    def is_free(self) -> bool:
        """Whether any day may be its first."""
        return set(self.parts) <= {"FREQ", "INTERVAL"}

    def starting(self, start: datetime) -> "Shape":
        """The rule with the day of the week, month or year that its first time has, where none was named."""
        own = {
            "WEEKLY": {"BYDAY": CODES[start.weekday()]},
            "MONTHLY": {"BYMONTHDAY": str(start.day)},
            "YEARLY": {"BYMONTH": str(start.month), "BYMONTHDAY": str(start.day)},
        }
        return Shape({**self.parts, **own.get(self.frequency, {})}) if self.is_free else self

    def without(self, days: Collection[int], months: Collection[int]) -> "Shape":
        """Without these weekdays and months in any week and year. Raises NotUnderstood where nothing is left, or where a rule of
        this kind cannot say so."""
        parts = dict(self.parts)
        if months:
            if self.frequency in {"YEARLY", "HOURLY", "MINUTELY"}:
                raise _cannot_leave_out()
            parts["BYMONTH"] = ",".join(str(month) for month in range(1, _MONTHS + 1) if month not in months)
        if days:
            own = parts.get("BYDAY", ",".join(CODES)).split(",")
            if self.frequency not in {"DAILY", "WEEKLY"} or (self.frequency == "DAILY" and self.interval != 1):
                raise _cannot_leave_out()
            left = [code for code in own if code not in {CODES[day] for day in days}]
            if not left:
                raise NotUnderstood(phrase("That repeat never happens. Choose another day or interval."))
            parts |= {"FREQ": "WEEKLY", "BYDAY": ",".join(left)}
        return Shape(parts, self.needs_day)

    def text(self, *, interval: bool = True) -> str:
        """The rule's text; without its interval, to find where it begins."""
        return ";".join(f"{name}={value}" for name, value in self.parts.items() if interval or name != "INTERVAL")


def _cannot_leave_out() -> NotUnderstood:
    return NotUnderstood(phrase("I can't read the days that you leave out. Write dates, such as 24/12-2026."))


def shapes_of(pieces: Sequence[RepeatPiece]) -> list[Shape]:
    """The rules that the pieces can make; none where they do not go together."""
    every, weekdays = _only(pieces, Every), _only(pieces, OnWeekdays)
    ranked, month_days, year_day = _only(pieces, Ranked), _only(pieces, OnMonthDays), _only(pieces, OnYearDay)
    if len(every) > 1 or len(weekdays) + len(ranked) + len(month_days) + len(year_day) > 1:
        return []
    said = every[0] if every else None
    if weekdays:
        return _weekly(said, weekdays[0])
    if ranked:
        return _monthly(said, _ranked_days(ranked[0].ranks, ranked[0].days), said_so=ranked[0].monthly)
    if month_days:
        days = {"BYMONTHDAY": ",".join(map(str, month_days[0].days))}
        return _monthly(said, days, said_so=month_days[0].monthly)
    if year_day:
        return _yearly(said, year_day[0])
    return [] if said is None else [_plain(said)]


def _only(pieces: Sequence[RepeatPiece], kind: type[T]) -> list[T]:
    return [piece for piece in pieces if isinstance(piece, kind)]


def _shape(frequency: str, interval: int, days: Parts, *, needs_day: bool = False) -> Shape:
    gap = {"INTERVAL": str(interval)} if interval != 1 else {}
    return Shape({"FREQ": frequency, **gap, **days}, needs_day)


def _plain(every: Every) -> Shape:
    frequency, months = _FREQUENCIES[every.unit]
    interval = every.interval * months
    if every.unit == DAY and interval % 7 == 0 and interval:
        return _shape("WEEKLY", interval // 7, {}, needs_day=False)
    return _shape(frequency, interval, {}, needs_day=every.unit in {WEEK, MONTH, QUARTER, YEAR})


def _weekly(every: Every | None, on: OnWeekdays) -> list[Shape]:
    interval = on.interval or 1
    if every is not None:
        weeks = every.interval if every.unit == WEEK else every.interval // 7 if every.interval % 7 == 0 else 1
        if (
            every.unit not in {DAY, WEEK}
            or (every.unit == DAY and every.interval not in {1, weeks * 7})
            or on.interval > 1
        ):
            return []
        interval = weeks
    found = [_shape("WEEKLY", interval, {"BYDAY": ",".join(CODES[day] for day in on.days)})]
    if on.maybe_ranked and on.interval <= _LARGEST_RANK and len(on.days) == 1:
        found.append(_shape("MONTHLY", 1, _ranked_days((on.interval,), on.days)))
    return found


def _ranked_days(ranks: Sequence[int], days: Sequence[int]) -> Parts:
    if tuple(days) == WORKDAYS:
        return {"BYDAY": ",".join(CODES[day] for day in days), "BYSETPOS": ",".join(map(str, ranks))}
    return {"BYDAY": ",".join(f"{rank}{CODES[day]}" for rank in ranks for day in days)}


def _monthly(every: Every | None, days: Parts, *, said_so: bool) -> list[Shape]:
    if every is None:
        return [_shape("MONTHLY", 1, days)] if said_so else []
    if every.unit not in {MONTH, QUARTER}:
        return []
    return [_shape("MONTHLY", every.interval * _FREQUENCIES[every.unit][1], days)]


def _yearly(every: Every | None, on: OnYearDay) -> list[Shape]:
    if every is None and not on.yearly:
        return []
    if every is not None and every.unit != YEAR:
        return []
    days = {"BYMONTH": str(on.month), "BYMONTHDAY": str(on.day)}
    return [_shape("YEARLY", every.interval if every else 1, days)]
