"""Which language a conversation is in, by the small words that are in every sentence."""

import re
from collections.abc import Iterable

from bot.notes.extract.wordlists import TELL_DANISH, TELL_ENGLISH
from bot.notes.transcript import Transcript

_WORD = re.compile(r"[^\W\d_]+")
# So many words tell it; a long conversation need not be read whole for this.
_ENOUGH = 4_000


def guessed_language(transcript: Transcript, otherwise: str = "da") -> str:
    """``da`` or ``en``, whichever more of its small words are of; ``otherwise`` where they do not tell."""
    return language_of((line.text for line in transcript.lines), otherwise)


def language_of(texts: Iterable[str], otherwise: str) -> str:
    """The same for texts."""
    danish = english = 0
    for text in texts:
        for word in _WORD.findall(text[:_ENOUGH].casefold()):
            danish += (word in TELL_DANISH) + any(letter in "æøå" for letter in word)
            english += word in TELL_ENGLISH
        if danish + english > _ENOUGH:
            break
    if danish == english:
        return otherwise
    return "da" if danish > english else "en"
