"""Where people live: roads with their numbers, floors and towns, as they are written in letters and in chat.

A road is known by its last part ("Nørregade", "Hans Broges Gade", "Solbakken 12"). Parts that only ever name a road
count without a number; those that are words as well ("park", "have", "gård") count with one.
"""

import re
from collections.abc import Callable, Iterator

import numpy as np

from bot.privacy.domain import Finding, Kind
from bot.privacy.lexicon import Lexicon
from bot.privacy.scanning import Words
from bot.privacy.windows import Window, around, around_digits, tried

_UPPER = "A-ZÆØÅÄÖÜÉ"
# "Aarhus C", "København NV"
_QUARTER = r"(?:(?:NV|SV|NØ|SØ|[CKNSVØ])\b|ø\b)"
# A letter behind it, and neither the blank before the next word nor "i" as in "Elmevej 12 i Vejle".
_NUMBER = r"\d{1,4}(?:\s?(?!(?<=\s)i\b)[A-Za-z](?!\w))?(?:\s?[-–/]\s?\d{1,4}[A-Za-z]?(?!\w))?(?!\d)"
_FLOOR = (
    r"(?i:\s?,?\s{0,2}(?:(?:nr|no|lejl|lejlighed|apt|apartment|flat|dør|opgang|værelse|vær|room|bolig)\.?\s?\d{1,4}[A-Za-z]?\b|"
    r"(?:\d{1,2}(?!\d)|st|stuen|kl|kld|kælderen|mezz?|første|anden|tredje|fjerde)(?:\.|(?=\s?(?:sal|t\.?[vh]|m\.?f))|,)"
    r"?\s?(?:sal\b)?\.?,?\s{0,2}"
    r"(?:t\.?\s?v\b\.?|t\.?\s?h\b\.?|m\.?\s?f\b\.?|til venstre|til højre|midt for|dør\s?\d+|(?<=[.,\s])\d{1,4}(?!\d))?))?"
)
_TOWN = (
    rf"(?:\s?[,;]?\s{{0,2}}(?:\n\s?)?(?:[A-Z]{{1,2}}-\s?)?\d{{4,5}},?\s{{1,2}}[{_UPPER}][\w.-]+(?:\s(?:{_QUARTER}|"
    rf"[{_UPPER}][\w-]+))?|"
    rf"\s?,\s(?:i\s)?[{_UPPER}][\w-]+(?:\s{_QUARTER})?)?"
)
_CARE_OF = re.compile(rf"\bc/o\s(?:[{_UPPER}][\w.'’-]*\s?){{1,4}}(?:(?<=\s){_NUMBER})?", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:\s{{1,2}}(?:nr\.?\s?)?{_NUMBER}{_FLOOR}{_FLOOR})?{_TOWN}")
# A floor that any of the patterns left.
_MORE = re.compile(rf"{_FLOOR}{_FLOOR}(?:\.(?=\s|$))?(?<=\w)(?!\w)|{_FLOOR}{_FLOOR}(?<=\.)")
_ENDS_NUMBERED = re.compile(r"(?<=\w )\d{1,4} ?[A-Za-z]?$")
_BEHIND_NUMBERED = re.compile(rf"\s{{1,2}}(?:nr\.?\s?)?(?P<number>{_NUMBER}){_FLOOR}{_FLOOR}{_TOWN}")

