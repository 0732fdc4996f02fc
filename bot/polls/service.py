"""Use cases around polls, except for voting: nothing is posted, closed or told that was not looked at first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.announcements.channels import look_up
from bot.errors import Conflict, NotAllowed, NotThere, NotUnderstood, Phrase, phrase
from bot.identity import Account, Address, MemberId, PollId, WorkspaceId
from bot.introductions.domain import IntroState
from bot.members.domain import Member
from bot.polls.anonymity import voter_key
from bot.polls.closing import close, expand_close, missing
from bot.polls.domain import Choices, Poll, PollPlace, PollState
from bot.polls.exports import Votes
from bot.polls.listing import listed, waiting_for
from bot.polls.opening import copied, opened_now
from bot.polls.outgoing import posted, refresh, reminded
from bot.polls.repeating import end_pattern, expand_repeat, made_pattern
from bot.polls.standing import Standing, electorate, standing, there
from bot.polls.voting import Voting, open_poll
from bot.polls.writing import Written, new_poll, one_more, problems_in, rewritten
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Expander
from bot.words import Words

_SPEAKING = (IntroState.OPENED, IntroState.ENDED)


@dataclass(frozen=True, slots=True)
class Own:
    """A poll and what the one who looks at it said there; None for one who has not voted."""

    standing: Standing
    choices: Choices | None


class PollService:
    """Use cases; ``voting`` takes the votes."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self._units = units
        self._clock = clock
        self._chats = chats
        self.voting = Voting(units, clock)

    async def draft(
        self, workspace: WorkspaceId, author: MemberId, typed: Written, places: Sequence[Address], words: Words
    ) -> Standing:
        """Keeps a draft and shows it. Raises NotUnderstood for the first thing that cannot be read."""
        now = self._clock.now()
        poll = new_poll(author, typed, now, words)
        async with self._units(workspace) as work:
            written = await _placed(work, poll, places)
            await work.polls.put(written)
            shown = await standing(work, written)
            await work.commit()
        return shown

    async def places(self, workspace: WorkspaceId, asker: Account, named: Sequence[str]) -> tuple[Address, ...]:
        """The channels that somebody named. Raises NotUnderstood for one that is not there, or where nothing can be posted."""
        texts = [one.strip() for one in named if one.strip()]
        typed = ",".join(one if one.startswith(("#", "<#")) else f"#{one}" for one in texts)
        found = await look_up(self._chats, workspace, asker, typed)
        return tuple(dict.fromkeys(channel.address for channel in found.values()))

    def problems(self, typed: Written, words: Words) -> Mapping[str, Phrase]:
        """What cannot be read, by the field in which it stands."""
        return problems_in(typed, self._clock.now(), words)

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

    async def change(
        self, workspace: WorkspaceId, poll: PollId, revision: int, typed: Written, words: Words
    ) -> Standing:
        """Changes a draft and shows it. Raises Conflict where somebody changed it meanwhile, NotThere where it was opened."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _draft(work, poll)
            if before.revision != revision:
                raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
            changed = replace(rewritten(before, typed, now, words), revision=revision + 1)
            await work.polls.put(changed)
            shown = await standing(work, changed)
            await work.commit()
        return shown

    async def open(self, workspace: WorkspaceId, poll: PollId, revision: int) -> Standing:
        """Posts it as it was seen; where it was changed meanwhile or its time is over, shows it instead, still a draft."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            draft = await _draft(work, poll)
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

    async def drop(self, workspace: WorkspaceId, poll: PollId) -> None:
        """Throws a draft away; one that is gone already is fine."""
        async with self._units(workspace) as work:
            found = await work.polls.get(poll)
            if found is not None and found.state is not PollState.DRAFT:
                raise NotThere(_posted())
            await work.polls.remove(poll)
            await work.commit()

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
            again = replace(
                found, state=PollState.OPEN, closed_at=None, closes_at=None, schedule=None, reminded_at=None
            )
            await work.polls.put(again)
            await refresh(work, again, now)
            shown = await standing(work, again)
            await work.commit()
        return shown

    async def stand_here(self, workspace: WorkspaceId, poll: PollId, by: Member, here: Address) -> Standing:
        """Its card stands in one more place, on whichever platform; each member still counts once. Raises NotThere for one that
        is closed."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = open_poll(_theirs(await there(work, poll), by), now)
            if all(place.address != here for place in found.places):
                place, card = posted(found, PollPlace(here), now)
                found = replace(found, places=(*found.places, place))
                await work.polls.put(found)
                await work.deliveries.add([card])
            shown = await standing(work, found)
            await work.commit()
        return shown

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
        async with self._units(workspace, reading=True) as work:
            return len(await self._to_remind(work, poll, by))

    async def remind(self, workspace: WorkspaceId, poll: PollId, by: Member) -> int:
        """Reminds those who have not voted, each in private. Returns how many; raises NotThere where that was done before."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            silent = await self._to_remind(work, poll, by)
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

    async def _to_remind(self, work: UnitOfWork, poll: PollId, by: Member) -> list[Member]:
        found = open_poll(_theirs(await there(work, poll), by), self._clock.now())
        if found.reminded_at is not None:
            raise NotThere(phrase("Everybody who had not voted was reminded already. Once is enough."))
        return await missing(work, found, await electorate(work, found))


async def _placed(work: UnitOfWork, poll: Poll, places: Sequence[Address]) -> Poll:
    """The poll in its places. In the rooms of introductions it is known who is there, so it is known who is asked."""
    asked: set[MemberId] = set()
    known = len(places) > 0
    for intro_room in places:
        intros = [intro for intro in await work.rounds.intros_in(_SPEAKING) if intro.room == intro_room]
        known = known and bool(intros)
        asked.update(member for intro in intros for member in intro.members())
    return replace(
        poll, places=tuple(map(PollPlace, dict.fromkeys(places))), asked=tuple(sorted(asked)) if known else ()
    )


async def _draft(work: UnitOfWork, poll: PollId) -> Poll:
    found = await there(work, poll)
    if found.state is not PollState.DRAFT:
        raise NotThere(_posted())
    return found


def _theirs(poll: Poll, by: Member) -> Poll:
    if by.id != poll.author and not by.is_organiser():
        raise NotAllowed(phrase("Only whoever made the poll, or an organiser, can do that."))
    return poll


def _posted() -> Phrase:
    return phrase("It is posted already.")
