"""Invitations: looked at first, then one letter to each member, on which they answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.announcements.audience import is_active
from bot.camps.changes import facts_of
from bot.camps.domain import Camp, Signup
from bot.camps.gatherings import everybody_sees, keep_gathering
from bot.camps.outgoing import invitation
from bot.camps.places import still_open
from bot.camps.seeing import Seen, seen
from bot.errors import Conflict, phrase
from bot.identity import CampId, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units


@dataclass(frozen=True, slots=True)
class ToInvite:
    """To whom an invitation would go now, of those who have a profile: ``members`` have not had one, ``asked`` have.
    ``muted``: how many want nothing that is for everybody."""

    seen: Seen
    members: Sequence[Member]
    asked: int
    muted: int = 0
    public: bool = False


@dataclass(frozen=True, slots=True)
class Inviting:
    """Use cases of organisers around invitations."""

    units: Units
    clock: Clock

    async def look(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId) -> ToInvite:
        """To whom it would go. Raises NotThere where the camp is over."""
        now = self.clock.now()
        async with self.units(workspace, reading=True) as work:
            return await _to_invite(work, await still_open(work, camp, now), organiser)

    async def send(self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId) -> tuple[Seen, int]:
        """Invites everybody who has not been. Returns how many; raises Conflict where the camp was changed since it was looked
        at, NotThere where it is over."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            found = await still_open(work, camp, now)
            if found.revision != revision:
                raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
            people = (await _to_invite(work, found, organiser)).members
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


async def _to_invite(work: UnitOfWork, camp: Camp, organiser: MemberId) -> ToInvite:
    asked = {one.member for one in await work.camps.signups(camp.id) if one.invited_at is not None}
    everybody = await work.members.everybody()
    new = [member for member in everybody if is_active(member) and member.is_complete() and member.id not in asked]
    people = [member for member in new if not member.announcements_muted]
    muted, public = len(new) - len(people), await everybody_sees(work)
    return ToInvite(await seen(work, camp, organiser), people, len(asked), muted, public)
