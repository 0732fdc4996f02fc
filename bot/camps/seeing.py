"""What people see of a camp, as values. Read, never written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.camps.domain import Answer, Camp, CampState, Seat, Signup
from bot.camps.repository import Said
from bot.camps.seating import place_in_line
from bot.identity import CampId, MemberId
from bot.members.domain import Member, Sector, Theme
from bot.ports import UnitOfWork

_PAST_DAYS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many said what. ``coming``: seats that are taken, guests included; ``seats``: how many there are, None for any."""

    coming: int
    guests: int
    waiting: int
    maybe: int
    no: int
    unanswered: int
    seats: int | None

    def concerned(self) -> int:
        """How many members come, wait, or may come."""
        return self.coming - self.guests + self.waiting + self.maybe

    def is_full(self) -> bool:
        """Whether no seat is left."""
        return self.seats is not None and self.coming >= self.seats


@dataclass(frozen=True, slots=True)
class Seen:
    """A camp, and how it stands for one member. ``place``: their number on the waiting list, 0 where they are not on it."""

    camp: Camp
    tally: Tally
    mine: Signup
    place: int
    themes: Sequence[Theme]

    def is_open(self, now: datetime) -> bool:
        """Whether an answer still counts."""
        return self.camp.is_open(now)


@dataclass(frozen=True, slots=True)
class Guestbook:
    """Who said what, for organisers."""

    seen: Seen
    people: Mapping[MemberId, Member]
    sectors: Sequence[Sector]
    coming: Sequence[Signup]
    waiting: Sequence[Signup]
    maybe: Sequence[Signup]
    no: Sequence[Signup]
    unanswered: Sequence[Signup]


def unanswered(seen: Seen) -> Seen:
    """As somebody sees it who has not answered yet."""
    return replace(seen, mine=Signup(seen.camp.id, seen.mine.member), place=0)


def seated(seen: Seen) -> Seen:
    """As somebody sees it who comes."""
    mine = Signup(seen.camp.id, seen.mine.member, Answer.YES, Seat.TAKEN)
    return replace(seen, mine=mine, place=0)


async def seen(work: UnitOfWork, camp: Camp, member: MemberId) -> Seen:
    """The camp as one member sees it."""
    mine = await work.camps.signup(camp.id, member) or Signup(camp.id, member)
    place = place_in_line(await work.camps.waiting(camp.id), member) if mine.waits() else 0
    return Seen(camp, await tally_of(work, camp), mine, place, await work.vocabulary.themes())


async def tally_of(work: UnitOfWork, camp: Camp) -> Tally:
    """The figures."""
    counted = await work.camps.tally(camp.id)
    said = Counter[Answer]()
    for (answer, _), found in counted.items():
        said[answer] += found.members
    seated = counted.get((Answer.YES, Seat.TAKEN), Said(0, 0))
    return Tally(
        coming=seated.members + seated.guests,
        guests=seated.guests,
        waiting=counted.get((Answer.YES, Seat.WAITING), Said(0, 0)).members,
        maybe=said[Answer.MAYBE],
        no=said[Answer.NO],
        unanswered=said[Answer.NONE],
        seats=camp.capacity,
    )


async def coming_camps(work: UnitOfWork, now: datetime) -> Sequence[Camp]:
    """Those that are to take place and are not over, the next one first."""
    # The day at the camp's place may be yesterday's here.
    planned = await work.camps.in_states((CampState.PLANNED,), since=(now - _PAST_DAYS).date())
    return sorted((camp for camp in planned if camp.is_open(now)), key=lambda camp: (camp.starts_at(), camp.id))


async def named(work: UnitOfWork, camp: CampId | None, typed: str, now: datetime) -> Camp | None:
    """The camp that is meant: by its id, by its name or a part of it, else the next one. None where there is none."""
    if camp is not None:
        return await work.camps.get(camp)
    coming = await coming_camps(work, now)
    wanted = " ".join(typed.casefold().split())
    if not wanted:
        return next(iter(coming), None)
    every = [*coming, *reversed(await work.camps.in_states((CampState.HELD, CampState.CANCELLED)))]
    exact = [one for one in every if one.name.casefold() == wanted]
    return next(iter([*exact, *(one for one in every if wanted in one.name.casefold())]), None)


async def guestbook(work: UnitOfWork, camp: Camp, member: MemberId) -> Guestbook:
    """Everybody who was asked or has answered, each group in the order in which they answered."""
    signups = await work.camps.signups(camp.id)
    inorder = sorted(signups, key=lambda one: (one.since or one.answered_at or camp.created_at, one.member))
    return Guestbook(
        seen=await seen(work, camp, member),
        people=await work.members.many([one.member for one in signups]),
        sectors=await work.vocabulary.sectors(),
        coming=[one for one in inorder if one.comes()],
        waiting=[one for one in inorder if one.waits()],
        maybe=[one for one in inorder if one.answer is Answer.MAYBE],
        no=[one for one in inorder if one.answer is Answer.NO],
        unanswered=[one for one in inorder if one.answer is Answer.NONE],
    )
