"""A second organiser's approval, where the academy wants it: two people have seen what goes to many, and one of them did not
write it. What was approved is exactly what goes out; whoever changes it has to ask again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.announcements.correcting import Corrected, correction, make_correction
from bot.announcements.domain import NOW, Announcement, AnnouncementState
from bot.announcements.seeing import readers
from bot.announcements.settling import Passed, Scheduled, gone, passed, settle
from bot.announcements.telling import amend_owner, approvers, ask, card_of, keep_card, refuse, settle_asks
from bot.announcements.text import read_text
from bot.errors import Conflict, NotAllowed, NotThere, Phrase, phrase
from bot.identity import Address, AnnouncementId, MemberId, WorkspaceId
from bot.members.domain import Member
from bot.ports import Clock, UnitOfWork, Units

UNSENT = frozenset({AnnouncementState.DRAFT, AnnouncementState.AWAITING})
# Characters of the line that says why not.
MOST_WHY = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """It waits for one of these organisers. ``count`` readers as of now."""

    announcement: Announcement
    others: Sequence[Member]
    count: int


class Approvals:
    """What a second organiser answers."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def approve(
        self,
        workspace: WorkspaceId,
        announcement: AnnouncementId,
        revision: int,
        approver: MemberId,
        *,
        at_once: bool = False,
    ) -> Scheduled | Passed | Corrected:
        """Settles it as it was asked for. Where its time is over, does nothing (``at_once`` sends it then). Raises NotThere
        where somebody else was faster or it was taken back, Conflict where it was changed, NotAllowed for one's own."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            asked = await _asked(work, announcement, revision, approver)
            approved = replace(asked, decided_by=approver)
            if asked.corrects is not None:
                done: Corrected | Scheduled = await make_correction(work, approved, now)
                await work.announcements.put(replace(approved, state=AnnouncementState.ENDED))
            else:
                meant = replace(approved, plan=NOW) if at_once else approved
                missed = passed(meant, now)
                if missed is not None:
                    return missed
                card = await card_of(work, asked)
                shown = None if card is None else card.message
                done = await settle(work, meant, now, len(await readers(work, meant)), shown)
            await settle_asks(work, asked, revision, now)
            await amend_owner(work, asked, now)
            await work.commit()
        return done

    async def decline(
        self, workspace: WorkspaceId, announcement: AnnouncementId, revision: int, approver: MemberId, why: str
    ) -> tuple[Announcement, Member | None]:
        """Makes a draft of it again, and tells the one who asked why. Returns it, and who that is; raises as :meth:`approve`
        does, and NotUnderstood where there is no reason."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            asked = await _asked(work, announcement, revision, approver)
            declined = replace(
                asked,
                state=AnnouncementState.DRAFT,
                decided_by=approver,
                declined=read_text(why, MOST_WHY),
                revision=revision + 1,
            )
            await work.announcements.put(declined)
            await settle_asks(work, asked, revision, now)
            await amend_owner(work, declined, now)
            await refuse(work, declined, now)
            owner = await work.members.get(declined.owner())
            await work.commit()
        return declined, owner


async def ask_or_settle(
    work: UnitOfWork, meant: Announcement, now: datetime, count: int, shown: Address | None
) -> Asked | Scheduled | Passed:
    """Settles it; where a second organiser has to approve of it and there is one, asks first. ``meant.asked_by`` wants it, and
    sees in the message ``shown`` how it goes from now on. Does nothing where its time is over."""
    missed = passed(meant, now)
    if missed is not None:
        return missed
    wanted, others = await _others(work, meant)
    if others:
        return await _ask(work, meant, others, now, count, shown)
    settled = await settle(work, replace(meant, decided_by=None), now, count, shown)
    await told_anew(work, meant, now)
    if shown is not None:
        await keep_card(work, settled.announcement, shown, now)
    return replace(settled, alone=wanted)


async def ask_or_correct(
    work: UnitOfWork, draft: Announcement, now: datetime, shown: Address | None
) -> Asked | Corrected:
    """The same for a correction: what everybody has read is not changed by one alone either."""
    _, others = await _others(work, draft)
    if others:
        return await _ask(work, draft, others, now, (await correction(work, draft)).copies, shown)
    made = await make_correction(work, draft, now)
    await told_anew(work, draft, now)
    return made


async def _others(work: UnitOfWork, meant: Announcement) -> tuple[bool, Sequence[Member]]:
    wanted = (await work.vocabulary.options()).announcements_approved
    return wanted, await approvers(work, meant.owner()) if wanted else ()


async def _ask(
    work: UnitOfWork,
    meant: Announcement,
    others: Sequence[Member],
    now: datetime,
    count: int,
    shown: Address | None,
) -> Asked:
    """Each of the others is asked once for each revision."""
    asked = replace(meant, state=AnnouncementState.AWAITING, decided_by=None, declined="")
    await work.announcements.put(asked)
    await ask(work, asked, others, now, shown)
    return Asked(asked, others, count)


async def take_back(work: UnitOfWork, draft: Announcement, now: datetime) -> None:
    """It is thrown away; whoever was asked to approve of it need not any more."""
    await work.announcements.remove(draft.id)
    await told_anew(work, draft, now)


async def told_anew(work: UnitOfWork, before: Announcement, now: datetime) -> None:
    """One that was asked for, or declined, is another one now: the cards about it say so."""
    if before.state is AnnouncementState.AWAITING:
        await settle_asks(work, before, before.revision, now)
    await amend_owner(work, before, now)


async def _asked(work: UnitOfWork, announcement: AnnouncementId, revision: int, approver: MemberId) -> Announcement:
    found = await work.announcements.get(announcement)
    if found is None:
        raise NotThere(gone())
    if found.state is not AnnouncementState.AWAITING:
        raise NotThere(await _over(work, found))
    if found.revision != revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
    if found.owner() == approver:
        raise NotAllowed(phrase("You asked for it yourself, so another organiser has to approve of it."))
    return found


async def _over(work: UnitOfWork, found: Announcement) -> Phrase:
    by = None if found.decided_by is None else await work.members.get(found.decided_by)
    if by is None or not by.name:
        return phrase("It was changed or taken back meanwhile, so there is nothing to answer any more.")
    if found.state is AnnouncementState.DRAFT:
        return phrase("{name} has answered already: it does not go out like this.", name=by.name)
    return phrase("{name} has approved of it already.", name=by.name)
