"""A challenge from the first line to its case note, as those who are there see it."""

from bot.challenges.actions import MakeChallengeNote
from bot.challenges.domain import ChallengeState
from bot.messages.actions import encode_action
from bot.notes.actions import ShowNote
from bot.notes.domain import Audience
from bot.schedules.retention import Retention
from tests.challenge_talk import QUESTION, answers, asked, challenges, invited, notes, said
from tests.introductions_talk import a_sent_round, a_small_academy, selects_of
from tests.poll_talk import fills, presses, reads, types


async def test_asked_answered_closed_and_made_a_note_of() -> None:
    academy = await a_small_academy()
    anna, bo, carl = (academy[name] for name in ("Anna", "Bo", "Carl"))
    shown = await types(anna, f'/challenge "{QUESTION}" view:"Many eat alone." themes:ageing closes:"in 48 hours"')
    assert "This is how it will look" in shown.text
    assert "It will be posted here." in shown.text
    assert "A tip, if you like" not in shown.text
    assert list(shown.buttons) == ["Post it", "Change", "Throw away"]
    done = await presses(anna, shown.buttons["Post it"])
    assert "Your challenge is open" in done.text
    await academy.delivers()
    assert "Heard so far: municipality. Not heard yet: business, civil society, foundation and research." in reads(
        academy
    )
    told = await answers(bo, "They are tired at five o'clock.", "A table at the sports hall.")
    assert "Your answer is on the card in a moment, with your name." in told.text
    told = await answers(carl, suggests="Money for a minibus.", seen_by="author")
    assert "Only Anna Holm sees your answer." in told.text
    await academy.delivers()
    card = reads(academy)
    assert "Heard so far: business, foundation and municipality." in card
    assert "Bo Lind (Sportshallen, business)\nSees: They are tired at five o'clock.\nSuggests: A table" in card
    assert "minibus" not in card
    assert "2 have answered." in card
    assert "minibus" not in (await presses(academy["Dorte"], "Read the answers")).text
    assert "minibus" in (await presses(anna, "Read the answers")).text
    await academy.passes(hours=48)
    assert "Closed. 2 answered. Anna Holm makes a case note of it." in reads(academy)
    assert "The draft of a case note is ready; only you see it." in anna.reads()
    (note,) = await notes(academy)
    assert note.author == anna.id
    assert note.took_part == (anna.id, bo.id, carl.id)
    assert note.content.title == QUESTION
    assert [one.text for one in note.content.situation] == ["Many eat alone."]
    assert [one.text for one in note.content.perspectives["business"]] == ["They are tired at five o'clock."]
    assert {one.text for one in note.content.ideas} == {"A table at the sports hall.", "Money for a minibus."}
    opened = await anna.presses("See the case note")
    assert "Only you see this draft." in opened.text
    late = await anna.sends_wire(encode_action(ShowNote(note.id)))
    assert QUESTION in late.text
    assert "not there any more" in (await bo.sends_wire(encode_action(ShowNote(note.id)))).text


async def test_what_could_be_better_is_offered_and_changed_in_the_form() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, '/challenge "Should we improve the service with an app?" closes:"on friday"')
    assert "Until when may people answer?" in shown.text
    chosen = next(label for label in shown.buttons if "12:00" in label)
    shown = await presses(anna, shown.buttons[chosen])
    assert "It starts from the service." in shown.text
    assert "It can be answered with yes or no." in shown.text
    assert "For example: How do we create the best possible life situation" in shown.text
    form = (await presses(anna, shown.buttons["Change"])).form
    again = await fills(
        anna, form, question=QUESTION, view="Karla eats alone.", themes=("ageing",), closes="friday 14:00"
    )
    assert "A tip, if you like" not in again.text
    assert "“Karla” looks like somebody's name. Leave it out if it is a citizen's." in again.text
    stale = await presses(anna, shown.buttons["Post it"])
    assert "It was changed meanwhile. This is how it is now." in stale.text
    await presses(anna, again.buttons["Post it"])
    await academy.delivers()
    assert "14:00" in reads(academy)


async def test_by_hand_from_the_list_by_whoever_asked_or_an_organiser() -> None:
    academy = await a_small_academy()
    anna, bo, olga = (academy[name] for name in ("Anna", "Bo", "Olga"))
    challenge = await asked(anna)
    await answers(bo, "They are tired.")
    listed = await types(olga, "/challenge list")
    seen = await olga.chooses(selects_of(listed.card)[0], str(challenge.id))
    assert "Close the challenge" in seen.buttons
    assert "Close the challenge" not in (await bo.presses(seen.buttons["All challenges"])).buttons
    closed = await olga.presses(seen.buttons["Close the challenge"])
    assert "It is closed. Anna Holm has the draft of the case note." in closed.text
    await academy.delivers()
    assert "Your challenge is closed" in anna.reads()
    assert "is closed, so nothing can be changed" in (await olga.presses(seen.buttons["Close the challenge"])).text
    (note,) = await notes(academy)
    assert note.author == anna.id
    second = await asked(anna)
    listed = await types(anna, "/challenge list")
    seen = await anna.chooses(selects_of(listed.card)[0], str(second.id))
    over = await anna.presses(seen.buttons["Close the challenge"])
    assert "Nobody answered this time." in over.text
    assert len(await notes(academy)) == 1
    copy = await anna.presses(over.buttons["Ask it once more"])
    assert "This is how it will look" in copy.text
    (newest, *_) = await challenges(academy)
    assert newest.state is ChallengeState.DRAFT


