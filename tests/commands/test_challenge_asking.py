"""Those who are asked in private: few, with a reason, only who wants to be, only who reads along, and not twice in two weeks."""

from collections.abc import Sequence
from dataclasses import replace

from bot.challenges.actions import AskMeNoMore, AskThem, CloseChallenge, SeeWhomToAsk
from bot.challenges.asking import Asking
from bot.challenges.domain import WhyAsked
from bot.identity import Address, WorkspaceId
from bot.members.domain import Block, Consent
from bot.messages.actions import encode_action
from tests.challenge_talk import QUESTION, answers, asked, challenges, invited
from tests.fake_circle import an_academy
from tests.introductions_talk import Academy, Answer, Somebody, a_member, a_small_academy
from tests.poll_talk import presses, types

LINE = f'/challenge "{QUESTION}" themes:ageing'


async def whom(somebody: Somebody, academy: Academy) -> Answer:
    challenge = await asked(somebody, LINE)
    return await somebody.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))


async def test_each_is_told_why_and_may_answer_or_say_no_by_one_press() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    eva = await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society", offers="visits to seniors"))
    challenge = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    assert "Bo Lind (Sportshallen, business) – works on ageing" in shown.text
    assert "Eva Bro (Vennerne, civil society) – offers visits to seniors" in shown.text
    assert "I find nobody whom I may ask from: foundation and research." in shown.text
    assert await invited(academy, challenge) == []
    done = await presses(anna, shown.buttons["Ask these 2"])
    assert "I am asking 2 people." in done.text
    await academy.delivers()
    assert {(one.member, one.why, one.term) for one in await invited(academy, challenge)} == {
        (bo.id, WhyAsked.THEME, "ageing"),
        (eva.id, WhyAsked.OFFER, "visits to seniors"),
    }
    assert "Anna Holm (Rødovre Kommune, municipality) would like to know what you see." in bo.reads()
    assert "I ask you because you work on ageing." in bo.reads()
    assert "I ask you because you offer visits to seniors." in eva.reads()
    no = await eva.presses("Not this time")
    assert "nobody is told" in no.text
    await eva.sends_wire(encode_action(no.buttons["Ask me no more"].action))
    given = await bo.presses("Answer")
    await bo.fills(given.form, sees="They are tired.", suggests="", seen_by=("all",))
    again = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    assert "Just now I find nobody whom I may ask" in again.text
    back = await anna.presses(again.buttons["How it stands"])
    assert "2 were asked in private, 1 of them answered." in back.text
    listed = await eva.types("/challenge list")
    assert "You are asked about no challenges, as you wished." in listed.text
    hears = await eva.presses(listed.buttons["Ask me again"])
    assert "I ask you again when something fits you" in hears.text
    assert not (await academy.member("Eva")).challenges_muted
    await eva.presses(listed.buttons["Ask me again"])


async def test_nobody_is_asked_who_does_not_want_to_be_or_should_not_meet_whoever_asks() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    nobody = "Just now I find nobody whom I may ask"
    for changes in (
        {"challenges_muted": True},
        {"consent": Consent.NOT_NOW},
        {"paused_until": academy.clock.now().date().replace(month=12)},
        {"away_since": academy.clock.now()},
        {"organisation": "rødovre  KOMMUNE"},
        {"sector": ""},
    ):
        before = await academy.member("Bo")
        await academy.change("Bo", **changes)
        assert nobody in (await whom(anna, academy)).text, changes
        await academy.change("Bo", **{name: getattr(before, name) for name in changes})
    assert nobody not in (await whom(anna, academy)).text
    for one, other in ((anna, bo), (bo, anna)):
        async with academy.memory.units(academy.workspace) as work:
            await work.members.block(Block(one.id, other.id, academy.clock.now()))
            await work.commit()
        assert nobody in (await whom(anna, academy)).text
        async with academy.memory.units(academy.workspace) as work:
            await work.members.unblock(one.id, other.id)
            await work.commit()


async def test_nobody_is_asked_twice_in_two_weeks_whatever_became_of_it() -> None:
    academy = await a_small_academy()
    anna, carl, bo = academy["Anna"], academy["Carl"], academy["Bo"]
    shown = await whom(anna, academy)
    await presses(anna, shown.buttons["Ask this one"])
    await academy.delivers()
    await bo.presses("Not this time")
    await bo.presses("Ask me no more")
    await academy.change("Bo", challenges_muted=False)
    assert "nobody whom I may ask" in (await whom(carl, academy)).text.replace("Bo Lind", "")
    assert "Bo Lind" not in (await whom(carl, academy)).text
    academy.clock.advance(days=14, minutes=1)
    assert "Bo Lind" in (await whom(carl, academy)).text


