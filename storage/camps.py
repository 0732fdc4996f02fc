"""Camps and who has answered, kept in rows."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update

from bot.camps.domain import Answer, Camp, CampState, Item, Reminder, Seat, Signup
from bot.camps.repository import Said
from bot.identity import CampId, MemberId, ScheduleId, WorkspaceId
from storage.camp_rows import CampRow, SignupRow
from storage.mapping import Values
from storage.seal import Seal
from storage.statements import Statements


class StoredCamps:
    """Implements :class:`bot.camps.repository.Camps`."""

    def __init__(self, statements: Statements, workspace: WorkspaceId, seal: Seal) -> None:
        self._statements = statements
        self._workspace = workspace
        self._seal = seal

    async def put(self, camp: Camp) -> None:
        """Adds a camp or writes it anew."""
        await self._statements.upsert(CampRow, [{"workspace_id": self._workspace, **_values(camp)}])

    async def get(self, camp: CampId) -> Camp | None:
        """One camp."""
        row = await self._statements.first(select(CampRow).where(self._here(), CampRow.id == camp))
        return None if row is None else _camp(row)

    async def in_states(self, states: Sequence[CampState], *, since: date | None = None) -> Sequence[Camp]:
        """By day, the earliest first."""
        query = select(CampRow).where(self._here(), CampRow.state.in_([state.value for state in states]))
        if since is not None:
            query = query.where(CampRow.day >= since)
        rows = await self._statements.all(query.order_by(CampRow.day, CampRow.begins, CampRow.id))
        return [_camp(row) for row in rows]

    async def put_signups(self, signups: Sequence[Signup]) -> None:
        """Adds answers or writes them anew."""
        await self._statements.upsert(SignupRow, [self._signup_values(one) for one in signups])

    async def signup(self, camp: CampId, member: MemberId) -> Signup | None:
        """One answer."""
        meant = (SignupRow.camp_id == camp) & (SignupRow.member_id == member)
        row = await self._statements.first(select(SignupRow).where(self._answered_here(), meant))
        return None if row is None else self._signup(row)

    async def signups(self, camp: CampId) -> Sequence[Signup]:
        """All answers to one camp."""
        return await self._found(SignupRow.camp_id == camp)

    async def waiting(self, camp: CampId) -> Sequence[Signup]:
        """Those on the waiting list, in its order."""
        meant = (SignupRow.camp_id == camp) & (SignupRow.seat == Seat.WAITING.value)
        query = select(SignupRow).where(self._answered_here(), meant)
        rows = await self._statements.all(query.order_by(SignupRow.since, SignupRow.member_id))
        return [self._signup(row) for row in rows]

    async def tally(self, camp: CampId) -> Mapping[tuple[Answer, Seat], Said]:
        """Counted by the database: a card with the figures is written for each of many."""
        both = SignupRow.answer + ":" + SignupRow.seat
        counted = select(both, func.count(), func.sum(SignupRow.guests)).group_by(both)
        rows = await self._statements.triples(counted.where(self._answered_here(), SignupRow.camp_id == camp))
        return {_said(standing): Said(members, int(guests)) for standing, members, guests in rows}

    async def signups_of(self, member: MemberId) -> Sequence[Signup]:
        """All answers of one member."""
        return await self._found(SignupRow.member_id == member)

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """Names another member where this one was named; an answer that the other has given as well is left out."""
        made = update(CampRow).where(self._here(), CampRow.author_id == member)
        await self._statements.write(made.values(author_id=another))
        known = select(SignupRow.camp_id).where(self._answered_here(), SignupRow.member_id == another)
        theirs = self._answered_here() & (SignupRow.member_id == member)
        both = await self._statements.all(known)
        await self._statements.write(delete(SignupRow).where(theirs, SignupRow.camp_id.in_(both)))
        await self._statements.write(update(SignupRow).where(theirs).values(member_id=another))

    async def forget(self, member: MemberId) -> Sequence[CampId]:
        """Removes the member's answers."""
        theirs = self._answered_here() & (SignupRow.member_id == member)
        camps = await self._statements.all(select(SignupRow.camp_id).where(theirs).order_by(SignupRow.camp_id))
        await self._statements.write(delete(SignupRow).where(theirs))
        return [CampId(camp) for camp in camps]

    async def forget_guests_before(self, day: date) -> int:
        """Empties the names of guests at camps that are over."""
        over = select(CampRow.id).where(self._here(), CampRow.day < day)
        named = self._answered_here() & (SignupRow.guests_sealed != "") & SignupRow.camp_id.in_(over)
        return await self._statements.write(update(SignupRow).where(named).values(guests_sealed=""))

    async def _found(self, meant: ColumnElement[bool]) -> Sequence[Signup]:
        query = select(SignupRow).where(self._answered_here(), meant)
        rows = await self._statements.all(query.order_by(SignupRow.camp_id, SignupRow.member_id))
        return [self._signup(row) for row in rows]

    def _here(self) -> ColumnElement[bool]:
        return CampRow.workspace_id == self._workspace

    def _answered_here(self) -> ColumnElement[bool]:
        return SignupRow.workspace_id == self._workspace

    def _signup_values(self, signup: Signup) -> Values:
        return {
            "workspace_id": self._workspace,
            "camp_id": signup.camp,
            "member_id": signup.member,
            "answer": signup.answer.value,
            "seat": signup.seat.value,
            "guests": signup.guests,
            "guests_sealed": self._seal.close("\n".join(signup.guest_names)),
            "invited_at": signup.invited_at,
            "answered_at": signup.answered_at,
            "since": signup.since,
            "attended": signup.attended,
        }

    def _signup(self, row: SignupRow) -> Signup:
        return Signup(
            camp=CampId(row.camp_id),
            member=MemberId(row.member_id),
            answer=Answer(row.answer),
            seat=Seat(row.seat),
            guests=row.guests,
            guest_names=tuple(self._seal.open(row.guests_sealed).splitlines()),
            invited_at=row.invited_at,
            answered_at=row.answered_at,
            since=row.since,
            attended=row.attended,
        )


