"""Ids and addresses: how the core names people, places and things without knowing any platform.

Every id is a UUIDv7 made by us, so that ids sort by time and two machines never make the same one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

import uuid_utils.compat

WorkspaceId = NewType("WorkspaceId", UUID)
MemberId = NewType("MemberId", UUID)
RoundId = NewType("RoundId", UUID)
IntroId = NewType("IntroId", UUID)
DeliveryId = NewType("DeliveryId", UUID)
ScheduleId = NewType("ScheduleId", UUID)
OccurrenceId = NewType("OccurrenceId", UUID)
ConversationId = NewType("ConversationId", UUID)
MessageId = NewType("MessageId", UUID)
LineId = NewType("LineId", UUID)
AnnouncementId = NewType("AnnouncementId", UUID)
CampId = NewType("CampId", UUID)
PollId = NewType("PollId", UUID)
NoteId = NewType("NoteId", UUID)
ChallengeId = NewType("ChallengeId", UUID)


def new_id() -> UUID:
    """A fresh UUIDv7. Wrap it in the id type that is meant: ``MemberId(new_id())``."""
    return uuid_utils.compat.uuid7()


def first_id_at(at: datetime) -> UUID:
    """No id that was made at this time or later is smaller."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


@dataclass(frozen=True, slots=True)
class Account:
    """One person's account on one platform, for example ``Account("slack", "U024BE7LH")``."""

    platform: str
    user: str


@dataclass(frozen=True, slots=True)
class Address:
    """Where something is or may be posted: a conversation, a thread or a message.

    ``value`` is opaque: only the adapter named by ``platform`` made it and only that adapter reads it.
    """

    platform: str
    value: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A conversation that is open to many, with the name by which people there know it, without its ``#``."""

    address: Address
    name: str
