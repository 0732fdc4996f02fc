"""Forms on Discord: modals in several steps, what was typed is kept, and nothing is lost on the way."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from bot.messages.replies import Private, Replace
from bot.words import Languages
from tests.adapters.discord_academy import HASTY, DiscordHouse, opened_house
from tests.adapters.slack_tables import bell, said

MODAL = 9
CALLBACK = "POST /interactions/{interaction}/{token}/callback"


@pytest.fixture
async def house(languages: Languages) -> AsyncGenerator[DiscordHouse]:
    async with opened_house(languages) as found:
        yield found
        await found.settled()
        assert found.discord.problems == []


async def through(house: DiscordHouse, **typed: str) -> None:
    """Anna fills the long form in all its steps."""
    anna = house.anna
    for step in (1, 2, 3):
        modal = await anna.until_modal(f"({step}/3)")
        await anna.fills(
            {label: typed.get(label.replace("Question ", "q"), "x") for label in modal.labels if "Q" in label}
        )
        await anna.submits()
        if step < 3:
            await anna.until_sees(f"step {step} of 3 is done")
            await anna.presses("Continue")


async def test_a_form_opens_as_the_first_answer_and_what_was_sent_comes_back(house: DiscordHouse) -> None:
    outcome = await house.anna.types("/try note")
    assert outcome.interaction is not None
    assert outcome.interaction.answered == MODAL
    modal = await house.anna.until_modal("A note")
    assert modal.labels == ["Text"]
    await house.anna.fills({"Text": "Two lines\nof it"})
    await house.anna.submits()
    await house.anna.until_sees("Noted: Two lines\nof it")


async def test_a_long_form_goes_on_step_by_step_in_one_card(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await through(house, q1="one", q5="five", q7="seven", q10="ten")
    await house.anna.until_sees("Answered one/five/seven/ten/()/False")
    assert len(house.anna.reads(house.general)) == 1


async def test_the_card_between_two_steps_says_what_is_left(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await house.anna.fills({"Question 1": "one"})
    await house.anna.submits()
    card = await house.anna.until_sees("step 1 of 3 is done")
    assert "Question 6" in house.anna.shows(card)
    assert house.bo.sees(house.general) == []


async def test_the_rest_may_stay_as_it_is_once_nothing_in_it_is_needed(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await house.anna.fills({"Question 1": "one"})
    await house.anna.submits()
    card = await house.anna.until_sees("step 1 of 3 is done")
    assert "Send" not in house.anna.buttons(card)
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/3)")
    await house.anna.fills({"Question 7": "seven"})
    await house.anna.submits()
    await house.anna.until_sees("step 2 of 3 is done")
    await house.anna.presses("Send")
    await house.anna.until_sees("Answered one//seven//()/False")
    assert len(house.anna.reads(house.general)) == 1


async def test_what_was_typed_survives_a_restart(languages: Languages) -> None:
    async with opened_house(languages) as house:
        await house.anna.types("/more long")
        await house.anna.fills({"Question 1": "before"})
        await house.anna.submits()
        await house.anna.until_sees("step 1 of 3 is done")
        house.discord.gateway.forgets_sessions()
        house.discord.gateway.drop()
        await house.discord.until(lambda: len(house.discord.gateway.identified) == 2)
        await house.discord.connected()
        await house.anna.presses("Continue")
        await house.anna.until_modal("(2/3)")
        await house.anna.submits()
        assert "Question 7" in house.anna.modal.errors if house.anna.modal else False
        await house.anna.fills({"Question 7": "after"})
        await house.anna.submits()
        await house.anna.until_sees("step 2 of 3 is done")
        await house.anna.presses("Continue")
        await house.anna.until_modal("(3/3)")
        await house.anna.submits()
        await house.anna.until_sees("Answered before//after//()/False")
        assert house.discord.problems == []


async def test_a_problem_is_told_and_the_step_opens_with_everything_in_it(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await through(house, q6="six", q7="wrong")
    card = await house.anna.until_sees("Not that, please")
    assert "Question 7" in house.anna.shows(card)
    await house.anna.presses("Correct it")
    modal = await house.anna.until_modal("(2/3)")
    assert (modal.fields["Question 6"], modal.fields["Question 7"]) == ("six", "wrong")
    await house.anna.fills({"Question 7": "right"})
    await house.anna.submits()
    await house.anna.until_sees("Answered x/x/right/x/()/False")
    assert len(house.anna.reads(house.general)) == 1


async def test_what_came_of_a_form_changes_the_card_it_was_opened_from(house: DiscordHouse) -> None:
    await house.anna.types("/try bell")
    await house.anna.until_sees("The bell rang 0 times")
    await house.bo.presses("Introduce me")
    await house.bo.until_modal("Who are you?")
    await house.bo.fills({"Name": "Ring"})
    await house.bo.submits()
    await house.bo.until_sees("1 af 2")
    await house.bo.presses("Fortsæt")
    await house.bo.until_modal("(2/2)")
    await house.bo.submits()
    await house.bo.until_sees("It rang")
    await house.settled()
    assert house.anna.last(house.general).startswith("The bell rang 9 times")
    assert len(house.bo.reads(house.general)) == 2


async def test_a_form_that_takes_long_to_make_opens_with_a_button(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        house.gate.close()
        await house.anna.types("/try note")
        house.gate.open()
        await house.anna.until_sees("The form is ready")
        await house.anna.presses("Open the form")
        await house.anna.until_modal("A note")
        await house.anna.fills({"Text": "late"})
        await house.anna.submits()
        await house.anna.until_sees("Noted: late")
        assert len(house.anna.reads(house.general)) == 1
        assert house.discord.problems == []


async def test_a_form_that_discord_did_not_open_in_time_is_asked_for_again(house: DiscordHouse) -> None:
    house.discord.faults.arm(CALLBACK, 10062)
    await house.anna.types("/try note")
    await house.anna.until(lambda: "type the command again" in house.anna.last(house.anna.direct))


async def test_a_file_is_fetched_and_a_large_one_refused_before(house: DiscordHouse) -> None:
    await house.anna.types("/try form")
    await house.anna.fills({"Name": "Anna", "Needs": "a bus\nrooms", "Friend": house.bo, "Town": "Town 7"})
    await house.anna.submits()
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/2)")
    await house.anna.fills({"Roster": ("r.csv", b"x" * 1001)})
    await house.anna.submits()
    await house.anna.until_sees("This file is too large")
    await house.anna.presses("Correct it")
    modal = await house.anna.until_modal("(2/2)")
    assert "r.csv" not in modal
    await house.anna.fills({"Roster": ("r.csv", b"name"), "Until": "24.12.2026"})
    await house.anna.submits()
    bo = house.members["bo"].id
    await house.anna.until_sees(f"Saved Anna/('a bus', 'rooms')/('t7',)/{bo}/2026-12-24/name")


async def test_somebody_who_is_no_member_yet_cannot_be_chosen(house: DiscordHouse) -> None:
    await house.anna.types("/try form")
    await house.anna.fills({"Name": "Anna", "Friend": house.carla})
    await house.anna.submits()
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/2)")
    await house.anna.submits()
    await house.anna.until_sees("has not joined the academy yet")


async def test_a_form_again_after_a_form_opens_with_a_button(house: DiscordHouse) -> None:
    await house.anna.types("/try form")
    await house.anna.fills({"Name": "Again"})
    await house.anna.submits()
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/2)")
    await house.anna.submits()
    await house.anna.until_sees("The form is ready")
    await house.anna.presses("Open the form")
    await house.anna.until_modal("A note")


async def test_a_refusal_keeps_what_was_typed(house: DiscordHouse) -> None:
    await house.anna.types("/try form")
    await house.anna.fills({"Name": "Gone"})
    await house.anna.submits()
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/2)")
    await house.anna.submits()
    await house.anna.until_sees("That is over")
    await house.anna.presses("Correct it")
    modal = await house.anna.until_modal("(1/2)")
    assert modal.fields["Name"] == "Gone"


async def test_what_two_people_changed_at_once_is_told_to_the_second(house: DiscordHouse) -> None:
    house.gate.name = "First"
    await house.anna.types("/try form")
    await house.anna.until_modal("Who are you?")
    await house.settled()
    await house.anna.fills({"Name": "Mine"})
    await house.anna.submits()
    await house.anna.until_sees("step 1 of 2")
    house.gate.name = "Theirs"
    await house.anna.presses("Continue")
    await house.anna.until_modal("(2/2)")
    await house.anna.submits()
    await house.anna.until_sees("This was changed while you had it open")
    await house.anna.presses("Correct it")
    await house.anna.until_modal("(1/2)")
    await house.anna.submits()
    await house.anna.until_sees("Saved Mine/")


async def test_a_form_that_was_closed_is_forgotten_only_after_a_day(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await house.anna.fills({"Question 1": "kept"})
    await house.anna.submits()
    await house.anna.until_sees("step 1 of 3")
    await house.anna.presses("Not now")
    await house.anna.until(lambda: not house.anna.reads(house.general))
    await house.anna.types("/more long")
    modal = await house.anna.until_modal("(1/3)")
    assert modal.fields["Question 1"] == "kept"


async def test_in_a_direct_conversation_a_form_works_as_well(house: DiscordHouse) -> None:
    await house.anna.types("/try note", house.anna.direct)
    await house.anna.until_modal("A note")
    await house.anna.fills({"Text": "here"})
    await house.anna.submits()
    await house.anna.until_sees("Noted: here")


async def test_a_slow_form_is_acknowledged_and_answered(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        house.gate.replies = (Private(said("Done")), Replace(bell(4)))
        await house.anna.types("/more long")
        await through(house)
        await house.anna.until_sees("Done")
        assert house.discord.problems == []


async def test_a_step_that_cannot_be_answered_goes_on_in_the_direct_conversation(house: DiscordHouse) -> None:
    await house.anna.types("/try note")
    await house.anna.fills({"Text": "lost"})
    house.discord.faults.arm(CALLBACK, 10062)
    await house.anna.submits()
    await house.anna.until(lambda: "Noted: lost" in house.anna.last(house.anna.direct))


async def test_a_step_that_is_sent_twice_says_that_it_was_sent(house: DiscordHouse) -> None:
    await house.anna.types("/try form")
    await house.anna.fills({"Name": "Anna"})
    await house.anna.submits()
    await house.anna.presses("Continue")
    first = await house.anna.until_modal("(2/2)")
    held = first.submission()
    await house.anna.submits()
    await house.anna.until_sees("Saved Anna/")
    await house.settled()
    await house.discord.asking.ask(5, house.anna.user, house.general, held)
    await house.anna.until_sees("This form was sent already")


async def test_who_asks_anew_after_a_refusal_begins_anew(house: DiscordHouse) -> None:
    await house.anna.types("/more long")
    await through(house, q1="old", q7="wrong")
    await house.anna.until_sees("Not that, please")
    await house.anna.types("/more long")
    modal = await house.anna.until_modal("(1/3)")
    assert modal.fields["Question 1"] == ""


async def test_a_form_of_a_command_that_takes_its_time_shows_that_its_answer_comes(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        await house.anna.types("/more long")
        await house.anna.until_modal("(1/3)")
        await house.anna.fills({"Question 1": "x", **{f"Question {one}": "" for one in (2, 3)}})
        await house.anna.submits()
        await house.anna.presses("Continue")
        await house.anna.fills({"Question 7": "x"})
        await house.anna.submits()
        await house.anna.presses("Continue")
        house.gate.close()
        outcome = await house.anna.submits()
        assert outcome.interaction is not None
        assert outcome.interaction.deferred == 6
        house.gate.open()
        await house.anna.until_sees("Answered x/")
        assert house.discord.problems == []


async def test_a_short_form_of_a_command_as_well(languages: Languages) -> None:
    async with opened_house(languages, patience=HASTY) as house:
        await house.anna.types("/try note")
        await house.anna.until_modal("A note")
        await house.anna.fills({"Text": "slow"})
        async with house.memory.units((await house.workspace()).id):
            sending = asyncio.create_task(house.anna.submits())
            await asyncio.sleep(0.4)
        outcome = await sending
        assert outcome.interaction is not None
        assert outcome.interaction.deferred == 5
        await house.anna.until_sees("Noted: slow")
        assert len(house.anna.reads(house.general)) == 1
        assert house.discord.problems == []
