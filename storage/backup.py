"""A consistent copy of a running SQLite database, and the way back.

The key file beside the database (``*.key``) is not part of the copy: who has both can read everything, so they belong in
two places.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from bot.errors import SettingsError, StorageError, Taken, Unavailable
from storage.engine import POSTGRES, parse_url, sqlite_file
from storage.faults import driver_fault

_PAGES = 256  # copied at a time; writers get in between
_PG_DUMP = "a PostgreSQL database is backed up with pg_dump and restored with pg_restore; this is for SQLite"


async def back_up(url: str, to: Path) -> None:
    """Copies the database to a new file while it is in use; the copy is the state of one moment.

    Raises Taken if the file is there already, Unavailable if there is no database, Full if the disk is, and SettingsError
    for PostgreSQL, whose tool is pg_dump.
    """
    file = _file_of(parse_url(url))
    await asyncio.to_thread(_back_up, file, to)


async def restore(url: str, source: Path) -> None:
    """Puts a copy in the database's place. Nothing may use the database meanwhile: Unavailable if something does, or if
    the copy is not a whole database; then the database is as it was."""
    file = _file_of(parse_url(url))
    await asyncio.to_thread(_restore, file, source)


def _file_of(url: URL) -> Path:
    if url.drivername == POSTGRES:
        raise SettingsError([_PG_DUMP])
    return sqlite_file(url)


def _back_up(file: Path, to: Path) -> None:
    if not file.is_file():
        raise Unavailable("there is no database to copy")
    if to.exists():
        raise Taken("there is a file of this name already; choose another one")
    half = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch(0o600)
        _copy(file, half)
        # A link fails where a rename would write over a file that came in the meantime.
        os.link(half, to)
    except FileExistsError:
        raise Taken("there is a file of this name already; choose another one") from None
    except OSError as error:
        raise StorageError(f"the copy cannot be written there ({error.strerror})") from None
    finally:
        half.unlink(missing_ok=True)


def _restore(file: Path, source: Path) -> None:
    if not source.is_file():
        raise Unavailable("there is no such copy")
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file.with_name(file.name + ".lock"), timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        raise Unavailable(f"another process is using {file.name}; stop it first") from None
    half = file.with_name(file.name + ".part")
    try:
        half.unlink(missing_ok=True)
        _copy(source, half)
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
        lock.release()


def _copy(source: Path, to: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(to)) as new,
        ):
            old.backup(new, pages=_PAGES, sleep=0.01)
            new.execute("PRAGMA journal_mode=DELETE")
            if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise Unavailable("the copy is damaged")
    except sqlite3.Error as error:
        raise driver_fault(error) from None
