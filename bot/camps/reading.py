"""A camp as an organiser writes it in a form or behind a command, and back. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.arguments import nearest
from bot.camps.clocks import read_clock, read_hours
from bot.camps.domain import Camp, Item
from bot.camps.programme import as_typed, read_programme
from bot.errors import NotUnderstood, Phrase, phrase
from bot.members.domain import Sector, Theme
from bot.messages.text import clean

T = TypeVar("T")

NAME, DAY, HOURS, CHECK_IN, PLACE, HOST = "name", "day", "hours", "check_in", "place", "host"
THEME, CAPACITY, SECTORS, PROGRAMME, CASES, CHALLENGE = (
    "theme",
    "capacity",
    "sectors",
    "programme",
    "cases",
    "challenge",
)
MOST_SEATS = 10_000
MOST_CASES = 12
LONGEST_NAME = 100
LONGEST_LINE = 200
LONGEST_CHALLENGE = 600
_FARTHEST_YEARS = 5
_NO_ITEMS: tuple[Item, ...] = ()
_NO_CASES: tuple[str, ...] = ()


class CampProblems(NotUnderstood):
    """Some fields cannot be read: what is to be changed in each, in the order of the form. The first is what is said."""

    def __init__(self, by_field: Mapping[str, Phrase]) -> None:
        super().__init__(next(iter(by_field.values())))
        self.by_field = by_field


@dataclass(frozen=True, slots=True)
class Written:
    """What an organiser typed, a field each."""

    name: str = ""
    day: date | None = None
    hours: str = ""
    check_in: str = ""
    place: str = ""
    host: str = ""
    theme: str = ""
    capacity: str = ""
    sectors: str = ""
    programme: str = ""
    cases: str = ""
    challenge: str = ""

    def has_enough(self) -> bool:
        """Whether a camp can be made of it."""
        return bool(self.name.strip() and self.day and self.hours.strip())


@dataclass(frozen=True, slots=True)
class Lists:
    """What the academy calls its sectors and themes, and the language that it speaks."""

    sectors: Sequence[Sector] = ()
    themes: Sequence[Theme] = ()
    language: str = "da"


def filled(camp: Camp, typed: Written, lists: Lists, now: datetime) -> Camp:
    """The camp as it was written. Raises CampProblems with one kind sentence a field."""
    reader = _Reader()
    name = reader.read(NAME, lambda: _line(typed.name, LONGEST_NAME, needed=True), camp.name)
    day = reader.read(DAY, lambda: _day(typed.day, camp, now), camp.day)
    begins, ends = reader.read(HOURS, lambda: read_hours(typed.hours), (camp.begins, camp.ends))
    check_in = reader.read(CHECK_IN, lambda: _check_in(typed.check_in, begins), None)
    place = reader.read(PLACE, lambda: _line(typed.place, LONGEST_LINE), "")
    host = reader.read(HOST, lambda: _line(typed.host, LONGEST_LINE), "")
    theme = reader.read(THEME, lambda: _theme(typed.theme, lists.themes), "")
    capacity = reader.read(CAPACITY, lambda: _seats(typed.capacity), None)
    sectors = reader.read(SECTORS, lambda: _sector_seats(typed.sectors, lists), dict[str, int]())
    programme = reader.read(PROGRAMME, lambda: _programme(typed.programme, begins, ends), _NO_ITEMS)
    cases = reader.read(CASES, lambda: _cases(typed.cases), _NO_CASES)
    challenge = reader.read(CHALLENGE, lambda: _line(typed.challenge, LONGEST_CHALLENGE), "")
    if DAY not in reader.problems:
        last = day + timedelta(days=1 if ends < begins else 0)
        for field, on, at in ((HOURS, day, begins), (HOURS, last, ends), (CHECK_IN, day, check_in)):
            if field not in reader.problems:
                reader.read(field, partial(_exists, on, at, camp.zone), None)
    if HOURS not in reader.problems and DAY not in reader.problems:
        moved = (day, begins) != (camp.day, camp.begins)
        reader.read(HOURS, lambda: _to_come(datetime.combine(day, begins, ZoneInfo(camp.zone)), now, moved=moved), None)
    if reader.problems:
        raise CampProblems(reader.problems)
    return replace(
        camp,
        name=name,
        day=day,
        begins=begins,
        ends=ends,
        check_in=check_in,
        place=place,
        host=host,
        theme=theme,
        capacity=capacity,
        sector_capacity=sectors,
        programme=programme,
        cases=cases,
        challenge=challenge,
    )


def as_written(camp: Camp, lists: Lists, language: str) -> Written:
    """The camp as somebody would write it."""
    names = {sector.key: sector.name(language) for sector in lists.sectors}
    return Written(
        name=camp.name,
        day=camp.day,
        hours=f"{camp.begins:%H.%M}-{camp.ends:%H.%M}",
        check_in="" if camp.check_in is None else f"{camp.check_in:%H.%M}",
        place=camp.place,
        host=camp.host,
        theme=theme_name(camp.theme, lists.themes, language),
        capacity="" if camp.capacity is None else str(camp.capacity),
        sectors="\n".join(f"{names.get(key, key)}: {seats}" for key, seats in camp.sector_capacity.items()),
        programme=as_typed(camp.programme),
        cases="\n".join(camp.cases),
        challenge=camp.challenge,
    )


def theme_name(theme: str, themes: Sequence[Theme], language: str) -> str:
    """What the theme is called; one of the organiser's own is as it was written."""
    return next((one.name(language) for one in themes if one.key == theme), theme)


