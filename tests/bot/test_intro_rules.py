"""The rules of an introduction, the draft's marks and wishes, and what the planner is told: pure."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import Conflict, NotThere, NotUnderstood
from bot.identity import Address, IntroId, MemberId, RoundId, ScheduleId, WorkspaceId, new_id
from bot.introductions import life
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part
from bot.introductions.drafting import DraftView, Terms
from bot.introductions.drafts import Drafts
from bot.introductions.gathering import USUAL, Gathering, gather
from bot.introductions.knowing import Knowing
from bot.introductions.life import Standing
from bot.introductions.rounds import Rounds, messages
from bot.matching.domain import Plan, Reason, ReasonKind
from bot.matching.planner import ThreadPlanner
from bot.members.domain import Block, Consent, WorkspaceOptions
from bot.schedules.domain import Schedule, ScheduleKind
from tests.introductions_talk import Academy, a_member, a_sent_round, a_small_academy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
A, B, C = (MemberId(new_id()) for _ in range(3))


def an_intro(*answers: Answer, state: IntroState = IntroState.OFFERED) -> Intro:
    parts = tuple(Part(member, answer) for member, answer in zip((A, B, C), answers, strict=False))
    return Intro(IntroId(new_id()), RoundId(new_id()), parts, 1.0, (), state, NOW, NOW + timedelta(days=6))


YES, NO, NONE = Answer.YES, Answer.NOT_NOW, Answer.NONE


def test_somebody_who_is_not_in_it_sees_an_end_without_a_cause() -> None:
    assert life.standing(an_intro(YES, YES), C, NOW) is Standing.OVER
    assert life.standing(an_intro(YES, YES), A, NOW + timedelta(days=6)) is Standing.OVER
    assert life.standing(an_intro(YES, NO), A, NOW) is Standing.WAITING


@pytest.mark.parametrize("intro", [an_intro(YES, NONE), an_intro(YES, NO), an_intro(YES, YES, state=IntroState.LAPSED)])
def test_it_opens_only_when_all_have_said_yes(intro: Intro) -> None:
    with pytest.raises(ValueError, match="all have said yes"):
        life.accepted(intro)


def test_it_ends_when_everybody_has_told_how_it_went() -> None:
    opened = life.opened(life.accepted(an_intro(YES, YES)), Address("web", "room:1"), NOW)
    assert life.opened(opened, Address("web", "room:1"), NOW + timedelta(days=1)).opened_at == NOW
    one = life.told(opened, A, Outcome.MET)
    assert one.state is IntroState.OPENED
    assert life.told(one, B, Outcome.PLANNED).state is IntroState.OPENED
    both = life.told(one, B, Outcome.NOT_MET)
    assert both.state is IntroState.ENDED
    assert life.told(both, B, Outcome.PLANNED).state is IntroState.ENDED


@pytest.mark.parametrize(
    ("outcomes", "happened"),
    [
        ((Outcome.UNKNOWN, Outcome.UNKNOWN), True),
        ((Outcome.NOT_MET, Outcome.UNKNOWN), False),
        ((Outcome.NOT_MET, Outcome.NOT_MET), False),
        ((Outcome.NOT_MET, Outcome.MET), True),
        ((Outcome.NOT_MET, Outcome.PLANNED), True),
    ],
)
def test_a_meeting_counts_unless_it_surely_did_not_happen(outcomes: tuple[Outcome, Outcome], happened: bool) -> None:
    intro = an_intro(YES, YES, state=IntroState.OPENED)
    for member, outcome in zip((A, B), outcomes, strict=True):
        intro = life.told(intro, member, outcome)
    assert life.happened(intro) is happened


def test_a_no_parts_the_one_who_said_it_from_both_others() -> None:
    assert set(life.declined_pairs(an_intro(YES, NO, YES))) == {frozenset({A, B}), frozenset({B, C})}
    assert life.declined_pairs(an_intro(YES, NONE)) == []


def test_the_question_comes_a_week_after_the_opening_by_the_calendar_of_the_place() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    opened = life.opened(life.accepted(an_intro(YES, YES)), Address("web", "room:1"), late)
    assert life.opened_on(opened, ZONE) == date(2026, 3, 3)
    assert not life.follow_up_is_due(opened, date(2026, 3, 9), 7, ZONE)
    assert life.follow_up_is_due(opened, date(2026, 3, 10), 7, ZONE)
    assert not life.follow_up_is_over(opened, date(2026, 3, 31), 7, ZONE)
    assert life.follow_up_is_over(opened, date(2026, 4, 1), 7, ZONE)
    assert not life.follow_up_is_due(an_intro(YES, YES), date(2027, 1, 1), 7, ZONE)


def test_reasons_that_quote_somebody_who_left_go_with_them() -> None:
    reasons = (Reason(ReasonKind.NEED_OFFER, str(A), str(B), "x", "y"), Reason(ReasonKind.THEME, str(B), str(C), "z"))
    intro = replace(an_intro(YES, YES, YES), reasons=reasons)
    assert life.without(intro, A).reasons == reasons[1:]


def test_the_asker_hears_less() -> None:
    asked = replace(an_intro(YES, NONE), round=None)
    assert life.asker(asked) == A
    assert (messages(asked, A), messages(asked, B)) == (1, 2)
    assert messages(replace(asked, state=IntroState.PLANNED), A) == 0


def test_the_later_word_counts() -> None:
    terms = Terms(1).lock((A, B)).lock((B, C))
    assert terms.locked == ((B, C),)
    parted = terms.part((B, C))
    assert parted.locked == ()
    assert set(parted.forbidden) == {tuple(sorted((B, C)))}
    assert parted.part((C, B)).forbidden == parted.forbidden
    again = parted.lock((B, C))
    assert (again.locked, again.forbidden) == (((B, C),), ())
    assert again.unlock((C, B)).locked == ()
    assert len(Terms(1).part((A, B, C)).forbidden) == 3


async def _gathered(academy: Academy) -> Gathering:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return await gather(work, academy.clock.now())


async def test_a_lock_that_has_become_impossible_falls_away() -> None:
    academy = await a_small_academy()
    terms = Terms(1).lock((academy.ids["Anna"], academy.ids["Carl"]))
    assert terms.wishes(await _gathered(academy)).locked
    async with academy.memory.units(academy.workspace) as work:
        await work.members.block(Block(academy.ids["Carl"], academy.ids["Anna"], academy.clock.now()))
        await work.commit()
    assert not terms.wishes(await _gathered(academy)).locked


async def test_the_planner_learns_who_met_when_and_who_waits() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Eva Bang", "Sportshallen", "business"))
    await academy.joins(a_member("Per Bang", "Sportshallen", "business"))
    for one in ("Carl", "Dorte"):
        await academy.change(one, consent=Consent.NOT_NOW)
    await a_sent_round(academy)
    await academy.passes(days=8)
    known = await _gathered(academy)
    assert known.next_number == 2
    assert sorted(candidate.waited for candidate in known.candidates) == [0, 0, 1, 1]
    assert [meeting.rounds_ago for meeting in known.history] == [1]
    assert known.invitations.yes == 4
    await a_sent_round(academy)
    await academy.passes(days=8)
    later = await _gathered(academy)
    assert sorted(meeting.rounds_ago for meeting in later.history) == [1, 2]
    assert max(candidate.waited for candidate in later.candidates) in {1, 2}


async def test_an_introduction_between_rounds_counts_by_its_day() -> None:
    academy = await a_small_academy()
    found = await academy["Carl"].types("/match find premises")
    await academy["Carl"].presses(found.buttons["Ask for an introduction"])
    await academy.delivers()
    await academy["Bo"].presses("Yes, introduce us")
    await academy.delivers()
    await academy.passes(days=1)
    await a_sent_round(academy)
    known = await _gathered(academy)
    carl_and_bo = {str(academy.ids["Carl"]), str(academy.ids["Bo"])}
    assert [meeting.rounds_ago for meeting in known.history if set(meeting.members) == carl_and_bo] == [2]


async def test_a_choice_from_another_draft_changes_nothing() -> None:
    academy = await a_small_academy()
    await academy["Olga"].types("/match round")
    drafts, olga = academy.services.introductions.drafts, academy.ids["Olga"]
    shown = await drafts.current(academy.workspace, olga)
    assert isinstance(shown, DraftView)
    round_, mark = shown.draft.round.id, shown.draft.mark()
    locked = await drafts.lock(academy.workspace, round_, mark, IntroId(new_id()))
    assert locked.note is not None
    with pytest.raises(NotThere):
        await drafts.split(academy.workspace, round_, mark, IntroId(new_id()))


async def test_two_changes_at_once_and_the_second_is_told() -> None:
    academy = await a_small_academy()
    await academy["Olga"].types("/match round")
    drafts, ids = academy.services.introductions.drafts, academy.ids
    for change in ("redraw", "swap", "draw"):
        shown = await drafts.current(academy.workspace, ids["Olga"])
        assert isinstance(shown, DraftView)
        round_, mark = shown.draft.round.id, shown.draft.mark()
        if change == "redraw":
            both = await asyncio.gather(*(drafts.redraw(academy.workspace, round_, mark) for _ in range(2)))
            assert sum(one.note is not None for one in both) in {0, 1}
        elif change == "swap":
            pair = (shown.draft.intros[0].members()[0], shown.draft.intros[1].members()[0])
            swaps = await asyncio.gather(
                *(drafts.swap(academy.workspace, round_, mark, pair) for _ in range(2)), return_exceptions=True
            )
            assert all(isinstance(one, DraftView | NotUnderstood) for one in swaps)
        else:
            drawn = await asyncio.gather(*(drafts.draw(academy.workspace, ids["Olga"]) for _ in range(2)))
            assert all(isinstance(one, DraftView) for one in drawn)
    assert len(await academy.rounds()) == 1


async def test_a_swap_that_breaks_a_rule_is_refused() -> None:
    academy = await a_small_academy()
    await academy.change("Dorte", organisation="Rødovre Kommune")
    drafts = academy.services.introductions.drafts
    shown = await drafts.draw(academy.workspace, academy.ids["Olga"])
    assert isinstance(shown, DraftView)
    anna = shown.draft.group_of(academy.ids["Anna"])
    dorte = shown.draft.group_of(academy.ids["Dorte"])
    assert anna is not None
    assert dorte is not None
    pair = (anna.others(academy.ids["Anna"])[0], academy.ids["Dorte"])
    with pytest.raises(NotUnderstood):
        await drafts.swap(academy.workspace, shown.draft.round.id, shown.draft.mark(), pair)


async def test_looking_for_nothing_is_told() -> None:
    academy = await a_small_academy()
    with pytest.raises(NotUnderstood):
        await academy.services.introductions.finding.find(academy.workspace, academy.ids["Carl"], "  ")


class Restless(Drafts):
    """While it plans, somebody joins: the members are never twice the same."""

    def __init__(self, academy: Academy) -> None:
        units = academy.memory.units
        super().__init__(units, academy.clock, ThreadPlanner(), USUAL, Knowing(units))
        self.academy = academy
        self.times = 0
        self.until = 99

    async def plan(self, workspace: WorkspaceId, gathering: Gathering, terms: Terms) -> Plan:
        self.times += 1
        if self.times <= self.until:
            await self.academy.joins(a_member(f"N{self.times} New", f"Org {self.times}", "research"))
        return await super().plan(workspace, gathering, terms)


@pytest.mark.parametrize(("until", "sent"), [(99, False), (1, True)])
async def test_a_round_is_sent_only_for_members_who_stand_still(until: int, sent: bool) -> None:
    academy = await a_small_academy()
    await academy["Olga"].types("/match round")
    (draft,) = await academy.rounds()
    shown = await academy.services.introductions.drafts.show(academy.workspace, draft.id)
    await academy.change("Bo", consent=Consent.NEVER)
    restless = Restless(academy)
    restless.until = until
    rounds = Rounds(academy.memory.units, academy.clock, restless)
    if sent:
        await rounds.send(academy.workspace, draft.id, shown.draft.mark())
    else:
        with pytest.raises(Conflict):
            await rounds.send(academy.workspace, draft.id, shown.draft.mark())
    assert bool(await academy.intros(IntroState.OFFERED)) is sent


async def test_closing_what_is_closed_or_gone_changes_nothing() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    await academy.passes(days=8)
    before = await academy.intros()
    (round_,) = await academy.rounds()
    for details in ({"round": str(round_.id)}, {"round": str(new_id())}, {"intro": str(new_id())}):
        schedule = Schedule(
            ScheduleId(new_id()),
            ScheduleKind.ROUND_CLOSE,
            "Europe/Copenhagen",
            datetime(2026, 3, 3),  # noqa: DTZ001 - wall time
            details=details,
        )
        async with academy.memory.units(academy.workspace) as work:
            await academy.services.introductions.rounds.expand_close(work, schedule, academy.clock.now())
            await work.commit()
    assert await academy.intros() == before


async def test_a_member_of_another_workspace_finds_nothing_here() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    other = await academy.memory.directory.ensure("other", "Other", (await _options(academy)))
    intro = (await academy.intros())[0]
    with pytest.raises(NotThere):
        await academy.services.introductions.answers.accept(WorkspaceId(other.id), intro.members()[0], intro.id)


async def _options(academy: Academy) -> WorkspaceOptions:
    async with academy.memory.units(academy.workspace, reading=True) as work:
        return await work.vocabulary.options()


async def test_somebody_who_was_forgotten_after_the_draft_has_no_name_in_it() -> None:
    academy = await a_small_academy()
    drawn = await academy["Olga"].types("/match round")
    asked = await academy["Bo"].types("/profile erase")
    await academy["Bo"].presses(next(button for label, button in asked.buttons.items() if "orget" in label))
    shown = await academy["Olga"].types("/match preview")
    assert "Bo Lind" not in shown.text
    assert "somebody who has left" in shown.text
    sent = await academy["Olga"].presses(drawn.buttons["Send"])
    assert "1 member could not take part any more" in sent.text
