"""Commands and buttons on Slack, over both transports: typed, pressed, answered where they were asked."""

from collections.abc import AsyncGenerator

import pytest

from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, opened_house


@pytest.fixture(params=["socket", "http"])
async def house(request: pytest.FixtureRequest, languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house(request.param, languages) as opened:
        yield opened
    assert opened.slack.problems == []


async def test_a_command_is_answered_to_one_person(house: SlackHouse) -> None:
    anna, bo, general = house.anna, house.bo, house.general
    assert (await anna.types("/try", "whisper 1 < 2 & more", general)).ok
    await anna.until_sees("A whisper: 1 < 2 & more")
    assert anna.reads(general)[-1].viewer == anna.id
    assert bo.sees(general) == []


async def test_danish_names_do_the_same(house: SlackHouse) -> None:
    await house.bo.types("/prøv", "hvisk hej", house.general)
    await house.bo.until_sees("A whisper: hej")


async def test_what_everybody_sees_is_a_message_of_the_bot(house: SlackHouse) -> None:
    anna, bo, general = house.anna, house.bo, house.general
    await anna.types("/try", "bell", general)
    await bo.until_sees("The bell rang 0 times")
    await bo.presses("Ring the bell")
    await anna.until_sees("The bell rang 1 times")
    assert len(anna.sees(general)) == 1


async def test_a_link_is_acknowledged_and_nothing_more(house: SlackHouse) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("The bell rang")
    began = house.gate.passed
    assert (await house.anna.presses("Read more")).ok
    await house.settled()
    assert house.gate.passed == began


async def test_a_choice_reaches_the_handler(house: SlackHouse) -> None:
    await house.anna.types("/try", "menu", house.general)
    await house.anna.until_sees("One fruit")
    await house.anna.chooses("One fruit", "A pear")
    await house.anna.until_sees("You chose pear")
    await house.anna.chooses("Several", ["An apple", "A pear"])
    await house.anna.until_sees("You chose apple, pear")
