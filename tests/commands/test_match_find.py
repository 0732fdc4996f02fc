"""Somebody is looked for, found, and asked."""

from datetime import date

import pytest

from bot.introductions.actions import AskForIntro
from bot.introductions.domain import IntroState
from bot.members.domain import Block, Consent, WorkspaceOptions
from bot.messages.actions import encode_action
from bot.messages.elements import Button, Buttons, Card
from tests.introductions_talk import a_member, a_sent_round, a_small_academy, buttons_of, words_of


async def test_a_need_is_found_asked_for_and_opened() -> None:
    academy = await a_small_academy()
    carl, bo = academy["Carl"], academy["Bo"]
    found = await carl.types('/match find "premises"')
    assert "These fit best just now" in found.text
    assert "Bo Lind" in found.text
    assert "Anna Holm" not in found.text
    asked = await carl.presses(found.buttons["Ask for an introduction"])
    assert "I have asked Bo Lind" in asked.text
    await academy.delivers()
    assert carl.posts() == []
    assert "May I introduce you to Carl Juhl?" in bo.reads()
    assert "You offer “premises”, and Carl Juhl needs it." in bo.reads()

    waits = await carl.types("/match")
    assert "You said yes to Bo Lind" in waits.text
    await bo.presses("Yes, introduce us")
    await academy.delivers()
    assert "Carl Juhl" in words_of(academy.rooms()[0])
    await academy.passes(days=9)
    assert "Did you meet" in carl.reads()
    assert "Did you meet" in bo.reads()


async def test_a_theme_is_found_in_whatever_language() -> None:
    academy = await a_small_academy()
    found = await academy["Carl"].types("/match find ældre")
    assert "ageing" in found.text
    assert {"Anna Holm", "Bo Lind"} <= set(_names(found.text))
    asked = await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    assert "I have asked" in asked.text
    await academy.delivers()
    kinds = [reason.kind for intro in await academy.intros() for reason in intro.reasons]
    assert kinds[0] == "theme"


def _names(text: str) -> list[str]:
    return [line.removeprefix("Who: ") for line in text.splitlines() if line.startswith("Who: ")]


async def test_without_a_word_a_form_opens_and_answers_the_same() -> None:
    academy = await a_small_academy()
    opened = await academy["Carl"].types("/match find")
    assert opened.form.title == "Find somebody"
    assert "Bo Lind" in (await academy["Carl"].fills(opened.form, term="premises")).text
    assert "term" in (await academy["Carl"].fills(opened.form, term="   ")).problems
    assert "term" in (await academy["Carl"].fills(opened.form, term="x" * 121)).problems


@pytest.mark.parametrize(
    "term", ["😀", "<!channel>", "@everyone", "<script>alert(1)</script>", "שלום", "'; drop table", "zzzz"]
)
async def test_what_nobody_offers_gets_a_kind_answer(term: str) -> None:
    academy = await a_small_academy()
    answer = await academy["Carl"].types(f'/match find "{term}"')
    assert "Nobody fits that just now" in answer.text
    again = await academy["Carl"].presses(answer.buttons["Look for something else"])
    assert again.form.title == "Find somebody"


async def test_too_long_a_term_is_told() -> None:
    academy = await a_small_academy()
    assert "too long" in (await academy["Carl"].types(f'/match find "{"x" * 200}"')).text


async def test_colleagues_the_own_sector_the_blocked_and_those_on_a_break_are_not_found() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    await academy.joins(a_member("Sam Sektor", "Anden Kommune", "municipality", offers="premises"))
    await academy.joins(a_member("Kis Kollega", "Rødovre Kommune", "research", offers="premises"))
    await academy.joins(a_member("Pia Pause", "Hallen", "business", offers="premises", paused_until=date(2026, 4, 1)))
    await academy.joins(a_member("Nej Nielsen", "Salen", "business", offers="premises", consent=Consent.NEVER))
    assert _names((await anna.types("/match find premises")).text) == ["Bo Lind"]
    async with academy.memory.units(academy.workspace) as work:
        await work.members.block(Block(academy.ids["Bo"], academy.ids["Anna"], academy.clock.now()))
        await work.commit()
    assert "Nobody fits that just now" in (await anna.types("/match find premises")).text


