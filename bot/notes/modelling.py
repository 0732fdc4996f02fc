"""A model writes a draft, where its author says yes to just what it will be sent. Each sending is a line of the ledger, written
before anything leaves; what waited for the yes is gone at that moment.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.errors import Conflict, ModelError, NotAllowed, NotThere, NotUnderstood, Phrase, phrase
from bot.identity import NoteId, WorkspaceId, new_id
from bot.members.domain import Member
from bot.notes.access import own
from bot.notes.asking import Asked, Asker
from bot.notes.domain import Note, NoteState, Sending
from bot.notes.drafts import DRAFTS_KEPT
from bot.notes.jobs import PATIENCE
from bot.notes.outgoing import written_by_model
from bot.notes.prepared import Prepared
from bot.notes.rules import Sends
from bot.ports import Clock, UnitOfWork, Units

_LEDGER = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """The draft as it is now. ``told``: why it is not the model's; ``waits``: the model is still writing."""

    note: Note
    told: Phrase | None = None
    waits: bool = False


class Modelling:
    """Asks the model. ``patience``: seconds until whoever waits is told that it takes longer."""

    def __init__(self, units: Units, clock: Clock, asker: Asker, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._units = units
        self._clock = clock
        self._asker = asker
        self._tasks: set[asyncio.Task[Outcome]] = set()

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
            await work.notes.add_sending(
                Sending(
                    id=new_id(),
                    note=note,
                    member=by.id,
                    at=self._clock.now(),
                    model=prepared.model,
                    digest=prepared.digest,
                    characters=len(prepared.text),
                    masked={kind.value: number for kind, number in prepared.counts.items() if number},
                )
            )
            await work.commit()
        task = asyncio.create_task(self._ask(workspace, found, prepared), name="a model writes")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        done, _ = await asyncio.wait({task}, timeout=self.patience)
        if done:
            return await task
        task.add_done_callback(lambda over: self._late(workspace, over))
        return Outcome(found, waits=True)

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
        """The process ends; drafts stay as they are."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _ask(self, workspace: WorkspaceId, before: Note, prepared: Prepared) -> Outcome:
        asked = await self._asker.ask(prepared)
        if asked.trouble is not None:
            return Outcome(before, _why(asked.trouble))
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await work.notes.get(before.id)
            if found is None or found.state is not NoteState.DRAFT:
                return Outcome(before, phrase("The model has written, but the draft is not there any more."))
            if found.revision != before.revision:
                return Outcome(found, phrase("You changed the draft meanwhile, so I kept yours and not the model's."))
            written = _rewritten(found, asked)
            changed = replace(written, changed_at=now, expires_at=now + DRAFTS_KEPT)
            await work.notes.put(changed)
            await work.commit()
        return Outcome(changed)

    def _late(self, workspace: WorkspaceId, over: "asyncio.Task[Outcome]") -> None:
        """Whoever waited longer is written to."""
        if not over.cancelled() and over.exception() is None:
            task = asyncio.create_task(self._tell(workspace, over.result()), name="a model has written")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell(self, workspace: WorkspaceId, outcome: Outcome) -> Outcome:
        now = self._clock.now()
        async with self._units(workspace) as work:
            await work.deliveries.add([written_by_model(outcome.note, now)])
            await work.commit()
        return outcome

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


def _why(trouble: ModelError) -> Phrase:
    del trouble
    return phrase("The model gave no usable answer. Your draft stays as it is, and nothing is lost.")
