"""What members do with their own data; what organisers do is in ``organisers.py``."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import Account, MemberId, WorkspaceId
from bot.interactions import Arrival
from bot.members import consent
from bot.members.domain import Consent, Member
from bot.members.leaving import everything_about, forget, keep_one_organiser
from bot.members.organisers import OrganiserUseCases
from bot.members.presence import present, somebody_elses
from bot.members.profile import Lists, Profile, adopted, with_profile
from bot.members.recognising import recognised
from bot.members.suggesting import Nearness
from bot.ports import Clock, UnitOfWork, Units
from bot.schedules.domain import ScheduleKind

Leave: TypeAlias = Callable[[UnitOfWork, MemberId, datetime], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Standing:
    """A member with what the cards about them need."""

    member: Member
    lists: Lists
    next_round: datetime | None = None


async def in_nothing(work: UnitOfWork, member: MemberId, now: datetime) -> None:
    """For a house without introductions: there is nothing that a member could leave."""
    del work, member, now


def from_each(*leaves: Leave) -> Leave:
    """Leaving several capabilities, one after the other."""

    async def leave(work: UnitOfWork, member: MemberId, now: datetime) -> None:
        for one in leaves:
            await one(work, member, now)

    return leave


class MemberService(OrganiserUseCases):
    """Use cases around members. ``first_organisers`` (``slack:U123``) come from the settings.

    ``leave`` ends what somebody takes part in who is forgotten, within the same unit of work. ``nearness``: a language
    model that helps to suggest tags, where there is one.
    """

    def __init__(
        self,
        units: Units,
        clock: Clock,
        first_organisers: frozenset[str] = frozenset(),
        leave: Leave = in_nothing,
        nearness: Nearness | None = None,
    ) -> None:
        super().__init__(units, clock, first_organisers, nearness)
        self._leave = leave
        self._handles: dict[tuple[WorkspaceId, Account], str] = {}

    async def recognise(self, work: UnitOfWork, arrival: Arrival) -> Member:
        """The member behind an account; a blank one, written in ``work``, for somebody who is not on the roster."""
        return await recognised(work, arrival, self._first_organisers, self._handles, self._clock.now())

    async def standing(self, workspace: WorkspaceId, member: MemberId) -> Standing:
        """The member as stored now. Raises NotThere for somebody who is gone."""
        async with self._units(workspace, reading=True) as work:
            return await self._standing(work, await present(work, member))

    async def lists(self, workspace: WorkspaceId) -> Lists:
        """What may be chosen from in a profile."""
        async with self._units(workspace, reading=True) as work:
            return await _lists(work)

    async def save_profile(self, workspace: WorkspaceId, member: MemberId, profile: Profile) -> Standing:
        """Takes over what the form says. Raises NotThere for a sector that is gone in the meantime."""
        async with self._units(workspace) as work:
            lists = await _lists(work)
            if profile.sector not in {sector.key for sector in lists.sectors}:
                raise NotThere(phrase("That sector is no longer there. Please open the form again and choose another."))
            after = with_profile(await present(work, member), profile, lists)
            await work.members.put(after)
            standing = await self._standing(work, after)
            await work.commit()
            return standing

    async def adopt_theme(self, workspace: WorkspaceId, member: MemberId, typed: str, theme: str) -> Standing:
        """Writes a theme as the academy does. Raises NotThere where the academy no longer has it."""
        async with self._units(workspace) as work:
            found = next((known for known in await work.vocabulary.themes() if known.key == theme), None)
            if found is None:
                raise NotThere(phrase("That theme is no longer there."))
            after = adopted(await present(work, member), typed, found)
            await work.members.put(after)
            standing = await self._standing(work, after)
            await work.commit()
            return standing

    async def pause(self, workspace: WorkspaceId, member: MemberId, until: date) -> Standing:
        """No introductions before ``until``, the first day on which the member is back."""
        return await self._change(workspace, member, lambda found: replace(found, paused_until=until))

    async def resume(self, workspace: WorkspaceId, member: MemberId) -> Standing:
        """The pause is over."""
        return await self._change(workspace, member, lambda found: replace(found, paused_until=None))

    async def share_email(self, workspace: WorkspaceId, member: MemberId, *, shares: bool) -> Standing:
        """Whether those the member is introduced to see the e-mail address."""
        return await self._change(workspace, member, lambda found: replace(found, shares_email=shares))

    async def hear_announcements(self, workspace: WorkspaceId, member: MemberId, *, hears: bool) -> Standing:
        """Whether announcements go to this member. What is on its way to them is dropped when they want none."""
        return await self._change(workspace, member, lambda found: replace(found, announcements_muted=not hears))

    async def answer_invitation(
        self, workspace: WorkspaceId, asking: MemberId, member: MemberId, answer: Consent
    ) -> Standing:
        """Keeps the answer; the same one again changes nothing. Raises NotAllowed for somebody else's button."""
        if asking != member:
            raise somebody_elses(phrase("/profile"))
        now = self._clock.now()
        return await self._change(workspace, member, lambda found: consent.answered(found, answer, now))

    async def export(self, workspace: WorkspaceId, member: MemberId) -> bytes:
        """Everything that is stored about the member, as JSON."""
        async with self._units(workspace, reading=True) as work:
            return await everything_about(work, await present(work, member), self._clock.now())

    async def erase_self(self, workspace: WorkspaceId, asking: MemberId, member: MemberId) -> None:
        """Forgets the one who asks, and is harmless when asked again. Raises NotAllowed for the last organiser, and for
        somebody else's button."""
        async with self._units(workspace) as work:
            asker = await work.members.get(asking)
            if asker is None or asker.erased_at is not None:
                return
            if member != asking:
                found = await work.members.get(member)
                if asker.is_complete() or (found is not None and found.erased_at is None):
                    raise somebody_elses(phrase("/profile"))
            await keep_one_organiser(work, asker)
            await self._forget(work, asking)
            await work.commit()

    async def erase(self, workspace: WorkspaceId, member_or_roster_id: str) -> None:
        """Forgets a member by id or by the roster's id. Raises NotThere for an id that nobody has."""
        async with self._units(workspace) as work:
            found = await _by_any_id(work, member_or_roster_id.strip())
            if found.is_organiser() and await work.members.organiser_count() <= 1:
                raise NotAllowed(
                    phrase(
                        "That is the only organiser. Name another one first: {command}.",
                        command=phrase("/academy organiser"),
                    )
                )
            await self._forget(work, found.id)
            await work.commit()

    async def _change(self, workspace: WorkspaceId, member: MemberId, change: Callable[[Member], Member]) -> Standing:
        async with self._units(workspace) as work:
            before = await present(work, member)
            after = change(before)
            standing = await self._standing(work, after)
            if after != before:
                await work.members.put(after)
                await work.commit()
            return standing

    async def _standing(self, work: UnitOfWork, member: Member) -> Standing:
        rounds = [schedule.next_at for schedule in await work.schedules.every() if schedule.kind is ScheduleKind.ROUND]
        return Standing(member, await _lists(work), min((at for at in rounds if at is not None), default=None))

    async def _forget(self, work: UnitOfWork, member: MemberId) -> None:
        now = self._clock.now()
        await self._leave(work, member, now)
        await forget(work, member, now)


async def _by_any_id(work: UnitOfWork, wanted: str) -> Member:
    everybody = await work.members.everybody()
    found = next((member for member in everybody if wanted and wanted in (member.roster_id, str(member.id))), None)
    if found is None:
        try:
            found = await work.members.get(MemberId(UUID(wanted)))
        except ValueError:
            found = None
    if found is None:
        raise NotThere(phrase("No member has that id. The roster export shows the ids."))
    return found


async def _lists(work: UnitOfWork) -> Lists:
    return Lists(tuple(await work.vocabulary.sectors()), tuple(await work.vocabulary.themes()))
