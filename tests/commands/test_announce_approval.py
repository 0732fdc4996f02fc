"""A second organiser approves of announcements: asked, answered, changed, taken back, by several at once."""

from dataclasses import replace

from bot.announcements.actions import ApproveAnnouncement
from bot.members.domain import Role, WorkspaceOptions
from bot.messages.actions import encode_action
from tests.announce_talk import copies, received, written
from tests.introductions_talk import (
    Academy,
    Answer,
    Somebody,
    a_member,
    a_small_academy,
    buttons_of,
    selects_of,
    words_of,
)


async def with_two(language: str = "en") -> tuple[Academy, Somebody, Somebody]:
    """Olga and Petra organise; the academy wants two of them to have seen it."""
    academy = await a_small_academy(WorkspaceOptions(language=language, announcements_approved=True), language)
    petra = await academy.joins(a_member("Petra Skov", "Akademiet", "research", role=Role.ORGANISER, language=language))
    return academy, academy["Olga"], petra


def cards(somebody: Somebody, begins: str) -> list[str]:
    """What somebody reads now in the cards that begin so."""
    return [words_of(post.card) for post in somebody.posts() if words_of(post.card).startswith(begins)]


async def asked(olga: Somebody, line: str = '/announce new "We meet at nine" to:sector:business') -> Answer:
    """Olga has asked for approval, and Petra has the question."""
    shown = await olga.types(line)
    assert "Another organiser approves of it first." in shown.text
    answer = await olga.presses(shown.buttons["Ask for approval"])
    await olga.academy.delivers()
    return answer


async def test_nothing_goes_out_before_another_organiser_has_said_yes() -> None:
    academy, olga, petra = await with_two()
    waits = await asked(olga)
    assert "It waits for a second organiser" in waits.text
    assert "Petra Skov can approve of it now; one of them is enough." in waits.text
    assert "It goes out as soon as it is approved. It goes to 1 person." in waits.text
    assert petra.reads().startswith("Olga Hansen would like to announce this\nWe meet at nine\nFrom Olga Hansen")
    assert cards(olga, "It waits for a second organiser\n“We meet at nine”")
    await academy.passes(hours=1)
    assert received(academy, "Bo") == [0]
    listed = await olga.types("/announce list")
    assert "To be approved\nWe meet at nine – Waits for approval" in listed.text
    done = await petra.presses("Approve")
    assert "Thank you, it is approved" in done.text
    assert "It is on its way." in done.text
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]
    assert academy["Bo"].reads() == "We meet at nine\nFrom Olga Hansen"
    assert cards(petra, "You have approved of it.")
    (card,) = cards(olga, "It has gone out")
    assert card == "It has gone out\n“We meet at nine”\n1 arrived.\nPetra Skov has approved of it."


async def test_one_at_its_time_is_planned_once_it_is_approved() -> None:
    academy, olga, petra = await with_two()
    await asked(olga, '/announce new "Hello" when:"tomorrow 09:00"')
    assert "It goes out Tuesday, 3 March 2026 at 09:00 (tomorrow). It goes to 6 people." in petra.reads()
    done = await petra.presses("Approve")
    assert "It goes out Tuesday, 3 March 2026 at 09:00" in done.text
    await academy.delivers()
    assert "It is planned\n“Hello”\nIt goes out Tuesday, 3 March 2026 at 09:00" in olga.reads()
    await academy.passes(days=1)
    assert received(academy, "Anna", "Bo") == [1, 1]


async def test_a_no_says_why_and_the_changed_one_is_asked_for_anew() -> None:
    academy, olga, petra = await with_two()
    await asked(olga)
    opened = await petra.presses("Not like this")
    assert "text" not in opened.text
    assert set((await petra.fills(opened.form, why=" ")).problems) == {"why"}
    told = await petra.fills(opened.form, why="At ten, not at nine")
    assert "I have told Olga Hansen. It does not go out like this." in told.text
    assert "Petra Skov has answered already" in (await petra.fills(opened.form, why="again")).text
    await academy.delivers()
    assert cards(petra, "You did not approve of it\nAt ten, not at nine")
    assert cards(olga, "Petra Skov did not approve of it\n“We meet at nine”\nAt ten, not at nine")
    assert olga.reads().startswith("Petra Skov would like your announcement to be different\nAt ten, not at nine")
    form = (await olga.presses("Change")).form
    shown = await olga.fills(form, text="We meet at ten", when="", repeat="", to="sector:business")
    await olga.presses(shown.buttons["Ask for approval"])
    await academy.delivers()
    await petra.presses("Approve")
    await academy.passes(minutes=1)
    assert copies(academy["Bo"]) == ["We meet at ten\nFrom Olga Hansen"]
    assert len(cards(olga, "It has gone out")) == 1


