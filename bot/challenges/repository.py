"""What a unit of work reads and writes of challenges. What is asked and answered is sealed at rest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.challenges.domain import Answer, Challenge, ChallengeState, Invitation
from bot.identity import ChallengeId, MemberId


class Challenges(Protocol):
    """Challenges with their answers, and with those who were asked."""

    async def put(self, challenge: Challenge) -> None:
        """Adds it, or writes it anew."""
        ...

    async def get(self, challenge: ChallengeId) -> Challenge | None:
        """One challenge."""
        ...

    async def remove(self, challenge: ChallengeId) -> None:
        """Takes it away with its answers and invitations; one that is not there is fine."""
        ...

    async def in_states(self, states: Sequence[ChallengeState], limit: int = 100) -> Sequence[Challenge]:
        """Newest first."""
        ...

    async def put_answer(self, answer: Answer) -> None:
        """The member's answer is this one from now on."""
        ...

    async def answer(self, challenge: ChallengeId, member: MemberId) -> Answer | None:
        """What this member answered."""
        ...

    async def answers(self, challenge: ChallengeId) -> Sequence[Answer]:
        """Oldest first."""
        ...

    async def answers_by(self, member: MemberId) -> Sequence[Answer]:
        """In all challenges, oldest first."""
        ...

    async def remove_answer(self, challenge: ChallengeId, member: MemberId) -> bool:
        """Takes it away; False where there was none."""
        ...

    async def put_invitations(self, invitations: Sequence[Invitation]) -> None:
        """Adds them; the same member's to the same challenge again takes its place."""
        ...

    async def invitations(self, challenge: ChallengeId) -> Sequence[Invitation]:
        """Oldest first."""
        ...

    async def invitations_to(self, member: MemberId) -> Sequence[Invitation]:
        """To all challenges, newest first."""
        ...

    async def invited_since(self, at: datetime) -> Sequence[Invitation]:
        """To all members at or after then, oldest first."""
        ...

    async def remove_invitation(self, challenge: ChallengeId, member: MemberId) -> None:
        """Takes it away; one that is not there is fine."""
        ...

    async def give_to(self, author: MemberId, another: MemberId) -> None:
        """Challenges of one who turned out to be another member. Answers and invitations are
        :mod:`bot.challenges.people`'s."""
        ...

    async def forget_said(self, challenge: ChallengeId) -> int:
        """All answers and invitations of it go; returns how many."""
        ...

    async def forget_drafts_before(self, at: datetime) -> int:
        """Drafts that nobody posted go."""
        ...

    async def closed_before(self, at: datetime) -> Sequence[ChallengeId]:
        """Those that were closed before then, oldest first."""
        ...
