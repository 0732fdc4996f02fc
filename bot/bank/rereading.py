"""Notes are read again where words are read otherwise than when they were put in: another stemmer, another list of words.

Questions are always read in today's way. A note that was read in yesterday's would not be found by some of its words, and
nobody would know why. So each note's tokens tell how it was read (:data:`bot.bank.reading.BankReader.mark`), and a new version
of the bot reads again what needs it while it serves, part by part: whoever stops it loses nothing.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.errors import StorageError
from bot.identity import NoteId, WorkspaceId
from bot.ports import Units, WorkspaceDirectory

_log = logging.getLogger(__name__)

# Notes that are read at once, and seconds until the next ones: others want to write meanwhile.
_PART, _PAUSE = 500, 0.5


async def reread_all(units: Units, directory: WorkspaceDirectory, pause: float = _PAUSE) -> None:
    """Every academy's notes, one academy after the other. What the database cannot do now is done at the next start."""
    with suppress(StorageError):
        for workspace in await directory.every():
            await reread(units, workspace.id, pause)


async def reread(units: Units, workspace: WorkspaceId, pause: float = _PAUSE) -> int:
    """Reads again the notes of one academy that need it. Returns how many these were."""
    done = 0
    while outdated := await _outdated(units, workspace):
        async with units(workspace) as work:
            await work.bank.put_all(list((await work.bank.many(outdated)).values()))
            await work.commit()
        done += len(outdated)
        _log.info("%d notes of the knowledge bank were read anew so far", done)
        await asyncio.sleep(pause)
    return done


async def _outdated(units: Units, workspace: WorkspaceId) -> Sequence[NoteId]:
    async with units(workspace, reading=True) as work:
        return await work.bank.outdated(_PART)
