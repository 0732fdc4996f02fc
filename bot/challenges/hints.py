"""How a question could be put better: from the citizen's life, open, and without the answer in it. Rules and word lists, no
network; a hint is an offer, and nobody has to take it.
"""

import re
from enum import StrEnum

# So many at a time: more would be a lecture.
MOST = 2
_LONGEST = 200

_WORD = re.compile(r"[^\W\d_]+")
# Beginnings and parts of words (ældreplejen, hjemmehjælpen); short ones stand alone, with an ending at most.
_SERVICES = (
    "tilbud ydelse indsats service forvaltning afdeling system ordning visitation sagsbehandling pleje behandling ressource"
    " effektiviser optimer forbedr budget drift implementer koordiner provision department delivery efficien optimi improv"
    " implement scheme programme resourc"
)
_PEOPLE = (
    "borger ældre barn børn familie far mor forælder forældre ung unge menneske person beboer patient nabo hjemløs ensom liv"
    " livssituation hverdag syg pårørende senior citizen child children famil parent people human resident neighbour homeless"
    " lonely life lives everyday someone somebody anyone nobody nogen ingen"
)
_ANSWERS = "app platform portal hjemmeside database chatbot projekt pilotprojekt robot website dashboard hub"
_CLOSED = (
    " skal kan bør må er vil har burde kunne findes giver virker should can could is are do does did will would has have may"
    " must shall "
)
_OPEN = " hvordan hvad hvilke hvilken hvilket hvem hvor hvornår hvorfor how what which who where when why "
_ENDINGS = ("", "e", "en", "er", "et", "s", "n", "ene", "erne", "ens", "ets", "ers")
_SHORT = 3


class Hint(StrEnum):
    """What could be better. Their order is that of their weight."""

    NOT_A_QUESTION = "not_a_question"
    NO_PERSON = "no_person"
    SERVICE = "service"
    YES_OR_NO = "yes_or_no"
    ANSWER_INSIDE = "answer_inside"
    SEVERAL = "several"
    LONG = "long"


def hints(question: str) -> tuple[Hint, ...]:
    """At most two, the weightiest first; none where the question is good."""
    words = [word.casefold() for word in _WORD.findall(question)]
    people, services = _any(words, _PEOPLE), _any(words, _SERVICES)
    found = {
        Hint.NOT_A_QUESTION: "?" not in question and not _begins(words, _OPEN),
        Hint.NO_PERSON: not people and not services,
        Hint.SERVICE: services and not people,
        Hint.YES_OR_NO: _begins(words, _CLOSED),
        Hint.ANSWER_INSIDE: _any(words, _ANSWERS),
        Hint.SEVERAL: question.count("?") > 1,
        Hint.LONG: len(question) > _LONGEST,
    }
    return tuple(hint for hint in Hint if found[hint])[:MOST]


def _any(words: list[str], stems: str) -> bool:
    """Whether one of the words is one of these, begins with it, or has it as its later part."""
    return any(_of(word, stem) for stem in stems.split() for word in words)


def _of(word: str, stem: str) -> bool:
    if len(stem) <= _SHORT:
        return word.startswith(stem) and word[len(stem) :] in _ENDINGS
    return word.startswith(stem) or stem in word[2:]


def _begins(words: list[str], known: str) -> bool:
    return bool(words) and f" {words[0]} " in known
