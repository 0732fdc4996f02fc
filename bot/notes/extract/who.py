"""What answers a question for a person: somebody's name, an offer, or "I" and "we" with what was asked about."""

import re

from bot.notes.extract.people import People
from bot.notes.extract.sentences import Sentence
from bot.notes.extract.wordlists import SMALL

_OFFERED = re.compile(
    r"^(?:det (?:gør|kan|vil|tager|skal|har|ordner|klarer|plejer) (?:jeg|vi|han|hun|de)\b"
    r"|(?:jeg|vi) (?:kan|gør|vil gerne|skal nok|melder|tager (?:den|det|dem))\b"
    r"|(?:mig|os|me|us|jeg|vi)(?:$|[.!,])"
    r"|(?:i|we) (?:do|can|will|am|are|have|did)(?:$|[.!,])|(?:i|we)(?:'ll| can| will|'d| would)\b"
    r"|(?:det (?:er|bliver|var)|that's|that is|that would be|it's|it is|it was) (?:mig|os|ham|hende|jer|me|us|him|her|you|mine"
    r"|(?-i:[A-ZÆØÅ])[\w'-]+)\b"
    r"|(?:he|she|han|hun)\b"
    r"|(?:det (?:er|gør) )?(?:the )?\w{0,20}(?:kommunen|regionen|foreningen|skolen|fonden|klubben|lederen|chefen|pedellen"
    r"|naboerne|frivillige|forældrene|municipality|council|association|school|foundation|volunteers|parents)[.!]?$)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"\b(?:ikke|aldrig|enige?|også|godt (?:lide|se|forstå|høre)|not|never|agree|see|understand|imagine|\w+n't)\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:jeg|vi|we)\b|\bI\b", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"[A-ZÆØÅ][\w'-]+(?: [A-ZÆØÅ][\w'-]+){1,2}[.!]?")
_CAPITAL = re.compile(r"(?<![\w@])@?([A-ZÆØÅÉÖÄÜ][\w'-]+)")
_SPOKEN_TO = re.compile(r"^\W*(?:[\w'-]+\s+)?$")


def answers_who(question: Sentence, one: Sentence, people: People) -> bool:
    """Whether it may be an answer; that somebody agrees, or sees the same, is none."""
    if _names(question, one, people):
        return True
    if _WITHDRAWN.search(one.text):
        return False
    if _OFFERED.match(one.text) or _WHOLE_NAME.fullmatch(one.text):
        return True
    return _SPEAKER.search(one.text) is not None and not set(question.stems).isdisjoint(one.stems)


def _names(question: Sentence, one: Sentence, people: People) -> bool:
    """Somebody who is not in the question, and not only spoken to."""
    asked = question.text.casefold()
    return any(
        word.casefold() not in SMALL
        and word.casefold() not in asked
        and (people.known(word) or people.is_name(word))
        and not _is_spoken_to(one.text, found)
        for found in _CAPITAL.finditer(one.text)
        for word in (found[1],)
    )


def _is_spoken_to(text: str, name: re.Match[str]) -> bool:
    """``Bo, that is dear.``, ``Thanks, Bo.``"""
    before, after = text[: name.start()].rstrip(), text[name.end() :].strip(" .!")
    return (_SPOKEN_TO.match(before) is not None and after.startswith(",")) or (before.endswith(",") and not after)
