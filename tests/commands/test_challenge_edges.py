"""What goes wrong around challenges, and the places where they stand: one kind sentence each, and nothing is lost."""

from zoneinfo import ZoneInfo

import pytest

from bot.challenges.actions import (
    ChangeChallenge,
    CloseChallenge,
    CopyChallenge,
    DropChallenge,
    GiveAnswer,
    OpenChallenge,
    PostChallenge,
    PostChallengeAgain,
    SeeChallenge,
    SeeWhomToAsk,
    WriteChallenge,
)
from bot.challenges.domain import QUESTION_CHARACTERS, ChallengeState
from bot.challenges.homepart import challenges_part
from bot.challenges.kinds import (
    ChallengeCard,
    ChallengeGone,
    ChallengeInvitation,
    ChallengeLeft,
    ChallengeNotPosted,
    ChallengeOver,
    ChallengeUnused,
)
from bot.challenges.letters import LETTERS
from bot.deliveries.domain import Delivery, DeliveryState, ToPlace
from bot.deliveries.letters import Reading, writers
from bot.errors import Gone, Refused
from bot.identity import Address, ChallengeId, DeliveryId, new_id
from bot.interactions import Press
from bot.messages.actions import encode_action
from bot.messages.elements import Card
from bot.messages.replies import Private
from bot.schedules.retention import Retention
from tests.challenge_talk import QUESTION, answers, asked, challenges
from tests.introductions_talk import LANGUAGES, Academy, a_member, a_small_academy, words_of
from tests.poll_talk import fills, presses, reads, told, types


async def test_with_nothing_typed_the_form_opens_and_keeps_what_was_typed() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    form = (await types(anna, '/challenge view:"Many eat alone." themes:ageing')).form
    assert {one.key: getattr(one, "value", "") for one in form.fields} == {
        "question": "",
        "view": "Many eat alone.",
        "themes": ("ageing",),
        "closes": "",
    }
    empty = await fills(anna, form, question=" \u200b ", view="", themes=(), closes="yesterday at 12")
    assert "One open question is enough." in empty.problems["question"]
    assert "That time has passed." in empty.problems["closes"]
    done = await fills(anna, form, question=QUESTION, view="Many eat alone.", themes=("ageing",), closes="")
    assert "This is how it will look" in done.text
    assert "open" not in done.text.casefold().partition("asks.")[2].partition("you choose")[0]


async def test_in_a_direct_conversation_a_channel_is_named() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    academy.chats.of(academy.workspace, "web").channels += ["general", "board"]
    form = (await anna.types("/challenge")).form
    values = {"question": QUESTION, "view": "", "themes": (), "closes": ""}
    wrong = await anna.fills(form, **values, where="#nowhere")
    assert "I know no channel #nowhere here." in wrong.problems["where"]
    two = await anna.fills(form, **values, where="#general, #board")
    assert "One channel, please" in two.problems["where"]
    shown = await anna.fills(form, **values, where="general")
    assert "It will be posted in #general." in shown.text
    change = (await anna.presses(shown.buttons["Change"])).form
    assert "nowhere" in (await anna.fills(change, **values, where="#nowhere")).problems["where"]
    shown = await anna.fills(change, **values, where="#board")
    assert "It will be posted in #board." in shown.text
    shown = await anna.fills((await anna.presses(shown.buttons["Change"])).form, **values, where="")
    assert "It will be posted in #board." in shown.text
    nowhere = await anna.types(f'/challenge "{QUESTION}"')
    assert "Where shall it stand?" in nowhere.text
    assert "Post it" not in nowhere.buttons
    (draft, *_) = await challenges(academy)
    forced = await anna.sends_wire(encode_action(PostChallenge(draft.id, 1)))
    assert "Where shall it stand?" in forced.text
    assert (await challenges(academy, ChallengeState.OPEN)) == []
    named = await anna.types(f'/challenge "{QUESTION}" in:#general')
    assert "It will be posted in #general." in named.text
    wrong = await anna.types(f'/challenge "{QUESTION}" in:#nowhere view:"Many."')
    assert "I know no channel #nowhere here." in told(wrong)
    shown = await anna.fills(wrong.form, **{**values, "view": "Many."}, where="#general")
    assert "It will be posted in #general." in shown.text


