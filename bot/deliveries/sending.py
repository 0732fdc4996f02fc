"""One try to deliver: asks first where an earlier try ended in doubt, then posts or edits, and says what came of it.

No unit of work is open while a platform is spoken to. What a platform does not answer within its time may have happened;
so the delivery goes back as doubted, and the next try asks before it posts.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar, assert_never

from bot.deliveries.domain import DeliveryState, IfInDoubt
from bot.deliveries.limits import Limits
from bot.deliveries.outbox import Claim, Outbox
from bot.deliveries.preparing import (
    Drop,
    Gather,
    Hold,
    IntroduceApart,
    OpenRoom,
    Post,
    Preparation,
    Prepared,
    Revise,
    Unreachable,
    who_may_meet,
)
from bot.deliveries.traces import trace_of
from bot.errors import ChatError, Doubtful, Gone, Refused, StorageError, TryLater
from bot.identity import Address, IntroId, MemberId, WorkspaceId
from bot.introductions.life import opened
from bot.introductions.outgoing import introduce_apart, room_is_there
from bot.introductions.reaching import ROOM_LINK
from bot.ports import Clock, Units

_log = logging.getLogger(__name__)
_UNEXPECTED = "unexpected "
_CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")
# The platform's clock may go a little behind ours.
_CLOCKS_DIFFER = timedelta(minutes=1)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Arrived:
    """The message is there. ``was_away``: and so is its reader, who was not the last time."""

    message: Address
    was_away: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """Not yet. ``lane_rests_until``: what the platform asked for; ``doubt``: it may have arrived all the same."""

    at: datetime
    error: str
    doubt: bool
    lane_rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """It will not arrive, or nobody can tell whether it did."""

    state: DeliveryState
    error: str


@dataclass(frozen=True, slots=True)
class NotMine:
    """The lease is over, or too nearly over to post; whoever has the delivery next asks first."""


Outcome: TypeAlias = Arrived | Again | Ended | NotMine


@dataclass(slots=True)
class _Try:
    """A claim with what is known by now: whether its message may be there already."""

    claim: Claim
    doubt: bool


class Sending:
    """Brings one claimed delivery to its outcome. Raises nothing of its own; the outcome is still to be recorded."""

    def __init__(
        self,
        preparation: Preparation,
        outbox: Outbox,
        units: Units,
        clock: Clock,
        limits: Limits,
        chance: Callable[[], float],
    ) -> None:
        self._preparation = preparation
        self._outbox = outbox
        self._units = units
        self._clock = clock
        self._limits = limits
        self._chance = chance

    async def send(self, claim: Claim) -> Outcome:
        """One try, whatever happens in it."""
        now = _Try(claim, claim.seen_before)
        try:
            return await self._attempt(now)
        except (TryLater, Doubtful) as error:
            return self._again(now, _told(error), error.after)
        except (Refused, Gone) as error:
            return self._failed(now, _told(error))
        except (TimeoutError, StorageError) as error:
            return self._again(now, _told(error))
        except Exception as error:  # noqa: BLE001 - one delivery's trouble must not stop the others
            return self._unexpected(now, error)

    async def _attempt(self, now: _Try) -> Outcome:
        prepared = await self._ready(now.claim)
        match prepared:
            case Post():
                return await self._post(now, prepared)
            case Revise():
                return await self._revise(now, prepared)
            case Gather():
                return await self._gather(now, prepared)
            case Hold(reason):
                return self._again(now, reason)
            case Drop(reason):
                return Ended(DeliveryState.CANCELLED, reason)
            case Unreachable(reason):
                return Ended(DeliveryState.FAILED, reason)
            case OpenRoom() | IntroduceApart():
                return self._again(now, "room_not_kept")
            case NotMine():
                return prepared
            case _:
                assert_never(prepared)

    async def _ready(self, claim: Claim) -> Prepared | NotMine:
        """What is to be done, with the room for it where one is still to be opened."""
        prepared = await self._preparation.prepare(claim)
        if isinstance(prepared, OpenRoom):
            if not await self._still_mine(claim):
                return NotMine()
            prepared = await self._with_room(claim, prepared)
        if isinstance(prepared, IntroduceApart):
            prepared = await self._apart(claim, prepared)
        return prepared

    async def _post(self, now: _Try, post: Post) -> Outcome:
        to = post.to if isinstance(post.to, Address) else await self._call(post.chat.direct(post.to))
        if now.doubt:
            asked = await self._ask(now, post, to)
            if asked is not None:
                return asked
        if post.card is None:
            ended = DeliveryState.DOUBTFUL if now.doubt else DeliveryState.CANCELLED
            return Ended(ended, "nothing_to_say")
        if self._is_late(now.claim):
            return self._failed(now, "too_late")
        if not await self._still_mine(now.claim):
            return NotMine()
        doubted = now.doubt
        now.doubt = True  # from here on a failure may be a lost answer
        try:
            key = _key(now.claim)
            if post.file is None:
                return Arrived(await self._call(post.chat.post(to, post.card, key)), post.was_away)
            return Arrived(await self._call(post.chat.hand(to, post.card, post.file, key)), post.was_away)
        except (TryLater, Refused, Gone):
            now.doubt = doubted  # these say that nothing was stored
            raise

    async def _ask(self, now: _Try, post: Post, to: Address) -> Outcome | None:
        """Looks for the message of an earlier try. None: it is to be posted."""
        since = (now.claim.delivery.first_tried_at or self._clock.now()) - _CLOCKS_DIFFER
        try:
            found = await self._call(post.chat.find(to, _key(now.claim), since))
        except (Doubtful, Refused):
            if now.claim.delivery.if_in_doubt is IfInDoubt.SEND_AGAIN:
                return None
            return Ended(DeliveryState.DOUBTFUL, "platform_cannot_tell")
        if found is not None:
            return Arrived(found, post.was_away)
        now.doubt = False
        return None

    async def _revise(self, now: _Try, revise: Revise) -> Outcome:
        now.doubt = False  # the same edit twice is harmless
        if self._is_late(now.claim):
            return self._failed(now, "too_late")
        if not await self._still_mine(now.claim):
            return NotMine()
        try:
            await self._call(revise.chat.edit(revise.message, revise.card))
            if revise.room is not None:
                await self._call(revise.chat.rename_room(revise.room, revise.title))
        except Gone:
            return Ended(DeliveryState.CANCELLED, "Gone")
        return Arrived(revise.message)

    async def _gather(self, now: _Try, gather: Gather) -> Outcome:
        now.doubt = False  # the calendar itself looks whether an earlier try came through
        if self._is_late(now.claim):
            return self._failed(now, "too_late")
        if not await self._still_mine(now.claim):
            return NotMine()
        try:
            event = await self._call(gather.calendar.gather(gather.gathering))
        except Gone as error:
            return Ended(DeliveryState.CANCELLED, _told(error))
        return Ended(DeliveryState.CANCELLED, "nothing_to_say") if event is None else Arrived(event)

    async def _with_room(self, claim: Claim, planned: OpenRoom) -> Prepared:
        """Opens the room and keeps it. Who left or said no in between gets no message: all is read anew."""
        room = await self._call(planned.chat.open_room(planned.accounts, planned.title, str(planned.intro.id)))
        await self._keep(claim.workspace, planned.intro.id, room, planned.apart, planned.chat.room_link(room))
        return await self._preparation.prepare(claim)

    async def _apart(self, claim: Claim, planned: IntroduceApart) -> Prepared:
        """Contact cards in the room's place, written down in one step; of this delivery itself nothing comes."""
        await self._keep(claim.workspace, planned.intro.id, None, planned.intro.members())
        return await self._preparation.prepare(claim)

    async def _keep(
        self,
        workspace: WorkspaceId,
        intro: IntroId,
        room: Address | None,
        apart: Sequence[MemberId],
        link: str = "",
    ) -> None:
        async with self._units(workspace) as work:
            found = await work.rounds.intro(intro, for_change=True)
            if found is None or found.room is not None or await who_may_meet(work, found) is None:
                return
            now = self._clock.now()
            there = opened(found, room, now)
            await work.rounds.put_intro(there)
            if room is not None and link:
                await work.landmarks.put(room.platform, ROOM_LINK, str(intro), link, now)
            await introduce_apart(work, there, apart, now)
            await room_is_there(work, there, [one for one in found.members() if one not in apart], now)
            await work.commit()

    async def _still_mine(self, claim: Claim) -> bool:
        """Whether the lease holds for as long as the next call may take."""
        return await self._outbox.still_mine(claim, self._clock.now() + self._limits.call)

    async def _call(self, answer: Awaitable[T]) -> T:
        """What a platform answers in its time. Raises TimeoutError after that."""
        async with asyncio.timeout(self._limits.call.total_seconds()):
            return await answer

    def _is_late(self, claim: Claim) -> bool:
        not_after = claim.delivery.not_after
        return not_after is not None and not_after <= self._clock.now()

    def _again(self, now: _Try, error: str, after: float | None = None) -> Again | Ended:
        at = self._clock.now()
        delivery = now.claim.delivery
        if at - (delivery.first_tried_at or at) >= self._limits.gives_up_after:
            return self._failed(now, error)
        if after is None:
            pause, rests_until = self._limits.pause(delivery.attempts, self._chance()), None
        else:
            pause = timedelta(seconds=max(0.0, after))
            rests_until = at + pause
        if now.doubt:
            pause = max(pause, self._limits.settles)
        return Again(at + pause, error, now.doubt, rests_until)

    def _failed(self, now: _Try, error: str) -> Ended:
        return Ended(DeliveryState.DOUBTFUL if now.doubt else DeliveryState.FAILED, error)

    def _unexpected(self, now: _Try, error: Exception) -> Outcome:
        delivery = now.claim.delivery
        _log.error("Delivery %s (%s): unexpected %s", delivery.id, delivery.letter.code, trace_of(error))
        told = _UNEXPECTED + type(error).__name__
        if delivery.attempts >= self._limits.tries and delivery.error.startswith(_UNEXPECTED):
            return self._failed(now, told)
        return self._again(now, told)


def _told(error: Exception) -> str:
    """The kind of error, and the platform's own code for it where it gave one: that is what an organiser is told by.
    Anything else that it says stays here."""
    kind = type(error).__name__
    return f"{kind} {error}" if isinstance(error, ChatError) and _CODE.fullmatch(str(error)) else kind


def _key(claim: Claim) -> str:
    """What marks the message on its platform: 36 characters, the same in every try."""
    return str(claim.delivery.id)
