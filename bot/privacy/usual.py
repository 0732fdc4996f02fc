"""Words that something better than a name explains, by themselves and by where they stand.

Solutions begin with an imperative ("Støt dem"), and a capital at a sentence's head says little; a word in small letters
that is in everyday use is nobody, and neither is a town or a chain of shops. A member's name stays a name all the same:
the roster is asked later.
"""

import re

import numpy as np
from numpy.typing import NDArray

from bot.privacy.features import Seen, begins_behind
from bot.privacy.knowledge import Knowledge
from bot.privacy.lexicon import without_genitive
from bot.privacy.scanning import Words

# From which likelihood on an everyday word is a name all the same: in small letters; with a capital within a sentence.
_SURE = 0.95
_UNLIKELY = 0.5
_VOWELS = frozenset("aeiouyæøå")
_SHORTEST_VERB = 3
_LONGEST_ACRONYM = 5
_SHORTEST_FORMED = 8
_FORMED = (
    *(
        "ning",
        "ninger",
        "ningen",
        "else",
        "elser",
        "elsen",
        "hed",
        "heden",
        "heder",
        "skab",
        "tion",
        "tioner",
        "tionen",
        "tions",
        "itet",
        "isme",
        "ismen",
    ),
    *(
        "ment",
        "ments",
        "ness",
        "ship",
        "ships",
        "ism",
        "ology",
        "ologi",
        "ically",
        "tively",
        "ously",
        "fully",
        "edly",
        "ently",
        "ately",
        "ingly",
        "ibility",
    ),
    *(
        "ability",
        "itis",
        "opati",
        "erende",
        "ende",
        "ere",
        "erne",
        "ene",
        "ist",
        "ister",
        "ists",
        "iker",
        "ikere",
        "graphy",
        "grafi",
        "logist",
        "eret",
    ),
)
_ORGANISED = (
    *(
        "styrelse",
        "styrelsen",
        "ministeriet",
        "ministerium",
        "forvaltning",
        "forvaltningen",
        "kommune",
        "kommunen",
        "kommuner",
        "forening",
        "foreningen",
    ),
    *(
        "fonden",
        "rådet",
        "nævnet",
        "udvalget",
        "kommissionen",
        "centret",
        "centeret",
        "center",
        "skolen",
        "højskole",
        "gymnasium",
        "universitet",
        "klubben",
    ),
    *(
        "loven",
        "reglen",
        "ordningen",
        "ydelse",
        "ydelsen",
        "pension",
        "tilskud",
        "støtte",
        "hjælpen",
        "hjælp",
        "banken",
        "partiet",
        "forbund",
        "forbundet",
    ),
    *(
        "selskabet",
        "selskab",
        "bladet",
        "avisen",
        "tidende",
        "posten",
        "sygehus",
        "sygehuset",
        "hospital",
        "hospitalet",
        "biblioteket",
        "kirken",
        "projektet",
    ),
    *(
        "teamet",
        "gruppen",
        "alliancen",
        "netværket",
        "samvirke",
        "hjemmet",
        "tilsynet",
        "direktoratet",
        "plejen",
        "tjenesten",
        "planen",
        "strategien",
        "huset",
    ),
    *(
        "committee",
        "council",
        "ministry",
        "agency",
        "association",
        "foundation",
        "university",
        "college",
        "institute",
        "hospital",
        "library",
        "society",
    ),
)
_SHORT_TITLES = frozenset({"hr", "fr", "dr", "mr", "mrs", "ms", "prof"})
# What stands within a name and is no Danish word.
_NOBLE = frozenset({"von", "van", "ibn", "bin", "abu", "del", "della", "dos", "zu", "di", "ter"})
# "Christian IV"
_ROMAN = re.compile("[IVX]+")
# What a word can be, as bits: nobody's in small letters, before or behind a name, and so on.
_SMALL, _BEGINS, _WITHIN, _BIDS, _THING, _IN_PHRASE, _NOBODY, _ACRONYM = (1 << bit for bit in range(8))
_LOUD, _CALLS, _SURNAME, _DOES, _BEHIND, _LIKE_PERSON, _COMMA, _DOT, _SHORT_TITLE, _OFFICE = (
    1 << bit for bit in range(8, 18)
)


