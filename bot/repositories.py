"""The repositories of a unit of work: what can be read and written within one workspace.

No method takes a workspace: a repository belongs to a unit of work, and a unit of work to one workspace, so none can read
across.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.homes import Installation
from bot.identity import (
    Account,
    ConversationId,
    IntroId,
    LineId,
    MemberId,
    MessageId,
    RoundId,
    ScheduleId,
)
from bot.introductions.domain import Intro, IntroState, Line, Round
from bot.members.domain import Block, LinkCode, Member, Reader, Sector, Synonyms, Theme, WorkspaceOptions
from bot.playground.domain import Conversation, Message
from bot.schedules.domain import Occurrence, Schedule


class Members(Protocol):
    """The members of the workspace. Erased ones are nameless rows that only :meth:`get` returns."""

    async def get(self, member: MemberId) -> Member | None: ...
    async def many(self, members: Sequence[MemberId]) -> Mapping[MemberId, Member]: ...
    async def by_account(self, account: Account) -> Member | None: ...
    async def readers(self, accounts: Collection[Account]) -> Mapping[Account, Reader]: ...
    async def everybody(self) -> Sequence[Member]:
        """All who are not erased, in the order of their ids."""
        ...

    async def put(self, member: Member) -> None:
        """Writes the member and exactly these accounts. Raises Taken if an account or roster id is another member's."""
        ...

    async def put_all(self, members: Sequence[Member]) -> None:
        """The same for many at once, fast."""
        ...

    async def organiser_count(self) -> int: ...
    async def block(self, block: Block) -> None:
        """Writes a block; the same one again changes nothing."""
        ...

    async def unblock(self, member: MemberId, other: MemberId) -> None: ...
    async def blocks(self) -> Sequence[Block]: ...
    async def blocks_by(self, member: MemberId) -> Sequence[Block]: ...
    async def forget(self, member: MemberId, at: datetime) -> None:
        """Leaves a nameless row with ``erased_at``: name, organisation, tags, e-mail, roster id, accounts and blocks go, and
        with the accounts their home pages, landmarks and form drafts; the member's codes and carried lines as well."""
        ...


class Vocabulary(Protocol):
    """The workspace's sectors, themes and options: data that organisers may change."""

    async def options(self) -> WorkspaceOptions: ...
    async def homes(self) -> Sequence[Installation]:
        """The academy's homes on its platforms, the first one first; also those that are gone just now."""
        ...

    async def set_options(self, options: WorkspaceOptions) -> None: ...
    async def sectors(self) -> Sequence[Sector]: ...
    async def put_sector(self, sector: Sector) -> None: ...
    async def remove_sector(self, key: str) -> None: ...
    async def themes(self) -> Sequence[Theme]: ...
    async def put_theme(self, theme: Theme) -> None: ...
    async def remove_theme(self, key: str) -> None: ...
    async def synonyms(self) -> Sequence[Synonyms]:
        """The academy's own, in the order of their keys."""
        ...

    async def put_synonyms(self, synonyms: Synonyms) -> None: ...
    async def remove_synonyms(self, key: str) -> None: ...


