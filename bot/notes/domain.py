"""A case note on its way: a draft of one person's, told to those who took part, published, or withdrawn.

The transcript is never kept; a draft holds names, is sealed at rest and expires. What is published is masked for good: the key
that could restore it is never kept with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.identity import CampId, MemberId, NoteId
from bot.notes.casenote import CaseNote


class NoteState(StrEnum):
    """``DRAFT`` → ``ANNOUNCED`` (those who took part may object before it is open to all) → ``PUBLISHED``; ``WITHDRAWN``: taken
    back. A draft that expires, or is thrown away, is gone."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Audience(StrEnum):
    """Who may see a published note: those who took part, the academy's members, or everybody."""

    US = "us"
    ACADEMY = "academy"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a note comes from: ``links`` by message id, where the platform has such; ``what`` in words that name nobody
    (``#general``, an exported file)."""

    what: str = ""
    links: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    camp: CampId | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """One case note of an academy. ``took_part``: members whose messages it rests on; ``themes``: keys or words of the academy's
    vocabulary; ``place``: where it is about, as the author wrote it; ``version`` counts what was published, from 1;
    ``public_at``: when it becomes public unless somebody objects; ``expires_at``: when a draft goes."""

    id: NoteId
    author: MemberId
    state: NoteState
    audience: Audience
    content: CaseNote
    source: Source
    took_part: tuple[MemberId, ...]
    made_at: datetime
    changed_at: datetime
    themes: tuple[str, ...] = ()
    place: str = ""
    model: str = ""
    version: int = 0
    revision: int = 0
    public_at: datetime | None = None
    published_at: datetime | None = None
    expires_at: datetime | None = None
