"""Where people live: roads with their numbers, floors and towns, as they are written in letters and in chat.

A road is known by its last part ("Nørregade", "Hans Broges Gade", "Solbakken 12"). Parts that only ever name a road count without a number;
those that are words as well ("park", "have", "gård") count with one.
"""

import re
from collections.abc import Iterator

import numpy as np

from bot.privacy.domain import Finding, Kind
from bot.privacy.scanning import Words
from bot.privacy.windows import around, around_digits, tried

_UPPER = "A-ZÆØÅÄÖÜÉ"
# "Aarhus C", "København NV"
_QUARTER = r"(?:(?:NV|SV|NØ|SØ|[CKNSVØ])\b|ø\b)"
_NUMBER = r"\d{1,4}\s?(?:[A-Za-z](?![\w]))?(?:\s?[-–/]\s?\d{1,4}[A-Za-z]?(?!\w))?(?!\d)"
_FLOOR = (
    r"(?:,?\s{0,2}(?:(?:nr|no|lejl|lejlighed|apt|apartment|flat|dør|opgang|værelse|vær|room|bolig)\.?\s?\d{1,4}[A-Za-z]?\b|"
    r"(?:\d{1,2}|st|stuen|kl|kld|kælderen|mezz?|første|anden|tredje|fjerde)(?:\.|(?=\s?(?:sal|t\.?[vh]|m\.?f))|,)?\s?(?:sal\b)?\.?,?\s{0,2}"
    r"(?:t\.?\s?v\b\.?|t\.?\s?h\b\.?|m\.?\s?f\b\.?|til venstre|til højre|midt for|dør\s?\d+|(?<=[.,\s])\d{1,4}(?!\d))?))?"
)
_TOWN = (
    rf"(?:[,;]?\s{{0,2}}(?:\n\s?)?(?:[A-Z]{{1,2}}-\s?)?\d{{4,5}},?\s{{1,2}}[{_UPPER}][\w.-]+(?:\s(?:{_QUARTER}|[{_UPPER}][\w-]+))?|"
    rf",\s(?:i\s)?[{_UPPER}][\w-]+(?:\s{_QUARTER})?)?"
)
_CARE_OF = re.compile(rf"\bc/o\s(?:[{_UPPER}][\w.'’-]*\s?){{1,4}}", re.IGNORECASE)
_BEHIND = re.compile(rf"(?:\s{{1,2}}(?:nr\.?\s?)?{_NUMBER}{_FLOOR}{_FLOOR})?{_TOWN}")
_BEHIND_NUMBERED = re.compile(rf"\s{{1,2}}(?:nr\.?\s?)?{_NUMBER}{_FLOOR}{_FLOOR}{_TOWN}")

# Parts that only name roads, and those that need a number behind them.
_ALWAYS = ("gade", "gaden", "vej", "vejen", "stræde", "strædet", "allé", "alle", "alleen", "alléen", "boulevard", "boulevarden", "vænget", "vænge", "torv",
           "torvet", "straede", "vaenge", "vaenget", "gyden", "gyde", "straße", "strasse", "gatan", "vägen", "gata", "veien")  # fmt: skip
_NUMBERED = ("plads", "pladsen", "park", "parken", "bakken", "bakke", "have", "haven", "haverne", "gård", "gården", "gaard", "gaarden", "gaarde", "gårde",
             "lund", "lunden", "toft", "toften", "eng", "engen", "enge", "mark", "marken", "marker", "skrænt", "skrænten", "sti", "stien", "kaj", "kajen",
             "brygge", "bryggen", "vang", "vangen", "høj", "højen", "høje", "krog", "krogen", "ager", "ageren", "dal", "dalen", "kær", "kæret", "mose", "mosen",
             "bjerg", "bjerget", "svinget", "passage", "passagen", "strand", "stranden", "løkke", "løkken", "banke", "banken", "bro", "broen", "kvarter",
             "hegn", "hegnet", "led", "leddet", "slippen", "trappen", "ringen", "buen", "siden", "hus", "huset", "husene", "byen", "borg", "bo", "ledet", "skov",
             "skoven", "holm", "holmen", "sø", "søen", "å", "åen", "havn", "havnen", "center", "centret", "plantage", "plantagen", "hjørnet", "gang", "gangen",
             "kilde", "kilden", "linje", "linjen", "løb", "løbet", "mølle", "møllen", "næs", "næsset", "odde", "odden", "ø", "øen", "rende", "renden", "rod",
             "stien", "stedet", "sted", "vig", "vigen", "volden", "vold", "voldene", "weg", "platz", "laan", "straat", "gate", "vei", "väg", "bakkerne")  # fmt: skip
