"""An organiser looks at a round, changes it, and sends it; and what others do meanwhile."""

import asyncio
from datetime import date

import pytest

from bot.introductions.domain import IntroState, RoundState
from bot.members.domain import Block, Consent, Role
from tests.introductions_talk import Academy, Answer, a_member, a_sent_round, a_small_academy, selects_of

SECTORS = ("business", "civil_society", "foundation", "municipality", "research")


async def a_large_academy(members: int) -> Academy:
    academy = await a_small_academy()
    for number in range(members - 4):
        sector = SECTORS[number % 5]
        await academy.joins(a_member(f"N{number} Member", f"Organisation {number}", sector, offers=f"offer {number}"))
    return academy


async def pairs_of(academy: Academy) -> set[frozenset[str]]:
    names = {member: first for first, member in academy.ids.items()}
    planned = await academy.intros(IntroState.PLANNED)
    return {frozenset(names[member] for member in intro.members()) for intro in planned}


async def test_rounds_are_for_organisers() -> None:
    academy = await a_small_academy()
    for line in ("/match round", "/match preview", '/match schedule every:"tuesday 09:00"', "/match history"):
        assert "Only an organiser can do that" in (await academy["Anna"].types(line)).text
    drawn = await academy["Olga"].types("/match round")
    for label in ("Send", "Drop", "Draw again"):
        assert "Only an organiser" in (await academy["Anna"].presses(drawn.buttons[label])).text
    assert await academy.intros(IntroState.OFFERED) == []


async def test_with_nobody_to_introduce_it_says_what_is_missing() -> None:
    academy = await a_small_academy()
    for first in ("Anna", "Bo", "Carl"):
        await academy.change(first, consent=Consent.ASKED)
    drawn = await academy["Olga"].types("/match round")
    assert "There is nobody to introduce yet" in drawn.text
    assert "1 of 5 have said yes, 3 have not answered" in drawn.text
    assert await academy.rounds() == []


async def test_the_preview_shows_the_same_draft_again_and_makes_one_where_there_is_none() -> None:
    academy = await a_small_academy()
    first = await academy["Olga"].types("/match preview")
    again = await academy["Olga"].types("/match forhåndsvis")
    assert again.text == first.text
    assert len(await academy.rounds()) == 1


async def test_a_locked_group_survives_another_draw_and_can_be_let_go() -> None:
    academy = await a_large_academy(12)
    olga = academy["Olga"]
    drawn = await olga.types("/match round")
    lock, _ = selects_of(drawn.card)
    kept = await _group(academy, lock.choices[0].value)
    locked = await olga.chooses(lock, lock.choices[0].value)
    assert "[locked]" in locked.text
    for _ in range(3):
        locked = await olga.presses(locked.buttons["Draw again"])
        assert kept in await pairs_of(academy)
    let_go = await olga.chooses(selects_of(locked.card)[0], await _choice(academy, kept))
    assert "[locked]" not in let_go.text


async def _group(academy: Academy, intro: str) -> frozenset[str]:
    names = {member: first for first, member in academy.ids.items()}
    found = next(one for one in await academy.intros(IntroState.PLANNED) if str(one.id) == intro)
    return frozenset(names[member] for member in found.members())


async def _choice(academy: Academy, group: frozenset[str]) -> str:
    members = {academy.ids[first] for first in group}
    return next(str(one.id) for one in await academy.intros(IntroState.PLANNED) if set(one.members()) == members)


async def test_a_forbidden_group_is_kept_apart_until_all_locks_are_let_go() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    drawn = await olga.types("/match round")
    assert frozenset({"Anna", "Bo"}) in await pairs_of(academy)
    _, apart = selects_of(drawn.card)
    split = await olga.chooses(apart, await _choice(academy, frozenset({"Anna", "Bo"})))
    assert frozenset({"Anna", "Bo"}) not in await pairs_of(academy)
    again = await olga.presses(split.buttons["Draw again"])
    assert frozenset({"Anna", "Bo"}) not in await pairs_of(academy)
    await olga.presses(again.buttons["Let go of all locks"])
    assert frozenset({"Anna", "Bo"}) in await pairs_of(academy)


async def _changes(academy: Academy, shown: Answer, what: str, one: str, other: str) -> Answer:
    opened = await academy["Olga"].presses(shown.buttons["Put together, keep apart, swap …"])
    return await academy["Olga"].fills(
        opened.form, what=(what,), one=str(academy.ids[one]), other=str(academy.ids[other])
    )


async def test_two_are_put_together_kept_apart_or_change_places_by_name() -> None:
    academy = await a_small_academy()
    drawn = await academy["Olga"].types("/match round")
    together = await _changes(academy, drawn, "together", "Anna", "Carl")
    assert frozenset({"Anna", "Carl"}) in await pairs_of(academy)
    assert "[locked]" in together.text
    apart = await _changes(academy, together, "apart", "Anna", "Carl")
    assert frozenset({"Anna", "Carl"}) not in await pairs_of(academy)
    assert "[locked]" not in apart.text


