"""Case notes as rows and back: all that they say goes sealed, the rest as it is."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from bot.identity import Address, CampId, DeliveryId, MemberId, NoteId, ScheduleId
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
from storage.mapping import Values
from storage.note_content import content_from, content_values
from storage.note_rows import (
    NoteJobRow,
    NoteObjectionRow,
    NoteRow,
    NoteSendingRow,
    NoteVersionRow,
    NoteWaitingRow,
)
from storage.seal import Seal


def note_values(workspace: UUID, note: Note, seal: Seal) -> Values:
    """The note as a row's values, without the people."""
    body = {
        "content": content_values(note.content),
        "source": {
            "what": note.source.what,
            "links": dict(note.source.links),
            "camp": None if note.source.camp is None else str(note.source.camp),
            "private": note.source.private,
            "threads_since": _iso(note.source.threads_since),
            "closed": note.source.closed,
        },
        "themes": list(note.themes),
        "place": note.place,
        "harmless": list(note.harmless),
        "is_open": note.is_open,
        "names": list(note.names),
        "said_by": {id_: str(member) for id_, member in note.said_by.items()},
        "forgotten": note.forgotten,
        "tokens": note.tokens,
        "money": note.money,
    }
    return {
        "workspace_id": workspace,
        "id": note.id,
        "author_id": note.author,
        "state": note.state.value,
        "audience": note.audience.value,
        "body_sealed": seal.close(_text(body)),
        "model": note.model,
        "version": note.version,
        "revision": note.revision,
        "told": note.told,
        "objected": note.objected,
        "others": note.others,
        "schedule_id": note.schedule,
        "made_at": note.made_at,
        "changed_at": note.changed_at,
        "public_at": note.public_at,
        "published_at": note.published_at,
        "expires_at": note.expires_at,
        "withdrawn_at": note.withdrawn_at,
    }


def note_from(row: NoteRow, people: Sequence[UUID], seal: Seal) -> Note:
    """The note of a row."""
    body = _read(seal.open(row.body_sealed))
    source = cast("dict[str, object]", body["source"])
    camp = source["camp"]
    return Note(
        id=NoteId(row.id),
        author=MemberId(row.author_id),
        state=NoteState(row.state),
        audience=Audience(row.audience),
        content=content_from(cast("dict[str, object]", body["content"])),
        source=Source(
            what=str(source["what"]),
            links=cast("dict[str, str]", source["links"]),
            camp=CampId(UUID(str(camp))) if camp else None,
            # Notes of before these were told have none of them.
            private=cast("bool | None", source.get("private")),
            threads_since=_moment(source.get("threads_since")),
            closed=cast(int, source.get("closed", 0)),
        ),
        took_part=tuple(map(MemberId, people)),
        made_at=row.made_at,
        changed_at=row.changed_at,
        themes=_texts(body["themes"]),
        place=str(body["place"]),
        model=row.model,
        version=row.version,
        revision=row.revision,
        public_at=row.public_at,
        published_at=row.published_at,
        expires_at=row.expires_at,
        withdrawn_at=row.withdrawn_at,
        schedule=None if row.schedule_id is None else ScheduleId(row.schedule_id),
        told=row.told,
        objected=row.objected,
        harmless=_texts(body["harmless"]),
        others=row.others,
        is_open=bool(body["is_open"]),
        names=_texts(body["names"]),
        said_by={id_: MemberId(UUID(who)) for id_, who in cast("dict[str, str]", body.get("said_by", {})).items()},
        forgotten=cast(int, body.get("forgotten", 0)),
        tokens=cast(int, body["tokens"]),
        money=cast("float | None", body["money"]),
    )


def version_values(workspace: UUID, version: Version, seal: Seal) -> Values:
    """The version as a row's values."""
    body = {
        "content": content_values(version.content),
        "themes": list(version.themes),
        "place": version.place,
        "opened_at": None if version.opened_at is None else version.opened_at.isoformat(),
    }
    return {
        "workspace_id": workspace,
        "note_id": version.note,
        "number": version.number,
        "body_sealed": seal.close(_text(body)),
        "audience": version.audience.value,
        "at": version.at,
    }


