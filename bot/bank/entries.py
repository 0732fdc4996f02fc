"""How a published note becomes an entry of the bank. Pure."""

from dataclasses import replace
from datetime import datetime

from bot.bank.repository import Entry
from bot.identity import MemberId
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience, Note


def entry_of(note: Note, content: CaseNote, *, version: int, audience: Audience, at: datetime) -> Entry:
    """The entry of one version. ``content`` is the masked one: what the bank has is never unmasked again. The sectors are
    those whose view it tells."""
    took_part: tuple[MemberId, ...] = tuple(dict.fromkeys((note.author, *note.took_part)))
    return Entry(
        note=note.id,
        author=note.author,
        took_part=took_part,
        audience=audience,
        content=content,
        themes=note.themes,
        sectors=tuple(content.perspectives),
        place=note.place,
        version=version,
        published_at=at,
        links=dict(note.source.links),
    )


def given(entry: Entry, member: MemberId, another: MemberId) -> Entry:
    """The entry with another member where this one stood: they turned out to be one."""

    def who(one: MemberId) -> MemberId:
        return another if one == member else one

    return replace(entry, author=who(entry.author), took_part=tuple(dict.fromkeys(map(who, entry.took_part))))
