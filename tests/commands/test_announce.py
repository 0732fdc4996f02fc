"""``/announce``: written, looked at, sent once to each, at its time; changed and cancelled until then."""

from datetime import UTC, datetime

from bot.announcements.actions import ChooseTime, SendAnnouncementNow
from bot.announcements.domain import AnnouncementState
from bot.members.domain import WorkspaceOptions
from bot.messages.actions import encode_action
from bot.messages.elements import Accent, Bullets, Paragraph
from bot.messages.text import Bold, Italic, Link, Plain
from tests.announce_talk import received, written
from tests.introductions_talk import a_member, a_small_academy, selects_of, words_of


async def test_nothing_goes_before_the_button_and_then_everybody_gets_it_once() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "**Camp** on _Thursday_\n- at 9: https://a.example/x." to:everyone')
    assert "It goes out as soon as you press the button." in shown.text
    assert "It goes to 5 people." in shown.text
    assert list(shown.buttons) == ["Send now", "Change", "Throw away"]
    await academy.passes(minutes=1)
    assert received(academy) == [0, 0, 0, 0, 0]
    sent = await olga.presses(shown.buttons["Send now"])
    assert "It is on its way" in sent.text
    assert sent.replaced
    again = await olga.presses(shown.buttons["Send now"])
    assert "It is scheduled already. /announce list shows it, and cancels it." in again.text
    await academy.passes(minutes=1)
    await academy.passes(hours=30)
    assert received(academy) == [1, 1, 1, 1, 1]
    card = academy["Anna"].posts()[0].card
    assert card.notice == "Camp on Thursday"
    first, points = card.elements[:2]
    assert first == Paragraph((Bold("Camp"), Plain(" on "), Italic("Thursday")))
    link = Link("https://a.example/x", "https://a.example/x")
    assert points == Bullets(((Plain("at 9: "), link, Plain(".")),))
    assert academy["Anna"].reads().endswith("From Olga Hansen")


async def test_it_goes_at_its_time_and_the_ledger_tells() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    planned = await written(olga, '/announce new "Hello" when:"in 2 hours" to:everyone')
    assert "It is planned" in planned.text
    assert "(in 2 hours)" in planned.text
    await academy.passes(hours=1)
    assert received(academy) == [0, 0, 0, 0, 0]
    assert "To come\nHello – 2 Mar 2026 at 12:00" in (await olga.types("/announce list")).text
    await academy.passes(hours=2)
    assert received(academy) == [1, 1, 1, 1, 1]
    told = await olga.presses(planned.buttons["How it stands"])
    assert "Gone out" in told.text
    assert "5 arrived." in told.text
    assert list(told.buttons) == ["Correct it", "All announcements"]
    over = await olga.presses(told.buttons["All announcements"])
    assert "Earlier\nHello – Gone out" in over.text
    (select,) = selects_of(over.card)
    opened = await olga.chooses(select, select.choices[0].value)
    assert opened.text == told.text
    assert "Choose an announcement from the list." in (await olga.chooses(select, "x")).text
    assert "Choose an announcement from the list." in (await olga.chooses(select)).text


async def test_in_danish_it_is_an_opslag() -> None:
    academy = await a_small_academy(language="da")
    olga = academy["Olga"]
    shown = await olga.types('/opslag ny "Hej" hvornår:"i morgen kl. 9" til:sektor:erhvervsliv,tema:ældre')
    assert "Det bliver sendt tirsdag den 3. marts 2026 kl. 09.00 (i morgen)." in shown.text
    assert "Til: sektoren erhvervsliv eller temaet ældre" in shown.text
    assert "Det går til 2 personer." in shown.text
    await olga.presses(shown.buttons["Planlæg"])
    await academy.passes(days=1)
    assert received(academy, "Anna", "Bo", "Carl") == [1, 1, 0]
    assert academy["Bo"].reads() == "Hej\nFra Olga Hansen"
    assert "Sendt" in (await olga.types("/opslag liste")).text
    assert "Intet er planlagt" in (await olga.types("/opslag aflys")).text


async def test_only_organisers_announce() -> None:
    academy = await a_small_academy()
    for line in ('/announce new "Hello"', "/announce list", "/announce cancel"):
        assert "Only an organiser can do that." in (await academy["Anna"].types(line)).text
    shown = await academy["Olga"].types('/announce new "Hello"')
    assert "Only an organiser can do that." in (await academy["Anna"].presses(shown.buttons["Send now"])).text
    await academy.passes(hours=1)
    assert received(academy) == [0, 0, 0, 0, 0]


