"""What a question asks: its subject, what stands beside that ("when they spoke of the budget"), and whom it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.notes.extract.sentences import Conversation, words_of
from bot.notes.extract.wordlists import ASKED_WITH, SMALL

_WORD = re.compile(r"[^\W_]+(?:['’]\w+)*")
_GENITIVE = re.compile(r"['’]s?$")
_IN_BRACKETS = re.compile(r"[(\[](.*?)[)\]]")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "hon", "right", "sir", "the", "prof", "am", "hr", "fr", "fru"))
# Before somebody who said something, also in small letters: "what did the professor think".
_DID = frozenset(
    ("did", "does", "do", "has", "by", "sagde", "siger", "mente", "mener", "synes", "syntes", "foreslog", "af")
)
# Before a name of a single letter.
_OF = frozenset(("with", "and", "of", "speaker", "med", "og")) | _DID
_WHEN = frozenset(("when", "while", "during", "mens", "når"))
_WIDELY = re.compile(r"summar|discuss|talk|debat|opsumm|resum|diskut|drøft|snak|talte|talt\b", re.IGNORECASE)
_FEWEST_BEFORE = 2  # words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, read: ``core`` the stems of what it is about, of which ``subject`` are those before a "when" and ``beside``
    those after it; ``speakers``: the authors whom it names; ``generally``: it is about nothing beside what any talk has, such as
    what was decided; ``widely``: it asks for all that was said, and not for one thing."""

    core: tuple[str, ...]
    subject: tuple[str, ...]
    beside: tuple[str, ...]
    speakers: frozenset[str]
    generally: bool
    widely: bool


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    stem: str
    capital: bool
    owns: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a question that stand in somebody's name as well. ``whole``: they are all of it; ``called``: it is the
    name itself, and not what stands in brackets after it; ``exact``: with the same endings."""

    start: int
    number: int
    person: str
    whole: bool
    called: bool
    exact: bool


def asked(talk: Conversation, question: str) -> Asked:
    """Reads a question put to a conversation."""
    words = [_word(talk, found[0], first=found.start() == 0) for found in _WORD.finditer(question)]
    speakers, named = _named(talk, words)
    unnamed = [place for place in range(len(words)) if place not in named]
    core = [place for place in unnamed if words[place].folded not in ASKED_WITH]
    generally = not core
    core = core or [place for place in unnamed if words[place].folded not in SMALL]
    late = (place for place in range(_FEWEST_BEFORE, len(words) - 1) if words[place].folded in _WHEN)
    cut = next(late, len(words))
    stems = tuple(words[place].stem for place in core)
    subject = tuple(words[place].stem for place in core if place < cut)
    beside = tuple(words[place].stem for place in core if place > cut)
    return Asked(stems, subject or stems, beside, speakers, generally, _WIDELY.search(question) is not None)


def _word(talk: Conversation, written: str, *, first: bool) -> _Word:
    bare = _GENITIVE.sub("", written)
    folded = bare.casefold().replace("'", "").replace("’", "")
    capital = bare[:1].isupper() and not (first and folded in ASKED_WITH)
    return _Word(folded, talk.stems.of(folded), capital, bare != written)


def _person(author: str) -> str:
    """One who is written in two ways, "Ann Lee" and "Ann Lee (Rødovre)", is one."""
    return " ".join(_names(author)[0])


def _names(author: str) -> Sequence[Sequence[str]]:
    """The words of the name, then those of each bracket: "Ann Lee (Mayor)"."""
    bare = [word for word in words_of(_IN_BRACKETS.sub(" ", author)) if word not in _TITLES]
    return [bare or words_of(author), *(words_of(inside) for inside in _IN_BRACKETS.findall(author))]


def _named(talk: Conversation, words: Sequence[_Word]) -> tuple[frozenset[str], set[int]]:
    """The authors whom the words name, and the places of these words: the longest names first."""
    runs = sorted(_runs(talk, words), key=lambda run: (-run.number, run.start))
    people: set[str] = set()
    taken: set[int] = set()
    for run in runs:
        places = set(range(run.start, run.start + run.number))
        if places & taken or not _is_meant(words, run):
            continue
        alike = [one for one in runs if (one.start, one.number) == (run.start, run.number)]
        meant = {one.person for one in alike}
        if len(meant) > 1:
            meant = {one.person for one in alike if one.whole}
        if len(meant) == 1:
            people |= meant
            taken |= places
    return frozenset(author for author in talk.authors if _person(author) in people), taken


def _runs(talk: Conversation, words: Sequence[_Word]) -> Iterator[_Run]:
    for author in talk.authors:
        person = _person(author)
        for index, name in enumerate(_names(author)):
            stems = [talk.stems.of(word) for word in name]
            for start in range(len(words)):
                for place in range(len(stems)):
                    number = 0
                    while (
                        start + number < len(words)
                        and place + number < len(stems)
                        and words[start + number].stem == stems[place + number]
                    ):
                        number += 1
                    if number:
                        said = [word.folded for word in words[start : start + number]]
                        exact = said == list(name[place : place + number])
                        yield _Run(start, number, person, number == len(stems), index == 0, exact)


def _is_meant(words: Sequence[_Word], run: _Run) -> bool:
    """Whether the words are a name here: "the user interface" is one where it did something, "the users" are none."""
    said = words[run.start : run.start + run.number]
    before = [word.folded for word in words[max(0, run.start - 2) : run.start]]
    capitals = all(word.capital for word in said)
    if run.number == 1 and len(said[0].folded) == 1:
        return capitals and before[-1:] != [] and before[-1] in _OF
    acts = said[-1].owns or (before[-1:] != [] and before[-1] in _DID) or (before[-1:] == ["the"] and before[0] in _DID)
    if run.whole and (run.number > 1 or capitals or acts):
        return True
    return run.called and (capitals or (acts and run.exact))