async def test_too_long_a_question_goes_on_as_how_they_see_it() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    long = "What about it " * 30
    form = (await types(anna, f'/challenge "{long}"')).form
    values = {one.key: getattr(one, "value", "") for one in form.fields}
    assert values["question"] == ""
    assert values["view"] == long.strip()
    for far in ('"' + "x" * 40_000 + '"', f'"{QUESTION}" view:"{"x" * 1_300}"', f'"{long}" view:"{"x" * 900}"'):
        answer = await types(anna, f"/challenge {far}")
        assert any(isinstance(reply, Private) and reply.sorry for reply in answer.replies)
    form = (await types(anna, "/challenge")).form
    lost = await fills(anna, form, question="x" * (QUESTION_CHARACTERS + 1), view="", themes=(), closes="")
    assert "question" in lost.problems
    assert await challenges(academy) == []


async def test_what_cannot_be_read_is_told_above_the_form() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    assert "I don't know that theme here. Choose from: ageing," in told(
        await types(anna, '/challenge "Why?" themes:space')
    )
    both = await types(anna, '/challenge "Why do they eat alone?" themes:"ageing, Loneliness"')
    assert "It is about ageing and loneliness." in both.text
    async with academy.memory.units(academy.workspace) as work:
        for theme in await work.vocabulary.themes():
            await work.vocabulary.remove_theme(theme.key)
        await work.commit()
    bare = await types(anna, '/challenge "Why?" themes:space')
    assert "The academy has no themes yet." in told(bare)
    assert [one.key for one in bare.form.fields] == ["question", "view", "closes"]
    shown = await types(anna, '/challenge "Why?"')
    form = (await presses(anna, shown.buttons["Change"])).form
    wrong = await fills(anna, form, question="Why?", view="", closes="at some time")
    assert "closes" in wrong.problems


async def test_words_without_quotes_are_the_question_and_themes_stand_as_people_write_them() -> None:
    academy = await a_small_academy(language="da")
    anna = academy["Anna"]
    for line in (
        "/udfordring Hvad skal der til for at ældre sover godt? temaer:aeldre,Ensomhed",
        "/udfordring temaer:ældre;ensomhed Hvad skal der til for at ældre sover godt?",
        '/udfordring ny Hvad skal der til for at "ældre" sover godt? tema:ældre tema:ensomhed',
        '/udfordring "Hvad skal der til for at ældre sover godt?" temaer:"AELDRE | ensomhed"',
        '/udfordring "Hvad skal der til for at ældre sover godt?" temaer:"ældre og ensomhed"',
        '/udfordring "Hvad skal der til for at ældre sover godt?" temaer:ældre, ensomhed',
        '/udfordring temaer:ældre og ensomhed lukker:"om 48 timer" spørgsmål:"Hvad skal der til for at ældre sover godt?"',
        '/udfordring temaer:"ældre" , "ensomhed" "Hvad skal der til for at ældre sover godt?"',
    ):
        await types(anna, line)
        (draft, *_) = await challenges(academy)
        assert (draft.question, set(draft.themes), draft.view) == (
            "Hvad skal der til for at ældre sover godt?",
            {"ageing", "loneliness"},
            "",
        )
    shown = await types(anna, '/challenge "Why do they eat alone?" "Many do."')
    assert "Many do." in shown.text
    for line in ('/challenge "Why?" many do', '/challenge "Why?" themes:ageing and some words more'):
        assert "Det er mere, end /udfordring ny kan tage imod." in (await types(anna, line)).text


@pytest.mark.parametrize("typed", ["yesterday at 12", "whenever", "now", "next week", "12 May 2029 at 12"])
async def test_an_unclear_close_is_asked_about_and_nothing_is_lost(typed: str) -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, f'/challenge "{QUESTION}" closes:"{typed}"')
    assert "Until when may people answer?" in shown.text
    assert "The rest of it is kept, and nothing is posted yet." in shown.text
    by_hand = await presses(anna, shown.buttons["Until I close it"])
    assert "Post it" in by_hand.buttons
    assert (await challenges(academy))[0].closes_at is None


async def test_a_time_that_passed_before_it_was_posted() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, f'/challenge "{QUESTION}" closes:"in 2 hours"')
    academy.clock.advance(hours=3)
    late = await presses(anna, shown.buttons["Post it"])
    assert "has passed meanwhile. Change it, please." in late.text
    assert await challenges(academy, ChallengeState.OPEN) == []


async def test_a_number_of_one_person_is_not_posted() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await types(anna, '/challenge "What do we do for 010203-1234?"')
    assert "Leave it out, please; then it can be posted." in shown.text
    assert "Post it" not in shown.buttons
    (draft,) = await challenges(academy)
    forced = await anna.sends_wire(encode_action(PostChallenge(draft.id, draft.revision)))
    assert "A number in it belongs to one person." in forced.text
    assert await challenges(academy, ChallengeState.OPEN) == []


