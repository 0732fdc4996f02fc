"""A model writes a draft, where its author says yes to just what it will be sent. Each sending is a line of the ledger, written
before anything leaves; what waited for the yes is gone at that moment. What takes longer is a row and one message, as reading
is: it says how far it is, can be called off, and tells where the process ended in the middle.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from bot.errors import Conflict, NotAllowed, NotThere, NotUnderstood, Phrase, StorageError, phrase
from bot.identity import Address, DeliveryId, NoteId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.notes.access import own
from bot.notes.asking import Asked, Asker
from bot.notes.domain import Job, Note, NoteState, ReadingState, Sending
from bot.notes.drafts import DRAFTS_KEPT
from bot.notes.going import begin, put, show, still_wanted
from bot.notes.jobs import PATIENCE
from bot.notes.outgoing import written_by_model
from bot.notes.prepared import Prepared
from bot.notes.rules import Sends
from bot.notes.troubles import CHANGED, WITHOUT_DRAFT, told_of_model, trouble_of
from bot.ports import Clock, UnitOfWork, Units

_LEDGER = 50
# Seconds between two words of how far the model is; a row that is silent for minutes was left by a process that ended.
BEAT = 20.0
_NOWHERE = Address("", "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft as it is now. ``told``: why it is not the model's; ``waits``: the model is still writing."""

    note: Note
    told: Phrase | None = None
    waits: bool = False


@dataclass(slots=True, eq=False)
class _Going:
    """A model that writes for this process. ``share``: how much is written, from 0 to 1; ``row``: who holds it changes how it
    stands, so that its end is not overwritten by an earlier word of it."""

    job: Job
    task: "asyncio.Task[Outcome]"
    share: float = 0.0
    row: asyncio.Lock = field(default_factory=asyncio.Lock)


