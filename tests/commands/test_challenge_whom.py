"""Whoever asks may take people off the list before anybody is asked; and where nobody can be asked, why, and what leads on."""

from bot.challenges.actions import ChooseThemes, PutBack, SeeWhomToAsk, TakeOff
from bot.challenges.people import give_challenges, leave_challenges
from bot.identity import Address
from bot.interactions import Press
from bot.members.domain import Consent, Role
from bot.messages.actions import encode_action
from bot.messages.elements import Card
from bot.messages.replies import Private
from tests.challenge_talk import QUESTION, asked, challenges, invited
from tests.fake_circle import an_academy
from tests.introductions_talk import Academy, Answer, Somebody, a_member, a_small_academy, selects_of, words_of
from tests.poll_talk import presses, reads, types

LINE = f'/challenge "{QUESTION}" themes:ageing'


async def whom(somebody: Somebody) -> Answer:
    (challenge, *_) = await challenges(somebody.academy)
    return await somebody.sends_wire(encode_action(SeeWhomToAsk(challenge.id)))


def choices(card: Card, label: str) -> dict[str, str]:
    """Value by label of the menu that is called so."""
    menu = next(one for one in selects_of(card) if one.label == label)
    return {choice.label: choice.value for choice in menu.choices}


async def takes_off(somebody: Somebody, shown: Answer, *names: str) -> Answer:
    menu = next(one for one in selects_of(shown.card) if one.label == "Take somebody off the list")
    return await somebody.chooses(menu, *(one.value for one in menu.choices if one.label.startswith(names)))


async def three_of_civil_society(academy: Academy) -> None:
    for place in range(3):
        await academy.joins(a_member(f"E{place} Bro", f"V{place}", "civil_society", themes="ageing"))


async def test_who_is_taken_off_is_not_asked_and_another_of_the_sector_comes_in_their_place() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    await three_of_civil_society(academy)
    challenge = await asked(anna, LINE)
    shown = await whom(anna)
    assert shown.text.count("civil society) –") == 2
    first, *_ = [name for name in choices(shown.card, "Take somebody off the list") if name.startswith("E")]
    off = await takes_off(anna, shown, first)
    assert first not in off.text
    assert off.text.count("civil society) –") == 2
    assert "Who is taken off the list hears nothing of it." in off.text
    off = await takes_off(anna, off, "Bo Lind")
    assert "Bo Lind" not in off.text
    assert "I find nobody whom I may ask from: business, foundation and research." in off.text
    back = choices(off.card, "Put somebody back on it")
    assert set(back) == {first, "Bo Lind"}
    await presses(anna, off.buttons["Ask these 2"])
    await academy.delivers()
    assert academy["Bo"].posts() == []
    assert len(await invited(academy, challenge)) == 2
    # The next look remembers it, and whoever changes their mind puts them back.
    again = await whom(anna)
    assert "Some fit, and you have taken them off the list." in again.text
    menu = next(one for one in selects_of(again.card) if one.label == "Put somebody back on it")
    put = await anna.chooses(menu, back["Bo Lind"])
    assert "Bo Lind (Sportshallen, business) – works on ageing" in put.text


async def test_two_of_one_name_are_told_apart() -> None:
    academy = await a_small_academy()
    await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society", themes="ageing"))
    await academy.change("Eva", name="Bo Lind")
    await asked(academy["Anna"], LINE)
    shown = await whom(academy["Anna"])
    names = choices(shown.card, "Take somebody off the list")
    assert set(names) == {"Bo Lind (Sportshallen, business)", "Bo Lind (Vennerne, civil society)"}


async def test_an_organiser_who_was_taken_off_does_not_see_it_and_strangers_take_off_nobody() -> None:
    academy = await a_small_academy()
    anna, bo = academy["Anna"], academy["Bo"]
    await three_of_civil_society(academy)
    await academy.change("Bo", role=Role.ORGANISER)
    challenge = await asked(anna, LINE)
    await takes_off(anna, await whom(anna), "Bo Lind")
    his = await whom(bo)
    assert "Ask these 2" in his.buttons
    assert [one.label for one in selects_of(his.card)] == ["Take somebody off the list"]
    for action in (TakeOff(challenge.id), PutBack(challenge.id), ChooseThemes(challenge.id)):
        assert "Only whoever asked" in (await academy["Dorte"].sends_wire(encode_action(action))).text
    press = Press(anna.arrival(), encode_action(TakeOff(challenge.id)), ("x",))
    (reply, *_) = await academy.desk.press(press)
    assert isinstance(reply, Private)
    assert "Choose somebody from the list." in words_of(reply.card)