async def test_a_draft_is_nobody_elses_and_can_be_thrown_away() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    shown = await types(anna, f'/challenge "{QUESTION}"')
    (draft,) = await challenges(academy)
    for action in (ChangeChallenge(draft.id, 1), PostChallenge(draft.id, 1)):
        assert "not there any more" in (await bo.sends_wire(encode_action(action))).text
    await bo.sends_wire(encode_action(DropChallenge(draft.id)))
    first, second = [(await presses(anna, shown.buttons["Change"])).form for _ in range(2)]
    values = {"question": QUESTION, "view": "Many.", "themes": (), "closes": ""}
    await fills(anna, first, **values)
    late = await fills(anna, second, **{**values, "view": "Few."})
    assert "It was changed meanwhile. Look at it once more before you go on." in late.text
    await presses(anna, shown.buttons["Throw away"])
    assert await challenges(academy) == []
    await presses(anna, shown.buttons["Throw away"])
    posted = await asked(anna)
    assert "It is posted already." in (await anna.sends_wire(encode_action(DropChallenge(posted.id)))).text


async def test_old_drafts_go() -> None:
    academy = await a_small_academy()
    await types(academy["Anna"], f'/challenge "{QUESTION}"')
    academy.clock.advance(days=3)
    await Retention(academy.memory.units, academy.memory.directory, academy.clock).tidy()
    assert await challenges(academy) == []


async def test_where_it_cannot_be_posted_whoever_asked_hears_why() -> None:
    academy = await a_small_academy()
    anna, chat = academy["Anna"], academy.chats.of(academy.workspace, "web")
    chat.fail(Refused("is_archived"), verb="post")
    challenge = await asked(anna)
    await academy.delivers()
    academy.clock.advance(seconds=5)
    await academy.delivers()
    assert "Your challenge could not be posted" in anna.reads()
    assert "archived" in anna.reads()
    assert "Nothing of it is lost." in anna.reads()
    again = await anna.presses("Post it once more")
    assert "I am trying once more." in again.text
    await academy.delivers()
    assert QUESTION in reads(academy)
    await anna.sends_wire(encode_action(PostChallengeAgain(challenge.id)))
    await academy.delivers()
    assert len(chat.said_in(challenge.place.address if challenge.place else anna.arrival().place.address)) == 1
    copy = await anna.sends_wire(encode_action(CopyChallenge(challenge.id)))
    assert "This is how it will look" in copy.text
    other = await academy["Bo"].sends_wire(encode_action(CopyChallenge(challenge.id)))
    assert "Only whoever asked can ask it once more." in other.text


async def test_what_was_not_posted_is_not_told_of_once_it_is_closed() -> None:
    academy = await a_small_academy()
    anna, chat = academy["Anna"], academy.chats.of(academy.workspace, "web")
    chat.fail(Gone("channel_not_found"), verb="post")
    shown = await types(anna, f'/challenge "{QUESTION}"')
    await presses(anna, shown.buttons["Post it"])
    (challenge,) = await challenges(academy)
    await anna.sends_wire(encode_action(CloseChallenge(challenge.id)))
    await academy.delivers()
    academy.clock.advance(seconds=5)
    await academy.delivers()
    assert anna.posts() == []


async def test_a_card_that_is_gone_is_told_of_and_posted_once_more() -> None:
    academy = await a_small_academy()
    anna, chat = academy["Anna"], academy.chats.of(academy.workspace, "web")
    challenge = await asked(anna)
    assert challenge.place is not None
    chat.fail(Gone("message_not_found"), verb="edit")
    await answers(academy["Bo"], "They are tired.")
    await academy.delivers()
    assert "The card of your challenge is gone" in anna.reads()
    await anna.presses("Post it once more")
    await academy.delivers()
    assert len(chat.said_in(challenge.place.address)) == 2
    assert "They are tired." in reads(academy)
    await anna.sends_wire(encode_action(PostChallengeAgain(challenge.id)))
    await academy.delivers()
    assert len(chat.said_in(challenge.place.address)) == 2


