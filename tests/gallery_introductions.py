"""Every card and form of rounds and introductions, for the renderers: pairs and trios, all states, full and empty."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.errors import phrase
from bot.identity import Address, IntroId, MemberId, RoundId, ScheduleId
from bot.introductions.actions import ChangeDraft
from bot.introductions.answers import Mine
from bot.introductions.cards import calendar_card, did_you_meet_card, offer_card, outcome_card, room_card
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.introductions.drafting import Draft, DraftView, NobodyYet
from bot.introductions.finding import Found, Hit
from bot.introductions.forms import change_form, look_form
from bot.introductions.gathering import Invitations
from bot.introductions.preview import left_out_card, preview_card
from bot.introductions.rounds import PastRound, Sent
from bot.introductions.seeing import Naming, Seen
from bot.introductions.status import asked_card, found_card, status_card, unblocked_card
from bot.introductions.summary import dropped_card, history_card, nobody_card, ready_card, sent_card
from bot.introductions.weekly import WeeklyRule, schedule_of
from bot.introductions.weeklycards import no_rule_card, rule_card, understood_card
from bot.matching.domain import LeftOut, Loss, Reason, ReasonKind, WhyLeftOut, WishCost, WishKind
from bot.members.domain import SECTORS, THEMES, Consent, Member, WorkspaceOptions
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.schedules.domain import CatchUp
from bot.times import Weekly
from bot.words import Words

NOW = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
NAMING = Naming({sector.key: sector for sector in SECTORS}, {theme.key: theme for theme in THEMES})


def _id(number: int) -> UUID:
    return UUID(f"0195a000-0000-7000-8000-{number:012d}")


def _member(number: int, name: str, organisation: str, sector: str, needs: str = "", offers: str = "") -> Member:
    return Member(
        id=MemberId(_id(number)),
        name=name,
        organisation=organisation,
        sector=sector,
        themes=("ageing", "nabofællesskab"),
        needs=tuple(needs.split("|")) if needs else (),
        offers=tuple(offers.split("|")) if offers else (),
        consent=Consent.YES,
    )


ANNA = _member(1, "Anna Holm", "Rødovre Kommune", "municipality", needs="lokaler om aftenen|frivillige")
BO = _member(2, "Bo <b>Lind</b> 👩‍👧", "Sportshallen & Søn", "business", offers="mødelokaler|@everyone kaffe")
CARL = _member(3, "Carl Juhl med et meget langt navn der fylder en hel linje", "Nordfonden", "foundation", "", "penge")
PEOPLE = {member.id: member for member in (ANNA, BO, CARL)}
REASONS = (
    Reason(ReasonKind.NEED_OFFER, str(BO.id), str(ANNA.id), "lokaler om aftenen", "mødelokaler"),
    Reason(ReasonKind.THEME, str(BO.id), str(ANNA.id), "ageing", "ageing"),
    Reason(ReasonKind.SECTORS, str(ANNA.id), str(BO.id)),
    Reason(ReasonKind.FIRST_MEETING, str(ANNA.id), str(BO.id)),
)


def an_intro(number: int, state: IntroState, *members: Member, answer: Answer = Answer.NONE) -> Intro:
    return Intro(
        id=IntroId(_id(100 + number)),
        round=RoundId(_id(50)),
        parts=tuple(Part(member.id, answer if place == 0 else Answer.NONE) for place, member in enumerate(members)),
        score=1.0,
        reasons=REASONS,
        state=state,
        created_at=NOW,
        answer_until=NOW + timedelta(days=6),
    )


def _seen(intro: Intro, *, reader: Member | None = ANNA, shown: bool = True) -> Seen:
    return Seen(intro, PEOPLE, NAMING, NOW, reader.id if reader else None, shown)


def _offers(words: Words) -> list[tuple[str, Card]]:
    found = [
        (f"offer {answer.value}", offer_card(_seen(an_intro(1, IntroState.OFFERED, ANNA, BO, answer=answer)), words))
        for answer in Answer
    ]
    trio = an_intro(2, IntroState.OFFERED, ANNA, BO, CARL)
    opened = replace(an_intro(3, IntroState.OPENED, ANNA, BO), room=Address("web", "room:1"), opened_at=NOW)
    alone = Seen(opened, {ANNA.id: ANNA}, NAMING, NOW, ANNA.id)
    return [
        *found,
        ("offer to three", offer_card(_seen(trio), words)),
        ("offer without names", offer_card(_seen(trio, shown=False), words)),
        ("offer without an end", offer_card(_seen(replace(trio, answer_until=None)), words)),
        ("offer opened", offer_card(_seen(opened), words)),
        ("offer over", offer_card(_seen(an_intro(4, IntroState.LAPSED, ANNA, BO)), words)),
        ("offer after somebody left", offer_card(alone, words)),
        ("room", room_card(_seen(opened, reader=None), words, ZONE)),
        ("room of three", room_card(_seen(replace(trio, state=IntroState.OPENED), reader=None), words, ZONE)),
        ("calendar", calendar_card(_seen(opened), words, ZONE)),
        ("did you meet", did_you_meet_card(_seen(opened), words)),
        *(
            (
                f"outcome {outcome.value}",
                outcome_card(_seen(replace(opened, parts=(Part(ANNA.id, outcome=outcome), Part(BO.id)))), words),
            )
            for outcome in Outcome
        ),
        ("asked", asked_card(_seen(an_intro(5, IntroState.OFFERED, ANNA, BO, answer=Answer.YES)), words)),
        ("asked before", asked_card(_seen(opened), words)),
        ("unblocked", unblocked_card(words)),
        ("status", status_card(_mine(opened), ANNA, WorkspaceOptions(), words, NOW.date())),
        ("status with nothing", status_card(Mine((), ()), ANNA, WorkspaceOptions(), words, NOW.date())),
        ("found", found_card(_found(BO, left=1), words)),
        ("found, but none left", found_card(_found(BO, left=0), words)),
        ("found nobody", found_card(replace(_found(BO, left=1), hits=()), words)),
    ]


def _mine(opened: Intro) -> Mine:
    waiting = _seen(an_intro(6, IntroState.OFFERED, ANNA, CARL))
    return Mine((waiting, _seen(opened), _seen(replace(opened, id=IntroId(_id(120))))), (CARL,))


def _found(member: Member, left: int) -> Found:
    return Found((Hit(member, REASONS[:2], 1, 0),), ANNA, NAMING, names_shown=True, requests_left=left)


def a_draft_of(groups: int) -> DraftView:
    intros = tuple(
        replace(an_intro(200 + number, IntroState.PLANNED, ANNA, BO), repeat=number == 1) for number in range(groups)
    )
    out = tuple(LeftOut(str(CARL.id), why) for why in WhyLeftOut)
    round_ = Round(
        id=RoundId(_id(50)),
        number=7,
        state=RoundState.DRAFT,
        seed=1,
        created_at=NOW,
        locked=((ANNA.id, BO.id),),
        left_out=out,
        forbidden=tuple((ANNA.id, CARL.id) for _ in range(5)),
        novelty_exhausted=True,
        costs=(
            WishCost(WishKind.LOCKED, (str(ANNA.id), str(BO.id)), Loss.WORTH, share=0.034),
            WishCost(WishKind.APART, (str(ANNA.id), str(CARL.id)), Loss.LEFT_OUT, 2),
            WishCost(WishKind.ALL, (), Loss.REPEATS, 2),
        ),
    )
    gone = frozenset({intros[0].id}) if intros else frozenset[IntroId]()
    note = phrase("Somebody has changed the draft meanwhile, so I changed nothing. This is how it looks now.")
    return DraftView(Draft(round_, intros), PEOPLE, NAMING, Invitations(30, 10, 5, 2, 3), gone, note)


def _rounds(words: Words) -> list[tuple[str, Card]]:
    large, empty = a_draft_of(75), a_draft_of(0)
    plain = replace(empty, draft=Draft(replace(empty.draft.round, left_out=()), ()), note=None)
    open_ = replace(large.draft.round, state=RoundState.OPEN, opened_at=NOW, answer_until=NOW + timedelta(days=6))
    rule = WeeklyRule(Weekly(1, time(9, 0)))
    weekly = schedule_of(rule, ScheduleId(_id(60)), "Europe/Copenhagen", NOW, ANNA.id)
    alone = schedule_of(replace(rule, approval=False), ScheduleId(_id(61)), "Europe/Copenhagen", NOW, ANNA.id)
    return [
        ("preview, first page", preview_card(large, words)),
        ("preview, a page between", preview_card(large, words, 5)),
        ("preview, last page", preview_card(large, words, 99)),
        ("preview of nothing", preview_card(empty, words)),
        ("left out", left_out_card(large, words)),
        ("nobody left out", left_out_card(plain, words)),
        ("nobody yet", nobody_card(NobodyYet(Invitations(1, 40, 3, 2)), words)),
        ("sent", sent_card(Sent(open_, 75, 150, 2, 1), words)),
        ("sent plainly", sent_card(Sent(replace(open_, answer_until=None), 1, 2), words)),
        ("dropped", dropped_card(words)),
        ("history", history_card([PastRound(open_, 75, 40, 20)] * 10, words)),
        ("history of nothing", history_card([], words)),
        ("round ready", ready_card(large.draft.round, large.draft.intros, words)),
        ("weekly understood", understood_card(alone, weekly, words, NOW)),
        ("weekly rule", rule_card(weekly, CatchUp.ALWAYS, words, NOW)),
        ("weekly rule by itself", rule_card(alone, CatchUp.NEVER, words, NOW)),
        ("no weekly rule", no_rule_card(words)),
    ]


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    return [*_offers(words), *_rounds(words)]


def forms(words: Words) -> list[tuple[str, Form]]:
    """Both forms."""
    change = change_form(ChangeDraft(RoundId(_id(50)), "0123456789"), words)
    return [("change the round", change), ("find somebody", look_form(words))]
