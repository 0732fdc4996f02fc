"""Discord's markdown, read as its clients read it: blocks at the start of a line, marks within, and what only looks so.

Written from what Discord documents (markdown, subtext, headings, masked links, message formatting) and from how its parser
behaves: the first rule that matches at a place wins, a backslash takes the meaning of any sign that is no letter, digit
or space. Where its clients differ, the eager reading is taken, so that a test fails rather than a reader is fooled.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of what is shown. ``kind``: ``text``, a block or a mark; ``target``: where it leads or whom it names."""

    kind: str
    text: str = ""
    children: tuple["Node", ...] = ()
    target: str = ""


_QUOTE = re.compile(r" *>>> ([\s\S]*)|(?: *> [^\n]*(?:\n|$))+")
_FENCE = re.compile(r"```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```")
_HEADING = re.compile(r" *(#{1,3})[^\S\n]+((?!#+[^\S\n])[^\n]+?)#*[^\S\n]*(?:\n|$)")
_SUBTEXT = re.compile(r" *-# +((?!-#)[^\n]+?) *(?:\n|$)")
_POINT = re.compile(r"( *)([*-]|\d+\.) +([^\n]*(?:\n(?: +[^\n]*|(?=\1  )[^\n]*))*)(?:\n|$)")
_NEXT_POINT = re.compile(r"\n(?= *(?:[*-]|\d+\.) )")

_INLINE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("everyone", re.compile(r"@(?:everyone|here)")),
    ("user", re.compile(r"<@!?(\d+)>")),
    ("role", re.compile(r"<@&(\d+)>")),
    ("channel", re.compile(r"<#(\d+)>")),
    ("moment", re.compile(r"<t:(-?\d{1,17})(?::([tTdDfFRsS]))?>")),
    ("emoji", re.compile(r"<a?:(\w+):(\d+)>")),
    ("command", re.compile(r"</([^<>:]+):(\d+)>")),
    ("place", re.compile(r"<id:(\w+)>")),
    ("autolink", re.compile(r"<([^: >]+:/[^ >]+|[^\s<>@]+@[^\s<>]+|\+\d+)>")),
    ("url", re.compile(r"(?:https?|discord|steam)://[^\s<]+[^<.,:;\"')\]\s]")),
    ("shortcode", re.compile(r":([^\s:]+?(?:::skin-tone-\d)?):")),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
    ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("em", re.compile(r"\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)")),
    ("em", re.compile(r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b", re.ASCII)),
    ("strike", re.compile(r"~~(?=\S)((?:\\[\s\S]|~(?!~)|[^\s~\\]|\s(?!~~))+?)~~")),
)
_LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]])*[^\[]*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"]([\s\S]*?)['\"])?\s*\)"
)
_LINKED = re.compile(r"[\w\s.,!?'\"%&/+=;()…→–—„“”’«»-]+")
_PLAIN = re.compile(r"[\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\n|\w+:\S|$)")
_MARKED = frozenset({"spoiler", "strong", "underline", "em", "strike"})


def read(source: str) -> tuple[Node, ...]:
    """What is shown of a text, from the top to the bottom; a line's end is a text of its own."""
    return tuple(_blocks(source.replace("\r\n", "\n"), quoted=False))


def shown(source: str) -> str:
    """The words alone, as somebody reads them; a mention as ``<@id>``, a moment as ``<t:seconds>``."""
    return words_of(read(source))


def words_of(nodes: tuple[Node, ...]) -> str:
    """The words of what was read."""
    return "".join(_words(node) for node in nodes)