def _values(camp: Camp) -> Values:
    return {
        "id": camp.id,
        "author_id": camp.author,
        "created_at": camp.created_at,
        "name": camp.name,
        "day": camp.day,
        "begins": camp.begins.isoformat(),
        "ends": camp.ends.isoformat(),
        "zone": camp.zone,
        "theme": camp.theme,
        "host": camp.host,
        "place": camp.place,
        "check_in": _text(camp.check_in),
        "capacity": camp.capacity,
        "sector_capacity": {sector: str(seats) for sector, seats in camp.sector_capacity.items()},
        "programme": [_item_values(item) for item in camp.programme],
        "cases": list(camp.cases),
        "challenge": camp.challenge,
        "state": camp.state.value,
        "revision": camp.revision,
        "sequence": camp.sequence,
        "silent": sorted(camp.silent),
        "schedules": {name: str(schedule) for name, schedule in camp.schedules.items()},
        "invited_at": camp.invited_at,
        "changed_at": camp.changed_at,
        "reason": camp.reason,
        "told": dict(camp.told),
        "news": {change: dict(facts) for change, facts in camp.news.items()},
    }


def _camp(row: CampRow) -> Camp:
    return Camp(
        id=CampId(row.id),
        author=MemberId(row.author_id),
        created_at=row.created_at,
        name=row.name,
        day=row.day,
        begins=time.fromisoformat(row.begins),
        ends=time.fromisoformat(row.ends),
        zone=row.zone,
        theme=row.theme,
        host=row.host,
        place=row.place,
        check_in=_time(row.check_in),
        capacity=row.capacity,
        sector_capacity={sector: int(seats) for sector, seats in row.sector_capacity.items()},
        programme=tuple(_item(one) for one in row.programme),
        cases=tuple(row.cases),
        challenge=row.challenge,
        state=CampState(row.state),
        revision=row.revision,
        sequence=row.sequence,
        silent=frozenset(Reminder(one) for one in row.silent),
        schedules={name: ScheduleId(UUID(schedule)) for name, schedule in row.schedules.items()},
        invited_at=row.invited_at,
        changed_at=row.changed_at,
        reason=row.reason,
        told=row.told,
        news=cast("dict[str, dict[str, str]]", row.news),
    )


def _said(standing: str) -> tuple[Answer, Seat]:
    answer, _, seat = standing.partition(":")
    return Answer(answer), Seat(seat)


def _item_values(item: Item) -> dict[str, str]:
    return {"title": item.title, "at": _text(item.at), "until": _text(item.until), "speaker": item.speaker}


def _item(stored: dict[str, str]) -> Item:
    return Item(stored["title"], _time(stored["at"]), _time(stored["until"]), stored["speaker"])


def _text(at: time | None) -> str:
    return "" if at is None else at.isoformat()


def _time(stored: str) -> time | None:
    return time.fromisoformat(stored) if stored else None
