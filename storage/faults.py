"""What went wrong in a database, said in the house's own errors.

The texts name kinds and the database's own codes only: a driver's message may hold what a person typed, so the original
error is never chained to ours.
"""

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import Full, StorageError, Taken, Unavailable

_LOCKED = "the database is busy or locked by another process"
_SQLITE = {
    "SQLITE_BUSY": Unavailable(_LOCKED),
    "SQLITE_LOCKED": Unavailable(_LOCKED),
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
# PostgreSQL's SQLSTATE, by class (two characters) or whole code; the longer one counts.
_POSTGRES = {
    "08": Unavailable("the connection to the database was lost"),
    "28": Unavailable("the database does not accept this user or password"),
    "3D": Unavailable("there is no database of this name"),
    "53": Unavailable("the database has no room for more connections or work"),
    "53100": Full("there is no space left for the database"),
    "57": Unavailable("the database is stopping, starting or busy"),
    "40": Unavailable("two changes got in each other's way"),
    "55P03": Unavailable(_LOCKED),
    "25P03": Unavailable("a unit of work stood open for too long"),
    "23505": Taken("a row with this key is already there"),
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
    if isinstance(error, psycopg.Error):
        return _of_postgres(error)
    return StorageError(f"the database could not do it ({type(error).__name__})")


def _of_sqlite(error: sqlite3.Error) -> StorageError:
    # Errors that the driver makes up itself (a closed connection) carry no code.
    name: str = getattr(error, "sqlite_errorname", "")
    family = "_".join(name.split("_")[:2])
    known = _SQLITE.get(name) or _SQLITE.get(family)
    if known is None and not name and isinstance(error, sqlite3.OperationalError | sqlite3.ProgrammingError):
        known = Unavailable("the connection to the database was closed")
    return _anew(known) or StorageError(f"the database could not do it ({name or type(error).__name__})")


def _of_postgres(error: psycopg.Error) -> StorageError:
    code = error.sqlstate or ""
    known = _POSTGRES.get(code) or _POSTGRES.get(code[:2])
    if known is None and not code and isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        known = Unavailable("the database cannot be reached")
    return _anew(known) or StorageError(f"the database could not do it ({code or type(error).__name__})")


def _anew(known: StorageError | None) -> StorageError | None:
    # A raised exception keeps its traceback, so the ones in the tables are patterns and never raised themselves.
    return None if known is None else type(known)(*known.args)