class Vectors(Protocol):
    """What tags mean, as an embedding model says: kept, so that no tag is embedded twice.

    A mark stands for a tag and cannot be read back; a vector is bytes that only the model's user understands.
    """

    async def known(self, model: str) -> Mapping[str, bytes]:
        """All that this model has said, by mark."""
        ...

    async def add(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Adds them; one that is there already is made anew."""
        ...

    async def keep_only(self, model: str, marks: Collection[str]) -> int:
        """Forgets what other models said, and the tags that nobody has any more. Returns how many went."""
        ...


class Rounds(Protocol):
    """Rounds and their introductions."""

    async def add(self, round_: Round) -> None: ...
    async def put(self, round_: Round) -> None: ...
    async def get(self, round_: RoundId) -> Round | None: ...
    async def latest(self, limit: int = 20) -> Sequence[Round]:
        """Newest first, dropped ones too."""
        ...

    async def add_intros(self, intros: Sequence[Intro]) -> None: ...
    async def remove_planned(self, round_: RoundId) -> None:
        """Takes away the introductions of a draft that is drawn anew."""
        ...

    async def put_intro(self, intro: Intro) -> None: ...
    async def intro(self, intro: IntroId, *, for_change: bool = False) -> Intro | None:
        """``for_change`` locks the row until the unit of work ends, so that two presses at once go one after the other."""
        ...

    async def intros_of(self, round_: RoundId) -> Sequence[Intro]: ...
    async def intros_with(self, member: MemberId, limit: int = 50) -> Sequence[Intro]:
        """Newest first."""
        ...

    async def intros_since(self, since: datetime) -> Sequence[Intro]: ...
    async def intros_in(self, states: Sequence[IntroState]) -> Sequence[Intro]: ...


class Schedules(Protocol):
    """Schedules and what became of each occurrence."""

    async def put(self, schedule: Schedule) -> None: ...
    async def get(self, schedule: ScheduleId) -> Schedule | None: ...
    async def remove(self, schedule: ScheduleId) -> None: ...
    async def every(self) -> Sequence[Schedule]: ...
    async def due(self, now: datetime, limit: int = 100) -> Sequence[Schedule]:
        """Those with ``next_at`` at or before ``now``, locked for this unit of work; others skip locked ones."""
        ...

    async def next_at(self) -> datetime | None: ...
    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        """False if this schedule's nominal time was there already."""
        ...

    async def occurrences(self, schedule: ScheduleId, limit: int = 20) -> Sequence[Occurrence]: ...
    async def recorded_after(self, at: datetime) -> Sequence[Schedule]:
        """Those of which an occurrence was recorded later than that."""
        ...

    async def take_back(self, after: datetime) -> Sequence[Occurrence]:
        """Occurrences that were recorded later than that as ``SKIPPED`` go; returns them."""
        ...

    async def forget_before(self, at: datetime, limit: int) -> int:
        """Removes occurrences that were recorded before then, so many at most, and schedules that were made before then, are
        over and have no occurrence left. Returns how many."""
        ...

    async def move(self, schedule: Schedule, next_at: datetime) -> bool:
        """Changes when it comes due next, if that still is what ``schedule`` says. False if not."""
        ...


class Playground(Protocol):
    """The local workspace's conversations."""

    async def ensure(self, conversation: Conversation) -> Conversation:
        """The conversation with this one's key, written if it is new."""
        ...

    async def conversation(self, conversation: ConversationId) -> Conversation | None: ...
    async def conversations_of(self, member: MemberId) -> Sequence[Conversation]:
        """Channels, the member's direct conversation and rooms, oldest first."""
        ...

    async def add(self, message: Message) -> bool:
        """False if the conversation has a message with this (not empty) key already."""
        ...

    async def put(self, message: Message) -> None: ...
    async def message(self, message: MessageId) -> Message | None: ...
    async def by_key(self, conversation: ConversationId, key: str) -> Message | None: ...
    async def messages(
        self,
        conversation: ConversationId,
        reader: MemberId,
        *,
        thread: MessageId | None = None,
        before: MessageId | None = None,
        limit: int = 100,
    ) -> Sequence[Message]:
        """What this reader may see of the conversation (or one thread), oldest first, the newest ``limit``."""
        ...

    async def thread_sizes(self, conversation: ConversationId) -> Mapping[MessageId, int]: ...
    async def mark_read(self, member: MemberId, conversation: ConversationId, message: MessageId) -> None: ...
    async def unread(self, member: MemberId) -> Mapping[ConversationId, int]: ...
    async def forget_author(self, member: MemberId) -> None:
        """The member's own messages go, and so does every message that only they saw."""
        ...


class Arrivals(Protocol):
    """Which interactions were handled already."""

    async def first_time(self, arrival: str, at: datetime) -> bool:
        """True once for each id; shared by all replicas."""
        ...

    async def first_times(self, arrivals: Collection[str], at: datetime) -> frozenset[str]: ...

    async def forget_before(self, at: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Home:
    """A person's home page on a platform, once they have opened it. ``digest`` stands for what it shows and tells nothing
    of it; the same digest need not be shown again. ``seen_at``: when they opened it last."""

    account: Account
    digest: str
    seen_at: datetime


class Homes(Protocol):
    """Who has opened the bot's home page, and what it showed them last. It goes with the member whose account it is."""

    async def get(self, account: Account) -> Home | None: ...
    async def put(self, home: Home) -> None: ...
    async def forget(self, account: Account) -> None: ...
    async def forget_before(self, at: datetime) -> int:
        """Those that were not opened since then go; whoever opens theirs again has one again."""
        ...


class Landmarks(Protocol):
    """What an adapter has to find again on its platform: by kind and key, with a value that is sealed at rest.

    Kinds are the adapter's own: a room's thread by the room's key, a person's fallback thread by their user id, what was
    told once. A landmark whose key is a user id goes with the member whose account it is.
    """

    async def get(self, platform: str, kind: str, key: str) -> str | None: ...
    async def put(self, platform: str, kind: str, key: str, value: str, at: datetime) -> None:
        """Writes it, or writes it anew."""
        ...

    async def forget(self, platform: str, kind: str, key: str) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def forget_before(self, kind: str, at: datetime) -> int:
        """Those of this kind, on any platform, that were written before then go. Returns how many."""
        ...


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What somebody has filled in so far of a form that a platform asks in several steps. ``step``: how many are done.

    ``values`` by the field's key as the platform gave them; ``seen``: the marks of what the form showed at first.
    """

    account: Account
    wire: str
    values: Mapping[str, str | tuple[str, ...]]
    seen: Mapping[str, str]
    step: int
    at: datetime


class Drafts(Protocol):
    """Half-filled forms, sealed at rest; one a person and form. They go with the member whose account it is."""

    async def get(self, account: Account, wire: str) -> FormDraft | None: ...
    async def put(self, draft: FormDraft) -> None: ...
    async def forget(self, account: Account, wire: str) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def forget_before(self, at: datetime) -> int: ...


class Codes(Protocol):
    """Codes that were given out to link two places. Only a keyed digest is kept, so that nobody can read one out.

    A code has two halves: the first finds it, the second proves it. So a wrong guess counts against the code that was
    guessed at.
    """

    async def put(self, code: str, given: LinkCode) -> None:
        """Keeps a code; an earlier one of the same member for the same purpose goes."""
        ...

    async def find(self, code: str) -> LinkCode | None:
        """The code's first half is known here; ``proven`` says whether the second half fits as well."""
        ...

    async def missed(self, code: str, most: int) -> None:
        """Counts a wrong second half; with ``most`` of them the code goes."""
        ...

    async def forget(self, code: str) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def forget_before(self, at: datetime) -> int:
        """Those that were good until then at the latest go."""
        ...


class Lines(Protocol):
    """What the bot carries between people on two platforms, sealed at rest; it goes with its author."""

    async def add(self, line: Line) -> None: ...
    async def get(self, line: LineId) -> Line | None: ...
    async def between(self, intro: IntroId) -> Sequence[Line]:
        """Oldest first."""
        ...

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """The lines of one who turned out to be another member."""
        ...

    async def forget_before(self, at: datetime) -> int: ...
