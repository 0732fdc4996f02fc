"""What may not stand in what somebody says of trying a note: whatever leads to a person. Pure.

The masker takes names out. Numbers and addresses are not masked but asked to be left out: a sentence for everybody needs
none. Beside what the masker knows stands a coarser look here, which rather asks once too often.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.privacy import Kind, Masker
from bot.privacy.lexicon import lexicon
from bot.words import Words

# A place: a few words of letters.
_PLACE = re.compile(r"[^\W\d_]+(?:[ .,()/’'-]+[^\W\d_]+){0,5}[.)]?")
# Seven digits and more, whatever stands between them.
_LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){6,}")
_STREET = re.compile(
    r"(?:\b(?:i|på|ved|hos|fra|til|in|at|from|near)\s+[A-ZÆØÅ][^\W\d_]{2,}\s\d{1,3}(?!\d))"
    r"|(?:[A-ZÆØÅ][^\W\d_]{3,}\s\d{1,3}\s?(?:[A-Za-z]\b(?!\s+[a-zæøå])|,\s*\d|$|[.,;!?)]\s*$))"
)
_BOX = re.compile(r"\b(?:postboks|postbox|po box|p\.o\. box)\s*\d", re.IGNORECASE)
_MAIL = re.compile(
    r"[\w.]+\s?(?:@|\(at\)|\[at\]|\bat\b|\bsnabel-?a\b)\s?[\w-]+\s?(?:\.|\bdot\b|\bpunktum\b)\s?[a-z]{2,}",
    re.IGNORECASE,
)


def marks_in(text: str, masker: Masker) -> Sequence[Kind]:
    """Kinds of what leads to somebody in it, but for names; in a steady order."""
    plain = bare(text)
    found = {one.kind for one in masker.find(plain)} - {Kind.PERSON}
    found |= {Kind.ADDRESS} if _STREET.search(plain) or _BOX.search(plain) else set()
    found |= {Kind.EMAIL} if _MAIL.search(plain) else set()
    if _LONG_NUMBER.search(plain) and not found & _OF_DIGITS:
        found.add(Kind.NUMBER)
    return [kind for kind in Kind if kind in found]


def is_place(text: str, masker: Masker) -> bool:
    """Whether it reads as a town or a municipality: a few words, no digits, nobody's name. Some surnames are towns."""
    if not _PLACE.fullmatch(text) or marks_in(text, masker):
        return False
    known = lexicon()
    for one in masker.find(text):
        word = text[one.start : one.end].casefold()
        named = " " in word or ((one.member is not None or word in known.first) and word not in known.places)
        if one.sure and named:
            return False
    return True


def bare(text: str) -> str:
    """The text without letters that have no width, digits of any script as ours."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in normal if unicodedata.category(letter) != "Cf")


def named_marks(kinds: Sequence[Kind], words: Words) -> str:
    """``a phone number and an address``"""
    said = {
        Kind.CPR: words.say("a CPR number"),
        Kind.PHONE: words.say("a phone number"),
        Kind.EMAIL: words.say("an e-mail address"),
        Kind.ADDRESS: words.say("an address"),
        Kind.ACCOUNT: words.say("an account number"),
        Kind.CVR: words.say("a company number"),
        Kind.PLATE: words.say("a number plate"),
        Kind.BIRTH: words.say("a date of birth"),
        Kind.LINK: words.say("a link to somebody"),
        Kind.HANDLE: words.say("a user name"),
    }
    return words.all_of([said.get(kind, words.say("a long number")) for kind in kinds])


_OF_DIGITS = frozenset({Kind.CPR, Kind.PHONE, Kind.ACCOUNT, Kind.CVR, Kind.NUMBER, Kind.BIRTH})
