"""What the in-memory storage keeps, and the drafts in which a unit of work changes it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from bot.announcements.domain import Announcement
from bot.bank.repository import Entry, Learned, Trial
from bot.camps.domain import Camp, Signup
from bot.camps.handover.domain import HandOver
from bot.camps.stations.domain import StationPlan
from bot.challenges.domain import Answer, Challenge, Invitation
from bot.deliveries.domain import Delivery
from bot.errors import StorageError
from bot.homes import Installation
from bot.identity import (
    Account,
    AnnouncementId,
    CampId,
    ChallengeId,
    ConversationId,
    DeliveryId,
    IntroId,
    LineId,
    MemberId,
    MessageId,
    NoteId,
    OccurrenceId,
    PollId,
    RoundId,
    ScheduleId,
)
from bot.introductions.domain import Intro, Line, Round
from bot.members.domain import Block, LinkCode, Member, Sector, Synonyms, Theme, WorkspaceOptions
from bot.notes.domain import Audience, Job, Note, Objection, Sending, Version, Waiting
from bot.playground.domain import Conversation, Message
from bot.polls.domain import Choices, Poll, VoterKey
from bot.repositories import FormDraft, Home
from bot.schedules.domain import Occurrence, Schedule

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Record:
    """A delivery with what only the outbox knows of it."""

    delivery: Delivery
    owner: str = ""
    lease_until: datetime | None = None
    doubt: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A code that was given out, and how often somebody missed it."""

    code: str
    link: LinkCode
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Shelved:
    """A note in the bank with its place in the order in which notes came in."""

    entry: Entry
    place: int


@dataclass(slots=True)
class Books:
    """One workspace's committed values."""

    options: dict[str, WorkspaceOptions] = field(default_factory=dict[str, WorkspaceOptions])
    sectors: dict[str, Sector] = field(default_factory=dict[str, Sector])
    themes: dict[str, Theme] = field(default_factory=dict[str, Theme])
    synonyms: dict[str, Synonyms] = field(default_factory=dict[str, Synonyms])
    vectors: dict[tuple[str, str], bytes] = field(default_factory=dict[tuple[str, str], bytes])
    members: dict[MemberId, Member] = field(default_factory=dict[MemberId, Member])
    blocks: dict[tuple[MemberId, MemberId], Block] = field(default_factory=dict[tuple[MemberId, MemberId], Block])
    rounds: dict[RoundId, Round] = field(default_factory=dict[RoundId, Round])
    intros: dict[IntroId, Intro] = field(default_factory=dict[IntroId, Intro])
    schedules: dict[ScheduleId, Schedule] = field(default_factory=dict[ScheduleId, Schedule])
    occurrences: dict[OccurrenceId, Occurrence] = field(default_factory=dict[OccurrenceId, Occurrence])
    deliveries: dict[DeliveryId, Record] = field(default_factory=dict[DeliveryId, Record])
    lanes: dict[str, datetime] = field(default_factory=dict[str, datetime])
    conversations: dict[ConversationId, Conversation] = field(default_factory=dict[ConversationId, Conversation])
    messages: dict[MessageId, Message] = field(default_factory=dict[MessageId, Message])
    marks: dict[tuple[MemberId, ConversationId], MessageId] = field(
        default_factory=dict[tuple[MemberId, ConversationId], MessageId]
    )
    arrivals: dict[str, datetime] = field(default_factory=dict[str, datetime])
    homes: dict[Account, Home] = field(default_factory=dict[Account, Home])
    landmarks: dict[tuple[str, str, str], tuple[str, datetime]] = field(
        default_factory=dict[tuple[str, str, str], tuple[str, datetime]]
    )
    form_drafts: dict[tuple[Account, str], FormDraft] = field(default_factory=dict[tuple[Account, str], FormDraft])
    codes: dict[str, Given] = field(default_factory=dict[str, Given])
    announcements: dict[AnnouncementId, Announcement] = field(default_factory=dict[AnnouncementId, Announcement])
    calendar_keys: dict[MemberId, str] = field(default_factory=dict[MemberId, str])
    camps: dict[CampId, Camp] = field(default_factory=dict[CampId, Camp])
    handovers: dict[CampId, HandOver] = field(default_factory=dict[CampId, HandOver])
    stations: dict[CampId, StationPlan] = field(default_factory=dict[CampId, StationPlan])
    signups: dict[tuple[CampId, MemberId], Signup] = field(default_factory=dict[tuple[CampId, MemberId], Signup])
    polls: dict[PollId, Poll] = field(default_factory=dict[PollId, Poll])
    ballots: dict[tuple[PollId, VoterKey], Choices] = field(default_factory=dict[tuple[PollId, VoterKey], Choices])
    notes: dict[NoteId, Note] = field(default_factory=dict[NoteId, Note])
    note_versions: dict[tuple[NoteId, int], Version] = field(default_factory=dict[tuple[NoteId, int], Version])
    note_objections: dict[tuple[NoteId, MemberId, int, Audience], Objection] = field(
        default_factory=dict[tuple[NoteId, MemberId, int, Audience], Objection]
    )
    note_waiting: dict[NoteId, Waiting] = field(default_factory=dict[NoteId, Waiting])
    note_sendings: dict[UUID, Sending] = field(default_factory=dict[UUID, Sending])
    note_jobs: dict[UUID, Job] = field(default_factory=dict[UUID, Job])
    bank: dict[NoteId, Shelved] = field(default_factory=dict[NoteId, Shelved])
    bank_trials: dict[tuple[NoteId, MemberId], Trial] = field(default_factory=dict[tuple[NoteId, MemberId], Trial])
    bank_vectors: dict[NoteId, tuple[str, Learned]] = field(default_factory=dict[NoteId, tuple[str, Learned]])
    bank_withdrawn: dict[NoteId, NoteId] = field(default_factory=dict[NoteId, NoteId])
    challenges: dict[ChallengeId, Challenge] = field(default_factory=dict[ChallengeId, Challenge])
    challenge_answers: dict[tuple[ChallengeId, MemberId], Answer] = field(
        default_factory=dict[tuple[ChallengeId, MemberId], Answer]
    )
    challenge_invitations: dict[tuple[ChallengeId, MemberId], Invitation] = field(
        default_factory=dict[tuple[ChallengeId, MemberId], Invitation]
    )
    lines: dict[LineId, Line] = field(default_factory=dict[LineId, Line])
    installations: dict[str, tuple[Installation, ...]] = field(default_factory=dict[str, tuple[Installation, ...]])


