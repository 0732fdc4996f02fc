"""Case notes for the tests of storage; each differs from its defaults in every field."""

from dataclasses import replace
from datetime import date, timedelta

from bot.identity import Address, CampId, DeliveryId, MemberId, NoteId, ScheduleId, new_id
from bot.notes.casenote import CaseNote, Statement, Task
from bot.notes.domain import (
    Audience,
    Job,
    Note,
    NoteState,
    Objection,
    ReadingState,
    Sending,
    Source,
    Version,
    Waiting,
)
from tests.storage_values import NOW

CONTENT = CaseNote(
    title="Et hjem til Karen 🌉",
    language="da",
    summary=(Statement("Karen mangler en bolig.", ("m1", "m2")),),
    situation=(Statement("Hun bor på et herberg.", ("m1",)),),
    perspectives={"municipality": (Statement("Vi har to boliger.", ("m3",)),)},
    ideas=(Statement("En fælles opgang.", ("m4",)),),
    agreements=(Statement("Vi mødes tirsdag.", ("m5",)),),
    actions=(Task("Ringer til boligforeningen", ("m5",), "Åse", date(2026, 4, 1)), Task("Skriver", ("m6",))),
    questions=(Statement("Hvem betaler?", ("m7",)),),
    tags=("bolig", "herberg"),
)


def a_note(author: MemberId, **changes: object) -> Note:
    full = Note(
        id=NoteId(new_id()),
        author=author,
        state=NoteState.ANNOUNCED,
        audience=Audience.PUBLIC,
        content=CONTENT,
        source=Source(
            "#general", {"m1": "https://slack.example/p1"}, CampId(new_id()), private=True, threads_since=NOW, closed=3
        ),
        took_part=(author, MemberId(new_id()), MemberId(new_id())),
        made_at=NOW,
        changed_at=NOW + timedelta(minutes=1),
        themes=("ageing", "bolig"),
        place="Rødovre",
        model="gemma",
        version=2,
        revision=5,
        public_at=NOW + timedelta(days=3),
        published_at=NOW + timedelta(hours=1),
        expires_at=NOW + timedelta(days=14),
        withdrawn_at=NOW + timedelta(days=20),
        schedule=ScheduleId(new_id()),
        told=4,
        objected=3,
        harmless=("Viborg",),
        others=2,
        is_open=True,
        names=("mads_p",),
        said_by={"m1": author},
        forgotten=1,
        tokens=1200,
        money=0.25,
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Note


def a_version(note: NoteId, number: int = 1) -> Version:
    return Version(note, number, CONTENT, Audience.ACADEMY, NOW, ("ageing",), "Rødovre", NOW)


def an_objection(note: NoteId, member: MemberId, **changes: object) -> Objection:
    full = Objection(note, member, 1, Audience.PUBLIC, NOW, "Det er min søster.")
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Objection


def what_waits(note: NoteId, member: MemberId) -> Waiting:
    return Waiting(note, member, NOW + timedelta(minutes=60), '{"text": "[PERSON 1]"}', ScheduleId(new_id()))


def a_sending(note: NoteId, member: MemberId, **changes: object) -> Sending:
    full = Sending(new_id(), note, member, NOW, "gemma", "ab" * 32, 1234, {"person": 3, "cpr": 1})
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Sending


def a_job(member: MemberId, **changes: object) -> Job:
    full = Job(
        id=new_id(),
        member=member,
        message=Address("slack", "C1:1.0"),
        begun_at=NOW,
        seen_at=NOW + timedelta(minutes=1),
        anchor=DeliveryId(new_id()),
        state=ReadingState.READING,
        done=200,
        rest_until=NOW + timedelta(minutes=2),
        since=NOW - timedelta(days=3),
        until=NOW,
        camp=CampId(new_id()),
        station=2,
        what="#general",
        note=NoteId(new_id()),
        trouble="ratelimited",
        writes=True,
        shown=False,
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Job
