"""The knowledge bank in memory: weighed as the real one is, found by looking at every note."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.bank.entries import given
from bot.bank.ranking import stored_terms
from bot.bank.reading import CONCEPT, reader
from bot.bank.repository import Candidate, Entry, Learned, Outcome, Trial, Wanted
from bot.bank.weighing import Weighed, read_as, weigh
from bot.identity import MemberId, NoteId, WorkspaceId
from bot.notes.domain import Audience
from tests.fake_books import Drafts, Shelved

_BEGINNINGS = 12


class MemoryBank:
    def __init__(self, drafts: Drafts, workspace: WorkspaceId) -> None:
        self._drafts = drafts
        self._workspace = workspace

    async def put(self, entry: Entry) -> None:
        await self.put_all([entry])

    async def put_all(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            before = self._drafts.bank.get(entry.note)
            hidden = before is not None and before.entry.audience is Audience.PUBLIC
            if entry.audience is Audience.PUBLIC:
                self._drafts.bank_withdrawn.remove([entry.note])
            elif hidden:
                self._drafts.bank_withdrawn.put(entry.note, entry.note)
            self._write(entry)

    async def remove(self, note: NoteId) -> None:
        before = self._drafts.bank.get(note)
        if before is not None and before.entry.audience is Audience.PUBLIC:
            self._drafts.bank_withdrawn.put(note, note)
        self._drafts.bank.remove([note])
        self._drafts.bank_trials.remove([key for key, _ in self._drafts.bank_trials.items() if key[0] == note])
        self._drafts.bank_vectors.remove([note])

    async def get(self, note: NoteId) -> Entry | None:
        found = self._drafts.bank.get(note)
        return None if found is None else found.entry

    async def many(self, notes: Sequence[NoteId]) -> Mapping[NoteId, Entry]:
        return {note: found.entry for note in notes if (found := self._drafts.bank.get(note)) is not None}

    async def withdrawn(self, note: NoteId) -> bool:
        return self._drafts.bank_withdrawn.get(note) is not None

    async def known(self, terms: Collection[str], beginnings: Collection[str]) -> Mapping[str, int]:
        counts = self._counts()
        found = {term: counts[term] for term in ("", *terms) if counts[term]}
        for beginning in beginnings:
            found |= dict(_frequent([one for one in counts.items() if one[0].startswith(beginning)])[:_BEGINNINGS])
        return found

    async def alike(self, term: str) -> Mapping[str, int]:
        part = 3 if len(term) >= 6 else 2
        there = [one for one in self._counts().items() if not one[0].startswith(CONCEPT)]
        return {one: count for one, count in there if one.startswith(term[:part]) or one.endswith(term[-part:])}

    async def candidates(self, wanted: Wanted, limit: int, ways: Sequence[Wanted] = ()) -> Sequence[Candidate]:
        found = [
            one
            for one, weighed in self._weighed()
            if _has(weighed, wanted) and (not ways or any(_has(weighed, way) for way in ways))
        ]
        return [self._candidate(one) for one in self._newest_first(found)][:limit]

    async def outdated(self, limit: int) -> Sequence[NoteId]:
        mark = read_as(reader().mark)
        return [one.entry.note for one, weighed in self._weighed() if mark not in weighed.tokens][:limit]

    async def newest(self, audiences: Collection[Audience], limit: int, offset: int = 0) -> Sequence[NoteId]:
        return [one.entry.note for one in self._newest_first(self._for(audiences))][offset : offset + limit]

    async def count(self, audiences: Collection[Audience]) -> int:
        return len(self._for(audiences))

    async def changed_at(self, audiences: Collection[Audience]) -> datetime | None:
        times = [at for one in self._for(audiences) for at in (one.entry.published_at, *self._times(one))]
        return max(times, default=None)

    async def put_trial(self, trial: Trial) -> None:
        if self._drafts.bank.get(trial.note) is not None:
            self._drafts.bank_trials.put((trial.note, trial.member), trial)

    async def remove_trial(self, note: NoteId, member: MemberId) -> None:
        self._drafts.bank_trials.remove([(note, member)])

    async def trials(self, notes: Collection[NoteId]) -> Sequence[Trial]:
        found = [one for one in self._drafts.bank_trials.values() if one.note in notes]
        return sorted(found, key=lambda one: (one.at, one.note, one.member))

    async def trials_by(self, member: MemberId) -> Sequence[Trial]:
        found = [one for one in self._drafts.bank_trials.values() if one.member == member]
        return sorted(found, key=lambda one: (one.at, one.note))

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        for trial in await self.trials_by(member):
            await self.remove_trial(trial.note, member)
            if self._drafts.bank_trials.get((trial.note, another)) is None:
                await self.put_trial(replace(trial, member=another))
        for one in self._drafts.bank.values():
            if member in (one.entry.author, *one.entry.took_part):
                self._write(given(one.entry, member, another))

    async def unlearned(self, model: str, limit: int) -> Sequence[NoteId]:
        found: list[Shelved] = []
        for one in self._newest_first(self._drafts.bank.values()):
            known = self._drafts.bank_vectors.get(one.entry.note)
            if known is None or (known[0], known[1].version) != (model, one.entry.version):
                found.append(one)
        return [one.entry.note for one in found][:limit]

    async def learn(self, model: str, learned: Sequence[Learned]) -> None:
        for one in learned:
            if self._drafts.bank.get(one.note) is not None:
                self._drafts.bank_vectors.put(one.note, (model, one))

    async def learned_mark(self, model: str) -> str:
        found = await self.learned(model, 1_000_000)
        return f"{len(found)}:{sum(one.version for one in found)}"

    async def learned(self, model: str, limit: int) -> Sequence[Learned]:
        found = [one for asked, one in self._drafts.bank_vectors.values() if asked == model]
        return sorted(found, key=lambda one: one.note, reverse=True)[:limit]

    def _write(self, entry: Entry) -> None:
        before = self._drafts.bank.get(entry.note)
        again = before is not None and before.entry.version == entry.version
        place = before.place if before is not None and again else 1 + max(self._places(), default=0)
        self._drafts.bank.put(entry.note, Shelved(entry, place))

    def _places(self) -> list[int]:
        return [one.place for one in self._drafts.bank.values()]

    def _of(self, note: NoteId) -> list[Trial]:
        return [one for one in self._drafts.bank_trials.values() if one.note == note]

    def _times(self, one: Shelved) -> list[datetime]:
        return [trial.at for trial in self._of(one.entry.note)]

    def _weighed(self) -> list[tuple[Shelved, Weighed]]:
        return [
            (one, weigh(self._workspace, one.entry, self._of(one.entry.note), reader()))
            for one in self._drafts.bank.values()
        ]

    def _counts(self) -> Counter[str]:
        weighed = self._weighed()
        counts = Counter(term for _, one in weighed for term in one.terms)
        counts[""] = len(weighed)
        return counts

    def _candidate(self, one: Shelved) -> Candidate:
        trials = self._of(one.entry.note)
        weighed = weigh(self._workspace, one.entry, trials, reader())
        worked = sum(trial.outcome is Outcome.WORKED for trial in trials)
        return Candidate(one.entry.note, stored_terms(weighed.terms), worked, one.entry.published_at)

    def _for(self, audiences: Collection[Audience]) -> list[Shelved]:
        return [one for one in self._drafts.bank.values() if one.entry.audience in audiences]

    def _newest_first(self, found: Sequence[Shelved]) -> list[Shelved]:
        return sorted(found, key=lambda one: one.place, reverse=True)


def _has(weighed: Weighed, wanted: Wanted) -> bool:
    return all(not frozenset(group).isdisjoint(weighed.tokens) for group in wanted)


def _frequent(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda one: (-one[1], one[0]))
