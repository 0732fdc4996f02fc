"""A text as people see it: without letters that have no width, with mark-up as signs and not as letters, and with what
machines write for a sign (``&nbsp;``, ``%40``, ``\\u00f8``) as that sign.

Word processors break words by soft hyphens, chats write italics as ``_23456789_``, phones write digits of full width. To
a reader none of it belongs to the number; to a pattern all of it would hide it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from itertools import chain
from unicodedata import category, decimal, digit, normalize
from urllib.parse import unquote

import numpy as np
from numpy.typing import NDArray

from bot.privacy.domain import Finding

_NO_WIDTH = (
    "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
_INVISIBLE = re.compile(f"[{_NO_WIDTH}]")
_HIDDEN = re.compile(f"[{_NO_WIDTH}]+")
# A letter or digit with accents that stand behind it.
_ACCENTED = re.compile(r"\w[\u0300-\u036f\u0483-\u0489]+")
_ACCENT = re.compile(r"[\u0300-\u036f\u0483-\u0489]")
_ENTITY = re.compile(r"&(?:#\d{2,7}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8}\d{0,2});", re.ASCII)
# "100%20304050" is a share and a number.
_ESCAPED = re.compile(
    r"%(?:25)*(?:20(?:(?!\d{6})|(?:(?<=\D\d\d%20)|(?<=^\d\d%20)))|2[BDEF]|3A|40|C3%(?:25)*[89AB][\dA-F])",
    re.IGNORECASE | re.ASCII,
)
# The same in e-mails as they are sent; a blank only between two digits, and a line's end that is none.
_QUOTED = re.compile(
    r"=(?:2[DEB]|40|C3=[89AB][\dA-F]|C2=A0|E2=80=[89AB][\dA-F]|(?<=[0-9]=)20(?=[0-9])|(?<=\w=)[ \t]*\r?\n(?=\w))",
    re.IGNORECASE,
)
_INLINE = r"(?:a|abbr|b|big|code|del|em|font|i|ins|kbd|mark|s|small|span|strike|strong|sub|sup|tt|u|wbr)"
# Only where it holds nothing but its name: in an attribute may stand an address.
_TAG = re.compile(rf"</?{_INLINE}\s?/?>|<!--\W*\w?\W{{0,3}}-->", re.IGNORECASE)
# "\u00f8" and "\n" as programs write them, "\-" as mark-down does.
_SLASHED = re.compile(
    r"\\(?:u(?!d[89a-f])(?P<code>[0-9a-fA-F]{4})|[nrt](?=[\dA-ZÆØÅ+(\\])|(?<=\d\\)[nrt](?![^\W\d_])"
    r"|(?<=\d\\) (?=\d)|[-+.*_#()@~`](?!\\))"
)
_LETTERS_OF_SLASHES = {"n": "\n", "r": "\n", "t": "\t"}
_LINES = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
# Italics; within a word ("anna_holm"), beside @ and in fours ("010190-____") it belongs to what is written.
_ITALICS = re.compile(r"(?<![\w@])_{1,3}(?!_)|(?<!_)_{1,3}(?![\w@])")
_MARKS = re.compile(r"\*(?:(?<![\w*-]\*)\*{0,2}(?=\w)|(?:(?<=[^\W\d_]\*)|(?<=[:.]\*))\*{0,2}(?![\w*]))|[`~]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_SEVERAL_RAISED = re.compile(rf"[{_RAISED}](?:[^\w\n]{{0,5}}[{_RAISED}])+")
_AS_DIGITS = str.maketrans(_RAISED, "01234567890123456789")
_OTHER_SIGNS = {"ー": "-", "。": ".", "｡": ".", "、": ","}
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212"
_MIDDLE_DOTS = "\u2022\u2219\u2027\u30fb\u22c5\u25cf\u00a6"

Change = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Plain:
    """``text``: what is seen. ``starts`` and ``ends``: where in the written text each of its letters begins and ends, where
    it is not the same place."""

    text: str
    starts: NDArray[np.int64] | None = None
    ends: NDArray[np.int64] | None = None

    def written(self, one: Finding) -> Finding:
        """The same finding in the text as it was written; what has no width within it belongs to it."""
        if self.starts is None or self.ends is None:
            return one
        start, end = int(self.starts[one.start]), int(self.ends[one.end - 1])
        return Finding(start, end, one.kind, one.sure, one.member)


def plain(text: str) -> Plain:
    """The text that is looked at. Its own tokens stand in it as they are written."""
    if not text.isascii():
        text = _as_usual(text)
    changes = sorted(chain(*_changes(text)))
    seen = changed(text, changes) if changes else Plain(text)
    text = seen.text
    if changes and not text.isascii():
        text = _as_usual(text)
    return Plain(_ITALICS.sub(_as_stars, text) if "_" in text else text, seen.starts, seen.ends)


def visible(text: str) -> str:
    """The text without what has no width."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def without_marks(text: str) -> str:
    """As long as the text, with blanks for the signs of bold and code around words: "tlf: *4512*"; one kind of dash
    and of middle dot."""
    if not text.isascii():
        for sign in _DASHES:
            text = text.replace(sign, "-")
        for sign in _MIDDLE_DOTS:
            text = text.replace(sign, "·")
    return _MARKS.sub(_as_blanks, text)


