"""What was destroyed in the database is destroyed in its files as well, as far as a database lets one.

A row that is changed or removed leaves its old bytes behind for a while: on SQLite in the log of changes, on PostgreSQL as a dead
row. Copies that were made before (backups, replicas, PostgreSQL's own archive of changes) are beyond reach; what they hold is
sealed (docs/decisions/0032).
"""

import logging
from typing import cast

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StorageError
from storage.engine import Database
from storage.sqlite import OneWayConnection

_log = logging.getLogger(__name__)


async def overwrite_what_is_gone(database: Database) -> None:
    """Empties SQLite's log into the file, where freed bytes are zero; has PostgreSQL clear away the dead rows of polls.
    Where that cannot be done just now it is logged: the next poll that closes tries again."""
    try:
        if database.is_sqlite:
            async with database.alone(), database.engine.connect() as connection:
                driver = cast(OneWayConnection, (await connection.get_raw_connection()).driver_connection)
                await driver.run("PRAGMA wal_checkpoint(TRUNCATE)", ())
        else:
            engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
            async with engine.connect() as connection:
                await connection.execute(text("VACUUM polls, ballots"))
    except (SQLAlchemyError, StorageError) as error:
        _log.warning("what was destroyed was not overwritten yet (%s)", type(error).__name__)
