"""The text tree as Discord's markdown, where nothing that was typed can be mark-up.

Discord reads a backslash before any sign as that sign, so every sign that begins or ends something has one. What a
backslash cannot do (ticks in code, brackets in a link's words) is said in another way.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TypeAlias, assert_never

from adapters.discord import limits
from bot.identity import MemberId
from bot.messages import cutting
from bot.messages.cutting import atoms, cut_in, divisible, sliced
from bot.messages.text import Bold, Code, Inline, Italic, Link, MentionOf, Moment, Plain, Text, flat

People: TypeAlias = Mapping[MemberId, str]

NOTHING = "–"
# Parts what stands beside each other and must not be read together; nobody sees it.
JOINT = "\u200b"

# What begins or ends something wherever it stands; a round bracket does after a square one, a colon before a word, an at
# before the names of everybody, and each of them at an end of a piece, since nobody knows what comes there.
_SIGNS = re.compile(r"[\\*_~`|<>\[\]]|(?:\A|(?<=\]))\(|:(?=\S)|@(?=[eh])|[:@]\Z")
_SIGNS_AT_END = re.compile(r"[\\*_~`|<>\[\]]|(?:\A|(?<=\]))\(|:(?=\S)|@(?=[eh])")
# A point at the start of a piece may follow a number in the piece before.
_LINE_START = re.compile(r"^([^\S\n]*)([-+.#]|[0-9]+(?=\.))", re.MULTILINE)
_EDGES = re.compile(r"([\s\ufeff]*)(.*?)([\s\ufeff]*)", re.DOTALL)
_SHAPES = {"date": "D", "time": "t", "both": "f"}
_URL_SIGNS = "/?#[]@!$&'+,;=%~-._:"
# No sign that Discord has a picture for: it takes no link with a picture in its words, and no backslash works there.
_ARROW = "→"
_LINKED = re.compile(r"(?:[^\W_]|[ .,!?'\"%&/+=;()…–—„“”’«»-])+")
_PAGES = ("https://", "http://")
# Unix times that Discord can show: its clients are programs in JavaScript.
_MOMENTS = 8_640_000_000_000


def letters(text: str) -> int:
    """The characters of a text as Discord counts them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str, *, ends: bool = False) -> str:
    """Words that are shown as they stand, whatever signs are in them. ``ends``: no more words follow them in their line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINE_START.sub(_quiet_start, (_SIGNS_AT_END if ends else _SIGNS).sub(r"\\\g<0>", lines))


def _quiet_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2]}\\" if found[2].isdecimal() else f"{found[1]}\\{found[2]}"


def safe_url(url: str) -> str:
    """An address without the signs that would end a link."""
    return cutting.safe_url(url, _URL_SIGNS)


def written(text: Text, people: People) -> str:
    """The text as markdown for lines that begin with nothing. Pieces that would be read together are parted."""
    found = ""
    for piece, after in zip_longest(text, text[1:]):
        ends = after is None or flat((after,))[:1].isspace()
        part = _piece(piece, people, ends=ends)
        if found and part and not isinstance(piece, Plain) and found[-1] in "*`" and part[0] in "*`":
            found += JOINT
        found += part
    return found


def _piece(piece: Inline, people: People, *, ends: bool) -> str:
    match piece:
        case Plain(text):
            return escaped(text, ends=ends)
        case Bold(text):
            return _marked(text, "**")
        case Italic(text):
            return _marked(text, "*")
        case Code(text):
            return f"`{text}`" if text.strip() and not {"`", "\n", "\r"} & set(text) else escaped(text)
        case Link(text, url):
            return _link(text, url)
        case MentionOf(member, name):
            return f"<@{people[member]}>" if member in people else escaped(name)
        case Moment(at, shape, fallback):
            seconds = int(at.timestamp())
            return escaped(fallback) if fallback or abs(seconds) > _MOMENTS else f"<t:{seconds}:{_SHAPES[shape]}>"
        case _:
            assert_never(piece)


def _marked(text: str, mark: str) -> str:
    """Each line between its marks, which stand at words and not at gaps."""
    return "\n".join(_marked_line(line, mark) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _marked_line(line: str, mark: str) -> str:
    edges = _EDGES.fullmatch(line)
    if edges is None or not edges[2]:
        return line
    return f"{edges[1]}{mark}{escaped(edges[2])}{mark}{edges[3]}"


def _link(text: str, url: str) -> str:
    """The words as a link, or beside one where Discord would not read them as its words."""
    if not url.startswith(_PAGES):
        address = url.partition(":")[2]
        return escaped(text if address in text else f"{text} ({address})")
    address = safe_url(url)
    if len(address) > limits.LINK:
        return escaped(f"{text} ({url})")
    if text.strip() in ("", address):
        return f"<{address}>"
    if not _LINKED.fullmatch(text) or text.strip() != text or escaped(text, ends=True) != text:
        return f"{escaped(text, ends=True)} [{_ARROW}]({address})"
    return f"[{text}]({address})"


def in_lines(markdown: str, start: str, *, gaps: bool = False) -> str:
    """The markdown with ``start`` before each of its lines; before those that say nothing as well where ``gaps``."""
    return "\n".join(f"{start}{line}" if gaps or line.strip() else line for line in markdown.split("\n"))


Draw: TypeAlias = Callable[[Text], str]


def parted(text: Text, most: int, draw: Draw) -> list[str]:
    """The text as drawn, in parts of at most so many characters, cut after a paragraph, a sentence or a word."""
    return [part for part in _parts(divisible(text), most, draw) if part.strip()]


def _parts(text: Text, most: int, draw: Draw) -> Iterator[str]:
    while (length := letters(drawn := draw(text))) > most:
        words = flat(text)
        room = max(1, len(words) * most // length)
        cut = cut_in(words, 0, room)
        # What is marked all over may need more signs in its first half than in its second.
        while cut > 1 and letters(draw(sliced(text, 0, cut))) > most:
            cut = cut_in(words, 0, max(1, cut * 2 // 3))
        cut = next((last for first, last in atoms(text) if first < cut < last), cut)
        yield draw(sliced(text, 0, cut))
        text = sliced(text, cut, len(words))
    yield drawn


def grouped(texts: Iterable[str], most: int) -> Iterator[str]:
    """Lines in groups of at most so many characters; a line is no longer than that."""
    group = ""
    for text in texts:
        if group and letters(group) + 1 + letters(text) > most:
            yield group
            group = ""
        group = f"{group}\n{text}" if group else text
    if group:
        yield group
