"""The rules of calendar files, read straight from RFC 5545, with what Outlook adds to them.

Nothing here comes from the library that writes the files: a file is read anew, from its bytes, and every broken rule is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

_LINE = re.compile(
    r"(?P<name>[A-Z0-9-]+)"
    r'(?P<params>(?:;[A-Z0-9-]+=(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*)'
    r'(?:,(?:"[^"\x00-\x08\x0a-\x1f\x7f]*"|[^";:,\x00-\x08\x0a-\x1f\x7f]*))*)*)'
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
_PARAM = re.compile(r';([A-Z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_WALL, _UTC, _OFFSET = re.compile(r"\d{8}T\d{6}"), re.compile(r"\d{8}T\d{6}Z"), re.compile(r"[+-]\d{4}(?:\d{2})?")
# What Outlook makes a rule of: one weekday of one month.
_OUTLOOK = re.compile(r"FREQ=YEARLY;BYDAY=(-1|[1-4])(MO|TU|WE|TH|FR|SA|SU);BYMONTH=(1[0-2]|[1-9])")
_OCTETS = 75
_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "TZNAME"})
_ONCE = frozenset(
    {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "SEQUENCE", "STATUS", "TRANSP"}
    | {"CREATED", "LAST-MODIFIED", "ORGANIZER", "CLASS", "URL", "PRIORITY", "GEO"}
)


@dataclass(slots=True)
class Property:
    """One line of a component."""

    name: str
    params: dict[str, str]
    value: str


@dataclass(slots=True)
class Component:
    """A part of a file."""

    kind: str
    properties: list[Property] = field(default_factory=list[Property])
    parts: list["Component"] = field(default_factory=list["Component"])

    def all(self, name: str) -> list[Property]:
        return [one for one in self.properties if one.name == name]

    def one(self, name: str) -> str:
        """The value of a property that stands there once; empty where it does not."""
        found = self.all(name)
        return found[0].value if len(found) == 1 else ""

    def text(self, name: str) -> str:
        """The same, as a person reads it."""
        return unescaped(self.one(name))

    def within(self, kind: str) -> list["Component"]:
        return [part for part in self.parts if part.kind == kind]


def unescaped(value: str) -> str:
    r"""``a\, b\nc`` as it was meant."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def parsed(content: bytes) -> Component:
    """The calendar in a file. Raises AssertionError with the rule that it breaks."""
    assert content.endswith(b"\r\n"), "the last line is ended as well"
    assert b"\n" not in content.replace(b"\r\n", b""), "lines end with CRLF"
    assert b"\r" not in content.replace(b"\r\n", b""), "lines end with CRLF"
    physical = content.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert line.strip(), "no line is empty"
        assert len(line) <= _OCTETS, "a line has 75 octets at most"
        line.decode("utf-8")  # a character that is cut in two stops some programs
    lines: list[str] = []
    for line in (one.decode("utf-8") for one in physical):
        if line[0] in " \t":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    open_: list[Component] = [Component("")]
    for line in lines:
        one = _property(line)
        if one.name == "BEGIN":
            begun = Component(one.value)
            open_[-1].parts.append(begun)
            open_.append(begun)
        elif one.name == "END":
            assert open_.pop().kind == one.value, "what begins last ends first"
        else:
            assert not open_[-1].parts, "properties stand before the parts"
            open_[-1].properties.append(one)
    assert len(open_) == 1, "everything that begins ends"
    [calendar] = open_[0].parts
    assert not open_[0].properties
    assert calendar.kind == "VCALENDAR"
    return calendar


def checked(content: bytes) -> Component:
    """The same, once every rule has been looked at."""
    calendar = parsed(content)
    assert list(broken(calendar)) == []
    return calendar


