"""A repetition in words: ``hver anden uge på tirsdag og torsdag kl. 9.00, første gang ...``."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from bot.schedules.rules import read_rule
from bot.times.domain import Rule
from bot.times.repeatwords import WORKDAYS
from bot.times.shapes import CODES
from bot.words import Words

_MOST_EXCEPTIONS = 6
_LOCALES = {"da": "da_DK", "en": "en_GB"}
_OTHER = 2
_END_OF_DAY = (23, 59)


def rule_in_words(rule: Rule, words: Words) -> str:
    """The rule with its time of day, its first day, its end and what is left out."""
    parts = dict(piece.split("=", 1) for piece in rule.rule.split(";"))
    told = _what(parts, words)
    if parts["FREQ"] in {"HOURLY", "MINUTELY"}:
        first = words.when(rule.start.replace(tzinfo=ZoneInfo(rule.zone)).astimezone(words.zone))
    else:
        told = words.say("{rule} at {clock}", rule=told, clock=words.clock(rule.start.time()))
        first = words.date(rule.start.date(), "full")
    told += words.say(", first time {day}", day=first)
    if "COUNT" in parts:
        told += words.count(", {number} time", ", {number} times", int(parts["COUNT"]))
    if until := read_rule(rule.rule, ZoneInfo(rule.zone)).until:
        told += words.say(", until {day}", day=_until(until, words))
    return told + _left_out(rule, parts, words)


def _what(parts: Mapping[str, str], words: Words) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "MINUTELY":
            return words.count("every minute", "every {number} minutes", interval)
        case "HOURLY":
            return words.count("every hour", "every {number} hours", interval)
        case "DAILY":
            return words.count("every day", "every {number} days", interval)
        case "WEEKLY":
            return _weekly(parts["BYDAY"], interval, words)
        case "MONTHLY":
            every = words.count("every month", "every {number} months", interval)
            return words.say("{every} on {days}", every=every, days=_in_month(parts, words))
        case _:
            every = words.count("every year", "every {number} years", interval)
            return words.say("{every} on {days}", every=every, days=_day_of_year(parts, words))


def _weekly(days: str, interval: int, words: Words) -> str:
    codes = days.split(",")
    names = words.all_of([words.weekday(CODES.index(code)) for code in codes])
    if codes == [CODES[day] for day in WORKDAYS]:
        names = words.say("weekday")
    if interval == 1:
        return words.say("every {weekday}", weekday=names)
    if interval == _OTHER:
        return words.say("every other week on {days}", days=names)
    return words.say("every {number} weeks on {days}", number=interval, days=names)


def _in_month(parts: Mapping[str, str], words: Words) -> str:
    if "BYMONTHDAY" in parts:
        return words.all_of([_day_of_month(int(day), words) for day in parts["BYMONTHDAY"].split(",")])
    if "BYSETPOS" in parts:
        return words.all_of([_ranked(int(rank), words.say("weekday"), words) for rank in parts["BYSETPOS"].split(",")])
    days = [_ranked(int(day[:-2]), words.weekday(CODES.index(day[-2:])), words) for day in parts["BYDAY"].split(",")]
    return words.all_of(days)


def _day_of_month(day: int, words: Words) -> str:
    if day < 0:
        return words.say("the last day")
    if words.language == "da":
        return words.say("the {day}.", day=day)
    return words.say("the {day}{ending}", day=day, ending=_ending(day))


def _ending(day: int) -> str:
    return "th" if day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _ranked(rank: int, name: str, words: Words) -> str:
    match rank:
        case 1:
            return words.say("the first {weekday}", weekday=name)
        case 2:
            return words.say("the second {weekday}", weekday=name)
        case 3:
            return words.say("the third {weekday}", weekday=name)
        case 4:
            return words.say("the fourth {weekday}", weekday=name)
        case 5:
            return words.say("the fifth {weekday}", weekday=name)
        case -1:
            return words.say("the last {weekday}", weekday=name)
        case _:
            return words.say("the second last {weekday}", weekday=name)


def _day_of_year(parts: Mapping[str, str], words: Words) -> str:
    return words.say("{day} {month}", day=int(parts["BYMONTHDAY"]), month=_month(int(parts["BYMONTH"]), words))


def _month(month: int, words: Words) -> str:
    return str(get_month_names("wide", locale=_LOCALES[words.language])[month])


def _until(until: datetime, words: Words) -> str:
    if (until.hour, until.minute) == _END_OF_DAY:
        return words.date(until.date(), "full")
    return words.say("{day} at {clock}", day=words.date(until.date(), "full"), clock=words.clock(until.time()))


def _left_out(rule: Rule, parts: Mapping[str, str], words: Words) -> str:
    """Days, and months in which it never happens."""
    days = sorted({one.date() for one in rule.exceptions})
    out = [words.date(day) for day in days[:_MOST_EXCEPTIONS]]
    if len(days) > _MOST_EXCEPTIONS:
        out.append(words.count("{number} day more", "{number} days more", len(days) - _MOST_EXCEPTIONS))
    if "BYMONTH" in parts and parts["FREQ"] != "YEARLY":
        kept = {int(month) for month in parts["BYMONTH"].split(",")}
        out.extend(_month(month, words) for month in range(1, 13) if month not in kept)
    return words.say(", except {days}", days=words.all_of(out)) if out else ""
