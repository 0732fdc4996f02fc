"""Members say whether they come, and with whom."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.camps.changes import facts_of
from bot.camps.domain import Answer, Camp, Seat, Signup
from bot.camps.outgoing import standing_now
from bot.camps.places import room_of, settle, still_open
from bot.camps.seating import next_since
from bot.camps.seeing import Seen, seen
from bot.errors import NotUnderstood, phrase
from bot.identity import Address, CampId, MemberId, WorkspaceId
from bot.messages.text import clean
from bot.ports import Clock, UnitOfWork, Units

MOST_GUESTS = 5
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Answering:
    """Use cases of a member around one camp. The card that was pressed (``here``) is answered by the caller; other cards of
    the same person are brought up to date."""

    units: Units
    clock: Clock

    async def answer(
        self,
        workspace: WorkspaceId,
        camp: CampId,
        member: MemberId,
        said: Answer,
        here: Address | None = None,
        guests: int = 0,
    ) -> Seen:
        """Keeps the answer; the same one again changes nothing. Who says yes gets a seat, or a place on the waiting list,
        together with their guests. Raises NotThere for a camp that is cancelled or over, NotUnderstood for too many guests."""
        now = self.clock.now()
        _check_guests(guests)
        async with self.units(workspace) as work:
            found = await still_open(work, camp, now)
            before = await work.camps.signup(camp, member) or Signup(camp, member)
            if before.answer is not said:
                after = replace(before, answer=said, seat=Seat.NONE, since=None, answered_at=now)
                if said is Answer.YES:
                    since = next_since(await work.camps.waiting(camp), now)
                    after = replace(after, seat=Seat.WAITING, since=since, guests=guests)
                else:
                    after = replace(after, guests=0, guest_names=())
                await _keep(work, found, after, here, now)
            shown = await seen(work, found, member)
            await work.commit()
        return shown

    async def bring(
        self, workspace: WorkspaceId, camp: CampId, member: MemberId, guests: int, names: Sequence[str]
    ) -> Seen:
        """How many guests the member brings. Raises NotThere for a camp that is over, NotUnderstood where there are too many
        or no seats for them."""
        now = self.clock.now()
        called = _names(names)
        _check_guests(guests)
        _check_guests(len(called))
        async with self.units(workspace) as work:
            found = await still_open(work, camp, now)
            before = await work.camps.signup(camp, member)
            if before is None or before.answer is not Answer.YES:
                raise NotUnderstood(phrase("Say yes yourself first; then you can bring guests."))
            after = replace(before, guests=max(guests, len(called)), guest_names=called)
            if after.guests > before.guests and before.seat is Seat.TAKEN:
                await _check_room(work, found, after.guests - before.guests)
            if after != before:
                await _keep(work, found, after, None, now)
            shown = await seen(work, found, member)
            await work.commit()
        return shown


async def _keep(work: UnitOfWork, camp: Camp, signup: Signup, here: Address | None, now: datetime) -> None:
    await work.camps.put_signups([signup])
    if not camp.told:
        await work.camps.put(replace(camp, told=facts_of(camp)))
    await settle(work, camp, now, signup.member)
    why = f"answer:{now.timestamp():.6f}"
    await work.deliveries.add(await standing_now(work, camp, [signup.member], why, now, here))


async def _check_room(work: UnitOfWork, camp: Camp, more: int) -> None:
    seats = (await room_of(work, camp)).seats
    if seats is None or more <= seats:
        return
    if seats <= 0:
        raise NotUnderstood(phrase("All seats are taken, so there is no room for more guests just now."))
    raise NotUnderstood(phrase("There is room for {number} more just now.", number=seats))


def _check_guests(guests: int) -> None:
    if not 0 <= guests <= MOST_GUESTS:
        raise NotUnderstood(phrase("You can bring up to {limit} guests.", limit=MOST_GUESTS))


def _names(names: Sequence[str]) -> tuple[str, ...]:
    read = [" ".join(clean(name).split())[:LONGEST_NAME] for name in names]
    return tuple(dict.fromkeys(name for name in read if name))