def explained(words: Words, one: Seen, likely: NDArray[np.float32], knows: Knowledge) -> NDArray[np.bool_]:
    """For each word of the text whether it is no name, unless the roster says so."""
    signs = np.fromiter((_signs(word, knows) for word in words.kinds), np.int64, len(words.kinds))[words.ids]

    def has(sign: int, step: int = 0) -> NDArray[np.bool_]:
        """Where a word has the sign, or the word ``step`` further on."""
        found = (signs & sign) > 0
        return _moved(found, step) if step else found

    touches = np.zeros(len(words), np.bool_)
    touches[1:] = words.starts[1:] - words.ends[:-1] <= 1
    called = has(_CALLS, -1) & touches
    with_name = called | (has(_SURNAME, 1) & _moved(touches, 1)) | has(_DOES, 1)
    with_name |= has(_DOT, -1) & has(_SHORT_TITLE, -2)
    head = np.ones(len(words), np.bool_)
    head[1:] = begins_behind(one.classes[words.ids[:-1]]) & ~has(_COMMA)[:-1]
    begins = has(_BEGINS) | (has(_BIDS) & has(_BEHIND, 1)) | (has(_THING) & ~has(_LIKE_PERSON, 1))
    within = has(_WITHIN) | (has(_ACRONYM) & ~has(_LOUD, -1) & ~has(_LOUD, 1))
    phrase = has(_IN_PHRASE) & has(_IN_PHRASE, -1) & touches
    large = (head & begins) | (within & (likely < _UNLIKELY)) | phrase | has(_NOBODY)
    result: NDArray[np.bool_] = (has(_SMALL) & (likely < _SURE)) | (large & ~with_name) | (has(_OFFICE) & ~called)
    return result


def _moved(values: NDArray[np.bool_], step: int) -> NDArray[np.bool_]:
    """The value of the word so many further on, or back; nothing beyond the ends."""
    moved = np.zeros_like(values)
    if step > 0:
        moved[:-step] = values[step:]
    else:
        moved[-step:] = values[:step]
    return moved


def _signs(word: str, knows: Knowledge) -> int:
    """What is known of a word by itself."""
    if not word[0].isalpha():
        return _COMMA if word == "," else _DOT if word == "." else 0
    known, low = knows.lexicon, word.lower()
    if low in _SHORT_TITLES:
        return _CALLS | _SHORT_TITLE
    if word in _NOBLE:
        return _CALLS
    bare = without_genitive(low)
    listed = low in known.first or bare in known.first or low in known.last or bare in known.last
    everyday = not listed and (low in known.usual or bare in known.usual or knows.is_common(low) or _is_formed(low))
    bids = is_imperative(low, knows)
    if word == low:
        # "class" is no genitive of "Clas".
        everyday |= low in known.usual and low not in known.first and low not in known.last
        found = _SMALL if everyday or (bids and not listed) or low in known.things else 0
        found |= _BEHIND if low in known.behind_verbs else 0
        found |= _LIKE_PERSON if low in known.groups["says"] else 0
        return found | (_DOES if low in known.acts else 0) | (_CALLS if low in known.groups["titles"] else 0)
    office = not listed and _is_organised(low)
    nobody = low in known.nobody or bare in known.nobody or office
    found = (_NOBODY if nobody else 0) | (_OFFICE if office else 0)
    found |= _BEGINS if not listed and (bids or low in known.usual or _is_formed(low)) else 0
    found |= _WITHIN if everyday else 0
    found |= _BIDS if bids and not (low in known.first and known.tells(low)) else 0
    found |= _THING if low in known.things else 0
    found |= _IN_PHRASE if low in known.in_phrases else 0
    found |= _SURNAME | _LIKE_PERSON if low in known.last and low not in known.first and not nobody else 0
    found |= _CALLS if (low in known.first and not nobody) or low in known.groups["titles"] else 0
    if len(word) > 1 and word.isupper() and word.isalpha():
        short = len(word) <= _LONGEST_ACRONYM and not listed and not _ROMAN.fullmatch(word)
        found |= _LOUD | (_ACRONYM if short else 0)
    return found


def _is_formed(low: str) -> bool:
    """Whether a word ends as those do that name what is done or how, and as hardly a name does."""
    return len(low) >= _SHORTEST_FORMED and low.endswith(_FORMED)


def _is_organised(low: str) -> bool:
    """Whether a word ends as authorities, unions, laws and benefits do."""
    return len(low) >= _SHORTEST_FORMED and low.removesuffix("s").endswith(_ORGANISED)


def is_imperative(low: str, knows: Knowledge) -> bool:
    """Whether a word in small letters is a Danish verb's imperative: its infinitive without -e, one consonant for two."""
    if len(low) < _SHORTEST_VERB or not low.isalpha():
        return False
    infinitives = (f"{low}e", f"{low}{low[-1]}e") if low[-1] not in _VOWELS else (f"{low}e",)
    return any(one in knows.lexicon.infinitives for one in infinitives)
