"""The words for numbers, days, months and units, Danish and English side by side, spelled as :func:`fold` leaves them."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

LONGEST = 200  # characters; no time takes more to say
SHORTEST_SLIP = 5  # letters of a word that may be a misspelled one


def _table(*rows: tuple[int, str]) -> dict[str, int]:
    return {word: value for value, words in rows for word in words.split()}


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the words, inside a pattern."""

    words: Collection[str]

    def __str__(self) -> str:
        return "(?:" + "|".join(sorted(map(re.escape, self.words), key=len, reverse=True)) + ")"


@cache
def compiled(text: str) -> re.Pattern[str]:
    """A pattern of this package, made when it is first needed: there are a hundred, and many a start needs none."""
    return re.compile(text)


NUMBERS: Mapping[str, int] = _table(
    (0, "nul zero"), (1, "en et een one a an"), (2, "to two"), (3, "tre three"), (4, "fire four"), (5, "fem five"),
    (6, "seks six"), (7, "syv seven"), (8, "otte eight"), (9, "ni nine"), (10, "ti ten"), (11, "elleve eleven"),
    (12, "tolv twelve"), (13, "tretten thirteen"), (14, "fjorten fourteen"), (15, "femten fifteen"),
    (16, "seksten sixteen"), (17, "sytten seventeen"), (18, "atten eighteen"), (19, "nitten nineteen"),
    (20, "tyve twenty"), (21, "enogtyve twenty-one"), (22, "toogtyve twenty-two"), (23, "treogtyve twenty-three"),
    (24, "fireogtyve twenty-four"), (25, "femogtyve twenty-five"), (30, "tredive thirty"), (35, "femogtredive"),
    (40, "fyrre forty"), (45, "femogfyrre forty-five"), (50, "halvtreds fifty"), (55, "femoghalvtreds"),
    (60, "tres sixty"), (90, "halvfems ninety"),
)  # fmt: skip

ORDINALS: Mapping[str, int] = _table(
    (1, "foerste first"), (2, "anden andet second other"), (3, "tredje tredie third"), (4, "fjerde fourth"),
    (5, "femte fifth"), (6, "sjette sixth"), (7, "syvende seventh"), (8, "ottende eighth"), (9, "niende ninth"),
    (10, "tiende tenth"), (11, "ellevte elvte eleventh"), (12, "tolvte twelfth"), (13, "trettende thirteenth"),
    (14, "fjortende fourteenth"), (15, "femtende fifteenth"), (16, "sekstende sixteenth"), (17, "syttende seventeenth"),
    (18, "attende eighteenth"), (19, "nittende nineteenth"), (20, "tyvende twentieth"),
    (21, "enogtyvende twenty-first"), (22, "toogtyvende twenty-second"), (23, "treogtyvende twenty-third"),
    (24, "fireogtyvende twenty-fourth"), (25, "femogtyvende twenty-fifth"), (26, "seksogtyvende twenty-sixth"),
    (27, "syvogtyvende twenty-seventh"), (28, "otteogtyvende twenty-eighth"), (29, "niogtyvende twenty-ninth"),
    (30, "tredivte thirtieth"), (31, "enogtredivte thirty-first"),
)  # fmt: skip

WEEKDAYS: Mapping[str, int] = _table(
    (0, "mandag monday man mon"), (1, "tirsdag tuesday tirs tir tue tues"), (2, "onsdag wednesday ons wed weds"),
    (3, "torsdag thursday tors tor thu thur thurs"), (4, "fredag friday fre fri"),
    (5, "loerdag lordag saturday loer lor sat"), (6, "soendag sondag sunday soen son sun"),
)  # fmt: skip

MONTHS: Mapping[str, int] = _table(
    (1, "januar january jan"), (2, "februar february feb febr"), (3, "marts march mar mrt"), (4, "april apr"),
    (5, "maj may"), (6, "juni june jun"), (7, "juli july jul"), (8, "august aug"),
    (9, "september sep sept"), (10, "oktober october okt oct"), (11, "november nov"), (12, "december dec"),
)  # fmt: skip

SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER, HALF_YEAR, YEAR = range(9)
UNITS: Mapping[str, int] = _table(
    (SECOND, "sekund sekunder sek second seconds sec secs s"), (MINUTE, "minut minutter min minute minutes mins"),
    (HOUR, "time timer t hour hours hr hrs h"), (DAY, "dag dage dags doegn day days d"),
    (WEEK, "uge uger uges ugers week weeks w wk wks"), (MONTH, "maaned maaneder maaneders mdr md month months mth"),
    (QUARTER, "kvartal kvartaler quarter quarters"), (YEAR, "aar aars year years yr yrs"),
)  # fmt: skip
# (months, days, seconds) of one.
SIZES: Mapping[int, tuple[int, int, int]] = {
    SECOND: (0, 0, 1), MINUTE: (0, 0, 60), HOUR: (0, 0, 3600), DAY: (0, 1, 0), WEEK: (0, 7, 0), MONTH: (1, 0, 0),
    QUARTER: (3, 0, 0), HALF_YEAR: (6, 0, 0), YEAR: (12, 0, 0),
}  # fmt: skip

# What a slip of the finger may have been meant to be; short words are too near to one another.
CORRECTABLE = (
    *(word for table in (WEEKDAYS, MONTHS, UNITS) for word in table if len(word) >= SHORTEST_SLIP),
    "tomorrow", "today", "tonight", "morgen", "overmorgen", "eftermiddag", "formiddag", "morning", "afternoon", "evening",
    "klokken", "midnight", "midnat", "every", "naeste", "weekend", "hverdag", "weekday", "kvarter",
)  # fmt: skip

_LETTERS = str.maketrans(
    {"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "’": "'", "–": "-", "—": "-", "−": "-", "‐": "-"}
)
_HALF = re.compile(r"(\d?)\s?½")
_AM_PM = re.compile(r"(?<![a-z])([ap])\.?\s?m\b\.?(?!\w)")
_ABBREVIATED = re.compile(r"(?<=[a-z])\.")
_LETTER_NUMBER = re.compile(r"(?<=[a-z])(?=\d)")
_NUMBER_LETTER = re.compile(r"(?<=\d)(?=[a-z])|(?<=\d\.)(?=[a-z])")
_COMMA = re.compile(r",(?!\d)|(?<!\d),|;")
_LOST_DOT = re.compile(r"(?<=\d) \.(?= |$)")
_QUOTES = re.compile(r"[\"“”„»«']")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_SPACES = re.compile(r"\s+")


def number_of(text: str) -> int:
    """The value of a number in digits or words."""
    return int(text) if text.isdecimal() else NUMBERS[text]


def fold(typed: str) -> str:
    """One spelling for all: small letters, æ ø å as two letters, one space between words, none lost or doubled.

    ``Kl.14.30 d. 3.Marts`` becomes ``kl 14.30 d 3. marts``. Commas stand alone; a comma between digits is a decimal one."""
    text = _HALF.sub(lambda found: f"{found[1] or '0'},5 ", typed)
    text = unicodedata.normalize("NFKC", text).casefold()
    text = unicodedata.normalize("NFC", text).translate(_LETTERS)
    text = _QUOTES.sub("", text)
    text = _AM_PM.sub(r"\1m ", text)
    text = _ABBREVIATED.sub(" ", text)
    text = _NUMBER_LETTER.sub(" ", _LETTER_NUMBER.sub(" ", text))
    text = _LOST_DOT.sub(".", text)
    text = _COMMA.sub(" , ", text.replace("hveranden", "hver anden").replace("hvertandet", "hvert andet"))
    return _SPACES.sub(" ", text).strip(" ,.!?;:")


def unbracketed(typed: str) -> str:
    """Without what stands in brackets at the end: there we say ourselves how far away a time is."""
    return _BRACKET.sub("", typed)
