"""The parts of camps that a dialogue seldom reaches: letters that came too late, two rows that are one person, what is kept."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.camps.changes import changed_since, facts_of, with_news
from bot.camps.domain import Answer, Camp, CampState, Item, Reminder, Seat, Signup
from bot.camps.kinds import (
    CampCancelled,
    CampInvitation,
    CampNews,
    CampQuestion,
    CampReminder,
    CampSeat,
    CampStanding,
    CampUntold,
)
from bot.camps.leaving import give_camps
from bot.camps.letters import LETTERS
from bot.camps.reading import CampProblems, Lists, Written, filled
from bot.camps.reminding import end, remind, reminds_at
from bot.deliveries.domain import Letter
from bot.deliveries.letters import Reading, writers
from bot.identity import CampId, MemberId, ScheduleId, new_id
from bot.members.leaving import everything_about
from bot.messages.elements import Card
from bot.schedules.domain import Schedule, ScheduleKind
from tests.camp_talk import a_camp, an_announced_camp, camp_of, notices
from tests.introductions_talk import LANGUAGES, Academy, a_small_academy

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def blank(**changes: object) -> Camp:
    known = Camp(
        CampId(new_id()), MemberId(new_id()), NOW, "Camp", date(2026, 3, 22), time(9), time(16), "Europe/Copenhagen"
    )
    return replace(known, **changes)  # type: ignore[arg-type]  # the test names fields of Camp


async def letter(academy: Academy, kind: Letter, reader: str | None, at: datetime) -> object:
    """What it would say at that moment."""
    async with academy.memory.units(academy.workspace, reading=True) as work:
        options = await work.vocabulary.options()
        words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
        member = None if reader is None else await work.members.get(academy.ids[reader])
        return await writers(LETTERS)[type(kind)](Reading(work, words, options, at, member), kind)


async def test_a_letter_that_comes_too_late_or_to_nobody_says_nothing() -> None:
    academy = await a_camp()
    camp = await camp_of(academy)
    await academy["Anna"].types("/camp signup yes")
    on, over = camp.instant(time(9, 30)), camp.instant(time(16, 30))
    assert isinstance(await letter(academy, CampInvitation(camp.id), "Anna", on), Card)
    assert await letter(academy, CampReminder(camp.id), "Anna", on) is None
    assert await letter(academy, CampQuestion(camp.id), "Anna", NOW) is None
    assert await letter(academy, CampReminder(camp.id), "Bo", NOW) is None
    late = (CampInvitation, CampSeat, CampQuestion, CampReminder, CampUntold)
    for kind in (*(one(camp.id) for one in late), CampNews(camp.id, new_id())):
        assert await letter(academy, kind, "Anna", over) is None
        assert await letter(academy, kind, None, NOW) is None
    assert await letter(academy, CampCancelled(camp.id), "Anna", NOW) is None
    assert await letter(academy, CampSeat(camp.id), "Bo", NOW) is None
    gone = CampId(new_id())
    for kind in (CampInvitation(gone), CampStanding(gone), CampCancelled(gone)):
        assert await letter(academy, kind, "Anna", NOW) is None


async def test_news_that_is_older_than_what_is_kept_says_nothing() -> None:
    academy = await a_camp()
    camp = await camp_of(academy)
    await academy["Anna"].types("/camp signup yes")
    assert await letter(academy, CampNews(camp.id, new_id()), "Anna", NOW) is None


def test_only_the_last_tellings_are_kept() -> None:
    camp = blank(place="A")
    for place in range(8):
        camp = replace(camp, told={"place": str(place)}, news=with_news(camp, str(place)))
    assert list(camp.news) == ["3", "4", "5", "6", "7"]
    assert changed_since({}, camp) == {}
    assert changed_since(facts_of(camp), replace(camp, place="B")) == {"place": ("A", "B")}


async def test_a_reminder_of_a_camp_that_is_gone_or_called_off_reminds_nobody() -> None:
    academy = await a_camp()
    camp = await camp_of(academy)
    await academy["Anna"].types("/camp signup yes")
    schedule = Schedule(ScheduleId(new_id()), ScheduleKind.CAMP_REMINDER, "UTC", datetime(2026, 3, 20, 9, 0))  # noqa: DTZ001 - wall time
    gone = replace(schedule, details={"camp": str(new_id()), "what": "soon"})
    here = replace(schedule, details={"camp": str(camp.id), "what": "soon"})
    async with academy.memory.units(academy.workspace) as work:
        await remind(work, gone, NOW)
        await remind(work, here, camp.first_at())
        await end(work, gone, NOW)
        await end(work, here, NOW)
        await work.commit()
    await academy.delivers()
    assert academy["Anna"].posts() == []
    assert (await camp_of(academy)).state is CampState.PLANNED


async def test_two_rows_that_are_one_person_need_one_seat() -> None:
    academy = await an_announced_camp("seats:2")
    for name in ("Anna", "Bo", "Carl"):
        await academy[name].presses("Yes, I'm coming")
    async with academy.memory.units(academy.workspace) as work:
        await give_camps(work, academy.ids["Anna"], academy.ids["Bo"], academy.clock.now())
        await work.commit()
    await academy.delivers()
    assert notices(academy["Carl"]) == ["There is a seat for you at Camp 3"]
    assert "Coming: 2 of 2" in (await academy["Olga"].types("/camp who")).text


async def test_what_is_known_of_a_member_has_their_answers() -> None:
    academy = await a_camp()
    await academy["Anna"].types("/camp signup yes guests:1")
    async with academy.memory.units(academy.workspace, reading=True) as work:
        whole = await everything_about(work, await academy.member("Anna"), NOW)
    (answer,) = json.loads(whole)["camps"]
    assert (answer["camp"], answer["day"], answer["answer"], answer["guests"]) == ("Camp 3", "2026-03-22", "yes", 1)


def test_each_field_is_asked_for_where_it_is_missing() -> None:
    with pytest.raises(CampProblems) as problems:
        filled(blank(), Written(), Lists(), NOW)
    assert list(problems.value.by_field) == ["name", "day", "hours"]
    assert problems.value.said.message == "What is the camp called?"


def test_reminders_by_rule() -> None:
    camp = blank(check_in=time(8, 30), programme=(Item("Tidligt", time(8)), Item("Så"), Item("Sent", time(15))))
    assert [f"{reminds_at(camp, one):%d.%m %H.%M}" for one in Reminder] == [
        "08.03 09.00",
        "20.03 09.00",
        "22.03 07.00",
        "22.03 07.45",
    ]
    early = blank(begins=time(7, 30))
    assert f"{reminds_at(early, Reminder.MORNING):%d.%m %H.%M}" == "22.03 06.30"


def test_a_camp_as_a_value() -> None:
    camp = blank(check_in=time(8, 30))
    assert camp.first_at() == camp.starts_at() - timedelta(minutes=30)
    assert camp.is_open(camp.ends_at() - timedelta(seconds=1))
    assert not camp.is_open(camp.ends_at())
    assert not replace(camp, state=CampState.CANCELLED).is_open(NOW)
    assert not Signup(camp.id, camp.author, Answer.MAYBE, Seat.TAKEN).comes()


async def test_the_names_of_guests_are_forgotten_after_the_camp() -> None:
    academy = await a_small_academy()
    camp = blank()
    async with academy.memory.units(academy.workspace) as work:
        await work.camps.put(camp)
        await work.camps.put_signups([Signup(camp.id, academy.ids["Anna"], guests=1, guest_names=("Kim",))])
        assert await work.camps.forget_guests_before(camp.day) == 0
        assert await work.camps.forget_guests_before(camp.day + timedelta(days=1)) == 1
        assert await work.camps.signup(camp.id, academy.ids["Anna"]) == Signup(camp.id, academy.ids["Anna"], guests=1)
