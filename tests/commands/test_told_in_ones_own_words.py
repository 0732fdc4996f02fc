"""What can be typed is told by the names of the reader's own language, whichever were typed."""

import pytest

from tests.members_talk import Talk, a_member, an_academy, an_organiser


@pytest.fixture
async def talk() -> Talk:
    return await an_academy()


@pytest.mark.parametrize("typed", ["/profil xyzzyx", "/profile xyzzyx"])
async def test_what_may_follow_a_command(talk: Talk, typed: str) -> None:
    dane, other = await talk.joins(a_member(language="da")), await talk.joins(a_member("U2", language="en"))
    assert (
        "Efter /profil kan du skrive: vis, ret, pause, genoptag, opslag, forbind, eksport, slet."
        in (await dane.types(typed)).text
    )
    said = (await other.types(typed)).text
    assert "/profile can be followed by: show, edit, pause, resume, announcements, link, export, erase." in said


async def test_an_option(talk: Talk) -> None:
    dane, other = await talk.joins(an_organiser(language="da")), await talk.joins(an_organiser("U2"))
    line = f"/academy sector {'x' * 40} a b"
    assert "nøgle er for langt; hold det under 32 tegn." in (await dane.types(line)).text
    assert "key is too long; please keep it under 32 characters." in (await other.types(line)).text


async def test_a_command_that_does_not_take_it(talk: Talk) -> None:
    odd = await talk.joins(an_organiser(language="da"))
    assert "/akademi vis" in (await odd.types("/academy show qqqqq:1")).text
