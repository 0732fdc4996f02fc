"""The kinds of letter of polls: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import DeliveryId, PollId


@dataclass(frozen=True, slots=True)
class PollCard(Letter):
    """A poll where it was posted; as an edit, the same as it stands then."""

    code: ClassVar[str] = "poll"
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollOver(Letter):
    """What came of a poll, told to whoever made it."""

    code: ClassVar[str] = "poll_over"
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollNotPosted(Letter):
    """To whoever made a poll: its card could not be posted somewhere. ``card``: the delivery that should have posted it."""

    code: ClassVar[str] = "poll_not_posted"
    poll: PollId
    card: DeliveryId


@dataclass(frozen=True, slots=True)
class PollGone(Letter):
    """To whoever made a poll: nobody can vote there any more. ``card``: the delivery that had posted it."""

    code: ClassVar[str] = "poll_gone"
    poll: PollId
    card: DeliveryId


@dataclass(frozen=True, slots=True)
class PollLeft(Letter):
    """To one who may look after it now: whoever made it has left, and nothing closes it soon."""

    code: ClassVar[str] = "poll_left"
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollDay(Letter):
    """Where a poll stood that has found a day: that day, for everybody's calendar."""

    code: ClassVar[str] = "poll_day"
    poll: PollId


@dataclass(frozen=True, slots=True)
class PollReminder(Letter):
    """To one who has not voted yet; as an edit, what became of it since."""

    code: ClassVar[str] = "poll_reminder"
    poll: PollId
