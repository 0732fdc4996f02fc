"""What members say of trying a note: looked at before it is kept, shown to whoever wrote it, and taken away again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bot.bank.marks import is_place, marks_in
from bot.bank.opening import Opened, opened, seen_by
from bot.bank.reading import words_of
from bot.bank.repository import Entry, Outcome, Trial
from bot.bank.weighing import Sight
from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import Account, MemberId, NoteId, WorkspaceId
from bot.members.domain import Member
from bot.messages.text import clean
from bot.ports import Clock, Units
from bot.privacy import Kind, Masker
from bot.privacy.plain import visible
from bot.repositories import FormDraft

# Where what somebody is about to say waits for their word, masked and sealed.
_WAITING = "bank_trial"


@dataclass(frozen=True, slots=True)
class Looked:
    """What somebody is about to say of a note, as others would read it. ``number``: of this preview among theirs; ``masked``:
    something was left out; ``hours``: until those outside may read the sentence."""

    entry: Entry
    trial: Trial
    number: int
    hours: int
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why it cannot stand there: the place, or marks of people in the sentence."""

    placeless: bool = False
    no_place: bool = False
    marks: tuple[Kind, ...] = field(default=())


class Trials:
    """Nothing is kept before its writer has seen how it will stand there and has said yes."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock

    async def look(
        self,
        workspace: WorkspaceId,
        member: MemberId,
        account: Account,
        note: NoteId,
        said: tuple[Outcome, str, str],
    ) -> Looked | Unfit:
        """How it would stand there: the outcome, the place and the sentence."""
        outcome, place, text = said
        where, sentence = _tidy(place), _tidy(text)
        async with self._units(workspace, reading=True) as work:
            names = sorted({one.name for one in await work.members.everybody() if one.name})
        masker = await asyncio.to_thread(Masker, names)
        unfit = await asyncio.to_thread(_unfit, where, sentence, masker)
        if unfit is not None:
            return unfit
        masked = (await asyncio.to_thread(masker.mask, sentence)).text
        now = self._clock.now()
        async with self._units(workspace) as work:
            entry = await seen_by(work, note, Sight(member))
            options = await work.vocabulary.options()
            last = await work.drafts.get(account, _WAITING)
            number = 1 if last is None else last.step + 1
            trial = Trial(note, member, outcome, where, masked, now)
            await work.drafts.put(FormDraft(account, _WAITING, _stored(trial, entry), {}, number, now))
            await work.commit()
        return Looked(entry, trial, number, options.notes_objection_hours, masked=masked != sentence)

    async def waiting(self, workspace: WorkspaceId, member: MemberId, account: Account, note: NoteId) -> Trial | None:
        """What this one is about to say of the note, or said."""
        async with self._units(workspace, reading=True) as work:
            last = await work.drafts.get(account, _WAITING)
            said = await work.bank.trials([note])
        if last is not None and last.values["note"] == str(note):
            return _trial(last, member)
        return next((one for one in said if one.member == member), None)

    async def keep(
        self, workspace: WorkspaceId, member: MemberId, account: Account, note: NoteId, number: int
    ) -> Opened | Looked:
        """Keeps what was shown; where others see the note than did then, shows it once more. Pressed twice, it is said
        once. Raises NotThere for an older preview."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            entry = await seen_by(work, note, Sight(member))
            last = await work.drafts.get(account, _WAITING)
            if last is None:
                if any(one.member == member for one in await work.bank.trials([note])):
                    return await opened(work, note, Sight(member), now)
                raise _over()
            if last.step != number or last.values["note"] != str(note):
                raise _over()
            trial = _trial(last, member)
            if last.values["audience"] != entry.audience.value:
                options = await work.vocabulary.options()
                stored = FormDraft(account, _WAITING, _stored(trial, entry), {}, number + 1, now)
                await work.drafts.put(stored)
                await work.commit()
                return Looked(entry, trial, number + 1, options.notes_objection_hours)
            # The time to object begins now.
            await work.bank.put_trial(Trial(note, member, trial.outcome, trial.place, trial.text, now))
            await work.drafts.forget(account, _WAITING)
            shown = await opened(work, note, Sight(member), now)
            await work.commit()
        return shown

    async def remove(self, workspace: WorkspaceId, by: Member, note: NoteId, who: MemberId) -> Opened:
        """Takes away what was said. Raises NotAllowed for somebody who neither wrote it or the note nor organises."""
        async with self._units(workspace) as work:
            entry = await seen_by(work, note, Sight(by.id))
            if who != by.id and not may_remove(entry, by):
                raise NotAllowed(phrase("Only whoever said it, the note's author or an organiser can take that away."))
            await work.bank.remove_trial(note, who)
            shown = await opened(work, note, Sight(by.id), self._clock.now())
            await work.commit()
        return shown


def may_remove(entry: Entry, by: Member) -> bool:
    """Whether this one may take away what others said of the note."""
    return entry.author == by.id or by.is_organiser()


def _unfit(place: str, text: str, masker: Masker) -> Unfit | None:
    if not words_of(place):
        return Unfit(placeless=True)
    found = Unfit(no_place=not is_place(place, masker), marks=tuple(marks_in(text, masker)))
    return found if found.no_place or found.marks else None


def _over() -> NotThere:
    return NotThere(phrase("That preview is over. Open the note and choose “We tried it” again."))


def _tidy(typed: str) -> str:
    return " ".join(visible(clean(typed)).split())


def _stored(trial: Trial, entry: Entry) -> Mapping[str, str]:
    return {
        "note": str(trial.note),
        "outcome": trial.outcome.value,
        "place": trial.place,
        "text": trial.text,
        "audience": entry.audience.value,
    }


def _trial(kept: FormDraft, member: MemberId) -> Trial:
    said = {name: str(value) for name, value in kept.values.items()}
    return Trial(NoteId(UUID(said["note"])), member, Outcome(said["outcome"]), said["place"], said["text"], kept.at)
