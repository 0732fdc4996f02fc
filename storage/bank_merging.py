"""What FTS5 keeps of notes that are gone, taken out of the file.

A note that is removed or changed leaves its words in FTS5's index beside a line that says that they are gone; both go when FTS5
merges, which by itself may be never. (Its own remedy, ``secure-delete``, came with SQLite 3.42, and indexes that used it
cannot be read by older ones.) Whether something is left is kept in the file's ``user_version``, within the same transaction as
the change: so whatever is interrupted is done at the next start.
"""

import sqlite3
from typing import TYPE_CHECKING

from sqlalchemy import text

from storage.sqlite import OneWayConnection

if TYPE_CHECKING:
    from storage.statements import Statements

_LEFT, _NOTHING = 1, 0


async def owe_merging(run: "Statements") -> None:
    """Something in this transaction leaves words behind."""
    if not run.shares:
        await run.write(text(f"PRAGMA user_version = {_LEFT}"))


async def merged(driver: OneWayConnection) -> bool:
    """Merges if something is left behind; over 100,000 notes it takes seconds. False where it could not be done."""
    ((left,),) = (await driver.run("PRAGMA user_version", ())).rows
    if left == _NOTHING:
        return True
    try:
        await driver.run("BEGIN IMMEDIATE", ())
        await driver.run("INSERT INTO bank_search(bank_search) VALUES ('optimize')", ())
        await driver.run(f"PRAGMA user_version = {_NOTHING}", ())
        await driver.run("COMMIT", ())
    except sqlite3.Error:
        await driver.rollback()
        return False
    return True
