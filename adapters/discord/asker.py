"""Somebody who waits for an answer: who they are, where they asked, and how they can still be answered."""

from dataclasses import dataclass
from hashlib import sha256

from adapters.discord.origin import Origin
from adapters.discord.waiting import Waiting
from bot.identity import WorkspaceId
from bot.interactions import Arrival


@dataclass(frozen=True, slots=True)
class Asker:
    """``waiting``: what Discord still takes for this interaction."""

    arrival: Arrival
    origin: Origin
    waiting: Waiting

    @property
    def workspace(self) -> WorkspaceId:
        """The academy."""
        return self.arrival.workspace

    @property
    def user(self) -> str:
        """The Discord user."""
        return self.arrival.account.user

    def key(self, place: int) -> str:
        """Marks the message that gives the reply at this place; at most 36 characters."""
        return f"{sha256(self.arrival.id.encode()).hexdigest()[:32]}.{place}"
