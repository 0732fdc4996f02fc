"""What a model wrote, as one line of plain text: no mark-up, no mention, no address of a page, no sign that cannot be seen."""

import html
import re
import unicodedata
from collections.abc import Collection

# A token of masking, as models write it: with its brackets, or in capitals. What it stands for, and its number.
TOKEN = re.compile(r"\[\s*([A-Za-z]{3,12})\s+(\d{1,5}[a-z]{0,2})\s*\]|\b([A-Z]{3,12})\s(\d{1,5}[a-z]{0,2})\b")
_TAG = re.compile(r"<[^<>]{0,500}>")
_OPENED = re.compile(r"<(?=[/!?@#A-Za-z])")
_MARKED_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()]{0,500}\)")
_LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,20}://|\bwww\.|\b(?:javascript|data|mailto|tel):)\S+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:.]+(?:\.[^\s@<>(),;:.]+)+")
_MENTION = re.compile(r"(?<!\w)@+(?=\w)")
_EMPHASIS = re.compile(r"[*`~|]+|(?<!\w)_+|_+(?!\w)")
_LEADING = re.compile(r"^(?:#{1,6}\s+|>\s*|[-•–·]\s+)+")


def plain(text: str, longest: int, links: Collection[str] = ()) -> str:
    """One line of at most so many characters, cut between words. Only these ``links`` stay in it."""
    said = html.unescape(html.unescape(text))
    before = ""
    while before != said:
        before, said = said, _TAG.sub("", said)
    said = _MARKED_LINK.sub(_inside, _OPENED.sub("", said))
    said = _LINK.sub(lambda link: link[0] if link[0].rstrip(".,;:!?)") in links else "", said)
    said = _MENTION.sub("", _MAIL.sub("", said))
    said = "".join(" " if char in "\r\n\t" else "" if unicodedata.category(char)[0] == "C" else char for char in said)
    said = " ".join(_EMPHASIS.sub("", said).split())
    return short(_LEADING.sub("", said).strip(), longest)


def short(text: str, longest: int) -> str:
    """Cut between words, with dots, where it is longer."""
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rsplit(' ', 1)[0].rstrip(' ,;:.–-')}…"


def links_of(text: str) -> set[str]:
    """The addresses in a text, as :func:`plain` compares them."""
    return {link[0].rstrip(".,;:!?)") for link in _LINK.finditer(text)}


def tokens_of(text: str) -> set[tuple[str, str]]:
    """Which tokens of masking it names: what they stand for, and their numbers."""
    return {((kind or bare).upper(), (number or own).lower()) for kind, number, bare, own in TOKEN.findall(text)}


def _inside(link: "re.Match[str]") -> str:
    """The words of a link; a token of masking keeps its brackets."""
    return f"[{link[1]}]" if TOKEN.fullmatch(f"[{link[1]}]") else link[1]
