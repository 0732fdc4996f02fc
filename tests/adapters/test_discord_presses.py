"""Buttons and menus on Discord: what a press changes, and for whom; questions before a press; old buttons."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace

import pytest

from adapters.discord.spots import spot_address, user_address
from bot.messages.elements import Card, Paragraph
from bot.messages.replies import Private, Public, Replace
from bot.messages.text import plain
from bot.words import Languages
from tests.adapters.discord_academy import HASTY, DiscordHouse, member_of, opened_house
from tests.adapters.discord_tables import letter
from tests.adapters.slack_tables import bell, said
from tests.emulators.discord_faults import Delivery, Fault

CALLBACK = "POST /interactions/{interaction}/{token}/callback"


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        yield found
        await found.settled()
        assert found.discord.problems == []


async def test_a_press_changes_the_card_for_everybody_in_one_call(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.bo.until_sees("The bell rang 0 times")
    await house.bo.presses("Ring the bell")
    await house.anna.until_sees("The bell rang 1 times")
    assert len(house.discord.called(CALLBACK)) == 2
    assert len(house.anna.reads(house.general)) == 1


async def test_an_answer_for_her_alone_stands_beside_the_card(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.bo.until_sees("The bell rang 0 times")
    await house.bo.presses("Whisper to me")
    await house.bo.until_sees("For you alone")
    assert house.anna.sees(house.general) == [house.anna.last(house.general)]


async def test_a_choice_in_a_menu_arrives(house: DiscordHouse) -> None:
    await house.anna.types("/try menu")
    await house.anna.until_sees("Choose a fruit")
    await house.anna.chooses("Several", ["An apple", "A pear"])
    await house.anna.until_sees("You chose apple, pear")


async def test_a_slow_press_says_so_after_a_while_and_that_becomes_the_answer(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        await house.anna.types("/try bell")
        await house.bo.until_sees("The bell rang 0 times")
        house.gate.close()
        await house.bo.presses("Whisper to me")
        await house.bo.until_sees("Et øjeblik")
        house.gate.open()
        await house.bo.until_sees("For you alone")
        await house.settled()
        assert len(house.bo.reads(house.general)) == 2
        assert house.discord.problems == []


async def test_a_slow_change_leaves_nothing_of_the_waiting_behind(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        await house.anna.types("/try bell")
        await house.anna.until_sees("The bell rang 0 times")
        house.gate.close()
        await house.anna.presses("Ring the bell")
        await house.anna.until_sees("One moment")
        house.gate.open()
        await house.anna.until_sees("The bell rang 1 times")
        await house.settled()
        assert len(house.anna.reads(house.general)) == 1
        assert house.discord.problems == []


async def test_a_card_that_only_she_sees_is_changed_for_her(house: DiscordHouse) -> None:
    house.gate.replies = (Private(bell(5)),)
    await house.anna.types("/try replies")
    await house.anna.until_sees("The bell rang 5 times")
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("The bell rang 6 times")
    assert len(house.anna.reads(house.general)) == 1


async def test_a_question_goes_before_the_press_and_goes_away(house: DiscordHouse) -> None:
    await house.anna.types("/more letter")
    await house.bo.until_sees("The letter is whole")
    await house.bo.presses("Burn")
    question = await house.bo.until_sees("Burn it?")
    assert "There is no way back." in house.bo.shows(question)
    assert house.gate.passed == 0
    await house.bo.presses("Burn it")
    await house.anna.until_sees("The letter is ash")
    await house.settled()
    assert [house.bo.shows(one) for one in house.bo.reads(house.general)] == ["The letter is ash"]


async def test_no_closes_the_question_and_changes_nothing(house: DiscordHouse) -> None:
    await house.anna.types("/more letter")
    await house.anna.until_sees("The letter is whole")
    await house.anna.presses("Burn")
    await house.anna.until_sees("Burn it?")
    await house.anna.presses("Keep it")
    await house.anna.until(lambda: len(house.anna.reads(house.general)) == 1)
    assert house.gate.passed == 0


async def test_the_question_becomes_the_answer(house: DiscordHouse) -> None:
    house.gate.replies = (Private(said("It burns well")), Replace(said("Ash")))
    await house.anna.types("/more letter")
    await house.anna.until_sees("The letter is whole")
    await house.anna.presses("Burn")
    await house.anna.presses("Burn it")
    await house.anna.until_sees("It burns well")
    await house.settled()
    assert house.anna.sees(house.general) == ["Ash", "It burns well"]


async def test_a_question_that_is_no_longer_known_is_asked_in_general(house: DiscordHouse) -> None:
    await house.anna.types("/more letter")
    await house.anna.until_sees("The letter is whole")
    async with house.memory.units((await house.workspace()).id) as work:
        message = house.anna.newest(house.general)
        custom_id = next(one.custom_id for one in house.anna.controls(message))
        await work.landmarks.forget("discord", "confirm", custom_id.split(":")[3].split(".")[0])
        await work.commit()
    await house.anna.presses("Burn")
    await house.anna.until_sees("Are you sure?")
    await house.anna.presses("Yes")
    await house.anna.until_sees("The letter is ash")


async def test_a_button_works_after_a_restart(languages: Languages) -> None:
    async with opened_house(languages) as house:
        await house.anna.types("/try bell")
        await house.anna.until_sees("The bell rang 0 times")
        house.discord.gateway.forgets_sessions()
        house.discord.gateway.drop()
        await house.discord.until(lambda: len(house.discord.gateway.identified) == 2)
        await house.discord.connected()
        await house.anna.presses("Ring the bell")
        await house.anna.until_sees("The bell rang 1 times")


async def test_a_button_of_nobody_gets_a_kind_answer(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.anna.until_sees("The bell rang 0 times")
    row = house.anna.newest(house.general).components[0]["components"][1]
    row["components"][0]["custom_id"] = "somebody_elses"
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("That is from another time")
    row["components"][0]["custom_id"] = "b:0:abcde:no_such_action.1"
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("That button is from another time")


async def test_a_card_in_her_direct_conversation_finds_its_academy(house: DiscordHouse) -> None:
    workspace = await house.workspace()
    other = house.discord.guild("Den anden")
    anna = other.person("Anna Lund", same_as=house.anna)
    await anna.types("/help")
    address = await house.front.chats(workspace.id).post(
        (await house.chats[workspace.id].direct(house.members["anna"].accounts[0])), bell(2), "k1"
    )
    assert address.value.startswith("message:")
    await house.anna.presses("Ring the bell", house.anna.direct)
    await house.anna.until_sees("The bell rang 3 times")
    assert house.gate.asked[-1].arrival.workspace == workspace.id


async def test_somebody_who_left_the_academy_presses_in_vain(house: DiscordHouse) -> None:
    chat = house.front.chats((await house.workspace()).id)
    await chat.post(
        (await house.chats[(await house.workspace()).id].direct(house.members["anna"].accounts[0])), bell(2), "k"
    )
    async with house.memory.units((await house.workspace()).id) as work:
        await work.members.forget(house.members["anna"].id, house.discord.now())
        await work.commit()
    await house.anna.presses("Ring the bell", house.anna.direct)
    await house.anna.until_sees("I am in no server just now")


async def test_a_press_that_is_told_twice_counts_once(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.anna.until_sees("The bell rang 0 times")
    house.discord.faults.arm_event("INTERACTION_CREATE", Delivery.DUPLICATE)
    await house.anna.presses("Ring the bell")
    await house.settled()
    assert house.gate.passed == 2
    assert house.anna.last(house.general).startswith("The bell rang 1 times")


async def test_an_acknowledgement_whose_answer_was_lost_is_not_given_twice(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.anna.until_sees("The bell rang 0 times")
    house.discord.faults.arm(CALLBACK, Fault.LOST)
    await house.anna.presses("Whisper to me")
    await house.anna.until_sees("For you alone")
    await house.settled()
    assert len(house.anna.reads(house.general)) == 2
    assert [problem for problem in house.discord.problems if "40060" not in problem] == []
    house.discord.problems.clear()


async def test_an_interaction_that_discord_forgot_is_answered_directly(house: DiscordHouse) -> None:
    house.discord.faults.arm(CALLBACK, 10062)
    await house.anna.types("/try whisper", text="late")
    await house.anna.until(lambda: "A whisper: late" in house.anna.last(house.anna.direct))


async def test_a_public_answer_that_discord_forgot_goes_to_the_channel(house: DiscordHouse) -> None:
    house.discord.faults.arm(CALLBACK, 10062)
    await house.anna.types("/try bell")
    await house.bo.until_sees("The bell rang 0 times")


async def test_a_change_that_came_too_late_is_made_in_the_message_itself(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.anna.until_sees("The bell rang 0 times")
    house.discord.faults.arm(CALLBACK, 10062)
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("The bell rang 1 times")


async def test_an_answer_that_is_lost_after_all_is_told(house: DiscordHouse) -> None:
    house.gate.replies = (Private(said("First")), Public(said("Second")))
    house.discord.faults.arm("POST /webhooks/{application}/{token}", 50006)
    house.discord.faults.arm("POST /channels/{channel}/messages", 50006)
    await house.anna.types("/try replies")
    await house.anna.until_sees("my answer got lost")
    house.discord.problems.clear()


async def test_two_people_press_at_once_and_both_are_answered(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.bo.until_sees("The bell rang 0 times")
    outcomes = await asyncio.gather(house.anna.presses("Whisper to me"), house.bo.presses("Whisper to me"))
    assert all(one.ok for one in outcomes)
    await house.anna.until_sees("For you alone")
    await house.bo.until_sees("For you alone")


async def test_a_card_in_somebody_s_own_thread_is_answered_by_nobody_else(house: DiscordHouse) -> None:
    workspace = await house.workspace()
    dorte = house.guild.person("Dorte", takes_messages=False)
    async with house.memory.units(workspace.id) as work:
        await work.members.put(member_of(dorte, "Naboerne"))
        await work.commit()
    await dorte.types("/help")
    await house.front.chats(workspace.id).post(user_address(dorte.id), bell(2), "k1")
    card = await dorte.until_sees("The bell rang 2 times")
    await house.anna.presses("Ring the bell", card)
    await house.anna.until_sees("This card is for somebody else")
    assert house.gate.passed == 0
    await dorte.presses("Ring the bell", card)
    await dorte.until_sees("The bell rang 3 times")
    await house.settled()
    # Whoever looks after the server reads the card, and not what she answered.
    assert "Answered." in house.anna.shows(card)
    assert all("3 times" not in house.anna.shows(one) for one in house.anna.reads(dorte.threads[0]))


async def test_all_messages_of_a_card_change(house: DiscordHouse) -> None:
    long = Card("Long", (*(Paragraph(plain("x" * 1500)) for _ in range(4)), *bell(1).elements))
    house.gate.replies = (Private(long),)
    await house.anna.types("/try replies")
    await house.anna.until_sees("The bell rang 1 times")
    assert len(house.anna.reads(house.general)) == 2
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("The bell rang 2 times")
    await house.settled()
    assert len(house.anna.reads(house.general)) == 1


@pytest.mark.parametrize("presses", [["Ring the bell"], ["Ring the bell", "Ring the bell"], ["Burn", "Burn it"]])
@pytest.mark.parametrize("lines", [0, 60])
async def test_a_delivery_in_doubt_is_found_although_somebody_pressed_something_in_it(
    house: DiscordHouse, presses: Sequence[str], lines: int
) -> None:
    workspace, since = (await house.workspace()).id, house.front.clock.now()
    to = spot_address(house.general.id)
    says = letter("whole") if "Burn" in presses else bell(0)
    before = tuple(Paragraph(plain(f"line {number}. " + "x" * 200)) for number in range(lines))
    posted = await house.front.chats(workspace).post(
        to, replace(says, elements=(*before, *says.elements)), "a delivery"
    )
    for label in presses:
        await house.bo.presses(label)
        await house.settled()
    # A process that knows nothing of it; a message that is read back has no nonce.
    house.chats.clear()
    house.front.chats(workspace)
    assert await house.chats[workspace].find(to, "a delivery", since) == posted
