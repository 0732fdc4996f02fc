"""How a question could be put better: from the citizen's life, open, and without the answer in it. Rules and word lists, no
network; a hint is an offer, and nobody has to take it.
"""

import re
from enum import StrEnum

# So many at a time: more would be a lecture.
MOST = 2
_LONGEST = 200

_WORD = re.compile(r"[^\W\d_]+")
# The rules know two languages; of others they know nothing.
_KNOWN = re.compile(r"[a-zæøå]", re.IGNORECASE)
# Beginnings and parts of words (ældreplejen, hjemmehjælpen); short ones stand alone, with an ending at most. Where a word names
# people and a service together, its later part says what it is: ældreplejen and ungdomsklubben are services, skolebørn people.
_SERVICES = (
    "tilbud ydelse indsats service forvaltning afdeling system ordning visit sagsbehandling sagsgang pleje behandling ressource"
    " effektiviser optimer forbedr budget drift implementer koordiner forløb område kapacitet compliance henvisning"
    " motiver målgruppe klub center centre centret psykiatri sygehus hospital klinik bibliotek børnehave vuggestue skole lægehus"
    " rehabiliter værested"
    " provision department delivery efficien optimi improv implement scheme programme resourc capacity referral intake"
    " clinic library school club unit"
)
_PEOPLE = (
    "ældre barn børn familie far mor forælder forældre ung unge menneske person beboer nabo hjemløs ensom liv livssituation"
    " hverdag syg pårørende senior folk pige dreng mand mænd kvinde ven venner elev studerende flygtning enlig bedsteforæld"
    " veteran sygemeld ledig dement"
    " child children famil parent people human resident neighbour homeless lonely life lives everyday someone somebody anyone"
    " nobody girl boy man woman women friend mother father student refugee carer teen"
)
# These are parts of quite other words.
_SOME = frozenset({"nogen", "ingen"})
# What services call people: a life can be asked about with these words, and so can a place in a scheme.
_AS_SERVICES_SAY = "borger bruger klient patient citizen client user"
# Somebody of whom only a first name and an age are told.
_SOMEBODY = re.compile(r"\b[A-ZÆØÅ][^\W\d_]+,?\s+(?:på|er|aged|is|who is)?\s?\d{1,3}\b")
_ANSWERS = "app platform portal hjemmeside database chatbot projekt pilotprojekt robot website dashboard hub"
_CLOSED = (
    " skal kan bør må er vil har burde kunne findes giver virker should can could is are do does did will would has have may"
    " must shall "
)
_OPEN = " hvordan hvad hvilke hvilken hvilket hvem hvor hvornår hvorfor how what which who where when why "
_ENDINGS = ("", "e", "en", "er", "et", "s", "n", "ene", "erne", "ens", "ets", "ers")
_SHORT = 3
# "Mor" with an ending, in the other language.
_NOBODY = frozenset({"more"})


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
    if words and not _KNOWN.search(question):
        return ()
    services = [word for word in words if _reach(word, _SERVICES) > _reach(word, _PEOPLE)]
    told = [word for word in words if word not in services and word not in _NOBODY]
    people = _any(told, _PEOPLE) or not _SOME.isdisjoint(told) or _SOMEBODY.search(question) is not None
    called = _any(told, _AS_SERVICES_SAY)
    found = {
        Hint.NOT_A_QUESTION: "?" not in question and not _begins(words, _OPEN),
        Hint.NO_PERSON: not people and not called and not services,
        Hint.SERVICE: bool(services) and not people,
        Hint.YES_OR_NO: _begins(words, _CLOSED),
        Hint.ANSWER_INSIDE: _any(words, _ANSWERS),
        Hint.SEVERAL: question.count("?") > 1,
        Hint.LONG: len(question) > _LONGEST,
    }
    return tuple(hint for hint in Hint if found[hint])[:MOST]


def _any(words: list[str], stems: str) -> bool:
    return any(_reach(word, stems) >= 0 for word in words)


def _reach(word: str, stems: str) -> int:
    """How far the last of these in the word goes; -1 where it has none."""
    return max(_of(word, stem) for stem in stems.split())


def _of(word: str, stem: str) -> int:
    if len(stem) <= _SHORT:
        return len(stem) if word.startswith(stem) and word[len(stem) :] in _ENDINGS else -1
    found = word.rfind(stem)
    return found + len(stem) if found not in {-1, 1} else -1


def _begins(words: list[str], known: str) -> bool:
    return bool(words) and f" {words[0]} " in known
