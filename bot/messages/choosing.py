"""Finds, among many choices, those that somebody means by the first letters typed."""

import unicodedata
from collections.abc import Sequence

from bot.messages.elements import Choice

_SPELLED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ð": "d", "ß": "ss"})


def fitting(choices: Sequence[Choice], typed: str) -> tuple[Choice, ...]:
    """The choices that have all the typed words, those that begin with them first, each group in its own order.

    Capitals and accents do not count, and a Danish letter may be typed as the keyboard at hand allows.
    """
    wanted = _plain(typed).split()
    if not wanted:
        return tuple(choices)
    whole = " ".join(wanted)
    found = [(choice, f"{_plain(choice.label)} {_plain(choice.hint)}") for choice in choices]
    held = [(choice, text) for choice, text in found if all(word in text for word in wanted)]
    held.sort(key=lambda one: (not one[1].startswith(whole), not all(_begins(one[1], word) for word in wanted)))
    return tuple(choice for choice, _ in held)


def _begins(text: str, word: str) -> bool:
    return any(one.startswith(word) for one in text.split())


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.casefold().replace("aa", "å").translate(_SPELLED))
    return "".join(letter for letter in folded if not unicodedata.combining(letter))