class Pen:
    """Whether a unit of work may write, and whether it failed."""

    def __init__(self, *, reading: bool) -> None:
        self.reading = reading
        self.failed = False

    def check(self, *, writing: bool) -> None:
        if self.failed:
            raise StorageError("this unit of work failed and was rolled back")
        if writing and self.reading:
            raise RuntimeError("a unit of work for reading cannot write")

    def fail(self, error: StorageError) -> StorageError:
        self.failed = True
        return error


class Draft(Generic[K, V]):
    """One table as a unit of work sees it: what is committed, under its own changes. Nothing is copied."""

    def __init__(self, committed: dict[K, V], pen: Pen) -> None:
        self._committed = committed
        self._changes: dict[K, V] = {}
        self._removed: set[K] = set()
        self._pen = pen

    def get(self, key: K) -> V | None:
        self._pen.check(writing=False)
        if key in self._removed:
            return None
        return self._changes.get(key, self._committed.get(key))

    def items(self) -> list[tuple[K, V]]:
        self._pen.check(writing=False)
        merged = self._committed | self._changes
        return [(key, value) for key, value in merged.items() if key not in self._removed]

    def values(self) -> list[V]:
        return [value for _, value in self.items()]

    def put(self, key: K, value: V) -> None:
        self._pen.check(writing=True)
        self._removed.discard(key)
        self._changes[key] = value

    def remove(self, keys: Iterable[K]) -> None:
        self._pen.check(writing=True)
        for key in keys:
            self._changes.pop(key, None)
            self._removed.add(key)

    def keep(self) -> None:
        self._committed.update(self._changes)
        for key in self._removed:
            self._committed.pop(key, None)
        self.drop()

    def drop(self) -> None:
        self._changes = {}
        self._removed = set()


class Drafts:
    """All tables of a workspace as a unit of work sees them."""

    def __init__(self, books: Books, *, reading: bool) -> None:
        self.pen = Pen(reading=reading)
        self.options = Draft(books.options, self.pen)
        self.sectors = Draft(books.sectors, self.pen)
        self.themes = Draft(books.themes, self.pen)
        self.synonyms = Draft(books.synonyms, self.pen)
        self.vectors = Draft(books.vectors, self.pen)
        self.members = Draft(books.members, self.pen)
        self.blocks = Draft(books.blocks, self.pen)
        self.rounds = Draft(books.rounds, self.pen)
        self.intros = Draft(books.intros, self.pen)
        self.schedules = Draft(books.schedules, self.pen)
        self.occurrences = Draft(books.occurrences, self.pen)
        self.deliveries = Draft(books.deliveries, self.pen)
        self.lanes = Draft(books.lanes, self.pen)
        self.conversations = Draft(books.conversations, self.pen)
        self.messages = Draft(books.messages, self.pen)
        self.marks = Draft(books.marks, self.pen)
        self.arrivals = Draft(books.arrivals, self.pen)
        self.homes = Draft(books.homes, self.pen)
        self.landmarks = Draft(books.landmarks, self.pen)
        self.form_drafts = Draft(books.form_drafts, self.pen)
        self.codes = Draft(books.codes, self.pen)
        self.lines = Draft(books.lines, self.pen)
        self.announcements = Draft(books.announcements, self.pen)
        self.calendar_keys = Draft(books.calendar_keys, self.pen)
        self.camps = Draft(books.camps, self.pen)
        self.stations = Draft(books.stations, self.pen)
        self.handovers = Draft(books.handovers, self.pen)
        self.signups = Draft(books.signups, self.pen)
        self.polls = Draft(books.polls, self.pen)
        self.ballots = Draft(books.ballots, self.pen)
        self.notes = Draft(books.notes, self.pen)
        self.note_versions = Draft(books.note_versions, self.pen)
        self.note_objections = Draft(books.note_objections, self.pen)
        self.note_waiting = Draft(books.note_waiting, self.pen)
        self.note_sendings = Draft(books.note_sendings, self.pen)
        self.note_jobs = Draft(books.note_jobs, self.pen)
        self.challenges = Draft(books.challenges, self.pen)
        self.challenge_answers = Draft(books.challenge_answers, self.pen)
        self.challenge_invitations = Draft(books.challenge_invitations, self.pen)
        self.bank = Draft(books.bank, self.pen)
        self.bank_trials = Draft(books.bank_trials, self.pen)
        self.bank_vectors = Draft(books.bank_vectors, self.pen)
        self.bank_withdrawn = Draft(books.bank_withdrawn, self.pen)
        self.installations = Draft(books.installations, self.pen)

    def keep(self) -> None:
        self.pen.check(writing=False)
        if self.pen.reading:
            raise RuntimeError("a unit of work for reading has nothing to commit")
        for draft in vars(self).values():
            if isinstance(draft, Draft):
                draft.keep()
