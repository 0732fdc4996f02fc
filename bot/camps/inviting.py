"""Invitations: looked at first, then one letter to each member, on which they answer."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.announcements.audience import EVERYONE, Audience
from bot.announcements.campers import answered
from bot.announcements.seeing import AudienceNames, names
from bot.camps.changes import facts_of
from bot.camps.domain import Camp, Signup
from bot.camps.gatherings import everybody_sees, keep_gathering
from bot.camps.invited import keep_invited, kept_invited, read_invited
from bot.camps.outgoing import invitation
from bot.camps.places import still_open
from bot.camps.seeing import Seen, seen
from bot.errors import Conflict, phrase
from bot.identity import CampId, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class ToInvite:
    """To whom an invitation would go now, of those of the audience who have a profile: ``members`` have not had one, ``asked``
    have. ``muted``: how many want nothing that is for everybody. ``mark``: what the audience is kept by, empty for everybody.
    """

    seen: Seen
    members: Sequence[Member]
    asked: int
    muted: int = 0
    public: bool = False
    audience: Audience = EVERYONE
    names: AudienceNames = field(default_factory=lambda: AudienceNames({}, {}))
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Inviting:
    """Use cases of organisers around invitations."""

    units: Units
    clock: Clock

    async def look(
        self, workspace: WorkspaceId, camp: CampId, organiser: MemberId, to: str = "", language: str = "en"
    ) -> ToInvite:
        """To whom it would go. ``to``: an audience as somebody types it, everybody where it is empty. Raises NotUnderstood for
        one that cannot be read, NotThere where the camp is over."""
        now = self.clock.now()
        async with self.units(workspace, reading=not to.strip()) as work:
            found = await still_open(work, camp, now)
            audience = await read_invited(work, to, now, language)
            mark = await keep_invited(work, camp, audience, now)
            shown = replace(await _to_invite(work, found, organiser, audience), mark=mark)
            if mark:
                await work.commit()
        return shown

    async def typed(self, workspace: WorkspaceId, camp: CampId, mark: str) -> str:
        """The audience that was looked at, as somebody would type it. Raises NotThere for what was too long ago."""
        async with self.units(workspace, reading=True) as work:
            return (await kept_invited(work, camp, mark)).typed()

    async def send(
        self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId, mark: str = ""
    ) -> tuple[Seen, int]:
        """Invites those of the audience who have not been. Returns how many; raises Conflict where the camp was changed since it
        was looked at, NotThere where it is over."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            found = await still_open(work, camp, now)
            if found.revision != revision:
                raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
            people = (await _to_invite(work, found, organiser, await kept_invited(work, camp, mark))).members
            sent = await work.deliveries.add([invitation(found, member.id, now) for member in people])
            known = {one.member: one for one in await work.camps.signups(camp)}
            answers = [known.get(member.id) or Signup(camp, member.id) for member in people]
            await work.camps.put_signups([replace(one, invited_at=now) for one in answers])
            after = replace(found, invited_at=found.invited_at or now, told=found.told or facts_of(found))
            await work.camps.put(after)
            await keep_gathering(work, after, now)
            shown = await seen(work, after, organiser)
            await work.commit()
        return shown, sent


async def _to_invite(work: UnitOfWork, camp: Camp, organiser: MemberId, audience: Audience) -> ToInvite:
    known = {one.member for one in await work.camps.signups(camp.id) if one.invited_at is not None}
    meant = audience.among(await work.members.everybody(), await answered(work, audience.camps()))
    new = [member for member in meant if member.is_complete() and member.id not in known]
    people = [member for member in new if not member.announcements_muted]
    return ToInvite(
        seen=await seen(work, camp, organiser),
        members=people,
        asked=len(known) if audience == EVERYONE else sum(member.id in known for member in meant),
        muted=len(new) - len(people),
        public=await everybody_sees(work),
        audience=audience,
        names=await names(work),
    )
