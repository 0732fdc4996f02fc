"""What a draft says once somebody whom it heard wants to be forgotten: nothing that rests on their words, and nothing by their
name. What was published is masked for good and says no more who said what. Pure.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.identity import MemberId
from bot.messages.text import shortened
from bot.notes.domain import Note
from bot.notes.editing import TITLE_CHARACTERS, Entry, Part, entries_of, with_texts

T = TypeVar("T")

# From so many letters of a title on, a sentence that begins with them is where it comes from.
_TELLING = 12


def without(note: Note, member: MemberId, name: str) -> Note | None:
    """The draft without what rests on the member's messages or names them; None where nothing is left. Where it is not known who
    wrote which message, in drafts of before that was kept, the name alone tells."""
    theirs = {id_ for id_, who in note.said_by.items() if who == member}
    named = _naming(name)
    gone: list[Entry] = []
    kept: dict[Part, Sequence[Entry]] = {}
    for part in Part:
        stays: list[Entry] = []
        for one in entries_of(note.content, part):
            told = theirs.isdisjoint(one.sources) and not named.search(f"{one.text}\n{one.owner}")
            (stays if told else gone).append(one)
        kept[part] = stays
    left = [one for several in kept.values() for one in several]
    if not left:
        return None
    content = note.content
    tags = [tag for tag in content.tags if any(tag.casefold() in one.text.casefold() for one in left)]
    title = content.title
    if named.search(title) or any(_begins(one.text, title) for one in gone):
        title = shortened(left[0].text, TITLE_CHARACTERS)
    return replace(
        note,
        content=with_texts(content, kept, title, tags),
        source=replace(note.source, links=_but(note.source.links, theirs)),
        said_by=_but(note.said_by, theirs),
        forgotten=note.forgotten + 1,
        revision=note.revision + 1,
    )


def _but(known: Mapping[str, T], theirs: set[str]) -> Mapping[str, T]:
    return {id_: one for id_, one in known.items() if id_ not in theirs}


def _naming(name: str) -> re.Pattern[str]:
    """The whole name in any case, and each part of it as names are written."""
    whole = r"\s+".join(map(re.escape, name.split()))
    parts = [re.escape(part) for part in name.split() if part[:1].isupper()]
    either = "|".join([f"(?i:{whole})", *parts])
    return re.compile(rf"(?<!\w)(?:{either})(?:['’]?s)?(?!\w)" if whole else "(?!)")


def _begins(text: str, title: str) -> bool:
    told = title.rstrip("… ").casefold()
    return len(told) >= _TELLING and told in " ".join(text.split()).casefold()