class _Reader:
    """Reads field after field and gathers what is wrong."""

    def __init__(self) -> None:
        self.problems: dict[str, Phrase] = {}

    def read(self, field: str, read: Callable[[], T], instead: T) -> T:
        """What the field says; ``instead`` where that cannot be read."""
        try:
            return read()
        except NotUnderstood as sorry:
            self.problems[field] = sorry.said
            return instead


def _line(typed: str, most: int, *, needed: bool = False) -> str:
    text = " ".join(clean(typed).split())
    if needed and not text:
        raise NotUnderstood(phrase("What is the camp called?"))
    if len(text) > most:
        raise NotUnderstood(
            phrase("This is {length} characters long; please keep it under {limit}.", length=len(text), limit=most)
        )
    return text


def _day(day: date | None, camp: Camp, now: datetime) -> date:
    today = now.astimezone(ZoneInfo(camp.zone)).date()
    if day is None:
        raise NotUnderstood(phrase("On which day is it?"))
    if day < today and day != camp.day:
        raise NotUnderstood(phrase("That day has passed. On which day to come is it?"))
    if day.year > today.year + _FARTHEST_YEARS:
        raise NotUnderstood(phrase("That is more than {years} years away. Choose a nearer day.", years=_FARTHEST_YEARS))
    return day


def _to_come(start: datetime, now: datetime, *, moved: bool) -> None:
    if moved and start <= now:
        raise NotUnderstood(phrase("It would have begun already. Which time to come did you mean?"))


def _exists(day: date, at: time | None, zone: str) -> None:
    """Refuses a time of day that the clocks leap over on that day."""
    if at is None:
        return
    wall = datetime.combine(day, at, ZoneInfo(zone))
    shown = wall.astimezone(UTC).astimezone(ZoneInfo(zone))
    if shown.time() != at:
        raise NotUnderstood(
            phrase(
                "The clocks go forward on that day, so {time} does not exist. Choose {later} or another time.",
                time=f"{at:%H.%M}",
                later=f"{shown:%H.%M}",
            )
        )


def _check_in(typed: str, begins: time) -> time | None:
    if not typed.strip():
        return None
    at = read_clock(typed)
    if at > begins:
        raise NotUnderstood(phrase("Check-in comes before the camp begins. When did you mean?"))
    return at


def _theme(typed: str, themes: Sequence[Theme]) -> str:
    text = _line(typed, LONGEST_LINE)
    wanted = text.casefold()
    names = {name.casefold(): one.key for one in themes for name in (one.key, *one.names.values())}
    return names.get(wanted, text)


def _seats(typed: str) -> int | None:
    text = typed.strip()
    if not text:
        return None
    number = int(text) if text.isdecimal() and len(text) <= len(str(MOST_SEATS)) else -1
    if number == 0:
        raise NotUnderstood(phrase("With no seats nobody could come. Leave it empty for as many as want to."))
    if not 0 < number <= MOST_SEATS:
        raise NotUnderstood(phrase("How many seats? A whole number up to {limit}, please.", limit=MOST_SEATS))
    return number


def _sector_seats(typed: str, lists: Lists) -> dict[str, int]:
    known = {name.casefold(): one.key for one in lists.sectors for name in (one.key, *one.names.values())}
    found: dict[str, int] = {}
    for line in typed.replace(",", "\n").replace(";", "\n").splitlines():
        words = clean(line).replace(":", " ").replace("=", " ").split()
        if not words:
            continue
        name, number = " ".join(words[:-1]).casefold(), words[-1]
        if not name or not number.isdecimal() or int(number[:6]) > MOST_SEATS:
            raise NotUnderstood(phrase("Write a sector and how many seats it has, a line each: business: 10."))
        if name not in known:
            near = nearest(name[:LONGEST_NAME], known)
            named = sorted(one.name(lists.language) for one in lists.sectors)
            raise NotUnderstood(
                phrase("I don't know {wanted}. Did you mean {nearest}?", wanted=name[:40], nearest=near)
                if near
                else phrase("I don't know {wanted}. Choose from: {known}.", wanted=name[:40], known=", ".join(named))
            )
        found[known[name]] = int(number)
    return found


def _programme(typed: str, begins: time, ends: time) -> tuple[Item, ...]:
    over_midnight = ends < begins
    items = read_programme(typed, ends if over_midnight else None)
    times = [item.at for item in items if item.at is not None and item.at > ends]
    late = next((at for at in times if not over_midnight or at < begins), None)
    if late is not None:
        raise NotUnderstood(
            phrase(
                "The programme goes on at {time}, but the camp ends at {end}. Change one of them, please.",
                time=f"{late:%H.%M}",
                end=f"{ends:%H.%M}",
            )
        )
    return items


def _cases(typed: str) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(_line(line, LONGEST_LINE) for line in typed.splitlines() if line.strip()))
    if len(lines) > MOST_CASES:
        raise NotUnderstood(phrase("At most {limit} here, please: choose those that matter most.", limit=MOST_CASES))
    return lines
