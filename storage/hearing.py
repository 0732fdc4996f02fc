"""Who is the first of several processes to hear something: for a platform that tells all of them.

Nothing waits here, not even for another unit of work of the same workspace: a person waits for the first answer.
"""

from bot.identity import WorkspaceId
from bot.ports import Clock
from storage.engine import Database
from storage.rows import ArrivalRow
from storage.statements import statements


class StoredHearing:
    """Writes down what was heard, and tells who was first. Raises StorageError."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def first(self, workspace: WorkspaceId, heard: str) -> bool:
        """True for one of all who ever ask for this workspace and this that was heard."""
        values = {"workspace_id": workspace, "arrival": f"heard:{heard}", "at": self._clock.now()}
        async with statements(self._database) as run:
            first = await run.upsert(ArrivalRow, [values], renew=False) == 1
            if first:
                await run.commit()
        return first