async def test_one_request_a_week_and_the_same_one_twice_is_one() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Gerda Gave", "Huset", "business", offers="premises"))
    carl = academy["Carl"]
    found = await carl.types("/match find premises")
    ask = [button for card in found.cards for button in _asks(card)]
    await carl.presses(ask[0])
    again = await carl.presses(ask[0])
    assert "I have asked" in again.text
    other = await carl.presses(ask[1])
    assert "as many introductions as one week holds" in other.text
    assert len(await academy.intros()) == 1
    later = await carl.types("/match find premises")
    assert "Ask for an introduction" not in later.buttons
    await academy.passes(days=8)
    assert "Ask for an introduction" in (await carl.types("/match find premises")).buttons


def _asks(card: Card) -> list[Button]:
    return [
        button
        for element in card.elements
        if isinstance(element, Buttons)
        for button in element.buttons
        if isinstance(button, Button) and isinstance(button.action, AskForIntro)
    ]


async def test_somebody_is_asked_no_more_often_than_they_want() -> None:
    academy = await a_small_academy()
    found = await academy["Carl"].types("/match find premises")
    late = (await academy["Dorte"].types("/match find premises")).buttons["Ask for an introduction"]
    await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    assert "I can't ask that person just now" in (await academy["Dorte"].presses(late)).text
    assert "Nobody fits" in (await academy["Dorte"].types("/match find premises")).text


async def test_who_has_not_said_yes_or_takes_a_break_is_told_how_to_begin() -> None:
    academy = await a_small_academy()
    await academy.change("Carl", consent=Consent.NOT_NOW)
    assert "You have not said yes" in (await academy["Carl"].types("/match find premises")).text
    await academy.change("Carl", consent=Consent.YES, paused_until=date(2026, 4, 1))
    assert "You are on a break" in (await academy["Carl"].types("/match find premises")).text


async def test_names_are_held_back_in_a_search_too() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", names_before_yes=False))
    found = await academy["Carl"].types("/match find premises")
    assert "Bo Lind" not in found.text
    assert "the person from Sportshallen" in found.text
    asked = await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    assert "I have asked the person from Sportshallen" in asked.text


async def test_a_request_that_stays_unanswered_ends_by_itself() -> None:
    academy = await a_small_academy()
    found = await academy["Carl"].types("/match find premises")
    await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    await academy.delivers()
    await academy.passes(days=7)
    assert [one.state for one in await academy.intros()] == [IntroState.LAPSED]
    assert "It did not become an introduction this time" in academy["Bo"].reads()
    assert academy["Carl"].posts() == []


async def test_one_who_is_introduced_already_sees_that() -> None:
    academy = await a_small_academy()
    found = await academy["Carl"].types("/match find premises")
    await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    await academy.delivers()
    await academy["Bo"].presses("Yes, introduce us")
    answer = await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    assert "You are introduced: Bo Lind" in answer.text


@pytest.mark.parametrize(("offer", "theme"), [(9, 0), (0, 9), (-1, -1), (0, 0)])
async def test_a_button_made_up_by_hand_asks_for_what_the_profiles_hold(offer: int, theme: int) -> None:
    academy = await a_small_academy()
    wire = encode_action(AskForIntro(academy.ids["Bo"], offer, theme))
    assert "I have asked Bo Lind" in (await academy["Carl"].sends_wire(wire)).text
    myself = encode_action(AskForIntro(academy.ids["Carl"], 1, 0))
    assert "I can't ask that person just now" in (await academy["Carl"].sends_wire(myself)).text


@pytest.mark.parametrize("often", [1, 2, 5])
async def test_nobody_gets_more_than_four_private_messages_from_a_round_and_what_comes_beside_it(often: int) -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Gerda Gave", "Huset", "research", offers="premises|rooms"))
    for place in range(4):
        sector = ("foundation", "civil_society")[place % 2]
        await academy.joins(a_member(f"P{place} Person", f"Sted {place}", sector, offers="premises"))
    for first in academy.ids:
        await academy.change(first, intros_per_round=often)
    await a_sent_round(academy)
    for first in [first for first in academy.ids if first != "Olga"]:
        found = await academy[first].types("/match find premises")
        for button in [button for card in found.cards for button in _asks(card)]:
            await academy[first].presses(button)
    await academy.delivers()
    for first in academy.ids:
        status = await academy[first].types("/match")
        for card in status.cards:
            for label, button in _accepts(card):
                assert label
                await academy[first].presses(button)
    await academy.delivers()
    await academy.passes(days=30)
    assert any(len(academy[first].posts()) > 2 for first in academy.ids)
    for first in academy.ids:
        assert len(academy[first].posts()) <= 4, first


def _accepts(card: Card) -> list[tuple[str, Button]]:
    return [(label, button) for label, button in buttons_of(card).items() if label == "Yes, introduce us"]