def _changes(text: str) -> Iterator[Iterator[Change]]:
    """What is seen in other lengths than it is written in; each sort only where its sign stands."""
    if "&" in text:
        entities = ((one.start(), one.end(), _without_width(unescape(one[0]))) for one in _ENTITY.finditer(text))
        # One that means several signs stays: each place in what is seen is of one sign.
        yield (one for one in entities if len(one[2]) <= 1)
    if "%" in text:
        yield ((one.start(), one.end(), unquote(one[0].replace("25", ""))) for one in _ESCAPED.finditer(text))
    if "=" in text:
        yield ((one.start(), one.end(), _unquoted(one[0])) for one in _QUOTED.finditer(text))
    if "\\" in text:
        yield ((one.start(), one.end(), _unslashed(one)) for one in _SLASHED.finditer(text))
    if "<" in text:
        yield ((one.start(), one.end(), "") for one in _TAG.finditer(text))
    if not text.isascii():
        # Most texts hold none of these.
        if _INVISIBLE.search(text):
            yield ((one.start(), one.end(), _between(one, text)) for one in _HIDDEN.finditer(text))
        if _ACCENT.search(text):
            yield ((one.start(), one.end(), _composed(one[0])) for one in _ACCENTED.finditer(text))


def changed(text: str, changes: list[Change]) -> Plain:
    """The text with other letters; of changes that overlap the first counts."""
    pieces: list[str] = []
    starts: list[NDArray[np.int64]] = []
    ends: list[NDArray[np.int64]] = []
    done = 0
    whole = np.arange(len(text) + 1, dtype=np.int64)
    for start, end, new in changes:
        if start < done:
            continue
        pieces += [text[done:start], new]
        starts += [whole[done:start], np.full(len(new), start, np.int64)]
        ends += [whole[done + 1 : start + 1], np.full(len(new), end, np.int64)]
        done = end
    pieces.append(text[done:])
    starts.append(whole[done:-1])
    ends.append(whole[done + 1 :])
    return Plain("".join(pieces), np.concatenate(starts), np.concatenate(ends))


def _as_usual(text: str) -> str:
    """As long as the text, with the usual letters, digits and blanks for those of other widths and scripts."""
    for letter in set(text):
        if letter > "\x7f":
            usual = _usual(letter)
            if usual != letter:
                text = text.replace(letter, usual)
    return _SEVERAL_RAISED.sub(lambda one: one[0].translate(_AS_DIGITS), text)


@cache
def _usual(letter: str) -> str:
    if letter in _LINES:
        return "\n"
    sort = category(letter)
    if sort == "Cs":
        return "\ufffd"
    if sort == "Nd":
        return str(decimal(letter))
    if sort == "Zs":
        return " "
    if sort == "No":
        # "m²" is no two; several of them are (see below).
        value = digit(letter, None)
        return letter if value is None or letter in _RAISED else str(value)
    usual = _OTHER_SIGNS.get(letter) or normalize("NFKC", letter)
    return usual if len(usual) == 1 else letter


def _without_width(text: str) -> str:
    return _INVISIBLE.sub("", text)


def _between(one: re.Match[str], text: str) -> str:
    """A blank between a letter and a digit, which it divides: "ring<zero width>23456789"; else nothing."""
    before, after = text[one.start() - 1 : one.start()], text[one.end() : one.end() + 1]
    divides = (before.isalpha() and after.isdecimal()) or (before.isdecimal() and after.isalpha())
    return " " if divides else ""


def _composed(letters: str) -> str:
    """The letter with its accents as one; accents that it cannot have are left out."""
    return _ACCENT.sub("", normalize("NFC", letters))


def _unquoted(written: str) -> str:
    return "" if written[1:].isspace() else unquote(written.replace("=", "%"))


def _unslashed(found: re.Match[str]) -> str:
    if found["code"]:
        return _without_width(chr(int(found["code"], 16)))
    sign = found[0][1]
    return _LETTERS_OF_SLASHES.get(sign, sign)


def _as_stars(found: re.Match[str]) -> str:
    return "*" * len(found[0])


def _as_blanks(found: re.Match[str]) -> str:
    return " " * len(found[0])
