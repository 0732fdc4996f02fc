"""Use cases around case notes: made from a conversation, looked at and changed by one person, published or thrown away by that
person. What only the maker may see is nobody else's in any of these."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bot.camps.domain import Camp, CampState
from bot.errors import NotThere, phrase
from bot.identity import MemberId, NoteId, WorkspaceId
from bot.members.domain import Member, Sector, Theme
from bot.notes.access import own, seen
from bot.notes.asking import Asker
from bot.notes.casenote import CaseNote
from bot.notes.domain import Job, Note, NoteState
from bot.notes.drafts import DRAFTS_KEPT, Drafting, Origin, worth
from bot.notes.gathering import Heard
from bot.notes.jobs import Jobs, Wanted
from bot.notes.keeping import expanders
from bot.notes.modelling import Modelling
from bot.notes.objecting import Objecting
from bot.notes.people import remove_note
from bot.notes.publishing import Publishing
from bot.notes.shelving import as_others_see
from bot.notes.summarising import Summariser
from bot.notes.transcript import Transcript
from bot.ports import Clock, Units
from bot.schedules.domain import ScheduleKind
from bot.schedules.service import Expander
from bot.threads import Readers
from bot.words import Words

_OWN = (NoteState.DRAFT, NoteState.ANNOUNCED, NoteState.PUBLISHED, NoteState.WITHDRAWN)
_SHOWN = (NoteState.ANNOUNCED, NoteState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Opened:
    """A note as somebody looks at it. ``sectors`` and ``themes``: the academy's, by their keys; ``can_ask``: something waits
    that a model could be sent."""

    note: Note
    sectors: Mapping[str, Sector]
    themes: Mapping[str, Theme]
    can_ask: bool = False


@dataclass(frozen=True, slots=True)
class Mine:
    """Somebody's notes: those that they made, and those that rest on what they said."""

    made: Sequence[Note]
    took_part: Sequence[Note]


