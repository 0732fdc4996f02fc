"""The digits of one number gathered, whatever people and programs put between them: mark-up, a line's end, "og de sidste
fire er", numbers as words.

A second way to see a text, beside the plain one: only what stands between two digits is other here, and only where that
is more than the patterns know. The same patterns then find the number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from bot.privacy.cpr import AMOUNT_BEHIND, MONTHS
from bot.privacy.domain import Finding
from bot.privacy.plain import Change, Plain, changed
from bot.privacy.scanning import Words
from bot.privacy.spoken import spoken
from bot.privacy.windows import Window, merged

_JOINING = (
    r"(?:og|så|and|then|with|the|de|det|der|som|er|are|is|hans|hendes|mine|min|my|his|her|fire|four"
    r"|sidste(?: 4)?|last(?: 4)?|final|cifre|digits|tal|"
    r"numbers?|slutter|slut|ender|ending|ends|in|on|på|med|af|by|resten|rest|løbe\w{0,8}|loebe\w{0,8}|kontrol\w{0,8}|nr"
    r"|nummer|efterfulgt|derefter|herefter|"
    r"followed|bindestreg|tankestreg|streg|minus|dash|hyphen|mellemrum|space|blank|punktum|prik|plet|dot"
    r"|komma|comma|skråstreg|slash|plus|pind|"
    r"endelse\w{0,2}|serial|no|check|plus|end|samt|først|efter|ny|linje|4(?= \d{4}))"
)
_SIGN = r"(?:<[^<>\n]{1,120}>|\]\([^()\s]{0,80}\)|\[/?[a-z]{1,6}\]|&gt;|[^\w<]|[_<])"
_GAP = re.compile(
    rf"(?<=\d)(?! ?\d|[-./] ?\d|,\d(?!\d{{3}}(?!\d))| [-.] \d)(?={_SIGN})"
    rf"(?P<signs>{_SIGN}{{0,9}}+)(?P<words>(?:{_JOINING}(?![^\W_]){_SIGN}{{1,9}}+){{0,8}}+)(?=\d"
    rf"|[xX]{{4}}(?!\w)|[xX]{{2}}\d\d(?!\d))",
    re.IGNORECASE,
)
_LINE = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e]|<(?:br|/?p|/?div|/?td|/?th|/?tr|/?li)\b", re.IGNORECASE)
_HIDES = re.compile(
    r"<[^<>\n]{1,120}>|\]\([^()\s]{0,80}\)|\[/?[a-z]{1,6}\]|&gt;|[\"'“”„‘’«»*_~`(){}\[\]=\\]|\|\|", re.IGNORECASE
)
_DAY, _MONTH = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])", r"(?:0[1-9]|1[0-2])"
_APART = r"(?:[^\w\n+]|_){1,4}"
# What the last four of a CPR number stand behind.
_COMPACT = re.compile(rf"(?<!\d)(?:{_DAY}{_MONTH}\d\d|\d\d{_MONTH}{_DAY})$")
_PARTED = re.compile(
    rf"(?<!\d)(?:(?:{_DAY}{_MONTH}|\d\d{_MONTH}{_DAY})(?:19|20)\d\d|(?:19|20)\d\d{_MONTH}{_DAY}"
    rf"|(?:{_DAY}|[1-9]){_APART}(?:{_MONTH}|[1-9]){_APART}(?:19|20)?\d\d|{_DAY}{_MONTH} {{1,2}}\d\d|(?:19"
    rf"|20)\d\d[-./]{_MONTH}[-./]{_DAY}"
    rf"|\d{{1,2}}\.?\s?(?:{MONTHS})\b\.?\s?(?:19|20)?\d\d)$",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(r"\d{4}(?![\d%])|\d\d[ .-]\d\d(?!\d)|\d(?: \d){3}(?! ?\d)|[xX*•]{4}|\d\d[xX*•]{2}|[xX]{2}\d\d")
_QUIET = re.compile(
    r"(?:[\W_]*(?:og|and|så|then|plus|minus|samt|in|on|is|er|på|the|de|by|med|af|komma|comma|efter|nr|no|space)?)*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_TIME = re.compile(r"(?:[01]\d|2[0-3])[:.][0-5]\d")
_CLOSE = r"[ .·/_~\u2010-\u2015\u2212-]"
_TIME_BEFORE = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d$")
_CODE = re.compile(r"\(\+?\d{1,4}$")
# The number of a line in a list: "1) ".
_ITEM = re.compile(r"(?:^|[\s,;(])\d{1,2}$")
_LISTED = re.compile(r"[)\]] ")
_DASHED = re.compile(r"(?:[-–—−→⇒➔>]|\s)+")
_CHAIN = re.compile(rf"\d+(?:{_CLOSE}{{1,3}}\d+){{0,7}}")
_CHAIN_BEFORE = re.compile(rf"(?:\d+{_CLOSE}{{1,3}}){{0,7}}\d+$")
_NUMBER = re.compile(r"\d+")
# Three lines and more of nothing but numbers: a column of a table.
_NUMBERS = r"(?=[^\d\n]*\d)[\d \t.,:;|/%*_>+()-]++"
_MISREAD = re.compile(r"(?=[\dOIol])(?<![^\W_])(?:\d+[OoIl][\dOoIl]*|[OoIl]\d+|\d{3,}[SB]\d*|\d+[SB]\d{2,})(?![^\W_])")
_LOOKS_LIKE = {"O": "0", "o": "0", "I": "1", "l": "1", "S": "5", "B": "8"}
_LINES_OF_COLUMN = 3
_COLUMN = re.compile(rf"^(?:{_NUMBERS}\n){{2,}}+(?:{_NUMBERS}(?![^\n]))?", re.MULTILINE)
_FOUR = 4
# Digits of a telephone number and of a CPR number.
_TOGETHER = frozenset({8, 10})
# "83 (010203-1234)" are two numbers.
_OPENS = re.compile("\\s[(\\[{\"“'«]")
_REACH = 44
_BEHIND = 24
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Gathered:
    """``seen``: the text with its numbers together. ``places``: where in it something is other."""

    seen: Plain
    places: list[int]

    def windows(self) -> list[Window]:
        """Around these places, and never through a number."""
        return merged(
            ((self._edge(one - _AROUND, -1), self._edge(one + _AROUND, 1)) for one in self.places), len(self.seen.text)
        )

    def holds(self, one: Finding) -> bool:
        """Whether a finding goes over one of these places; the others are found without them."""
        at = bisect_left(self.places, one.start)
        return at < len(self.places) and self.places[at] <= one.end

    def _edge(self, place: int, step: int) -> int:
        text = self.seen.text
        while 0 <= place < len(text) and text[place].isdigit():
            place += step
        return place


def gathered(text: str, words: Words) -> Gathered | None:
    """The text with its numbers together; None where nothing is other."""
    changes = sorted([*_gaps(text), *_words(text, words), *_misread(text)])
    if not changes:
        return None
    places: list[int] = []
    moved = done = 0
    for start, end, new in changes:
        if start >= done:
            places.append(start + moved)
            moved += len(new) - (end - start)
            done = end
    return Gathered(changed(text, changes), places)


def _words(text: str, words: Words) -> Iterator[Change]:
    for start, said_words in spoken(text, words):
        done = start
        for last, said in said_words:
            # Each digit by its word; what stands between the words goes.
            yield done, last, said
            done = last


def _misread(text: str) -> Iterator[Change]:
    """Letters that a scanner reads for digits: "41 2O 99 99"."""
    for found in _MISREAD.finditer(text):
        for at, sign in enumerate(found[0], found.start()):
            if sign in _LOOKS_LIKE:
                yield at, at + 1, _LOOKS_LIKE[sign]


def _gaps(text: str) -> Iterator[Change]:
    columns = [one for one in _COLUMN.finditer(text) if one[0].strip().count("\n") >= _LINES_OF_COLUMN - 1][::-1]
    for found in _GAP.finditer(text):
        start, end = found.span()
        while columns and columns[-1].end() <= start:
            columns.pop()
        if columns and columns[-1].start() <= start and "\n" in found[0]:
            continue
        short = text[start - 2 : start - 1].isdigit() or text[end + 1 : end + 2].isdigit()
        if not short and (end - start == 1 or "\n" in found[0]):
            # Single digits by themselves: a list, or the same sign between all of them.
            continue
        new = _instead(text, found)
        if new is not None:
            yield start, end, new


def _instead(text: str, found: re.Match[str]) -> str | None:
    """What stands for a gap; None where it stays as it is."""
    start, end = found.span()
    behind = text[end : end + _BEHIND]
    if _LAST_FOUR.match(behind):
        before = _HIDES.sub("", text[max(0, start - _REACH) : start])
        quiet = _QUIET.fullmatch(found["words"]) is not None
        is_amount = AMOUNT_BEHIND.match(behind, 4) is not None
        if _COMPACT.search(before):
            return "-"
        year = _YEAR.match(behind) is not None
        if (
            ("+" not in found[0] or behind[:4].isdigit())
            and _PARTED.search(before)
            and not (year and quiet)
            and not is_amount
            and not _TIME.match(behind)
        ):
            return "-"
    if found["words"]:
        return None
    if _LINE.search(found[0]):
        return _over_lines(text, start, end)
    if _LISTED.match(text, start) and _ITEM.search(text, max(0, start - 4), start):
        return None
    if _TIME_BEFORE.search(text, max(0, start - 6), start) or _CODE.search(text, max(0, start - 7), start):
        return None
    rest = _HIDES.sub("", found[0])
    if _OPENS.search(found[0]) and not _add_up(text, start, end, whole=True):
        return None
    if not rest.strip():
        return None if rest == found[0] and "\t" in rest else " "
    return "-" if _DASHED.fullmatch(rest) else rest if rest != found[0] else None


def _over_lines(text: str, start: int, end: int) -> str | None:
    """A blank where what stands before and behind the line's end is one number together."""
    if not _add_up(text, start, end) or (_YEAR.match(text, end) and _YEAR.fullmatch(text, start - _FOUR, start)):
        return None
    above, _, below = text[start:end].partition("\n")
    return None if ("|" in above and "|" in below) else " "


def _add_up(text: str, start: int, end: int, *, whole: bool = False) -> bool:
    """Whether the groups of digits before and behind are as many digits together as a number has. ``whole``: all those behind."""
    before, behind = _CHAIN_BEFORE.search(text[max(0, start - _BEHIND) : start]), _CHAIN.match(text, end, end + _BEHIND)
    if not before or not behind:
        return False
    left, right = accumulate(_sizes(before[0])[::-1]), tuple(accumulate(_sizes(behind[0])))
    counted = right[-1:] if whole else right
    return any(one + other in _TOGETHER for one in left for other in counted)


def _sizes(chain: str) -> list[int]:
    return [len(one) for one in _NUMBER.findall(chain)]
