"""A consistent copy of a database in use, and the way back.

On SQLite the copy is a database file again, on PostgreSQL an archive of every table (:mod:`storage.archive`). Keys are not part
of it, neither ``BROBYGGER_SECRET_KEY`` nor the file ``*.key`` beside a SQLite database: who has both can read everything, so
they belong in two places.

What was on its way when the copy was made may have arrived since. So after a restore the platform is asked about each message
before it is sent, as after a crash.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import URL

from bot.errors import StorageError, Taken, Unavailable
from storage.engine import POSTGRES, parse_url, sqlite_file
from storage.faults import driver_fault
from storage.upgrade import is_known

_PAGES = 256  # copied at a time; writers get in between
_IN_DOUBT = (
    "UPDATE deliveries SET doubt = TRUE, first_tried_at = coalesce(first_tried_at, created_at, not_before)"
    " WHERE state IN ('waiting', 'sending')"
)


async def back_up(url: str, to: Path) -> None:
    """Copies the database to a new file while it is in use; the copy is the state of one moment.

    Raises Taken if the file is there already, Unavailable if there is no database, and Full if the disk is.
    """
    await asyncio.to_thread(_back_up, _copier(parse_url(url)), to)


async def restore(url: str, source: Path) -> int:
    """Puts a copy in the database's place. Returns how many messages were on their way in it. No service may run meanwhile:
    Unavailable if one does, or if the copy is not a whole database of this version or an older one; then the database is as
    it was."""
    parsed = parse_url(url)
    if parsed.drivername != POSTGRES:
        return await asyncio.to_thread(_restore, sqlite_file(parsed), source)
    from storage.archive import unpack

    return await asyncio.to_thread(unpack, parsed, source, _IN_DOUBT)


def _copier(url: URL) -> Callable[[Path], None]:
    if url.drivername == POSTGRES:
        from storage.archive import archive

        return partial(archive, url)
    file = sqlite_file(url)
    if not file.is_file():
        raise Unavailable("there is no database to copy")
    return partial(_copy, file)


def _back_up(write: Callable[[Path], None], to: Path) -> None:
    if to.exists():
        raise Taken("there is a file of this name already; choose another one")
    half = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        half.touch(0o600)
        write(half)
        # A link fails where a rename would write over a file that came in the meantime.
        os.link(half, to)
    except FileExistsError:
        raise Taken("there is a file of this name already; choose another one") from None
    except OSError as error:
        raise StorageError(f"the copy cannot be written there ({error.strerror})") from None
    finally:
        half.unlink(missing_ok=True)


def _restore(file: Path, source: Path) -> int:
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
        half.touch(0o600)
        _copy(source, half)
        on_their_way = _made_doubtful(half)
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
        lock.release()
    return on_their_way


def _made_doubtful(copy: Path) -> int:
    """Looks whether it is one of ours, and marks what was on its way. Returns how many those were."""
    try:
        with closing(sqlite3.connect(copy)) as database, database:
            version = str(database.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            if not is_known(version):
                raise Unavailable("the copy comes from a newer version of Brobygger")
            return database.execute(_IN_DOUBT).rowcount
    except sqlite3.OperationalError:
        raise Unavailable("the file is not a copy of a Brobygger database") from None


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
