"""What stands in a masked text: ``[PERSON 1]``, and the way back.

A token holds one bracket at its beginning and one at its end and none between. So no text around a token can make
another one of it, and restoring is exact for every text: what a person typed that looks like a token is masked as a
token itself.
"""

import re
from collections.abc import Iterator

from bot.privacy.domain import Finding, Key, Kind

_KINDS = "|".join(kind.value for kind in Kind)
_BLANK = "[ \\t\u00a0]{0,2}"
_TOKEN = re.compile(rf"\[{_BLANK}({_KINDS}){_BLANK}([0-9]{{1,7}}){_BLANK}([a-z]{{0,3}}){_BLANK}\]", re.IGNORECASE)
# A model may leave the brackets out, use others, write an underscore, or put the genitive inside.
_SPELT = rf"({_KINDS})[ \t\u00a0_-]{{0,2}}([0-9]{{1,7}})([a-z]{{0,3}})((?:['’]s?)?)"
_WRITTEN = re.compile(
    rf"[\[({{<][ \t\u00a0]?{_SPELT}[ \t\u00a0]?[\])}}>]((?:['’]?s(?!\w))?)|(?<![^\W_]){_SPELT}(?![^\W_])()",
    re.IGNORECASE,
)
# Without s: "[PERSON 1s]" is a genitive that a model wrote.
_LETTERS = "abcdefghijklmnopqrtuvwxyz"
_HISSING = ("s", "x", "z")


def token(kind: Kind, number: int, spelling: int) -> str:
    """``[PERSON 1]``, and ``[PERSON 1b]`` for the second way in which the same one is written. Both count from 1 and 0."""
    letters = ""
    while spelling:
        spelling, place = divmod(spelling, len(_LETTERS))
        letters = _LETTERS[place] + letters
    return f"[{kind.value.upper()} {number}{letters}]"


def typed_tokens(text: str) -> Iterator[Finding]:
    """What a person typed that restoring would take for a token."""
    return (Finding(found.start(), found.end(), Kind.TEXT) for found in _TOKEN.finditer(text))


def parts(given: str) -> tuple[Kind, int, int] | None:
    """Kind, number and spelling of a token; None where it is none."""
    found = _TOKEN.fullmatch(given)
    if not found:
        return None
    spelling = 0
    for letter in found[3].lower():
        if letter not in _LETTERS:
            return None
        spelling = spelling * len(_LETTERS) + _LETTERS.index(letter)
    return Kind(found[1].lower()), int(found[2]), spelling


def _whole(found: re.Match[str]) -> str:
    return f"[{found[1].upper()} {int(found[2])}{found[3].lower()}]"


def unmask(text: str, key: Key) -> str:
    """The text with what the tokens stand for; exact for what was masked with this key. A token that the key does not hold
    stays as it is."""
    return _TOKEN.sub(lambda found: key.get(_whole(found), found[0]), text)


def unknown_tokens(text: str, key: Key) -> int:
    """How many tokens of a text the key cannot restore."""
    return sum(_whole(found) not in key for found in _TOKEN.finditer(text))


def unmask_written(text: str, key: Key) -> str:
    """The same for a text that a model wrote: other capitals, missing or other brackets, an underscore, the genitive inside.
    Not exact for other texts: a plain "person 1" is taken for a token."""
    return _WRITTEN.sub(lambda found: _meant(found, key), text)


def _meant(found: re.Match[str], key: Key) -> str:
    kind, number, letters, within, behind = found.group(1, 2, 3, 4, 5) if found[1] else found.group(6, 7, 8, 9, 10)
    head, letters, genitive = f"[{kind.upper()} {int(number)}", letters.lower(), bool(within or behind)
    original = key.get(f"{head}{letters}]")
    if original is None and letters.endswith("s"):
        original, genitive = key.get(f"{head}{letters[:-1]}]"), True
    # A spelling that was never given out is still this person.
    original = original or key.get(f"{head}]")
    if original is None:
        return found[0]
    return _in_genitive(original) if genitive else original


def _in_genitive(name: str) -> str:
    return f"{name}'" if name.lower().endswith(_HISSING) else f"{name}s"
