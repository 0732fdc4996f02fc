"""What two people say to each other, as a third one tells it: who asks whom for what, and who says what."""

import re

from bot.notes.extract.persons import danish_persons, english_persons, with_s
from bot.notes.extract.retelling import named

_ENGLISH_ASKED = re.compile(
    r"^(?:(?:and|so|but|then|excuse me|please|sorry|\w+)\s*,\s+)?(?P<how>(?:what|where|when|why|how|who|which)(?:\s\w+){0,3}?\s)?"
    r"(?P<verb>can|could|will|would|should|may|must|do|did|are|am|have|were|was)\s(?P<who>i|you)\s(?P<rest>[^?]+)\?$",
    re.IGNORECASE,
)
_REQUESTS = frozenset(("can", "could", "will", "would"))
_AUXILIARY = {"are": "is", "am": "is", "have": "has", "were": "was"}
_PLEASE = re.compile(r",?\s*\bplease\b,?", re.IGNORECASE)
_WISH = re.compile(r"^(?:please\s|have\b|be\b|like\b|mind\b|prefer\b)", re.IGNORECASE)
_DANISH_ASKED = re.compile(
    r"^(?:(?:og|så|men|undskyld|\w+)\s*,\s+)?(?P<verb>kan|kunne|vil|må|skal|har|er)\s(?P<who>jeg|du)\s(?P<rest>[^?]+)\?$",
    re.IGNORECASE,
)
_DANISH_REQUESTS = frozenset(("kan", "kunne", "vil"))


def reported(text: str, speaker: str, listener: str, language: str, *, asks: bool) -> str:
    """The sentence told by somebody else; with the speaker's name and a colon where it is not certain how."""
    if language == "da":
        return _danish(text, speaker, listener, asks=asks)
    return _english(text, speaker, listener, asks=asks)


def _english(text: str, speaker: str, listener: str, *, asks: bool) -> str:
    found = _ENGLISH_ASKED.match(text) if asks else None
    told = "" if found is None else _english_asked(found, speaker, listener)
    if told:
        return told
    plain = english_persons(text, speaker, listener)
    if asks:
        return f"{speaker} asks: {plain or text}"
    return plain if speaker in plain else named(plain or text, speaker)


def _english_asked(found: re.Match[str], speaker: str, listener: str) -> str:
    verb, how = found["verb"].casefold(), (found["how"] or "").casefold()
    rest = english_persons(found["rest"], speaker, listener)
    # "Did you win" would have to become "won".
    if not rest or verb == "did":
        return ""
    who = speaker if found["who"].casefold() == "i" else listener
    if verb in _REQUESTS and who == listener and not how and not _WISH.match(rest):
        return f"{speaker} asks {listener} to {_PLEASE.sub('', rest).strip()}."
    link = how or "whether "
    if verb == "do":
        first, _, more = rest.partition(" ")
        return f"{speaker} asks {listener} {link}{who} {with_s(first)} {more}".rstrip() + "."
    return f"{speaker} asks {listener} {link}{who} {_AUXILIARY.get(verb, verb)} {rest}."


def _danish(text: str, speaker: str, listener: str, *, asks: bool) -> str:
    found = _DANISH_ASKED.match(text) if asks else None
    if found is not None:
        verb, rest = found["verb"].casefold(), danish_persons(found["rest"], speaker, listener)
        who = speaker if found["who"].casefold() == "jeg" else listener
        if verb in _DANISH_REQUESTS and who == listener:
            return f"{speaker} beder {listener} om at {rest}."
        return f"{speaker} spørger, om {who} {verb} {rest}."
    plain = danish_persons(text, speaker, listener)
    if asks:
        return f"{speaker} spørger: {plain}"
    return plain if speaker in plain else named(plain, speaker)
