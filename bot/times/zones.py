"""A time of day by another clock than the person's own: ``9 pm EST``, ``14.30 London time``, ``kl. 9 dansk tid``."""

import re
from zoneinfo import ZoneInfo

from bot.times.lexicon import AnyOf
from bot.times.pieces import Here, InZone, Nothing, Pattern, Wording

# Abbreviations that are no word in our languages. People write "EST" in summer as well, so each is the clock on the wall there.
_SHORT = {
    "utc": "UTC", "gmt": "UTC", "cet": "Europe/Copenhagen", "cest": "Europe/Copenhagen", "bst": "Europe/London",
    "eet": "Europe/Helsinki", "eest": "Europe/Helsinki", "est": "America/New_York", "edt": "America/New_York",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
}  # fmt: skip
_PLACES = {
    "dansk": "Europe/Copenhagen", "danish": "Europe/Copenhagen", "koebenhavn": "Europe/Copenhagen",
    "koebenhavnsk": "Europe/Copenhagen", "copenhagen": "Europe/Copenhagen", "centraleuropaeisk": "Europe/Copenhagen",
    "central european": "Europe/Copenhagen", "norsk": "Europe/Oslo", "norwegian": "Europe/Oslo", "oslo": "Europe/Oslo",
    "svensk": "Europe/Stockholm", "swedish": "Europe/Stockholm", "stockholm": "Europe/Stockholm",
    "finsk": "Europe/Helsinki", "finnish": "Europe/Helsinki", "helsinki": "Europe/Helsinki",
    "islandsk": "Atlantic/Reykjavik", "icelandic": "Atlantic/Reykjavik", "reykjavik": "Atlantic/Reykjavik",
    "faeroesk": "Atlantic/Faroe", "faroese": "Atlantic/Faroe", "groenlandsk": "America/Nuuk", "nuuk": "America/Nuuk",
    "britisk": "Europe/London", "engelsk": "Europe/London", "british": "Europe/London", "uk": "Europe/London",
    "london": "Europe/London", "tysk": "Europe/Berlin", "german": "Europe/Berlin", "berlin": "Europe/Berlin",
    "paris": "Europe/Paris", "bruxelles": "Europe/Brussels", "brussels": "Europe/Brussels", "new york": "America/New_York",
    "eastern": "America/New_York", "pacific": "America/Los_Angeles",
}  # fmt: skip


def _short(found: re.Match[str], _here: Here) -> InZone:
    return InZone(ZoneInfo(_SHORT[found["zone"]]))


def _place(found: re.Match[str], _here: Here) -> InZone:
    return InZone(ZoneInfo(_PLACES[found["place"]]))


ZONE_PATTERNS: tuple[Pattern, ...] = (
    Wording(rf"(?:i |in )?(?P<zone>{AnyOf(_SHORT)})(?: time| tid)?", _short),
    Wording(rf"(?:i |in )?(?P<place>{AnyOf(_PLACES)})s? (?:time|tid)", _place),
    Wording(r"(?:lokal|local|min|my) (?:time|tid)", lambda _found, _here: Nothing()),
)
