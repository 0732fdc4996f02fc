"""The knowledge bank, kept in rows."""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select

from bot.bank.entries import given
from bot.bank.ranking import stored_terms, terms_in
from bot.bank.reading import reader
from bot.bank.repository import Candidate, Entry, Learned, Outcome, Trial, Wanted
from bot.bank.weighing import in_workspace, taking_part, weigh
from bot.identity import MemberId, NoteId, WorkspaceId
from bot.notes.domain import Audience
from storage.bank_mapping import entry_from, entry_values, trial_from, trial_values
from storage.bank_merging import owe_merging
from storage.bank_rows import BankNoteRow, BankTrialRow, BankVectorRow, BankWithdrawnRow
from storage.bank_search import before_many, by_index, finding
from storage.bank_terms import StoredTerms
from storage.mapping import Values
from storage.seal import Seal
from storage.statements import Statements, in_parts

_ALL = 1_000_000
# Notes that are weighed and written at once.
_AT_ONCE = 100
# And so many are weighed before others have their turn.
_BREATH = 5
# From so many on they are put into the index at once.
_MANY = 300


class StoredBank:
    """Implements :class:`bot.bank.repository.Bank`. ``left_words`` is set once an index may hold words that no note has;
    ``unsorted``: once PostgreSQL's has put aside those of many notes."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal
        self._terms = StoredTerms(statements, workspace)
        self._by_index = False
        self.left_words = self.unsorted = False

    async def put(self, entry: Entry) -> None:
        """Adds it, or takes the place of an earlier version."""
        await self.put_all([entry])

    async def put_all(self, entries: Sequence[Entry]) -> None:
        """Weighs them, writes them, and counts their terms."""
        last = {entry.note: entry for entry in entries}
        before = {row.id: row for row in await self._rows(sorted(last))}
        trials = await self._by_note(before.keys())
        many = len(last) >= _MANY and self._statements.shares
        if many:
            await self._statements.first(before_many())
        await self._write(list(last.values()), before, trials)
        self.unsorted = self.unsorted or many
        public = [entry.note for entry in last.values() if entry.audience is Audience.PUBLIC]
        hidden = [id_ for id_, row in before.items() if row.audience == Audience.PUBLIC.value and id_ not in public]
        await self._mark_withdrawn(hidden)
        for part in in_parts(sorted(public)):
            back = (BankWithdrawnRow.workspace_id == self._workspace, BankWithdrawnRow.id.in_(part))
            await self._statements.write(delete(BankWithdrawnRow).where(*back))

    async def remove(self, note: NoteId) -> None:
        """Takes it out with its trials and what a model said of it."""
        for row in await self._rows([note]):
            await self._leave_words()
            await self._terms.count(dict.fromkeys(("", *terms_in(row.terms)), -1))
            if row.audience == Audience.PUBLIC.value:
                await self._mark_withdrawn([row.id])
        for hanging in (BankTrialRow, BankVectorRow):
            here = (hanging.workspace_id == self._workspace, hanging.note_id == note)
            await self._statements.write(delete(hanging).where(*here))
        await self._statements.write(delete(BankNoteRow).where(self._here(), BankNoteRow.id == note))

    async def get(self, note: NoteId) -> Entry | None:
        """One entry."""
        return (await self.many([note])).get(note)

    async def many(self, notes: Sequence[NoteId]) -> Mapping[NoteId, Entry]:
        """Those that are there."""
        return {NoteId(row.id): entry_from(row, self._seal) for row in await self._rows(notes)}

    async def withdrawn(self, note: NoteId) -> bool:
        """Whether everybody could see it once, and nobody outside can any more."""
        query = select(BankWithdrawnRow.id).where(
            BankWithdrawnRow.workspace_id == self._workspace, BankWithdrawnRow.id == note
        )
        return await self._statements.first(query) is not None

    async def known(self, terms: Collection[str], beginnings: Collection[str]) -> Mapping[str, int]:
        """In how many notes these stand, and the most frequent that begin so."""
        return await self._terms.known(terms, beginnings)

    async def alike(self, term: str) -> Mapping[str, int]:
        """In how many notes those stand that begin or end alike."""
        return await self._terms.alike(term)

    async def candidates(self, wanted: Wanted, limit: int, ways: Sequence[Wanted] = ()) -> Sequence[Candidate]:
        """Notes that have one token of each group, and of each group of one of the ways, the newest first."""
        return await self._found(((in_workspace(self._workspace),), *wanted), ways, limit)

    async def outdated(self, limit: int) -> Sequence[NoteId]:
        """Notes whose words were read otherwise than they are read now."""
        return [one.note for one in await self._found(((in_workspace(self._workspace),),), (), limit, reader().mark)]

    async def newest(self, audiences: Collection[Audience], limit: int, offset: int = 0) -> Sequence[NoteId]:
        """Notes for these, the newest first."""
        query = select(BankNoteRow.id).where(self._here(), self._for(audiences)).order_by(BankNoteRow.seq.desc())
        return [NoteId(id_) for id_ in await self._statements.all(query.limit(limit).offset(offset))]

    async def count(self, audiences: Collection[Audience]) -> int:
        """How many there are for these."""
        query = select(func.count()).select_from(BankNoteRow).where(self._here(), self._for(audiences))
        return await self._statements.first(query) or 0

    async def changed_at(self, audiences: Collection[Audience]) -> datetime | None:
        """When one for these last changed."""
        query = select(func.max(BankNoteRow.changed_at)).where(self._here(), self._for(audiences))
        return await self._statements.first(query)

    async def put_trial(self, trial: Trial) -> None:
        """Writes it, and weighs the note anew."""
        if not await self._rows([trial.note]):
            return
        await self._statements.upsert(BankTrialRow, [trial_values(self._workspace, trial)])
        await self._weigh_anew([trial.note])

    async def remove_trial(self, note: NoteId, member: MemberId) -> None:
        """Takes it back, and weighs the note anew."""
        mine = (BankTrialRow.workspace_id == self._workspace, BankTrialRow.member_id == member)
        if await self._statements.write(delete(BankTrialRow).where(*mine, BankTrialRow.note_id == note)):
            await self._weigh_anew([note])

    async def trials(self, notes: Collection[NoteId]) -> Sequence[Trial]:
        """What was said of these notes, the oldest first."""
        return sorted(
            (trial for said in (await self._by_note(notes)).values() for trial in said),
            key=lambda one: (one.at, one.note, one.member),
        )

    async def trials_by(self, member: MemberId) -> Sequence[Trial]:
        """What this member said, the oldest first."""
        mine = (BankTrialRow.workspace_id == self._workspace, BankTrialRow.member_id == member)
        query = select(BankTrialRow).where(*mine).order_by(BankTrialRow.at, BankTrialRow.note_id)
        return [trial_from(row) for row in await self._statements.all(query)]

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """Names another member where this one was named; where both tried it, what the other said stays."""
        for trial in await self.trials_by(member):
            await self.remove_trial(trial.note, member)
            theirs = (BankTrialRow.workspace_id == self._workspace, BankTrialRow.member_id == another)
            query = select(BankTrialRow.at).where(*theirs, BankTrialRow.note_id == trial.note)
            if await self._statements.first(query) is None:
                await self.put_trial(Trial(trial.note, another, trial.outcome, trial.place, trial.text, trial.at))
        named = await self.candidates(((taking_part(member),),), _ALL)
        before = {row.id: row for row in await self._rows([one.note for one in named])}
        entries = [given(entry_from(row, self._seal), member, another) for row in before.values()]
        await self._write(entries, before, await self._by_note(before.keys()))

    async def unlearned(self, model: str, limit: int) -> Sequence[NoteId]:
        """Notes of which this model has not been asked in their present version."""
        known = (
            select(BankVectorRow.note_id)
            .where(
                BankVectorRow.workspace_id == self._workspace,
                BankVectorRow.note_id == BankNoteRow.id,
                BankVectorRow.model == model,
                BankVectorRow.version == BankNoteRow.version,
            )
            .exists()
        )
        query = select(BankNoteRow.id).where(self._here(), ~known).order_by(BankNoteRow.seq.desc()).limit(limit)
        return [NoteId(id_) for id_ in await self._statements.all(query)]

    async def learn(self, model: str, learned: Sequence[Learned]) -> None:
        """Keeps what a model says of notes that are still there."""
        there = {row.id for row in await self._rows([one.note for one in learned])}
        values: list[Values] = [
            {
                "workspace_id": self._workspace,
                "note_id": one.note,
                "model": model,
                "version": one.version,
                "vectors": one.vectors,
            }
            for one in learned
            if one.note in there
        ]
        await self._statements.upsert(BankVectorRow, values)

    async def learned_mark(self, model: str) -> str:
        """How many notes it knows, and their versions."""
        mine = (BankVectorRow.workspace_id == self._workspace, BankVectorRow.model == model)
        query = select(func.count(), func.coalesce(func.sum(BankVectorRow.version), 0)).where(*mine)
        ((notes, versions),) = await self._statements.pairs(query)
        return f"{notes}:{versions}"

    async def learned(self, model: str, limit: int) -> Sequence[Learned]:
        """What this model has said of the newest notes."""
        mine = (BankVectorRow.workspace_id == self._workspace, BankVectorRow.model == model)
        query = select(BankVectorRow).where(*mine).order_by(BankVectorRow.note_id.desc()).limit(limit)
        return [Learned(NoteId(row.note_id), row.version, row.vectors) for row in await self._statements.all(query)]

    async def _found(
        self, wanted: Wanted, ways: Sequence[Wanted], limit: int, otherwise: str = ""
    ) -> Sequence[Candidate]:
        if self._statements.shares and not self._by_index:
            self._by_index = True
            await self._statements.pairs(by_index())
        query = finding(self._workspace, wanted, ways, limit, otherwise, sqlite=not self._statements.shares)
        return [
            Candidate(
                NoteId(cast(UUID, row["id"])),
                cast(str, row["terms"]),
                cast(int, row["worked"]),
                cast(datetime, row["published_at"]),
            )
            for row in await self._statements.mappings(query)
        ]

    async def _rows(self, notes: Sequence[UUID]) -> Sequence[BankNoteRow]:
        found: list[BankNoteRow] = []
        for part in in_parts(notes):
            found += await self._statements.all(select(BankNoteRow).where(self._here(), BankNoteRow.id.in_(part)))
        return found

    async def _by_note(self, notes: Collection[UUID]) -> Mapping[UUID, Sequence[Trial]]:
        found: dict[UUID, list[Trial]] = {}
        for part in in_parts(sorted(notes)):
            mine = (BankTrialRow.workspace_id == self._workspace, BankTrialRow.note_id.in_(part))
            query = select(BankTrialRow).where(*mine).order_by(BankTrialRow.at, BankTrialRow.member_id)
            for row in await self._statements.all(query):
                found.setdefault(row.note_id, []).append(trial_from(row))
        return found

    async def _weigh_anew(self, notes: Sequence[NoteId]) -> None:
        before = {row.id: row for row in await self._rows(notes)}
        entries = [entry_from(row, self._seal) for row in before.values()]
        await self._write(entries, before, await self._by_note(before.keys()))

    async def _write(
        self,
        entries: Sequence[Entry],
        before: Mapping[UUID, BankNoteRow],
        trials: Mapping[UUID, Sequence[Trial]],
    ) -> None:
        if before:
            await self._leave_words()
        highest = await self._statements.first(select(func.max(BankNoteRow.seq))) or 0
        changes: Counter[str] = Counter()
        writing: asyncio.Task[None] | None = None
        try:
            for part in in_parts(entries, _AT_ONCE):
                values: list[Values] = []
                for place, entry in enumerate(part):
                    if not place % _BREATH:
                        # What others do goes on meanwhile, and among it what is sent to the database.
                        await asyncio.sleep(0)
                    old, said = before.get(entry.note), trials.get(entry.note, ())
                    again = old is not None and old.version == entry.version
                    highest += not again
                    seq = old.seq if old is not None and again else highest
                    values.append(self._row(entry, said, seq, old, changes))
                if writing is not None:
                    await writing
                # The database writes these while the next ones are weighed.
                writing = asyncio.create_task(self._statements.upsert_at_once(BankNoteRow, values))
                await asyncio.sleep(0)
        finally:
            if writing is not None:
                await writing
        await self._terms.count(changes)

    def _row(
        self, entry: Entry, said: Sequence[Trial], seq: int, old: BankNoteRow | None, changes: Counter[str]
    ) -> Values:
        """What is written of it. ``changes``: by how many notes more each term is in, that it is counted to."""
        weighed = weigh(self._workspace, entry, said, reader())
        changes.update(("", *weighed.terms))
        if old is not None:
            changes.subtract(("", *terms_in(old.terms)))
        return {
            **entry_values(self._workspace, entry, self._seal),
            "seq": seq,
            "changed_at": max(entry.published_at, *(one.at for one in said)) if said else entry.published_at,
            "worked": sum(one.outcome is Outcome.WORKED for one in said),
            "terms": stored_terms(weighed.terms),
            "tokens": " ".join(weighed.tokens),
        }

    async def _leave_words(self) -> None:
        self.left_words = True
        await owe_merging(self._statements)

    async def _mark_withdrawn(self, notes: Sequence[UUID]) -> None:
        rows: list[Values] = [{"workspace_id": self._workspace, "id": note} for note in notes]
        await self._statements.upsert(BankWithdrawnRow, rows, renew=False)

    def _here(self) -> ColumnElement[bool]:
        return BankNoteRow.workspace_id == self._workspace

    def _for(self, audiences: Collection[Audience]) -> ColumnElement[bool]:
        return BankNoteRow.audience.in_([one.value for one in audiences])
