"""What is known of words by themselves: names of people in Denmark, places, and words that tell about the one beside them.

The lists are written by hand, as facts that public statistics and everyday life tell; ``data/`` holds them as plain text.
"""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
# So short a name says nothing by itself: "An", "Bo", "Li".
_SHORT = 2
# Small words within a name.
PARTICLES = frozenset(
    {
        *(
            "af",
            "al",
            "el",
            "bin",
            "ibn",
            "da",
            "de",
            "del",
            "della",
            "den",
            "der",
            "di",
            "dos",
            "du",
            "la",
            "le",
            "ten",
        ),
        *("ter", "van", "von", "zu", "abu"),
    }
)
_GENITIVES = ("'erne", "’erne", "'er", "’er", "'s", "’s", "s'", "s’", "'", "’", "s")
# What the words of everyday life are found with: "suppen", "klubberne" is not; "lukker", "lukkede".
_ENDS_OF_NOUNS = ("", "e", "en", "et", "er", "n", "r", "t", "ene", "erne", "rne")
# "boxes", "planned"
_HISSING = ("s", "x", "z", "ch", "sh")
_DOUBLED = re.compile("[^aeiou][aeiou][bdgklmnprt]$")
_ENDS_OF_VERBS = ("", "r", "s", "t", "de", "nde")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of words in small letters. ``usual``: of everyday life, ``infinitives``: verbs,
    ``in_phrases``: parts of English names of organisations, ``things``: on the lists of names, but hardly anybody's,
    ``nobody``: towns, organisations, brands, illnesses. ``behind_verbs``: what stands behind an imperative and hardly
    behind a name; ``acts``: what only people do."""

    first: frozenset[str]
    last: frozenset[str]
    both_ways: frozenset[str]
    places: frozenset[str]
    ordinary: frozenset[str]
    frequent: frozenset[str]
    usual: frozenset[str]
    infinitives: frozenset[str]
    in_phrases: frozenset[str]
    things: frozenset[str]
    nobody: frozenset[str]
    behind_verbs: frozenset[str]
    acts: frozenset[str]
    groups: dict[str, frozenset[str]]
    roads: dict[str, frozenset[str]]

    def is_name(self, word: str) -> bool:
        """Whether a word in small letters names people and, as far as we know, nothing else."""
        return (word in self.first or word in self.last) and self.tells(word)

    def is_ordinary(self, word: str) -> bool:
        """Whether a word in small letters is an ordinary one, be it a name as well."""
        return word in self.ordinary or word in self.both_ways

    def is_frequent(self, word: str) -> bool:
        """Whether a word in small letters is one that many sentences begin with."""
        return word in self.frequent or self.is_ordinary(word)

    def tells(self, word: str) -> bool:
        """Whether a name is no ordinary word as well."""
        return (
            len(word) > _SHORT and word not in self.both_ways and word not in self.ordinary and word not in self.places
        )


@cache
def lexicon() -> Lexicon:
    """The lists, read once: some 20 ms."""
    first = _words("first_names.txt")
    last = _words("last_names.txt")
    groups = _groups("words.txt")
    usual = _groups("usual.txt")
    world, english = _groups("world.txt"), _groups("english.txt")
    everyday_english = _english(english)
    ordinary = _words("ordinary.txt") | frozenset(word for group in groups.values() for word in group)
    named = first | last
    return Lexicon(
        first=first | frozenset(part for name in first if "-" in name for part in name.split("-")),
        last=last
        | frozenset(f"{name}sen" for name in first if not name.endswith("s"))
        | frozenset(f"{name}en" for name in first if name.endswith("s")),
        both_ways=_words("ordinary_names.txt"),
        places=_words("places.txt"),
        ordinary=ordinary,
        frequent=_words("frequent.txt"),
        usual=frozenset(
            {
                *usual["others"],
                *usual["english"],
                *everyday_english,
                *(f"{noun}{end}" for noun in usual["nouns"] for end in _ENDS_OF_NOUNS),
                *(f"{verb}{end}" for verb in usual["infinitives"] for end in _ENDS_OF_VERBS),
            }
        ),
        infinitives=usual["infinitives"],
        in_phrases=usual["english"] | (everyday_english - named),
        things=usual["things"],
        # "Jordan" and "Chelsea" are people as well.
        nobody=usual["nobody"] | (world["nobody"] - named),
        behind_verbs=usual["behind"],
        acts=usual["acts"],
        groups=groups,
        roads=_groups("roads.txt"),
    )


def _english(groups: dict[str, frozenset[str]]) -> frozenset[str]:
    """English words in all their forms."""
    found = set(groups["others"])
    for word in groups["verbs"] | groups["nouns"]:
        found |= {word, f"{word}es" if word.endswith(_HISSING) else f"{word[:-1]}ies" if _is_on_y(word) else f"{word}s"}
    for verb in groups["verbs"]:
        stem = verb.removesuffix("e")
        doubled = verb + verb[-1] if _DOUBLED.search(verb) else stem
        past = f"{verb[:-1]}i" if _is_on_y(verb) else stem
        found |= {
            f"{stem}ing",
            f"{doubled}ing",
            f"{past}ed",
            f"{doubled}ed",
            f"{past}er",
            f"{doubled}er",
            f"{past}ers",
            f"{doubled}ers",
        }
    return frozenset(found)


def _is_on_y(word: str) -> bool:
    return word.endswith("y") and word[-2] not in "aeiou"


def without_genitive(word: str) -> str:
    """``annas`` as ``anna``, ``lars'`` as ``lars``; the word itself where it has no such end."""
    if word[-1:] not in "s'’" and "'" not in word and "’" not in word:
        return word
    for ending in _GENITIVES:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            bare = word[: -len(ending)]
            return f"{bare}s" if ending in ("s'", "s’") else bare
    return word


def _lines(file: str) -> list[str]:
    return [line for line in (_DATA / file).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _words(file: str) -> frozenset[str]:
    return frozenset(word.lower() for line in _lines(file) for word in line.split())


def _groups(file: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    name = ""
    for line in _lines(file):
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = set()
        else:
            found[name].update(line.split())
    return {key: frozenset(words) for key, words in found.items()}
