"""A conversation as numbered sentences, and their words without endings: what every rule of this folder looks at."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from snowballstemmer.danish_stemmer import DanishStemmer
from snowballstemmer.english_stemmer import EnglishStemmer

from bot.notes.extract.cleaning import sentences
from bot.notes.extract.languages import language_of
from bot.notes.extract.people import People
from bot.notes.extract.wordlists import SMALL
from bot.notes.transcript import Line, Transcript

_LINK = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W_]+")
_QUESTION = re.compile(
    r"^(?:(?:men|og|så|and|but|so)\s+)?(?:hvad|hvem|hvor|hvordan|hvorfor|hvornår|hvilke[nt]?|har (?:du|i|vi|nogen)"
    r"|er (?:der|det|du|i)"
    r"|kan (?:du|i|vi|nogen|man)|skal (?:vi|du|i|jeg)|må (?:vi|jeg)|ved (?:du|i|nogen)|what|who|whom|whose|where"
    r"|when|why|how|which"
    r"|(?:do|does|did|is|are|can|could|would|should|will|shall|have|has) (?:you|we|they|i|it|he|she|there|the|anyone"
    r"|anybody|somebody))\b",
    re.IGNORECASE,
)
# A doctor is nothing that is laid: the stemmer makes one of "læger" and "lægger".
_DOCTOR = re.compile(r"læge(?:n|r|ne|rne)?s?")
_TOLD_EVERY = 500  # lines
_LONGEST_UNMARKED = 12  # words of a question without its mark


class _Stemmer(Protocol):
    def stemWord(self, word: str, /) -> str:  # noqa: N802  (the library's own name)
        """The word without its ending."""
        ...


class Stems:
    """Words without their endings, in one language; each is looked at once."""

    def __init__(self, language: str) -> None:
        self._stemmer = cast(_Stemmer, DanishStemmer() if language == "da" else EnglishStemmer())
        self._known: dict[str, str] = {}

    def of(self, word: str) -> str:
        """One folded word's."""
        found = self._known.get(word)
        if found is None:
            found = "læge" if _DOCTOR.fullmatch(word) else self._stemmer.stemWord(word)
            self._known[word] = found
        return found

    def content(self, text: str, small: frozenset[str] = SMALL) -> tuple[str, ...]:
        """Those of the words that carry meaning, in their order."""
        return tuple(self.of(word) for word in words_of(text) if word not in small)


def words_of(text: str) -> list[str]:
    """The words of a text, folded; a link is none, and ``don't`` is one."""
    bare = _LINK.sub(" ", text) if "/" in text or "www." in text else text
    return _WORD.findall(bare.casefold().replace("'", "").replace("’", ""))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``line``: the place of its message in the transcript, from 0; ``place``: its own among all sentences;
    ``words``: how many there are; ``stems``: those that carry meaning; ``asks``: it is a question; ``to``: who is
    mentioned before it."""

    line: int
    place: int
    text: str = field(repr=False)
    words: int
    stems: tuple[str, ...] = field(repr=False)
    asks: bool
    to: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Conversation:
    """A transcript that has been read. ``of_line``: the sentences of each line; ``authors``: in the order in which "
    "they came."""

    lines: Sequence[Line]
    sentences: Sequence[Sentence]
    of_line: Sequence[Sequence[Sentence]]
    authors: Sequence[str]
    language: str
    stems: Stems

    def author(self, sentence: Sentence) -> str:
        """Who said it."""
        return self.lines[sentence.line].author

    def id(self, sentence: Sentence) -> str:
        """The id of its message."""
        return self.lines[sentence.line].id

    def ids(self, said: Iterable[Sentence]) -> tuple[str, ...]:
        """The ids of their messages, each once."""
        return tuple(dict.fromkeys(self.id(one) for one in said))


def conversation(
    transcript: Transcript, otherwise: str, how_far: Callable[[float], None] | None = None
) -> Conversation:
    """The transcript, read once. ``otherwise``: the language where the text does not tell; ``how_far`` is told the share
    that is read, since reading takes most of the time."""
    language = language_of((line.text for line in transcript.lines), otherwise)
    stems = Stems(language)
    found: list[Sentence] = []
    of_line: list[Sequence[Sentence]] = []
    authors = tuple(dict.fromkeys(line.author for line in transcript.lines if line.author))
    people = People(authors)
    for place, line in enumerate(transcript.lines):
        said = [
            _sentence(place, len(found) + index, people.called(text), stems)
            for index, text in enumerate(sentences(line.text))
        ]
        found.extend(said)
        of_line.append(said)
        if how_far is not None and place % _TOLD_EVERY == _TOLD_EVERY - 1:
            how_far(place / len(transcript.lines))
    return Conversation(transcript.lines, found, of_line, authors, language, stems)


def _sentence(line: int, place: int, called: tuple[str, str], stems: Stems) -> Sentence:
    to, text = called
    words = len(words_of(text))
    asks = text.rstrip("\"”»')").endswith("?") or (words <= _LONGEST_UNMARKED and _begins_as_question(text))
    return Sentence(line, place, text, words, stems.content(text), asks, to)


def _begins_as_question(text: str) -> bool:
    return not text.endswith((".", "!", ":")) and _QUESTION.match(text) is not None
