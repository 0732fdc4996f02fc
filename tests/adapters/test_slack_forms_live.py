"""Forms on Slack: opened in time, corrected where something is wrong, searched, and what was typed is never lost."""

from collections.abc import AsyncGenerator

import pytest

from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, opened_house


@pytest.fixture(params=["socket", "http"])
async def house(request: pytest.FixtureRequest, languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house(request.param, languages) as opened:
        yield opened
    assert opened.slack.problems == []


async def filled(house: SlackHouse, name: str, **more: object) -> None:
    await house.anna.types("/try", "form", house.general)
    await house.anna.until_modal("Who are you?")
    await house.anna.fills({"Name": name, **more})


async def test_a_form_opens_is_filled_and_answered_where_it_was_asked_for(house: SlackHouse) -> None:
    anna, bo = house.anna, house.bo
    await filled(house, "Rosa", Needs="time\nrooms", Friend=bo, Until="2026-04-01", Town="Town 142")
    assert (await anna.submits()).ok
    assert anna.modal is None
    bo_is = house.members["bo"].id
    await anna.until_sees(f"Saved Rosa/('time', 'rooms')/('t142',)/{bo_is}/2026-04-01/no file")
    assert anna.reads(house.general)[-1].viewer == anna.id


async def test_many_choices_are_searched(house: SlackHouse) -> None:
    await filled(house, "Rosa")
    found = await house.anna.searches("Town", "town 14")
    assert found == ["Town 14", *(f"Town {number}" for number in range(140, 150)), "Town 114"]
    assert await house.anna.searches("Town", "Atlantis") == []


async def test_a_problem_stands_at_its_field(house: SlackHouse) -> None:
    await filled(house, "Nobody")
    await house.anna.submits()
    modal = house.anna.modal
    assert modal is not None
    assert modal.errors == {"Name": "Another name, please"}
    await house.anna.fills({"Name": "Rosa"})
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosa")


async def test_a_problem_without_a_field_stands_on_top_and_nothing_typed_is_lost(house: SlackHouse) -> None:
    await filled(house, "Nowhere", Needs="time")
    await house.anna.submits()
    modal = await house.anna.until_modal("And something else")
    assert "Name: Another name, please" in modal
    assert (modal.fields["Name"], modal.fields["Needs"]) == ("Nowhere", "time")


async def test_what_changed_meanwhile_is_said_on_top(house: SlackHouse) -> None:
    await filled(house, "Gone")
    await house.anna.submits()
    modal = await house.anna.until_modal("That is over. Type /help to see what is left.")
    assert modal.fields["Name"] == "Gone"
    await house.anna.fills({"Name": "Rosa"})
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosa")


async def test_what_somebody_else_changed_is_told_and_what_was_typed_goes_through_the_second_time(
    house: SlackHouse,
) -> None:
    await filled(house, "Rosa", Needs="time")
    house.gate.name = "Hanna"
    await house.anna.submits()
    modal = await house.anna.until_modal("it now says: Hanna")
    assert (modal.fields["Name"], modal.fields["Needs"]) == ("Rosa", "time")
    assert "Name: This was changed while you had it open" in modal
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosa/('time',)")


async def test_each_further_change_is_told(house: SlackHouse) -> None:
    house.gate.name = "Hanna"
    await filled(house, "Rosa")
    house.gate.name = "Johanna"
    await house.anna.submits()
    await house.anna.until_modal("it now says: Johanna")
    house.gate.name = "Hanna"
    await house.anna.fills({"Name": "Rosita"})
    await house.anna.submits()
    await house.anna.until_modal("it now says: Hanna")
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosita")


async def test_somebody_who_is_no_member_is_told_at_the_field(house: SlackHouse) -> None:
    await filled(house, "Rosa", Friend=house.carla)
    await house.anna.submits()
    assert house.anna.modal is not None
    assert "Ask them to type /profile once" in house.anna.modal.errors["Friend"]


async def test_a_file_is_fetched_and_a_large_one_is_not(house: SlackHouse) -> None:
    await filled(house, "Rosa", Roster=("roster.csv", b"name;sector"))
    await house.anna.submits()
    await house.anna.until_sees("name;sector")
    await filled(house, "Rosa", Roster=("roster.csv", b"x" * 2000))
    await house.anna.submits()
    assert house.anna.modal is not None
    assert "too large" in house.anna.modal.errors["Roster"]


async def test_a_form_may_lead_to_the_next(house: SlackHouse) -> None:
    await filled(house, "Again")
    await house.anna.submits()
    await house.anna.until_modal("A note")
    await house.anna.fills({"Text": "remember"})
    await house.anna.submits()
    await house.anna.until_sees("Noted: remember")


async def test_a_button_opens_a_form_that_changes_its_card(house: SlackHouse) -> None:
    anna = house.anna
    await anna.types("/try", "bell", house.general)
    await house.bo.until_sees("rang 0 times")
    await anna.presses("Introduce me")
    await anna.until_modal("Who are you?")
    await anna.fills({"Name": "Ring"})
    await anna.submits()
    await house.bo.until_sees("The bell rang 9 times")
    await anna.until_sees("It rang")
    assert house.bo.sees(house.general)[-1].startswith("The bell rang 9 times")


async def test_a_slow_form_waits_in_a_modal_that_opened_in_time(house: SlackHouse) -> None:
    house.gate.close()
    await house.anna.types("/try", "form", house.general)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("Who are you?")
    assert len(house.slack.called("views.open")) == 1
    await house.anna.fills({"Name": "Rosa"})
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosa")


async def test_who_closed_the_waiting_view_gets_a_button(house: SlackHouse) -> None:
    house.gate.close()
    await house.anna.types("/try", "form", house.general)
    await house.anna.until_modal("One moment")
    await house.anna.closes()
    house.gate.open()
    await house.anna.until_sees("It opens with this button")
    await house.anna.presses("Open the form")
    await house.anna.until_modal("Who are you?")


async def test_a_form_that_slack_no_longer_opens_waits_behind_a_button(house: SlackHouse) -> None:
    house.slack.faults.arm("views.open", "expired_trigger_id")
    await house.anna.types("/try", "form", house.general)
    await house.anna.until_sees("It opens with this button")
    await house.anna.presses("Open the form")
    await house.anna.until_modal("Who are you?")


async def test_a_form_that_no_button_can_open_is_asked_for_anew(house: SlackHouse) -> None:
    house.slack.faults.arm("views.open", "expired_trigger_id")
    await house.anna.types("/try", "note", house.general)
    await house.anna.until_sees("Please type the command again")


async def test_a_slow_submission_says_so_and_then_what_came_of_it(house: SlackHouse) -> None:
    await filled(house, "Rosa")
    house.gate.close()
    await house.anna.submits()
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("Saved Rosa")
    await house.anna.closes()


async def test_a_slow_submission_without_a_word_says_that_it_is_done(house: SlackHouse) -> None:
    await filled(house, "Silent")
    house.gate.close()
    await house.anna.submits()
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("Saved. You may close this.")


@pytest.mark.parametrize(("name", "words"), [("Nobody", "Name: Another name, please"), ("Gone", "That is over")])
async def test_a_slow_submission_with_a_problem_shows_the_form_again(house: SlackHouse, name: str, words: str) -> None:
    await filled(house, name, Needs="time")
    house.gate.close()
    await house.anna.submits()
    await house.anna.until_modal("One moment")
    house.gate.open()
    modal = await house.anna.until_modal(words)
    assert (modal.fields["Name"], modal.fields["Needs"]) == (name, "time")
    await house.anna.fills({"Name": "Rosa"})
    await house.anna.submits()
    await house.anna.until_sees("Saved Rosa")


async def test_who_closed_a_slow_submission_is_told_beside(house: SlackHouse) -> None:
    await filled(house, "Rosa")
    house.gate.close()
    await house.anna.submits()
    await house.anna.until_modal("One moment")
    await house.anna.closes()
    house.gate.open()
    await house.anna.until_sees("Saved Rosa")


async def test_what_nobody_had_foreseen_leaves_the_form_as_it_was(house: SlackHouse) -> None:
    await filled(house, "Broken", Needs="time")
    await house.anna.submits()
    shown = await house.anna.until_modal("Noget gik galt hos mig")
    assert (shown.fields["Name"], shown.fields["Needs"]) == ("Broken", "time")


async def test_closing_a_form_does_nothing(house: SlackHouse) -> None:
    await filled(house, "Rosa")
    began = house.gate.passed
    await house.anna.closes()
    await house.settled()
    assert house.gate.passed == began
    assert house.anna.sees(house.general) == []


async def test_a_file_that_slack_does_not_give_is_asked_for_again(house: SlackHouse) -> None:
    await filled(house, "Rosa", Roster=("roster.csv", b"name;sector"))
    house.slack.faults.arm("files.info", "file_not_found")
    await house.anna.submits()
    assert house.anna.modal is not None
    assert "choose it once more" in house.anna.modal.errors["Roster"]
