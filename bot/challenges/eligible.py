"""Who may be asked in private about a challenge; and where that is nobody, why, so that whoever looks knows what would help.

Why one person in particular is not asked is nobody's business: that they were kept apart, or want no such questions, is not told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.challenges.domain import Challenge
from bot.challenges.inviting import REST, same_organisation
from bot.identity import MemberId
from bot.introductions.gathering import takes_part
from bot.members.domain import Member
from bot.ports import UnitOfWork


class WhyNobody(StrEnum):
    """What stands in the way, in the order in which members fall out: nobody takes part in introductions; asked lately or heard
    here; not where the challenge stands; no theme or offer fits; taken off the list; enough of each sector."""

    NO_YES = "no_yes"
    RESTING = "resting"
    ELSEWHERE = "elsewhere"
    NO_FIT = "no_fit"
    TAKEN_OFF = "taken_off"
    ENOUGH = "enough"


@dataclass(frozen=True, slots=True)
class Eligible:
    """Members who may be asked, whether or not anything connects them with the question, and what kept others out."""

    members: tuple[Member, ...]
    whys: tuple[WhyNobody, ...] = ()

    def only(self, readers: frozenset[MemberId]) -> "Eligible":
        """Those who read along where it stands."""
        inside = tuple(member for member in self.members if member.id in readers)
        return Eligible(inside, self.whys if len(inside) == len(self.members) else (*self.whys, WhyNobody.ELSEWHERE))


async def eligible(work: UnitOfWork, challenge: Challenge, now: datetime) -> Eligible:
    """Members of other organisations than whoever asked who take part in introductions, have had their rest, and are not kept
    apart from them."""
    options = await work.vocabulary.options()
    author = (await work.members.many([challenge.author])).get(challenge.author)
    own = "" if author is None else same_organisation(author.organisation)
    willing = [
        member
        for member in await work.members.everybody()
        if member.id != challenge.author
        and same_organisation(member.organisation) != own
        and takes_part(member, now, options.timezone)
    ]
    if not willing:
        return Eligible((), (WhyNobody.NO_YES,))
    heard = {one.member for one in await work.challenges.answers(challenge.id)}
    heard |= {one.member for one in await work.challenges.invitations(challenge.id)}
    awake = _without(willing, heard | await resting(work, now))
    may = [one for one in _without(awake, await _apart(work, challenge.author)) if not one.challenges_muted]
    return Eligible(tuple(may), (WhyNobody.RESTING,) if len(awake) < len(willing) else ())


async def resting(work: UnitOfWork, now: datetime) -> frozenset[MemberId]:
    """Those who were asked lately, about whatever."""
    return frozenset(one.member for one in await work.challenges.invited_since(now - REST))


async def _apart(work: UnitOfWork, author: MemberId) -> set[MemberId]:
    blocks = await work.members.blocks()
    return {
        *(block.other for block in blocks if block.member == author),
        *(block.member for block in blocks if block.other == author),
    }


def _without(members: Iterable[Member], gone: Iterable[MemberId]) -> list[Member]:
    out = frozenset(gone)
    return [member for member in members if member.id not in out]
