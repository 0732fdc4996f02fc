"""Invented CPR and telephone numbers spelt by a grammar: the digits, what people and programs put between them, how a digit
itself is written, and what stands around. The parts are drawn by themselves, so that nearly every case is a spelling that
no pattern was made for."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.masking_numbers import digits
from benchmarks.masking_signs import (
    BETWEEN_GROUPS,
    CPR_GAPS,
    CPR_WORDS,
    HEADS,
    LINES,
    MARKS,
    SCRIPTS,
    spoken,
    spoken_pairs,
)

_MONTHS = (
    ("januar", "jan.", "January"), ("februar", "feb.", "February"), ("marts", "mar.", "March"),
    ("april", "apr.", "April"),
    ("maj", "maj", "May"), ("juni", "jun.", "June"), ("juli", "jul.", "July"), ("august", "aug.", "August"),
    ("september", "sep.", "September"), ("oktober", "okt.", "October"), ("november", "nov.", "November"),
    ("december", "dec.", "December"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a spelling; ``secret``: what must not be readable afterwards."""

    text: str
    secret: bool = False


Spelt = tuple[str, list[Part]]
"""The spelling's name, and its pieces."""


def cpr(draw: random.Random) -> Spelt:
    """A CPR number; one in three with more than one oddity."""
    day, month, year = draw.randint(1, 28), draw.randint(1, 12), draw.randint(0, 99)
    # 1900 to 2099 behind a date would be a year to anybody.
    last = draw.choice("03456789") + digits(draw, 3)
    named, date = _date(draw, day, month, year)
    roll = draw.random()
    if roll < 0.06:
        return _words(draw, f"{day:02}{month:02}{year:02}{last}")
    if roll < 0.10:
        return "digit by digit", _joined(
            draw.choice((" ", "-", ".", " - ", "\u00a0", ",")), [*f"{day:02}{month:02}{year:02}{last}"]
        )
    if roll < 0.22 and named == "ddmmyy":
        words = draw.choice(CPR_WORDS)
        return f"words{words}", [*date, Part(words), Part(last, secret=True)]
    gap = draw.choice(CPR_GAPS) if roll < 0.8 else draw.choice(LINES)
    shown = [Part(last, secret=True)]
    if draw.random() < 0.12 and named == "ddmmyy":
        shown = draw.choice(
            (
                [Part("("), *shown, Part(")")],
                [Part("["), *shown, Part("]")],
                [Part(last[:2], secret=True), Part(draw.choice((" ", "-", "."))), Part(last[2:], secret=True)],
                [Part("xxxx")],
                [Part("XX"), Part(last[2:], secret=True)],
            )
        )
    pieces = [*date, Part(gap), *shown]
    if gap in ("", "bare"):
        pieces = [*date, *shown]
    return f"{named}|{gap!r}", _dressed(draw, pieces)


def _date(draw: random.Random, day: int, month: int, year: int) -> tuple[str, list[Part]]:
    if draw.random() < 0.5:
        extra = 60 if draw.random() < 0.05 else 0
        return "ddmmyy", [Part(f"{day + extra:02}{month:02}{year:02}", secret=True)]
    d, m, y = f"{day:02}", f"{month:02}", f"{year:02}"
    one, two = draw.choice((". ", ".", "-", "/", " ", "/", "·", "_")), draw.choice(("-", "/", ".", " "))
    word = draw.choice(_MONTHS[month - 1])
    return draw.choice(
        (
            ("dd mm yy", _joined(draw.choice((" ", ".", "-", "/", "\u00a0", " - ", "·", "\u2009", "_")), [d, m, y])),
            ("d/m-y", [Part(str(day), secret=True), Part("/"), Part(str(month), secret=True), Part(two), Part(y, secret=True)]),
            ("dd?mm?yyyy", _hidden(f"{d}{one}{m}{one.strip() or ' '}19{y}")),
            ("ddmmyyyy", [Part(f"{d}{m}19{y}", secret=True)]),
            ("yyyy-mm-dd", _joined("-", [f"19{y}", m, d])),
            ("yyyymmdd", [Part(f"19{y}{m}{d}", secret=True)]),
            ("yymmdd", [Part(f"{y}{m}{d}", secret=True)]),
            ("d. month", [Part(f"{day}", secret=True), Part(f". {word} "), Part(f"19{y}", secret=True)]),
            ("ddmm yy", [Part(f"{d}{m}", secret=True), Part(" "), Part(y, secret=True)]),
        )
    )  # fmt: skip