async def test_of_two_who_answer_at_once_one_decides() -> None:
    academy, olga, petra = await with_two()
    quentin = await academy.joins(a_member("Quentin Bay", "Akademiet", "research", role=Role.ORGANISER))
    await asked(olga)
    button = buttons_of(quentin.posts()[-1].card)["Approve"]
    form = (await quentin.presses("Not like this")).form
    await petra.presses("Approve")
    assert "Petra Skov has approved of it already." in (await quentin.presses(button)).text
    assert "Petra Skov has approved of it already." in (await quentin.fills(form, why="Too late")).text
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]
    assert quentin.posts()[-1].edits == 1
    assert quentin.reads() == "Petra Skov has approved of it."
    assert "How it stands" in buttons_of(quentin.posts()[-1].card)


async def test_what_was_changed_or_taken_back_meanwhile_is_not_approved() -> None:
    academy, olga, petra = await with_two()
    await asked(olga)
    old = buttons_of(petra.posts()[-1].card)["Approve"]
    form = (await olga.presses("Change")).form
    shown = await olga.fills(form, text="We meet at ten", when="", repeat="", to="sector:business")
    await academy.delivers()
    assert cards(olga, "You changed it, so it does not go out yet")
    assert cards(petra, "It was changed or taken back")
    assert "It was changed or taken back meanwhile" in (await petra.presses(old)).text
    await olga.presses(shown.buttons["Ask for approval"])
    assert "It was changed meanwhile." in (await petra.presses(old)).text
    await academy.delivers()
    back = await olga.presses("Take it back")
    assert "Thrown away. Nobody has seen it." in back.text
    await academy.delivers()
    assert cards(olga, "Thrown away.")
    assert "That announcement is not there any more." in (await petra.presses(old)).text
    await academy.passes(hours=1)
    assert received(academy, "Bo") == [0]


async def test_nobody_approves_of_their_own_and_the_list_shows_what_waits() -> None:
    academy, olga, petra = await with_two()
    waits = await asked(olga)
    own = buttons_of(petra.posts()[-1].card)["Approve"]
    assert "You asked for it yourself" in (await olga.presses(own)).text
    (select,) = selects_of((await olga.types("/announce list")).card)
    mine = await olga.chooses(select, select.choices[0].value)
    assert list(mine.buttons) == ["Change", "Take it back", "All announcements"]
    theirs = await petra.chooses(select, select.choices[0].value)
    assert "You can approve of it." in theirs.text
    assert list(theirs.buttons) == ["Approve", "Not like this", "All announcements"]
    await petra.presses(theirs.buttons["Approve"])
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]
    assert list(waits.buttons) == ["Change", "Take it back"]


async def test_an_only_organiser_is_told_that_nobody_has_to_approve() -> None:
    academy, olga, petra = await with_two()
    await academy.change("Petra", role=Role.MEMBER)
    shown = await olga.types('/announce new "Hello" to:sector:business')
    assert "You are the only organiser, so nobody has to approve of it." in shown.text
    sent = await olga.presses(shown.buttons["Send now"])
    assert "You are the only organiser, so nobody has to approve of it." in sent.text
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]
    assert petra.posts() == []


async def test_where_the_others_leave_meanwhile_asking_again_lets_it_go() -> None:
    academy, olga, petra = await with_two()
    shown = await olga.types('/announce new "Hello" to:sector:business')
    await olga.presses(shown.buttons["Ask for approval"])
    assert "It waits for a second organiser" in (await olga.presses(shown.buttons["Ask for approval"])).text
    await academy.delivers()
    assert len(petra.posts()) == 1
    await academy.change("Petra", role=Role.MEMBER)
    sent = await olga.presses(shown.buttons["Ask for approval"])
    assert "It is on its way" in sent.text
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]


