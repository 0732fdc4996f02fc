"""Every card and form of camps, for the renderers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from bot.announcements.audience import Audience, Condition, Kind
from bot.announcements.seeing import AudienceNames
from bot.camps import cards as made
from bot.camps import deskcards as desk
from bot.camps import forms as dialogs
from bot.camps import lettercards as letters
from bot.camps.actions import ShowCamp
from bot.camps.changes import facts_of
from bot.camps.domain import Answer, Camp, CampState, Item, Reminder, Seat, Signup
from bot.camps.invitationcards import invitation_card, invited_form
from bot.camps.inviting import ToInvite
from bot.camps.planning import Saved
from bot.camps.reading import Lists, Written
from bot.camps.reminding import Due
from bot.camps.seeing import Guestbook, Seen, Tally
from bot.identity import CampId, MemberId
from bot.members.domain import SECTORS, THEMES, Member
from bot.messages.elements import Button, Card
from bot.messages.forms import Form
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
_LINES = tuple(" ".join(text.split())[:200] for text in NASTY)
_LISTS = Lists(SECTORS, THEMES)


def _camp(**changes: object) -> Camp:
    known = Camp(
        id=CampId(UUID(int=71)),
        author=ANNA.id,
        created_at=NOW,
        name="Camp 3",
        day=date(2026, 3, 22),
        begins=time(9),
        ends=time(16),
        zone="Europe/Copenhagen",
        theme="ageing",
        host="Rødovre Kommune",
        place="Ældrecentret Broparken, Rødovre",
        check_in=time(8, 30),
        capacity=50,
        programme=(
            Item("Morgencroissant", time(8, 30)),
            Item("Frokost", time(12), time(12, 45)),
            Item("Tak", speaker="Lia"),
        ),
        cases=("Jeg bor på et botilbud, mit liv er...",),
        challenge="Livssituationer",
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Camp


def _full() -> Camp:
    items = [
        Item(_LINES[place % len(_LINES)], time(8 + place // 8), speaker=_LINES[-1 - place % 9]) for place in range(60)
    ]
    return _camp(
        name=_LINES[4][:100],
        theme=_LINES[0],
        host=_LINES[1],
        place=_LINES[9],
        programme=tuple(items),
        cases=_LINES,
        challenge=(" ".join(NASTY))[:600],
        sector_capacity={"business": 10, "gone": 3},
    )


def _seen(camp: Camp, answer: Answer = Answer.NONE, seat: Seat = Seat.NONE, place: int = 0, **mine: object) -> Seen:
    tally = Tally(coming=38, guests=3, waiting=4, maybe=5, no=6, unanswered=70, seats=camp.capacity)
    signup = replace(Signup(camp.id, ANNA.id, answer, seat), **mine)  # type: ignore[arg-type]  # names fields of Signup
    return Seen(camp, tally, signup, place, THEMES)


def _standings(camp: Camp) -> Iterator[tuple[str, Seen]]:
    yield "asked", _seen(camp)
    yield "yes", _seen(camp, Answer.YES, Seat.TAKEN)
    yield "with guests", _seen(camp, Answer.YES, Seat.TAKEN, guests=2)
    yield "waiting", _seen(camp, Answer.YES, Seat.WAITING, 3)
    yield "maybe", _seen(camp, Answer.MAYBE)
    yield "no", _seen(camp, Answer.NO)
    full = replace(_seen(camp).tally, coming=50)
    yield "full", replace(_seen(camp), tally=full)


def _many(camp: Camp) -> list[Seen]:
    every = [replace(camp, id=CampId(UUID(int=200 + place))) for place in range(30)]
    return [seen for one in every for _, seen in list(_standings(one))[one.id.int % 7 :][:1]]


def _book() -> Guestbook:
    people = {MemberId(UUID(int=100 + place)): _person(place) for place in range(120)}
    signups = [
        Signup(_full().id, member, Answer.YES, Seat.TAKEN, place % 3, _LINES[: place % 3])
        for place, member in enumerate(people)
    ]
    away = Signup(_full().id, MemberId(UUID(int=99)), Answer.YES, Seat.TAKEN)
    return Guestbook(
        _seen(_full()), people, SECTORS, [away, *signups[:60]], signups[60:65], signups[65:70], [], signups[70:]
    )


def _person(place: int) -> Member:
    name = _LINES[place % len(_LINES)][:80]
    organisation = _LINES[-1 - place % len(_LINES)][:80] if place % 2 else ""
    sector = ("business", "research", "gone", "")[place % 4]
    return Member(MemberId(UUID(int=100 + place)), name, organisation, sector)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    camp, full = _camp(), _full()
    bare = _camp(theme="", host="", place="", check_in=None, capacity=None, programme=(), cases=(), challenge="")
    off = _camp(state=CampState.CANCELLED, reason=NASTY[-1])
    over = _camp(state=CampState.HELD)
    moved = replace(
        full, day=date(2026, 4, 2), begins=time(10), place="", check_in=time(9), name="Camp 4", host="Ny vært"
    )
    changed = {fact: (before, facts_of(moved)[fact]) for fact, before in facts_of(camp).items()}
    told = {fact: (before, facts_of(bare)[fact]) for fact, before in facts_of(camp).items()}
    silent = _camp(silent=frozenset({Reminder.SOON}))
    saved = Saved(_seen(full), changed, 12, 2, 3)
    everybody = [_person(place) for place in range(12)]
    names = AudienceNames({one.key: one for one in SECTORS}, {one.key: one for one in THEMES})
    meant = Audience(
        ((Condition(Kind.SECTOR, "business"), Condition(Kind.THEME, "ageing")), (Condition(Kind.ROLE, "x"),))
    )
    some = ToInvite(_seen(full), (), 0, 3, audience=meant, names=names, mark="0123456789abcdef")
    more = (Button(NASTY[4][:70], ShowCamp(camp.id)),)
    morning = datetime(2026, 3, 22, 6, 0, tzinfo=UTC)
    reminded = [
        ("days", letters.reminder_card(_seen(camp, Answer.YES, Seat.TAKEN), words, NOW)),
        ("tomorrow", letters.reminder_card(_seen(bare, Answer.YES, Seat.TAKEN), words, morning - timedelta(days=1))),
        ("today", letters.reminder_card(_seen(full, Answer.YES, Seat.TAKEN), words, morning - timedelta(hours=1))),
        ("soon", letters.reminder_card(_seen(camp, Answer.YES, Seat.TAKEN), words, morning + timedelta(minutes=75))),
        ("maybe", letters.question_card(_seen(full, Answer.MAYBE), words, NOW)),
    ]
    return [
        *((f"camp, {name}", made.camp_card(seen, words, NOW)) for name, seen in _standings(camp)),
        *((f"full camp, {name}", made.camp_card(seen, words, NOW, organises=True)) for name, seen in _standings(full)),
        ("camp, bare", made.camp_card(_seen(bare), words, NOW)),
        ("camp, cancelled", made.camp_card(_seen(off), words, NOW)),
        ("camp, over", made.camp_card(_seen(over), words, NOW)),
        ("programme", made.programme_card(_seen(full), words)),
        ("programme, none", made.programme_card(_seen(bare), words)),
        ("camps", made.list_card(_many(full), words, organises=True)),
        ("camps, none", made.list_card([], words)),
        ("camp, seat", letters.seat_card(_seen(full, Answer.YES, Seat.TAKEN), words)),
        *((f"camp, reminder {name}", card) for name, card in reminded),
        ("camp, news", letters.news_card(_seen(moved, Answer.MAYBE), changed, words, NOW)),
        ("camp, less", letters.news_card(_seen(bare, Answer.YES, Seat.TAKEN), told, words, NOW)),
        ("camp, called off", letters.cancelled_card(_seen(off), words)),
        ("camp, called off shortly", letters.cancelled_card(_seen(replace(off, reason="")), words)),
        ("desk", desk.desk_card(saved, words, NOW, NASTY[0], more)),
        ("desk, new", desk.desk_card(Saved(_seen(bare)), words, NOW)),
        ("desk, nobody to tell", desk.desk_card(Saved(_seen(camp), changed), words, NOW)),
        ("desk, untold", desk.untold_card(saved, words)),
        ("home, untold", Card("Home", tuple(desk.untold_part([saved] * 7, words)))),
        ("desk, over", desk.desk_card(Saved(_seen(over)), words, NOW, more=more)),
        ("camp, invitation", invitation_card(ToInvite(_seen(full), everybody, 3, 2), words, NOW)),
        ("camp, first invitation", invitation_card(ToInvite(_seen(camp), everybody[:1], 0), words, NOW)),
        ("camp, all invited", invitation_card(ToInvite(_seen(camp), (), 12), words, NOW)),
        ("camp, nobody of those", invitation_card(some, words, NOW)),
        ("camp, some", invitation_card(replace(some, members=everybody), words, NOW)),
        ("camp, reminders", desk.reminders_card(_due(_seen(silent), Reminder.TWO_DAYS, 5, 7), words, NOW, NASTY[0])),
        ("camp, first reminder", desk.reminders_card(_due(_seen(full), Reminder.FORTNIGHT, 5, 5), words, NOW)),
        ("camp, nobody to remind", desk.reminders_card(_due(_seen(camp), Reminder.SOON, 0, 0), words, NOW)),
        ("guestbook", desk.guestbook_card(_book(), words)),
        ("guestbook, empty", desk.guestbook_card(Guestbook(_seen(bare), {}, SECTORS, (), (), (), (), ()), words)),
        ("camp, to call off", desk.call_off_card(Saved(_seen(off), {}, 12), words)),
    ]


def _due(seen: Seen, reminder: Reminder, members: int, unsettled: int) -> Due:
    ids = [MemberId(UUID(int=100 + place)) for place in range(max(members, unsettled))]
    return Due(seen, reminder, ids[:members], NOW if members else None, ids[:unsettled])


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    full = _full()
    typed = Written(name=NASTY[0], day=full.day, hours=NASTY[1], programme="\n".join(_LINES), challenge=NASTY[-1])
    return [
        ("camp, new", dialogs.plan_form(words)),
        ("camp, typed", dialogs.plan_form(words, typed)),
        ("camp, change", dialogs.change_form(_camp(sector_capacity={"business": 10}), _LISTS, words)),
        ("guests", dialogs.guests_form(Signup(full.id, ANNA.id, guests=2, guest_names=_LINES[:2]), words)),
        ("camp, to whom", invited_form(full, "0123456789abcdef", "sector:business", words)),
        ("call off", dialogs.call_off_form(replace(full, reason=NASTY[-1]), words)),
    ]
