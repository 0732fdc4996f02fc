"""People, channels and addresses as chat platforms write them in what was typed: ``<@U024BE7LH|anna>``,
``<#C061EG9T2|general>``, ``<http://example.org|example.org>``.

Nobody should ever read such an id, so a command's text gets a name in its place, and an address as it was typed. That is
plain text: nothing that was typed ever becomes a mention again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

# Where text may hold them; elsewhere the same characters are only characters.
PLATFORMS = frozenset({"slack", "discord"})

_WRITTEN = re.compile(
    r"<(?:(?P<kind>@!|@&|@|#|!subteam\^|!)(?P<id>\w{1,64})|(?P<address>(?:https?://|mailto:|tel:)[^<>|\s]{1,2000}))"
    r"(?:\|(?P<label>[^<>]{0,2000}))?>"
)


class Meant(StrEnum):
    """What a mention points at. ``EVERYBODY`` is a group, or all who are here; ``ADDRESS`` is on the web, or for mail."""

    PERSON = "person"
    CHANNEL = "channel"
    EVERYBODY = "everybody"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: the platform's own id, and the name that stood with it (often none)."""

    meant: Meant
    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Names:
    """What is written in place of mentions: the members' names by their platform's id, and words for the unknown. Without
    one for a channel, channels' mentions stay as they are."""

    people: Mapping[str, str]
    somebody: str
    channel: str | None


def mentions_in(text: str) -> tuple[Mention, ...]:
    """All of them, in their order."""
    return tuple(_mention(found) for found in _WRITTEN.finditer(text))


def only_mention(text: str) -> Mention | None:
    """The mention, where the text is that and nothing else."""
    found = _WRITTEN.fullmatch(text.strip())
    return _mention(found) if found else None


def end_of_mention(text: str, place: int) -> int:
    """Where the mention that begins at ``place`` ends; ``place`` itself where none begins."""
    found = _WRITTEN.match(text, place)
    return found.end() if found else place


def apart(text: str, separator: str) -> list[str]:
    """The parts of a text between separators (one character); what stands within a mention separates nothing."""
    parts, start, place = list[str](), 0, 0
    while place < len(text):
        end = end_of_mention(text, place) if text[place] == "<" else place
        if end > place:
            place = end
            continue
        if text[place] == separator:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    return [*parts, text[start:]]


def named(text: str, names: Names) -> str:
    """The text with names in place of mentions: ``@Anna Berg``, ``#general``."""

    def instead(found: re.Match[str]) -> str:
        mention = _mention(found)
        stays = mention.meant is Meant.CHANNEL and names.channel is None
        return found[0] if stays else _name(mention, names)

    return _WRITTEN.sub(instead, text)


def _mention(found: re.Match[str]) -> Mention:
    if found["address"]:
        return Mention(Meant.ADDRESS, found["address"], found["label"] or "")
    kind = {"@": Meant.PERSON, "@!": Meant.PERSON, "#": Meant.CHANNEL}.get(found["kind"], Meant.EVERYBODY)
    return Mention(kind, found["id"], (found["label"] or "").strip().lstrip("@#"))


def _name(mention: Mention, names: Names) -> str:
    match mention.meant:
        case Meant.PERSON:
            return f"@{names.people.get(mention.id) or mention.label or names.somebody}"
        case Meant.CHANNEL:
            return f"#{mention.label or names.channel}"
        case Meant.EVERYBODY:
            return f"@{mention.label or (mention.id if mention.id.isalpha() else names.somebody)}"
        case Meant.ADDRESS:
            # The platform makes ``http://example.org`` of ``example.org``; another label could hide where it leads.
            return mention.label if mention.label and mention.label in mention.id else mention.id
        case _ as never:
            assert_never(never)
