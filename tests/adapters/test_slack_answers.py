"""Where answers go on Slack, and where they go when that way is closed."""

from collections.abc import AsyncGenerator

import pytest

from bot.identity import Address
from bot.messages.elements import File
from bot.messages.replies import Correct, Hand, OpenForm, Private, Public, Replace
from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, opened_house
from tests.adapters.slack_tables import bell, form, said
from tests.emulators.slack_faults import Fault
from tests.fakes import StoppedClock


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def house(languages: Languages, clock: StoppedClock) -> AsyncGenerator[SlackHouse]:
    async with opened_house("socket", languages, clock=clock) as opened:
        yield opened


async def test_more_cards_than_the_address_takes_come_in_order(house: SlackHouse) -> None:
    await house.anna.types("/try", "many", house.general)
    await house.anna.until_sees("Card 7")
    assert house.anna.sees(house.general) == [f"Card {number}" for number in range(1, 8)]
    assert len(house.slack.called("chat.postEphemeral")) == 2
    assert house.slack.problems == []


async def test_an_answer_after_half_an_hour_goes_another_way(house: SlackHouse, clock: StoppedClock) -> None:
    house.gate.close()
    await house.anna.types("/try", "whisper late", house.general)
    await house.anna.until(lambda: house.gate.passed == 1)
    clock.advance(minutes=31)
    house.gate.open()
    await house.anna.until_sees("A whisper: late")
    assert house.anna.reads(house.general)[-1].viewer == house.anna.id
    assert house.slack.problems == []


async def test_without_any_way_there_the_answer_comes_in_the_direct_conversation(
    house: SlackHouse, clock: StoppedClock
) -> None:
    secret = house.team.channel("secret", house.anna, private=True, bot=False)
    house.gate.close()
    await house.anna.types("/try", "whisper late", secret)
    await house.anna.until(lambda: house.gate.passed == 1)
    clock.advance(minutes=31)
    house.gate.open()
    await house.anna.until_sees("A whisper: late")
    assert house.anna.sees() == ["A whisper: late"]


async def test_a_public_card_is_a_message_that_can_be_changed(house: SlackHouse) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.bo.until_sees("rang 0 times")
    assert house.slack.called("chat.postMessage")


async def test_where_the_bot_is_not_a_public_card_still_appears(house: SlackHouse) -> None:
    other = house.team.channel("other", house.anna, house.bo, private=True, bot=False)
    await house.anna.types("/try", "bell", other)
    await house.bo.until_sees("rang 0 times")
    await house.bo.presses("Ring the bell")
    await house.anna.until_sees("rang 1 times")
    assert len(house.anna.sees(other)) == 1


async def test_where_nothing_can_be_posted_the_person_is_told_how_to_invite(
    house: SlackHouse, clock: StoppedClock
) -> None:
    other = house.team.channel("other", house.anna, house.bo, private=True, bot=False)
    house.gate.close()
    await house.anna.types("/try", "bell", other)
    await house.anna.until(lambda: house.gate.passed == 1)
    clock.advance(minutes=31)
    house.gate.open()
    await house.anna.until_sees("Invite me with /invite @Brobygger")
    assert house.bo.sees(other) == []


