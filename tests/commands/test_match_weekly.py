"""The weekly rule: what was typed, what was understood, and the rounds that come by themselves."""

from datetime import UTC, datetime

import pytest

from bot.introductions.actions import SetWeekly
from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import Consent
from bot.messages.actions import encode_action
from bot.messages.elements import Bullets
from bot.messages.text import flat
from tests.introductions_talk import a_member, a_small_academy, buttons_of


async def test_a_rule_is_shown_in_words_before_it_counts() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    assert "No round is drawn by itself." in (await olga.types("/match schedule")).text
    shown = await olga.types('/match schedule every:"tuesday 09:00"')
    assert "Every Tuesday at 09:00 I draw a round, and an organiser looks at it before anything is sent." in shown.text
    dates = next(element for element in shown.card.elements if isinstance(element, Bullets))
    assert [flat(item) for item in dates.items] == [
        "Tuesday, 3 March 2026 at 09:00",
        "Tuesday, 10 March 2026 at 09:00",
        "Tuesday, 17 March 2026 at 09:00",
    ]
    assert "No round is drawn by itself." in (await olga.types("/match schedule")).text
    done = await olga.presses(shown.buttons["Do it like that"])
    assert "The weekly round" in done.text
    await olga.presses(shown.buttons["Do it like that"])
    async with academy.memory.units(academy.workspace, reading=True) as work:
        schedules = await work.schedules.every()
    assert [(one.rule, one.zone) for one in schedules] == [("FREQ=WEEKLY;BYDAY=TU", "Europe/Copenhagen")]


async def test_a_round_that_waits_for_approval_tells_the_organisers_and_nobody_else() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/match schedule every:"tuesday 09:00"')
    await olga.presses(shown.buttons["Do it like that"])
    await academy.passes(days=1)
    assert "Round 1 is ready to look at" in olga.reads()
    assert academy["Anna"].posts() == []
    looked = await olga.presses("Look at the round")
    assert "Round 1, not sent yet" in looked.text
    sent = await olga.presses("Send")
    assert "is on its way" in sent.text
    await academy.delivers()
    assert "May I introduce you" in academy["Anna"].reads()


async def test_a_round_that_nobody_sent_is_drawn_again_the_week_after() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/match schedule every:"tuesday 09:00"')
    await olga.presses(shown.buttons["Do it like that"])
    await academy.passes(days=9)
    assert [round_.state for round_ in await academy.rounds()] == [RoundState.DRAFT]
    assert len(olga.posts()) == 2


async def test_a_round_goes_by_itself_where_the_organiser_wants_that() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/match schedule every:"tuesday 09:00" approval:no')
    assert "send it by myself" in shown.text
    await olga.presses(shown.buttons["Do it like that"])
    await academy.passes(days=16)
    rounds = await academy.rounds()
    assert [round_.number for round_ in rounds] == [3, 2, 1]
    assert [round_.state for round_ in rounds] == [RoundState.OPEN, RoundState.CLOSED, RoundState.CLOSED]
    assert olga.posts() == []
    assert len(academy["Anna"].posts()) == 3


async def test_the_rule_is_changed_and_stopped() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/match schedule every:"tuesday 09:00"')
    await olga.presses(shown.buttons["Do it like that"])
    other = await olga.types('/match schedule every:"friday 14:30"')
    assert "It takes the place of today's rule: Every Tuesday at 09:00" in other.text
    changed = await olga.presses(other.buttons["Do it like that"])
    by_itself = await olga.presses(changed.buttons["Send by itself"])
    assert "Every Friday at 14:30 I draw a round and send it by myself." in by_itself.text
    assert "Let an organiser look first" in (await olga.types("/match schedule")).buttons
    stopped = await olga.presses(by_itself.buttons["Stop"])
    assert "No round is drawn by itself." in stopped.text
    assert "No round is drawn by itself." in (await olga.presses(by_itself.buttons["Stop"])).text
    await academy.passes(days=20)
    assert await academy.rounds() == []


