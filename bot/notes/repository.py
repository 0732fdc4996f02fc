"""What a unit of work reads and writes of case notes. What they say is sealed at rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.identity import MemberId, NoteId
from bot.notes.domain import Job, Note, NoteState, Objection, Sending, Version, Waiting


class Notes(Protocol):
    """Case notes with what belongs to them."""

    async def put(self, note: Note) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, note: NoteId) -> Note | None:
        """One note."""
        ...

    async def remove(self, note: NoteId) -> None:
        """Takes it away with its versions, objections and what waits; one that is not there is fine. The ledger keeps its
        lines."""
        ...

    async def of_author(self, author: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """Those that this member made, newest first."""
        ...

    async def with_member(self, member: MemberId, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """Those that rest on this member's messages, newest first."""
        ...

    async def in_states(self, states: Sequence[NoteState], limit: int = 100) -> Sequence[Note]:
        """Newest first."""
        ...

    async def add_version(self, version: Version) -> None:
        """Keeps what was published; the same number again takes its place."""
        ...

    async def versions(self, note: NoteId) -> Sequence[Version]:
        """Newest first."""
        ...

    async def add_objection(self, objection: Objection) -> None:
        """Keeps it; the same member's about the same version and audience again takes its place."""
        ...

    async def objections(self, note: NoteId) -> Sequence[Objection]:
        """Oldest first."""
        ...

    async def objections_by(self, member: MemberId) -> Sequence[Objection]:
        """Oldest first."""
        ...

    async def keep_waiting(self, waiting: Waiting) -> None:
        """What waits for this note is this from now on."""
        ...

    async def waiting(self, note: NoteId) -> Waiting | None:
        """What waits for its author's yes."""
        ...

    async def drop_waiting(self, note: NoteId) -> None:
        """Takes it away; where nothing waits that is fine."""
        ...

    async def add_sending(self, sending: Sending) -> None:
        """One more line of the ledger."""
        ...

    async def sendings(self, limit: int = 100) -> Sequence[Sending]:
        """The ledger, newest first."""
        ...

    async def put_job(self, job: Job) -> None:
        """Adds it, or writes it anew."""
        ...

    async def job(self, job: UUID) -> Job | None:
        """One of them."""
        ...

    async def jobs_seen_before(self, at: datetime) -> Sequence[Job]:
        """Those that should be going on and were last seen before then, oldest first."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """All that names one who turned out to be another member."""
        ...

    async def forget_member(self, member: MemberId) -> None:
        """Nobody took part, objected or was read for under this name any more. Notes of theirs as author stay as they are."""
        ...

    async def expired(self, at: datetime) -> Sequence[NoteId]:
        """Drafts whose time is over by then."""
        ...

    async def withdrawn_before(self, at: datetime) -> Sequence[NoteId]:
        """Those that were taken back before then."""
        ...

    async def forget_before(self, *, jobs: datetime, sendings: datetime) -> int:
        """Readings that were begun before then, and lines of the ledger that are older, go."""
        ...