async def test_one_whose_time_has_passed_before_somebody_approved_asks_once_more() -> None:
    academy, olga, petra = await with_two()
    await asked(olga, '/announce new "Hello" when:"in 1 hour" to:sector:business')
    await academy.passes(hours=3)
    told = await petra.presses("Approve")
    assert "Its time has passed" in told.text
    assert "Nothing has been sent." in told.text
    await petra.presses(told.buttons["Approve and send now"])
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]


async def test_a_changed_one_takes_the_place_of_the_old_one_only_once_it_is_approved() -> None:
    academy, olga, petra = await with_two()
    await asked(olga, '/announce new "At nine" repeat:"every monday 09:00" to:sector:business')
    await petra.presses("Approve")
    ledger = await olga.types("/announce cancel")
    form = (await olga.presses(ledger.buttons["Change"])).form
    shown = await olga.fills(form, text="At ten", when="", repeat="every monday 10:00", to="sector:business")
    await olga.presses(shown.buttons["Ask for approval"])
    await academy.passes(days=8)
    assert copies(academy["Bo"]) == ["At nine\nFrom Olga Hansen"]
    await petra.presses("Approve")
    await academy.passes(days=7)
    assert copies(academy["Bo"]) == ["At nine\nFrom Olga Hansen", "At ten\nFrom Olga Hansen"]


async def test_a_correction_is_approved_as_well() -> None:
    academy, olga, petra = await with_two()
    await asked(olga)
    await petra.presses("Approve")
    await academy.passes(minutes=1)
    ledger = await olga.presses("How it stands")
    form = (await olga.presses(ledger.buttons["Correct it"])).form
    shown = await olga.fills(form, text="We meet at ten")
    waits = await olga.presses(shown.buttons["Correct it everywhere"])
    assert "It changes 1 message where it stands, without a new one." in waits.text
    assert list(waits.buttons) == ["Take it back"]
    await academy.delivers()
    assert copies(academy["Bo"]) == ["We meet at nine\nFrom Olga Hansen"]
    assert petra.reads().startswith("Olga Hansen would like to correct an announcement\nWe meet at ten")
    assert "It is a correction of what went out." in (await shown_in_list(petra)).text
    done = await petra.presses("Approve")
    assert "I am correcting 1 message." in done.text
    await academy.passes(minutes=1)
    assert copies(academy["Bo"]) == ["We meet at ten\nFrom Olga Hansen · corrected"]
    assert cards(olga, "It is being corrected")
    assert cards(petra, "You have approved of it.")
    assert (await olga.types("/announce list")).text.count("We meet at ten") == 1


async def shown_in_list(somebody: Somebody) -> Answer:
    """The first one of the list."""
    (select,) = selects_of((await somebody.types("/announce list")).card)
    return await somebody.chooses(select, select.choices[0].value)


async def test_a_correction_that_is_declined_or_taken_back_changes_nothing() -> None:
    academy, olga, petra = await with_two()
    await asked(olga)
    await petra.presses("Approve")
    await academy.passes(minutes=1)
    form = (await olga.presses((await olga.presses("How it stands")).buttons["Correct it"])).form
    shown = await olga.fills(form, text="We meet at ten")
    await olga.presses(shown.buttons["Correct it everywhere"])
    await academy.delivers()
    await petra.fills((await petra.presses("Not like this")).form, why="Nine is right")
    await academy.delivers()
    assert olga.reads().startswith("Petra Skov would like your announcement to be different\nNine is right")
    assert list(buttons_of(olga.posts()[-1].card)) == ["Throw away"]
    await olga.presses("Throw away")
    assert "not there any more" in (await olga.presses(shown.buttons["Correct it everywhere"])).text
    await academy.passes(minutes=1)
    assert copies(academy["Bo"]) == ["We meet at nine\nFrom Olga Hansen"]


async def goes_by(academy: Academy) -> None:
    """So long that what was planned is too late when the house runs again. Nothing is delivered yet."""
    academy.clock.advance(hours=9)
    await academy.timekeeper.tick()


async def test_what_was_approved_and_missed_is_told_and_the_card_says_it_too() -> None:
    academy, olga, petra = await with_two()
    await asked(olga, '/announce new "We meet at nine" when:"in 2 hours" to:sector:business')
    await petra.presses("Approve")
    await academy.delivers()
    assert cards(olga, "It is planned")
    await goes_by(academy)
    await academy.delivers()
    assert len(cards(olga, "It was not sent")) == 2
    assert not cards(olga, "It is planned")
    assert received(academy, "Bo") == [0]


