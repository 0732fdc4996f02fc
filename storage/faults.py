"""What went wrong in a database, said in the house's own errors.

The texts name kinds and the database's own codes only: a driver's message may hold what a person typed, so the original
error is never chained to ours.
"""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import Full, StorageError, Taken, Unavailable

LOCKED = "the database is busy or locked by another process"
_SQLITE = {
    "SQLITE_BUSY": Unavailable(LOCKED),
    "SQLITELOCKED": Unavailable(LOCKED),
    "SQLITE_CANTOPEN": Unavailable("the database file cannot be opened"),
    "SQLITE_READONLY": Unavailable("the database file may not be written to"),
    "SQLITE_PERM": Unavailable("the database file may not be written to"),
    "SQLITE_IOERR": Unavailable("the database file cannot be read or written"),
    "SQLITE_NOTADB": Unavailable("the file is not a Brobygger database"),
    "SQLITE_CORRUPT": Unavailable("the database file is damaged; restore a backup"),
    "SQLITE_FULL": Full("there is no space left for the database"),
    "SQLITE_CONSTRAINT_UNIQUE": Taken("a row with this key is already there"),
    "SQLITE_CONSTRAINT_PRIMARYKEY": Taken("a row with this key is already there"),
}


def fault(error: SQLAlchemyError) -> Exception:
    """The house's error for a database's. A mistake of our own (a value that no column takes) is given back as it is."""
    if isinstance(error, PoolTimeout):
        return Unavailable("all connections to the database are in use")
    if isinstance(error, DBAPIError):
        return driver_fault(error.orig)
    if isinstance(error, StatementError) and isinstance(error.orig, ValueError):
        return error.orig
    return StorageError(f"the database could not do it ({type(error).__name__})")


def driver_fault(error: BaseException | None) -> StorageError:
    """The house's error for a driver's own one."""
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if type(error).__module__.partition(".")[0] == "psycopg":
        # Some 10 MB that a house on SQLite never needs.
        from storage.postgres import postgres_fault

        return postgres_fault(error)
    return StorageError(f"the database could not do it ({type(error).__name__})")


def _of_sqlite(error: sqlite3.Error) -> StorageError:
    # Errors that the driver makes up itself (a closed connection) carry no code.
    name: str = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    known = _SQLITE.get(name) or _SQLITE.get(family)
    if known is None and not name and isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError):
        known = Unavailable("the connection to the database was closed")
    return anew(known) or StorageError(f"the database could not do it ({name or type(error).__name__})")


def anew(known: StorageError | None) -> StorageError | None:
    """A fresh error like the known one."""
    # A raised exception keeps its traceback, so the ones in the tables are patterns and never raised themselves.
    return None if known is None else type(known)(*known.args)
