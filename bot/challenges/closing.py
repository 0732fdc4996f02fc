"""How a challenge ends: what was said becomes the draft of a case note, whose author is whoever asked. The note is thought out
before the transaction, and kept in it: there is a closed challenge with its draft, or there is neither.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.challenges.domain import Answer, Challenge, ChallengeState, Closing
from bot.challenges.noting import as_heard, shaped
from bot.challenges.outgoing import over, refresh, unused
from bot.challenges.shutting import shut
from bot.challenges.standing import Standing, hosted, inherits, standing, there
from bot.errors import ChatError, NotAllowed, NotThere, phrase
from bot.identity import ChallengeId, MemberId, ScheduleId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.notes.domain import Note
from bot.notes.drafts import Drafting, Fresh, Origin
from bot.ports import Clock, UnitOfWork, Units
from bot.questions.looking import look_after, looked_after, rest
from bot.schedules.domain import Schedule, ScheduleKind
from bot.schedules.rules import planned
from bot.schedules.service import Expander, Preparer
from bot.threads import Readers
from bot.words import Languages, Words

# What is closed by hand does not stay open for ever: what people answered is kept no longer than it is of use.
LONGEST = timedelta(days=90)
_CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True)
class Said:
    """All that a note rests on, read at one moment. ``author``: who gets the draft; None where nobody is left."""

    challenge: Challenge
    answers: tuple[Answer, ...]
    people: Mapping[MemberId, Member]
    author: Member | None
    timezone: str

    def given(self) -> tuple[Answer, ...]:
        """Those that may be used. One that is held never may: silence is no yes."""
        return tuple(one for one in self.answers if not one.held)


@dataclass(frozen=True, slots=True)
class _Thought:
    """The draft that a challenge becomes, and where it comes from."""

    draft: Fresh
    origin: Origin


class Endings:
    """Use cases around the end of a challenge. ``languages``: a draft is written in the language of its author, whoever or
    whatever closes it; ``readers``: they know whether a place is private."""

    def __init__(self, units: Units, clock: Clock, drafting: Drafting, languages: Languages, readers: Readers) -> None:
        self._units = units
        self._clock = clock
        self._drafting = drafting
        self._languages = languages
        self._readers = readers

    async def close(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member) -> Standing:
        """Closes it by hand; the draft is its author's, whoever presses. Raises NotAllowed for somebody whose it is not, NotThere
        where it is closed already."""
        async with self._units(workspace, reading=True) as work:
            said = await self._said(work, await hosted(work, challenge, by))
        fresh = await self._written(workspace, said)
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await hosted(work, challenge, by)
            closed = await self._end(work, found, (said, fresh), now, tell=found.author != by.id)
            shown = await standing(work, closed)
            await work.commit()
        return shown

    async def make_note(self, workspace: WorkspaceId, challenge: ChallengeId, by: Member) -> Note:
        """The draft of a closed one that has none, or whose draft is gone; where whoever asked has left, it is the first one's
        who inherits it. Raises NotThere where what was answered is not kept any more."""
        async with self._units(workspace, reading=True) as work:
            found = await there(work, challenge)
            said = await self._said(work, found)
            mine = by.id == found.author or inherits(await standing(work, found), by)
        if not mine:
            raise NotAllowed(phrase("Only whoever asked can make the case note."))
        said = replace(said, author=by)
        fresh = await self._written(workspace, said)
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await there(work, challenge)
            known = None if found.note is None else await work.notes.get(found.note)
            if known is not None:
                if known.author != by.id:
                    raise NotThere(phrase("Somebody else has made the case note already."))
                return known
            if found.state is not ChallengeState.CLOSED or found.forgotten or fresh is None:
                raise NotThere(phrase("What was answered is not kept any more, so no case note can be made of it."))
            note = await self._drafting.keep(work, fresh.draft, fresh.origin, now)
            await work.challenges.put(replace(found, note=note.id))
            await work.commit()
        return note

    def preparers(self) -> Mapping[ScheduleKind, Preparer]:
        """What the timekeeper does when a challenge's time is over: it thinks first, and then only writes."""
        return {ScheduleKind.CHALLENGE_CLOSE: self._prepare, ScheduleKind.CHALLENGE_LOOK: _prepare_look}

    async def _prepare(self, workspace: WorkspaceId, schedule: Schedule, now: datetime) -> Expander:
        del now
        challenge = _meant(schedule)
        async with self._units(workspace, reading=True) as work:
            found = await work.challenges.get(challenge)
            said = None if found is None else await self._said(work, found)
        fresh = None if said is None else await self._written(workspace, said)

        async def expand(work: UnitOfWork, due: Schedule, at: datetime) -> None:
            found = await work.challenges.get(challenge)
            if found is not None and found.is_open() and found.schedule == due.id and said is not None:
                await self._end(work, found, (said, fresh), at, tell=True)

        return expand

    async def _end(
        self, work: UnitOfWork, found: Challenge, thought: tuple[Said, "_Thought | None"], now: datetime, *, tell: bool
    ) -> Challenge:
        """Closed as of now. Where somebody answered while the note was being thought out, it is thought out once more."""
        said, fresh = thought
        latest = await self._said(work, found)
        if latest != said:
            said, fresh = latest, await self._written(work.workspace, latest)
        note = None if fresh is None else await self._drafting.keep(work, fresh.draft, fresh.origin, now)
        shown = await standing(work, found)
        closed = await shut(
            work, found, Closing(len(said.given()), shown.heard()), None if note is None else note.id, now
        )
        for one in said.answers:
            if one.held:
                await work.challenges.remove_answer(closed.id, one.member)
                await work.deliveries.add([unused(closed, one.member, now)])
        if tell:
            whom = [said.author] if said.author is not None else await work.members.everybody()
            heirs = [one for one in whom if one.id == found.author or inherits(shown, one)]
            await work.deliveries.add([over(closed, one.id, now) for one in heirs])
        return closed

    async def _said(self, work: UnitOfWork, challenge: Challenge) -> Said:
        answers = tuple(await work.challenges.answers(challenge.id))
        people = await work.members.many([challenge.author, *(one.member for one in answers)])
        options = await work.vocabulary.options()
        author = people.get(challenge.author)
        return Said(challenge, answers, people, author, options.timezone)

    async def _written(self, workspace: WorkspaceId, said: Said) -> "_Thought | None":
        """What the draft will hold; None where nobody has answered, or nobody is there to have it."""
        if said.author is None or not said.given():
            return None
        found = as_heard(said.challenge, said.people, said.given())
        words = self._words(said.author, said.timezone)
        fresh = await self._drafting.write(workspace, said.author.id, found, words)
        draft = replace(fresh, content=shaped(fresh.content, said.challenge, said.given()))
        private = await self._is_private(workspace, said.challenge)
        return _Thought(draft, Origin(words.say("a challenge"), private=private))

    async def _is_private(self, workspace: WorkspaceId, challenge: Challenge) -> bool:
        """Whether one has to be taken in to read along there. A place that everybody may enter is not private, though some have
        not; where the platform does not say, it is as was found when it was posted."""
        place = challenge.place
        threads = None if place is None else self._readers.threads(workspace, place.address.platform)
        if not challenge.private or place is None or threads is None:
            return challenge.private
        try:
            return await threads.is_private(place.address) is not False
        except ChatError:
            return True

    def _words(self, author: Member, timezone: str) -> Words:
        return self._languages.words(author.language, ZoneInfo(author.timezone or timezone))


