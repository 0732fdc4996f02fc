"""A message of Discord's as plain words: mentions as names, no mark-up, and what a program says in components or embeds."""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeAlias, cast

import discord

NameOf: TypeAlias = Callable[[str], Awaitable[str]]

_ANGLES = re.compile(
    r"<(?:@!?(?P<user>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|a?:(?P<emoji>\w+):\d+|(?P<link>https?://[^\s<>]+))>",
    re.ASCII,
)
# What is written before a line, and what stands around words. A backslash keeps a sign as it is.
_BEFORE = re.compile(r"^(?:>>> |> |#{1,3} |-# )", re.MULTILINE)
_AROUND = re.compile(
    r"(?<!\\)(?P<sign>\*\*\*|\*\*|\*|___|__|~~|\|\||```(?:\w+\n)?|`)(?=\S|\n)(?P<words>.+?)(?<=\S)(?<!\\)(?P=sign)",
    re.DOTALL,
)
_UNDERSCORES = re.compile(r"(?<![\w\\])_(?=\S)([^_\n]+)(?<=\S)_(?!\w)")
_LINK = re.compile(r"(?<!\\)\[([^\[\]\n]+)\]\(<?(https?://[^\s<>()]+)>?\)")
_KEPT = re.compile(r"\\([^\w\s]|_)")
_NESTED = 6


async def words_of(message: discord.Message, name_of: NameOf) -> str:
    """What a message says. ``name_of`` tells what to call a user."""
    said = [message.content, *_in_embeds(message.embeds), *_in_components(message.components)]
    return await plain_words("\n".join(filter(None, said)), name_of)


async def plain_words(text: str, name_of: NameOf) -> str:
    """A text without its mark-up."""
    pieces: list[str] = []
    end = 0
    for found in _ANGLES.finditer(text):
        pieces += [text[end : found.start()], await _spelled(found, name_of)]
        end = found.end()
    return _bare("".join([*pieces, text[end:]])).strip()


def is_hidden(message: discord.Message) -> bool:
    """Whether Discord kept back what a message says: nobody can send an empty one."""
    said = (
        message.content,
        message.attachments,
        message.embeds,
        message.components,
        message.stickers,
        message.message_snapshots,
        message.poll,
        message.activity,
    )
    return not any(said)


async def _spelled(found: re.Match[str], name_of: NameOf) -> str:
    if found["user"]:
        return f"@{await name_of(found['user']) or '?'}"
    if found["role"] or found["channel"]:
        return "@?" if found["role"] else "#?"
    return f":{found['emoji']}:" if found["emoji"] else found["link"]


def _bare(text: str) -> str:
    text = _LINK.sub(r"\1 (\2)", _BEFORE.sub("", text))
    for _ in range(_NESTED):
        bare = _UNDERSCORES.sub(r"\1", _AROUND.sub(lambda found: found["words"], text))
        if bare == text:
            break
        text = bare
    return _KEPT.sub(r"\1", text)


def _in_embeds(embeds: Iterable[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from filter(None, (embed.title, embed.description))
        for field in embed.fields:
            yield f"{field.name}: {field.value}"


def _in_components(components: Iterable[object]) -> Iterator[str]:
    for one in components:
        content: object = getattr(one, "content", None)
        if isinstance(content, str):
            yield content
        within: object = getattr(one, "children", None) or getattr(one, "components", None)
        if isinstance(within, list | tuple):
            yield from _in_components(cast(Iterable[object], within))
