"""Those who took part may say no: then the note goes one step back, from all to the academy, from the academy to those who took
part, and from these to nobody. Who it was, nobody is told; why, only if they write it, and only the author.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.errors import NotAllowed, phrase
from bot.identity import NoteId, WorkspaceId
from bot.members.domain import Member
from bot.notes.access import may_object, seen
from bot.notes.domain import Audience, Note, NoteState, Objection
from bot.notes.outgoing import told_anew, told_of_objection
from bot.notes.publishing import drop_schedule, narrower, taken_back
from bot.notes.shelving import shelve
from bot.ports import Clock, UnitOfWork, Units
from bot.privacy import Masker


@dataclass(frozen=True, slots=True)
class SaidNo:
    """The note as it is after an objection. ``was``: who was to see it before."""

    note: Note
    was: Audience


class Objecting:
    """Takes objections. ``masker``: the academy's, of the names on its roster."""

    def __init__(self, units: Units, clock: Clock, masker: Callable[[WorkspaceId], Awaitable[Masker]]) -> None:
        self._units = units
        self._clock = clock
        self._masker = masker

    async def look(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Note:
        """The note, for one who may object. Raises NotThere where it is not shown any more."""
        async with self._units(workspace, reading=True) as work:
            return _theirs(await seen(work, note, by), by)

    async def object(
        self, workspace: WorkspaceId, note: NoteId, by: Member, audience: Audience, reason: str = ""
    ) -> SaidNo:
        """It is not to be seen by ``audience``. Where that is so already nothing changes. The reason is kept masked: it is for
        the author, and may say more of others than its writer thinks."""
        now, reason = self._clock.now(), reason.strip()
        if reason:
            masker = await self._masker(workspace)
            reason = (await asyncio.to_thread(masker.mask, reason)).text
        async with self._units(workspace) as work:
            found = _theirs(await seen(work, note, by), by)
            if found.audience is not audience:
                return SaidNo(found, audience)
            await work.notes.add_objection(Objection(note, by.id, found.version, audience, now, reason))
            narrowed = await self._narrowed(work, found)
            await work.deliveries.add([told_of_objection(replace(narrowed, audience=audience), now)])
            await told_anew(work, narrowed, by.id, now)
            await work.commit()
        return SaidNo(narrowed, audience)

    async def _narrowed(self, work: UnitOfWork, note: Note) -> Note:
        now, audience = self._clock.now(), narrower(note.audience)
        objected = replace(note, objected=note.version, is_open=False)
        if audience is None:
            return await taken_back(work, objected, now)
        await drop_schedule(work, objected)
        narrowed = replace(
            objected, state=NoteState.PUBLISHED, audience=audience, public_at=None, schedule=None, changed_at=now
        )
        await work.notes.put(narrowed)
        await shelve(work, narrowed)
        return narrowed


def _theirs(note: Note, by: Member) -> Note:
    if not may_object(note, by):
        raise NotAllowed(phrase("Only those who took part in the conversation can object to the note."))
    return note
