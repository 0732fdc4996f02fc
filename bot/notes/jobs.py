"""Reads conversations, however long that takes. A short one is read while the person waits; of a long one they see in one
message how far it is, may call it off, and hear kindly where the process ended in the middle.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeAlias
from uuid import UUID

from bot.errors import ChatError, Conflict, NotThere, Sorry, phrase
from bot.identity import Account, Address, CampId, DeliveryId, MemberId, ScheduleId, WorkspaceId, new_id
from bot.notes.domain import Job, Note, ReadingState
from bot.notes.drafts import Drafting, Origin, cited_in, worth
from bot.notes.gathering import Heard, heard
from bot.notes.going import begin, put, show, still_wanted
from bot.notes.troubles import EMPTY, told_of
from bot.ports import Clock, UnitOfWork, Units
from bot.threads import Readers, Said, Stretch, Threads
from bot.words import Words

# Seconds until somebody who waits is told that it takes longer.
PATIENCE = 2.0
# Written down no more often than that, in seconds.
_BETWEEN = 4.0
# Nobody has more of them at once.
_MOST = 3


# Told of each draft whose maker no longer waits for an answer.
Ready: TypeAlias = Callable[[WorkspaceId, Note], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read. ``message``: one of the thread, or the place where a time span is meant. ``station``: which of the
    camp's, from 1; then its members take part as well."""

    member: MemberId
    message: Address
    since: datetime | None = None
    until: datetime | None = None
    what: str = ""
    camp: CampId | None = None
    station: int = 0


@dataclass(slots=True, eq=False)
class _Going:
    """A reading in this process. ``job``: its row, there before anything is read; shown once somebody was told that it takes
    longer. ``looked_after``: by which schedule it is missed where the process is killed."""

    wanted: Wanted
    words: Words
    job: Job | None = None
    looked_after: ScheduleId | None = None
    note: Note | None = None
    done: int = 0
    rest_until: datetime | None = None
    called_off: bool = False
    told_at: float = field(default=0.0)


