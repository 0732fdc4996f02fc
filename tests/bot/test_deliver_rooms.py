"""Rooms: opened once, for those who still want it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.deliveries.domain import DeliveryState, ToIntroRoom, ToMember
from bot.deliveries.letters import Reading, written
from bot.deliveries.outbox import Claim
from bot.errors import Doubtful, TryLater, Unavailable
from bot.identity import Account, Address, IntroId, new_id
from bot.introductions.domain import Intro, IntroState
from bot.members.domain import Block, Consent
from bot.messages.elements import Card
from tests.bot.delivering import CANCELLED, SENT, WAITING, Hello, House
from tests.fake_chat import FakeChat
from tests.fake_outbox import MemoryOutbox


@pytest.fixture
async def house() -> House:
    return await House().open()


async def test_a_room_is_opened_kept_and_spoken_in(house: House) -> None:
    anna, bo = await house.member("Anna"), await house.member("Bo")
    intro = await house.intro(anna, bo)
    first = await house.write(ToIntroRoom(intro.id), lane="a")
    second = await house.write(ToIntroRoom(intro.id), lane="a")
    await house.courier().run_once()
    await house.courier().run_once()

    [room] = house.chat.rooms
    assert (room.accounts, room.title, room.key) == ((anna.accounts[0], bo.accounts[0]), "Anna og Bo", str(intro.id))
    assert len(house.chat.said_in(room.address)) == 2
    assert [(await house.ended(one))[0] for one in (first, second)] == [SENT, SENT]
    async with house.memory.units(house.workspace, reading=True) as work:
        kept = await work.rounds.intro(intro.id)
    assert kept is not None
    assert (kept.state, kept.room, kept.opened_at) == (IntroState.OPENED, room.address, house.clock.now())


async def test_a_room_whose_answer_was_lost_is_the_same_room_again(house: House) -> None:
    intro = await house.intro(await house.member("Anna"), await house.member("Bo"))
    delivery = await house.write(ToIntroRoom(intro.id))
    house.chat.fail(Doubtful("lost"), after_storing=True, verb="open_room")
    await house.courier().run_once()
    house.clock.advance(seconds=3)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert len(house.chat.rooms) == len(house.chat.posts) == 1


async def test_nobody_is_brought_together_who_does_not_want_it_any_more(house: House) -> None:
    anna, bo = await house.member("Anna"), await house.member("Bo")
    carl, never = await house.member("Carl"), await house.member("Dorte", consent=Consent.NEVER)
    async with house.memory.units(house.workspace) as work:
        await work.members.block(Block(carl.id, anna.id, house.clock.now()))
        await work.members.forget(bo.id, house.clock.now())
        await work.commit()
    eva = await house.member("Eva")
    intros = [
        await house.intro(anna, bo),
        await house.intro(anna, carl),
        await house.intro(anna, never),
        await house.intro(anna, eva, state=IntroState.LAPSED),
    ]
    deliveries = [await house.write(ToIntroRoom(intro.id)) for intro in intros]
    deliveries.append(await house.write(ToIntroRoom(IntroId(new_id()))))
    await house.courier().run_once()
    assert [await house.ended(one) for one in deliveries] == [(CANCELLED, "intro_over")] * 5
    assert house.chat.rooms == []


async def test_who_leaves_while_the_room_opens_gets_no_message_there(house: House) -> None:
    anna, bo = await house.member("Anna"), await house.member("Bo")
    intro = await house.intro(anna, bo)
    delivery = await house.write(ToIntroRoom(intro.id))

    class Slow(FakeChat):
        async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
            async with house.memory.units(house.workspace) as work:
                await work.members.forget(bo.id, house.clock.now())
                await work.commit()
            return await super().open_room(accounts, title, key)

    slow = Slow(house.clock)
    house.speaks_through(slow)
    await house.courier().run_once()
    assert await house.ended(delivery) == (CANCELLED, "intro_over")
    assert slow.posts == []


async def test_a_room_that_somebody_else_has_kept_meanwhile_is_the_one(house: House) -> None:
    intro = await house.intro(await house.member("Anna"), await house.member("Bo"))
    delivery = await house.write(ToIntroRoom(intro.id))
    elsewhere = Address("web", "room:other")

    class Slow(FakeChat):
        async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
            async with house.memory.units(house.workspace) as work:
                await work.rounds.put_intro(replace(intro, state=IntroState.OPENED, room=elsewhere))
                await work.commit()
            return await super().open_room(accounts, title, key)

    slow = Slow(house.clock)
    house.speaks_through(slow)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is SENT
    assert [post.to for post in slow.posts] == [elsewhere]


async def test_a_room_that_is_not_kept_is_tried_again(house: House) -> None:
    anna, bo = await house.member("Anna"), await house.member("Bo")
    intro = await house.intro(anna, bo)
    delivery = await house.write(ToIntroRoom(intro.id))
    lapsed = replace(intro, state=IntroState.LAPSED)

    async def put(one: Intro) -> None:
        async with house.memory.units(house.workspace) as work:
            await work.rounds.put_intro(one)
            await work.commit()

    class Slow(FakeChat):
        async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
            await put(lapsed)
            return await super().open_room(accounts, title, key)

    async def restored(reading: Reading, letter: Hello) -> Card | None:
        await put(intro)
        return Card("hello", ())

    house.letters = (written(Hello, restored),)
    house.speaks_through(Slow(house.clock))
    await house.courier().run_once()
    assert await house.ended(delivery) == (WAITING, "room_not_kept")


async def test_a_room_needs_a_platform_that_all_of_them_have(house: House) -> None:
    anna = await house.member("Anna", accounts=(Account("discord", "1"), Account("web", "Anna")))
    bo = await house.member("Bo", accounts=(Account("discord", "2"),))
    intro = await house.intro(anna, bo)
    delivery = await house.write(ToIntroRoom(intro.id))
    await house.courier().run_once()
    assert await house.ended(delivery) == (CANCELLED, "introduced_apart")


async def test_nothing_to_say_in_a_room_that_is_not_open(house: House) -> None:
    intro = await house.intro(await house.member("Anna"), await house.member("Bo"))
    delivery = await house.write(ToIntroRoom(intro.id))
    house.chat.fail(TryLater("busy"), verb="open_room")
    await house.memory.outbox.claim("crashed", house.clock.now(), timedelta(seconds=60), 9)
    house.clock.advance(seconds=61)
    await house.courier().sweep()
    house.says = None
    await house.courier().run_once()
    assert await house.ended(delivery) == (CANCELLED, "nothing_to_say")
    assert house.chat.rooms == []


class Lost(MemoryOutbox):
    """An outbox whose process dies before it can write down how a delivery ended."""

    async def ended(self, claim: Claim, state: DeliveryState, error: str, now: datetime) -> None:
        del claim, state, error, now
        raise Unavailable("gone")


async def test_contact_cards_are_written_once_whatever_dies_in_between(house: House) -> None:
    anna = await house.member("Anna")
    bo = await house.member("Bo", accounts=(Account("discord", "2"),))
    intro = await house.intro(anna, bo)
    delivery = await house.write(ToIntroRoom(intro.id))
    house.outbox = Lost(house.memory)
    await house.courier().run_once()
    house.outbox = house.memory.outbox
    house.clock.advance(seconds=61)
    await house.courier("two").sweep()
    await house.courier("two").run_once()
    assert await house.ended(delivery) == (CANCELLED, "introduced_apart")
    async with house.memory.units(house.workspace, reading=True) as work:
        kept = await work.rounds.intro(intro.id)
        cards = [
            one.target for one in await work.deliveries.in_states(list(DeliveryState)) if one.key.startswith("contact:")
        ]
    assert kept is not None
    assert (kept.state, kept.room) == (IntroState.OPENED, None)
    assert sorted(cards, key=str) == sorted((ToMember(anna.id), ToMember(bo.id)), key=str)


async def test_who_left_before_the_cards_were_written_gets_and_causes_none(house: House) -> None:
    anna = await house.member("Anna")
    bo = await house.member("Bo", accounts=(Account("discord", "2"),))
    intro = await house.intro(anna, bo)
    delivery = await house.write(ToIntroRoom(intro.id))

    async def leaving(reading: Reading, letter: Hello) -> Card | None:
        del letter, reading
        async with house.memory.units(house.workspace) as work:
            await work.rounds.put_intro(replace(intro, state=IntroState.LAPSED))
            await work.commit()
        return Card("hello", ())

    house.letters = (written(Hello, leaving),)
    await house.courier().run_once()
    assert (await house.ended(delivery))[0] is CANCELLED
    async with house.memory.units(house.workspace, reading=True) as work:
        keys = [one.key for one in await work.deliveries.in_states(list(DeliveryState))]
    assert not [key for key in keys if key.startswith("contact:")]
