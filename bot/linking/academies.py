"""``/academy link``: one academy with a home on each of several platforms."""

from dataclasses import dataclass

from bot.announcements.domain import AnnouncementState
from bot.errors import Conflict, NotAllowed, NotThere, Taken, phrase
from bot.homes import Installation
from bot.identity import MemberId, WorkspaceId
from bot.interactions import Arrival
from bot.introductions.reaching import called
from bot.linking.codes import read_code
from bot.linking.proving import Given, Proving
from bot.members.domain import LinkKind
from bot.ports import Units, Workspace, WorkspaceDirectory

_LINK = phrase("/academy link")


@dataclass(frozen=True, slots=True)
class Joining:
    """Two academies that can become one: ``moves`` moves in with ``stays``. ``members``: of ``moves``, with a profile;
    ``known``: those of them who are on the roster of ``stays`` already. ``planned``: announcements that have still to go out."""

    stays: Workspace
    moves: Workspace
    members: int
    known: int
    planned: int = 0


class AcademyLinks:
    """Use cases around the homes of an academy."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, proving: Proving) -> None:
        self._units = units
        self._directory = directory
        self._proving = proving

    async def homes(self, arrival: Arrival) -> tuple[Installation, ...]:
        """Where the academy is."""
        async with self._units(arrival.workspace, reading=True) as work:
            return tuple(await work.vocabulary.homes())

    async def give(self, arrival: Arrival, member: MemberId) -> Given:
        """A code for an organiser of the other place."""
        return await self._proving.give(arrival, member, LinkKind.ACADEMY)

    async def preview(self, arrival: Arrival, typed: str) -> tuple[WorkspaceId, Joining]:
        """The other academy, and what would become of the two. The code is spent; for ten minutes the one who typed it may
        say yes. Raises what :meth:`bot.linking.proving.Proving.take` does, and NotAllowed where they cannot be one."""
        proof = await self._proving.take(arrival, typed, LinkKind.ACADEMY)
        if proof.workspace.id == arrival.workspace:
            raise NotAllowed(
                phrase("That code is from this academy. Type {command} and the code in the other place.", command=_LINK)
            )
        async with self._units(proof.workspace.id, reading=True) as work:
            giver = await work.members.get(proof.link.member)
        if giver is None or not giver.is_organiser():
            raise NotAllowed(phrase("Whoever gave you that code is no organiser there any more."))
        joining = await self._joining(arrival.workspace, proof.workspace.id)
        async with self._units(arrival.workspace) as work:
            await self._proving.use(work, arrival, _meant(proof.workspace.id))
            await work.commit()
        await self._proving.spend(proof.workspace.id, read_code(typed))
        return proof.workspace.id, joining

    async def join(self, arrival: Arrival, other: WorkspaceId) -> Workspace:
        """Makes them one. Where the asker's own academy moves, nothing is left under ``arrival.workspace`` afterwards.

        Raises NotThere where the proof is too old, NotAllowed or Conflict where they cannot be one any more.
        """
        async with self._units(arrival.workspace) as work:
            if not await self._proving.has_proven(work, arrival, _meant(other)):
                raise NotThere(
                    phrase(
                        "That took longer than ten minutes, so nothing was changed. {command} gives a new code.",
                        command=_LINK,
                    )
                )
            await work.commit()
        joining = await self._joining(arrival.workspace, other)
        home = joining.moves.installations[0]
        try:
            return await self._directory.join(joining.stays.id, home.external, home.name)
        except Taken:
            raise Conflict(
                phrase("One of the two changed just now, so nothing was joined. Please begin with a new code.")
            ) from None

    async def _joining(self, one: WorkspaceId, other: WorkspaceId) -> Joining:
        mine, theirs = await self._directory.get(one), await self._directory.get(other)
        if mine is None or theirs is None or mine.frozen_at is not None or theirs.frozen_at is not None:
            raise NotThere(phrase("The other academy is not there any more."))
        both = {home.platform for home in mine.installations} & {home.platform for home in theirs.installations}
        if both:
            raise NotAllowed(
                phrase(
                    "Both are on {platform}, and an academy has one home on each platform.", platform=called(min(both))
                )
            )
        stays, moves = sorted((mine, theirs), key=lambda academy: academy.id)
        if await self._directory.has_history(moves.id):
            if await self._directory.has_history(stays.id):
                raise NotAllowed(
                    phrase(
                        "Both academies have introductions or camps of their own already, and two histories can't be told as one."
                        " Nothing was changed. As long as one of the two has none, they can be joined."
                    )
                )
            stays, moves = moves, stays
        async with self._units(moves.id, reading=True) as work:
            arriving = [member for member in await work.members.everybody() if member.is_complete()]
            planned = await work.announcements.in_states((AnnouncementState.SCHEDULED, AnnouncementState.AWAITING))
        async with self._units(stays.id, reading=True) as work:
            there = {account for member in await work.members.everybody() for account in member.accounts}
        known = sum(bool(there.intersection(member.accounts)) for member in arriving)
        return Joining(stays, moves, len(arriving), known, len(planned))


def _meant(other: WorkspaceId) -> str:
    return f"academy:{other}"