class Jobs:
    """The readings of this process. ``ready`` is told of drafts that took longer; ``patience``: seconds."""

    def __init__(
        self,
        units: Units,
        clock: Clock,
        readers: Readers,
        drafting: Drafting,
        ready: Ready,
        patience: float = PATIENCE,
    ) -> None:
        self.patience = patience
        self._ready = ready
        self._units = units
        self._clock = clock
        self._readers = readers
        self._drafting = drafting
        self._going: dict[tuple[WorkspaceId, Wanted], tuple[_Going, asyncio.Task[None]]] = {}

    def is_busy(self) -> bool:
        """Whether anything is being read."""
        return bool(self._going)

    async def begin(self, workspace: WorkspaceId, wanted: Wanted, words: Words) -> Note | Job:
        """The draft, or where it takes longer, the reading that goes on. The same wanted twice at once is one reading."""
        key = (workspace, wanted)
        going, task = self._going.get(key) or self._start(key, words)
        while not (await asyncio.wait({task}, timeout=self.patience))[0]:
            job = await self._told(workspace, going, task)
            if job is not None:
                return job
        if not task.cancelled():
            await task
        if going.note is None:
            raise NotThere(phrase("I was stopped in the middle of it, and nothing was kept. Please try again."))
        return going.note

    async def again(self, workspace: WorkspaceId, job: UUID, by: MemberId, words: Words) -> Note | Job:
        """Begins once more what came to nothing. Raises NotThere where it is forgotten."""
        async with self._units(workspace, reading=True) as work:
            found = await work.notes.job(job)
        if found is None or found.member != by or found.writes:
            raise NotThere(phrase("I no longer know what I was to read. Please begin again from the message."))
        if found.state in {ReadingState.READING, ReadingState.DONE}:
            raise Conflict(phrase("I am at it, or done with it already. Look at our conversation."))
        wanted = Wanted(by, found.message, found.since, found.until, found.what, found.camp, found.station)
        return await self.begin(workspace, wanted, words)

    async def call_off(self, workspace: WorkspaceId, job: UUID, by: MemberId) -> Job:
        """Stops a reading, in whichever process it is. One that is over stays as it is; raises NotThere for one that is
        forgotten."""
        async with self._units(workspace) as work:
            found = await work.notes.job(job)
            if found is None or found.member != by:
                raise NotThere(phrase("That reading is over."))
            if found.state is not ReadingState.READING:
                return found
            found = replace(found, state=ReadingState.CANCELLED)
            await put(work, found, self._clock.now())
            await work.commit()
        for going, task in list(self._going.values()):
            if going.job is not None and going.job.id == job:
                going.called_off = True
                task.cancel()
        return found

    async def close(self) -> None:
        """The process ends: what is being read is given up, and whoever waits is told so when somebody is back to tell it."""
        every, self._going = dict(self._going), {}
        for _, task in every.values():
            task.cancel()
        await asyncio.gather(*(task for _, task in every.values()), return_exceptions=True)
        for (workspace, _), (going, _) in every.items():
            await self._ended(workspace, going, ReadingState.STOPPED, "")

    def _start(self, key: tuple[WorkspaceId, Wanted], words: Words) -> tuple[_Going, "asyncio.Task[None]"]:
        workspace, wanted = key
        threads = self._readers.threads(workspace, wanted.message.platform)
        if threads is None:
            raise NotThere(
                phrase("I cannot read conversations here. Paste it instead: {command}.", command=phrase("/note text"))
            )
        mine = sum((there, other.member) == (workspace, wanted.member) for there, other in self._going)
        if mine >= _MOST:
            raise Conflict(
                phrase(
                    "I am already reading {number} conversations for you. One of them has to end first.", number=_MOST
                )
            )
        going = _Going(wanted, words)
        task = asyncio.create_task(self._run(key, going, threads), name="reading a conversation")
        # Where nobody waits any more, the message tells what went wrong.
        task.add_done_callback(lambda done: None if done.cancelled() else done.exception())
        self._going[key] = (going, task)
        return going, task

    async def _run(self, key: tuple[WorkspaceId, Wanted], going: _Going, threads: Threads) -> None:
        workspace = key[0]
        try:
            await self._read(workspace, going, threads)
        except Sorry:
            await self._ended(workspace, going, ReadingState.FAILED, EMPTY)
            raise
        except ChatError as error:
            await self._ended(workspace, going, ReadingState.FAILED, str(error))
            raise told_of(error) from error
        except Exception:
            await self._ended(workspace, going, ReadingState.FAILED, "")
            raise
        finally:
            self._going.pop(key, None)

    async def _read(self, workspace: WorkspaceId, going: _Going, threads: Threads) -> None:
        wanted = going.wanted
        job = await self._marked(workspace, going)

        async def progress(done: int, rest: float) -> None:
            going.done = done
            going.rest_until = self._clock.now() + timedelta(seconds=rest) if rest else None
            await self._moved(workspace, going, hurry=bool(rest))

        async def summing_up(share: float) -> None:
            del share
            going.rest_until = None
            await self._moved(workspace, going)

        stretch = await self._said(workspace, threads, wanted, progress)
        async with self._units(workspace, reading=True) as work:
            found = await self._with_station(work, await heard(work, stretch.said), wanted)
        fresh = worth(await self._drafting.write(workspace, wanted.member, found, going.words, summing_up))
        cited = cited_in(fresh.content)
        links = await _links(threads, wanted.message, [one for one in found.said if one.id in cited])
        origin = Origin(wanted.what, links, wanted.camp, await _is_private(threads, wanted.message), stretch)
        now = self._clock.now()
        async with self._units(workspace) as work:
            if going.job is not None and await still_wanted(work, going.job.id) is None:
                return
            note = await self._drafting.keep(work, fresh, origin, now)
            await self._over(work, going, replace(going.job or job, state=ReadingState.DONE, note=note.id))
            going.note = note
            await work.commit()
        if going.job is not None and going.job.shown:
            await self._ready(workspace, note)

    async def _with_station(self, work: UnitOfWork, found: Heard, wanted: Wanted) -> Heard:
        if wanted.camp is None:
            return found
        stations = await work.stations.get(wanted.camp)
        known = () if stations is None else stations.told or stations.stations
        sat = known[wanted.station - 1].members if 0 < wanted.station <= len(known) else ()
        return replace(found, took_part=tuple(dict.fromkeys((*found.took_part, *sat))))

    async def _said(
        self,
        workspace: WorkspaceId,
        threads: Threads,
        wanted: Wanted,
        progress: Callable[[int, float], Awaitable[None]],
    ) -> Stretch:
        if wanted.since is None or wanted.until is None:
            return Stretch(await threads.read(wanted.message, progress))
        platform = wanted.message.platform
        async with self._units(workspace, reading=True) as work:
            member = await work.members.get(wanted.member)
        accounts: tuple[Account, ...] = () if member is None else member.accounts
        reader = next((one for one in accounts if one.platform == platform), None)
        return await threads.span(wanted.message, wanted.since, wanted.until, progress, reader)

    async def _marked(self, workspace: WorkspaceId, going: _Going) -> Job:
        """Writes down that it goes on before it does: where the process is killed, even at once, the next one tells it."""
        now, wanted = self._clock.now(), going.wanted
        job = Job(
            id=new_id(),
            member=wanted.member,
            message=wanted.message,
            begun_at=now,
            seen_at=now,
            anchor=DeliveryId(new_id()),
            since=wanted.since,
            until=wanted.until,
            camp=wanted.camp,
            station=wanted.station,
            what=wanted.what,
            shown=False,
        )
        async with self._units(workspace) as work:
            going.looked_after = await begin(work, job, now)
            going.job = job
            await work.commit()
        return job

    async def _told(self, workspace: WorkspaceId, going: _Going, task: "asyncio.Task[None]") -> Job | None:
        """Shows that it takes longer. None where it has just ended, or has not even begun."""
        async with self._units(workspace) as work:
            if going.job is None or going.note is not None or task.done():
                return None
            if not going.job.shown:
                moved = replace(going.job, done=going.done, rest_until=going.rest_until, seen_at=self._clock.now())
                going.job = await show(work, moved, self._clock.now())
                await work.commit()
            return going.job

    async def _moved(self, workspace: WorkspaceId, going: _Going, *, hurry: bool = False) -> None:
        """How far it is by now, for those who wait; and whether they still do."""
        passed = asyncio.get_running_loop().time()
        if going.job is None or (not hurry and passed - going.told_at < _BETWEEN):
            return
        going.told_at, now = passed, self._clock.now()
        async with self._units(workspace) as work:
            if await still_wanted(work, going.job.id) is None:
                going.called_off = True
                raise asyncio.CancelledError
            going.job = replace(going.job, done=going.done, rest_until=going.rest_until, seen_at=now)
            await put(work, going.job, now)
            await work.commit()

    async def _ended(self, workspace: WorkspaceId, going: _Going, state: ReadingState, trouble: str) -> None:
        async with self._units(workspace) as work:
            if going.job is not None and await still_wanted(work, going.job.id) is not None:
                await self._over(work, going, replace(going.job, state=state, trouble=trouble))
                await work.commit()

    async def _over(self, work: UnitOfWork, going: _Going, job: Job) -> None:
        now = self._clock.now()
        for schedule in filter(None, (going.looked_after,)):
            await work.schedules.remove(schedule)
        await put(work, replace(job, seen_at=now), now)


async def _links(threads: Threads, place: Address, cited: list[Said]) -> Mapping[str, str]:
    try:
        return await threads.links(place, cited)
    except ChatError:
        return {}


async def _is_private(threads: Threads, place: Address) -> bool | None:
    """None where the platform does not say; then the author is asked."""
    try:
        return await threads.is_private(place)
    except ChatError:
        return None
