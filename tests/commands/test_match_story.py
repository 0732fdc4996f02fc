"""The whole story of a round, as its people live it."""

from datetime import timedelta

from icalendar import Calendar

from bot.introductions.domain import IntroState, RoundState
from tests.introductions_talk import a_sent_round, a_small_academy, buttons_of, words_of


async def test_from_the_draft_to_the_friendly_close() -> None:
    academy = await a_small_academy()
    olga, anna, bo = academy["Olga"], academy["Anna"], academy["Bo"]

    drawn = await olga.types("/match round")
    assert "Round 1, not sent yet" in drawn.text
    assert "2 groups · 4 members · 0 left out" in drawn.text
    assert "4 of 5 have said yes" in drawn.text
    assert "Anna Holm (municipality, Rødovre Kommune)" in drawn.text
    assert "“premises”" in drawn.text
    assert anna.posts() == []

    confirm = drawn.buttons["Send"].confirm
    assert confirm is not None
    assert "4 members" in confirm.text
    sent = await olga.presses(drawn.buttons["Send"])
    assert "Round 1 is on its way" in sent.text
    await academy.delivers()

    offer = anna.reads()
    assert "May I introduce you to Bo Lind?" in offer
    assert "Sportshallen" in offer
    assert "You need “premises”, and Bo Lind offers it." in offer
    assert "You can answer until" in offer

    waits = await anna.presses("Yes, introduce us")
    assert "You said yes to Bo Lind" in waits.text
    assert academy.rooms() == []
    opened = await bo.presses("Yes, introduce us")
    assert "You are introduced: Anna Holm" in opened.text
    await academy.delivers()
    assert "You are introduced: Bo Lind" in anna.reads()

    room = words_of(academy.rooms()[0])
    assert "Good to see you here" in room
    assert "Anna Holm" in room
    assert "Bo Lind" in room
    assert room.count("?") >= 3

    handed = await anna.presses(buttons_of(academy.rooms()[0])["Put it in my calendar"])
    calendar = Calendar.from_ical(handed.handed.file.content)
    (event,) = calendar.events
    assert calendar.timezones
    assert event.duration == timedelta(minutes=30)

    await academy.passes(days=9)
    assert "Did you meet Bo Lind?" in anna.reads()
    closed = await anna.presses("Yes, we met")
    assert "Lovely that you met Bo Lind!" in closed.text
    assert len(anna.posts()) == 2
    assert [round_.state for round_ in await academy.rounds()] == [RoundState.CLOSED]

    history = await olga.types("/match history")
    assert "1 | 2 Mar 2026 | 2 | 1 | 1 | 0" in history.text


async def test_the_same_in_danish() -> None:
    academy = await a_small_academy(language="da")
    olga, anna, bo = academy["Olga"], academy["Anna"], academy["Bo"]
    drawn = await olga.types("/match runde")
    assert "Runde 1, ikke sendt endnu" in drawn.text
    await olga.presses(drawn.buttons["Send"])
    await academy.delivers()

    assert "Må jeg introducere dig for Bo Lind?" in anna.reads()
    await anna.presses("Ja, introducér os")
    await bo.presses("Ja, introducér os")
    await academy.delivers()
    assert "Dejligt at se jer her" in words_of(academy.rooms()[0])
    await academy.passes(days=9)
    assert "Mødtes du med Anna Holm?" in bo.reads()
    answer = await bo.presses("Ikke endnu – helt i orden")
    assert "Det er helt i orden" in answer.text
    status = await bo.types("/match status")
    assert "Dine introduktioner" in status.text
    assert "ikke mødtes endnu" in status.text


async def test_a_no_is_never_seen_and_the_end_is_the_same_as_after_a_silence() -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    anna, bo, carl, dorte = (academy[name] for name in ("Anna", "Bo", "Carl", "Dorte"))
    await anna.presses("Yes, introduce us")
    await carl.presses("Yes, introduce us")
    before = anna.reads()
    await bo.presses("Not now")
    await academy.delivers()
    assert anna.reads() == before

    assert dorte.reads() != carl.reads()
    await academy.passes(days=7)

    assert "It did not become an introduction this time" in anna.reads()
    assert anna.reads() == carl.reads() == bo.reads() == dorte.reads()
    assert [intro.state for intro in await academy.intros()] == [IntroState.LAPSED] * 2
    assert all(len(one.posts()) == 1 for one in (anna, bo, carl, dorte))