async def test_the_draft_that_was_thrown_away_can_be_made_once_more() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    challenge = await asked(anna, f'/challenge "{QUESTION}" closes:"in 2 hours"')
    await answers(bo, "They are tired.")
    await academy.passes(hours=2)
    (note,) = await notes(academy)
    shown = await anna.presses("See the case note")
    await anna.presses(shown.buttons["Throw away"])
    assert await notes(academy) == []
    listed = await types(anna, "/challenge list")
    seen = await anna.chooses(selects_of(listed.card)[0], str(challenge.id))
    made = await anna.presses(seen.buttons["Make the case note"])
    assert "Only you see this draft." in made.text
    assert "Only you see this draft." in (await anna.sends_wire(encode_action(MakeChallengeNote(challenge.id)))).text
    (again,) = await notes(academy)
    assert again.id != note.id
    assert again.content == note.content
    assert "Only whoever asked" in (await bo.sends_wire(encode_action(MakeChallengeNote(challenge.id)))).text


async def test_what_nobody_closes_closes_by_itself_in_the_end() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"])
    await answers(academy["Bo"], "They are tired.")
    await academy.delivers()
    assert "Open until" not in reads(academy)
    academy.clock.advance(days=89)
    await academy.passes(hours=4)
    assert await notes(academy) == []
    await academy.passes(hours=24)
    assert len(await notes(academy)) == 1
    listed = await types(academy["Anna"], "/challenge list")
    seen = await academy["Anna"].chooses(selects_of(listed.card)[0], str(challenge.id))
    assert "Closed. 1 answered." in seen.text
    assert "You choose whether" not in seen.text


async def test_what_was_answered_goes_two_weeks_after_the_close_and_the_question_later() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    challenge = await asked(anna, f'/challenge "{QUESTION}" view:"Many eat alone." closes:"in 2 hours"')
    await answers(bo, "They are tired.")
    await types(anna, f'/challenge "{QUESTION}"')
    await academy.passes(hours=2)
    assert "They are tired." in reads(academy)
    tidy = Retention(academy.memory.units, academy.memory.directory, academy.clock)
    await academy.passes(days=14, hours=1)
    await tidy.tidy()
    await academy.delivers()
    assert await said(academy, challenge) == []
    (kept,) = await challenges(academy)
    assert (kept.view, kept.forgotten, kept.question) == ("", True, QUESTION)
    assert "They are tired." not in reads(academy)
    assert "Heard so far: business and municipality." in reads(academy)
    assert "not kept any more" in (await anna.presses("Read the answers")).text
    assert "not kept any more" in (await anna.sends_wire(encode_action(MakeChallengeNote(challenge.id)))).text
    await tidy.tidy()
    academy.clock.advance(days=400)
    await tidy.tidy()
    assert await challenges(academy) == []
    assert "not there any more" in (await anna.presses("Read the answers")).text


async def test_a_note_of_a_challenge_in_a_room_stays_with_those_who_were_in_it() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await a_sent_round(academy)
    for somebody in (anna, bo):
        await somebody.presses("Yes, introduce us")
    await academy.delivers()
    chat = academy.chats.of(academy.workspace, "web")
    room = next(post.to for post in chat.posts if post.to.value.startswith("room:"))
    shown = await types(anna, f'/challenge "{QUESTION}" themes:ageing', room)
    posted = await presses(anna, shown.buttons["Post it"])
    await academy.delivers()
    (challenge,) = await challenges(academy)
    assert challenge.private
    whom = await presses(anna, posted.buttons["Whom could I ask?"])
    assert "Bo Lind" in whom.text
    await presses(anna, whom.buttons["Ask this one"])
    assert [one.member for one in await invited(academy, challenge)] == [bo.id]
    await academy.delivers()
    given = await bo.presses("Answer")
    await bo.fills(given.form, sees="They are tired.", suggests="", seen_by=("all",))
    for name in ("Carl", "Olga"):
        assert selects_of((await types(academy[name], "/challenge list")).card) == []
    listed = await anna.types("/challenge list")
    seen = await anna.chooses(selects_of(listed.card)[0], str(challenge.id))
    await anna.presses(seen.buttons["Close the challenge"])
    (note,) = await notes(academy)
    assert note.audience is Audience.US
