"""The courier: claims what is due, sends the lanes side by side, and records a named end for each delivery.

Any number of couriers may run, in one process or many; the outbox gives no delivery to two of them.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import assert_never

from bot.deliveries.letters import Written, writers
from bot.deliveries.limits import Limits
from bot.deliveries.losses import Losses
from bot.deliveries.outbox import Claim, Outbox
from bot.deliveries.preparing import Preparation
from bot.deliveries.presence import Presence, says_nobody_there
from bot.deliveries.sending import Again, Arrived, Ended, NotMine, Outcome, Sending
from bot.deliveries.traces import trace_of
from bot.errors import StorageError
from bot.identity import WorkspaceId
from bot.metrics import UNMETERED, Meters
from bot.ports import Alarm, Chats, Clock, Units, WorkspaceDirectory
from bot.traces import tracing
from bot.words import Languages

_log = logging.getLogger(__name__)
_BUSY_PAUSE = 0.2  # seconds: something is due, but another process has its lane
_TOGETHER = 0.01  # seconds; what lands together is followed by one claim and not by several
_OTHERS_REST = 0.2  # seconds; a second question at each landing would cost as much as the sending
_ALARM_PATIENCE = 60.0  # seconds; only how often an alarm that never rings is asked again


class Courier:
    """Sends what the outbox holds. ``owner`` names this process among all that claim, differently after each start."""

    def __init__(
        self,
        outbox: Outbox,
        units: Units,
        directory: WorkspaceDirectory,
        chats: Chats,
        letters: Iterable[Written],
        languages: Languages,
        clock: Clock,
        alarm: Alarm,
        owner: str,
        limits: Limits | None = None,
        chance: Callable[[], float] = random.random,
        meters: Meters = UNMETERED,
    ) -> None:
        self._outbox = outbox
        self._clock = clock
        self._alarm = alarm
        self._owner = owner
        self._limits = limits or Limits()
        self._meters = meters
        table = tuple(letters)
        preparation = Preparation(units, directory, chats, writers(table), languages, clock)
        self._losses = Losses(units, table, clock)
        self._presence = Presence(units)
        self._sending = Sending(preparation, outbox, units, clock, self._limits, chance)
        self._in_the_air: dict[asyncio.Task[None], WorkspaceId] = {}
        self._others_rest_until = 0.0
        self._work = asyncio.Event()

    async def run_once(self) -> int:
        """Claims one batch and brings each of it to an outcome. Returns how many there were."""
        claims = await self._claim(self._limits.at_once)
        async with asyncio.TaskGroup() as together:
            for claim in claims:
                together.create_task(self._deliver(claim))
        return len(claims)

    async def sweep(self) -> int:
        """Brings back what a crash left, and ends what is too late. Returns how many rows changed."""
        swept = await self._outbox.sweep(self._clock.now())
        if swept:
            _log.info("Swept %d deliveries", swept)
            self._work.set()
        return swept

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until ``stop`` is set; then claims nothing more and finishes what is in the air, for some seconds."""
        listening = [asyncio.create_task(self._hear()), asyncio.create_task(self._hear_stop(stop))]
        try:
            while not stop.is_set():
                pause = await self._fill()
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause):
                        await self._work.wait()
                if self._in_the_air:
                    await asyncio.sleep(_TOGETHER)
            if self._in_the_air:
                await asyncio.wait(self._in_the_air, timeout=self._limits.stops_within.total_seconds())
        finally:
            await _cancel([*listening, *self._in_the_air])

    async def _fill(self) -> float:
        """Claims as much as there is room for. Returns how many seconds may pass before the next look."""
        self._work.clear()
        longest = self._limits.polls.total_seconds()
        room = self._limits.at_once - len(self._in_the_air)
        if room <= 0:
            return longest
        try:
            if await self._take(room):
                return longest
            due = await self._outbox.next_due()
        except StorageError as error:
            _log.warning("The outbox cannot be read: %s", type(error).__name__)
            return longest
        except Exception as error:  # noqa: BLE001 - the loop outlives whatever goes wrong in one turn
            _log.error("The courier stumbled: %s", trace_of(error))
            return longest
        if due is None:
            return longest
        return min(longest, max(_BUSY_PAUSE, (due - self._clock.now()).total_seconds()))

    async def _take(self, room: int) -> bool:
        """Takes what is due, the oldest first, but leaves places for other workspaces than one that has all the rest.
        Returns whether more may be due."""
        apart = min(self._limits.apart, self._limits.at_once - 1)
        for_anybody = room - apart
        if for_anybody > 0:
            claims = await self._claim(for_anybody)
            self._send(claims)
            if len(claims) < for_anybody:
                return False
        held = Counter(self._in_the_air.values())
        crowding = [workspace for workspace, places in held.items() if places >= self._limits.at_once - apart]
        left = min(room, apart)
        if left and not (crowding and self._others_rest()):
            claims = await self._claim(left, crowding)
            self._send(claims)
            if crowding and not claims:
                self._others_rest_until = asyncio.get_running_loop().time() + _OTHERS_REST
            elif len(claims) < left:
                return bool(crowding)
        # Of those that crowd there may be more, but no place is free for them before one has landed.
        return True

    def _others_rest(self) -> bool:
        """Whether the workspaces beside those that crowd had nothing due a moment ago."""
        return asyncio.get_running_loop().time() < self._others_rest_until

    def _send(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            sending = asyncio.create_task(self._deliver(claim))
            self._in_the_air[sending] = claim.workspace
            sending.add_done_callback(self._landed)

    async def _claim(self, limit: int, but_not: Collection[WorkspaceId] = ()) -> Sequence[Claim]:
        return await self._outbox.claim(self._owner, self._clock.now(), self._limits.lease, limit, but_not=but_not)

    async def _deliver(self, claim: Claim) -> None:
        with tracing(claim.delivery.trace):
            try:
                outcome = await self._sending.send(claim)
            except asyncio.CancelledError:
                # Stopped in the middle. Said now, so that nobody has to wait for the lease; it may have been sent.
                await self._keep(claim, Again(self._clock.now() + self._limits.settles, "stopped", doubt=True))
                raise
            await self._keep(claim, outcome)

    async def _keep(self, claim: Claim, outcome: Outcome) -> None:
        try:
            await self._record(claim, outcome)
        except StorageError as error:
            # The row says SENDING until its lease is over; then the platform is asked what became of it.
            _log.warning("Delivery %s: outcome not recorded: %s", claim.delivery.id, type(error).__name__)
        except Exception as error:  # noqa: BLE001 - as above: the lease brings it back
            _log.error("Delivery %s: outcome not recorded: %s", claim.delivery.id, trace_of(error))

    async def _record(self, claim: Claim, outcome: Outcome) -> None:
        now = self._clock.now()
        letter = claim.delivery.letter.code
        tell = _log.info
        match outcome:
            case Arrived(message, was_away):
                if was_away:
                    await self._presence.back(claim)
                await self._outbox.sent(claim, message, now, self._limits.rests(message.platform))
                self._meters.arrived(message.platform, _on_its_way(claim, now))
                kind = told = "sent"
            case Again(at, error, doubt, lane_rests_until):
                await self._outbox.later(claim, at, error, lane_rests_until=lane_rests_until, doubt=doubt)
                kind, told = "later", f"later, {error}"
                tell = _log.debug  # a platform that is away for ten minutes would be thousands of lines
            case Ended(state, error):
                # Both first: after a crash in between it is tried, and found out, once more.
                await self._losses.tell(claim, state, error)
                if says_nobody_there(claim, state, error):
                    await self._presence.away(claim, now)
                await self._outbox.ended(claim, state, error, now)
                kind, told = state.value, f"{state.value}, {error}"
            case NotMine():
                kind, told = "not_mine", "lease over"
            case _:
                assert_never(outcome)
        self._meters.delivered(letter, kind)
        tell("Delivery %s (%s): %s", claim.delivery.id, letter, told)

    def _landed(self, sending: asyncio.Task[None]) -> None:
        self._in_the_air.pop(sending, None)
        self._work.set()

    async def _hear(self) -> None:
        # One task that waits all the time, so that no ring is missed between two waits.
        while True:
            await self._alarm.wait(_ALARM_PATIENCE)
            self._others_rest_until = 0.0
            self._work.set()

    async def _hear_stop(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._work.set()


def _on_its_way(claim: Claim, now: datetime) -> float:
    """Seconds since it might have gone; of one that was tried before, since then."""
    delivery = claim.delivery
    wanted = max(delivery.not_before, delivery.created_at or delivery.not_before)
    return (now - min(wanted, delivery.first_tried_at or wanted)).total_seconds()


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