def kinds_in(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Everything that is there but plain text, from the outside to the inside."""
    for node in nodes:
        if node.kind != "text":
            yield node.kind
        yield from kinds_in(node.children)


def walk(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every piece, from the outside to the inside."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _words(node: Node) -> str:
    match node.kind:
        case "user":
            return f"<@{node.target}>"
        case "moment":
            return f"<t:{node.target}>"
        case "heading" | "subtext" | "point":
            return words_of(node.children) + node.text
        case "odd link" | "quote" | "strong" | "em" | "underline" | "strike" | "spoiler" | "link":
            return words_of(node.children)
        case _:
            return node.text


def _blocks(source: str, *, quoted: bool) -> Iterator[Node]:
    place = 0
    while place < len(source):
        block = _block(source, place, quoted=quoted)
        if block is not None:
            node, place = block
            yield node
            continue
        end = source.find("\n", place)
        fence = source.find("```", place)
        found = _FENCE.match(source, fence) if fence >= 0 and not _escaped(source, fence) else None
        if found is not None and (end < 0 or fence < end):
            yield from _inline(source[place:fence])
            yield Node("block", found[2], target=found[1] or "")
            place = found.end()
            continue
        # Marks may go over the end of a line, as far as no block begins there.
        stop = place
        while True:
            end = source.find("\n", stop)
            stop = len(source) if end < 0 else end + 1
            if end < 0 or _block(source, stop, quoted=quoted) is not None:
                break
        yield from _inline(source[place:stop])
        place = stop


def _escaped(source: str, place: int) -> bool:
    before = len(source[:place]) - len(source[:place].rstrip("\\"))
    return before % 2 == 1


def _block(source: str, place: int, *, quoted: bool) -> tuple[Node, int] | None:
    for kind, rule in (("quote", _QUOTE), ("heading", _HEADING), ("subtext", _SUBTEXT), ("point", _POINT)):
        found = rule.match(source, place)
        if found is None or (kind == "quote" and quoted) or found.end() == place:
            continue
        return _made(kind, found)
    fence = _FENCE.match(source, place)
    return (Node("block", fence[2], target=fence[1] or ""), fence.end()) if fence else None


def _made(kind: str, found: re.Match[str]) -> tuple[Node, int]:
    ending = "\n" if found[0].endswith("\n") else ""
    match kind:
        case "quote":
            inside = found[1] if found[1] is not None else re.sub(r"^ *> ?", "", found[0], flags=re.MULTILINE)
            return Node("quote", children=tuple(_blocks(inside, quoted=True))), found.end()
        case "heading":
            return Node("heading", ending, tuple(_inline(found[2].rstrip())), found[1]), found.end()
        case "subtext":
            return Node("subtext", ending, tuple(_inline(found[1]))), found.end()
        case _:
            first = _NEXT_POINT.split(found[3])[0]
            end = found.start(3) + len(first)
            text = re.sub(rf"\n {{1,{len(found[1]) + 2}}}", "\n", first)
            after = found.string[end : end + 1]
            return Node("point", after, tuple(_blocks(text, quoted=True)), found[2]), end + len(after)


def _inline(source: str) -> Iterator[Node]:
    place, plain = 0, ""
    while place < len(source):
        node, end = _inline_at(source, place)
        if node.kind == "text":
            plain += node.text
        else:
            if plain:
                yield Node("text", plain)
            plain = ""
            yield node
        place = end
    if plain:
        yield Node("text", plain)


def _inline_at(source: str, place: int) -> tuple[Node, int]:
    link = _LINK.match(source, place)
    if link and link[1].strip() and re.match(r"https?://|discord://", link[2]):
        # No backslash works in a link's words, and one that Discord would show otherwise, or not at all, is no link.
        is_odd = not _LINKED.fullmatch(link[1])
        return Node("odd link" if is_odd else "link", children=(Node("text", link[1]),), target=link[2]), link.end()
    for kind, rule in _INLINE:
        # A word's edge is looked for in what is left, as Discord's parser does.
        found = rule.match(source[place:])
        if found is not None:
            return _NODES.get(kind, _named)(kind, found), place + found.end()
    found = _PLAIN.match(source, place)
    text = found[0] if found and found[0] else source[place]
    return Node("text", text), place + len(text)


def _named(kind: str, found: re.Match[str]) -> Node:
    if kind in _MARKED:
        return Node(kind, children=tuple(_inline(found[1])))
    return Node(kind, found[0], target=found[1] if found.re.groups else found[0])


def _code(kind: str, found: re.Match[str]) -> Node:
    return Node(kind, re.sub(r"^ (?= *`)|(` *) $", r"\1", found[2]))


def _autolink(kind: str, found: re.Match[str]) -> Node:
    return Node(kind, found[1], target=found[1])


_NODES: dict[str, Callable[[str, re.Match[str]], Node]] = {
    "escape": lambda _, found: Node("text", found[1]),
    "code": _code,
    "autolink": _autolink,
}
