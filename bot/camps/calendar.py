"""Camps as calendar programs read them: one camp as a file, or all of somebody's camps as a feed. Pure.

By RFC 5545, and with what Outlook, Google and Apple want beyond them: a camp keeps its UID for ever, its SEQUENCE
and DTSTAMP go up with each change, and a cancelled one stays in the feed and says so, since a program that finds it missing may
keep it. The same camps make the same bytes, so that a program that asks again is told that nothing changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration, vText
from icalendar.enums import STATUS, TRANSP

from bot.camps.domain import Answer, Camp, CampState, Item, Signup
from bot.messages.elements import File
from bot.messages.text import clean
from bot.timezones import described, put
from bot.words import Words

MEDIA_TYPE = "text/calendar; charset=utf-8"
_PRODUCT = "-//Brobygger//Camps//EN"
# Nothing is asked for and nothing taken back: Outlook and Apple's calendar take an event with an organiser, or a file that
# cancels, for an invitation, and then have nobody to answer to.
_METHOD = "PUBLISH"
# How often a program may ask whether something changed.
_ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A camp with what one person answered to it, None where they were not asked."""

    camp: Camp
    signup: Signup | None = None

    def shown(self) -> tuple[Camp, tuple[STATUS, str, bool], datetime]:
        """All that a calendar shows of it."""
        return self.camp, _standing(self), _newest(self)


def camp_file(entry: Entry, words: Words) -> File:
    """One camp to add to a calendar; a cancelled one takes the place of what was added before."""
    calendar = _calendar([entry], words, speakers=True)
    return File(f"camp-{entry.camp.day.isoformat()}.ics", f"{MEDIA_TYPE}; method={_METHOD}", bytes(calendar.to_ical()))


def feed(entries: Sequence[Entry], academy: str, zone: ZoneInfo, today: date, words: Words) -> bytes:
    """All of these camps, for a program that asks again and again. It names nobody: who asks is somebody's server.

    ``zone`` and ``today`` fill a feed without a camp: a calendar has to hold something.
    """
    # The library escapes only what it is told is text.
    name = vText(words.say("Camps – {academy}", academy=_one_line(academy)))
    calendar = _calendar(entries, words, speakers=False)
    if not entries:
        calendar.add_component(described(zone, date(today.year, 1, 1), date(today.year, 12, 31)))
    put(calendar, "name", name)
    put(calendar, "x-wr-calname", name)
    put(calendar, "x-wr-timezone", zone.key)
    put(calendar, "refresh-interval", vDuration(_ASK_AGAIN), value="DURATION")
    put(calendar, "x-published-ttl", vDuration(_ASK_AGAIN))
    return bytes(calendar.to_ical())


def mark_of(content: bytes) -> str:
    """What stands for a feed's content, for a program that asks whether it changed."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def _calendar(entries: Sequence[Entry], words: Words, *, speakers: bool) -> Calendar:
    calendar = Calendar()
    put(calendar, "prodid", _PRODUCT)
    put(calendar, "version", "2.0")
    put(calendar, "calscale", "GREGORIAN")
    put(calendar, "method", _METHOD)
    for zone in sorted({entry.camp.zone for entry in entries}):
        days = [day for one in entries if one.camp.zone == zone for day in (one.camp.day, one.camp.ends_at().date())]
        calendar.add_component(described(ZoneInfo(zone), min(days), max(days)))
    for entry in entries:
        calendar.add_component(_event(entry, words, speakers=speakers))
    return calendar


def _event(entry: Entry, words: Words, *, speakers: bool) -> Event:
    camp = entry.camp
    cancelled = camp.state is CampState.CANCELLED
    event = Event()
    put(event, "uid", f"{camp.id}@brobygger")
    put(event, "dtstamp", _newest(entry))
    put(event, "last-modified", _newest(entry))
    put(event, "created", camp.created_at.astimezone(UTC))
    put(event, "sequence", camp.sequence)
    put(event, "dtstart", camp.starts_at())
    put(event, "dtend", camp.ends_at())
    name = _one_line(camp.name)
    put(event, "summary", words.say("Cancelled: {camp}", camp=name) if cancelled else name)
    if camp.place:
        put(event, "location", _one_line(camp.place))
    text = describing(camp, words, speakers=speakers)
    if text:
        put(event, "description", clean(text))
    status, shown_as, busy = _standing(entry)
    put(event, "status", status)
    put(event, "transp", TRANSP.OPAQUE if busy else TRANSP.TRANSPARENT)
    # Outlook's own word for the same.
    put(event, "x-microsoft-cdo-busystatus", shown_as)
    return event


def _newest(entry: Entry) -> datetime:
    """When something of it changed last: the camp, or how the person stands there."""
    camp, mine = entry.camp, entry.signup
    answered = () if mine is None else (mine.answered_at, mine.since)
    times = [at for at in (camp.created_at, camp.changed_at, *answered) if at is not None]
    newest: datetime = max(times)
    return newest.astimezone(UTC)


def _one_line(typed: str) -> str:
    return " ".join(clean(typed).split())


def _standing(entry: Entry) -> tuple[STATUS, str, bool]:
    """How firmly the day is taken: by a seat, by a hope for one, or not at all."""
    if entry.camp.state is CampState.CANCELLED:
        return STATUS.CANCELLED, "FREE", False
    if entry.signup is not None and entry.signup.comes():
        return STATUS.CONFIRMED, "BUSY", True
    if entry.signup is not None and (entry.signup.waits() or entry.signup.answer is Answer.MAYBE):
        return STATUS.TENTATIVE, "TENTATIVE", True
    return STATUS.TENTATIVE, "FREE", False


def describing(camp: Camp, words: Words, *, speakers: bool) -> str:
    """What an event says of a camp below its name: host, check-in, programme. ``speakers``: with their names."""
    lines: list[str] = []
    if camp.host:
        lines.append(words.say("Host: {host}", host=_one_line(camp.host)))
    if camp.check_in is not None:
        lines.append(words.say("Check-in from {clock}", clock=words.clock(camp.check_in)))
    if camp.programme:
        lines += ["", words.say("Programme"), *(_line(item, words, speakers=speakers) for item in camp.programme)]
    return "\n".join(lines).strip()


def _line(item: Item, words: Words, *, speakers: bool) -> str:
    time = "" if item.at is None else words.clock(item.at)
    if item.at is not None and item.until is not None:
        time = f"{time}–{words.clock(item.until)}"
    said = _one_line(f"{item.title} / {item.speaker}" if speakers and item.speaker else item.title)
    return f"{time} {said}".strip()
