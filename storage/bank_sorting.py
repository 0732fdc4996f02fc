"""What PostgreSQL put aside of an import is sorted into the index, beside whatever comes next.

The words of many notes are written quickly because the index takes them as they come; every question looks through them until
they are sorted in. That takes about as long as the notes took to be written, so the next ones do not wait for it.
"""

import asyncio
import logging
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from storage.bank_search import sorted_in

if TYPE_CHECKING:
    from storage.engine import Database

_log = logging.getLogger(__name__)


class Sorting:
    """One sorting at a time; what comes meanwhile is sorted after it. What cannot be done, PostgreSQL does when it tidies up."""

    def __init__(self, database: "Database") -> None:
        self._database = database
        self._wanted = False
        self._going: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """From now on; nobody waits for it."""
        self._wanted = True
        if self._going is None or self._going.done():
            self._going = asyncio.create_task(self._until_done(), name="sorting")

    async def finished(self) -> None:
        """When everything is sorted in that was there before."""
        if self._going is not None:
            await self._going

    async def _until_done(self) -> None:
        engine = self._database.engine.execution_options(isolation_level="AUTOCOMMIT")
        while self._wanted:
            self._wanted = False
            try:
                async with engine.connect() as connection:
                    await connection.execute(sorted_in())
            except SQLAlchemyError as error:
                _log.info("the words of an import are not sorted in yet (%s)", type(error).__name__)
