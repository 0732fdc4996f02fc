"""Units of work over rows: one use case in one workspace, kept whole or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.deliveries.domain import LetterTable
from bot.identity import WorkspaceId
from bot.ports import Alarm
from storage.alarm import CHANNEL
from storage.announcements import StoredAnnouncements
from storage.bank import StoredBank
from storage.calendar_keys import StoredCalendarKeys
from storage.camps import StoredCamps
from storage.challenges import StoredChallenges
from storage.codes import StoredCodes, StoredLines
from storage.deliveries import StoredDeliveries
from storage.engine import Database
from storage.handovers import StoredHandOvers
from storage.homes import StoredHomes
from storage.landmarks import StoredDrafts, StoredLandmarks
from storage.notes import StoredNotes
from storage.playground import StoredPlayground
from storage.polls import StoredPolls
from storage.repositories import StoredArrivals, StoredMembers, StoredVectors, StoredVocabulary
from storage.rounds import StoredRounds, StoredSchedules
from storage.statements import Statements, statements
from storage.stations import StoredStationPlans


class StoredUnit:
    """Implements :class:`bot.ports.UnitOfWork`."""

    def __init__(
        self, run: Statements, workspace: WorkspaceId, database: Database, letters: LetterTable, alarm: Alarm
    ) -> None:
        self._run = run
        self._alarm = alarm
        self._database = database
        self.workspace = workspace
        self.members = StoredMembers(run, workspace, database.seal)
        self.vocabulary = StoredVocabulary(run, workspace)
        self.rounds = StoredRounds(run, workspace)
        self.schedules = StoredSchedules(run, workspace)
        self.deliveries = StoredDeliveries(run, workspace, letters)
        self.playground = StoredPlayground(run, workspace, database.seal)
        self.arrivals = StoredArrivals(run, workspace)
        self.vectors = StoredVectors(run, workspace)
        self.homes = StoredHomes(run, workspace)
        self.landmarks = StoredLandmarks(run, workspace, database.seal)
        self.drafts = StoredDrafts(run, workspace, database.seal)
        self.codes = StoredCodes(run, workspace, database.seal)
        self.lines = StoredLines(run, workspace, database.seal)
        self.announcements = StoredAnnouncements(run, workspace, database.seal)
        self.calendar_keys = StoredCalendarKeys(run, workspace, database.seal)
        self.camps = StoredCamps(run, workspace, database.seal)
        self.stations = StoredStationPlans(run, workspace)
        self.polls = StoredPolls(run, workspace, database.seal)
        self.handovers = StoredHandOvers(run, workspace, database.seal)
        self.bank = StoredBank(run, workspace, database.seal)
        self.notes = StoredNotes(run, workspace, database.seal)
        self.challenges = StoredChallenges(run, workspace, database.seal)

    async def commit(self) -> None:
        """Keeps everything, and wakes the loops if something may be due."""
        due = self.deliveries.wrote or self.schedules.wrote
        if due:
            await self._run.notify(CHANNEL)
        await self._run.commit()
        if due:
            self.deliveries.wrote = self.schedules.wrote = False
            self._alarm.ring()
        if self.polls.destroyed or self.notes.destroyed or self.challenges.destroyed:
            self.polls.destroyed = self.notes.destroyed = self.challenges.destroyed = self.polls.ordered = False
            await self._database.traces.overwrite()
        if self.bank.unsorted:
            self.bank.unsorted = False
            self._database.sorting.begin()
        if self.polls.ordered or self.bank.left_words:
            self.polls.ordered = self.bank.left_words = False
            self._database.traces.soon()


class StoredUnits:
    """Implements :class:`bot.ports.Units`."""

    def __init__(self, database: Database, letters: LetterTable, alarm: Alarm) -> None:
        self._database = database
        self._letters = letters
        self._alarm = alarm

    @asynccontextmanager
    async def __call__(self, workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[StoredUnit, None]:
        """A unit of work; rolled back at the end unless committed."""
        async with statements(self._database, workspace, reading=reading) as run:
            yield StoredUnit(run, workspace, self._database, self._letters, self._alarm)
