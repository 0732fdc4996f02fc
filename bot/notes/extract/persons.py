"""Names in the place of "I" and "you", with the verb that goes with them. English verbs agree with their subject, Danish ones do
not; where the verb after "I" is not known for certain, nothing is changed."""

import re
from collections.abc import Mapping

from bot.notes.extract.wordlists import BASE_VERBS, BETWEEN, SAME_FOR_ALL

_PIECE = re.compile(r"[\w'#-]+|[^\w\s]+|\s+")
_DANISH = re.compile(r"\b(jeg|mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
_DANISH_OWN = frozenset(("min", "mit", "mine", "din", "dit", "dine"))

# "I'm" and its like, by what follows the name.
_SHORTENED = {"'m": "is", "'re": "is", "'ve": "has", "'ll": "will", "'d": "would"}
_OWN = {"my": "i", "mine": "i", "your": "you", "yours": "you"}
_OBJECT = {"me": "i", "myself": "i", "yourself": "you"}
_AGREEING: Mapping[str, str] = {
    "am": "is", "are": "is", "have": "has", "do": "does", "don't": "doesn't", "haven't": "hasn't", "aren't": "isn't",
    "were": "was", "weren't": "wasn't",
}  # fmt: skip
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h|o)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def with_s(verb: str) -> str:
    """A verb as it goes with one person."""
    if verb in _AGREEING:
        return _AGREEING[verb]
    if _CONSONANT_Y.search(verb):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if _SIBILANT.search(verb) else f"{verb}s"


def danish_persons(text: str, speaker: str, listener: str = "") -> str:
    """Names for all that speaks of the two; without a listener what speaks of one stays."""

    def name(found: re.Match[str]) -> str:
        word = found[0].casefold()
        who = listener if word[0] == "d" else speaker
        if not who:
            return found[0]
        return _genitive(who) if word in _DANISH_OWN else who

    return _DANISH.sub(name, text)


def _genitive(name: str) -> str:
    return f"{name}'" if name[-1:].casefold() in {"s", "x", "z"} else f"{name}s"


def english_persons(text: str, speaker: str, listener: str = "") -> str:
    """Names for all that speaks of the two; empty where it is not certain how."""
    sentence = _Sentence(text, {"i": speaker, "you": listener})
    return "".join(sentence.pieces) if sentence.is_told() else ""


class _Sentence:
    """An English sentence in pieces, changed one by one."""

    def __init__(self, text: str, names: Mapping[str, str]) -> None:
        self.pieces = _PIECE.findall(text)
        self._names = names
        self._words = [place for place, piece in enumerate(self.pieces) if piece[0].isalnum() or piece[0] == "'"]

    def is_told(self) -> bool:
        """Puts the names in; False where it is not certain how."""
        return all(self._put(index) for index in range(len(self._words)))

    def _put(self, index: int) -> bool:
        place = self._words[index]
        word = self.pieces[place].casefold()
        person = _OWN.get(word) or _OBJECT.get(word) or word.split("'")[0]
        if person not in self._names:
            return True
        name = self._names[person]
        if not name:
            return False
        if word in _OWN or word in _OBJECT:
            self.pieces[place] = f"{name}'s" if word in _OWN else "themself" if word.endswith("self") else name
            return True
        if word != person:
            ending = _SHORTENED.get(word.removeprefix(person), "")
            self.pieces[place] = f"{name} {ending}"
            return bool(ending)
        self.pieces[place] = name
        return self._agrees(index)

    def _agrees(self, index: int) -> bool:
        """Makes the verb before or after the subject agree with it; False where it is not known to be one."""
        before = self.pieces[self._words[index - 1]].casefold() if index else ""
        if before in _AGREEING:
            self.pieces[self._words[index - 1]] = _AGREEING[before]
            return True
        after = next((at for at in self._words[index + 1 :] if self.pieces[at].casefold() not in BETWEEN), None)
        verb = "" if after is None else self.pieces[after].casefold()
        if before in SAME_FOR_ALL or verb in SAME_FOR_ALL or (verb.endswith("ed") and verb not in BASE_VERBS):
            return True
        if after is None or (verb not in _AGREEING and verb not in BASE_VERBS):
            return False
        self.pieces[after] = with_s(verb)
        return True
