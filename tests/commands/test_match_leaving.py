"""Two who were introduced leave, one after the other."""

import pytest

from bot.introductions.domain import IntroState
from tests.introductions_talk import Academy, a_sent_round, a_small_academy


async def _leaves(academy: Academy, first: str) -> None:
    asked = await academy[first].types("/profile erase")
    await academy[first].presses(asked.buttons["Forget me"])
    await academy.delivers()


@pytest.mark.parametrize(("leaving", "staying"), [("Anna", "Bo"), ("Bo", "Anna")])
async def test_the_second_one_finds_nothing_left_of_the_first(leaving: str, staying: str) -> None:
    academy = await a_small_academy()
    await a_sent_round(academy)
    await _leaves(academy, leaving)
    [theirs] = [one for one in await academy.intros() if academy.ids[staying] in one.members()]
    assert (theirs.state, theirs.reasons) == (IntroState.LAPSED, ())

    told = len(academy[staying].posts())
    await _leaves(academy, staying)
    [still] = [one for one in await academy.intros() if academy.ids[staying] in one.members()]
    assert still == theirs
    assert len(academy[staying].posts()) == told

    others = [one for one in await academy.intros(IntroState.OFFERED) if academy.ids["Carl"] in one.members()]
    assert len(others) == 1