def phone(draw: random.Random) -> Spelt:
    """A telephone number of eight digits, grouped, marked up, spoken or broken, or a foreign one."""
    number = draw.choice("2345678") + digits(draw, 7)
    roll = draw.random()
    if roll < 0.25:
        return _foreign(draw)
    if roll < 0.31:
        return _words(draw, number)
    sizes = draw.choice(
        ((2, 2, 2, 2), (2, 2, 2, 2), (4, 4), (8,), (2, 3, 3), (3, 2, 3), (3, 3, 2), (2, 6), (2, 2, 4), (1,) * 8)
    )
    groups: list[str] = []
    at = 0
    for size in sizes:
        groups.append(number[at : at + size])
        at += size
    head = draw.choice(HEADS) if draw.random() < 0.4 else ""
    before = [Part(head)] if head else []
    if len(groups) == 2 and draw.random() < 0.25:
        line = draw.choice(LINES)
        return f"line {line!r}", [*before, Part(groups[0], secret=True), Part(line), Part(groups[1], secret=True)]
    gap = draw.choice(BETWEEN_GROUPS[len(groups) if len(groups) in BETWEEN_GROUPS else 0])
    if gap.strip() in (".", ",", "\uff0e") and sizes in ((2, 3, 3), (3, 3, 2), (3, 2, 3)):
        # So are amounts.
        gap = "-"
    if len(groups) == 4 and draw.random() < 0.12:
        broken = draw.choice((1, 2, 3))
        left, right = _joined(gap, groups[:broken]), _joined(gap, groups[broken:])
        return f"broken {sizes}{gap!r}", [*before, *left, Part(draw.choice(LINES)), *right]
    return f"{sizes} {gap!r} {head!r}", _dressed(draw, [*before, *_joined(gap, groups)])


def _foreign(draw: random.Random) -> Spelt:
    form = draw.choice(
        (
            "+46 7# ### ## ##", "+46 7#-### ## ##", "0046 7# #######", "+46(0)7#-#######", "07#-### ## ##",
            "+47 ### ## ###",
            "+47 ########", "0047 ## ## ## ##", "(+47) ########", "+49 15# ########", "+49 (0)15# #######",
            "0049-40-#######",
            "+49/40/######", "+44 7### ######", "+44 (0)20 7### ####", "020 7### ####", "07### ######",
            "0044 7#########",
            "+44-7###-###-###", "+1 (2##) ###-####", "+1-2##-###-####", "+12#########", "(2##) ###-####",
            "2##-###-####",
            "+1.2##.###.####", "001 2## ### ####", "+298 ######", "+298 ## ## ##", "00298 ######", "+299 ## ## ##",
            "+299 ######",
            "+354 ### ####", "+358 40 ### ####", "+358 (0)40-#######", "+33 6 ## ## ## ##", "06.##.##.##.##",
            "+31 6 ########",
            "06-########", "+48 ### ### ###", "+48-###-##-##-##", "+90 (5##) ### ## ##", "0090 5## #######",
            "+372 5### ####",
            "+380 ## ### ## ##", "+92 3## #######", "+963 9## ### ###", "+252 61 #######", "+7 (9##) ###-##-##",
            "+39 3## ### ####",
            "+34 6## ## ## ##", "+41 7# ### ## ##", "+32 4## ## ## ##", "tel:+4520######",
        )
    )  # fmt: skip
    return form, _hidden("".join(digits(draw, 1) if sign == "#" else sign for sign in form))


def _hidden(text: str) -> list[Part]:
    """Its digits as what must not be readable, the signs and words between them as what may be."""
    return [Part(piece, secret=piece.isdigit()) for piece in re.findall(r"&#?\w+;|%2B|\d+|[^\d&%]+", text)]


def _words(draw: random.Random, number: str) -> Spelt:
    """Spoken: every digit a word, every pair a word, or some of both."""
    english = draw.random() < 0.3
    if english or draw.random() < 0.5:
        said = spoken(number, english=english)
        gap = draw.choice((" ", " ", ", ", "-", " - ", "\n"))
        return f"digits as words {gap!r}", _joined(gap, said)
    said = spoken_pairs(number)
    if draw.random() < 0.3:
        said = [word if draw.random() < 0.5 or at < 2 else number[2 * at : 2 * at + 2] for at, word in enumerate(said)]
    gap = draw.choice((" ", " ", ", ", "-"))
    return f"pairs as words {gap!r}", _joined(gap, said)


def _joined(gap: str, groups: Sequence[str]) -> list[Part]:
    found = [Part(groups[0], secret=True)]
    for group in groups[1:]:
        found += [Part(gap), Part(group, secret=True)]
    return found


def _dressed(draw: random.Random, pieces: list[Part]) -> list[Part]:
    """The same with mark-up around a half of it, other digits, or signs of no width, now and then."""
    roll = draw.random()
    if roll < 0.18 and len(pieces) > 1:
        before, behind = draw.choice(MARKS)
        first = draw.randrange(len(pieces))
        last = draw.randrange(first, len(pieces))
        return [*pieces[:first], Part(before), *pieces[first : last + 1], Part(behind), *pieces[last + 1 :]]
    if roll < 0.28:
        script = draw.choice(SCRIPTS)
        return [Part("".join(map(script, one.text)), secret=True) if one.secret else one for one in pieces]
    if roll < 0.32:
        sign = draw.choice(("\u200b", "\u00ad", "\u2060", "\ufeff", "\u200e", "\u202c"))
        at = draw.choice([place for place, one in enumerate(pieces) if one.secret])
        return [
            Part(f"{one.text[:1]}{sign}{one.text[1:]}", one.secret) if place == at else one
            for place, one in enumerate(pieces)
        ]
    return pieces
