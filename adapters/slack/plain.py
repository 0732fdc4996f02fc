"""Slack's mark-up back into plain words: mentions as names, links as their words, and the three escaped signs as themselves."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from adapters.slack.reading import parts_at, text_at
from adapters.slack.shapes import record, sequence

NameOf: TypeAlias = Callable[[str], Awaitable[str]]

_ANGLES = re.compile(r"<([^<>]*)>")
_USER = re.compile(r"[UW][A-Z0-9]+")
_EVERYBODY = frozenset({"here", "channel", "everyone"})
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_DEEP = 12


async def plain_words(text: str, name_of: NameOf) -> str:
    """A message's ``text`` without its mark-up. ``name_of`` tells what to call a user."""
    pieces: list[str] = []
    end = 0
    for found in _ANGLES.finditer(text):
        pieces += [_unescaped(text[end : found.start()]), await _spelled(found[1], name_of)]
        end = found.end()
    return "".join([*pieces, _unescaped(text[end:])]).strip()


async def words_of(message: Mapping[str, object], name_of: NameOf) -> str:
    """What a message says. A program's ``text`` may be no more than its notice, so its blocks are read first; a person's
    text is whole."""
    if message.get("bot_id"):
        said = "\n".join(filter(None, _in_blocks(sequence(message.get("blocks")))))
        if said:
            return await plain_words(said, name_of)
    return await plain_words(text_at(message, "text"), name_of)


def _in_blocks(blocks: object, deep: int = 0) -> list[str]:
    if deep > _DEEP:
        return []
    return [line for one in sequence(blocks) for line in _lines(record(one), deep)]


def _lines(block: Mapping[str, object], deep: int) -> list[str]:
    kind = text_at(block, "type")
    if kind in {"actions", "input", "divider"}:
        return []
    if kind == "image":
        return [text_at(block, "alt_text")]
    if kind in {"mrkdwn", "markdown"}:
        return [text_at(block, "text")]
    if kind in {"plain_text", "raw_text"}:
        return [_escaped(text_at(block, "text"))]
    if kind == "table":
        return [" | ".join(_in_blocks(row, deep + 1)) for row in sequence(block.get("rows"))]
    if kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        return ["".join(_run(one) for one in parts_at(block, "elements"))]
    text = record(block.get("text"))
    within = [text] if text else []
    return _in_blocks([*within, *sequence(block.get("fields")), *sequence(block.get("elements"))], deep + 1)


def _run(run: Mapping[str, object]) -> str:
    """A piece of rich text as the mark-up that says the same."""
    match text_at(run, "type"):
        case "user":
            return f"<@{text_at(run, 'user_id')}>"
        case "link":
            return f"<{text_at(run, 'url')}|{_escaped(text_at(run, 'text') or text_at(run, 'url'))}>"
        case "emoji":
            return f":{text_at(run, 'name')}:"
        case "broadcast":
            return f"<!{text_at(run, 'range')}>"
        case "channel":
            return f"<#{text_at(run, 'channel_id')}>"
        case "date":
            return _escaped(text_at(run, "fallback"))
        case _:
            return _escaped(text_at(run, "text"))


async def _spelled(inside: str, name_of: NameOf) -> str:
    """What stands between angle brackets."""
    target, _, label = inside.partition("|")
    label = _unescaped(label)
    if target.startswith("@"):
        user = target[1:]
        if not _USER.fullmatch(user):
            return f"@{label or user}"
        return f"@{await name_of(user) or label or user}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        if target[1:] in _EVERYBODY:
            return f"@{target[1:]}"
        return label or target[1:].partition("^")[0]
    url = _unescaped(target)
    address = url.removeprefix("mailto:").removeprefix("tel:")
    return address if not label or label in (url, address) else f"{label} ({address})"


def _unescaped(text: str) -> str:
    for written, meant in _ESCAPED:
        text = text.replace(written, meant)
    return text


def _escaped(text: str) -> str:
    for written, meant in reversed(_ESCAPED):
        text = text.replace(meant, written)
    return text
