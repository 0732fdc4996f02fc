"""How members are shown and found: initials, a steady colour, a short line about them, and a search by name or work."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

from adapters.web.limits import PEOPLE_SHOWN
from bot.members.domain import Member, Sector
from bot.words import Words

TONES = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A member as shown. ``tone`` numbers one of the avatar colours in the style sheet."""

    id: str
    name: str
    about: str
    initials: str
    tone: int
    organiser: bool


def person(member: Member, sectors: Mapping[str, Sector], words: Words) -> Person:
    """The member in the reader's words."""
    sector = sectors.get(member.sector)
    about = " · ".join(part for part in (member.organisation, sector.name(words.language) if sector else "") if part)
    return Person(
        str(member.id), member.name, about, initials(member.name), tone(str(member.id)), member.is_organiser()
    )


def initials(name: str) -> str:
    """One or two letters: the first of the first and of the last word that begin with a letter."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def tone(text: str) -> int:
    """A number from 0 to 11 that stays the same for the same text."""
    return crc32(text.encode()) % TONES


def search(people: Iterable[Person], wanted: str, words: Words) -> Sequence[Person]:
    """Those whose name, organisation or sector has all the words, in the language's order; at most ``PEOPLE_SHOWN``."""
    parts = wanted.casefold().removeprefix("@").split()
    found = [one for one in people if all(part in f"{one.name} {one.about}".casefold() for part in parts)]
    starts = parts[:1]
    found.sort(key=lambda one: (not _begins(one, starts), words.sort_key(one.name)))
    return found[:PEOPLE_SHOWN]


def _begins(one: Person, starts: Sequence[str]) -> bool:
    return not starts or any(word.startswith(starts[0]) for word in one.name.casefold().split())
