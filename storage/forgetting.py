"""What was destroyed in the database is destroyed in its files as well, as far as a database lets one.

A row that is changed or removed leaves its old bytes behind for a while: on SQLite in the log of changes, on PostgreSQL as a dead
row. And SQLite's log has what was written in the order in which it was, which of anonymous ballots nobody may know. Copies that
were made before (backups, replicas, PostgreSQL's own archive of changes) are beyond reach; what they hold is sealed
(docs/decisions/0032).
"""

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from storage.bank_merging import merged
from storage.sqlite import OneWayConnection

if TYPE_CHECKING:
    from storage.engine import Database

_log = logging.getLogger(__name__)

# Seconds: what is done soon is done together, and what cannot be done is tried again less and less often.
_SOON, _SELDOM = 1.0, 60.0
# The tables from which something is destroyed for good.
_SENSITIVE = (
    "polls, ballots, notes, note_versions, note_waiting, challenges, challenge_answers, challenge_invitations,"
    " bank_notes, bank_terms, bank_trials, bank_vectors"
)


class Traces:
    """Takes away what is left of what is gone. Somebody who reads the file at that moment (a backup, a tool that looks at it)
    keeps SQLite's log from being emptied: then it is tried again until it is done, and nobody waits for it."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._wanted = self._failed = False
        self._cleaning: asyncio.Task[None] | None = None

    async def overwrite(self) -> None:
        """At once where that is possible, else as soon as it is."""
        if not await self._overwritten():
            self._told(failed=True)
            self._begin()

    def soon(self) -> None:
        """Within seconds, together with whatever else is written until then. On PostgreSQL nothing is to be done for it."""
        if self._database.is_sqlite:
            self._begin()

    async def stop(self) -> None:
        """No more; the next start does what is left to do."""
        if self._cleaning is not None:
            self._cleaning.cancel()
            with suppress(asyncio.CancelledError):
                await self._cleaning

    def _begin(self) -> None:
        self._wanted = True
        if self._cleaning is None or self._cleaning.done():
            self._cleaning = asyncio.create_task(self._until_done(), name="traces")

    async def _until_done(self) -> None:
        pause = _SOON
        while self._wanted:
            await asyncio.sleep(pause)
            self._wanted = False
            done = await self._overwritten()
            self._told(failed=not done)
            self._wanted, pause = self._wanted or not done, _SOON if done else min(2 * pause, _SELDOM)

    def _told(self, *, failed: bool) -> None:
        """Once when it begins, and once when it is over."""
        if failed and not self._failed:
            _log.warning("what was destroyed is not overwritten yet; trying on")
        elif self._failed and not failed:
            _log.warning("what was destroyed is overwritten now")
        self._failed = failed

    async def _overwritten(self) -> bool:
        try:
            if self._database.is_sqlite:
                return await self._emptied()
            engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
            async with engine.connect() as connection:
                await connection.execute(text(f"VACUUM {_SENSITIVE}"))
        except (SQLAlchemyError, StorageError) as error:
            _log.info("what was destroyed could not be overwritten (%s)", type(error).__name__)
            return False
        return True

    async def _emptied(self) -> bool:
        """Moves SQLite's log into the file, where freed bytes are zero, and makes it empty. False where somebody reads what
        would go: SQLite says so in a row, and must not wait for them, since everybody who writes would wait with it."""
        async with self._database.alone(), self._database.engine.connect() as connection:
            driver = cast(OneWayConnection, (await connection.get_raw_connection()).driver_connection)
            await driver.run("PRAGMA busy_timeout=0", ())
            try:
                if not await merged(driver):
                    return False
                ((busy, *_),) = (await driver.run("PRAGMA wal_checkpoint(TRUNCATE)", ())).rows
            finally:
                await driver.run(f"PRAGMA busy_timeout={int(self._database.patience * 1000)}", ())
        return not busy
