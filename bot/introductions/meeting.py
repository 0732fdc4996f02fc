"""A first meeting to put in a calendar: half an hour next week, in working hours, as an iCalendar file.

Its UID is the introduction's, so that everybody who adds it has the same event, and adding it twice makes no second one.
"""

from datetime import datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event
from icalendar.enums import STATUS, TRANSP

from bot.introductions.domain import Intro
from bot.introductions.seeing import Seen
from bot.messages.elements import File
from bot.timezones import described
from bot.words import Words

LASTS = timedelta(minutes=30)
# Mid-week and never over lunch. Monday and Friday are for those who plan, or have planned, their week.
_DAYS = (1, 2, 3)
_TIMES = (time(9, 30), time(10, 30), time(13, 30), time(14, 30))


def proposed_time(intro: Intro, zone: ZoneInfo, now: datetime) -> datetime:
    """A weekday in the week after the opening, the same for everybody; the week after ``now`` if that one has passed."""
    planned = _next_week(intro, intro.opened_at or _last_yes(intro), zone)
    return planned if planned > now else _next_week(intro, now, zone)


def calendar_file(seen: Seen, words: Words, zone: ZoneInfo) -> File:
    """The meeting as a file that Outlook, Google and Apple read, its time zone described within."""
    starts = proposed_time(seen.intro, zone, seen.now)
    names = [member.name for member in seen.people.values()]
    event = Event.new(
        uid=f"{seen.intro.id}@brobygger",
        stamp=seen.now,
        start=starts,
        end=starts + LASTS,
        summary=words.say("First talk: {names}", names=words.all_of(words.in_order(names))),
        description=words.say("A proposal from Brobygger. Move it as you like; where you meet is up to you."),
        transparency=TRANSP.OPAQUE,
        status=STATUS.TENTATIVE,
    )
    day = starts.date()
    calendar = Calendar.new(
        prodid="-//Brobygger//Introductions//EN",
        method="PUBLISH",
        uid=event.uid,
        subcomponents=[described(zone, day, day), event],
    )
    return File("brobygger.ics", "text/calendar; charset=utf-8; method=PUBLISH", calendar.to_ical())


def _last_yes(intro: Intro) -> datetime:
    return max((part.answered_at for part in intro.parts if part.answered_at), default=intro.created_at)


def _next_week(intro: Intro, base: datetime, zone: ZoneInfo) -> datetime:
    digest = sha256(intro.id.bytes).digest()
    local = base.astimezone(zone)
    monday = local.date() - timedelta(days=local.weekday()) + timedelta(weeks=1)
    day = monday + timedelta(days=_DAYS[digest[0] % len(_DAYS)])
    return datetime.combine(day, _TIMES[digest[1] % len(_TIMES)], zone)
