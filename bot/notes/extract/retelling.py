"""A sentence out of its thread: "I" becomes the one who said it where grammar makes that certain; elsewhere a name and a colon
stand before it. Nothing else of it is changed."""

import re

from bot.notes.extract.persons import danish_persons, english_persons

_DANISH_I = re.compile(r"\bjeg\b", re.IGNORECASE)
_DANISH_OTHER = re.compile(r"\b(?:mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
_DANISH_YOU = re.compile(r"\b(?:jeg|mig|min|mit|mine|du|dig|din|dit|dine)\b", re.IGNORECASE)
# What ties a sentence to the one before it, which does not stand before it elsewhere; never where it means more than that.
_TIE = re.compile(
    r"^(?:(?:(?:good|great|nice|fair) (?:idea|point|one)|god idé|godt (?:tænkt|set)|fedt|deal|super|perfekt)\s*[,!.–-]\s*"
    r"|(?:and|but)\s+(?!then\b|also\b|so\b)|so\s+(?=(?:i|we|you|he|she|it|they|there|the|a|my|our|what|who|how|when|where|why)\b)"
    r"|(?:og|men)\s+|then\s+(?=(?:let's|i|we|you|he|she|it|they|there|the|my|our)\b))(?=\w)",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"\b(?:i|me|my|mine|myself|you|your|yours|yourself)\b", re.IGNORECASE)
_ENGLISH_OTHER = re.compile(r"\b(?:me|my|mine|myself|you|your|yours|yourself)\b", re.IGNORECASE)


def told(text: str, author: str, language: str) -> str:
    """The sentence in the third person where it speaks of its author, else with the author's name before it; as it is where it
    speaks of neither."""
    if not author:
        return text
    if language == "da":
        if not _DANISH_YOU.search(text):
            return text
        if _DANISH_OTHER.search(text):
            return named(text, author)
        return danish_persons(text, author) if len(_DANISH_I.findall(text)) == 1 else named(text, author)
    if not _ENGLISH.search(text):
        return text
    if _ENGLISH_OTHER.search(text) or len(_ENGLISH.findall(text)) > 1:
        return named(text, author)
    return english_persons(text, author) or named(text, author)


def alone(text: str) -> str:
    """The sentence without what ties it to the one before."""
    bare = _TIE.sub("", text)
    return bare[:1].upper() + bare[1:]


def named(text: str, author: str) -> str:
    """``Anna: I can ask.``"""
    return f"{author}: {text}" if author else text
