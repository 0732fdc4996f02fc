"""What organisers do with the roster and the academy: invite, name, rename, import, export."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.deliveries.domain import DeliveryState
from bot.deliveries.making import to_member
from bot.deliveries.undelivered import Undelivered, undelivered
from bot.errors import NotAllowed, phrase
from bot.identity import MemberId, WorkspaceId
from bot.linking.uniting import unite
from bot.members import consent
from bot.members.domain import Consent, ImportReport, Member, Role, Sector, Theme, WorkspaceOptions
from bot.members.importing import Arriving, bring_in
from bot.members.leaving import keep_one_organiser
from bot.members.letters import InvitationLetter, NamedOrganiser
from bot.members.presence import present, somebody_elses
from bot.members.roster import RosterLine, read_roster, write_roster
from bot.members.suggesting import Nearness
from bot.members.tagging import TaggingUseCases
from bot.ports import Clock, UnitOfWork, Units

_WRITTEN_AT_ONCE = 500
_ALL = 100_000


@dataclass(frozen=True, slots=True)
class Academy:
    """How the academy stands, for its organisers. ``to_ask``: who would get an invitation now; ``undelivered``: lately."""

    members: int
    consents: Mapping[Consent, int]
    organisers: tuple[Member, ...]
    sectors: tuple[Sector, ...]
    themes: tuple[Theme, ...]
    options: WorkspaceOptions
    to_ask: int
    undelivered: Sequence[Undelivered] = ()


class OrganiserUseCases(TaggingUseCases):
    """The organisers' half of :class:`bot.members.service.MemberService`. ``first_organisers``: ``slack:U123``."""

    def __init__(self, units: Units, clock: Clock, first_organisers: frozenset[str], nearness: Nearness | None) -> None:
        super().__init__(units, clock, nearness)
        self._first_organisers = first_organisers

    async def academy(self, workspace: WorkspaceId) -> Academy:
        """How the academy stands."""
        async with self._units(workspace, reading=True) as work:
            options = await work.vocabulary.options()
            everybody = [member for member in await work.members.everybody() if member.is_complete()]
            now, today = self._now(options)
            lost = await _lost_invitations(work, now)
            return Academy(
                members=len(everybody),
                consents=consent.consent_counts(everybody),
                organisers=tuple(member for member in everybody if member.is_organiser()),
                sectors=tuple(await work.vocabulary.sectors()),
                themes=tuple(await work.vocabulary.themes()),
                options=options,
                to_ask=sum(consent.may_be_asked(member, now, today, lost) for member in everybody),
                undelivered=await undelivered(work, now),
            )

    async def undelivered(self, workspace: WorkspaceId) -> Sequence[Undelivered]:
        """What could not be delivered lately, newest first."""
        async with self._units(workspace, reading=True) as work:
            return await undelivered(work, self._clock.now())

    async def consent_counts(self, workspace: WorkspaceId) -> Mapping[Consent, int]:
        """How many have answered the invitation, and what."""
        return (await self.academy(workspace)).consents

    async def invite_all(self, workspace: WorkspaceId) -> int:
        """Asks everybody who may be asked, once; returns how many. At once again, it asks nobody."""
        async with self._units(workspace) as work:
            now, today = self._now(await work.vocabulary.options())
            lost = await _lost_invitations(work, now)
            asked = [m for m in await work.members.everybody() if consent.may_be_asked(m, now, today, lost)]
            await work.deliveries.add(
                [
                    to_member(member.id, consent.invitation_key(member), InvitationLetter(member.id), now)
                    for member in asked
                ]
            )
            await work.members.put_all([consent.asked(member, now) for member in asked])
            await work.commit()
        return len(asked)

    async def name_organiser(self, workspace: WorkspaceId, member: MemberId) -> Member:
        """Makes a member an organiser, and tells them. Naming one again changes nothing."""
        async with self._units(workspace) as work:
            found = await present(work, member)
            if not found.is_complete():
                raise NotAllowed(
                    phrase("They have no profile yet. Ask them to type {command} first.", command=phrase("/profile"))
                )
            if found.is_organiser() and found.role_from:
                # From now on the right does not hang on what the platform says.
                await work.members.put(replace(found, role_from=""))
                await work.commit()
            elif not found.is_organiser():
                now = self._clock.now()
                await work.members.put(replace(found, role=Role.ORGANISER, role_from=""))
                key = f"organiser:{member}:{now:%Y%m%d%H%M}"
                await work.deliveries.add([to_member(member, key, NamedOrganiser(member), now)])
                await work.commit()
            return found

    async def step_down(self, workspace: WorkspaceId, asking: MemberId, member: MemberId) -> None:
        """The one who asks is no organiser any more. Raises NotAllowed for the last one and for those of the settings."""
        if asking != member:
            raise somebody_elses(phrase("/academy"))
        async with self._units(workspace) as work:
            found = await present(work, member)
            if any(f"{account.platform}:{account.user}" in self._first_organisers for account in found.accounts):
                raise NotAllowed(
                    phrase(
                        "You are named as an organiser in the settings ({setting}); take your account out there first.",
                        setting="BROBYGGER_ORGANISERS",
                    )
                )
            if found.role_from:
                raise NotAllowed(
                    phrase(
                        "You are an organiser for as long as your rights in the chat say so; the role that gives you them is"
                        " taken away there."
                    )
                )
            await keep_one_organiser(work, found)
            await work.members.put(replace(found, role=Role.MEMBER))
            await work.commit()

    async def set_options(
        self, workspace: WorkspaceId, change: Callable[[WorkspaceOptions], WorkspaceOptions]
    ) -> WorkspaceOptions:
        """Changes the academy's options; ``change`` gets them as they are now."""
        async with self._units(workspace) as work:
            after = change(await work.vocabulary.options())
            await work.vocabulary.set_options(after)
            await work.commit()
        return after

    async def import_roster(
        self, workspace: WorkspaceId, data: bytes, progress: Callable[[int, int], None] | None = None
    ) -> ImportReport:
        """Brings in a roster, all of it or nothing. Raises InputError with every bad line. ``progress``: done, of how many."""
        async with self._units(workspace, reading=True) as work:
            sectors = tuple(await work.vocabulary.sectors())
        lines = await asyncio.to_thread(read_roster, data, sectors)
        async with self._units(workspace) as work:
            options = await work.vocabulary.options()
            arriving = Arriving(self._clock.now(), options.language, self._first_organisers)
            imported = bring_in(lines, await work.members.everybody(), arriving)
            for kept, gone in imported.united:
                await unite(work, kept, gone, kept, arriving.now)
            for start in range(0, len(imported.members), _WRITTEN_AT_ONCE):
                await work.members.put_all(imported.members[start : start + _WRITTEN_AT_ONCE])
                if progress is not None:
                    progress(min(start + _WRITTEN_AT_ONCE, len(imported.members)), len(imported.members))
            await work.commit()
        return imported.report

    async def export_roster(self, workspace: WorkspaceId, *, for_excel: bool = False) -> bytes:
        """The roster of all who have a profile, as :meth:`import_roster` reads it."""
        async with self._units(workspace, reading=True) as work:
            everybody = [member for member in await work.members.everybody() if member.is_complete()]
        lines = [_as_line(number, member) for number, member in enumerate(everybody, start=2)]
        return write_roster(lines, for_excel=for_excel)

    def _now(self, options: WorkspaceOptions) -> tuple[datetime, date]:
        now = self._clock.now()
        return now, now.astimezone(ZoneInfo(options.timezone)).date()


def _as_line(number: int, member: Member) -> RosterLine:
    slack, discord = member.account_on("slack"), member.account_on("discord")
    return RosterLine(
        line=number,
        id=member.roster_id or str(member.id),
        name=member.name,
        organisation=member.organisation,
        sector=member.sector,
        themes=member.themes,
        needs=member.needs,
        offers=member.offers,
        language=member.language,
        email=member.email,
        slack_id=slack.user if slack else "",
        discord_id=discord.user if discord else "",
        paused_until=member.paused_until,
        intros_per_round=member.intros_per_round,
    )


async def _lost_invitations(work: UnitOfWork, now: datetime) -> Mapping[MemberId, datetime]:
    """When the newest invitation was written that never arrived, by member; those of the time in which nobody is asked
    twice."""
    since = now - consent.ASK_AGAIN_AFTER
    failed = await work.deliveries.in_states((DeliveryState.FAILED,), _ALL, since=since)
    found: dict[MemberId, datetime] = {}
    for delivery in failed:
        if isinstance(delivery.letter, InvitationLetter) and delivery.created_at is not None:
            member = delivery.letter.member
            found[member] = max(delivery.created_at, found.get(member, delivery.created_at))
    return found