_NO_ROADS = frozenset(
    [
        "motorvej",
        "motorvejen",
        "landevej",
        "landevejen",
        "omvej",
        "omvejen",
        "genvej",
        "genvejen",
        "cykelvej",
        "cykelvejen",
        "hovedvej",
        "hovedvejen",
        "udvej",
        "udvejen",
        "adgangsvej",
        "arbejdsvej",
        "skolevej",
        "skolevejen",
        "luftvej",
        "gågade",
        "gågaden",
        "sidegade",
        "sidevej",
        "sidevejen",
        "hovedgaden",
        "blindvej",
        "grusvej",
        "grusvejen",
        "skovvej",
        "kirkevej",
        "indfaldsvej",
        "ringvejen",
        "jernvej",
        "milevej",
        "undervej",
        "allevej",
        "livsvej",
        "karrierevej",
        "behandlingsvej",
        "indgangsvej",
        "klagevej",
        "flugtvej",
        "mellemvej",
        "tilkørselsvej",
        "vendevej",
        "halvvej",
        "kvalle",
        "alle",
        "valle",
        "kalle",
        "palle",
        "malle",
        "balle",
        "halle",
        "falle",
        "talle",
        "overalle",
        "vej",
        "vejen",
        "gade",
        "gaden",
        "stræde",
        "torv",
        "torvet",
        "allé",
        "gyde",
        "fortorv",
        "fortorvet",
    ]
)
_STREET_WORDS = (
    r"(?:Street|Road|Avenue|Lane|Drive|Close|Court|Square|Crescent|Terrace|Place|Way|Boulevard|St|Rd|Ave|Blvd|Dr|Ln)"
)
_ENGLISH = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?,?\s(?:[A-Z][\w'’.-]*\s){{1,3}}{_STREET_WORDS}\b\.?(?:,\s[A-Z][\w ]{{1,30}}?(?=[,.\n]|$))?(?:,?\s[A-Z]{{1,2}}\d[A-Z\d]?\s\d[A-Z]{{2}})?"
)
_WITH_TOWN = re.compile(
    rf"(?<![\w])[{_UPPER}][\w'’.-]*(?:\s[{_UPPER}][\w'’.-]*){{0,3}}\s{_NUMBER}{_FLOOR},?\s{{1,2}}(?:DK-\s?)?[1-9]\d{{3}}\s{{1,2}}[{_UPPER}][\wæøå-]+(?:\s{_QUARTER})?"
)
_POSTAL = re.compile(
    rf"(?<![\d.,/-])(?:DK-\s?)?(?P<code>[1-9]\d{{3}})\s{{1,2}}(?P<town>[{_UPPER}][\w-]+)(?:\s(?:{_QUARTER}|[{_UPPER}][\w-]+))?"
)
_LIVES = re.compile(
    rf"\b(?:adresse|adressen|address|bopæl|bopælsadresse|folkeregisteradresse)(?:\s?(?:er|is)\b)?\s?[:=]?\s?(?P<it>[{_UPPER}][\w'’.-]*(?:\s[\w'’.-]+){{0,3}}\s\d{{1,4}}[A-Za-z]?\b)"
    rf"|\b(?:bor|boede|boet|bosat|flytter|flyttede|flyttet|lives|living|lived|moved)\s(?:\w+\s){{0,2}}?(?:på|i|at|in|to|til|ved|on)\s(?P<home>[{_UPPER}][\w'’.-]*(?:\s[{_UPPER}][\w'’.-]*){{0,2}}\s\d{{1,4}}\s?[A-Za-z]?\b)"
)
_ROAD_WORDS = re.compile(rf"(?:(?:(?<![\w])(?:[{_UPPER}][\w'’.-]*\.?|\d{{1,2}}\.))\s){{1,4}}$")
_SMALL_FIRST = frozenset(
    {"den", "det", "der", "en", "et", "på", "i", "ved", "til", "fra", "mod", "når", "hvis", "at", "for", "af"}
)
_WORDS_BEFORE = 60


def is_road(word: str) -> bool:
    """Whether a word in small letters is a road's name by itself: "nørregade", not "genvej"."""
    return word.endswith(_ALWAYS) and word not in _NO_ROADS and len(word) >= 6


def addresses(text: str, words: Words, towns: frozenset[str]) -> Iterator[Finding]:
    """``towns``: in small letters; with its code before it a town is an address."""
    ends = tuple({*_ALWAYS, *_NUMBERED})
    like_roads = np.array([kind[0].isalpha() and kind.lower().endswith(ends) for kind in words.kinds], np.bool_)
    for place in np.flatnonzero(like_roads[words.ids]):
        found = _road(text, int(words.starts[place]), int(words.ends[place]), words.kinds[int(words.ids[place])].lower())
        if found:
            yield Finding(*found, Kind.ADDRESS)
    for one in tried(_CARE_OF, text, around(text, ("c/o", "C/O", "C/o"), 1, 80)):
        yield Finding(one.start(), one.start() + len(one[0].rstrip()), Kind.ADDRESS)
    windows = around_digits(text, 90, 110)
    for pattern in (_ENGLISH, _WITH_TOWN):
        yield from (Finding(one.start(), one.end(), Kind.ADDRESS) for one in tried(pattern, text, windows))
    for one in tried(_LIVES, text, windows):
        group = "it" if one["it"] is not None else "home"
        yield Finding(one.start(group), one.end(group), Kind.ADDRESS)
    for one in tried(_POSTAL, text, windows):
        if one["town"].lower() in towns and not one["code"].startswith(("19", "20")):
            yield Finding(one.start(), one.end(), Kind.ADDRESS, sure=False)


def _road(text: str, start: int, end: int, word: str) -> tuple[int, int] | None:
    alone = word in _ALWAYS or word in _NUMBERED
    capital = text[start].isupper()
    first = start
    if capital:
        before = _ROAD_WORDS.search(text[max(0, start - _WORDS_BEFORE) : start])
        if before:
            first = start - len(before[0])
            first += _skipped(before[0])
    numbered = _BEHIND_NUMBERED.match(text, end)
    if numbered and _could_be_road(word, alone, first < start, capital):
        return first, numbered.end()
    if alone:
        # "Hans Broges Gade": two capitals make a road of a plain word.
        strong = capital and first < start and word in _ALWAYS
        return (first, _far(text, end)) if strong else None
    if is_road(word) and (capital or text.endswith(("på ", "bor i ", "adresse: "), 0, start)):
        return first if first < start and capital else start, _far(text, end)
    return None


def _could_be_road(word: str, alone: bool, named: bool, capital: bool) -> bool:
    if word in _NO_ROADS and not capital:
        return False
    if alone:
        return capital and named
    return capital or (word.endswith(_ALWAYS) and len(word) >= 6)


def _far(text: str, end: int) -> int:
    """Where the address ends that has no number: behind its town, if that follows with its code."""
    found = _BEHIND.match(text, end)
    return found.end() if found and any(sign.isdigit() for sign in found[0]) else end


def _skipped(before: str) -> int:
    """How many letters of the words before a road belong to the sentence: "På Store Kongensgade"."""
    word = before.split(maxsplit=1)[0]
    return (
        len(before) - len(before.split(maxsplit=1)[1])
        if word.lower() in _SMALL_FIRST and len(before.split()) > 1
        else (len(before) if word.lower() in _SMALL_FIRST else 0)
    )
