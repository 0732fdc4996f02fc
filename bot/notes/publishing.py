"""A person publishes: the note is masked for good in the very act, those who took part are told, and what is to be open to all
waits until they had time to object.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import Conflict, NotAllowed, NotThere, Phrase, phrase
from bot.identity import MemberId, NoteId, WorkspaceId
from bot.members.domain import Member, Sector
from bot.notes.access import may_withdraw, own, seen
from bot.notes.domain import Audience, Note, NoteState, Version
from bot.notes.masking import Covered, covered
from bot.notes.outgoing import told, told_of_opening
from bot.notes.shelving import newest, shelve, unshelve
from bot.notes.timing import Due, plan
from bot.ports import Clock, UnitOfWork, Units
from bot.privacy import Masker
from bot.recent import Recent

_WIDTH = {Audience.US: 0, Audience.ACADEMY: 1, Audience.PUBLIC: 2}
_MASKERS, _FRESH = 50, timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preview:
    """How a note will look to others. ``people``: those who will be told of it; ``away``: members who took part and want no
    messages about notes; ``hours``: how long one may object."""

    note: Note
    covered: Covered = field(repr=False)
    people: tuple[MemberId, ...] = ()
    away: int = 0
    hours: int = 72
    told: Phrase | None = None
    sectors: Mapping[str, Sector] = field(default_factory=dict[str, Sector])


class Publishing:
    """Publishes and takes back."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._maskers: Recent[tuple[WorkspaceId, frozenset[str]], Masker] = Recent(clock, _MASKERS, _FRESH)

    async def choose(
        self, workspace: WorkspaceId, note: NoteId, by: Member, audience: Audience, themes: Sequence[str], place: str
    ) -> Preview:
        """Keeps who is to see it, and shows how it will look. Raises NotAllowed where somebody did not want that."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = _publishable(await own(work, note, by))
            await _allowed(work, found, audience)
            changed = replace(
                found, audience=audience, themes=tuple(themes), place=place.strip(), revision=found.revision + 1
            )
            if found.is_shown():
                # Who sees it changes when it is published and not before.
                changed = replace(changed, audience=found.audience)
            await work.notes.put(replace(changed, changed_at=now))
            await work.commit()
        return await self.preview(workspace, note, by, audience)

    async def let_stand(
        self, workspace: WorkspaceId, note: NoteId, by: Member, words: Iterable[str], audience: Audience
    ) -> Preview:
        """Words that were masked to be careful stay as they are."""
        async with self._units(workspace) as work:
            found = _publishable(await own(work, note, by))
            await work.notes.put(replace(found, harmless=tuple(words), revision=found.revision + 1))
            await work.commit()
        return await self.preview(workspace, note, by, audience)

    async def preview(self, workspace: WorkspaceId, note: NoteId, by: Member, audience: Audience) -> Preview:
        """How it will look to others."""
        async with self._units(workspace, reading=True) as work:
            found = _publishable(await own(work, note, by))
        masked = await self._covered(workspace, found)
        async with self._units(workspace, reading=True) as work:
            options = await work.vocabulary.options()
            people = await _others(work, found) if _is_news(found, audience) else []
            sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
        hearing = tuple(one.id for one in people if not one.notes_muted)
        away = len(people) - len(hearing)
        hours = options.notes_objection_hours
        return Preview(replace(found, audience=audience), masked, hearing, away, hours, sectors=sectors)

    async def publish(
        self, workspace: WorkspaceId, note: NoteId, by: Member, revision: int, audience: Audience
    ) -> Note | Preview:
        """Publishes what was seen; where it was changed meanwhile, or where something personal is left in it, shows that
        instead. Pressed twice, it is published once."""
        async with self._units(workspace, reading=True) as work:
            before = await own(work, note, by)
        if before.is_shown() and before.told == revision + 1:
            return before
        _publishable(before)
        if before.revision != revision:
            shown = await self.preview(workspace, note, by, audience)
            return replace(shown, told=phrase("It was changed meanwhile. This is how it is now."))
        masked = await self._covered(workspace, before)
        if masked.left:
            shown = await self.preview(workspace, note, by, audience)
            return replace(shown, told=phrase("Something in it still looks personal. Change that first, please."))
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await own(work, note, by)
            if found.is_shown() and found.told == revision + 1:
                return found
            if found != before:
                raise Conflict(phrase("It was changed meanwhile. Look at it once more before you go on."))
            await _allowed(work, found, audience)
            published = await self._published(work, found, masked, audience, now)
            await work.commit()
        return published

    async def withdraw(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Note:
        """Takes it back: from now on nobody else sees it. Raises NotAllowed for somebody who may not."""
        async with self._units(workspace) as work:
            found = await seen(work, note, by)
            if found.state is NoteState.WITHDRAWN:
                return found
            if not may_withdraw(found, by):
                raise NotAllowed(phrase("Only whoever made the note, or an organiser, can take it back."))
            back = await taken_back(work, found, self._clock.now())
            await work.commit()
        return back

    async def versions(
        self, workspace: WorkspaceId, note: NoteId, by: Member
    ) -> tuple[Note, Sequence[Version], frozenset[int]]:
        """What was published, newest first, and the numbers of those to which somebody objected; for its author and
        organisers."""
        async with self._units(workspace, reading=True) as work:
            found = await seen(work, note, by)
            if found.author != by.id and not by.is_organiser():
                raise NotAllowed(phrase("Only whoever made the note, or an organiser, can see earlier versions."))
            objected = frozenset(one.version for one in await work.notes.objections(note))
            return found, await work.notes.versions(note), objected

    async def _published(
        self, work: UnitOfWork, before: Note, masked: Covered, audience: Audience, now: datetime
    ) -> Note:
        options = await work.vocabulary.options()
        await drop_schedule(work, before)
        await work.notes.drop_waiting(before.id)
        opens = audience is Audience.PUBLIC
        public_at = now + timedelta(hours=options.notes_objection_hours) if opens else None
        revision = before.revision + 1
        published = replace(
            before,
            state=NoteState.ANNOUNCED if opens else NoteState.PUBLISHED,
            audience=audience,
            content=masked.content,
            version=before.version + 1,
            revision=revision,
            told=revision,
            harmless=(),
            names=(),
            said_by={},
            public_at=public_at,
            published_at=before.published_at or now,
            expires_at=None,
            changed_at=now,
            schedule=None,
            is_open=before.is_open and opens,
        )
        if public_at is not None:
            schedule = await plan(work, Due.PUBLIC, published.id, public_at, published.author, now)
            published = replace(published, schedule=schedule)
        await work.notes.put(published)
        await work.notes.add_version(
            Version(published.id, published.version, masked.content, audience, now, published.themes, published.place)
        )
        await shelve(work, published)
        if _is_news(before, audience):
            people = [one for one in await _others(work, published) if not one.notes_muted]
            await work.deliveries.add([told(published, one.id, now) for one in people])
        return published

    async def _covered(self, workspace: WorkspaceId, note: Note) -> Covered:
        masker = await self.masker(workspace, note.names)
        return await asyncio.to_thread(covered, note.content, masker, note.harmless, note.place)

    async def masker(self, workspace: WorkspaceId, more: tuple[str, ...] = ()) -> Masker:
        """One an academy, for as long as its roster is the same: it takes a while to make. Where others spoke, one that knows
        them too."""
        async with self._units(workspace, reading=True) as work:
            names = frozenset(member.name for member in await work.members.everybody())
        if more:
            return await asyncio.to_thread(Masker, sorted({*names, *more}))
        known = self._maskers.get((workspace, names))
        if known is None:
            known = await asyncio.to_thread(Masker, sorted(names))
            self._maskers.put((workspace, names), known)
        return known


async def open_to_all(work: UnitOfWork, note: Note, now: datetime) -> None:
    """The time to object is over: everybody can see it from now on."""
    opened = replace(note, state=NoteState.PUBLISHED, public_at=None, schedule=None, is_open=True, published_at=now)
    await work.notes.put(opened)
    for shown in (await work.notes.versions(note.id))[:1]:
        await work.notes.add_version(replace(shown, opened_at=now))
    await shelve(work, opened)
    await work.deliveries.add([told_of_opening(opened, now)])


async def taken_back(work: UnitOfWork, note: Note, now: datetime) -> Note:
    """The note, seen by nobody else from now on; the caller commits."""
    await drop_schedule(work, note)
    back = replace(
        note, state=NoteState.WITHDRAWN, withdrawn_at=now, public_at=None, schedule=None, is_open=False, changed_at=now
    )
    await work.notes.put(back)
    await unshelve(work, back)
    return back


async def drop_schedule(work: UnitOfWork, note: Note) -> None:
    """It does not become public by itself any more."""
    if note.schedule is not None:
        await work.schedules.remove(note.schedule)


def wider(one: Audience, other: Audience) -> bool:
    """Whether more people see the one than the other."""
    return _WIDTH[one] > _WIDTH[other]


def narrower(audience: Audience) -> Audience | None:
    """One step back; None where there is none."""
    return next((one for one, width in _WIDTH.items() if width == _WIDTH[audience] - 1), None)


def _is_news(before: Note, audience: Audience) -> bool:
    """Whether those who took part are told of a version for this audience."""
    return audience is Audience.PUBLIC or before.version == 0 or wider(audience, before.audience)


async def _others(work: UnitOfWork, note: Note) -> list[Member]:
    """The members who took part, but for the author."""
    there = await work.members.many(note.took_part)
    return [there[one] for one in note.took_part if one in there and one != note.author]


def _publishable(note: Note) -> Note:
    if note.state is NoteState.WITHDRAWN:
        raise NotThere(phrase("The note was taken back. Make a new one from the conversation."))
    return note


async def _allowed(work: UnitOfWork, note: Note, audience: Audience) -> None:
    """After an objection the same words are not shown to more people; others, which those who took part are told of, may be."""
    if note.objected != note.version or not wider(audience, note.audience):
        return
    shown = await newest(work, note)
    if shown is not None and shown.content == note.content:
        raise NotAllowed(
            phrase(
                "Somebody who took part does not want this to be seen by more people. Change what it says first, or talk with"
                " those who took part."
            )
        )
