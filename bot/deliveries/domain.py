"""A delivery as a value, and the letters: what a delivery says, as ids only.

The words are made when it is sent, from what is true then: somebody who paused, left or erased themself in the meantime
gets and causes no message, the reader's language counts, and the outbox holds no personal data.
"""

import dataclasses
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, TypeAlias
from uuid import UUID

from bot.identity import Address, DeliveryId, IntroId, MemberId, OccurrenceId
from bot.traces import current_trace


class DeliveryState(StrEnum):
    """``WAITING`` → ``SENDING`` → ``SENT`` | ``WAITING`` again | ``FAILED`` | ``DOUBTFUL`` | ``CANCELLED``."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    CANCELLED = "cancelled"


class IfInDoubt(StrEnum):
    """What happens where not even the platform can tell whether a message arrived."""

    ASK_A_PERSON = "ask_a_person"
    SEND_AGAIN = "send_again"


@dataclass(frozen=True, slots=True)
class ToMember:
    """The member's direct conversation with the bot, on the platform where the member is."""

    member: MemberId


@dataclass(frozen=True, slots=True)
class ToPlace:
    """A channel, room or thread whose address is known."""

    address: Address


@dataclass(frozen=True, slots=True)
class ToIntroRoom:
    """The room of an introduction; opened, once, when the first delivery goes there."""

    intro: IntroId


@dataclass(frozen=True, slots=True)
class ToCalendar:
    """The events that everybody in the academy's place on a platform sees, such as a Discord server's."""

    platform: str


Target: TypeAlias = ToMember | ToPlace | ToIntroRoom | ToCalendar


@dataclass(frozen=True, slots=True)
class Letter:
    """What a delivery says, as ids; a builder in the capability's ``letters.py`` makes the card when it is sent."""

    code: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one place. ``key`` is unique in the workspace: writing the same delivery twice is harmless.

    ``lane``: one a conversation; only the oldest unfinished delivery of a lane is claimable, so order holds.
    ``revises``: this one edits the message that an earlier delivery posted instead of posting a new one. ``trace``: shared by
    the log lines of all that one thing caused (:mod:`bot.traces`).
    """

    id: DeliveryId
    key: str
    lane: str
    target: Target
    letter: Letter
    not_before: datetime
    not_after: datetime | None = None
    revises: DeliveryId | None = None
    if_in_doubt: IfInDoubt = IfInDoubt.ASK_A_PERSON
    occurrence: OccurrenceId | None = None
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    first_tried_at: datetime | None = None
    error: str = ""
    message: Address | None = None
    created_at: datetime | None = None
    sent_at: datetime | None = None
    trace: str = field(default_factory=current_trace)


@dataclass(frozen=True, slots=True)
class Lane:
    """A conversation's rate: nothing is sent in it before ``next_at``, by any replica."""

    lane: str
    next_at: datetime


@dataclass(frozen=True, slots=True)
class LetterTable:
    """The kinds of letter by their code; turns a letter into what is stored and back."""

    kinds: Mapping[str, type[Letter]] = field(default_factory=dict[str, type[Letter]])

    @classmethod
    def of(cls, kinds: Iterable[type[Letter]]) -> "LetterTable":
        """The table of some kinds; two with one code are an error at start."""
        table: dict[str, type[Letter]] = {}
        for kind in kinds:
            if not kind.code or table.setdefault(kind.code, kind) is not kind:
                raise ValueError(f"{kind.__name__} needs a code of its own")
        return cls(table)

    def write(self, letter: Letter) -> str:
        """The letter as JSON: its code and its ids."""
        values = {entry.name: str(getattr(letter, entry.name)) for entry in dataclasses.fields(letter)}
        return json.dumps({"letter": letter.code, **values}, separators=(",", ":"))

    def read(self, stored: str) -> Letter:
        """The letter that was stored. Raises ValueError for a kind that is no longer in the table."""
        values: dict[str, str] = json.loads(stored)
        kind = self.kinds.get(values.pop("letter", ""))
        if kind is None:
            raise ValueError("a letter of a kind that is gone")
        entries = {entry.name: values[entry.name] for entry in dataclasses.fields(kind)}
        return kind(**{name: UUID(value) for name, value in entries.items()})
