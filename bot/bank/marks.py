"""What may not stand in what somebody says of trying a note: whatever leads to a person. Pure.

The masker takes names out. Numbers and addresses are not masked but asked to be left out: a sentence for everybody needs
none, and so the masker is asked to be strict, which rather asks once too often.
"""

import re
from collections.abc import Sequence

from bot.privacy import Kind, Masker
from bot.privacy.lexicon import lexicon
from bot.words import Words

_WORD = re.compile(r"[^\W\d_]+")
# A place: a few words of letters.
_PLACE = re.compile(r"[^\W\d_]+(?:[ .,()/’'-]+[^\W\d_]+){0,5}[.)]?")
# Roads and homes: few people are there, so that naming one leads to them.
_NARROW = re.compile(
    r"\w+(?:vej(?:en)?|gaden?|all[ée]|stræde|brynet|vænget|toften|skrænten|svinget|krogen|stien|vangen|haven|marken)|.*boulevard"
    r"|(?:pleje|ældre|børne?|krise|senior|bo|forsorgs|opholds)(?:hjem|cent|fælles|sted|tilbud|have).*|vuggestue.*|herberg.*|hospice"
    r"|street|road|lane|avenue|nursing|shelter",
    re.IGNORECASE,
)


def marks_in(text: str, masker: Masker) -> Sequence[Kind]:
    """Kinds of what leads to somebody in it, but for names; in a steady order."""
    found = {one.kind for one in masker.find(text, strict=True)}
    return [kind for kind in Kind if kind in found and kind is not Kind.PERSON]


def is_place(text: str, masker: Masker) -> bool:
    """Whether it reads as a town or a municipality: a few words, no digits, nobody's name. Some surnames are towns."""
    if not _PLACE.fullmatch(text) or marks_in(text, masker):
        return False
    known = lexicon()
    if any(_NARROW.fullmatch(word) and word.casefold() not in known.places for word in _WORD.findall(text)):
        return False
    for one in masker.find(text):
        word = text[one.start : one.end].casefold()
        named = " " in word or ((one.member is not None or word in known.first) and word not in known.places)
        if one.sure and named:
            return False
    return True


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
