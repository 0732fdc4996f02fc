"""When an announcement goes out, from what a person typed for the time and the repetition; asked back where it is unclear."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from bot.announcements.domain import NOW, Plan, plan_of
from bot.errors import NotUnderstood, phrase
from bot.times import Moment, Rule, Unclear, next_times, notes_in_words, read_moment, read_rule
from bot.words import Words

# More often than that nobody reads it.
SHORTEST = timedelta(hours=1)
_MOST_CHOICES = 6
_FARTHEST_YEARS = 5
_AT_ONCE = timedelta(seconds=5)
# So many of a repetition's times are looked at; a day has not many more that anybody would read.
_MOST_A_DAY = 6


@dataclass(frozen=True, slots=True)
class Planned:
    """One plan; or several, with a question, where the person has to choose."""

    plans: tuple[Plan, ...]
    question: str = ""


def read_plan(when: str, repeat: str, now: datetime, words: Words) -> Planned:
    """The plan that was meant, in the zone and language of ``words``. Raises NotUnderstood for a time that cannot be read,
    that has passed for good, or that never comes."""
    if not when.strip() and not repeat.strip():
        return Planned((NOW,))
    if not when.strip():
        return _planned([_rule(repeat, now, None, words)], now, words)
    moments = read_moment(when, now, words.zone, words.language)
    if not repeat.strip():
        return _planned([moments], now, words)
    beginnings = [one for one in _readings(moments) if isinstance(one, Moment)]
    rules = [_rule(repeat, now, one.at, words) for one in beginnings]
    planned = _planned(rules, now, words)
    # The repetition may name the time of day itself; then it is all the same which one was meant beside it.
    settled = len(beginnings) > 1 and len(planned.plans) == 1
    if isinstance(moments, Unclear) and not settled:
        return Planned(planned.plans, words.tell(moments.question))
    if isinstance(moments, Moment) and len(planned.plans) == 1:
        return Planned((_with_note(planned.plans[0], moments, now, words),), planned.question)
    return planned


def several_a_day(plan: Plan, words: Words, now: datetime) -> Sequence[str]:
    """What is to be said of a repetition that comes more than once a day: few people mean that, where it goes to each."""
    reading = plan.reading()
    if not isinstance(reading, Rule):
        return ()
    times = next_times(reading, now, _MOST_A_DAY + 1)
    a_day = sum(at - times[0] < timedelta(days=1) for at in times)
    if a_day > _MOST_A_DAY:
        return (words.say("Each of them gets more than {number} messages within a day.", number=_MOST_A_DAY),)
    return (words.say("Each of them gets {number} messages within a day.", number=a_day),) if a_day > 1 else ()


def _with_note(plan: Plan, beginning: Moment, now: datetime, words: Words) -> Plan:
    """Says which clock counts where both name one. ``In two weeks`` names none, and has the one of now."""
    named, other = (at.astimezone(words.zone).replace(second=0, microsecond=0).time() for at in (beginning.at, now))
    if beginning.clock_assumed or plan.start is None or named in (other, plan.start.time()):
        return plan
    note = words.say(
        "The repetition says {counts}, so that counts and not {named}.",
        counts=words.clock(plan.start.time()),
        named=words.clock(named),
    )
    return replace(plan, notes=(*plan.notes, note))


def _rule(repeat: str, now: datetime, beginning: datetime | None, words: Words) -> Rule | Unclear:
    return read_rule(repeat, now, words.zone, words.language, shortest=SHORTEST, beginning=beginning)


def _planned(found: Sequence[Moment | Rule | Unclear], now: datetime, words: Words) -> Planned:
    question, plans = "", list[Plan]()
    for one in found:
        if isinstance(one, Unclear):
            question = words.tell(one.question)
        for reading in _readings(one):
            plan = _plan(reading, now, words)
            if plan not in plans:
                plans.append(plan)
    return Planned(tuple(plans[:_MOST_CHOICES]), question)


def _readings(found: Moment | Rule | Unclear) -> Sequence[Moment | Rule]:
    if not isinstance(found, Unclear):
        return (found,)
    return [one for one in found.readings if isinstance(one, Moment | Rule)]


def _plan(reading: Moment | Rule, now: datetime, words: Words) -> Plan:
    first = reading.at if isinstance(reading, Moment) else next(iter(next_times(reading, now, 1)), now)
    if first > now + relativedelta(years=_FARTHEST_YEARS):
        raise NotUnderstood(phrase("That is more than {years} years away. Choose a nearer day.", years=_FARTHEST_YEARS))
    if isinstance(reading, Moment) and reading.at - now <= _AT_ONCE:
        return NOW
    return plan_of(reading, notes_in_words(reading, words))
