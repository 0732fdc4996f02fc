"""Who is meant: the authors of a conversation by their names, and who is spoken to or named in a sentence."""

import re
from collections.abc import Mapping, Sequence

from bot.notes.extract.wordlists import SMALL
from bot.privacy.lexicon import lexicon

_SHORTEST = 2  # letters of a first name
_NAME = r"[A-ZÆØÅÉÖÄÜ][\w'-]+(?:\s+[A-ZÆØÅÉÖÄÜ][\w'-]+){0,2}"
_MENTIONED = re.compile(rf"@({_NAME}|[\w.-]+)")
_ADDRESSED = re.compile(rf"^({_NAME})\s*[,:–-]|[,]\s*({_NAME})\s*\?\s*$")
# Said to all who are there: nobody in particular.
_EVERYBODY = frozenset(("channel", "here", "everyone", "everybody", "all", "alle"))
_HEAD = re.compile(rf"^@({_NAME}|[\w.-]+)")
_APART = re.compile(r"^\s*[,:;–-]\s*|^\s+(?=[A-ZÆØÅÉÖÄÜ@])")
# How a sentence begins that does not go on from the name before it as its subject would.
_ANEW = re.compile(
    r"^\s+(?=(?:jeg|vi|du|han|hun|de|det|den|der|man|mon|hvad|hvem|hvor\w*|hvilke\w*|så|men|tak|ja|nej|jo|husk"
    r"|(?:kan|kunne|vil|ville|skal|har|er|må|ved|gider|tager|sender|ringer|skriver) (?:du|i|vi|jeg|der|det|nogen)"
    r"|tag|ring|skriv|send|bestil|find|lav|spørg|hent|køb|tjek|prøv"
    r"|we|you|it|that|there|they|this|what|who|when|where|why|how|but|please|thanks|yes|no|call|write|check|take|ask|bring|book"
    r"|(?:can|could|would|will|do|did|is|are|have|should|shall) (?:you|we|i|it|there|this|that|they|somebody|anybody))\b)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(rf"^(?:(?:og|så|men|and|so|then)\s+)?@?({_NAME})\s+(?=[a-zæøå])")


class People:
    """The authors of one conversation."""

    def __init__(self, authors: Sequence[str]) -> None:
        self._by_name = _by_name(authors)
        self.authors = authors

    def known(self, name: str) -> str:
        """The author who goes by this name, whole or the first of it; empty where there is none, or several."""
        return self._by_name.get(name.casefold().strip(), "")

    def addressed(self, text: str) -> str:
        """Who is spoken to: ``Bo, can you ...``, ``@Bo ...``, ``... , Bo?``. As the author is written, or as it was "
        "said."""
        mention = _MENTIONED.search(text)
        if mention and mention[1].casefold() not in _EVERYBODY:
            return self._longest(mention[1]) or mention[1]
        found = _ADDRESSED.search(text)
        return self.known(found[1] or found[2]) if found else ""

    def called(self, text: str) -> tuple[str, str]:
        """Who is mentioned before a sentence, and the sentence without that. A mention that is its subject stays in it."""
        to = ""
        while (found := _HEAD.match(text)) is not None:
            name = self._mentioned(found[1])
            rest = text[1 + len(name) :]
            everybody = name.casefold() in _EVERYBODY
            bare = _APART.sub("", rest, count=1) if _APART.match(rest) else _ANEW.sub("", rest, count=1)
            if everybody:
                bare = bare.lstrip()
            if not bare or bare == rest:
                break
            to = to or ("" if everybody else self.known(name) or name)
            text = f"{bare[0].upper()}{bare[1:]}"
        return to, text

    def _mentioned(self, found: str) -> str:
        """As much of what stands after an @ as is a name."""
        parts = found.split(" ")
        if parts[0].casefold() in _EVERYBODY:
            return parts[0]
        tries = (" ".join(parts[:end]) for end in range(len(parts), 0, -1))
        known = next((name for name in tries if self.known(name)), "")
        while len(parts) > 1 and parts[-1].casefold() in SMALL:
            parts.pop()
        return known or " ".join(parts)

    def subject(self, text: str) -> tuple[str, str]:
        """Who does it, where the sentence begins with a name, and what follows: ``Bo rings the hall``. A name that no author has
        counts as well, unless it is a small word that begins a sentence."""
        found = _SUBJECT.match(text)
        if found is None:
            return "", ""
        first = found[1].split()[0].casefold()
        return self._longest(found[1]) or ("" if first in SMALL else found[1]), text[found.end(1) :]

    def is_name(self, name: str) -> bool:
        """Whether it is a first name as people in Denmark have them."""
        return name.split(maxsplit=1)[0].casefold() in lexicon().first

    def _longest(self, name: str) -> str:
        """The author whose name begins it."""
        parts = name.split()
        tries = (self.known(" ".join(parts[:end])) for end in range(len(parts), 0, -1))
        return next((one for one in tries if one), "")


def _by_name(authors: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    shared: set[str] = set()
    for author in authors:
        first = author.split()[0] if author.split() else ""
        for name in {author.casefold(), first.casefold()}:
            if len(name) < _SHORTEST or name in SMALL:
                continue
            if found.setdefault(name, author) != author:
                shared.add(name)
    return {name: author for name, author in found.items() if name not in shared or author.casefold() == name}
