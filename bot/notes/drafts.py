"""How a draft begins: from a conversation that was read, written at once by the rules of this house, and kept in one piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.errors import NotUnderstood
from bot.identity import CampId, MemberId, NoteId, WorkspaceId, new_id
from bot.notes.asking import Asker
from bot.notes.casenote import CaseNote, grounded
from bot.notes.domain import Audience, Note, NoteState, Source, Waiting
from bot.notes.editing import Part, entries_of
from bot.notes.gathering import Heard
from bot.notes.prepared import Prepared
from bot.notes.rules import Sends
from bot.notes.summarising import HowFar, Summariser
from bot.notes.timing import Due, plan
from bot.notes.troubles import nothing_said, too_little
from bot.ports import Clock, UnitOfWork, Units
from bot.threads import Stretch
from bot.words import Words

# A draft goes when nothing was done with it for so long.
DRAFTS_KEPT = timedelta(days=14)
# What waits for its author's yes is kept no longer than that.
WAITING_KEPT = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a conversation comes from, for the note's :class:`bot.notes.domain.Source`. ``stretch``: where it was read as a
    time of a place, what of it was not looked at."""

    what: str = ""
    links: Mapping[str, str] | None = None
    camp: CampId | None = None
    private: bool | None = None
    stretch: Stretch | None = None


class Drafting:
    """Makes drafts. ``offline`` writes them; ``asker`` prepares what a model could be sent."""

    def __init__(self, units: Units, clock: Clock, offline: Summariser, asker: Asker) -> None:
        self._units = units
        self._clock = clock
        self._offline = offline
        self._asker = asker

    async def write(
        self,
        workspace: WorkspaceId,
        author: MemberId,
        heard: Heard,
        words: Words,
        how_far: HowFar | None = None,
    ) -> "Fresh":
        """What a draft will hold; nothing is kept yet. Raises NotUnderstood where nothing was said."""
        if not heard.transcript.lines:
            raise NotUnderstood(nothing_said())
        # A note is written for whoever makes it, in their language.
        language = words.language
        written = await self._offline.summarise(heard.transcript, language, how_far)
        content = grounded(written.note, {line.id for line in heard.transcript.lines})
        if not content.title.strip():
            content = replace(content, title=words.say("Conversation of {day}", day=_day(heard, words, self._clock)))
        prepared: Prepared | None = None
        if self._asker.model and await self._may_send(workspace):
            names = await self._roster(workspace)
            prepared = await self._asker.prepare(heard.transcript, names, language)
        return Fresh(author, content, heard.took_part, heard.others, heard.names, prepared, heard.said_by)

    async def keep(self, work: UnitOfWork, fresh: "Fresh", origin: Origin, now: datetime) -> Note:
        """The draft, kept with what waits for a yes; the caller commits."""
        cited = cited_in(fresh.content)
        links = {id_: url for id_, url in (origin.links or {}).items() if id_ in cited}
        note = Note(
            id=NoteId(new_id()),
            author=fresh.author,
            state=NoteState.DRAFT,
            # What stood in private stays there unless its author chooses otherwise.
            audience=Audience.US if origin.private else Audience.ACADEMY,
            content=fresh.content,
            source=_source(origin, links),
            took_part=fresh.took_part,
            others=fresh.others,
            names=fresh.names,
            said_by=fresh.said_by,
            made_at=now,
            changed_at=now,
            expires_at=now + DRAFTS_KEPT,
        )
        await work.notes.put(note)
        if fresh.prepared is not None:
            until = now + WAITING_KEPT
            schedule = await plan(work, Due.WAITING, note.id, until, fresh.author, now)
            waiting = Waiting(note.id, fresh.author, until, fresh.prepared.to_json(), schedule)
            await work.notes.keep_waiting(waiting)
        return note

    async def _may_send(self, workspace: WorkspaceId) -> bool:
        async with self._units(workspace, reading=True) as work:
            return (await work.vocabulary.options()).notes_model != Sends.NEVER

    async def _roster(self, workspace: WorkspaceId) -> list[str]:
        async with self._units(workspace, reading=True) as work:
            return [member.name for member in await work.members.everybody()]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A draft that is written and not kept yet."""

    author: MemberId
    content: CaseNote
    took_part: tuple[MemberId, ...]
    others: int
    names: tuple[str, ...]
    prepared: Prepared | None = None
    said_by: Mapping[str, MemberId] = field(default_factory=dict[str, MemberId])


def _source(origin: Origin, links: Mapping[str, str]) -> Source:
    found = origin.stretch or Stretch(())
    return Source(origin.what, links, origin.camp, origin.private, found.threads_since, found.closed)


def worth(fresh: Fresh) -> Fresh:
    """The draft. Raises NotUnderstood where there is nothing in it."""
    if not any(entries_of(fresh.content, part) for part in Part):
        raise NotUnderstood(too_little())
    return fresh


def cited_in(content: CaseNote) -> frozenset[str]:
    """The ids of the messages that a note names."""
    every = [entry for part in Part for entry in entries_of(content, part)]
    return frozenset(source for entry in every for source in entry.sources)


def _day(heard: Heard, words: Words, clock: Clock) -> str:
    at = next((line.at for line in heard.transcript.lines if line.at is not None), None) or clock.now()
    return words.date(at.astimezone(words.zone).date())
