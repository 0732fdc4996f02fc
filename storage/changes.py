"""Tells whether members or options were written since somebody read them: by any unit of work, here or in another process.

Every statement goes through one place, which knows the table that it writes, so that no writer has to think of this.
"""

from collections import defaultdict
from datetime import timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import Executable, Select, Table
from sqlalchemy.sql.dml import UpdateBase

CHANNEL = "brobygger_people"
_WATCHED = frozenset({"accounts", "installations", "members", "workspaces"})
# One process has the file for itself, and hears of all that it writes. From PostgreSQL a connection that died without a word
# may keep a notice back until somebody finds out.
_ALONE, _SEVERAL = timedelta(hours=1), timedelta(minutes=1)


class PeopleWritten:
    """Implements :class:`bot.recognition.Changes`. ``alone``: no other process writes to this database."""

    def __init__(self, *, alone: bool) -> None:
        self._listens = alone
        self._anywhere = 0
        self._in: defaultdict[UUID, int] = defaultdict(int)
        self.lasts = _ALONE if alone else _SEVERAL

    def mark(self, workspace: UUID) -> tuple[int, int] | None:
        """The same as long as nothing was written; None while other processes cannot be heard."""
        return (self._anywhere, self._in[workspace]) if self._listens else None

    def written(self, workspace: UUID | None) -> None:
        """Something was committed, or may have been; None: nobody knows in which workspaces."""
        if workspace is None:
            self._anywhere += 1
        else:
            self._in[workspace] += 1

    def heard(self) -> None:
        """Another process committed something, or may have done so while nobody listened. From now on it is heard."""
        self._listens = True
        self.written(None)

    def deaf(self) -> None:
        """From now on other processes are not heard."""
        self._listens = False


def writes_people(statement: Executable) -> bool:
    """Whether a statement writes what is remembered; of one that is not built by table, nobody knows."""
    if isinstance(statement, UpdateBase):
        table = cast(object, statement.table)  # pyright: ignore[reportUnknownMemberType]  # the library gives it half a type
        return not isinstance(table, Table) or table.name in _WATCHED
    return not isinstance(statement, Select)
