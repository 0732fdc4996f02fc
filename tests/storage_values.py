"""Members, rounds, deliveries and messages for the tests of storage; each differs from its defaults in every field."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.announcements.audience import Audience, Condition, Kind
from bot.announcements.domain import Announcement, AnnouncementState, Plan
from bot.announcements.quiet import Waits
from bot.camps.domain import Answer as CampAnswer
from bot.camps.domain import Camp, CampState, Item, Reminder, Seat, Signup
from bot.camps.handover.domain import HandOver, Opinion, Rating
from bot.camps.stations.domain import Station, StationPlan
from bot.deliveries.domain import Delivery, IfInDoubt, Letter, Target, ToMember
from bot.identity import (
    Account,
    Address,
    AnnouncementId,
    CampId,
    Channel,
    ConversationId,
    DeliveryId,
    IntroId,
    MemberId,
    MessageId,
    OccurrenceId,
    RoundId,
    ScheduleId,
    new_id,
)
from bot.introductions.domain import Answer, Intro, IntroState, Outcome, Part, Round, RoundState
from bot.matching.domain import LeftOut, Loss, Reason, ReasonKind, WhyLeftOut, WishCost, WishKind
from bot.members.domain import Consent, Member, Role
from bot.playground.domain import Conversation, ConversationKind, Message
from bot.schedules.domain import CatchUp, Occurrence, OccurrenceState, Schedule, ScheduleKind

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

WALL = datetime(2026, 3, 9, 9, 0)  # noqa: DTZ001 - wall time


def an_announcement(author: MemberId, **changes: object) -> Announcement:
    full = Announcement(
        id=AnnouncementId(new_id()),
        author=author,
        text="Vi ses kl. **9** 🌉\n- husk kaffe",
        audience=Audience(
            ((Condition(Kind.SECTOR, "business"), Condition(Kind.THEME, "ageing")), (Condition(Kind.EVERYONE),)),
            (Channel(Address("slack", "in:C1"), "børn"),),
        ),
        created_at=NOW,
        plan=Plan(WALL, "Europe/Copenhagen", "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20260316T090000", ("a", "b")),
        choices=(Plan(WALL, "UTC"), Plan()),
        question="Hvornår?",
        state=AnnouncementState.SCHEDULED,
        schedule=ScheduleId(new_id()),
        replaces=AnnouncementId(new_id()),
        revision=3,
        version=2,
        waits=Waits.WORKDAY,
        asked_by=MemberId(new_id()),
        decided_by=MemberId(new_id()),
        declined="Ikke **nu**",
        corrects=AnnouncementId(new_id()),
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Announcement


def a_camp(author: MemberId, **changes: object) -> Camp:
    full = Camp(
        id=CampId(new_id()),
        author=author,
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
        sector_capacity={"business": 10, "research": 12},
        programme=(Item("Frokost", time(12), time(12, 45)), Item("Velkommen", speaker="Lia")),
        cases=("Jeg bor på et botilbud", "Vi er en familie"),
        challenge="Livssituationer",
        state=CampState.CANCELLED,
        revision=4,
        sequence=2,
        silent=frozenset({Reminder.MORNING, Reminder.SOON}),
        schedules={"fortnight": ScheduleId(new_id())},
        invited_at=NOW,
        changed_at=NOW,
        reason="Storm 🌉",
        told={"place": "Roskilde"},
        news={str(new_id()): {"place": "Køge"}},
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Camp


def a_signup(camp: CampId, member: MemberId, **changes: object) -> Signup:
    full = Signup(
        camp=camp,
        member=member,
        answer=CampAnswer.YES,
        seat=Seat.WAITING,
        guests=2,
        guest_names=("Åse Ørsted", "Bo"),
        invited_at=NOW,
        answered_at=NOW + timedelta(hours=1),
        since=NOW + timedelta(hours=2),
        attended=False,
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Signup


def a_hand_over(camp: CampId, member: MemberId, **changes: object) -> HandOver:
    full = HandOver(
        camp=camp,
        notes="Åse låner bussen ud 🌉",
        notes_by=member,
        shared="Åse låner bussen ud",
        shared_at=NOW,
        version=2,
        asked_at=NOW,
        asked=3,
        answered=frozenset({member}),
        opinions=(Opinion(Rating.GOOD, words="Bedre kaffe"), Opinion(Rating.SO_SO, goes_on=False, words="Mere tid")),
        revision=4,
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of HandOver


def some_stations(camp: CampId, one: MemberId, other: MemberId, **changes: object) -> StationPlan:
    full = StationPlan(
        camp=camp,
        seed=2**31 - 1,
        stations=(Station((one, other), "Et botilbud 🌉", locked=True), Station(())),
        made_at=NOW,
        made_by=one,
        together=((one, other),),
        apart=((other, one),),
        revision=7,
        told=(Station((one,), "Et botilbud"), Station((other,))),
        told_at=NOW,
        version=2,
        places=(Address("slack", "C1"), Address("web", "channel")),
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of StationPlan


def a_member(name: str = "Åse Ørsted", **changes: object) -> Member:
    id_ = MemberId(new_id())
    full = Member(
        id=id_,
        name=name,
        organisation="Broager Frivilligcenter",
        sector="civil_society",
        themes=("ageing", "loneliness"),
        needs=("lokaler",),
        offers=("frivillige", "tid 🌉"),
        language="en",
        email="aase@example.org",
        roster_id=f"roster-{id_}",
        accounts=(Account("slack", f"U{id_.hex}"), Account("web", f"w{id_.hex}")),
        role=Role.ORGANISER,
        consent=Consent.YES,
        paused_until=date(2026, 4, 1),
        intros_per_round=2,
        timezone="Europe/Copenhagen",
        joined_at=NOW,
        consent_at=NOW + timedelta(minutes=5),
        roster_said="ab12",
        role_from="discord",
        shares_email=True,
        announcements_muted=True,
        notes_muted=True,
        challenges_muted=True,
        away_since=NOW + timedelta(days=2),
    )
    return replace(full, **changes)  # type: ignore[arg-type]  # the caller names fields of Member


def a_round(number: int = 1) -> Round:
    a, b, c = (MemberId(new_id()) for _ in range(3))
    return Round(
        id=RoundId(new_id()),
        number=number,
        state=RoundState.OPEN,
        seed=2**40 + 7,
        created_at=NOW,
        created_by=a,
        opened_at=NOW + timedelta(hours=1),
        answer_until=NOW + timedelta(days=6),
        locked=((a, b),),
        forbidden=((b, c), (a, c)),
        left_out=(LeftOut(str(c), WhyLeftOut.ODD_ONE),),
        score=12.25,
        bound=13.5,
        optimal=False,
        novelty_exhausted=True,
        costs=(
            WishCost(WishKind.LOCKED, (str(a), str(b)), Loss.WORTH, share=0.1 + 0.2),
            WishCost(WishKind.ALL, (), Loss.REPEATS, 2, exact=False),
        ),
    )


def an_intro(
    *members: MemberId, round_: RoundId | None = None, state: IntroState = IntroState.OFFERED, at: datetime = NOW
) -> Intro:
    people = members or (MemberId(new_id()), MemberId(new_id()))
    return Intro(
        id=IntroId(new_id()),
        round=round_,
        parts=(
            Part(people[0], Answer.YES, NOW + timedelta(days=1), Outcome.MET),
            *(Part(member) for member in people[1:]),
        ),
        score=4.5,
        reasons=(
            Reason(ReasonKind.NEED_OFFER, str(people[0]), str(people[1]), "lokaler", "sal med køkken"),
            Reason(ReasonKind.THEME, str(people[0]), str(people[1]), "ageing"),
        ),
        state=state,
        created_at=at,
        answer_until=NOW + timedelta(days=6),
        opened_at=NOW + timedelta(days=2),
        room=Address("slack", "G123"),
        repeat=True,
        locked=True,
    )


def a_schedule(next_at: datetime | None = NOW) -> Schedule:
    return Schedule(
        id=ScheduleId(new_id()),
        kind=ScheduleKind.ROUND,
        zone="Europe/Copenhagen",
        start=datetime(2026, 3, 3, 9, 0),  # noqa: DTZ001 - wall time in the schedule's zone
        rule="FREQ=WEEKLY;BYDAY=TU",
        catch_up=CatchUp.WITHIN_SIX_HOURS,
        next_at=next_at,
        details={"automatic": "yes"},
        created_by=MemberId(new_id()),
        not_after=datetime(2026, 4, 3, 9, 0),  # noqa: DTZ001 - wall time in the schedule's zone
    )


def an_occurrence(schedule: ScheduleId, nominal: str = "2026-03-03T09:00", at: datetime = NOW) -> Occurrence:
    return Occurrence(OccurrenceId(new_id()), schedule, nominal, OccurrenceState.SKIPPED, "too late", at)


def a_delivery(
    letter: Letter,
    lane: str = "lane",
    *,
    key: str = "",
    not_before: datetime = NOW,
    not_after: datetime | None = None,
    target: Target | None = None,
) -> Delivery:
    id_ = DeliveryId(new_id())
    return Delivery(
        id=id_,
        key=key or f"key-{id_}",
        lane=lane,
        target=target or ToMember(MemberId(new_id())),
        letter=letter,
        not_before=not_before,
        not_after=not_after,
        if_in_doubt=IfInDoubt.SEND_AGAIN,
        occurrence=OccurrenceId(new_id()),
        created_at=NOW,
    )


def a_conversation(
    *members: MemberId, kind: ConversationKind = ConversationKind.ROOM, key: str = "", at: datetime = NOW
) -> Conversation:
    id_ = ConversationId(new_id())
    return Conversation(id_, kind, "Åbent rum", key or f"room-{id_}", members, at)


def a_message(
    conversation: ConversationId,
    author: MemberId | None = None,
    *,
    body: str = "Hej 🌉",
    at: datetime = NOW,
    key: str = "",
    thread: MessageId | None = None,
    only_for: MemberId | None = None,
) -> Message:
    return Message(MessageId(new_id()), conversation, author, body, at, key, thread, only_for)