async def test_an_ephemeral_card_is_replaced_in_its_place(house: SlackHouse) -> None:
    house.gate.replies = (Private(bell(3)),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_sees("rang 3 times")
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("rang 4 times")
    assert len(house.anna.sees(house.general)) == 1


async def test_a_card_that_is_gone_is_answered_beside(house: SlackHouse) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("rang 0 times")
    house.slack.faults.arm("chat.update", "message_not_found")
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("rang 1 times")


async def test_a_card_that_may_have_changed_is_changed_once_more(house: SlackHouse) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("rang 0 times")
    house.slack.faults.arm("chat.update", Fault.LOST)
    await house.anna.presses("Ring the bell")
    await house.anna.until(lambda: len(house.slack.called("chat.update")) == 2)
    await house.settled()
    assert len(house.anna.sees(house.general)) == 1
    assert "rang 1 times" in house.anna.last(house.general)


async def test_where_edits_have_to_wait_the_card_changes_all_the_same(house: SlackHouse) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("rang 0 times")
    house.slack.faults.arm("chat.update", "ratelimited", times=99)
    await house.anna.presses("Ring the bell")
    await house.bo.until_sees("rang 1 times")
    await house.settled()
    assert len(house.bo.sees(house.general)) == 1
    assert len(house.anna.sees(house.general)) == 1
    assert len(house.slack.called("chat.update")) == 1


async def test_where_neither_way_is_open_the_edit_waits(house: SlackHouse, clock: StoppedClock) -> None:
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("rang 0 times")
    house.slack.faults.arm("chat.update", "team_added_to_org")
    house.gate.close()
    await house.anna.presses("Ring the bell")
    await house.anna.until(lambda: house.gate.passed == 2)
    clock.advance(minutes=31)
    house.gate.open()
    await house.bo.until_sees("rang 1 times")
    await house.settled()
    assert len(house.anna.sees(house.general)) == 1


async def test_an_old_button_is_answered_kindly(house: SlackHouse) -> None:
    house.gate.replies = (Private(bell(3)),)
    await house.anna.types("/try", "replies", house.general)
    message = await house.anna.until_sees("rang 3 times")
    for block in message.blocks:
        for element in block.get("elements", ()):
            if element.get("action_id", "").startswith("1|"):
                element["action_id"] = "1|long_gone.1:3"
    await house.anna.presses("Ring the bell")
    await house.anna.until_sees("That button is from another time")


async def test_a_file_comes_in_the_direct_conversation(house: SlackHouse) -> None:
    await house.anna.types("/try", "file", house.general)
    await house.anna.until_sees("Your data")
    await house.anna.until_sees("I have sent you the file data.json in our direct conversation.")
    assert house.anna.sees()[0].startswith("Your data")
    await house.anna.types("/try", "file")
    await house.anna.until(lambda: len(house.anna.sees()) >= 2)
    await house.settled()
    assert not any("I have sent you" in text for text in house.anna.sees())


async def test_a_message_that_may_have_arrived_is_looked_for_before_it_is_sent_again(house: SlackHouse) -> None:
    house.slack.faults.arm("chat.postMessage", Fault.LOST)
    await house.anna.types("/try", "bell", house.general)
    await house.bo.until_sees("rang 0 times")
    await house.settled()
    assert len(house.bo.sees(house.general)) == 1


async def test_slack_says_later_and_the_answer_waits(house: SlackHouse) -> None:
    house.slack.faults.arm("chat.postMessage", "team_added_to_org")
    await house.anna.types("/try", "bell", house.general)
    await house.bo.until_sees("rang 0 times")


async def test_a_lost_answer_is_told(house: SlackHouse, caplog: pytest.LogCaptureFixture) -> None:
    house.slack.faults.arm("chat.postMessage", "fatal_error", times=5)
    house.slack.faults.arm("conversations.history", "missing_scope", times=5)
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until_sees("my answer got lost")
    assert "Anna" not in caplog.text


async def test_a_problem_without_a_form_is_said(house: SlackHouse) -> None:
    house.gate.replies = (Correct({"name": "Another one, please"}),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_sees("Another one, please")


async def test_a_waiting_view_becomes_the_answer(house: SlackHouse) -> None:
    house.gate.close()
    house.gate.replies = (Private(said("Not now")), Public(said("For all")))
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("Not now")
    await house.bo.until_sees("For all")


async def test_a_waiting_view_without_an_answer_says_that_it_is_done(house: SlackHouse) -> None:
    house.gate.close()
    house.gate.replies = (Public(said("For all")),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("Done. You may close this.")
    await house.bo.until_sees("For all")


async def test_a_button_in_a_modal_answers_in_modals(house: SlackHouse) -> None:
    house.gate.close()
    house.gate.replies = (Private(bell(5)),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("rang 5 times")
    await house.anna.presses("Ring the bell")
    await house.anna.until_modal("rang 6 times")
    await house.anna.presses("Whisper to me")
    await house.anna.until_modal("For you alone")
    await house.anna.closes()
    await house.anna.presses("Introduce me")
    await house.anna.until_modal("Who are you?")
    await house.anna.fills({"Name": "Ring"})
    await house.anna.submits()
    await house.anna.until_modal("It rang")
    await house.anna.closes()
    await house.anna.until_modal("rang 9 times")
    assert house.anna.sees(house.general) == []
    assert house.slack.problems == []


async def test_too_deep_a_pile_of_modals_is_answered_in_the_top_one(house: SlackHouse) -> None:
    house.gate.close()
    house.gate.replies = (Private(bell(5)),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("One moment")
    house.gate.open()
    await house.anna.until_modal("rang 5 times")
    house.slack.faults.arm("views.push", "push_limit_reached")
    await house.anna.presses("Whisper to me")
    await house.anna.until_modal("For you alone")
    await house.anna.closes()
    assert house.anna.modal is None


async def test_a_modal_that_was_closed_is_answered_where_it_was_asked(house: SlackHouse) -> None:
    house.gate.close()
    house.gate.replies = (Private(said("Not now")),)
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("One moment")
    await house.anna.closes()
    house.gate.open()
    await house.anna.until_sees("Not now")


async def test_a_form_in_the_middle_of_other_replies_opens(house: SlackHouse) -> None:
    house.gate.replies = (OpenForm(form()), Private(said("And this")))
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_modal("Who are you?")
    await house.anna.until_sees("And this")


async def test_a_replaced_card_without_a_message_is_said_to_one(house: SlackHouse) -> None:
    house.gate.replies = (Replace(said("Instead")), Hand(said("Here"), File("a.txt", "text/plain", b"a")))
    await house.anna.types("/try", "replies", house.general)
    await house.anna.until_sees("Instead")
    await house.anna.until_sees("Here")


async def test_in_a_thread_the_answer_stays_in_the_thread(house: SlackHouse) -> None:
    said_there = await house.bo.writes("A thread", house.general)
    await house.bo.writes("goes on", house.general, thread=said_there)
    place = Address("slack", f"in:{house.general.id}:{said_there.ts}")
    await house.chat().post(place, bell(1), "k1")
    await house.anna.until(lambda: len(house.anna.sees(house.general, said_there)) == 3)
    message = house.anna.reads(house.general, said_there)[-1]
    await house.anna.presses("Whisper to me", message)
    await house.anna.until(lambda: "For you alone" in str(house.anna.sees(house.general, said_there)))
    await house.anna.presses("Ring the bell", message)
    await house.anna.until(lambda: any("rang 2 times" in one for one in house.anna.sees(house.general, said_there)))