async def test_in_danish() -> None:
    academy = await a_small_academy(language="da")
    shown = await academy["Olga"].types('/match plan hver:"tirsdag kl. 9" godkend:nej')
    assert "Hver tirsdag kl. 09.00 laver jeg en runde og sender den selv." in shown.text
    assert "Gør det sådan" in shown.buttons


@pytest.mark.parametrize(
    "typed", ["every:sometime", 'every:"tuesday 25:00"', "every:😀", 'every:"09:00"', "approval:perhaps"]
)
async def test_what_is_no_weekly_time_gets_a_kind_word(typed: str) -> None:
    academy = await a_small_academy()
    answer = await academy["Olga"].types(f"/match schedule {typed}")
    assert any(hint in answer.text for hint in ("for example", "yes or no"))
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.schedules.every() == []


@pytest.mark.parametrize("wrong", [(7, 9, 0), (1, 24, 0), (1, 9, 60), (-1, 9, 0)])
async def test_a_button_made_up_by_hand_sets_nothing(wrong: tuple[int, int, int]) -> None:
    academy = await a_small_academy()
    answer = await academy["Olga"].sends_wire(encode_action(SetWeekly(*wrong, 1)))
    assert "no such time of day" in answer.text


async def test_a_week_with_nobody_passes_quietly() -> None:
    academy = await a_small_academy()
    for one in ("Anna", "Bo", "Carl", "Dorte"):
        await academy.change(one, consent=Consent.ASKED)
    shown = await academy["Olga"].types('/match schedule every:"tuesday 09:00"')
    await academy["Olga"].presses(shown.buttons["Do it like that"])
    await academy.passes(days=2)
    assert await academy.rounds() == []
    assert academy["Olga"].posts() == []


async def test_the_wall_clock_counts_over_the_change_to_summer_time() -> None:
    academy = await a_small_academy()
    academy.clock.set(datetime(2026, 3, 25, 12, tzinfo=UTC))
    shown = await academy["Olga"].types('/match schedule every:"tuesday 09:00" approval:no')
    await academy["Olga"].presses(shown.buttons["Do it like that"])
    async with academy.memory.units(academy.workspace, reading=True) as work:
        (rule,) = await work.schedules.every()
    assert rule.next_at == datetime(2026, 3, 31, 7, tzinfo=UTC)


async def test_three_are_introduced_when_all_three_say_yes() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Eva Bang", "Biblioteket", "research"))
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    drawn = await academy["Olga"].types("/match round")
    assert "1 group · 3 members · 0 left out" in drawn.text
    await academy["Olga"].presses(drawn.buttons["Send"])
    await academy.delivers()
    offer = academy["Eva"].posts()[0].card
    assert {"Not Anna Holm", "Not Bo Lind"} <= buttons_of(offer).keys()
    for one in ("Anna", "Bo"):
        await academy[one].presses("Yes, introduce us")
    assert academy.rooms() == []
    await academy["Eva"].presses("Yes, introduce us")
    await academy.delivers()
    assert len(academy.rooms()) == 1


async def test_when_one_of_three_says_no_the_two_others_go_first_next_time_and_never_learn_who() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Eva Bang", "Biblioteket", "research"))
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    drawn = await academy["Olga"].types("/match round")
    await academy["Olga"].presses(drawn.buttons["Send"])
    await academy.delivers()
    for one in ("Anna", "Bo"):
        await academy[one].presses("Yes, introduce us")
    await academy["Eva"].presses("Not Bo Lind")
    await academy.passes(days=8)
    assert academy.rooms() == []
    assert academy["Anna"].reads() == academy["Bo"].reads() == academy["Eva"].reads()
    await academy["Olga"].types("/match round")
    (pair,) = await academy.intros(IntroState.PLANNED)
    assert set(pair.members()) == {academy.ids["Anna"], academy.ids["Bo"]}