async def test_who_organises_no_more_hears_nothing_of_what_was_missed() -> None:
    academy, olga, petra = await with_two()
    await asked(olga, '/announce new "We meet at nine" when:"in 2 hours" to:sector:business')
    await petra.presses("Approve")
    await academy.delivers()
    await goes_by(academy)
    async with academy.memory.units(academy.workspace) as work:
        await work.members.put(replace(await academy.member("Olga"), role=Role.MEMBER))
        await work.commit()
    await academy.delivers()
    assert not cards(olga, "It was not sent")


async def test_in_danish() -> None:
    _, olga, petra = await with_two("da")
    shown = await olga.types('/opslag ny "Vi ses" til:alle')
    await olga.presses(shown.buttons["Bed om godkendelse"])
    await olga.academy.delivers()
    assert petra.reads().startswith("Olga Hansen vil gerne slå dette op\nVi ses")
    done = await petra.presses("Godkend")
    assert "Tak, det er godkendt" in done.text


async def test_a_button_for_another_announcement_or_by_a_member_does_nothing() -> None:
    academy, olga, petra = await with_two()
    await asked(olga)
    action = buttons_of(petra.posts()[-1].card)["Approve"].action
    assert isinstance(action, ApproveAnnouncement)
    assert "Only an organiser" in (await academy["Anna"].sends_wire(encode_action(action))).text
    other = encode_action(replace(action, revision=9))
    assert "It was changed meanwhile." in (await petra.sends_wire(other)).text
    await academy.change("Petra", name="")
    await petra.sends_wire(encode_action(action))
    assert "It was changed or taken back meanwhile" in (await petra.sends_wire(encode_action(action))).text


async def test_without_the_option_nobody_is_asked() -> None:
    academy = await a_small_academy()
    petra = await academy.joins(a_member("Petra Skov", "Akademiet", "research", role=Role.ORGANISER))
    await written(academy["Olga"], '/announce new "Hello" to:sector:business', "Send now")
    await academy.passes(minutes=1)
    assert received(academy, "Bo") == [1]
    assert petra.posts() == []


async def test_asking_again_goes_on_in_the_message_that_was_pressed_last() -> None:
    academy, olga, petra = await with_two()
    chat = academy.chats.of(academy.workspace)
    first = await olga.types('/announce new "We meet at nine" to:sector:business')
    one = await chat.post(await chat.direct(olga.account), first.card, "one")
    await olga.presses(first.buttons["Ask for approval"], message=one)
    await academy.delivers()
    form = (await petra.presses("Not like this")).form
    await petra.fills(form, why="At ten")
    await academy.delivers()
    form = (await olga.presses("Change")).form
    again = await olga.fills(form, text="We meet at ten", when="", repeat="", to="sector:business")
    two = await chat.post(await chat.direct(olga.account), again.card, "two")
    await olga.presses(again.buttons["Ask for approval"], message=two)
    await academy.delivers()
    await petra.presses("Approve")
    for _ in range(2):
        await academy.passes(minutes=1)
    said = {post.address: words_of(post.card) for post in olga.posts()}
    assert said[one] == "It goes on further down\n“We meet at ten”"
    assert said[two] == "It has gone out\n“We meet at ten”\n1 arrived.\nPetra Skov has approved of it."


async def test_what_is_over_before_it_was_told_is_not_told() -> None:
    academy, olga, petra = await with_two()
    shown = await olga.types('/announce new "We meet at nine" to:sector:business')
    await olga.presses(shown.buttons["Ask for approval"])
    await academy.change("Petra", role=Role.MEMBER)
    await academy.delivers()
    assert petra.posts() == []
    await academy.change("Petra", role=Role.ORGANISER)
    found = await shown_in_list(petra)
    form = (await petra.presses(found.buttons["Not like this"])).form
    await petra.fills(form, why="At ten")
    before = (await olga.presses(shown.buttons["Ask for approval"])).buttons["Change"]
    form = (await olga.presses(before)).form
    await olga.fills(form, text="We meet at ten", when="", repeat="", to="sector:business")
    await academy.delivers()
    assert cards(olga, "Petra Skov would like") == []
