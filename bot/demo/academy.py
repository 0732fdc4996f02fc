"""Makes the academy of the demo in an empty workspace: members, their earlier rounds, conversations, and a camp to come.

Everything goes through the real parts (the roster, the planner, the rules of a round) and is written in one unit of work,
so a start that is interrupted leaves nothing half made, and a second start changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.demo.camp import look_forward
from bot.demo.cast import ORGANISERS, came_later, invitation, invited, with_breaks
from bot.demo.notes import write_down
from bot.demo.past import a_week, sending_times
from bot.demo.talk import channels
from bot.identity import MemberId, WorkspaceId
from bot.introductions.gathering import gather
from bot.matching.domain import Wishes
from bot.matching.planner import Planner, ThreadPlanner
from bot.members.domain import Consent, Member, Role
from bot.playground.domain import Conversation
from bot.ports import Clock, UnitOfWork, Units
from bot.repositories import Playground
from bot.words import Words

# The second wave of members came between the second and the third of the earlier rounds.
_BEFORE_SECOND_WAVE = 2
# What was said since then still stands as unread for everybody, so that the channels look alive.
_NOT_READ_YET = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class DemoCast:
    """Who there is to play. ``first``: whose window opens, the first organiser; None where nobody organises any more.

    ``settled_now``: whether this call made the academy, or found it made.
    """

    first: MemberId | None
    members: tuple[MemberId, ...]
    settled_now: bool


async def settle(
    units: Units, workspace: WorkspaceId, words: Words, clock: Clock, planner: Planner | None = None
) -> DemoCast:
    """Makes the academy where nobody is yet. One that is there already, such as an imported roster, is left alone, except
    that it gets an organiser if it has none: its first member. ``words``: in the workspace's language."""
    now = clock.now()
    async with units(workspace, reading=True) as work:
        everybody = await work.members.everybody()
    if any(member.is_organiser() for member in everybody):
        return _cast(everybody, settled_now=False)
    async with units(workspace) as work:
        everybody = await work.members.everybody()
        if everybody:
            led = _led(everybody)
            await work.members.put_all(led)
            await work.commit()
            return _cast(led, settled_now=False)
        people = invited(now, words.language)
        await _live(work, people, now, words, planner or ThreadPlanner())
        await _talk(work.playground, people, now, words)
        await look_forward(work, people, now, words)
        await write_down(work, people, now, words)
        await work.commit()
    return _cast(people, settled_now=True)


async def _live(work: UnitOfWork, people: Sequence[Member], now: datetime, words: Words, planner: Planner) -> None:
    """The weeks go by: people join, each round is planned from what was so then, and some take a break at the end."""
    organiser = next(member.id for member in people if member.roster_id == ORGANISERS[0])
    await work.members.put_all([member for member in people if not came_later(member)])
    for number, sent_at in enumerate(sending_times(now, words.zone), start=1):
        if number == _BEFORE_SECOND_WAVE + 1:
            await work.members.put_all([member for member in people if came_later(member)])
        known = await gather(work, sent_at)
        apart = Wishes(apart=known.apart)
        planned = await planner.plan(known.candidates, known.history, seed=number, wishes=apart, weights=known.weights)
        week = a_week(number, sent_at, planned, organiser)
        await work.rounds.add(week.round)
        await work.rounds.add_intros(week.intros)
    await work.members.put_all(with_breaks(people, now.astimezone(words.zone).date()))
    asked = [member for member in people if member.consent is Consent.ASKED]
    await work.deliveries.add([invitation(member, now) for member in asked])


async def _talk(playground: Playground, people: Sequence[Member], now: datetime, words: Words) -> None:
    by_roster = {member.roster_id: member.id for member in people}
    for channel in channels(by_roster, now, words):
        standing: Conversation = await playground.ensure(channel.conversation)
        if standing.id == channel.conversation.id:
            for message in channel.messages:
                await playground.add(message)
            seen = [message for message in channel.messages if message.at < now - _NOT_READ_YET]
            for member in people:
                await playground.mark_read(member.id, channel.conversation.id, seen[-1].id)


def _led(everybody: Sequence[Member]) -> Sequence[Member]:
    """The same members with an organiser among them: otherwise nobody could plan a round here."""
    if any(member.is_organiser() for member in everybody):
        return everybody
    first = next((member for member in everybody if member.is_complete()), everybody[0])
    return [replace(member, role=Role.ORGANISER) if member.id == first.id else member for member in everybody]


def _cast(everybody: Sequence[Member], *, settled_now: bool) -> DemoCast:
    organisers = sorted((member for member in everybody if member.is_organiser()), key=lambda member: member.roster_id)
    first = organisers[0].id if organisers else None
    return DemoCast(first, tuple(member.id for member in everybody), settled_now)