async def test_letters_of_what_is_over_say_nothing() -> None:
    academy = await a_small_academy()
    challenge = await asked(academy["Anna"])
    await answers(academy["Bo"], "They are tired.")
    anna = await academy.member("Anna")
    words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
    table = writers(LETTERS)
    nowhere, card = ChallengeId(new_id()), DeliveryId(new_id())
    async with academy.memory.units(academy.workspace, reading=True) as work:
        reading = Reading(work, words, await work.vocabulary.options(), academy.clock.now(), anna)
        anchor = challenge.place.anchor if challenge.place is not None else None
        (waiting,) = await work.deliveries.in_states([DeliveryState.WAITING])
        assert anchor is not None
        for letter in (
            ChallengeCard(nowhere),
            ChallengeInvitation(nowhere),
            ChallengeInvitation(challenge.id),
            ChallengeLeft(nowhere),
            ChallengeUnused(nowhere),
            ChallengeOver(nowhere),
            ChallengeOver(challenge.id),
            ChallengeGone(nowhere, card),
            ChallengeGone(challenge.id, card),
            ChallengeNotPosted(nowhere, card),
            ChallengeNotPosted(challenge.id, card),
            ChallengeNotPosted(challenge.id, anchor),
            ChallengeNotPosted(challenge.id, waiting.id),
        ):
            assert await table[type(letter)](reading, letter) is None
        stray = Delivery(card, "", "", ToPlace(Address("web", "x")), ChallengeCard(nowhere), academy.clock.now())
        for row in LETTERS:
            if row.lost is not None and row.gone is not None:
                await row.lost(work, stray, academy.clock.now())
                await row.gone(work, stray, academy.clock.now())


async def test_in_an_academy_of_one_sector_and_with_nobody_else() -> None:
    academy = await Academy.begin()
    anna = await academy.joins(a_member("Anna Holm", "Rødovre Kommune", "municipality", themes="ageing"))
    async with academy.memory.units(academy.workspace) as work:
        for sector in await work.vocabulary.sectors():
            if sector.key != "municipality":
                await work.vocabulary.remove_sector(sector.key)
        await work.commit()
    challenge = await asked(anna)
    assert "Heard so far: municipality." in reads(academy)
    assert "All sectors" not in reads(academy)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    assert "Just now I find nobody whom I may ask" in shown.text


async def test_all_sectors_were_heard() -> None:
    academy = await a_small_academy()
    await asked(academy["Anna"])
    for name in ("Bo", "Carl", "Dorte", "Olga"):
        await answers(academy[name], "They are tired.")
    await academy.delivers()
    assert "All sectors have been heard." in reads(academy)


async def test_a_list_and_a_button_of_what_is_not_there() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    assert "There is no challenge here yet." in (await types(anna, "/challenge list")).text
    for chosen in ((), ("x",)):
        press = Press(anna.arrival(), encode_action(OpenChallenge()), chosen)
        (reply, *_) = await academy.desk.press(press)
        assert isinstance(reply, Private)
        assert "Choose a challenge from the list." in words_of(reply.card)
    gone = ChallengeId(new_id())
    for action in (SeeChallenge(gone), GiveAnswer(gone), SeeWhomToAsk(gone)):
        assert "not there any more" in (await anna.sends_wire(encode_action(action))).text
    assert (await anna.sends_wire(encode_action(WriteChallenge()))).form.title == "New challenge"


async def test_ones_own_page_shows_what_waits() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    challenge = await asked(anna, f'/challenge "{QUESTION}" themes:ageing')
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    await presses(anna, shown.buttons["Ask this one"])
    waiting = academy.services.challenges.waiting
    his = await waiting(academy.workspace, await academy.member("Bo"))
    assert [one.id for one in his.asked] == [challenge.id]
    await answers(bo, "They are tired.")
    assert (await waiting(academy.workspace, await academy.member("Bo"))).asked == ()
    hers = await waiting(academy.workspace, await academy.member("Anna"))
    assert [(one.id, number) for one, number in hers.own] == [(challenge.id, 1)]
    words = LANGUAGES.words("en", ZoneInfo("Europe/Copenhagen"))
    assert "2 have" not in words_of(Card("", tuple(challenges_part(hers, words))))
    assert challenges_part(await waiting(academy.workspace, await academy.member("Carl")), words) == ()


async def test_danish_from_the_line_to_the_card() -> None:
    academy = await a_small_academy(language="da")
    anna = academy["Anna"]
    shown = await types(anna, '/udfordring "Hvordan får ældre nogen at spise med?" temaer:ældre lukker:"om 48 timer"')
    assert "Sådan ser vi det" not in shown.text
    await presses(anna, next(iter(shown.buttons.values())))
    await academy.delivers()
    assert "Endnu ikke hørt: civilsamfund, erhvervsliv, fond og forskning." in reads(academy)