def version_from(row: NoteVersionRow, seal: Seal) -> Version:
    """The version of a row."""
    body = _read(seal.open(row.body_sealed))
    content = content_from(cast("dict[str, object]", body["content"]))
    # What was kept before this was is taken to have been open from the start.
    opened = body.get("opened_at", row.at.isoformat())
    return Version(
        NoteId(row.note_id),
        row.number,
        content,
        Audience(row.audience),
        row.at,
        _texts(body["themes"]),
        str(body["place"]),
        None if opened is None else datetime.fromisoformat(str(opened)),
    )


def objection_values(workspace: UUID, objection: Objection, seal: Seal) -> Values:
    """The objection as a row's values."""
    return {
        "workspace_id": workspace,
        "note_id": objection.note,
        "member_id": objection.member,
        "version": objection.version,
        "audience": objection.audience.value,
        "at": objection.at,
        "reason_sealed": seal.close(objection.reason),
    }


def objection_from(row: NoteObjectionRow, seal: Seal) -> Objection:
    """The objection of a row."""
    audience, reason = Audience(row.audience), seal.open(row.reason_sealed)
    return Objection(NoteId(row.note_id), MemberId(row.member_id), row.version, audience, row.at, reason)


def waiting_values(workspace: UUID, waiting: Waiting, seal: Seal) -> Values:
    """What waits as a row's values."""
    return {
        "workspace_id": workspace,
        "note_id": waiting.note,
        "member_id": waiting.member,
        "until": waiting.until,
        "text_sealed": seal.close(waiting.stored),
        "schedule_id": waiting.schedule,
    }


def waiting_from(row: NoteWaitingRow, seal: Seal) -> Waiting:
    """What waits, of a row."""
    stored = seal.open(row.text_sealed)
    return Waiting(NoteId(row.note_id), MemberId(row.member_id), row.until, stored, ScheduleId(row.schedule_id))


def sending_values(workspace: UUID, sending: Sending) -> Values:
    """The line of the ledger as a row's values."""
    return {
        "workspace_id": workspace,
        "id": sending.id,
        "note_id": sending.note,
        "member_id": sending.member,
        "at": sending.at,
        "model": sending.model,
        "digest": sending.digest,
        "characters": sending.characters,
        "masked": dict(sending.masked),
    }


def sending_from(row: NoteSendingRow) -> Sending:
    """The line of the ledger of a row."""
    masked = cast("dict[str, int]", row.masked)
    note, member = NoteId(row.note_id), MemberId(row.member_id)
    return Sending(row.id, note, member, row.at, row.model, row.digest, row.characters, masked)


def job_values(workspace: UUID, job: Job, seal: Seal) -> Values:
    """The reading as a row's values."""
    details = {
        "platform": job.message.platform,
        "value": job.message.value,
        "done": job.done,
        "rest_until": _iso(job.rest_until),
        "since": _iso(job.since),
        "until": _iso(job.until),
        "camp": None if job.camp is None else str(job.camp),
        "station": job.station,
        "what": job.what,
        "anchor": str(job.anchor),
        "note": None if job.note is None else str(job.note),
        "trouble": job.trouble,
        "writes": job.writes,
        "shown": job.shown,
    }
    return {
        "workspace_id": workspace,
        "id": job.id,
        "member_id": job.member,
        "state": job.state.value,
        "begun_at": job.begun_at,
        "seen_at": job.seen_at,
        "details_sealed": seal.close(_text(details)),
    }


def job_from(row: NoteJobRow, seal: Seal) -> Job:
    """The reading of a row."""
    details = _read(seal.open(row.details_sealed))
    camp, note = details["camp"], details["note"]
    return Job(
        id=row.id,
        member=MemberId(row.member_id),
        message=Address(str(details["platform"]), str(details["value"])),
        begun_at=row.begun_at,
        seen_at=row.seen_at,
        anchor=DeliveryId(UUID(str(details["anchor"]))),
        state=ReadingState(row.state),
        done=cast(int, details["done"]),
        rest_until=_moment(details["rest_until"]),
        since=_moment(details["since"]),
        until=_moment(details["until"]),
        camp=CampId(UUID(str(camp))) if camp else None,
        station=cast(int, details["station"]),
        what=str(details["what"]),
        note=NoteId(UUID(str(note))) if note else None,
        trouble=str(details["trouble"]),
        writes=bool(details.get("writes", False)),
        shown=bool(details.get("shown", True)),
    )


def _texts(stored: object) -> tuple[str, ...]:
    return tuple(cast("list[str]", stored))


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _moment(stored: object) -> datetime | None:
    return datetime.fromisoformat(str(stored)) if stored else None


def _text(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _read(stored: str) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(stored))
