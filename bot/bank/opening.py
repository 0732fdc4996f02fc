"""Who sees what of a note in the bank: the note itself, and what was said of trying it.

Whoever is outside reads somebody's sentence only when the time to object to it is over; until then the place and how it
went stand there alone. It is compared when it is read, so nothing has to happen at that moment.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.bank.repository import Bank, Entry, Trial
from bot.bank.telling import best_first
from bot.bank.weighing import Sight
from bot.errors import NotThere, phrase
from bot.identity import NoteId
from bot.members.domain import Sector
from bot.notes.domain import Audience
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Opened:
    """A note of the bank for one reader."""

    entry: Entry
    trials: tuple[Trial, ...]
    sectors: Mapping[str, Sector]


async def visible(bank: Bank, note: NoteId, sight: Sight) -> Entry | None:
    """The note, if this one may see it."""
    entry = await bank.get(note)
    if entry is None or entry.audience is Audience.PUBLIC:
        return entry
    if sight.member is None:
        return None
    may = entry.audience is Audience.ACADEMY or sight.member in {entry.author, *entry.took_part}
    return entry if may else None


async def seen_by(work: UnitOfWork, note: NoteId, sight: Sight) -> Entry:
    """The note. Raises NotThere where this one may not see it."""
    entry = await visible(work.bank, note, sight)
    if entry is None:
        raise NotThere(phrase("That note is not in the knowledge bank any more."))
    return entry


async def opened(work: UnitOfWork, note: NoteId, sight: Sight, now: datetime) -> Opened:
    """The note with all that stands around it. Raises NotThere where this one may not see it."""
    entry = await seen_by(work, note, sight)
    said = await tried(work, [note], sight, now)
    sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
    return Opened(entry, said.get(note, ()), sectors)


async def tried(
    work: UnitOfWork, notes: Collection[NoteId], sight: Sight, now: datetime
) -> Mapping[NoteId, tuple[Trial, ...]]:
    """What this one may read of how it went where these notes were tried, where it worked first."""
    trials = best_first(await work.bank.trials(notes))
    if sight.member is None:
        wait = timedelta(hours=(await work.vocabulary.options()).notes_objection_hours)
        trials = [one if now - one.at >= wait else replace(one, text="") for one in trials]
    found: dict[NoteId, tuple[Trial, ...]] = {}
    for one in trials:
        found[one.note] = (*found.get(one.note, ()), one)
    return found
