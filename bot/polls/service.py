"""Use cases around polls that stand: nothing is posted, closed or told that was not looked at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.deliveries.domain import DeliveryState
from bot.errors import NotAllowed, NotThere, NotUnderstood, phrase
from bot.identity import Address, MemberId, PollId, WorkspaceId
from bot.members.domain import Member
from bot.polls.anonymity import voter_key
from bot.polls.circles import circle, tells
from bot.polls.closing import close, expand_close, missing
from bot.polls.domain import Choices, Poll, PollPlace, PollState
from bot.polls.drafting import Drafts, draft_there
from bot.polls.exports import Votes
from bot.polls.listing import listed, waiting_for
from bot.polls.looking import Looking
from bot.polls.opening import copied, opened_now
from bot.polls.outgoing import is_gone, posted, refresh, reminded, tell_reminded
from bot.polls.repeating import end_pattern, expand_repeat, made_pattern
from bot.polls.standing import Standing, electorate, standing, there
from bot.polls.voting import Voting, open_poll
from bot.polls.writing import one_more
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.questions.looking import look_after
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Expander, Preparer
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Own:
    """A poll and what the one who looks at it said there; None for one who has not voted."""

    standing: Standing
    choices: Choices | None


class PollService:
    """Use cases; ``drafts`` are what nobody else has seen yet, ``voting`` takes the votes."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self._units = units
        self._clock = clock
        self._chats = chats
        self.drafts = Drafts(units, clock, chats)
        self.voting = Voting(units, clock)

    async def get(self, workspace: WorkspaceId, poll: PollId) -> Poll:
        """One poll. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await there(work, poll)

    async def look(self, workspace: WorkspaceId, poll: PollId) -> Standing:
        """How it stands. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await standing(work, await there(work, poll))

    async def own(self, workspace: WorkspaceId, poll: PollId, member: MemberId) -> Own:
        """How it stands, and what this member said. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await there(work, poll)
            said = None
            if not found.anonymous or found.secret:
                said = await work.polls.ballot(poll, voter_key(found, member))
            return Own(await standing(work, found), said)

    async def votes(self, workspace: WorkspaceId, poll: PollId, by: Member) -> tuple[Poll, Votes]:
        """Who said what. Raises NotAllowed of an anonymous poll, and for somebody whose poll it is not."""
        async with self._units(workspace, reading=True) as work:
            found = _theirs(await there(work, poll), by)
            if found.anonymous:
                raise NotAllowed(phrase("This poll is anonymous: nobody can see who voted what, and I cannot either."))
            ballots = await work.polls.ballots(poll)
            people = {member.id: member for member in await work.members.everybody()}
            return found, Votes({str(voter): said for voter, said in ballots.items()}, people)

    async def open(self, workspace: WorkspaceId, poll: PollId, revision: int) -> Standing:
        """Posts it as it was seen; where it was changed meanwhile or its time is over, shows it instead, still a draft. Those who
        read along there are who is asked, where the platform tells who that is."""
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            places = [place.address for place in (await draft_there(work, poll)).places]
        asked = await self._asked(workspace, places)
        async with self._units(workspace) as work:
            draft = await draft_there(work, poll)
            draft = draft if asked is None else replace(draft, asked=asked)
            if draft.revision != revision:
                told = phrase("It was changed meanwhile. This is how it is now.")
                return replace(await standing(work, draft), told=told)
            if draft.closes_at is not None and draft.closes_at <= now:
                told = phrase("The time until which people may vote has passed meanwhile. Change it, please.")
                return replace(await standing(work, draft), told=told)
            if not draft.places:
                raise NotUnderstood(phrase("Where shall it stand? Type it in the channel where people are to vote."))
            repeats = draft.repeat is not None
            opened = await made_pattern(work, draft, now) if repeats else await opened_now(work, draft, now)
            shown = await standing(work, opened)
            await work.commit()
        return shown

    async def add_option(self, workspace: WorkspaceId, poll: PollId, typed: str, words: Words) -> Poll:
        """One more option, by anybody who may vote. Raises NotAllowed where that was not wanted, NotThere after the close."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = open_poll(await there(work, poll), now)
            if not found.may_add:
                raise NotAllowed(phrase("This poll has all of its options already."))
            more = one_more(found.kind, found.options, typed, now, words)
            grown = replace(found, options=(*found.options, more))
            await work.polls.put(grown)
            await refresh(work, grown, now)
            await work.commit()
        return grown

    async def close(self, workspace: WorkspaceId, poll: PollId, by: Member) -> Standing:
        """Closes it by hand. Raises NotAllowed for somebody whose it is not, NotThere where it is closed already."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = _theirs(await there(work, poll), by)
            if found.state not in {PollState.OPEN, PollState.PATTERN}:
                raise NotThere(phrase("This poll is closed already."))
            ends = end_pattern if found.state is PollState.PATTERN else close
            shown = await standing(work, await ends(work, found, now))
            await work.commit()
        return shown

    async def reopen(self, workspace: WorkspaceId, poll: PollId, by: Member) -> Standing:
        """Opens it once more, with the votes that it has, until somebody closes it. Raises NotAllowed for an anonymous one:
        nobody's vote could be found again."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = _theirs(await there(work, poll), by)
            if found.state is not PollState.CLOSED:
                raise NotThere(phrase("This poll is open already."))
            if found.anonymous:
                raise NotAllowed(
                    phrase(
                        "An anonymous poll cannot be opened again: what would tell whose vote is whose was destroyed when it"
                        " closed. I can make a new one with the same options."
                    )
                )
            # Until somebody closes it: "when all have voted" would be at the first vote that is changed.
            again = replace(
                found,
                state=PollState.OPEN,
                closed_at=None,
                closes_at=None,
                closes_when_all=False,
                schedule=None,
            )
            await work.polls.put(again)
            await look_after(work, ScheduleKind.POLL_LOOK, again.id, again.author, now)
            await refresh(work, again, now)
            await tell_reminded(work, again, now)
            shown = await standing(work, again)
            await work.commit()
        return shown

    async def stand_here(self, workspace: WorkspaceId, poll: PollId, by: Member, here: Address) -> Standing:
        """Its card stands in one more place, on whichever platform; each member still counts once. Raises NotThere for one that
        is closed."""
        now = self._clock.now()
        more = await self._asked(workspace, [here])
        async with self._units(workspace) as work:
            found = open_poll(_theirs(await there(work, poll), by), now)
            if all(place.address != here for place in found.places):
                place, card = posted(found, PollPlace(here), now)
                asked = tuple(sorted({*found.asked, *more})) if found.asked and more else ()
                found = replace(found, places=(*found.places, place), asked=asked)
                await work.polls.put(found)
                await work.deliveries.add([card])
            shown = await standing(work, found)
            await work.commit()
        return shown

    async def post_again(self, workspace: WorkspaceId, poll: PollId, by: Member) -> Poll:
        """Tries once more where its card could not be posted. Raises NotThere for one that is closed."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = open_poll(_theirs(await there(work, poll), by), now)
            places: list[PollPlace] = []
            for place in found.places:
                card = None if place.anchor is None else await work.deliveries.get(place.anchor)
                lost = card is not None and (card.state is DeliveryState.FAILED or await is_gone(work, found, card.id))
                if lost:
                    fresh, card = posted(found, place, now)
                    await work.deliveries.add([card])
                    places.append(fresh)
                else:
                    places.append(place)
            tried = replace(found, places=tuple(places))
            await work.polls.put(tried)
            await work.commit()
        return tried

    async def copy(self, workspace: WorkspaceId, poll: PollId, author: MemberId) -> Standing:
        """A new draft with the same question and options, in the same places."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await there(work, poll)
            fresh = copied(found, author, now)
            await work.polls.put(fresh)
            shown = await standing(work, fresh)
            await work.commit()
        return shown

    async def not_yet(self, workspace: WorkspaceId, poll: PollId, by: Member) -> int:
        """How many a reminder would go to. Raises as :meth:`remind` does."""
        circle_now = await self._circle_now(workspace, poll)
        async with self._units(workspace, reading=True) as work:
            return len(await self._to_remind(work, poll, by, circle_now))

    async def remind(self, workspace: WorkspaceId, poll: PollId, by: Member) -> int:
        """Reminds those of the places where it stands who have not voted, each in private. Returns how many; raises NotThere
        where that was done before, and NotAllowed where it is not known who reads along there."""
        now = self._clock.now()
        circle_now = await self._circle_now(workspace, poll)
        async with self._units(workspace) as work:
            silent = await self._to_remind(work, poll, by, circle_now)
            found = await there(work, poll)
            await work.deliveries.add([reminded(found, member.id, now) for member in silent])
            await work.polls.put(replace(found, reminded_at=now))
            await work.commit()
        return len(silent)

    async def every(self, workspace: WorkspaceId, member: Member, here: Address) -> Sequence[Poll]:
        """The polls that this member is told of where they are now; see :func:`bot.polls.listing.listed`."""
        async with self._units(workspace, reading=True) as work:
            return await listed(work, member, here)

    async def waiting(self, workspace: WorkspaceId, member: Member) -> Sequence[Poll]:
        """Open polls that ask this member and wait for their vote, and their own ones, newest first."""
        async with self._units(workspace, reading=True) as work:
            return await waiting_for(work, member)

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when a poll's time is over."""
        return {ScheduleKind.POLL_CLOSE: expand_close, ScheduleKind.POLL_REPEAT: expand_repeat}

    def preparers(self) -> Mapping[ScheduleKind, Preparer]:
        """What is asked of the platforms before one of these comes due."""
        return {ScheduleKind.POLL_LOOK: Looking(self._units, self._chats).prepare}

    async def _asked(self, workspace: WorkspaceId, places: Sequence[Address]) -> tuple[MemberId, ...] | None:
        """Who reads along there; nobody by name where all do, None where it is not known."""
        if not tells(self._chats, workspace, places):
            return None
        async with self._units(workspace, reading=True) as work:
            members = await electorate(work)
        found = await circle(self._chats, workspace, places, members)
        return None if found is None else () if len(found) == len(members) else tuple(sorted(found))

    async def _circle_now(self, workspace: WorkspaceId, poll: PollId) -> frozenset[MemberId] | None:
        async with self._units(workspace, reading=True) as work:
            found = await there(work, poll)
            members = await electorate(work)
        places = [place.address for place in found.places]
        if found.asked and not tells(self._chats, workspace, places):
            return frozenset(found.asked)
        known = await circle(self._chats, workspace, places, members)
        return known if known is not None or not found.asked else frozenset(found.asked)

    async def _to_remind(
        self, work: UnitOfWork, poll: PollId, by: Member, circle_now: frozenset[MemberId] | None
    ) -> list[Member]:
        found = open_poll(_theirs(await there(work, poll), by), self._clock.now())
        if found.reminded_at is not None:
            raise NotThere(phrase("Everybody who had not voted was reminded already. Once is enough."))
        if circle_now is None:
            raise NotAllowed(
                phrase("I can't see who reads along there, so I remind nobody. Write a line there yourself.")
            )
        return await missing(work, found, list((await work.members.many(sorted(circle_now))).values()))


def _theirs(poll: Poll, by: Member) -> Poll:
    if by.id != poll.author and not by.is_organiser():
        raise NotAllowed(phrase("Only whoever made the poll, or an organiser, can do that."))
    return poll
