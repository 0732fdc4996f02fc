"""Somebody who waits for an answer: who they are, where they asked, and how they can still be answered."""

from dataclasses import dataclass
from hashlib import sha256

from adapters.slack.origin import USES, Origin
from bot.identity import WorkspaceId
from bot.interactions import Arrival


@dataclass(slots=True)
class Asker:
    """``trigger`` opens a view while it is young. ``left``: how often the ``response_url`` may still be used."""

    arrival: Arrival
    origin: Origin
    trigger: str = ""
    left: int = USES

    @property
    def workspace(self) -> WorkspaceId:
        """The academy."""
        return self.arrival.workspace

    @property
    def user(self) -> str:
        """The Slack user."""
        return self.arrival.account.user

    def key(self, place: int) -> str:
        """Marks the message that gives the reply at this place; at most 36 characters."""
        return f"{sha256(self.arrival.id.encode()).hexdigest()[:32]}.{place}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A view that stands open. ``hash`` changes with its content; empty where it is not known."""

    view: str
    hash: str = ""
