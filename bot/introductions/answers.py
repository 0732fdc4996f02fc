"""What members do with their own introductions: answer, change their mind, look, put a meeting in the calendar, say how it
went. Every step reads the introduction anew and is safe to do twice."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.errors import NotAllowed, NotThere, Phrase, phrase
from bot.identity import Address, IntroId, MemberId, WorkspaceId
from bot.introductions.domain import Answer, Intro, IntroState, Outcome
from bot.introductions.gathering import takes_part
from bot.introductions.life import answered, is_answerable, is_open, told
from bot.introductions.opening import open_if_all_said_yes
from bot.introductions.outgoing import offer_key, tell
from bot.introductions.seeing import Seen, see, see_all
from bot.members.domain import Block, Consent, Member
from bot.ports import Clock, UnitOfWork, Units

_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Mine:
    """A member's own introductions, newest first, and whom they do not want to meet."""

    introductions: Sequence[Seen]
    blocked: Sequence[Member]


class Answers:
    """Use cases of one member."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def accept(
        self, workspace: WorkspaceId, member: MemberId, intro: IntroId, pressed: Address | None = None
    ) -> Seen:
        """Yes. The last yes opens the room in the same transaction. ``pressed``: the message that had the button."""
        return await self._answer(workspace, member, intro, Answer.YES, pressed)

    async def decline(
        self, workspace: WorkspaceId, member: MemberId, intro: IntroId, pressed: Address | None = None
    ) -> Seen:
        """Not now."""
        return await self._answer(workspace, member, intro, Answer.NOT_NOW, pressed)

    async def decline_person(
        self,
        workspace: WorkspaceId,
        member: MemberId,
        intro: IntroId,
        other: MemberId,
        pressed: Address | None = None,
    ) -> Seen:
        """Not this person, ever: a block that only the member sees."""
        return await self._answer(workspace, member, intro, Answer.NOT_THIS_PERSON, pressed, other)

    async def reconsider(
        self, workspace: WorkspaceId, member: MemberId, intro: IntroId, pressed: Address | None = None
    ) -> Seen:
        """Takes a no back."""
        return await self._answer(workspace, member, intro, Answer.NONE, pressed)

    async def lift_block(self, workspace: WorkspaceId, member: MemberId, other: MemberId) -> None:
        """This person may be suggested to the member again. Harmless where there is no block."""
        async with self._units(workspace) as work:
            await work.members.unblock(member, other)
            await work.commit()

    async def tell_outcome(self, workspace: WorkspaceId, member: MemberId, intro: IntroId, outcome: Outcome) -> Seen:
        """Did you meet? Can be said again; the last word counts."""
        async with self._units(workspace) as work:
            found = await mine(work, intro, member)
            if not is_open(found) or outcome is Outcome.UNKNOWN:
                raise NotThere(long_gone())
            changed = told(found, member, outcome)
            await work.rounds.put_intro(changed)
            seen = await see(work, changed, member, self._clock.now())
            await work.commit()
        return seen

    async def meeting(self, workspace: WorkspaceId, member: MemberId, intro: IntroId) -> Seen:
        """What the calendar file of an introduction is made from."""
        async with self._units(workspace, reading=True) as work:
            found = await mine(work, intro, member, for_change=False)
            if found.state is not IntroState.ACCEPTED and not is_open(found):
                raise NotThere(long_gone())
            return await see(work, found, member, self._clock.now())

    async def mine(self, workspace: WorkspaceId, member: MemberId) -> Mine:
        """Everything that ``/match status`` shows."""
        async with self._units(workspace, reading=True) as work:
            now = self._clock.now()
            found = await work.rounds.intros_with(member, _SHOWN)
            seen = await see_all(work, [one for one in found if one.state is not IntroState.PLANNED], member, now)
            blocked = [block.other for block in await work.members.blocks_by(member)]
            people = await work.members.many(blocked)
        return Mine(seen, [people[one] for one in blocked if one in people and people[one].erased_at is None])

    async def _answer(
        self,
        workspace: WorkspaceId,
        member: MemberId,
        intro: IntroId,
        said: Answer,
        pressed: Address | None,
        other: MemberId | None = None,
    ) -> Seen:
        async with self._units(workspace) as work:
            now = self._clock.now()
            found = await mine(work, intro, member)
            if said is Answer.NONE:
                await self._unblock(work, found, member)
            if is_answerable(found, now):
                found = await self._write(work, found, member, said, other)
                await _keep_card_true(work, found, member, pressed, f"{now:%Y%m%d%H%M%S%f}", self._clock)
            seen = await see(work, found, member, now)
            await work.commit()
        return seen

    async def _write(
        self, work: UnitOfWork, intro: Intro, member: MemberId, said: Answer, other: MemberId | None
    ) -> Intro:
        now = self._clock.now()
        if said is Answer.YES:
            await _may_say_yes(work, member, self._clock)
            await self._unblock(work, intro, member)
        if other is not None and other in intro.others(member):
            await work.members.block(Block(member, other, now))
        part = intro.part_of(member)
        if part is not None and part.answer is not said:
            intro = answered(intro, member, said, now)
            await work.rounds.put_intro(intro)
        return await open_if_all_said_yes(work, intro, now)

    async def _unblock(self, work: UnitOfWork, intro: Intro, member: MemberId) -> None:
        part = intro.part_of(member)
        if part is not None and part.answer is Answer.NOT_THIS_PERSON:
            for one in intro.others(member):
                await work.members.unblock(member, one)


def long_gone() -> Phrase:
    """For a button whose introduction is no more."""
    return phrase("That introduction is over, so nothing was changed. {command} shows yours.", command=phrase("/match"))


async def mine(work: UnitOfWork, intro: IntroId, member: MemberId, *, for_change: bool = True) -> Intro:
    """The introduction, for somebody who is in it. Raises NotThere where it is gone, NotAllowed for anybody else."""
    found = await work.rounds.intro(intro, for_change=for_change)
    if found is None or found.state is IntroState.PLANNED:
        raise NotThere(long_gone())
    if found.part_of(member) is None:
        raise NotAllowed(phrase("That card is for somebody else; only they can answer it."))
    return found


async def _may_say_yes(work: UnitOfWork, member: MemberId, clock: Clock) -> None:
    person = await work.members.get(member)
    if person is None or person.consent is not Consent.YES or person.intros_per_round < 1:
        raise NotAllowed(
            phrase("You have not said yes to being introduced. {command} is where you can.", command=phrase("/profile"))
        )
    if not takes_part(person, clock.now(), (await work.vocabulary.options()).timezone):
        raise NotAllowed(
            phrase(
                "You are on a break, so nobody is introduced to you. {command} ends it; then your yes counts.",
                command=phrase("/profile resume"),
            )
        )


async def _keep_card_true(
    work: UnitOfWork, intro: Intro, member: MemberId, pressed: Address | None, why: str, clock: Clock
) -> None:
    """An answer given elsewhere (in a list, in another window) shows on the offer's own card as well."""
    first = await work.deliveries.by_key(offer_key(intro.id, member))
    if first is not None and first.message is not None and first.message != pressed:
        await tell(work, intro, member, why, clock.now())
