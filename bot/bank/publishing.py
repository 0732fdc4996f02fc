"""The public half of the knowledge bank, as its pages need it: which academies have one, and what stands in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.bank.repository import Entry, Trial
from bot.bank.searching import Question
from bot.bank.service import BankService, Found, Hit
from bot.bank.showing import sentences
from bot.bank.weighing import Sight
from bot.identity import NoteId, WorkspaceId
from bot.members.domain import Sector, Theme
from bot.notes.domain import Audience
from bot.ports import Units, Workspace, WorkspaceDirectory

_PUBLIC = (Audience.PUBLIC,)
ANYBODY = Sight()


@dataclass(frozen=True, slots=True)
class Shelf:
    """An academy with what its public pages need around the notes."""

    workspace: Workspace
    count: int
    changed_at: datetime | None
    sectors: Mapping[str, Sector]
    themes: tuple[Theme, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A public note and what was said of trying it."""

    entry: Entry
    trials: tuple[Trial, ...]


class PublicBank:
    """What everybody may see; nothing here can show anything else."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, bank: BankService) -> None:
        self._units = units
        self._directory = directory
        self._bank = bank

    async def shelves(self) -> Sequence[Shelf]:
        """Every academy that has published something for everybody, by its name."""
        found = [await self._shelf(one) for one in await self._directory.every() if one.frozen_at is None]
        return sorted(
            (one for one in found if one.count), key=lambda one: (one.workspace.name.casefold(), one.workspace.id)
        )

    async def shelf(self, workspace: WorkspaceId) -> Shelf | None:
        """One academy; None where there is none, or it is closed. It may have nothing for everybody yet."""
        there = await self._directory.get(workspace)
        return None if there is None or there.frozen_at is not None else await self._shelf(there)

    async def look(self, workspace: WorkspaceId, question: Question, page: int, size: int) -> Found:
        """A page of notes: those that fit, or where nothing was asked all of them, the newest first."""
        if question.words.strip() or question.is_narrow():
            return await self._bank.look(workspace, question, ANYBODY, page, size)
        async with self._units(workspace, reading=True) as work:
            notes = await work.bank.newest(_PUBLIC, size, page * size)
            every = await work.bank.count(_PUBLIC)
        shown = await self.some(workspace, notes)
        hits = [Hit(one.entry, next(sentences(one.entry.content), ""), one.trials) for one in shown]
        return Found(question, tuple(hits), every, page, size)

    async def some(self, workspace: WorkspaceId, notes: Sequence[NoteId]) -> Sequence[Shown]:
        """Those of the notes that everybody may see, in their order."""
        async with self._units(workspace, reading=True) as work:
            entries = await work.bank.many(notes)
        tried = await self._bank.tried(workspace, notes, ANYBODY)
        shown = [entries[note] for note in notes if note in entries and entries[note].audience is Audience.PUBLIC]
        return [Shown(one, tried.get(one.note, ())) for one in shown]

    async def note(self, workspace: WorkspaceId, note: NoteId) -> Shown | None:
        """One note; None where everybody may not see it."""
        return next(iter(await self.some(workspace, [note])), None)

    async def newest(self, workspace: WorkspaceId, limit: int, offset: int = 0) -> Sequence[Shown]:
        """The newest notes."""
        async with self._units(workspace, reading=True) as work:
            notes = await work.bank.newest(_PUBLIC, limit, offset)
        return await self.some(workspace, notes)

    async def withdrawn(self, workspace: WorkspaceId, note: NoteId) -> bool:
        """Whether everybody could see it once and cannot any more."""
        async with self._units(workspace, reading=True) as work:
            return await work.bank.withdrawn(note)

    async def _shelf(self, workspace: Workspace) -> Shelf:
        async with self._units(workspace.id, reading=True) as work:
            return Shelf(
                workspace,
                await work.bank.count(_PUBLIC),
                await work.bank.changed_at(_PUBLIC),
                {sector.key: sector for sector in await work.vocabulary.sectors()},
                tuple(await work.vocabulary.themes()),
            )
