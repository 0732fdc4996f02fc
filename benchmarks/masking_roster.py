"""Invented members, and their names in the spellings that people use, each in a sentence around it."""

import random
from collections.abc import Iterator
from unicodedata import normalize

from benchmarks.masking_cases import Case
from bot.privacy import Kind

ROSTER = (
    "Mette Holm",
    "Søren Aagaard",
    "Anne-Marie Kjær Jensen",
    "Ibrahim Yılmaz",
    "Lærke Brøndum",
    "Jens Christian Østergaard",
    "Fatima Al-Khatib",
    "Åse Thygesen",
    "Katarzyna Nowak",
    "Poul-Erik Bødker",
    "Hodan Warsame",
    "Zoë Løvgren",
    "Bjørn Æbelø",
    "Marie-Louise Grønkjær",
    "Abdirahman Jama",
    "Gitte Overgaard",
    "Nguyễn Thị Hoa",
    "Oksana Kovalenko",
    "Rasmus Fuglsang",
    "Tove Ditlevsen-Krogh",
    "Aage Krarup",
    "Camilla Degn",
    "Viggo Sørensen",
    "Signe Vestager",
)
_NAMED = (
    "Jeg talte med {} i går.",
    "{} tager referat.",
    "kan {} ikke gøre det?",
    "Det er {} og mig.",
    "hej {}",
    "Spørg {}, om det passer.",
    "Ifølge {} er det rigtigt",
    "{}: jeg kommer",
    "We asked {} about it.",
    "tak til {}!",
    "mødet med {} er flyttet",
    "- {} kontakter foreningen",
    "DET SAGDE {} OGSÅ",
    "(ref.: {})",
    "vi venter på {}",
)
_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_BARE = str.maketrans({"ø": "o", "å": "a", "Ø": "O", "Å": "A", "ë": "e", "ı": "i", "ễ": "e", "ị": "i"})


def spellings(name: str, draw: random.Random) -> Iterator[tuple[str, str]]:
    """What it is called, and the name so spelt."""
    parts = name.split()
    first, last = parts[0], parts[-1]
    yield "whole", name
    yield "first", first
    yield "last", last
    yield "first and last", f"{first} {last}"
    yield "small", name.lower()
    yield "small first", first.lower()
    yield "small last", last.lower()
    yield "capitals", name.upper()
    yield "genitive", f"{name}s" if name[-1] not in "sxz" else f"{name}'"
    yield "genitive of the first", f"{first}s" if first[-1] not in "sxz" else f"{first}'"
    yield "genitive with a sign", f"{first}'s"
    yield "initials", ".".join(part[0] for part in (first, last)) + "."
    yield "apart initials", ". ".join(part[0] for part in (first, last)) + "."
    yield "first and initial", f"{first} {last[0]}."
    yield "initial and last", f"{first[0]}. {last}"
    yield "two letters for one", name.translate(_PLAIN)
    yield "without signs", name.translate(_BARE)
    yield "last first", f"{last}, {first}"
    yield "last and initial", f"{last}, {first[0]}."
    yield "without dots", f"{first[0]}.{last[0]}"
    yield "small initials", f"{first[0]}.{last[0]}.".lower()
    yield "small initial and last", f"{first[0]}. {last}".lower()
    yield "over a line's end", f"{first}\n> {last}"
    yield "accents apart", normalize("NFD", name)
    yield "middle name left out", f"{first} {last}"
    yield "marked", f"*{first}* _{last}_"
    bare = name.translate(_BARE).lower().split()
    yield "handle", bare[0] + bare[-1]
    yield "short handle", bare[0][0] + bare[-1]
    yield "handle with a dot", f"{bare[0]}.{bare[-1]}"
    yield "handle with a number", f"{bare[0]}92"
    yield "mention", f"@{bare[0]}{bare[-1]}"
    if "-" in name:
        yield "hyphen left out", name.replace("-", " ")
        yield "written together", name.replace("-", "").title()
    for which, word in (("first", first), ("last", last)):
        if len(word) >= 4:
            for mistake in _mistakes(word, draw):
                yield f"misspelt {which} alone", mistake
                yield f"misspelt {which}", name.replace(word, mistake)


def _mistakes(word: str, draw: random.Random) -> Iterator[str]:
    place = draw.randrange(1, len(word))
    yield word[:place] + word[place + 1 :]
    yield word[:place] + draw.choice("aeioustrnlk") + word[place:]
    yield word[:place] + draw.choice("aeioustrnlk") + word[place + 1 :]
    if place + 1 < len(word):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def roster_cases(seed: int) -> Iterator[tuple[str, Case]]:
    """Every name in every spelling, each in a sentence of its own."""
    draw = random.Random(seed)
    for name in ROSTER:
        for called, spelt in spellings(name, draw):
            head, tail = draw.choice(_NAMED).split("{}")
            yield called, Case(f"{head}{spelt}{tail}", len(head), spelt, Kind.PERSON)