async def _prepare_look(_workspace: WorkspaceId, schedule: Schedule, _now: datetime) -> Expander:
    """Whether the card still stands; nothing has to be asked before."""
    challenge = ChallengeId(looked_after(schedule))

    async def expand(work: UnitOfWork, _schedule: Schedule, now: datetime) -> None:
        found = await work.challenges.get(challenge)
        if found is None or not found.is_open():
            await rest(work, challenge)
        else:
            await refresh(work, found, now)

    return expand


async def scheduled(work: UnitOfWork, challenge: Challenge, now: datetime) -> Challenge:
    """The challenge with its end planned: at the time that was chosen, else when nobody has closed it for long."""
    at = challenge.closes_at or now + LONGEST
    schedule = Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.CHALLENGE_CLOSE,
        zone="UTC",
        start=at.astimezone(UTC).replace(tzinfo=None),
        details={_CHALLENGE: str(challenge.id)},
        created_by=challenge.author,
    )
    await work.schedules.put(planned(schedule, now))
    await look_after(work, ScheduleKind.CHALLENGE_LOOK, challenge.id, challenge.author, now)
    return replace(challenge, schedule=schedule.id)


def _meant(schedule: Schedule) -> ChallengeId:
    return ChallengeId(UUID(schedule.details[_CHALLENGE]))
