"""Text as a tree: what a person typed is always ``Plain`` and can never become a mention or mark-up."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, assert_never

from bot.identity import MemberId

# Control characters, halves of characters, and the marks that turn the direction of what stands around them: nobody sees
# them, databases refuse some of them, and a name with one can make the next word read backwards.
_UNSEEN = dict.fromkeys(
    [code for code in range(0xA0) if chr(code) not in "\t\n\r" and unicodedata.category(chr(code)) == "Cc"]
    + [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000), 0xFEFF]
)

# A sentence has a part of so many words at least, and goes on after a comma with one of these.
_SENTENCE = 6
_JOINING = frozenset(
    {"og", "eller", "men", "samt", "så", "som", "der", "hvor", "hvis", "fordi", "når", "at", "for", "da", "mens", "med"}
    | {"and", "or", "but", "so", "who", "which", "that", "where", "when", "if", "because", "while", "with"}
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as they are. Line breaks are kept; nothing in them is mark-up."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Italic:
    """Words in a softer voice: a quotation, a hint."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """Something to type as it stands, such as ``/profile pause``."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere. ``url`` is http, https or mailto; anything else is refused when it is made."""

    text: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://", "mailto:")):
            raise ValueError("a link leads to http, https or mailto")


@dataclass(frozen=True, slots=True)
class MentionOf:
    """The only thing that mentions a person. ``name`` is what is shown where a platform has no mentions."""

    member: MemberId
    name: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, shown in each reader's own zone where the platform can. ``at`` has an offset.

    ``fallback`` says it in words; ``language`` is theirs, for a platform that would show it in another one.
    """

    at: datetime
    shape: Literal["date", "time", "both"] = "both"
    fallback: str = ""
    language: str = ""


Inline: TypeAlias = Plain | Bold | Italic | Code | Link | MentionOf | Moment
Text: TypeAlias = tuple[Inline, ...]


def clean(typed: str) -> str:
    """What a person typed without what nobody can see, its accents composed. Emoji and right-to-left words stay."""
    return typed if typed.isascii() and typed.isprintable() else unicodedata.normalize("NFC", typed.translate(_UNSEEN))


def plain(text: str) -> Text:
    """A text of one plain piece."""
    return (Plain(text),)


def shortened(text: str, limit: int) -> str:
    """At most so many characters, for showing: cut between words where that loses little, and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    whole = cut if text[limit - 1] == " " else cut.rpartition(" ")[0]
    return f"{(whole if len(whole) > limit // 2 else cut).rstrip(' ,;:–-')}…"


def is_sentence(line: str) -> bool:
    """Whether a line with commas is rather one sentence than a list of short entries, in Danish or English."""
    parts = [part.casefold().split() for part in re.split("[,;]", line)]
    if "|" in line or max(map(len, parts)) < _SENTENCE:
        return False
    return line.endswith((".", "!", "?")) or any(part[0] in _JOINING for part in parts[1:] if part)


def flat(text: Text) -> str:
    """The words alone: for notifications, alternative texts, logs of the demo and tests."""
    return "".join(_words(piece) for piece in text)


def _words(piece: Inline) -> str:
    match piece:
        case Plain(text) | Bold(text) | Italic(text) | Code(text) | Link(text):
            return text
        case MentionOf(_, name):
            return name
        case Moment(at, _, fallback):
            return fallback or at.isoformat(timespec="minutes")
        case _:
            assert_never(piece)
