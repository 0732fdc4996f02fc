"""The kinds of letter of challenges: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import ChallengeId, DeliveryId


@dataclass(frozen=True, slots=True)
class ChallengeCard(Letter):
    """A challenge where it was posted; as an edit, the same as it stands then."""

    code: ClassVar[str] = "challenge"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChallengeInvitation(Letter):
    """To one who is asked what they see."""

    code: ClassVar[str] = "challenge_invitation"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChallengeOver(Letter):
    """What came of it, to whoever asked; where they have left, to those who inherit it."""

    code: ClassVar[str] = "challenge_over"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChallengeUnused(Letter):
    """To one whose answer was held until the close: it was not used, and is gone."""

    code: ClassVar[str] = "challenge_unused"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChallengeLeft(Letter):
    """To one who may look after it now: whoever asked has left, and nothing closes it soon."""

    code: ClassVar[str] = "challenge_left"
    challenge: ChallengeId


@dataclass(frozen=True, slots=True)
class ChallengeGone(Letter):
    """To whoever asked: the card stood there and does not any more. ``card``: the delivery that had posted it."""

    code: ClassVar[str] = "challenge_gone"
    challenge: ChallengeId
    card: DeliveryId


@dataclass(frozen=True, slots=True)
class ChallengeNotPosted(Letter):
    """To whoever asked: the card could not be posted. ``card``: the delivery that should have posted it."""

    code: ClassVar[str] = "challenge_not_posted"
    challenge: ChallengeId
    card: DeliveryId