class Modelling:
    """Asks the model. ``patience``: seconds until whoever waits is told that it takes longer; ``beat``: seconds between two
    words of how far it is."""

    def __init__(self, units: Units, clock: Clock, asker: Asker, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.beat = BEAT
        self._units = units
        self._clock = clock
        self._asker = asker
        self._going: dict[UUID, _Going] = {}
        self._watching: set[asyncio.Task[None]] = set()

    async def waiting(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Prepared:
        """Exactly what would be sent. Raises NotThere where its time is over."""
        async with self._units(workspace, reading=True) as work:
            await own(work, note, by)
            return await self._waiting(work, note)

    async def decline(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Note:
        """The model gets nothing; what waited is gone."""
        async with self._units(workspace) as work:
            found = await own(work, note, by)
            await self._drop(work, note)
            await work.commit()
        return found

    async def approve(self, workspace: WorkspaceId, note: NoteId, by: Member, digest: str) -> Outcome:
        """It is sent as it was seen (``digest`` begins its sum), and the draft becomes the model's. Raises Conflict where
        something else waits now, NotThere where nothing does."""
        async with self._units(workspace) as work:
            found = await own(work, note, by)
            if found.state is not NoteState.DRAFT:
                raise NotThere(phrase("The note is published already, so the model has nothing to write."))
            options = await work.vocabulary.options()
            if options.notes_model == Sends.NEVER:
                await self._drop(work, note)
                await work.commit()
                raise NotAllowed(
                    phrase("Your academy has chosen that nothing is sent to a model. Your draft stays as it is.")
                )
            prepared = await self._waiting(work, note)
            if not prepared.digest.startswith(digest):
                raise Conflict(phrase("What would be sent has changed meanwhile. Look at it once more, please."))
            await self._drop(work, note)
            now = self._clock.now()
            await work.notes.add_sending(
                Sending(
                    id=new_id(),
                    note=note,
                    member=by.id,
                    at=now,
                    model=prepared.model,
                    digest=prepared.digest,
                    characters=len(prepared.text),
                    masked={kind.value: number for kind, number in prepared.counts.items() if number},
                )
            )
            job = Job(
                id=new_id(),
                member=by.id,
                message=_NOWHERE,
                begun_at=now,
                seen_at=now,
                anchor=DeliveryId(new_id()),
                note=note,
                writes=True,
                shown=False,
            )
            await begin(work, job, now)
            await work.commit()
        going = self._start(workspace, found, prepared, job)
        await asyncio.wait({going.task}, timeout=self.patience)
        if going.task.done() or not await self._shown(workspace, going):
            await asyncio.wait({going.task})
            if going.task.cancelled():
                return Outcome(found, phrase("I was stopped in the middle of it. Your draft stays as it is."))
            return going.task.result()
        watching = asyncio.create_task(self._watch(workspace, going), name="a model is waited for")
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)
        return Outcome(found, waits=True)

    def let_go(self, job: UUID) -> None:
        """Nobody waits for it any more."""
        going = self._going.get(job)
        if going is not None:
            going.task.cancel()

    async def begin_unasked(self, workspace: WorkspaceId, note: Note) -> None:
        """Where the academy has chosen so, the model writes without being asked for; its author is written to."""
        async with self._units(workspace, reading=True) as work:
            always = (await work.vocabulary.options()).notes_model == Sends.ALWAYS
            author = await work.members.get(note.author)
            waits = await work.notes.waiting(note.id)
        if not always or author is None or waits is None:
            return
        outcome = await self.approve(workspace, note.id, author, "")
        if not outcome.waits:
            await self._tell(workspace, outcome)

    async def ledger(self, workspace: WorkspaceId, limit: int = _LEDGER) -> Sequence[Sending]:
        """What was sent, newest first."""
        async with self._units(workspace, reading=True) as work:
            return await work.notes.sendings(limit)

    async def close(self) -> None:
        """The process ends; drafts stay as they are, and whoever waits is told so when somebody is back to tell it."""
        every = list(self._going.items())
        tasks = [going.task for _, going in every]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, *self._watching, return_exceptions=True)

    def _start(self, workspace: WorkspaceId, before: Note, prepared: Prepared, job: Job) -> _Going:
        async def how_far(share: float) -> None:
            going.share = share

        async def run() -> Outcome:
            try:
                asked = await self._asker.ask(prepared, how_far)
                async with going.row:
                    return await self._settled(workspace, before, asked, job.id)
            except asyncio.CancelledError:
                await self._stopped(workspace, job.id)
                raise
            finally:
                self._going.pop(job.id, None)

        going = self._going[job.id] = _Going(job, asyncio.create_task(run(), name="a model writes"))
        return going

    async def _settled(self, workspace: WorkspaceId, before: Note, asked: Asked, job: UUID) -> Outcome:
        """The model has answered: draft and row change together. Where it was called off, nothing does."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            going, found = await still_wanted(work, job), await work.notes.get(before.id)
            trouble = ""
            if asked.trouble is not None:
                trouble = trouble_of(asked.trouble)
            elif found is None or found.state is not NoteState.DRAFT:
                trouble = WITHOUT_DRAFT
            elif found.revision != before.revision:
                trouble = CHANGED
            if trouble or found is None or going is None:
                outcome = Outcome(found or before, told_of_model(trouble))
            else:
                written = replace(_rewritten(found, asked), changed_at=now, expires_at=now + DRAFTS_KEPT)
                await work.notes.put(written)
                outcome = Outcome(written)
            if going is not None:
                state = ReadingState.FAILED if outcome.told else ReadingState.DONE
                await put(work, replace(going, state=state, trouble=trouble, seen_at=now), now)
                await work.commit()
        return outcome

    async def _stopped(self, workspace: WorkspaceId, job: UUID) -> None:
        """Nobody called it off: the process ends."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            going = await still_wanted(work, job)
            if going is not None:
                await show(work, replace(going, state=ReadingState.STOPPED, seen_at=now), now)
                await work.commit()

    async def _shown(self, workspace: WorkspaceId, going: _Going) -> bool:
        """Shows it from now on; False where it has just ended."""
        now = self._clock.now()
        async with going.row, self._units(workspace) as work:
            there = await still_wanted(work, going.job.id)
            if there is None:
                return False
            going.job = await show(work, replace(there, done=_hundredths(going.share), seen_at=now), now)
            await work.commit()
        return True

    async def _watch(self, workspace: WorkspaceId, going: _Going) -> None:
        """Says now and then how far it is, and lets go of the model where somebody called it off in another process."""
        while not (await asyncio.wait({going.task}, timeout=self.beat))[0]:
            # Where it cannot be written down now, the next word of it comes soon enough.
            with suppress(StorageError):
                async with going.row:
                    await self._moved(workspace, going)

    async def _moved(self, workspace: WorkspaceId, going: _Going) -> None:
        now = self._clock.now()
        async with self._units(workspace) as work:
            there = await still_wanted(work, going.job.id)
            if there is None:
                going.task.cancel()
                return
            moved = replace(there, done=_hundredths(going.share), seen_at=now)
            if moved.done == there.done:
                await work.notes.put_job(moved)
            else:
                await put(work, moved, now)
            await work.commit()

    async def _tell(self, workspace: WorkspaceId, outcome: Outcome) -> None:
        now = self._clock.now()
        async with self._units(workspace) as work:
            await work.deliveries.add([written_by_model(outcome.note, now)])
            await work.commit()

    async def _waiting(self, work: UnitOfWork, note: NoteId) -> Prepared:
        waits = await work.notes.waiting(note)
        if waits is None or waits.until <= self._clock.now():
            raise NotThere(
                phrase(
                    "What I could have sent is gone: I keep it for an hour at most, and only until it is answered. Make the note"
                    " anew from the conversation."
                )
            )
        try:
            prepared = Prepared.from_json(waits.stored)
        except NotUnderstood as error:
            raise NotThere(
                phrase("What I could have sent was made by an older version. Make the note anew.")
            ) from error
        if prepared.model != self._asker.model:
            raise NotThere(phrase("Another model is set now than the one I asked you about. Make the note anew."))
        return prepared

    async def _drop(self, work: UnitOfWork, note: NoteId) -> None:
        waits = await work.notes.waiting(note)
        if waits is not None:
            await work.schedules.remove(waits.schedule)
        await work.notes.drop_waiting(note)


def _rewritten(before: Note, asked: Asked) -> Note:
    """The model's draft. What it may leave empty, the earlier one had."""
    content = asked.written.note
    titled = content if content.title.strip() else replace(content, title=before.content.title)
    cost = asked.written.cost
    return replace(
        before,
        content=titled,
        model=asked.written.model,
        tokens=cost.tokens_in + cost.tokens_out,
        money=cost.money,
        revision=before.revision + 1,
    )


def _hundredths(share: float) -> int:
    return round(100 * min(max(share, 0.0), 1.0))
