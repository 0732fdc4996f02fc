"""Somebody whose account is gone: nobody waits for them, they are not drawn, and they are back with the next thing they do."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.deliveries.domain import Delivery, ToMember, ToPlace
from bot.errors import Refused
from bot.identity import Address
from bot.interactions import Arrival, Place, PlaceKind
from bot.introductions.domain import Answer, Intro, IntroState, Part
from bot.introductions.letters import LETTERS
from bot.introductions.outgoing import offer
from bot.members.domain import Member, WorkspaceOptions
from bot.members.recognising import recognised
from tests.bot.delivering import FAILED, SENT, House

TODAY = date(2026, 3, 3)


@pytest.fixture
async def house() -> House:
    return await House().open()


async def found(house: House, member: Member) -> Member:
    async with house.memory.units(house.workspace, reading=True) as work:
        there = await work.members.get(member.id)
    assert there is not None
    return there


@pytest.mark.parametrize("code", ["not_in_guild", "user_disabled", "unknown_user"])
async def test_who_is_not_there_any_more_is_not_drawn(house: House, code: str) -> None:
    bo = await house.member("Bo")
    hello = await house.write(ToMember(bo.id))
    house.chat.fail(Refused(code), verb="post")
    await house.courier().run_once()
    assert await house.ended(hello) == (FAILED, f"Refused {code}")
    away = await found(house, bo)
    assert away.away_since == house.clock.now()
    assert bo.takes_part(TODAY)
    assert not away.takes_part(TODAY)


async def test_the_first_time_counts_and_a_message_that_arrives_ends_it(house: House) -> None:
    bo = await house.member("Bo")
    first = house.clock.now()
    for _ in range(2):
        await house.write(ToMember(bo.id))
        house.chat.fail(Refused("not_in_guild"), verb="post")
        await house.courier().run_once()
        house.clock.advance(days=1)
    assert (await found(house, bo)).away_since == first
    hello = await house.write(ToMember(bo.id))
    await house.courier().run_once()
    assert (await house.ended(hello))[0] is SENT
    assert (await found(house, bo)).away_since is None


@pytest.mark.parametrize("code", ["cannot_dm", "missing_scope"])
async def test_who_only_takes_no_messages_is_still_there(house: House, code: str) -> None:
    bo = await house.member("Bo")
    await house.write(ToMember(bo.id))
    house.chat.fail(Refused(code), verb="post")
    await house.courier().run_once()
    assert (await found(house, bo)).away_since is None


async def test_a_place_that_is_gone_is_nobody(house: House) -> None:
    post = await house.write(ToPlace(Address("web", "channel:9")))
    house.chat.fail(Refused("not_in_guild"), verb="post")
    await house.courier().run_once()
    assert (await house.ended(post))[0] is FAILED


async def test_what_they_do_next_brings_them_back(house: House) -> None:
    bo = await house.member("Bo", away_since=house.clock.now())
    pressed = Arrival(
        "1", house.workspace, bo.accounts[0], Place(Address("web", "direct:1"), PlaceKind.DIRECT), "Bo", "da"
    )
    async with house.memory.units(house.workspace) as work:
        back = await recognised(work, pressed, frozenset(), {}, house.clock.now())
        await work.commit()
    assert back.id == bo.id
    assert (await found(house, bo)).away_since is None


async def test_nobody_waits_for_them(house: House) -> None:
    house.letters = (*house.letters, *LETTERS)
    house.workspace = (await house.memory.directory.ensure("team:T1", "Academy", WorkspaceOptions())).id
    anna, bo = (
        await house.member("Anna"),
        await house.member("Bo", organisation="Kirkens Korshær", sector="civil_society"),
    )
    waits = await offered(house, (anna, Answer.NONE), (bo, Answer.NONE))
    answered = await offered(house, (anna, Answer.NONE), (bo, Answer.YES))
    await send(house, offer(waits, anna.id, house.clock.now()))
    house.chat.fail(Refused("user_not_found"), verb="post")
    await send(house, offer(waits, bo.id, house.clock.now()))
    house.clock.advance(seconds=2)
    await house.courier().run_once()

    assert [await state_of(house, one) for one in (waits, answered)] == [IntroState.LAPSED, IntroState.OFFERED]
    [card] = house.chat.said_to(anna.accounts[0])
    assert card.notice == "Det blev ikke til en introduktion denne gang"


async def offered(house: House, *people: tuple[Member, Answer]) -> Intro:
    intro = await house.intro(*(one for one, _ in people), state=IntroState.OFFERED)
    parts = tuple(Part(one.id, answer) for one, answer in people)
    changed = replace(intro, parts=parts, answer_until=house.clock.now() + timedelta(days=6))
    async with house.memory.units(house.workspace) as work:
        await work.rounds.put_intro(changed)
        await work.commit()
    return changed


async def send(house: House, delivery: Delivery) -> None:
    async with house.memory.units(house.workspace) as work:
        await work.deliveries.add([delivery])
        await work.commit()
    await house.courier().run_once()


async def state_of(house: House, intro: Intro) -> IntroState:
    async with house.memory.units(house.workspace, reading=True) as work:
        there = await work.rounds.intro(intro.id)
    assert there is not None
    return there.state
