"""Use cases around challenges that nobody but their author has seen: written, asked about, changed, posted, thrown away."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.announcements.audience import is_active
from bot.announcements.channels import look_up
from bot.challenges.circles import readers_of
from bot.challenges.closing import scheduled
from bot.challenges.domain import Challenge, ChallengePlace, ChallengeState
from bot.challenges.outgoing import posted
from bot.challenges.pointing import Mark, marks_in
from bot.challenges.standing import Standing, draft_there, is_posted, standing, there
from bot.challenges.until import read_until
from bot.challenges.writing import Written, new_challenge, problems_in, rewritten
from bot.errors import Conflict, NotThere, NotUnderstood, Phrase, phrase
from bot.identity import Account, ChallengeId, MemberId, WorkspaceId, new_id
from bot.ports import Chats, Clock, UnitOfWork, Units
from bot.privacy import Masker
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft as its author saw it."""

    challenge: ChallengeId
    revision: int
    by: MemberId


class ChallengeDrafts:
    """Use cases."""

    def __init__(self, units: Units, clock: Clock, chats: Chats) -> None:
        self._units = units
        self._clock = clock
        self._chats = chats

    async def problems(self, workspace: WorkspaceId, typed: Written, words: Words) -> Mapping[str, Phrase]:
        """What cannot be read, by the field in which it stands."""
        async with self._units(workspace, reading=True) as work:
            themes = await work.vocabulary.themes()
        return problems_in(typed, themes, self._clock.now(), words)

    async def place(self, workspace: WorkspaceId, asker: Account, named: str) -> ChallengePlace:
        """The channel that somebody named. Raises NotUnderstood for one that is not there, or where nothing can be posted, and
        where several are named: a challenge has one place, so that people see what others say."""
        typed = named.strip()
        found = await look_up(self._chats, workspace, asker, typed if typed.startswith(("#", "<#")) else f"#{typed}")
        if len(found) != 1:
            raise NotUnderstood(phrase("One channel, please: a challenge stands in one place, where all see it."))
        channel = next(iter(found.values()))
        return ChallengePlace(channel.address, name=channel.name)

    async def write(
        self, workspace: WorkspaceId, author: MemberId, typed: Written, place: ChallengePlace | None, words: Words
    ) -> Standing:
        """Keeps a draft and shows it, or asks first when it is to close. Raises NotUnderstood for the first other thing that
        cannot be read."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            themes = await work.vocabulary.themes()
            draft = replace(new_challenge(author, typed, themes, now, words), place=place)
            await work.challenges.put(draft)
            shown = await standing(work, draft)
            await work.commit()
        return await self._pointed(workspace, _asking(shown, typed, now, words))

    async def change(
        self, workspace: WorkspaceId, seen: Seen, typed: Written, place: ChallengePlace | None, words: Words
    ) -> Standing:
        """Changes a draft and shows it; ``place``: None leaves it where it is. Raises Conflict where somebody changed it
        meanwhile, NotThere where it was posted, or is somebody else's."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            before = await _as_seen(work, seen)
            themes = await work.vocabulary.themes()
            changed = rewritten(before, typed, themes, now, words)
            shown = await _changed(work, changed if place is None else replace(changed, place=place))
            await work.commit()
        return await self._pointed(workspace, _asking(shown, typed, now, words))

    async def close_at(self, workspace: WorkspaceId, seen: Seen, at: int) -> Standing:
        """The time that was meant, in seconds since 1970; 0 where it is closed by hand. Raises as :meth:`change` does."""
        async with self._units(workspace) as work:
            found = await _as_seen(work, seen)
            closes_at = datetime.fromtimestamp(at, UTC) if at else None
            shown = await _changed(work, replace(found, closes_at=closes_at))
            await work.commit()
        return await self._pointed(workspace, shown)

    async def drop(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> None:
        """Throws a draft away; one that is gone already is fine."""
        async with self._units(workspace) as work:
            found = await work.challenges.get(challenge)
            if found is None or found.author != by:
                return
            if found.state is not ChallengeState.DRAFT:
                raise NotThere(is_posted())
            await work.challenges.remove(challenge)
            await work.commit()

    async def post(self, workspace: WorkspaceId, seen: Seen) -> Standing:
        """Posts it as it was seen; where it was changed meanwhile, its time is over, or a number in it belongs to one person,
        shows it instead, still a draft."""
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            draft = await draft_there(work, seen.challenge, seen.by)
            shown = await standing(work, draft)
        shown, place = await self._pointed(workspace, shown), draft.place
        told = _not_yet(shown, seen.revision, now)
        if told is not None or place is None:
            return replace(shown, told=told)
        private = await self._is_private(workspace, draft)
        async with self._units(workspace) as work:
            draft = await _as_seen(work, seen)
            opened = replace(draft, state=ChallengeState.OPEN, opened_at=now, private=private)
            opened = await scheduled(work, opened, now)
            opened = await _stands(work, opened, place, now)
            shown = await standing(work, opened)
            await work.commit()
        return shown

    async def copy(self, workspace: WorkspaceId, challenge: ChallengeId, author: MemberId) -> Standing:
        """A new draft that asks the same in the same place. Raises NotThere where that was somebody else's."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await there(work, challenge)
            if found.author != author:
                raise NotThere(phrase("Only whoever asked can ask it once more."))
            fresh = Challenge(
                ChallengeId(new_id()),
                author,
                found.question,
                now,
                found.view,
                found.themes,
                place=None if found.place is None else replace(found.place, anchor=None),
            )
            await work.challenges.put(fresh)
            shown = await standing(work, fresh)
            await work.commit()
        return await self._pointed(workspace, shown)

    async def own(self, workspace: WorkspaceId, challenge: ChallengeId, by: MemberId) -> Challenge:
        """A draft of this member's. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            return await draft_there(work, challenge, by)

    async def _is_private(self, workspace: WorkspaceId, draft: Challenge) -> bool:
        """Whether only a part of the academy reads along there; where that is not known, it may be."""
        async with self._units(workspace, reading=True) as work:
            members = [member for member in await work.members.everybody() if is_active(member)]
        readers = await readers_of(self._units, self._chats, workspace, draft, members)
        return readers is None or len(readers) < len(members)

    async def _pointed(self, workspace: WorkspaceId, shown: Standing) -> Standing:
        """With what looks personal in it."""
        found = await looked_through(self._units, workspace, [shown.challenge.question, shown.challenge.view])
        return replace(shown, marks=found)


async def looked_through(units: Units, workspace: WorkspaceId, texts: list[str]) -> tuple[Mark, ...]:
    """What looks personal in these texts; members of the academy may be named."""
    async with units(workspace, reading=True) as work:
        roster = [member.name for member in await work.members.everybody()]
    return await asyncio.to_thread(lambda: marks_in(texts, Masker(roster)))


def _not_yet(shown: Standing, revision: int, now: datetime) -> Phrase | None:
    """Why it cannot be posted as it is."""
    draft = shown.challenge
    if draft.revision != revision:
        return phrase("It was changed meanwhile. This is how it is now.")
    if draft.closes_at is not None and draft.closes_at <= now:
        return phrase("The time until which people may answer has passed meanwhile. Change it, please.")
    if draft.place is None:
        return phrase("Where shall it stand? Name a channel under Change, or type it in the channel itself.")
    if any(not mark.may_stand() for mark in shown.marks):
        return phrase("A number in it belongs to one person. Leave it out first, please.")
    return None


async def _stands(work: UnitOfWork, opened: Challenge, place: ChallengePlace, now: datetime) -> Challenge:
    """Its card is on the way to its place."""
    anchored, card = posted(opened, place, now)
    standing_there = replace(opened, place=anchored)
    await work.challenges.put(standing_there)
    await work.deliveries.add([card])
    return standing_there


async def _as_seen(work: UnitOfWork, seen: Seen) -> Challenge:
    found = await draft_there(work, seen.challenge, seen.by)
    if found.revision != seen.revision:
        raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
    return found


async def _changed(work: UnitOfWork, challenge: Challenge) -> Standing:
    changed = replace(challenge, revision=challenge.revision + 1)
    await work.challenges.put(changed)
    return await standing(work, changed)


def _asking(shown: Standing, typed: Written, now: datetime, words: Words) -> Standing:
    until = read_until(typed.closes, now, words)
    return shown if until.question is None else replace(shown, until=until)
