"""What becomes of the times that came due: which of them happen now, and which are left out, and why. Pure.

Nothing ran for a while (a stop, a lost database, a clock that jumped), and now several times may have come due at once. What
is to happen then differs: a weekly round is drawn once however many weeks were missed, an announcement may be told late or
not at all, and a reminder of a camp that has begun is of no use to anybody. What is left out is kept with its reason, for
organisers to read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.errors import Phrase, phrase
from bot.members.domain import WorkspaceOptions
from bot.schedules.domain import CatchUp, Schedule, ScheduleKind
from bot.schedules.rules import MISSING_HOUR, Due, note_on, over_at
from bot.words import Words

# How late an occurrence may be and still happen. A tick is some seconds late at the best and a restart takes a minute: for
# ``NEVER``, "late" begins after that.
IN_TIME = timedelta(minutes=5)
LATEST: Mapping[CatchUp, timedelta] = {
    CatchUp.NEVER: IN_TIME,
    CatchUp.WITHIN_SIX_HOURS: timedelta(hours=6),
    CatchUp.ALWAYS: timedelta.max,
    CatchUp.EACH: timedelta.max,
}
# Of all that was missed, no more than this many happen one after another: an hourly one must not flood anybody after a week.
MOST_AT_ONCE = 10
# In the details of a schedule: its time was now.
AT_ONCE = "at_once"
# So many of the times that were left out are kept, the newest.
_KEPT = 20

_TOGETHER = phrase("Nothing ran at that time. It was put together with the next one.")
_TOO_LATE = phrase("Nothing ran at that time, and later would have been too late.")
_TOO_MANY = phrase("Nothing ran at that time, and too many had gathered to send them all.")
# What the moment was after which a schedule of this kind does nothing any more.
_OVER: Mapping[ScheduleKind, Phrase] = {
    ScheduleKind.CAMP_REMINDER: phrase("The camp had begun before I could send it."),
}


def as_wished(schedule: Schedule, options: WorkspaceOptions) -> Schedule:
    """The schedule, caught up with as the academy wishes now; of kinds that it cannot choose for, as it is. So is what somebody
    sent at once: they have seen it go."""
    if AT_ONCE in schedule.details:
        return schedule
    match schedule.kind:
        case ScheduleKind.ANNOUNCEMENT:
            return replace(schedule, catch_up=CatchUp(options.announcements_missed))
        case ScheduleKind.ROUND:
            return replace(schedule, catch_up=CatchUp(options.rounds_missed))
        case _:
            return schedule


class Judged(NamedTuple):
    """One time that came due. ``happens``: now; else it is left out. ``reason``: why, or what is odd about it."""

    due: Due
    happens: bool
    reason: Phrase | None = None


def judged(schedule: Schedule, due: Sequence[Due], now: datetime) -> Sequence[Judged]:
    """What becomes of each time that came due (see :func:`bot.schedules.rules.came_due`), oldest first; of a great many that
    are left out, only the newest."""
    over = over_at(schedule)
    if over is not None and now >= over:
        return [Judged(one, happens=False, reason=_OVER.get(schedule.kind, _TOO_LATE)) for one in due[-_KEPT:]]
    most = MOST_AT_ONCE if schedule.catch_up is CatchUp.EACH else 1
    earlier, latest = due[:-most], due[-most:]
    in_time = [one for one in latest if now - one.at <= LATEST[schedule.catch_up]]
    missed = _TOO_MANY if most > 1 else _TOGETHER if in_time else _TOO_LATE
    left_out = [Judged(one, happens=False, reason=missed) for one in earlier[-_KEPT:]]
    late = [Judged(one, happens=False, reason=_TOO_LATE) for one in latest if one not in in_time]
    return [*left_out, *late, *(Judged(one, happens=True, reason=note_on(schedule, one)) for one in in_time)]


def reason_in_words(reason: str, words: Words) -> str:
    """The reason of an occurrence, as it was kept, in the reader's language; empty where there is none, or none that this
    version knows."""
    every = (_TOGETHER, _TOO_LATE, _TOO_MANY, MISSING_HOUR, *_OVER.values())
    return "".join(words.tell(one) for one in every if one.message == reason)


def missed_announcements(words: Words) -> Mapping[CatchUp, str]:
    """What an academy may choose for announcements that were missed."""
    return {
        CatchUp.WITHIN_SIX_HOURS: words.say("the latest one is sent, up to six hours late"),
        CatchUp.EACH: words.say("each of them is sent, ten at most"),
        CatchUp.NEVER: words.say("they are left out, if it is more than five minutes late"),
    }


def missed_rounds(words: Words) -> Mapping[CatchUp, str]:
    """The same for weekly rounds. Not each of them: people would be asked for several meetings at once."""
    return {
        CatchUp.ALWAYS: words.say("one is drawn, however late"),
        CatchUp.WITHIN_SIX_HOURS: words.say("one is drawn, up to six hours late"),
        CatchUp.NEVER: words.say("they are left out, if it is more than five minutes late"),
    }


def after_a_stop(what: str, words: Words) -> str:
    """One of these choices as a sentence: ``If I am stopped at that time: they are left out.``"""
    return words.say("If I am stopped at that time: {what}.", what=what)
