"""``/camp invite to:…``: an invitation for some, by the command and by the form, and what cannot be meant."""

from datetime import timedelta

import pytest

from tests.camp_talk import a_camp, card_of, edits
from tests.introductions_talk import Academy, a_small_academy


def invited(academy: Academy) -> set[str]:
    return {name for name in ("Olga", "Anna", "Bo", "Carl", "Dorte") if academy[name].posts()}


async def test_an_invitation_can_be_for_some_and_later_for_all() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    shown = await olga.types("/camp invite to:sector:business,sector:foundation")
    assert "To: sector business or sector foundation" in shown.text
    assert "It goes to 2 people." in shown.text
    sent = await olga.presses(shown.buttons["Send the invitations"])
    assert "2 invitations are on their way." in sent.text
    await academy.delivers()
    assert invited(academy) == {"Bo", "Carl"}
    assert "Are you coming?" in card_of(academy["Bo"])
    again = await olga.types("/camp invite Camp 3 to:sector:business")
    assert "Everybody has been invited already." in again.text
    rest = await olga.types("/camp invite")
    assert "To: everyone in the academy" in rest.text
    assert "2 were invited before." in rest.text
    await olga.presses(rest.buttons["Send the invitations"])
    await academy.delivers()
    assert invited(academy) == {"Olga", "Anna", "Bo", "Carl", "Dorte"}


async def test_whom_it_is_for_is_chosen_in_the_preview_too() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    form = (await olga.presses((await olga.types("/camp invite")).buttons["To whom?"])).form
    wrong = await olga.fills(form, to="sector:busines")
    assert "Did you mean sector:business?" in wrong.problems["to"]
    shown = await olga.fills(form, to="theme:ageing")
    assert "It goes to 2 people." in shown.text
    again = (await olga.presses(shown.buttons["To whom?"])).form
    assert [getattr(field, "value", "") for field in again.fields] == ["theme:ageing"]
    everybody = await olga.fills(again, to="")
    assert "It goes to 5 people." in everybody.text
    await olga.presses(shown.buttons["Send the invitations"])
    await academy.delivers()
    assert invited(academy) == {"Anna", "Bo"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("to:#general", "An invitation goes to each person by name, not to a channel."),
        ("to:volunteers", "To whom? Write everyone, sector:business"),
        ("to:sector:research+theme:ageing", "There is nobody to invite just now: sector research and theme ageing."),
    ],
)
async def test_whom_nobody_can_invite_is_said(typed: str, said: str) -> None:
    academy = await a_camp()
    assert said in (await academy["Olga"].types(f"/camp invite {typed}")).text


async def test_what_was_looked_at_long_ago_is_looked_at_again() -> None:
    academy = await a_camp()
    olga = academy["Olga"]
    shown = await olga.types("/camp invite to:sector:business")
    async with academy.memory.units(academy.workspace) as work:
        await work.landmarks.forget_before("camp_invited", academy.clock.now() + timedelta(seconds=1))
        await work.commit()
    stale = await olga.presses(shown.buttons["Send the invitations"])
    assert "You looked at this invitation a while ago." in stale.text
    await edits(olga, place="Roskilde")
    fresh = await olga.types("/camp invite to:sector:business")
    assert "1 invitation is on its way." in (await olga.presses(fresh.buttons["Send the invitations"])).text


async def test_in_danish_too() -> None:
    academy = await a_small_academy(language="da")
    made = await academy["Olga"].types('/camp opret "Camp 3" "22. marts" "09.00-16.00"')
    shown = await academy["Olga"].presses(made.buttons["Inviter"])
    form = (await academy["Olga"].presses(shown.buttons["Til hvem?"])).form
    some = await academy["Olga"].fills(form, to="sektor:erhvervsliv")
    assert "Til: sektoren erhvervsliv" in some.text
    assert "Det går til 1 person." in some.text