async def test_a_swap_leaves_everybody_else_where_they_are() -> None:
    academy = await a_large_academy(20)
    drawn = await academy["Olga"].types("/match round")
    before = await pairs_of(academy)
    first, second = sorted(before, key=sorted)[:2]
    for one in sorted(first):
        for other in sorted(second):
            swapped = await _changes(academy, drawn, "swap", one, other)
            if any(hasattr(reply, "problems") for reply in swapped.replies):
                assert await pairs_of(academy) == before
                continue
            after = await pairs_of(academy)
            assert after - before == {first - {one} | {other}, second - {other} | {one}}
            assert "[locked]" in swapped.text
            return
    raise AssertionError("no two of four may change places")


async def test_what_cannot_be_is_said_by_the_field_and_changes_nothing() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Ena Holm", "Rødovre Kommune", "research"))
    drawn = await academy["Olga"].types("/match round")
    before = await pairs_of(academy)
    same = await _changes(academy, drawn, "together", "Anna", "Anna")
    assert same.problems == {"other": "Choose two different people."}
    organisation = await _changes(academy, drawn, "together", "Anna", "Ena")
    assert "different sectors and organisations" in organisation.problems["other"]
    organiser = await _changes(academy, drawn, "together", "Anna", "Olga")
    assert "can't put these two together" in organiser.problems["other"]
    partners = await _changes(academy, drawn, "swap", "Anna", "Olga")
    assert "can't change places" in partners.problems["other"]
    assert await pairs_of(academy) == before


async def test_a_blocked_pair_is_refused_in_the_same_words_as_any_other() -> None:
    academy = await a_small_academy()
    async with academy.memory.units(academy.workspace) as work:
        await work.members.block(Block(academy.ids["Anna"], academy.ids["Carl"], academy.clock.now()))
        await work.commit()
    drawn = await academy["Olga"].types("/match round")
    blocked = await _changes(academy, drawn, "together", "Anna", "Carl")
    await academy.change("Dorte", organisation="Rødovre Kommune")
    drawn = await academy["Olga"].types("/match round")
    colleagues = await _changes(academy, drawn, "together", "Anna", "Dorte")
    assert blocked.problems == colleagues.problems


async def test_somebody_left_out_can_change_places_with_somebody_who_is_in() -> None:
    academy = await a_small_academy()
    for first in ("Carl", "Dorte"):
        await academy.change(first, consent=Consent.NOT_NOW)
    await academy.joins(a_member("Finn Dahl", "Sportshallen", "business"))
    await academy.joins(a_member("Gro Dahl", "Sportshallen", "business"))
    drawn = await academy["Olga"].types("/match round")
    assert "2 left out" in drawn.text
    out = await academy["Olga"].presses(drawn.buttons["Who is left out"])
    assert "Left out of round 1" in out.text
    swapped = await _changes(academy, drawn, "swap", "Bo", "Finn")
    assert await pairs_of(academy) == {frozenset({"Anna", "Finn"})}
    out = await academy["Olga"].presses(swapped.buttons["Who is left out"])
    assert "Bo Lind: you have put somebody else in their place." in out.text
    assert "Finn Dahl" not in out.text


async def test_a_round_of_seventy_five_groups_is_turned_page_by_page() -> None:
    academy = await a_large_academy(150)
    olga = academy["Olga"]
    shown = await olga.types("/match round")
    assert "75 groups · 150 members" in shown.text
    assert "Page 1 of 10" in shown.text
    seen: set[str] = set()
    for page in range(1, 11):
        assert f"Page {page} of 10" in shown.text
        seen |= {choice.value for choice in selects_of(shown.card)[0].choices}
        assert all(len(choice.label) <= 75 for choice in selects_of(shown.card)[0].choices)
        if page < 10:
            shown = await olga.presses(shown.buttons["Next page"])
    assert len(seen) == 75
    assert "Next page" not in shown.buttons
    assert "Page 9 of 10" in (await olga.presses(shown.buttons["Previous page"])).text


async def test_a_second_organiser_s_change_is_not_overwritten() -> None:
    academy = await a_large_academy(12)
    await academy.joins(a_member("Per Bang", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER))
    olga, per = academy["Olga"], academy["Per"]
    mine = await olga.types("/match preview")
    his = await per.types("/match preview")
    lock, apart = selects_of(mine.card)
    await per.chooses(selects_of(his.card)[0], selects_of(his.card)[0].choices[0].value)
    before = await pairs_of(academy)

    for late in (
        await olga.presses(mine.buttons["Draw again"]),
        await olga.presses(mine.buttons["Send"]),
        await olga.chooses(lock, lock.choices[1].value),
        await olga.chooses(apart, apart.choices[1].value),
        await _changes(academy, mine, "swap", "Anna", "Carl"),
        await _changes(academy, mine, "apart", "Anna", "Carl"),
    ):
        assert "Somebody has changed the draft meanwhile" in late.text
    assert await pairs_of(academy) == before
    assert await academy.intros(IntroState.OFFERED) == []