_STREET_WORDS = (
    r"(?:Street|Road|Avenue|Lane|Drive|Close|Court|Square|Crescent|Terrace|Place|Way|Boulevard|"
    r"Grove|Gardens|Mews|St|Rd|Ave|Blvd|Dr|Ln)"
)
_ENGLISH = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?,?\s(?:[A-Z][\w'’.-]*\s){{1,3}}{_STREET_WORDS}\b\.?(?:,\s[A-Z][\w ]{{1,30}}?(?=[,.\n]|"
    rf"$))?(?:,?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}})?"
)
_WITH_TOWN = re.compile(
    rf"(?<![\w])[{_UPPER}][\w'’.-]*(?:\s[{_UPPER}][\w'’.-]*){{0,3}}\s{_NUMBER}{_FLOOR},?\s{{1,2}}(?:DK-\s?)"
    rf"?[1-9]\d{{3}}\s{{1,2}}[{_UPPER}][\wæøå-]+(?:\s{_QUARTER})?"
)
_POSTAL = re.compile(
    rf"(?<![\d.,/-])(?:DK-\s?)?(?P<code>[1-9]\d{{3}})\s{{1,2}}(?P<town>[{_UPPER}][\w-]+)(?:\s(?:{_QUARTER}|[{_UPPER}][\w-]+))?"
)
_LIVES = re.compile(
    rf"\b(?i:adresse|adressen|address|bopæl|bopælsadresse|folkeregisteradresse)(?:\s?(?:er|is)\b)"
    rf"?\s?[:=]?\s?(?P<it>[{_UPPER}][\w'’.-]*(?:\s[\w'’.-]+){{0,3}}\s{_NUMBER})"
    rf"|\b(?i:bor|boede|boet|bosat|bopæl|flytter|flyttede|flyttet|lives|living|lived|moved)\s(?:(?:\w+\s){{0,2}}?(?:på|i|"
    rf"at|in|to|til|ved|on)\s)?(?P<home>(?:[{_UPPER}][\w'’.-]*(?:\s[{_UPPER}][\w'’.-]*){{0,2}}|(?P<small>[a-zæøå]{{5,}}))"
    rf"\s{_NUMBER})(?!\w|[.:,]\d)"
)
# A word that need not end as a road's name does, where a preposition or a letter behind the number tells.
_SOMEWHERE = re.compile(
    rf"\b(?:[Ii]|[Pp]å)\s(?P<it>[{_UPPER}]\w{{3,}}(?:en|et|erne|ene)\s\d{{1,3}}(?:\s?[A-Za-z](?!\w))?)(?![\w%]|[.:,]\d)"
    rf"|(?<![\w-])(?P<lettered>(?P<name>[{_UPPER}][a-zæøåäöü]{{4,}})\s\d{{1,3}}(?:\s?[A-H]|[a-h])(?!\w)){_FLOOR}{_TOWN}"
)
_POST_BOX = re.compile(
    rf"\b(?i:postboks|postbox|post box|p\.?\s?o\.?\s?box)\s{{0,2}}(?:[Nn]r\.?\s)?\d{{1,6}}(?!\d){_TOWN}"
)
_CARE_HOME = re.compile(
    rf"(?<!\w)[{_UPPER}][\w-]*(?:hjem|cent|plej|bolig|hospi|bosted|kollegi)[\w-]*(?:\s[{_UPPER}][\w'’-]*){{0,3}},?\s(?:på\s)?"
    rf"(?i:stuen?|værelse|vær|lejlighed|lejl|bolig|afsnit|room)\.?\s(?:nr\.?\s)?\d{{1,4}}(?:\s?[A-Za-z](?!\w))?(?!\w)"
)
_STREET_FIRST = re.compile(
    r"\b(?:[A-Z][\w'’.-]*\s){1,3}(?:Street|Road|Avenue|Lane|Square|Crescent|Terrace|Boulevard|St|Rd|Ave)\b\.?\s"
    r"\d{1,5}[A-Za-z]?\b(?:,\s[A-Z]\w+)?(?:,?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})?"
)
# "Ved Skoven 12"
_BY_PLACE = re.compile(
    rf"(?<!\w)(?:Ved|Under|Bag|Over|Mellem|Oven|Neden|Langs)\s(?:[Dd]e[nt]?\s)?[{_UPPER}][\w-]{{3,}}(?:\s[{_UPPER}]\w+)?\s{_NUMBER}(?![%.:,]\d)"
)
# Any word with a capital and a number that may be a road and its house.
_LIKE_STREET = re.compile(
    rf"\b(?i:i|på|ved|hos|fra|til|in|at|from|near)\s+(?P<it>[{_UPPER}][^\W\d_]{{2,}}\s\d{{1,3}}(?!\d))"
    rf"|(?P<ends>[{_UPPER}][^\W\d_]{{3,}}\s\d{{1,3}}(?:\s?[A-Za-z]\b(?!\s+[a-zæøå])|(?=,\s*\d|$|[.,;!?)]\s*$)))"
)
_BOXES = ("oks", "ox", "OKS", "OX")
_ROOMS = ("stue", "Stue", "ærelse", "vær", "ejlighed", "lejl", "bolig", "Bolig", "fsnit", "oom ")
_STREETS = ("Street", "Road", "Avenue", "Lane", "Square", "Crescent", "Terrace", "Boulevard", " St", " Rd", " Ave")
_LIVING = (
    *("dresse", "DRESSE", "ddress", "opæl", "OPÆL", "bor ", "Bor ", "BOR ", "boed", "Boed", "boet", "Boet", "osat"),
    *("lytte", "lives", "Lives", "lived", "Lived", "iving", "oved"),
)
_NAME_BEFORE = re.compile(rf"(?:(?:(?<![\w])(?:[{_UPPER}][\w'’.-]*\.?|\d{{1,2}}\.))\s){{1,4}}$")
# What begins a sentence and no road's name: "På Store Kongensgade", "Kære Alle".
_BEGINNINGS = re.compile(r"(?:På|I|Ved|Til|Fra|Mod|Når|Hvis|At|For|Af)\s|(?:.*\s)?(?:Kære|Hej|Tak)\s", re.DOTALL)
_SAYS_WHERE = ("på ", "bor i ", "adresse: ")
_WORDS_BEFORE = 60
_SHORTEST = 6


def addresses(text: str, words: Words, known: Lexicon, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    """All of them; a town counts with its code before it. ``is_common``: whether a word in small letters is an
    ordinary one."""
    for one in _addresses(text, words, known, is_common):
        more = _MORE.match(text, one.end) if _ENDS_NUMBERED.search(text, one.start, one.end) else None
        yield Finding(one.start, more.end(), one.kind, one.sure) if more else one


def any_streets(text: str) -> Iterator[Finding]:
    """Whatever may be a street with a number, where asking once too often is better than once too seldom."""
    for one in _LIKE_STREET.finditer(text):
        yield Finding(*one.span("it" if one["it"] is not None else "ends"), Kind.ADDRESS, sure=False)


def _addresses(text: str, words: Words, known: Lexicon, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    roads = _Roads(text, known)
    ends = tuple(known.roads["roads"] | known.roads["numbered"])
    like_roads = np.array([kind[0].isalpha() and kind.lower().endswith(ends) for kind in words.kinds], np.bool_)
    for place in map(int, np.flatnonzero(like_roads[words.ids])):
        found = roads.at(int(words.starts[place]), int(words.ends[place]))
        if found:
            yield Finding(*found, Kind.ADDRESS)
    for one in tried(_CARE_OF, text, around(text, ("c/o", "C/O", "C/o"), 1, 80)):
        yield Finding(one.start(), one.start() + len(one[0].rstrip()), Kind.ADDRESS)
    windows = around_digits(text, 90, 110)
    for pattern in (_ENGLISH, _WITH_TOWN, _BY_PLACE):
        yield from (Finding(one.start(), one.end(), Kind.ADDRESS) for one in tried(pattern, text, windows))
    for pattern, signs in ((_POST_BOX, _BOXES), (_CARE_HOME, _ROOMS), (_STREET_FIRST, _STREETS)):
        near = tried(pattern, text, around(text, signs, 90, 90))
        yield from (Finding(one.start(), one.end(), Kind.ADDRESS) for one in near)
    yield from _told(text, windows, known, is_common)
    for one in tried(_POSTAL, text, windows):
        if one["town"].lower() in known.places and not one["code"].startswith(("19", "20")):
            yield Finding(one.start(), one.end(), Kind.ADDRESS, sure=False)


def _told(text: str, windows: list[Window], known: Lexicon, is_common: Callable[[str], bool]) -> Iterator[Finding]:
    """What no ending makes a road, where the words around it tell that somebody lives there."""
    for one in tried(_LIVES, text, around(text, _LIVING, 24, 110)):
        group = "it" if one["it"] is not None else "home"
        if one["small"] is None or not is_common(one["small"]):
            yield Finding(one.start(group), one.end(group), Kind.ADDRESS)
    for one in tried(_SOMEWHERE, text, windows):
        if one["it"] is not None:
            yield Finding(one.start("it"), one.end("it"), Kind.ADDRESS, sure=False)
        elif not is_common(one["name"].lower()) and one["name"].lower() not in known.places:
            yield Finding(one.start(), one.end(), Kind.ADDRESS, sure=False)


class _Roads:
    """The roads of one text."""

    def __init__(self, text: str, known: Lexicon) -> None:
        self._text = text
        self._known = known
        self._always = tuple(known.roads["roads"])

    def at(self, start: int, end: int) -> tuple[int, int] | None:
        """The address that the word from ``start`` to ``end`` is the road of, with what stands before and behind it."""
        word = self._text[start:end].lower()
        capital = self._text[start].isupper()
        first = self._begins(start) if capital else start
        numbered = _BEHIND_NUMBERED.match(self._text, end)
        if numbered and self._could_be(word, named=first < start, capital=capital, year=_is_year(numbered["number"])):
            return first, numbered.end()
        if self._is_by_itself(word, named=first < start, capital=capital, start=start):
            return first, self._far(end)
        return None

    def _could_be(self, word: str, *, named: bool, capital: bool, year: bool) -> bool:
        """Whether a word with a number behind it is a road."""
        if word in self._known.roads["roads"] or word in self._known.roads["numbered"]:
            return capital and named
        if word.endswith(self._always) and len(word) >= _SHORTEST:
            return capital or word not in self._known.roads["ways"]
        # "Danmark 2018", "Afdeling 3"
        return capital and not year and not self._known.is_ordinary(word) and word not in self._known.places

    def _is_by_itself(self, word: str, *, named: bool, capital: bool, start: int) -> bool:
        if word in self._known.roads["roads"]:
            # "Hans Broges Gade": two capitals make a road of a plain word.
            return capital and named
        if not word.endswith(self._always) or len(word) < _SHORTEST or word in self._known.roads["ways"]:
            return False
        return capital or self._text.endswith(_SAYS_WHERE, 0, start)

    def _begins(self, start: int) -> int:
        """Where the name of a road begins: "Gammel Køge Landevej"."""
        before = _NAME_BEFORE.search(self._text[max(0, start - _WORDS_BEFORE) : start])
        if not before:
            return start
        skipped = _BEGINNINGS.match(before[0])
        return start - len(before[0]) + (skipped.end() if skipped else 0)

    def _far(self, end: int) -> int:
        """Where an address ends that has no number: behind its town, if that follows with its code."""
        found = _BEHIND.match(self._text, end)
        return found.end() if found and any(sign.isdigit() for sign in found[0]) else end


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number.startswith(("19", "20"))
