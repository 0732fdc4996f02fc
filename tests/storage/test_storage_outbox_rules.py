"""Whatever happens in whatever order, the outbox in rows does what the simple one in memory does."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as some

from bot.deliveries.domain import Delivery, DeliveryState, Letter, LetterTable
from bot.deliveries.outbox import Claim
from bot.identity import Address, WorkspaceId
from tests import databases
from tests.databases import Storage
from tests.storage_values import NOW, a_delivery

LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Write:
    """Some deliveries, each ``(lane, seconds to wait, seconds until too late)``; the last ones may be written first."""

    plans: tuple[tuple[int, int, int | None], ...]
    backwards: bool


@dataclass(frozen=True, slots=True)
class Pass:
    seconds: int


@dataclass(frozen=True, slots=True)
class Take:
    pass


@dataclass(frozen=True, slots=True)
class Sent:
    which: int
    rest: int


@dataclass(frozen=True, slots=True)
class Later:
    which: int
    wait: int
    rest: int | None
    doubt: bool


@dataclass(frozen=True, slots=True)
class Ended:
    which: int
    state: DeliveryState


@dataclass(frozen=True, slots=True)
class Cancel:
    which: int


@dataclass(frozen=True, slots=True)
class Sweep:
    pass


@dataclass(frozen=True, slots=True)
class Freeze:
    pass


@dataclass(frozen=True, slots=True)
class Thaw:
    pass


Step: TypeAlias = Write | Pass | Take | Sent | Later | Ended | Cancel | Sweep | Freeze | Thaw

seconds = some.integers(0, 120)
which = some.integers(0, 30)
ends = some.sampled_from([DeliveryState.FAILED, DeliveryState.DOUBTFUL, DeliveryState.CANCELLED])
plans = some.tuples(some.integers(0, 2), seconds, some.none() | seconds)
steps = some.one_of(
    some.builds(Write, some.lists(plans, min_size=1, max_size=4).map(tuple), some.booleans()),
    some.builds(Pass, seconds),
    some.just(Take()),
    some.builds(Sent, which, seconds),
    some.builds(Later, which, seconds, some.none() | seconds, some.booleans()),
    some.builds(Ended, which, ends),
    some.builds(Cancel, which),
    some.just(Sweep()),
    some.just(Freeze()),
    some.just(Thaw()),
)


@dataclass(slots=True)
class Play:
    """One storage in which the steps are played; what it tells after each of them is compared."""

    storage: Storage
    workspace: WorkspaceId
    claims: list[Claim]

    async def told(self, step: Step, now: datetime, written: Sequence[Delivery]) -> object:
        outcome = await self._play(step, now, written)
        async with self.storage.units(self.workspace) as work:
            found = [await work.deliveries.get(delivery.id) for delivery in written]
        return outcome, found, await self.storage.outbox.next_due()

    async def _play(self, step: Step, now: datetime, written: Sequence[Delivery]) -> object:
        outbox = self.storage.outbox
        match step:
            case Write(plans, backwards):
                fresh = list(written[-len(plans) :])
                async with self.storage.units(self.workspace) as work:
                    count = await work.deliveries.add(fresh[::-1] if backwards else fresh)
                    await work.commit()
                return count
            case Take():
                taken = sorted(await outbox.claim("one", now, LEASE, 100), key=lambda claim: claim.delivery.id)
                self.claims.extend(taken)
                return [(claim.delivery, claim.lease_until, claim.seen_before) for claim in taken]
            case Cancel(which):
                async with self.storage.units(self.workspace) as work:
                    count = await work.deliveries.cancel([delivery.key for delivery in written[which : which + 1]])
                    await work.commit()
                return count
            case Sweep():
                return await outbox.sweep(now)
            case Freeze() | Thaw():
                directory = self.storage.directory
                freezes = isinstance(step, Freeze)
                return await (directory.freeze(self.workspace, now) if freezes else directory.thaw(self.workspace))
            case Sent(which, pause):
                return await self._with(
                    which, now, lambda claim: outbox.sent(claim, Address("web", "m"), now, timedelta(seconds=pause))
                )
            case Later(which, wait, rest, doubt):
                until = None if rest is None else now + timedelta(seconds=rest)
                return await self._with(
                    which,
                    now,
                    lambda claim: outbox.later(
                        claim, now + timedelta(seconds=wait), "later", lane_rests_until=until, doubt=doubt
                    ),
                )
            case Ended(which, state):
                return await self._with(which, now, lambda claim: outbox.ended(claim, state, "ended", now))
            case _:
                return None

    async def _with(self, which: int, now: datetime, act: Callable[[Claim], Awaitable[None]]) -> bool | None:
        if not self.claims:
            return None
        claim = self.claims[which % len(self.claims)]
        mine = await self.storage.outbox.still_mine(claim, now)
        await act(claim)
        return mine


async def compare(todo: Sequence[Step], file: Path, letters: LetterTable, greeting: Callable[[], Letter]) -> None:
    now = NOW
    written: list[Delivery] = []
    memory = databases.in_memory()
    async with databases.opened(databases.sqlite_url(file), letters) as rows:
        plays = [Play(storage, await storage.workspace(), []) for storage in (memory, rows)]
        for step in todo:
            match step:
                case Pass(passed):
                    now += timedelta(seconds=passed)
                case Write(plans):
                    written += [
                        a_delivery(
                            greeting(),
                            f"lane {lane}",
                            not_before=now + timedelta(seconds=wait),
                            not_after=None if end is None else now + timedelta(seconds=end),
                        )
                        for lane, wait, end in plans
                    ]
                case _:
                    pass
            expected, told = [await play.told(step, now, written) for play in plays]
            assert told == expected, step
            await one_at_a_time(plays[1])


async def one_at_a_time(play: Play) -> None:
    async with play.storage.units(play.workspace) as work:
        sending = await work.deliveries.in_states([DeliveryState.SENDING])
        lanes = [delivery.lane for delivery in sending]
        assert len(lanes) == len(set(lanes))


@settings(max_examples=40, deadline=None)
@given(todo=some.lists(steps, min_size=3, max_size=25))
def test_rows_and_memory_tell_the_same_after_every_step(
    todo: list[Step], sqlite_template: Path, letters_of_tests: tuple[LetterTable, Callable[[], Letter]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "brobygger.db"
        databases.copy_sqlite(sqlite_template, file)
        asyncio.run(compare(todo, file, *letters_of_tests))