async def test_two_organisers_at_the_same_moment_make_one_round() -> None:
    academy = await a_large_academy(12)
    await academy.joins(a_member("Per Bang", "Akademiet", "research", role=Role.ORGANISER, consent=Consent.NEVER))
    both = await asyncio.gather(academy["Olga"].types("/match round"), academy["Per"].types("/match round"))
    assert len(await academy.rounds()) == 1
    shown = await academy["Olga"].types("/match preview")
    sent = await asyncio.gather(
        academy["Olga"].presses(shown.buttons["Send"]), academy["Per"].presses(shown.buttons["Send"])
    )
    said = [answer.text for answer in sent]
    assert sum("is on its way" in text for text in said) == 1
    assert sum("has been sent already" in text for text in said) == 1
    await academy.delivers()
    assert len(academy["Anna"].posts()) == 1
    assert all(answer.text for answer in both)


async def test_a_dropped_round_is_gone_and_was_never_there_for_anybody() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    drawn = await olga.types("/match round")
    assert "The round is dropped" in (await olga.presses(drawn.buttons["Drop"])).text
    assert "The round is dropped" in (await olga.presses(drawn.buttons["Drop"])).text
    assert "That round was dropped" in (await olga.presses(drawn.buttons["Send"])).text
    assert "No round has been sent yet" in (await olga.types("/match history")).text
    assert await academy.intros() == []
    next_one = await olga.types("/match round")
    assert "Round 2" in next_one.text
    await olga.presses(next_one.buttons["Send"])
    assert "has been sent already" in (await olga.presses(next_one.buttons["Drop"])).text


async def test_who_left_since_the_draft_is_taken_out_and_the_others_find_each_other() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    drawn = await olga.types("/match round")
    assert {frozenset({"Anna", "Bo"}), frozenset({"Carl", "Dorte"})} == await pairs_of(academy)
    await academy.change("Bo", paused_until=date(2026, 5, 1))
    await academy.change("Dorte", consent=Consent.NEVER)
    looked = await olga.types("/match preview")
    assert "2 groups are not possible any more" in looked.text
    assert "[not possible any more]" in looked.text
    sent = await olga.presses(drawn.buttons["Send"])
    assert "2 members could not take part any more" in sent.text
    assert "1 group was drawn anew" in sent.text
    await academy.delivers()
    assert "May I introduce you to Carl Juhl?" in academy["Anna"].reads()
    assert academy["Bo"].posts() == academy["Dorte"].posts() == []


async def test_a_second_round_meets_new_people_and_leaves_out_who_waits_for_an_answer() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    waiting = await academy["Olga"].types("/match round")
    assert "There is nobody to introduce yet" in waiting.text
    first = {frozenset(intro.members()) for intro in await academy.intros()}
    for one in ("Anna", "Bo", "Carl", "Dorte"):
        await academy[one].presses("Yes, introduce us")
    await academy.delivers()
    drawn = await academy["Olga"].types("/match round")
    second = {frozenset(intro.members()) for intro in await academy.intros(IntroState.PLANNED)}
    assert not first & second
    assert "Round 2" in drawn.text


async def test_when_all_have_met_it_says_so_and_marks_them() -> None:
    academy = await a_small_academy()
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    await a_sent_round(academy)
    for one in ("Anna", "Bo"):
        await academy[one].presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=8)
    drawn = await academy["Olga"].types("/match round")
    assert "Some have met everybody they can meet" in drawn.text
    assert "[they know each other]" in drawn.text


async def test_a_meeting_that_did_not_happen_does_not_count() -> None:
    academy = await a_small_academy()
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    await a_sent_round(academy)
    for one in ("Anna", "Bo"):
        await academy[one].presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=9)
    await academy["Anna"].presses("Not yet - no hard feelings")
    drawn = await academy["Olga"].types("/match round")
    assert "they know each other" not in drawn.text


async def test_who_was_left_out_goes_first_in_the_next_round() -> None:
    academy = await a_small_academy()
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    await academy.joins(a_member("Finn Dahl", "Sportshallen", "business"))
    await a_sent_round(academy)
    paired = {member for intro in await academy.intros() for member in intro.members()}
    out = next(first for first in ("Bo", "Finn") if academy.ids[first] not in paired)
    for one in ("Anna", "Bo", "Finn"):
        if academy.ids[one] in paired:
            await academy[one].presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=8)
    await academy["Olga"].types("/match round")
    assert await pairs_of(academy) == {frozenset({"Anna", out})}


@pytest.mark.parametrize("chosen", [(), ("nonsense",)])
async def test_a_choice_that_is_none_gets_a_kind_word(chosen: tuple[str, ...]) -> None:
    academy = await a_small_academy()
    drawn = await academy["Olga"].types("/match round")
    for select in selects_of(drawn.card):
        assert "Choose a group from the list" in (await academy["Olga"].chooses(select, *chosen)).text


async def test_a_sent_round_closes_once() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    await academy.passes(days=20)
    assert [round_.state for round_ in await academy.rounds()] == [RoundState.CLOSED]
    assert {len(academy[one].posts()) for one in ("Anna", "Bo", "Carl", "Dorte")} == {1}