async def test_what_goes_out_after_long_silence_is_skipped_and_told() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    planned = await written(olga, '/announce new "Hello" when:"in 2 hours"')
    academy.clock.advance(hours=9)
    await academy.timekeeper.tick()
    await academy.delivers()
    assert received(academy) == [0, 0, 0, 0, 0]
    told = await olga.presses(planned.buttons["How it stands"])
    assert "not sent. Nothing ran at that time, and later would have been too late." in told.text
    assert list(told.buttons) == ["All announcements"]
    assert "Monday, 2 March 2026 at 12:00: not sent." in told.text
    assert "Not sent" in (await olga.types("/announce list")).text
    # Whoever planned it believes that it went out: they are told, once, and their card says it as well.
    told = [words_of(post.card) for post in olga.posts() if "It was not sent" in words_of(post.card)]
    assert len(told) == 1
    assert "later would have been too late" in told[0]
    assert "Write it again" in told[0]


async def test_a_repetition_of_several_a_day_is_pointed_out() -> None:
    olga = (await a_small_academy())["Olga"]
    hourly = await olga.types('/announce new "Hello" repeat:"every hour" to:everyone')
    assert "Each of them gets more than 6 messages within a day." in hourly.text
    twice = await olga.types('/announce new "Hello" repeat:"every 12 hours" to:everyone')
    assert "Each of them gets 2 messages within a day." in twice.text
    assert "within a day" not in (await olga.types('/announce new "Hello" repeat:"every day at 9" to:everyone')).text


async def test_a_repetition_that_was_missed_says_when_it_goes_next() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", announcements_missed="never"))
    olga = academy["Olga"]
    await written(olga, '/announce new "Hello" repeat:"every day at 9"')
    academy.clock.advance(days=3, hours=3)
    await academy.passes(minutes=1)
    assert received(academy, "Anna") == [0]
    (told,) = [words_of(post.card) for post in olga.posts() if "It was not sent" in words_of(post.card)]
    assert "Next time: " in told


async def test_what_was_sent_at_once_is_sent_after_a_short_stop_whatever_the_academy_chose() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", announcements_missed="never"))
    olga = academy["Olga"]
    await written(olga, '/announce new "Now" to:everyone', "Send now")
    await written(olga, '/announce new "Then" when:"in 1 hour" to:everyone')
    academy.clock.advance(hours=2)
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]
    assert academy["Anna"].reads().startswith("Now")


async def test_an_hour_late_is_not_too_late() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 2 hours"')
    academy.clock.advance(hours=3)
    await academy.timekeeper.tick()
    await academy.delivers()
    assert received(academy) == [1, 1, 1, 1, 1]


async def test_who_is_meant_is_looked_up_when_it_goes_out() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await written(olga, '/announce new "Hello" when:"in 2 hours" to:theme:ageing+sector:business')
    await academy.change("Dorte", sector="business", themes=("ageing",))
    await academy.change("Bo", themes=())
    await academy.passes(hours=3)
    assert received(academy) == [0, 0, 0, 0, 1]


async def test_somebody_who_is_erased_in_between_gets_nothing() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello"', "Send now")
    await academy.timekeeper.tick()
    await academy.change("Anna", erased_at=academy.clock.now())
    await academy.delivers()
    assert received(academy) == [1, 0, 1, 1, 1]
    told = (await academy["Olga"].types("/announce list")).text
    assert "Hello – Gone out" in told


async def test_without_an_author_it_is_from_the_organisers() -> None:
    academy = await a_small_academy()
    await written(academy["Olga"], '/announce new "Hello" when:"in 2 hours"')
    await academy.change("Olga", erased_at=academy.clock.now())
    await academy.passes(hours=3)
    assert academy["Bo"].reads() == "Hello\nFrom the organisers"


async def test_a_draft_is_thrown_away_and_does_nothing_any_more() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello"')
    dropped = await olga.presses(shown.buttons["Throw away"])
    assert "Thrown away. Nobody has seen it." in dropped.text
    assert "Thrown away." in (await olga.presses(shown.buttons["Throw away"])).text
    for label in ("Send now", "Change"):
        assert "That announcement is not there any more." in (await olga.presses(shown.buttons[label])).text
    assert "No announcements yet." in (await olga.presses(dropped.buttons["All announcements"])).text
    gone = await written(olga, '/announce new "Hello" when:"in 2 hours"')
    late = await olga.types('/announce new "Other" when:"in 2 hours"')
    await olga.presses(late.buttons["Schedule"])
    assert "It is scheduled already." in (await olga.presses(late.buttons["Throw away"])).text
    assert "It is planned" in gone.text


