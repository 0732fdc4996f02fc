"""A case note on its way: a draft of one person's, told to those who took part, published, or withdrawn.

The transcript is never kept; a draft holds names, is sealed at rest and expires. What is published is masked for good: the key
that could restore it is never kept with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.identity import Address, CampId, DeliveryId, MemberId, NoteId, ScheduleId
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
    (``#general``, an exported file). ``private``: whether it stood where not everybody of the academy can read along, None where
    nobody can tell; ``threads_since`` and ``closed``: what was not looked at, as :class:`bot.threads.Stretch` has it."""

    what: str = ""
    links: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    camp: CampId | None = None
    private: bool | None = None
    threads_since: datetime | None = None
    closed: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """One case note of an academy. ``took_part``: members whose messages it rests on; ``themes``: keys or words of the academy's
    vocabulary; ``place``: where it is about, as the author wrote it; ``version`` counts what was published, from 1;
    ``public_at``: when it becomes public unless somebody objects; ``expires_at``: when a draft goes.

    ``revision`` goes up with each change, and ``told`` is the one that was published last: where they differ, there are changes
    that nobody else has seen. ``objected``: the version that somebody did not want to be seen so widely. ``harmless``: words that
    may stay as they are though they look like a name. ``others``: how many took part who are no members. ``schedule``: of
    becoming public. ``is_open``: everybody can see it by now, be it an earlier version. ``names``: by which those spoke who
    are no members, so that they can be masked; gone once it is published. ``said_by``: of a draft, which member wrote which
    message, so that somebody's words can leave it; ``forgotten``: how many people's words have left it. ``tokens`` and
    ``money``: what the model took, in the currency of the settings."""

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
    withdrawn_at: datetime | None = None
    schedule: ScheduleId | None = None
    told: int = -1
    objected: int = -1
    harmless: tuple[str, ...] = field(default=(), repr=False)
    others: int = 0
    is_open: bool = False
    names: tuple[str, ...] = field(default=(), repr=False)
    said_by: Mapping[str, MemberId] = field(default_factory=dict[str, MemberId], repr=False)
    forgotten: int = 0
    tokens: int = 0
    money: float | None = None

    def is_shown(self) -> bool:
        """Whether somebody besides its author may see it."""
        return self.state in {NoteState.ANNOUNCED, NoteState.PUBLISHED}

    def has_changes(self) -> bool:
        """Whether it was changed since it was published."""
        return self.is_shown() and self.revision != self.told

    def shown_to(self) -> Audience:
        """Who may see it now; what is announced for the first time waits within the academy."""
        return Audience.ACADEMY if self.state is NoteState.ANNOUNCED and not self.is_open else self.audience


@dataclass(frozen=True, slots=True)
class Version:
    """What was published, masked for good. ``audience``: who was to see it; ``opened_at``: when everybody could, None where that
    never came."""

    note: NoteId
    number: int
    content: CaseNote
    audience: Audience
    at: datetime
    themes: tuple[str, ...] = ()
    place: str = ""
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Objection:
    """Somebody who took part does not want ``version`` to be seen by ``audience``. Who it was, nobody is told."""

    note: NoteId
    member: MemberId
    version: int
    audience: Audience
    at: datetime
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for its author to say that a model may have it: masked text and the key to it, until then sealed and for an
    hour at most. ``stored``: both as text; ``schedule``: of its end."""

    note: NoteId
    member: MemberId
    until: datetime
    stored: str = field(repr=False)
    schedule: ScheduleId


@dataclass(frozen=True, slots=True)
class Sending:
    """A line of the ledger: what was sent to a model, when and by whom; never the text. ``digest``: SHA-256 of it, in
    hexadecimal; ``masked``: how often which kind was masked."""

    id: UUID
    note: NoteId
    member: MemberId
    at: datetime
    model: str
    digest: str
    characters: int
    masked: Mapping[str, int] = field(default_factory=dict[str, int])


class ReadingState(StrEnum):
    """``READING`` → ``DONE`` | ``CANCELLED`` | ``STOPPED`` (the process ended in the middle) | ``FAILED``."""

    READING = "reading"
    DONE = "done"
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """What takes long, for somebody who sees how far it is: a thread that is read, or a model that ``writes`` the draft ``note``
    anew. ``message``: the message that it began from, or the
    place where nothing is said but between ``since`` and ``until``; ``what``: in words that name nobody; ``anchor``: the delivery
    that shows it, and ``shown`` whether there is one by now; ``seen_at``: when it was last going on; ``trouble``: the
    platform's word for what went wrong; ``done``: how many messages were read, or how many hundredths are written."""

    id: UUID
    member: MemberId
    message: Address
    begun_at: datetime
    seen_at: datetime
    anchor: DeliveryId
    state: ReadingState = ReadingState.READING
    done: int = 0
    rest_until: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    camp: CampId | None = None
    station: int = 0
    what: str = ""
    note: NoteId | None = None
    trouble: str = ""
    writes: bool = False
    shown: bool = True
