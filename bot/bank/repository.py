"""What the knowledge bank keeps, and how it is searched: the same results whichever database keeps it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.identity import MemberId, NoteId
from bot.notes.casenote import CaseNote
from bot.notes.domain import Audience

# Tokens of which one is enough, and of such groups each: what a note must have to be a candidate.
Wanted: TypeAlias = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A published note as the bank knows it: masked already, for good. ``took_part`` (with the author among them) may see it
    where its audience is :attr:`Audience.US`. ``links``: to the messages, by id, for those who may see these."""

    note: NoteId
    author: MemberId
    took_part: tuple[MemberId, ...]
    audience: Audience
    content: CaseNote
    themes: tuple[str, ...]
    sectors: tuple[str, ...]
    place: str
    version: int
    published_at: datetime
    links: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)


class Outcome(StrEnum):
    """How it went where somebody tried what a note tells."""

    WORKED = "worked"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Trial:
    """Somebody tried it: where, how it went, and a sentence, masked. One a member and note."""

    note: NoteId
    member: MemberId
    outcome: Outcome
    place: str
    text: str = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A note that a search may show. ``terms``: its weights, as the index keeps them (:func:`bot.bank.ranking.weight_in`);
    ``worked``: at how many places it did."""

    note: NoteId
    terms: str = field(repr=False)
    worked: int
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Learned:
    """What a model says of a note's sentences, as one row of bytes a sentence. ``version``: of which version of the note."""

    note: NoteId
    version: int
    vectors: bytes = field(repr=False)


class Bank(Protocol):
    """The published notes of one academy, and what finds them. Nothing here is unmasked."""

    async def put(self, entry: Entry) -> None:
        """Adds it, or takes the place of an earlier version."""
        ...

    async def put_all(self, entries: Sequence[Entry]) -> None:
        """The same for many at once, fast."""
        ...

    async def remove(self, note: NoteId) -> None:
        """Takes it out, with what was said of it; one that is not there is fine."""
        ...

    async def get(self, note: NoteId) -> Entry | None:
        """One entry."""
        ...

    async def many(self, notes: Sequence[NoteId]) -> Mapping[NoteId, Entry]:
        """Those of them that are there."""
        ...

    async def withdrawn(self, note: NoteId) -> bool:
        """Whether everybody could see it once, and nobody outside can any more."""
        ...

    async def known(self, terms: Collection[str], beginnings: Collection[str]) -> Mapping[str, int]:
        """In how many notes each of these terms stands, and the most frequent ones that begin so. ``""``: how many notes
        there are."""
        ...

    async def alike(self, term: str) -> Mapping[str, int]:
        """In how many notes each term stands that begins or ends as this one: among them what was meant, if it is misspelt."""
        ...

    async def candidates(self, wanted: Wanted, limit: int, ways: Sequence[Wanted] = ()) -> Sequence[Candidate]:
        """Notes that have one token of each group, and of each group of one of the ways, if there are any; the newest first."""
        ...

    async def outdated(self, limit: int) -> Sequence[NoteId]:
        """Notes whose words were read otherwise than they are read now."""
        ...

    async def newest(self, audiences: Collection[Audience], limit: int, offset: int = 0) -> Sequence[NoteId]:
        """Notes for these, the newest first."""
        ...

    async def count(self, audiences: Collection[Audience]) -> int:
        """How many notes there are for these."""
        ...

    async def changed_at(self, audiences: Collection[Audience]) -> datetime | None:
        """When a note for these, or what was said of one, last changed."""
        ...

    async def put_trial(self, trial: Trial) -> None:
        """What this member says of trying it, from now on. One for a note that is not there is dropped."""
        ...

    async def remove_trial(self, note: NoteId, member: MemberId) -> None:
        """Takes it back; one that is not there is fine."""
        ...

    async def trials(self, notes: Collection[NoteId]) -> Sequence[Trial]:
        """What was said of these notes, the oldest first."""
        ...

    async def trials_by(self, member: MemberId) -> Sequence[Trial]:
        """What this member said, the oldest first."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """One who turned out to be another member: their notes and trials."""
        ...

    async def unlearned(self, model: str, limit: int) -> Sequence[NoteId]:
        """Notes of which this model has not been asked in their present version, the newest first."""
        ...

    async def learn(self, model: str, learned: Sequence[Learned]) -> None:
        """Keeps what a model says; what another one said goes."""
        ...

    async def learned_mark(self, model: str) -> str:
        """Another one as soon as this model has said more, or something else."""
        ...

    async def learned(self, model: str, limit: int) -> Sequence[Learned]:
        """What this model has said of the newest notes."""
        ...
