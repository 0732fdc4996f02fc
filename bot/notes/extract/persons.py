"""Names in the place of "I" and "you", with the verb that goes with them. English verbs agree with their subject, Danish ones do
not; where the verb after "I" is not known for certain, nothing is changed."""

import re
from collections.abc import Mapping

from bot.notes.extract.wordlists import BASE_VERBS, BEFORE_OBJECT, BETWEEN, SAME_FOR_ALL

_PIECE = re.compile(r"[\w'#-]+|[^\w\s]+|\s+")
_DANISH = re.compile(r"\b(jeg|mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
_DANISH_OWN = frozenset(("min", "mit", "mine", "din", "dit", "dine"))
_DANISH_SUBJECTS = frozenset(("jeg", "du"))
# What the one who does it owns in the same clause: "Anna henter sin søn".
_REFLEXIVE = {
    "mig": "sig",
    "dig": "sig",
    "min": "sin",
    "mit": "sit",
    "mine": "sine",
    "din": "sin",
    "dit": "sit",
    "dine": "sine",
}
_SOMEBODY_ELSE = re.compile(
    r"[.;:!?–]|'s\b|\b(?:thinks|believes|hopes|knows|guesses|feels|says|said|tror|mener|håber|synes|ved|siger|sagde|he|she|it|they|we|there|that|who|which|because|if|when|while|so"
    r"|han|hun|det|den|de|vi|der|som|at|fordi|hvis|når|da|mens|så)\b",
    re.IGNORECASE,
)
# Where a clause with another subject may begin.
_ANOTHER_CLAUSE = re.compile(
    r"[.,;:!?–]|\bat (?!\w+[eåt]\b|se\b)|\b(?:og|men|som|der|hvis|når|da|fordi|så|end|om|mens|inden|før|hvor|hvad|hvem|eller"
    r"|han|hun|det|den|de|vi)\b|\b(?:er|var|tror|ved|siger|synes|mener|håber|tænker)\s+$",
    re.IGNORECASE,
)


# "I'm" and its like, by what follows the name.
_SHORTENED = {"'m": "is", "'re": "is", "'ve": "has", "'ll": "will", "'d": "would"}
_OWN = {"my": "i", "mine": "i", "your": "you", "yours": "you"}
_OBJECT = {"me": "i", "myself": "i", "yourself": "you"}
_AGREEING: Mapping[str, str] = {
    "am": "is", "are": "is", "have": "has", "do": "does", "don't": "doesn't", "haven't": "hasn't", "aren't": "isn't",
    "were": "was", "weren't": "wasn't",
}  # fmt: skip
_HAVE_NOT = re.compile(r"\b(?:and|but|or) (haven't|don't|aren't)\b", re.IGNORECASE)
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

    # Who did something last in the sentence, and up to where that was told.
    doing: tuple[str, int] = ("", 0)

    def name(found: re.Match[str]) -> str:
        nonlocal doing
        word = found[0].casefold()
        who = listener if word[0] == "d" else speaker
        if not who:
            return found[0]
        if word in _DANISH_SUBJECTS:
            doing = (who, found.end())
            return who
        if doing[0] == who and not _ANOTHER_CLAUSE.search(text[doing[1] : found.start()]):
            return _REFLEXIVE[word]
        return _genitive(who) if word in _DANISH_OWN else who

    return _named_once(_DANISH.sub(name, text), speaker)


def _genitive(name: str) -> str:
    return f"{name}'" if name[-1:].casefold() in {"s", "x", "z"} else f"{name}s"


def english_persons(text: str, speaker: str, listener: str = "") -> str:
    """Names for all that speaks of the two; empty where it is not certain how."""
    sentence = _Sentence(text, {"i": speaker, "you": listener})
    return _denied(_named_once("".join(sentence.pieces), speaker), speaker) if sentence.is_told() else ""


def _named_once(text: str, name: str) -> str:
    """``Ann got a job and is moving`` where it was "and I'm moving", unless somebody else does something in between."""
    if not name or not text.startswith(f"{name} "):
        return text
    again = re.search(rf"\b(?:and|but|og|men) {re.escape(name)} (?=[a-zæøå])", text)
    if again is None or _SOMEBODY_ELSE.search(text[len(name) : again.start()]):
        return text
    return text[: again.end() - len(name) - 1] + text[again.end() :]


def _denied(text: str, name: str) -> str:
    """``Ann has asked but hasn't heard`` where it was "but haven't"."""
    again = _HAVE_NOT.search(text)
    if again is None or not text.startswith(f"{name} ") or _SOMEBODY_ELSE.search(text[len(name) : again.start()]):
        return text
    return f"{text[: again.start(1)]}{_AGREEING[again[1].casefold()]}{text[again.end() :]}"


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
        if self._is_object(index, before):
            return True
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

    def _is_object(self, index: int, before: str) -> bool:
        """Whether something is done to "you", and not by them: "before I can lend you anything"."""
        if before not in BEFORE_OBJECT:
            return False
        after = self._words[index + 1 : index + 2]
        verb = self.pieces[after[0]].casefold() if after else ""
        return verb not in _AGREEING and verb not in SAME_FOR_ALL