async def test_others_than_were_seen_are_shown_first() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    challenge = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society", themes="ageing"))
    other = await presses(anna, shown.buttons["Ask this one"])
    assert "Meanwhile it would be others." in other.text
    assert await invited(academy, challenge) == []
    await presses(anna, other.buttons["Ask these 2"])
    assert len(await invited(academy, challenge)) == 2
    twice = await presses(anna, other.buttons["Ask these 2"])
    assert "Meanwhile it would be others." in twice.text
    stranger = await academy["Carl"].sends_wire(encode_action(AskThem(challenge.id, "x")))
    assert "Only whoever asked, or an organiser, can do that." in stranger.text


async def test_whoever_answered_closed_or_muted_meanwhile_gets_no_message() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    shown = await whom(anna, academy)
    await presses(anna, shown.buttons["Ask this one"])
    await answers(bo, "They are tired.")
    await academy.delivers()
    assert bo.posts() == []


async def test_a_sector_that_was_heard_has_so_many_places_less() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    for place in range(3):
        await academy.joins(a_member(f"E{place} Bro", f"V{place}", "civil_society", themes="ageing"))
    for place in range(2):
        await academy.joins(a_member(f"K{place} Bro", f"K{place}", "municipality", themes="ageing"))
    challenge = await asked(anna, LINE)
    await answers(academy["E0"], "They are tired.")
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    assert shown.text.count("civil society) –") == 1
    assert shown.text.count("municipality) –") == 1
    await presses(anna, shown.buttons["Ask these 3"])
    assert "nobody whom I may ask" in (await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))).text


async def test_where_names_are_not_shown_before_a_yes_the_organisation_is() -> None:
    academy = await a_small_academy()
    async with academy.memory.units(academy.workspace) as work:
        await work.vocabulary.set_options(replace(await work.vocabulary.options(), names_before_yes=False))
        await work.commit()
    shown = await whom(academy["Anna"], academy)
    assert "Sportshallen, business – works on ageing" in shown.text
    assert "Bo Lind" not in shown.text


async def test_only_those_who_read_along_are_asked_and_where_that_is_not_known_nobody() -> None:
    academy, chat = await an_academy(board={"Anna", "Carl"}, general={"Anna", "Bo", "Carl", "Dorte", "Olga"})
    anna = academy["Anna"]
    board = Address("web", "channel:board")
    shown = await types(anna, LINE, board)
    done = await presses(anna, shown.buttons["Post it"])
    assert "nobody whom I may ask" in (await presses(anna, done.buttons["Whom could I ask?"])).text
    chat.inside[board].add("Bo")
    assert "Bo Lind" in (await presses(anna, done.buttons["Whom could I ask?"])).text
    del chat.inside[board]
    told = await presses(anna, done.buttons["Whom could I ask?"])
    assert "I can't see who reads along there, so I ask nobody." in told.text
    (challenge,) = await challenges(academy)
    assert challenge.private


class Near:
    """A model that finds money near every question."""

    async def near(self, workspace: WorkspaceId, said: Sequence[str], tags: Sequence[str]) -> Sequence[float]:
        del workspace, said
        return [0.9 if tag == "money for trials" else 0.0 for tag in tags]


async def test_a_model_that_knows_more_than_words_helps() -> None:
    academy = await a_small_academy()
    challenge, anna = await asked(academy["Anna"]), await academy.member("Anna")
    asking = Asking(academy.memory.units, academy.clock, academy.chats, Near())
    proposal = await asking.whom(academy.workspace, challenge.id, anna)
    carl = next(one for one in proposal.chosen if one.id == academy.ids["Carl"])
    assert (carl.why, carl.term) == (WhyAsked.OFFER, "money for trials")
    alone = Asking(academy.memory.units, academy.clock, academy.chats)
    assert carl.id not in {one.id for one in (await alone.whom(academy.workspace, challenge.id, anna)).chosen}


async def test_an_invitation_says_what_is_true_now() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society", themes="ageing"))
    await academy.joins(a_member("Ida Bro", "Fonden", "foundation", themes="ageing"))
    challenge = await asked(anna, LINE)
    shown = await anna.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))
    await presses(anna, shown.buttons["Ask these 3"])
    await academy.delivers()
    await academy["Ida"].presses("Not this time")
    told = await answers(bo, "They are tired.")
    await academy.delivers()
    assert "You have answered. Thank you!" in bo.reads()
    await bo.presses(told.buttons["Take it back"])
    await academy.delivers()
    assert "would like to know what you see." in bo.reads()
    await answers(bo, "They are tired.")
    await anna.sends_wire(encode_action(CloseChallenge(challenge.id)))
    await academy.delivers()
    assert "It is closed now. Thank you for your answer!" in bo.reads()
    assert academy["Eva"].reads().endswith("It is closed now.")
    assert "It is closed now" not in academy["Ida"].reads()
    assert [len(academy[name].posts()) for name in ("Bo", "Eva", "Ida")] == [1, 1, 1]


async def test_whoever_mutes_before_it_is_sent_gets_none() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    shown = await whom(anna, academy)
    await presses(anna, shown.buttons["Ask this one"])
    await academy["Bo"].sends_wire(encode_action(AskMeNoMore()))
    await academy.delivers()
    assert academy["Bo"].posts() == []
