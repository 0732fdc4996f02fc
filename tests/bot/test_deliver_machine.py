"""Whatever happens, in whatever order: no delivery is lost, none is doubled where the platform can tell, lanes keep their
order, and each comes to a named end. Hypothesis looks for a sequence of crashes, faults and time that breaks this."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.deliveries.outbox import Claim
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater
from bot.identity import Address
from bot.messages.elements import Card
from bot.ports import Clock
from tests.bot.delivering import CANCELLED, DOUBTFUL, FAILED, SENT, House
from tests.fake_chat import FakeChat
from tests.fake_outbox import MemoryOutbox
from tests.fakes import Memory

T = TypeVar("T")
LANES = ("a", "b", "c")
ENDS = {SENT, FAILED, DOUBTFUL, CANCELLED}
NOT_STORED = (TryLater("busy"), TryLater("ratelimited", 7), Refused("closed"), Gone("archived"))


class PowerCut(BaseException):
    """The machine stops here; nothing below gets to clean up anything in the database."""


class Plug:
    """Pulled at one of the moments at which it matters."""

    def __init__(self) -> None:
        self.pulled_at = ""

    def at(self, moment: str) -> None:
        if self.pulled_at == moment:
            self.pulled_at = ""
            raise PowerCut(moment)


class PluggedChat(FakeChat):
    """A platform that posts everything it is told to, twice as well."""

    def __init__(self, clock: Clock, plug: Plug) -> None:
        super().__init__(clock, doubles=True)
        self.plug = plug
        self.bugs = 0

    async def post(self, to: Address, card: Card, key: str) -> Address:
        self.plug.at("before posting")
        address = await super().post(to, card, key)
        self.plug.at("after posting")
        if self.bugs:
            self.bugs -= 1
            raise KeyError("the platform answered something new")
        return address


class PluggedOutbox(MemoryOutbox):
    def __init__(self, memory: Memory, plug: Plug) -> None:
        super().__init__(memory)
        self.plug = plug

    async def still_mine(self, claim: Claim, now: Any) -> bool:
        self.plug.at("after claiming")
        return await super().still_mine(claim, now)

    async def sent(self, claim: Claim, message: Address | None, now: Any, lane_rests: timedelta) -> None:
        self.plug.at("before recording")
        await super().sent(claim, message, now, lane_rests)
        self.plug.at("after recording")


class Delivering(RuleBasedStateMachine):
    """One workspace, three lanes, and couriers that come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.house = House()
        self.do(self.house.open())
        self.plug = Plug()
        self.platform = PluggedChat(self.house.clock, self.plug)
        self.house.speaks_through(self.platform)
        self.house.outbox = PluggedOutbox(self.house.memory, self.plug)
        self.courier = self.house.courier("0")
        self.starts = 0
        self.posted: list[Delivery] = []
        self.edited: list[Delivery] = []
        self.could_not_tell = False

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @rule(lane=st.sampled_from(LANES), number=st.integers(1, 3))
    def something_is_decided(self, lane: str, number: int) -> None:
        for _ in range(number):
            place = ToPlace(Address("web", lane))
            self.posted.append(self.do(self.house.write(place, lane=lane)))

    @precondition(lambda self: self.posted)
    @rule(data=st.data(), same_lane=st.booleans())
    def something_is_revised(self, data: st.DataObject, same_lane: bool) -> None:
        earlier = data.draw(st.sampled_from(self.posted))
        lane = earlier.lane if same_lane else "another"
        self.edited.append(self.do(self.house.write(earlier.target, lane=lane, revises=earlier.id)))

    @rule(error=st.sampled_from(NOT_STORED), verb=st.sampled_from(["post", "edit"]))
    def the_platform_will_say_no(self, error: ChatError, verb: str) -> None:
        self.platform.fail(error, verb=verb)

    @rule(arrived=st.booleans(), verb=st.sampled_from(["post", "edit"]))
    def an_answer_will_be_lost(self, arrived: bool, verb: str) -> None:
        self.platform.fail(Doubtful("connection lost"), after_storing=arrived, verb=verb)

    @rule(can_it_tell=st.booleans())
    def a_question_will_not_be_answered(self, can_it_tell: bool) -> None:
        self.could_not_tell |= not can_it_tell
        self.platform.fail(TryLater("busy") if can_it_tell else Doubtful("no history"), verb="find")

    @rule()
    def the_adapter_will_not_understand(self) -> None:
        self.platform.bugs += 1

    @rule(
        moment=st.sampled_from(
            ["after claiming", "before posting", "after posting", "before recording", "after recording"]
        )
    )
    def the_power_will_go(self, moment: str) -> None:
        self.plug.pulled_at = moment

    @rule()
    def the_courier_works(self) -> None:
        try:
            self.do(self.courier.run_once())
        except* PowerCut:
            self.starts += 1
            self.courier = self.house.courier(str(self.starts))

    @rule()
    def another_courier_works_too(self) -> None:
        other = self.house.courier("other")

        async def both() -> None:
            await asyncio.gather(self.courier.run_once(), other.run_once())

        if not self.plug.pulled_at:
            self.do(both())

    @rule()
    def the_sweeper_comes_by(self) -> None:
        self.do(self.courier.sweep())

    @rule(seconds=st.sampled_from([0.4, 3, 59, 61, 200]))
    def time_goes_by(self, seconds: float) -> None:
        self.house.clock.advance(seconds=seconds)

    @invariant()
    def nothing_is_doubled(self) -> None:
        for delivery in self.posted:
            assert self.platform.copies(str(delivery.id)) <= 1

    @invariant()
    def each_lane_keeps_its_order(self) -> None:
        for lane in LANES:
            keys = [post.key for post in self.platform.posts if post.to.value == lane]
            assert keys == sorted(keys)

    def teardown(self) -> None:
        self.plug.pulled_at = ""
        self.platform.faults.clear()
        self.platform.bugs = 0
        for _ in range(60 + 3 * (len(self.posted) + len(self.edited))):
            self.do(self.courier.sweep())
            self.do(self.courier.run_once())
            self.house.clock.advance(seconds=61)
        self.nothing_is_doubled()
        self.each_lane_keeps_its_order()
        for delivery in self.posted:
            state, _ = self.do(self.house.ended(delivery))
            self.is_a_named_end(delivery, state)
        for delivery in self.edited:
            assert self.do(self.house.ended(delivery))[0] in ENDS
        self.runner.close()

    def is_a_named_end(self, delivery: Delivery, state: DeliveryState) -> None:
        copies = self.platform.copies(str(delivery.id))
        match state:
            case DeliveryState.SENT:
                assert copies == 1
                message = self.do(self.house.now_is(delivery)).message
                assert [post.address for post in self.platform.posts if post.key == str(delivery.id)] == [message]
            case DeliveryState.FAILED | DeliveryState.CANCELLED:
                assert copies == 0
            case DeliveryState.DOUBTFUL:
                assert self.could_not_tell
            case _:
                raise AssertionError(f"no end: {state}")


Delivering.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestDelivering = Delivering.TestCase
