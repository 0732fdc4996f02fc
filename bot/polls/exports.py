"""Results to take along: numbers for a spreadsheet, and for those who may see them the votes of a named poll; and a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from bot.identity import MemberId
from bot.members.domain import Member
from bot.members.spreadsheet import write_table
from bot.messages.elements import File
from bot.polls.counting import result_of
from bot.polls.domain import Choices, Poll, PollKind, PollOption
from bot.polls.naming import option_name, said
from bot.polls.standing import Standing
from bot.timezones import put
from bot.words import Words

_CSV = "text/csv; charset=utf-8"
_ICS = "text/calendar; charset=utf-8; method=PUBLISH"
_LONG = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Votes:
    """Who said what in a named poll; somebody who has left is nobody any more."""

    ballots: Mapping[str, Choices]
    people: Mapping[MemberId, Member]


def numbers_file(shown: Standing, words: Words) -> File:
    """How many for each option. Nobody is named in it."""
    poll, result = shown.poll, result_of(shown.poll, shown.tally)
    dates = poll.kind is PollKind.DATES
    header = [words.say("answer"), words.say("votes"), *([words.say("if need be")] if dates else [])]
    rows: list[Sequence[str]] = []
    for bar in result.bars:
        option = poll.option(bar.key)
        name = "" if option is None else option_name(poll, option, words)
        rows.append([name, str(bar.votes), *([str(bar.maybe)] if dates else [])])
    rows.append([words.say("have voted"), str(shown.ballots), *([""] if dates else [])])
    return File("poll.csv", _CSV, write_table(header, rows, for_excel=True))


def votes_file(poll: Poll, votes: Votes, words: Words) -> File:
    """Who said what, for whoever asked and for organisers."""
    known = {str(id_): member for id_, member in votes.people.items()}
    rows: list[Sequence[str]] = []
    for voter, choices in votes.ballots.items():
        member = known.get(voter)
        name, organisation = (member.name, member.organisation) if member else (words.say("somebody who has left"), "")
        rows.append([name, organisation, said(poll, choices, words)])
    rows.sort(key=lambda row: words.sort_key(row[0]))
    header = [words.say("name"), words.say("organisation"), words.say("answer")]
    return File("votes.csv", _CSV, write_table(header, rows, for_excel=True))


def best_days(shown: Standing) -> tuple[PollOption, ...]:
    """The days that fit best; none of another kind of poll."""
    if shown.poll.kind is not PollKind.DATES:
        return ()
    found = [shown.poll.option(key) for key in result_of(shown.poll, shown.tally).first]
    return tuple(option for option in found if option is not None and option.at is not None)


def day_file(poll: Poll, option: PollOption, now: datetime, words: Words) -> File:
    """A day as a calendar file: an hour, or the whole day where no time was named."""
    at = option.at or now
    calendar, event = Calendar(), Event()
    for name, content in (("prodid", "-//Brobygger//Polls//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        put(calendar, name, content)
    put(event, "uid", f"{poll.id}.{option.key}@brobygger")
    put(event, "dtstamp", now.astimezone(UTC))
    put(event, "summary", poll.question)
    if option.whole_day:
        day = at.astimezone(words.zone).date()
        put(event, "dtstart", day)
        put(event, "dtend", day + timedelta(days=1))
    else:
        put(event, "dtstart", at.astimezone(UTC))
        put(event, "dtend", at.astimezone(UTC) + _LONG)
    calendar.add_component(event)
    return File("day.ics", _ICS, bytes(calendar.to_ical()))