async def test_who_leaves_or_turns_out_to_be_another_is_not_left_out_by_their_old_row() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    await asked(anna, LINE)
    await takes_off(anna, await whom(anna), "Bo Lind")
    eva = await academy.joins(a_member("Eva Bro", "Vennerne", "civil_society", themes="ageing"))
    async with academy.memory.units(academy.workspace) as work:
        await give_challenges(work, academy.ids["Bo"], eva.id, academy.clock.now())
        await work.commit()
    assert [one.left_out for one in await challenges(academy)] == [(eva.id,)]
    async with academy.memory.units(academy.workspace) as work:
        await leave_challenges(work, eva.id, academy.clock.now())
        await work.commit()
    assert [one.left_out for one in await challenges(academy)] == [()]
    await academy.change("Bo", themes=("ageing",))
    await takes_off(anna, await whom(anna), "Bo Lind")
    assert [one.left_out for one in await challenges(academy)] == [(academy.ids["Bo"],)]
    async with academy.memory.units(academy.workspace) as work:
        await leave_challenges(work, anna.id, academy.clock.now())
        await work.commit()
    assert [one.left_out for one in await challenges(academy)] == [()]


async def test_nobody_takes_part_yet_and_who_can_invite_them() -> None:
    academy = await a_small_academy()
    for name in ("Bo", "Carl", "Dorte", "Olga"):
        await academy.change(name, consent=Consent.NOT_ASKED)
    await asked(academy["Anna"], LINE)
    hers = await whom(academy["Anna"])
    assert "nobody from another organisation does yet. An organiser can invite them." in hers.text
    assert list(hers.buttons) == ["How it stands"]
    his = await whom(academy["Olga"])
    assert list(his.buttons) == ["Invite to introductions", "How it stands"]


async def test_no_theme_fits_and_those_that_are_chosen_help() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    await asked(anna, '/challenge "What does it take for somebody to sleep well?"')
    shown = await whom(anna)
    assert "Some have no theme and no offer that fits the question." in shown.text
    form = (await presses(anna, shown.buttons["Choose themes"])).form
    assert [one.key for one in form.fields] == ["themes"]
    found = await anna.fills(form, themes=("ageing",))
    assert "Bo Lind (Sportshallen, business) – works on ageing" in found.text
    await academy.delivers()
    assert "It is about ageing." in reads(academy)


async def test_some_are_elsewhere_some_rest_and_enough_were_heard() -> None:
    academy, chat = await an_academy(board={"Anna", "Carl"}, general={"Anna", "Bo", "Carl", "Dorte", "Olga"})
    anna = academy["Anna"]
    shown = await types(anna, LINE, Address("web", "channel:board"))
    await presses(anna, shown.buttons["Post it"])
    told = await whom(anna)
    assert "Some are not in the channel where the challenge stands" in told.text
    elsewhere = await presses(anna, told.buttons["Ask elsewhere, too"])
    change = (await presses(anna, elsewhere.buttons["Change"])).form
    assert "where" in [one.key for one in change.fields]
    chat.inside[Address("web", "channel:board")].add("Bo")
    await presses(anna, (await whom_of(anna, "board")).buttons["Ask this one"])
    assert "or were asked something in the last two weeks." in (await whom_of(anna, "board")).text


async def whom_of(somebody: Somebody, channel: str) -> Answer:
    every = await challenges(somebody.academy)
    found = next(one for one in every if one.is_open() and one.place and one.place.address.value.endswith(channel))
    return await somebody.sends_wire(encode_action(SeeWhomToAsk(found.id)))


async def test_of_a_sector_that_said_enough_nobody_else_is_asked() -> None:
    academy = await a_small_academy()
    anna = academy["Anna"]
    for place in range(3):
        await academy.joins(a_member(f"K{place} Bro", f"K{place}", "municipality", themes="ageing"))
    await academy.change("Bo", themes=())
    await asked(anna, LINE)
    shown = await whom(anna)
    await presses(anna, shown.buttons["Ask this one"])
    assert "as many were heard or asked as I may ask." in (await whom(anna)).text


async def test_who_is_muted_or_kept_apart_is_no_reason_that_is_told() -> None:
    academy = await a_small_academy()
    for name in ("Carl", "Dorte", "Olga"):
        await academy.change(name, consent=Consent.NOT_NOW)
    await academy.change("Bo", challenges_muted=True)
    await asked(academy["Anna"], LINE)
    told = await whom(academy["Anna"])
    assert "Just now I find nobody whom I may ask. The card stays open to all." in told.text
    assert "Some" not in told.text
