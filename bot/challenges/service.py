"""Use cases around challenges: nothing is posted, nobody asked and nothing closed that was not looked at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.challenges.answering import Answering
from bot.challenges.asking import Asking
from bot.challenges.closing import Endings
from bot.challenges.domain import Challenge
from bot.challenges.drafting import ChallengeDrafts
from bot.challenges.listing import Waits, listed, waiting_for
from bot.challenges.outgoing import is_gone, posted, refresh
from bot.challenges.standing import Standing, hosted, standing, there
from bot.deliveries.domain import DeliveryState
from bot.identity import Address, ChallengeId, WorkspaceId
from bot.members.domain import Member, Theme
from bot.members.suggesting import Nearness
from bot.notes.drafts import Drafting
from bot.ports import Chats, Clock, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Preparer
from bot.threads import Readers
from bot.words import Languages


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes what a challenge becomes: ``drafting`` makes case notes, in one of the ``languages``; ``readers`` know whether a
    place is private."""

    drafting: Drafting
    languages: Languages
    readers: Readers


class ChallengeService:
    """Use cases; ``drafts`` are what nobody else has seen yet, ``answering`` takes the answers, ``asking`` asks members in
    private, ``endings`` closes."""

    def __init__(
        self, units: Units, clock: Clock, chats: Chats, writers: Writers, nearness: Nearness | None = None
    ) -> None:
        self._units = units
        self._clock = clock
        self.drafts = ChallengeDrafts(units, clock, chats)
        self.answering = Answering(units, clock)
        self.asking = Asking(units, clock, chats, nearness)
        self.endings = Endings(units, clock, writers.drafting, writers.languages, writers.readers)

    async def look(self, workspace: WorkspaceId, challenge: ChallengeId) -> Standing:
        """How it stands. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await standing(work, await there(work, challenge))

    async def themes(self, workspace: WorkspaceId) -> Sequence[Theme]:
        """The academy's themes, from which one may choose."""
        async with self._units(workspace, reading=True) as work:
            return await work.vocabulary.themes()

    async def every(self, workspace: WorkspaceId, member: Member, here: Address) -> Sequence[Challenge]:
        """The challenges that this member is told of where they are now; see :func:`bot.challenges.listing.listed`."""
        async with self._units(workspace, reading=True) as work:
            return await listed(work, member, here)

    async def waiting(self, workspace: WorkspaceId, member: Member) -> Waits:
        """Open challenges to which this member was asked and has said nothing, and their own, newest first."""
        async with self._units(workspace, reading=True) as work:
            return await waiting_for(work, member)

    async def to_choose(
        self, workspace: WorkspaceId, challenge: ChallengeId, by: Member
    ) -> tuple[Challenge, Sequence[Theme]]:
        """An open one and the themes that it may be about. Raises as :func:`bot.challenges.standing.hosted` does."""
        async with self._units(workspace, reading=True) as work:
            return await hosted(work, challenge, by), await work.vocabulary.themes()

    async def choose_themes(
        self, workspace: WorkspaceId, challenge: ChallengeId, by: Member, themes: Sequence[str]
    ) -> None:
        """An open one is about these from now on. Raises as :func:`bot.challenges.standing.hosted` does."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = replace(await hosted(work, challenge, by), themes=tuple(themes))
            await work.challenges.put(found)
            await refresh(work, found, now)
            await work.commit()

    async def post_again(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member) -> None:
        """Tries once more where its card could not be posted, or is gone. Raises NotThere for one that is closed."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            place = found.place
            card = None if place is None or place.anchor is None else await work.deliveries.get(place.anchor)
            lost = card is not None and (card.state is DeliveryState.FAILED or await is_gone(work, found, card.id))
            if place is not None and lost:
                fresh, again = posted(found, place, now)
                await work.deliveries.add([again])
                await work.challenges.put(replace(found, place=fresh))
                await work.commit()

    def preparers(self) -> Mapping[ScheduleKind, Preparer]:
        """What the timekeeper does when a challenge's time is over."""
        return self.endings.preparers()
