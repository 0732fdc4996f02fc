"""A spoken sentence cut to what it says: without turns of speech, words that were begun twice, and ends that say nothing. It is
only cut, and never where it says "not" or "if"."""

import re

from bot.notes.extract.sentences import Sentence, Stems, words_of
from bot.notes.extract.wordlists import SMALL

_FEWEST_WORDS = 12  # of a sentence that is cut; a shorter one was not said at length
_LEAST_MEANING = 0.2  # the share of words that carry meaning, in a part that stays
_TURNS_OF_SPEECH = re.compile(
    r"\b(?:you know|i mean|sort of|kind of|i guess|basically|actually|obviously|i would say|i suppose|or something(?: like that)?"
    r"|or whatever|and stuff|and things like that|and so on|mr\.? (?:speaker|chair),?|ligesom|på en måde|ikke sandt|du ved"
    r"|eller noget|og sådan noget|og så videre)(?:\s*,)?(?:\s+|(?=[.!?]?$))",
    re.IGNORECASE,
)
_BEGUN_TWICE = re.compile(r"\b([b-hj-np-zæ]|[a-zæøå]{2,3}) (?=\1[a-zæøå]+)", re.IGNORECASE)
_AGAIN = re.compile(r"\b(\w{1,40})(?: \1\b)+", re.IGNORECASE)
_PARTS = re.compile(
    r"(?<=[,;:])\s+|\s+(?=(?:and|but|so|because|'cause|or|which|then|og|men|så|fordi|eller)\s)", re.IGNORECASE
)
_LINK = re.compile(r"^(?:and|but|so|because|'cause|or|then|well|og|men|så|fordi|eller)\s+", re.IGNORECASE)
_TURNS_ROUND = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|without|unless|if|except|cannot|ikke|aldrig|ingen|intet|hvis|medmindre"
    r"|uden|kun|only)\b|n't\b",
    re.IGNORECASE,
)


def trimmed(one: Sentence, stems: Stems) -> str:
    """The sentence without what says nothing; as it is where it is short."""
    if one.words < _FEWEST_WORDS:
        return one.text
    text = _BEGUN_TWICE.sub(lambda found: found[0] if _is_word(found[1]) else "", one.text)
    text = _AGAIN.sub(r"\1", " ".join(_TURNS_OF_SPEECH.sub(" ", text).split()))
    parts = _PARTS.split(text)
    while len(parts) > 1 and not _says_something(parts[0], stems):
        parts = parts[1:]
    while len(parts) > 1 and not _says_something(parts[-1], stems):
        parts = parts[:-1]
    bare = _LINK.sub("", " ".join(parts)).strip(" ,;:")
    return bare[:1].upper() + bare[1:] if words_of(bare) else one.text


def _is_word(text: str) -> bool:
    return len(text) > 1 and text.casefold() in SMALL


def _says_something(part: str, stems: Stems) -> bool:
    words = len(words_of(part))
    meaning = len(stems.content(part))
    return (meaning > 0 and meaning / words >= _LEAST_MEANING) or _TURNS_ROUND.search(part) is not None
