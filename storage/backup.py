"""A consistent copy of a database in use, and the way back.

On SQLite the copy is a database file again, on PostgreSQL an archive of every table (:mod:`storage.archive`). Keys are not part
of it, neither ``BROBYGGER_SECRET_KEY`` nor the file ``*.key`` beside a SQLite database: who has both can read everything, so
they belong in two places.

What was on its way when the copy was made may have arrived since. So after a restore the platform is asked about each message
before it is sent, as after a crash.

A restore may be a mistake as well, such as the wrong file or the wrong database. So what it takes the place of is kept under a
name that says when: on SQLite the file itself, beside it; on PostgreSQL a copy, beside the one that is restored.
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
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
_MEMBERS = "SELECT count(*) FROM members WHERE erased_at IS NULL"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a copy brought: its members, those of all academies together, and how many messages were on their way in it.
    ``before`` is where the database is kept that was there before; None where nothing was in it, or it was not to be kept."""

    members: int
    on_their_way: int
    before: Path | None


async def back_up(url: str, to: Path) -> None:
    """Copies the database to a new file while it is in use; the copy is the state of one moment.

    Raises Taken if the file is there already, Unavailable if there is no database, Full if the disk is, and StorageError if
    it cannot be written there: a folder is never made, since a name that is mistyped would lead to another disk.
    """
    await asyncio.to_thread(_back_up, _copier(parse_url(url)), to)


async def restore(url: str, source: Path, now: datetime, *, keep: bool = True) -> Restored:
    """Puts a copy in the database's place, and keeps the one that was there, unless told otherwise. No service may run
    meanwhile: Unavailable if one does, or if the copy is not a whole database of this version or an older one; StorageError if
    the old one cannot be kept. Then the database is as it was."""
    return await asyncio.to_thread(_put_back, parse_url(url), source, now, keep)


def _copier(url: URL) -> Callable[[Path], None]:
    if url.drivername == POSTGRES:
        from storage.archive import archive

        return partial(archive, url)
    file = sqlite_file(url)
    if not file.is_file():
        raise Unavailable("there is no database to copy")
    return partial(_copy, file, "the database file is damaged; restore a backup")


def _back_up(write: Callable[[Path], None], to: Path) -> None:
    if to.exists():
        raise Taken("there is a file of this name already; choose another one")
    if not to.parent.is_dir():
        raise StorageError(f"there is no folder {to.parent} for the copy; make it first, or choose another one")
    half = to.with_name(to.name + ".part")
    try:
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


def _put_back(url: URL, source: Path, now: datetime, keep: bool) -> Restored:
    if not source.is_file():
        raise Unavailable(f"there is no file {source.name}")
    if url.drivername == POSTGRES:
        return _unpack(url, source, now, keep)
    return _restore(sqlite_file(url), source, now, keep)


def _restore(file: Path, source: Path, now: datetime, keep: bool) -> Restored:
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
        damaged = f"{source.name} is damaged or cut off; restore another copy"
        _copy(source, damaged, half)
        if _ends_within_a_page(source):
            raise Unavailable(damaged)
        members, on_their_way = _made_doubtful(half, source.name)
        before = _put_aside(file, now) if keep and _is_worth_keeping(file) else None
        for rest in ("-wal", "-shm"):
            file.with_name(file.name + rest).unlink(missing_ok=True)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)
        lock.release()
    return Restored(members, on_their_way, before)


def _unpack(url: URL, source: Path, now: datetime, keep: bool) -> Restored:
    from storage.archive import archive, unpack

    before = _name_of_before(source.with_name((url.database or "database").replace("/", "_")), now)

    def put_aside() -> None:
        try:
            _back_up(partial(archive, url), before)
        except StorageError as error:
            raise _not_kept(str(error)) from None

    try:
        members, on_their_way = unpack(url, source, put_aside if keep else None, _IN_DOUBT, _MEMBERS)
    except BaseException:
        before.unlink(missing_ok=True)
        raise
    return Restored(members, on_their_way, before if before.exists() else None)


def _name_of_before(beside: Path, now: datetime) -> Path:
    """A name that no file has yet."""
    name = f"{beside.name}.before-restore-{now:%Y-%m-%dT%H%M%SZ}"
    names = (beside.with_name(f"{name}-{number}" if number else name) for number in count())
    return next(free for free in names if not free.exists() and not _log_of(free).exists())


def _is_worth_keeping(file: Path) -> bool:
    """Whether anything is in a database: an academy, or what nobody can read, which somebody else may be able to mend."""
    if not file.is_file() or file.stat().st_size == 0:
        return False
    if _has_log(file):
        return True
    try:
        # Looked at as it lies: SQLite would tidy up after a crash, and with a damaged file throw away what can be mended.
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            return bool(database.execute("SELECT EXISTS (SELECT * FROM workspaces)").fetchone()[0])
    except sqlite3.Error:
        return True


def _put_aside(file: Path, now: datetime) -> Path:
    """Gives the file a second name, so that the first one leads to a whole database at every moment."""
    try:
        before = _name_of_before(file, now)
        if _has_log(file):
            os.link(_log_of(file), _log_of(before))
        os.link(file, before)
    except OSError as error:
        raise _not_kept(error.strerror or type(error).__name__) from None
    return before


def _log_of(file: Path) -> Path:
    """What was written last, where the process had no time to put it into the file itself."""
    return file.with_name(file.name + "-wal")


def _has_log(file: Path) -> bool:
    log = _log_of(file)
    return log.is_file() and log.stat().st_size > 0


def _not_kept(why: str) -> StorageError:
    return StorageError(f"the database that is there cannot be kept ({why}); `--replace` does without")


def _made_doubtful(copy: Path, name: str) -> tuple[int, int]:
    """Looks whether it is one of ours, and marks what was on its way. Returns how many members it has, and how many messages
    those were."""
    try:
        with closing(sqlite3.connect(copy)) as database, database:
            version = str(database.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0])
            members = int(database.execute(_MEMBERS).fetchone()[0])
            if not is_known(version):
                raise Unavailable(f"{name} comes from a newer version of Brobygger")
            return members, database.execute(_IN_DOUBT).rowcount
    except sqlite3.Error as error:
        if _name_of(error) == "SQLITE_ERROR":  # no such table
            raise Unavailable(f"{name} is not a copy of a Brobygger database") from None
        raise driver_fault(error) from None


def _copy(source: Path, damaged: str, to: Path) -> None:
    """``damaged`` is what to say where the source is."""
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(to)) as new,
        ):
            old.backup(new, pages=_PAGES, sleep=0.01)
            new.execute("PRAGMA journal_mode=DELETE")
            if new.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise Unavailable(damaged)
    except sqlite3.Error as error:
        match _name_of(error).split("_"):
            case ["SQLITE", "CORRUPT", *_]:
                raise Unavailable(damaged) from None
            case ["SQLITE", "NOTADB"]:
                raise Unavailable(f"{source.name} is not a Brobygger database") from None
            case _:
                raise driver_fault(error) from None


def _ends_within_a_page(source: Path) -> bool:
    """SQLite itself takes the missing rest for zeros."""
    with source.open("rb") as file:
        size = int.from_bytes(file.read(18)[16:], "big")
    return source.stat().st_size % (65536 if size == 1 else max(size, 1)) != 0


def _name_of(error: sqlite3.Error) -> str:
    # Errors that the driver makes up itself carry none.
    return getattr(error, "sqlite_errorname", "")
