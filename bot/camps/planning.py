"""Organisers make a camp, change it, tell people what is new, and cancel it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from bot.camps.changes import changed_since, facts_of, with_news
from bot.camps.domain import Answer, Camp, CampState, Signup
from bot.camps.gatherings import keep_gathering
from bot.camps.outgoing import cancelled_for, news_for, standing_now
from bot.camps.places import settle, still_open
from bot.camps.reading import NAME, CampProblems, Lists, Written, filled
from bot.camps.reminding import replan
from bot.camps.seeing import Seen, seen
from bot.errors import Conflict, phrase
from bot.identity import CampId, MemberId, WorkspaceId, new_id
from bot.ports import Clock, UnitOfWork, Units

_CONCERNED = frozenset({Answer.YES, Answer.MAYBE})


@dataclass(frozen=True, slots=True)
class Saved:
    """A camp that was made or changed. ``untold``: what has changed since people last heard; ``concerned``: how many of them
    would be told. ``moved_up``: how many got a seat by it; ``over``: how many more have a seat than there are."""

    seen: Seen
    untold: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    concerned: int = 0
    moved_up: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class Planning:
    """Use cases of organisers around the camp itself."""

    units: Units
    clock: Clock

    async def create(self, workspace: WorkspaceId, author: MemberId, typed: Written) -> Saved:
        """Makes a camp and plans its reminders; nobody hears of it yet. Raises CampProblems for what cannot be read."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            zone = (await work.vocabulary.options()).timezone
            blank = Camp(CampId(new_id()), author, now, "", now.date(), time(0), time(0), zone)
            meant = filled(blank, typed, await lists(work), now)
            if any(_is_same(meant, one) for one in await work.camps.in_states((CampState.PLANNED,), since=meant.day)):
                twice = phrase(
                    "There is a camp of that name on that day already. Change that one, or choose another name."
                )
                raise CampProblems({NAME: twice})
            made = await replan(work, meant, now)
            await work.camps.put(made)
            saved = await saved_now(work, made, author)
            await work.commit()
        return saved

    async def change(
        self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId, typed: Written
    ) -> Saved:
        """Writes the camp anew, moves its reminders and lets people move up; nobody else hears of it yet. Raises CampProblems,
        Conflict where somebody changed it meanwhile, NotThere where it is over."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            before = await still_open(work, camp, now)
            _check(before, revision)
            after = filled(before, typed, await lists(work), now)
            if after == before:
                return await saved_now(work, before, organiser)
            after = replace(after, revision=before.revision + 1)
            if facts_of(after) != facts_of(before):
                after = replace(after, sequence=before.sequence + 1, changed_at=now)
            after = await replan(work, after, now)
            await work.camps.put(after)
            await keep_gathering(work, after, now)
            seated = await settle(work, after, now)
            saved = await saved_now(work, after, organiser)
            await work.commit()
        return replace(saved, moved_up=len(seated))

    async def tell(self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId) -> tuple[Saved, int]:
        """Tells those who said yes or maybe what is new, and brings every invitation up to date. Returns how many were told;
        raises Conflict where the camp was changed meanwhile, NotThere where it is over."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            before = await still_open(work, camp, now)
            _check(before, revision)
            told = 0
            after = before
            if changed_since(before.told, before):
                change = new_id()
                after = replace(before, news=with_news(before, str(change)), told=facts_of(before))
                await work.camps.put(after)
                signups = await work.camps.signups(camp)
                people = [one.member for one in signups if one.answer in _CONCERNED]
                told = await work.deliveries.add([news_for(after, change, member, now) for member in people])
                await _refresh(work, after, signups, str(change), now)
            saved = await saved_now(work, after, organiser)
            await work.commit()
        return saved, told

    async def keep_quiet(self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId) -> Saved:
        """What has changed is too small for a message: only the invitations are brought up to date. Raises as :meth:`tell`."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            before = await still_open(work, camp, now)
            _check(before, revision)
            after = replace(before, told=facts_of(before) if before.told else {})
            await work.camps.put(after)
            await _refresh(work, after, await work.camps.signups(camp), f"quiet:{before.revision}", now)
            saved = await saved_now(work, after, organiser)
            await work.commit()
        return saved

    async def write_reason(self, workspace: WorkspaceId, camp: CampId, organiser: MemberId, reason: str) -> Saved:
        """Why it is to be cancelled, for a look before anybody hears of it."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            before = await still_open(work, camp, now)
            after = replace(before, reason=reason, revision=before.revision + 1)
            await work.camps.put(after)
            saved = await saved_now(work, after, organiser)
            await work.commit()
        return saved

    async def cancel(
        self, workspace: WorkspaceId, camp: CampId, revision: int, organiser: MemberId
    ) -> tuple[Saved, int]:
        """It does not take place: reminders go, and those who said yes or maybe are told. Returns how many; cancelling twice
        changes nothing. Raises Conflict, NotThere."""
        now = self.clock.now()
        async with self.units(workspace) as work:
            before = await still_open(work, camp, now)
            _check(before, revision)
            after = replace(
                before,
                state=CampState.CANCELLED,
                sequence=before.sequence + 1,
                revision=before.revision + 1,
                changed_at=now,
            )
            after = await replan(work, after, now)
            await work.camps.put(after)
            await keep_gathering(work, after, now)
            signups = await work.camps.signups(camp)
            people = [one.member for one in signups if one.answer in _CONCERNED]
            told = await work.deliveries.add([cancelled_for(after, member, now) for member in people])
            await _refresh(work, after, signups, "cancelled", now)
            saved = await saved_now(work, after, organiser)
            await work.commit()
        return saved, told


async def lists(work: UnitOfWork) -> Lists:
    """What the academy calls its sectors and themes."""
    language = (await work.vocabulary.options()).language
    return Lists(await work.vocabulary.sectors(), await work.vocabulary.themes(), language)


def _is_same(camp: Camp, other: Camp) -> bool:
    return (camp.day, camp.name.casefold()) == (other.day, other.name.casefold())


async def saved_now(work: UnitOfWork, camp: Camp, organiser: MemberId) -> Saved:
    """The camp as it stands, with what people have not heard yet."""
    shown = await seen(work, camp, organiser)
    over = 0 if camp.capacity is None else max(0, shown.tally.coming - camp.capacity)
    untold = changed_since(camp.told if camp.state is CampState.PLANNED else {}, camp)
    return Saved(shown, untold, shown.tally.concerned(), 0, over)


async def _refresh(work: UnitOfWork, camp: Camp, signups: Sequence[Signup], why: str, now: datetime) -> None:
    await work.deliveries.add(await standing_now(work, camp, [one.member for one in signups], why, now))


def _check(camp: Camp, revision: int) -> None:
    if camp.revision != revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