def broken(calendar: Component) -> Iterator[str]:
    """The rules that a calendar breaks."""
    zones = [one.one("TZID") for one in calendar.within("VTIMEZONE")]
    uids = [event.one("UID") for event in calendar.within("VEVENT")]
    named = {one.params["TZID"] for one in _every(calendar) if "TZID" in one.params}
    yield from _times(calendar, ("PRODID", "VERSION", "METHOD", "CALSCALE"), 1)
    yield from _told(
        (calendar.one("VERSION") != "2.0", "the version is 2.0"),
        (calendar.one("CALSCALE") != "GREGORIAN", "the calendar is Gregory's"),
        (calendar.one("METHOD") != "PUBLISH", "METHOD says that it is only for reading"),
        (not calendar.parts, "a calendar has a part at least"),
        (len(set(zones)) != len(zones), "a zone is described once"),
        (not named <= set(zones), "every zone that is named is described"),
        (len(set(uids)) != len(uids), "an event stands there once"),
    )
    for zone in calendar.within("VTIMEZONE"):
        yield from _zone(zone)
    for event in calendar.within("VEVENT"):
        yield from _event(event)
    every = _every(calendar)
    yield from (f"{one.name} is escaped" for one in every if one.name in _TEXTS and not _TEXT.fullmatch(one.value))


def _told(*rules: tuple[bool, str]) -> Iterator[str]:
    yield from (rule for is_broken, rule in rules if is_broken)


def _property(line: str) -> Property:
    found = _LINE.fullmatch(line)
    assert found, "a line is a name, its parameters and a value"
    params = [(name, value.strip('"')) for name, value in _PARAM.findall(found["params"])]
    assert len(dict(params)) == len(params), "a parameter stands there once"
    return Property(found["name"], dict(params), found["value"])


def _every(component: Component) -> Iterator[Property]:
    yield from component.properties
    for part in component.parts:
        yield from _every(part)


def _times(component: Component, names: Sequence[str], wanted: int) -> Iterator[str]:
    for name in names:
        if len(component.all(name)) != wanted:
            yield f"{component.kind} has {name} {wanted} times"


def _event(event: Component) -> Iterator[str]:
    yield from _times(event, ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"), 1)
    # An organiser is for events with people to invite (3.8.4.3); programs take one for an invitation.
    yield from _times(event, ("DURATION", "ATTENDEE", "ORGANIZER"), 0)
    counted = Counter(one.name for one in event.properties)
    yield from (f"{name} stands there once" for name in _ONCE if counted[name] > 1)
    stamps = [one for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED") for one in event.all(name)]
    times = (*event.all("DTSTART"), *event.all("DTEND"))
    starts, ends = (datetime.strptime(one.value, "%Y%m%dT%H%M%S") for one in times)  # noqa: DTZ007 - wall time
    status = event.one("STATUS")
    yield from _told(
        (not all(_UTC.fullmatch(one.value) and not one.params for one in stamps), "stamps are in UTC"),
        (not all(_WALL.fullmatch(one.value) and one.params.get("TZID") for one in times), "times are a zone's"),
        (ends <= starts, "an event ends after it begins"),
        (not event.one("SEQUENCE").isdecimal(), "SEQUENCE is a number"),
        (status not in {"TENTATIVE", "CONFIRMED", "CANCELLED"}, "STATUS is one of three words"),
        (event.one("TRANSP") not in {"OPAQUE", "TRANSPARENT"}, "TRANSP is one of two words"),
    )


def _zone(zone: Component) -> Iterator[str]:
    yield from _times(zone, ("TZID",), 1)
    if not zone.parts:
        yield "a zone has a time at least"
    for part in zone.parts:
        yield from _times(part, ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"), 1)
        # Outlook does not read them.
        yield from _times(part, ("RDATE",), 0)
        if part.kind not in {"STANDARD", "DAYLIGHT"}:
            yield "a zone has winter and summer"
        if not _WALL.fullmatch(part.one("DTSTART")) or any(one.params for one in part.all("DTSTART")):
            yield "a zone's changes are wall time"
        offsets = (part.one("TZOFFSETFROM"), part.one("TZOFFSETTO"))
        if not all(_OFFSET.fullmatch(one) and one not in {"-0000", "-000000"} for one in offsets):
            yield "an offset is hours and minutes"
        rules = part.all("RRULE")
        if len(rules) > 1 or any(not _OUTLOOK.fullmatch(one.value) for one in rules):
            yield "a zone changes on one weekday of a month"
    ruled = [part for part in zone.parts if part.all("RRULE")]
    if ruled and sorted(part.kind for part in zone.parts) != ["DAYLIGHT", "STANDARD"]:
        yield "rules are one for winter and one for summer"
