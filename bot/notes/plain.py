"""What a model wrote, as one line of plain text: no mark-up, no mention, no address of a page, no sign that cannot be seen."""

import html
import re
import unicodedata
from collections.abc import Collection

from bot.privacy import Kind

_KINDS = "|".join(kind.value.upper() for kind in Kind)
# A token of masking, as models write it: with its brackets, or in capitals. What it stands for, its number, and a spelling.
TOKEN = re.compile(rf"\[\s*((?i:{_KINDS}))\s+(\d{{1,7}})[a-z]{{0,3}}\s*\]|\b({_KINDS})\s(\d{{1,7}})[a-z]{{0,3}}\b")
_TAG = re.compile(r"<[/!?@#A-Za-z][^<>]{0,500}>")
_OPENED = re.compile(r"<(?=[/!?@#A-Za-z])")
_MARKED_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\((?:[^()]|\([^()]{0,100}\)){0,500}\)")
_LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\b(?:javascript|data|mailto|tel):)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:.]+(?:\.[^\s@<>(),;:.]+)+")
_MENTION = re.compile(r"(?<!\w)@+(?=\w)")
_CALL = re.compile(r"<[@!#&][^<>]{0,60}>")
_EMPHASIS = re.compile(r"[*`~|]+|(?<!\w)_+|_+(?!\w)")
_LEADING = re.compile(r"^(?:#{1,6}\s+|>\s*|[-•–·]\s+)+")


def plain(text: str, longest: int, links: Collection[str] = ()) -> str:
    """One line of at most so many characters, cut between words. Only these ``links`` stay in it."""
    said, before = text, None
    # What is taken out may leave something of the same kind behind: it ends, since each turn leaves less.
    while said != before:
        before, said = said, _plainer(said, links)
    return short(said, longest)


def _plainer(text: str, links: Collection[str]) -> str:
    said = _OPENED.sub("", _TAG.sub("", html.unescape(text)))
    said = _LINK.sub(lambda link: link[0] if _address(link[0]) in links else "", _MARKED_LINK.sub(_inside, said))
    said = _MENTION.sub("", _MAIL.sub("", said))
    said = "".join(" " if char in "\r\n\t" else "" if unicodedata.category(char)[0] == "C" else char for char in said)
    return _LEADING.sub("", " ".join(_EMPHASIS.sub("", said).split())).strip()


def _address(link: str) -> str:
    """Without the sentence's own signs."""
    return link.rstrip(".,;:!?)")


def unmentioned(text: str) -> str:
    """Nobody is called by it: what was masked as somebody's handle comes back as a word."""
    return _MENTION.sub("", _CALL.sub("", text))


def short(text: str, longest: int) -> str:
    """Cut between words, with dots, where it is longer."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"


def links_of(text: str) -> set[str]:
    """The addresses in a text, as :func:`plain` compares them."""
    return {_address(link[0]) for link in _LINK.finditer(text)}


def tokens_of(text: str) -> set[tuple[str, int]]:
    """Which tokens of masking it names: what they stand for, and their numbers; whatever their spelling."""
    return {((kind or bare).upper(), int(number or own)) for kind, number, bare, own in TOKEN.findall(text)}


def _inside(link: "re.Match[str]") -> str:
    """The words of a link; a token of masking keeps its brackets."""
    return f"[{link[1]}]" if TOKEN.fullmatch(f"[{link[1]}]") else link[1]
