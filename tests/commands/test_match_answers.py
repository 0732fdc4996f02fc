"""Answers to an introduction: changed, repeated, late, by the wrong person, in two windows, after a break or a goodbye."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.deliveries.domain import DeliveryState
from bot.dispatcher import Dispatcher, House
from bot.identity import IntroId
from bot.introductions.actions import AcceptIntro, HandMeeting, TellOutcome
from bot.introductions.domain import Answer, IntroState
from bot.members.domain import Consent, WorkspaceOptions
from bot.messages.actions import encode_action
from tests.introductions_talk import (
    LANGUAGES,
    TABLES,
    Academy,
    a_member,
    a_sent_round,
    a_small_academy,
    buttons_of,
    words_of,
)


async def test_a_button_pressed_twice_says_the_same_twice() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    yes = buttons_of(anna.posts()[0].card)["Yes, introduce us"]
    first = await anna.presses(yes)
    again = await anna.presses(yes)
    assert "You said yes to Bo Lind" in first.text
    assert again.text == first.text
    his = buttons_of(bo.posts()[0].card)["Yes, introduce us"]
    await bo.presses(his)
    await bo.presses(his)
    await academy.delivers()
    assert len(academy.rooms()) == 1


async def test_the_same_interaction_sent_twice_by_the_platform_is_handled_once() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    yes = buttons_of(academy["Anna"].posts()[0].card)["Yes, introduce us"]
    await academy["Anna"].presses(yes, arrival="same")
    assert (await academy["Anna"].presses(yes, arrival="same")).replies == ()


async def test_somebody_else_s_button_does_nothing() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    yes = buttons_of(academy["Anna"].posts()[0].card)["Yes, introduce us"]
    answer = await academy["Carl"].presses(yes)
    assert "for somebody else" in answer.text
    assert all(part.answer is Answer.NONE for intro in await academy.intros() for part in intro.parts)


async def test_a_no_can_become_a_yes_and_a_yes_a_no_until_it_is_decided() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await anna.presses("Not now")
    assert "Not now is fine" in anna.posts()[0].card.notice
    await bo.presses("Yes, introduce us")
    await bo.presses("Not now after all")
    await bo.presses("Yes after all")
    assert academy.rooms() == []
    answer = await anna.presses("Yes after all")
    assert "You are introduced: Bo Lind" in answer.text
    await academy.delivers()
    assert len(academy.rooms()) == 1


async def test_two_windows_the_later_one_hears_that_it_is_open() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    decline = buttons_of(anna.posts()[0].card)["Not now"]
    await anna.presses("Yes, introduce us")
    await bo.presses("Yes, introduce us")
    answer = await anna.presses(decline)
    assert "You are introduced" in answer.text
    assert [one.state for one in await academy.intros(IntroState.ACCEPTED)] == [IntroState.ACCEPTED]


async def test_a_press_after_the_end_changes_nothing_and_is_neutral() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna = academy["Anna"]
    yes = buttons_of(anna.posts()[0].card)["Yes, introduce us"]
    before_the_clock_ran = (await academy.intros())[0]
    assert before_the_clock_ran.answer_until is not None
    academy.clock.set(before_the_clock_ran.answer_until)
    assert "It did not become an introduction this time" in (await anna.presses(yes)).text
    await academy.passes(days=40)
    assert "It did not become an introduction this time" in (await anna.presses(yes)).text
    assert {part.answer for intro in await academy.intros() for part in intro.parts} == {Answer.NONE}


async def test_a_button_of_a_round_that_never_was_gets_a_kind_word() -> None:
    academy = await a_small_academy()
    wire = encode_action(AcceptIntro(await _any_intro_id(academy)))
    answer = await academy["Anna"].sends_wire(wire)
    assert "That introduction is over" in answer.text


async def _any_intro_id(academy: Academy) -> IntroId:
    await academy["Olga"].types("/match round")
    return next(intro.id for intro in await academy.intros() if intro.part_of(academy.ids["Anna"]))


@pytest.mark.parametrize(
    "wire", ["intro_yes.1:short", "intro_yes.1", "intro_yes.9:AAAA", "intro_outcome.1:AAAA:met", "?"]
)
async def test_a_button_that_makes_no_sense_gets_a_kind_word(wire: str) -> None:
    academy = await a_small_academy()
    answer = await academy["Anna"].sends_wire(wire)
    assert "another time" in answer.text


async def test_not_this_person_is_a_block_that_can_be_undone_on_the_card() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    answer = await anna.presses("Not this person")
    assert "I won't suggest that again" in answer.card.notice
    await bo.presses("Yes, introduce us")
    status = await anna.types("/match status")
    assert "Suggest Bo Lind again" in status.buttons
    assert "Suggest" not in (await bo.types("/match status")).text
    back = await anna.presses("Undo")
    assert "May I introduce you to Bo Lind?" in back.text
    opened = await anna.presses("Yes, introduce us")
    assert "You are introduced" in opened.text


async def test_a_block_keeps_two_apart_in_later_rounds_until_it_is_lifted_in_the_status() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna = academy["Anna"]
    await anna.presses("Not this person")
    await academy.passes(days=7)
    drawn = await academy["Olga"].types("/match round")
    pairs = [frozenset(intro.members()) for intro in await academy.intros(IntroState.PLANNED)]
    assert frozenset({academy.ids["Anna"], academy.ids["Bo"]}) not in pairs
    assert "Round 2" in drawn.text
    answer = await anna.presses((await anna.types("/match")).buttons["Suggest Bo Lind again"])
    assert "may be suggested to you again" in answer.text
    assert "Suggest Bo Lind again" not in (await anna.types("/match status")).buttons


async def test_undo_long_after_the_end_still_lifts_the_block() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna = academy["Anna"]
    await anna.presses("Not this person")
    undo = buttons_of(anna.posts()[0].card)["Undo"]
    await academy.passes(days=8)
    assert "It did not become" in (await anna.presses(undo)).text
    assert "Suggest Bo Lind again" not in (await anna.types("/match")).buttons


async def test_a_yes_given_in_the_list_shows_on_the_card_as_well() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna = academy["Anna"]
    status = await anna.types("/match")
    assert "1 introduction waits for your answer" in status.text
    answer = await anna.presses(status.buttons["Yes, introduce us"])
    assert answer.replaced
    await academy.delivers()
    assert "You said yes to Bo Lind" in anna.reads()
    assert len(anna.posts()) == 1


async def test_who_takes_a_break_cannot_say_yes_and_is_told_why() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await anna.presses("Yes, introduce us")
    await bo.types('/profile pause "2 weeks"')
    assert "You are on a break" in (await bo.presses("Yes, introduce us")).text
    await bo.types("/profile resume")
    assert "You are introduced" in (await bo.presses("Yes, introduce us")).text


async def test_a_break_of_the_other_looks_like_waiting_and_ends_like_a_silence() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await bo.presses("Yes, introduce us")
    await bo.types('/profile pause "3 weeks"')
    answer = await anna.presses("Yes, introduce us")
    assert "You said yes to Bo Lind" in answer.text
    await academy.passes(days=7)
    assert "It did not become an introduction this time" in anna.reads()
    assert academy.rooms() == []


async def test_who_comes_back_in_time_is_introduced_at_the_end() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await bo.presses("Yes, introduce us")
    await bo.types('/profile pause "3 weeks"')
    await anna.presses("Yes, introduce us")
    await bo.types("/profile resume")
    await academy.passes(days=7)
    assert len(academy.rooms()) == 1


async def test_who_withdraws_consent_says_yes_to_nobody() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    await academy.change("Anna", consent=Consent.NEVER)
    answer = await academy["Anna"].presses("Yes, introduce us")
    assert "You have not said yes to being introduced" in answer.text


async def test_a_break_before_the_card_arrives_means_no_card() -> None:
    academy = await a_small_academy()
    drawn = await academy["Olga"].types("/match round")
    await academy["Olga"].presses(drawn.buttons["Send"])
    await academy.change("Anna", paused_until=date(2026, 4, 1))
    await academy.delivers()
    assert academy["Anna"].posts() == []
    async with academy.memory.units(academy.workspace, reading=True) as work:
        states = await work.deliveries.count_by_state()
    assert states[DeliveryState.CANCELLED] >= 1


async def test_who_is_forgotten_is_gone_from_every_card() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo, carl, dorte = (academy[name] for name in ("Anna", "Bo", "Carl", "Dorte"))
    for one in (anna, bo, carl, dorte):
        await one.presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=9)
    assert "Did you meet Bo Lind?" in anna.reads()

    async with academy.memory.units(academy.workspace) as work:
        await academy.services.introductions.leave(work, bo.id, academy.clock.now())
        await work.members.forget(bo.id, academy.clock.now())
        await work.commit()
    await academy.delivers()
    shown = "\n".join(words_of(post.card) for post in anna.posts()) + "\n".join(map(words_of, academy.rooms()))
    assert "Bo Lind" not in shown
    assert "Sportshallen" not in shown
    assert "somebody who has left" in shown
    reasons = [reason for intro in await academy.intros() for reason in intro.reasons]
    assert all(str(bo.id) not in {reason.giver, reason.receiver} for reason in reasons)


async def test_who_is_forgotten_while_an_offer_waits_ends_it_without_a_trace() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await anna.presses("Yes, introduce us")
    asked = await bo.types("/profile erase")
    answer = await bo.presses(next(b for label, b in asked.buttons.items() if "orget" in label))
    assert answer.replies
    await academy.delivers()
    assert "It did not become an introduction this time" in anna.reads()
    assert "Bo Lind" not in anna.reads()


async def test_names_are_held_back_until_all_say_yes() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", names_before_yes=False))
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    offer = words_of(anna.posts()[0].card) + anna.posts()[0].card.notice + str(list(buttons_of(anna.posts()[0].card)))
    assert "Bo Lind" not in offer
    assert "the person from Sportshallen" in offer
    await anna.presses("Yes, introduce us")
    assert "Bo Lind" not in words_of(anna.posts()[0].card)
    await bo.presses("Yes, introduce us")
    await academy.delivers()
    assert "Bo Lind" in anna.reads()


async def test_a_blocked_name_stays_held_back_in_the_status() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", names_before_yes=False))
    await a_sent_round(academy)
    await academy["Anna"].presses("Not this person")
    status = await academy["Anna"].types("/match")
    assert "Suggest the person from Sportshallen again" in status.buttons


async def test_the_calendar_file_is_for_those_in_the_room_alone() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    await academy["Anna"].presses("Yes, introduce us")
    await academy["Bo"].presses("Yes, introduce us")
    await academy.delivers()
    button = buttons_of(academy.rooms()[0])["Put it in my calendar"]
    assert "for somebody else" in (await academy["Carl"].presses(button)).text
    first, second = (await academy["Anna"].presses(button)).handed, (await academy["Bo"].presses(button)).handed
    uids = [_line(one.file.content, "UID:") for one in (first, second)]
    starts = [_line(one.file.content, "DTSTART;TZID=Europe/Copenhagen:") for one in (first, second)]
    assert uids[0] == uids[1]
    assert starts[0] == starts[1]
    assert first.file.name.endswith(".ics")


def _line(content: bytes, start: str) -> str:
    return next(line for line in content.decode().splitlines() if line.startswith(start))


async def test_the_calendar_file_waits_for_the_yes() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    intro = next(one for one in await academy.intros() if one.part_of(academy.ids["Anna"]))
    answer = await academy["Anna"].sends_wire(encode_action(HandMeeting(intro.id)))
    assert "is over" in answer.text


@pytest.mark.parametrize(("label", "said"), [("We have a date", "Have a good meeting"), ("Yes, we met", "Lovely")])
async def test_did_you_meet_ends_kindly_and_can_be_said_again(label: str, said: str) -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo = academy["Anna"], academy["Bo"]
    await anna.presses("Yes, introduce us")
    await bo.presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=9)
    assert said in (await anna.presses(label)).text
    status = await anna.types("/match")
    assert "Bo Lind – " in status.text
    if "Met Bo Lind" in status.buttons:
        await anna.presses(status.buttons["Met Bo Lind"])
    await bo.presses("Yes, we met")
    assert [intro.state for intro in await academy.intros(IntroState.ENDED)] == [IntroState.ENDED]
    await academy.passes(days=60)
    assert len(anna.posts()) == len(bo.posts()) == 2


async def test_nobody_tells_how_a_meeting_went_that_is_not_open_or_not_theirs() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    intro = next(one for one in await academy.intros() if one.part_of(academy.ids["Anna"]))
    for outcome in ("met", "unknown", "flew"):
        answer = await academy["Anna"].sends_wire(encode_action(TellOutcome(intro.id, outcome)))
        assert "is over" in answer.text


async def test_who_has_not_said_yes_is_asked_in_the_status() -> None:
    academy = await a_small_academy()
    eva = await academy.joins(a_member("Eva Bang", "Biblioteket", "municipality", consent=Consent.NOT_NOW))
    status = await eva.types("/match")
    assert "May I introduce you to somebody from another sector?" in status.text
    answer = await eva.presses(status.buttons["Yes, please"])
    assert "you're in" in answer.text
    assert "Nothing waits for your answer." in (await eva.types("/match status")).text


async def test_a_button_works_after_a_restart() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    wire = encode_action(buttons_of(academy["Anna"].posts()[0].card)["Yes, introduce us"].action)
    academy.desk = Dispatcher(
        TABLES,
        academy.services,
        academy.memory.units,
        LANGUAGES,
        academy.clock,
        House("en", ZoneInfo("Europe/Copenhagen")),
    )
    assert "You said yes to Bo Lind" in (await academy["Anna"].sends_wire(wire)).text
