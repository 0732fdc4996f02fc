"""The Home tab: shown when opened, changed when there is something new, and its buttons answer in modals."""

from collections.abc import AsyncGenerator

import pytest

from bot.identity import Account
from bot.messages.elements import Image
from bot.messages.replies import Private, Public
from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, opened_house
from tests.adapters.slack_tables import said
from tests.gallery import DOT


@pytest.fixture(params=["socket", "http"])
async def house(request: pytest.FixtureRequest, languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house(request.param, languages) as opened:
        yield opened
    assert opened.slack.problems == []


async def at_home(house: SlackHouse, words: str = "1 things wait") -> None:
    await house.anna.opens_home()
    await house.anna.until(lambda: house.anna.home is not None and words in house.anna.home)


async def test_home_is_shown_once_for_the_same_content(house: SlackHouse) -> None:
    await at_home(house)
    assert house.anna.home is not None
    assert "Hello Anna Lund" in house.anna.home
    await house.anna.opens_home()
    await house.anna.types("/try", "whisper", house.general)
    await house.settled()
    assert len(house.slack.called("views.publish")) == 1
    async with house.memory.units(house.workspace.id, reading=True) as work:
        kept = await work.homes.get(Account("slack", house.anna.id))
    assert kept is not None
    assert "Anna" not in kept.digest


async def test_home_is_shown_again_where_slack_has_none_any_more(house: SlackHouse) -> None:
    await at_home(house)
    house.team.homes.clear()
    await at_home(house)
    assert len(house.slack.called("views.publish")) == 2


async def test_home_changes_with_what_it_shows(house: SlackHouse) -> None:
    await at_home(house)
    house.gate.items = 2
    await house.chat().post(await house.chat().direct(Account("slack", house.anna.id)), said("News"), "k1")
    await house.anna.until(lambda: "2 things wait" in house.anna.home.text)
    house.gate.items = 3
    await house.anna.types("/try", "whisper", house.general)
    await house.anna.until(lambda: "3 things wait" in house.anna.home.text)


async def test_who_never_opened_home_has_none(house: SlackHouse) -> None:
    await house.bo.types("/try", "whisper", house.general)
    await house.settled()
    assert house.slack.called("views.publish") == []


async def test_many_changes_at_once_are_one(house: SlackHouse) -> None:
    await at_home(house)
    house.gate.items = 7
    for _ in range(20):
        house.adapter.touched(house.workspace.id, house.anna.id)
    await house.anna.until(lambda: "7 things wait" in house.anna.home.text)
    await house.settled()
    assert len(house.slack.called("views.publish")) == 2


async def test_a_button_on_home_answers_in_a_modal(house: SlackHouse) -> None:
    await at_home(house)
    await house.anna.presses("Whisper to me", house.anna.home)
    await house.anna.until_modal("For you alone")
    await house.anna.closes()
    await house.anna.presses("Ring the bell", house.anna.home)
    await house.anna.until_modal("The bell rang 1 times")
    await house.anna.presses("Ring the bell")
    await house.anna.until_modal("The bell rang 2 times")
    assert house.anna.sees() == []


async def test_a_slow_button_on_home_waits_in_a_modal(house: SlackHouse) -> None:
    await at_home(house)
    house.gate.close()
    await house.anna.presses("Whisper to me", house.anna.home)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("For you alone")


@pytest.mark.parametrize(("name", "words"), [("Rosa", "Saved Rosa"), ("Ring", "The bell rang 9 times")])
async def test_a_form_on_home_says_what_came_of_it(house: SlackHouse, name: str, words: str) -> None:
    await at_home(house)
    await house.anna.presses("Introduce me", house.anna.home)
    await house.anna.until_modal("Who are you?")
    house.gate.items = 4
    await house.anna.fills({"Name": name})
    await house.anna.submits()
    await house.anna.until_modal(words)
    await house.anna.until(lambda: "4 things wait" in house.anna.home.text)


async def test_when_slack_opens_nothing_any_more_home_answers_in_the_direct_conversation(house: SlackHouse) -> None:
    await at_home(house)
    house.slack.faults.arm("views.open", "expired_trigger_id")
    await house.anna.presses("Whisper to me", house.anna.home)
    await house.anna.until_sees("For you alone")
    house.slack.faults.arm("views.open", "expired_trigger_id")
    await house.anna.presses("Introduce me", house.anna.home)
    await house.anna.until_sees("It opens with this button")
    await house.anna.presses("Open the form")
    await house.anna.until_modal("Who are you?")


async def test_a_home_that_slack_did_not_take_is_shown_at_the_next_opportunity(house: SlackHouse) -> None:
    house.slack.faults.arm("views.publish", "view_too_large")
    await house.anna.opens_home()
    await house.settled()
    assert house.anna.home is None
    await at_home(house)


async def test_slack_says_later_and_home_waits(house: SlackHouse) -> None:
    house.slack.faults.arm("views.publish", "team_added_to_org")
    await at_home(house)


async def test_another_tab_is_not_home(house: SlackHouse) -> None:
    await house.anna.opens_messages()
    await house.settled()
    assert house.anna.home is None


async def test_from_home_what_is_for_all_and_pictures_have_a_place(house: SlackHouse) -> None:
    await at_home(house)
    picture = said("Look")
    house.gate.replies = (
        Private(said("One")),
        Public(said("Two")),
        Private(type(picture)("Look", (Image(DOT, "A dot"),))),
    )
    await house.anna.types("/try", "replies")
    await house.anna.until_sees("One")
    await house.anna.until_sees("Two")