async def test_pressed_a_little_late_it_goes_at_once_and_much_later_not_at_all() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Soon" when:"in 2 minutes"')
    academy.clock.advance(minutes=3)
    sent = await olga.presses(shown.buttons["Schedule"])
    assert "Its time had just passed, so it goes at once." in sent.text
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]
    shown = await olga.types('/announce new "Later" when:"in 2 minutes"')
    academy.clock.advance(minutes=13)
    passed = await olga.presses(shown.buttons["Schedule"])
    assert "Its time has passed" in passed.text
    assert "Nothing has been sent." in passed.text
    await academy.passes(minutes=1)
    assert received(academy) == [1, 1, 1, 1, 1]
    await olga.presses(passed.buttons["Send now"])
    await academy.passes(minutes=1)
    assert received(academy) == [2, 2, 2, 2, 2]
    async with academy.memory.units(academy.workspace, reading=True) as work:
        states = [one.state for one in await work.announcements.in_states(list(AnnouncementState))]
    assert states == [AnnouncementState.ENDED, AnnouncementState.ENDED]


async def test_night_and_weekend_are_told_for_each_in_their_own_zone() -> None:
    academy = await a_small_academy()
    await academy.change("Anna", timezone="America/New_York")
    shown = await academy["Olga"].types('/announce new "Hello" when:"tomorrow 11:00"')
    assert "For 1 of them it is night then." in shown.text
    assert "weekend" not in shown.text
    shown = await academy["Olga"].types('/announce new "Hello" when:"saturday 10:00"')
    assert "For 5 of them it is the weekend or a holiday then." in shown.text
    shown = await academy["Olga"].types('/announce new "Hello" when:"tomorrow 22:00"')
    assert "For 4 of them it is night then." in shown.text


async def test_the_ledger_tells_what_did_not_arrive_and_why() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    await academy.change("Bo", accounts=())
    planned = await written(olga, '/announce new "Hello"', "Send now")
    await academy.timekeeper.tick()
    before = await olga.presses(planned.buttons["How it stands"])
    assert "5 on their way." in before.text
    assert "░" * 20 in before.text
    await academy.courier.run_once()
    await academy.delivers()
    told = await olga.presses(before.buttons["Look again"])
    assert "Look again" not in told.buttons
    assert "░" not in told.text
    assert "4 arrived and 1 did not arrive, as far as I know." in told.text
    assert "I know no account of theirs where I can write to them." in told.text
    assert "Bo Lind" in told.text
    assert told.card.accent is Accent.WARN


async def test_a_button_of_a_draft_cannot_be_made_up() -> None:
    academy = await a_small_academy()
    olga = academy["Olga"]
    shown = await olga.types('/announce new "Hello" when:tomorrow')
    (select,) = selects_of(shown.card)
    action = select.action
    assert isinstance(action, ChooseTime)
    announcement = action.announcement
    unclear = await olga.sends_wire(encode_action(SendAnnouncementNow(announcement, 1)))
    assert "At what time of day?" in unclear.text
    other = await olga.sends_wire(encode_action(SendAnnouncementNow(announcement, 7)))
    assert "It was changed meanwhile. This is how it is now." in other.text
    await academy.passes(hours=30)
    assert received(academy) == [0, 0, 0, 0, 0]


async def test_old_drafts_are_forgotten() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en"))
    shown, then = await academy["Olga"].types('/announce new "Hello"'), datetime(2026, 3, 5, tzinfo=UTC)
    async with academy.memory.units(academy.workspace) as work:
        assert await work.announcements.forget_drafts_before(then, then) == 1
        await work.commit()
    assert "That announcement is not there any more." in (await academy["Olga"].presses(shown.buttons["Send now"])).text


async def test_each_one_that_was_missed_goes_where_the_academy_wishes_so() -> None:
    academy = await a_small_academy(WorkspaceOptions(language="en", announcements_missed="each"))
    olga = academy["Olga"]
    planned = await written(olga, '/announce new "Hello" repeat:"every day at 9, 3 times" to:everyone')
    academy.clock.advance(days=9)
    await academy.passes(minutes=1)
    assert received(academy, "Anna") == [3]
    told = (await olga.presses(planned.buttons["How it stands"])).text
    assert told.count("5 arrived.") == 3
    assert "Over" in told


async def test_members_write_themes_by_their_names() -> None:
    academy = await a_small_academy(language="da")
    await academy.change("Bo", themes=("Ensomhed", "noget helt andet"))
    shown = await academy["Olga"].types('/opslag nyt "Hej" til:tema:ensomhed')
    assert "Det går til 1 person." in shown.text
    await academy["Olga"].presses(shown.buttons["Send nu"])
    await academy.passes(minutes=1)
    assert received(academy, "Anna", "Bo") == [0, 1]


async def test_whoever_has_no_profile_is_not_one_of_everyone() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Finn Fremmed", "", ""))
    await academy["Finn"].types("/match status")
    shown = await academy["Olga"].types('/announce new "Hello" to:everyone')
    assert "It goes to 5 people." in shown.text