class NoteService:
    """Use cases; ``jobs`` reads, ``modelling`` asks a model, ``publishing`` publishes, ``objecting`` takes objections."""

    def __init__(
        self, units: Units, clock: Clock, readers: Readers, offline: Summariser, asker: Asker | None = None
    ) -> None:
        self._units = units
        self._clock = clock
        asking = asker or Asker(None, offline)
        self.drafting = Drafting(units, clock, offline, asking)
        self.modelling = Modelling(units, clock, asking)
        self.jobs = Jobs(units, clock, readers, self.drafting, self.modelling.begin_unasked)
        self.publishing = Publishing(units, clock)
        self.objecting = Objecting(units, clock, self.publishing.masker)

    async def from_conversation(self, workspace: WorkspaceId, wanted: Wanted, words: Words) -> Note | Job:
        """A draft of a thread or a time span, or the reading of it that goes on."""
        return await self.jobs.begin(workspace, wanted, words)

    async def stop(self, workspace: WorkspaceId, job: UUID, by: MemberId) -> Job:
        """Calls off a reading, or lets go of a model that writes; one that is over stays as it is. Raises NotThere."""
        found = await self.jobs.call_off(workspace, job, by)
        self.modelling.let_go(job)
        return found

    async def from_text(
        self, workspace: WorkspaceId, author: MemberId, transcript: Transcript, origin: Origin, words: Words
    ) -> Note:
        """A draft of what somebody pasted or exported. Raises NotUnderstood where nobody says anything in it."""
        names = tuple(dict.fromkeys(line.author for line in transcript.lines if line.author))
        found = Heard(transcript, others=len(names), names=names)
        fresh = worth(await self.drafting.write(workspace, author, found, words))
        async with self._units(workspace) as work:
            note = await self.drafting.keep(work, fresh, origin, self._clock.now())
            await work.commit()
        return note

    async def open(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Opened:
        """A note, for one who may see it: to others as it was published, to its author as it is now. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await seen(work, note, by)
            if found.author != by.id:
                found = await as_others_see(work, found)
                if by.id not in found.took_part and found.source.private is not False:
                    # Where it was said in private is for those who were there; what everybody can read, everybody may look up.
                    found = replace(found, source=replace(found.source, links={}))
            waits = await work.notes.waiting(note) if found.author == by.id else None
            sectors = {sector.key: sector for sector in await work.vocabulary.sectors()}
            themes = {theme.key: theme for theme in await work.vocabulary.themes()}
            can_ask = waits is not None and waits.until > self._clock.now() and found.state is NoteState.DRAFT
            return Opened(found, sectors, themes, can_ask)

    async def open_own(self, workspace: WorkspaceId, note: NoteId, by: Member) -> Opened:
        """The same for its author alone. Raises NotAllowed for others who may see it."""
        async with self._units(workspace, reading=True) as work:
            await own(work, note, by)
        return await self.open(workspace, note, by)

    async def mine(self, workspace: WorkspaceId, member: MemberId) -> Mine:
        """What somebody made, and what rests on what they said, newest first."""
        async with self._units(workspace, reading=True) as work:
            made = await work.notes.of_author(member, _OWN)
            shared = [note for note in await work.notes.with_member(member, _SHOWN) if note.author != member]
            return Mine(made, [await as_others_see(work, note) for note in shared])

    async def change(
        self, workspace: WorkspaceId, note: NoteId, by: Member, change: Callable[[CaseNote], CaseNote]
    ) -> Note:
        """Changes what it says. Of a published one, others see that when it is published again. Raises NotThere."""
        now = self._clock.now()
        async with self._units(workspace) as work:
            found = await own(work, note, by)
            if found.state is NoteState.WITHDRAWN:
                raise NotThere(phrase("The note was taken back. Make a new one from the conversation."))
            content = change(found.content)
            if content == found.content:
                return found
            changed = replace(found, content=content, revision=found.revision + 1, changed_at=now)
            if found.state is NoteState.DRAFT:
                changed = replace(changed, expires_at=now + DRAFTS_KEPT)
            await work.notes.put(changed)
            await work.commit()
        return changed

    async def throw_away(self, workspace: WorkspaceId, note: NoteId, by: Member) -> None:
        """A draft goes, with what waited; one that is gone already is fine. Raises NotThere for one that is published."""
        async with self._units(workspace) as work:
            found = await work.notes.get(note)
            if found is None or found.author != by.id:
                return
            if found.is_shown():
                raise NotThere(phrase("It is published already. You can take it back instead."))
            await remove_note(work, found)
            await work.commit()

    async def people(self, workspace: WorkspaceId, members: Sequence[MemberId]) -> Mapping[str, Member]:
        """These members by their id; those who have left are not among them."""
        async with self._units(workspace, reading=True) as work:
            found = await work.members.many(list(dict.fromkeys(members)))
        return {str(own): member for own, member in found.items()}

    async def station(self, workspace: WorkspaceId, typed: str, number: int) -> tuple[Camp, int]:
        """The camp that is meant (the one that was held last, where none is named) and the station, by its number. Raises
        NotThere."""
        today = self._clock.now().date()
        async with self._units(workspace, reading=True) as work:
            wanted = " ".join(typed.casefold().split())
            every = await work.camps.in_states((CampState.PLANNED, CampState.HELD))
            named = [one for one in reversed(every) if wanted in one.name.casefold()]
            camp = next((one for one in named if wanted or one.day <= today), None)
            plan = None if camp is None else await work.stations.get(camp.id)
        stations = () if plan is None else plan.told or plan.stations
        if camp is None or not 0 < number <= len(stations):
            raise NotThere(phrase("I know no such station. {command} shows them.", command=phrase("/camp stations")))
        return camp, number

    async def hear(self, workspace: WorkspaceId, member: MemberId, *, hears: bool) -> None:
        """Whether somebody wants to be told of notes that rest on what they said."""
        async with self._units(workspace) as work:
            found = await work.members.get(member)
            if found is not None and found.notes_muted == hears:
                await work.members.put(replace(found, notes_muted=not hears))
                await work.commit()

    def expanders(self) -> Mapping[ScheduleKind, Expander]:
        """What the timekeeper does when something of a note comes due."""
        return expanders()

    async def close(self) -> None:
        """Gives up what is still being read or written."""
        await self.jobs.close()
        await self.modelling.close()
