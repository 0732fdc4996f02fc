"""An order of many answers: the first places in menus, the rest by numbers or names, and all of it counts in the run-off."""

from collections.abc import Sequence

import pytest

from bot.messages.forms import Form, TextField
from bot.messages.text import flat
from bot.polls.domain import PollState
from tests.introductions_talk import Academy, Answer, a_small_academy
from tests.poll_talk import fills, polls, posted, presses, types

TOWNS = ("Aarhus", "Billund", "Odense", "Rødovre", "Skive", "Thisted", "Vejle", "Viborg", "Varde", "Ærø")
LINE = '/poll "Where?" ' + " ".join(TOWNS) + " type:ranked"


async def opens(academy: Academy, name: str) -> Form:
    return (await presses(academy[name], "Vote")).form


async def ranks(academy: Academy, name: str, order: Sequence[int], rest: str | None = None) -> Answer:
    first = {f"place{place}": str(key) for place, key in enumerate(order[:3], start=1)}
    typed = ", ".join(map(str, order[3:])) if rest is None else rest
    return await fills(academy[name], await opens(academy, name), **first, rest=typed)


async def test_ten_answers_are_put_in_order_in_one_step() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], LINE)
    form = await opens(academy, "Anna")
    assert [one.key for one in form.fields] == ["place1", "place2", "place3", "rest"]
    assert "1. Aarhus\n2. Billund" in flat(form.intro)
    told = await ranks(academy, "Anna", (10, 9, 8, 7, 6, 5, 4, 3, 2, 1))
    assert "1. Ærø · 2. Varde" in told.text
    assert "10. Aarhus" in told.text
    rest = (await opens(academy, "Anna")).fields[-1]
    assert isinstance(rest, TextField)
    assert rest.value == "7, 6, 5, 4, 3, 2, 1"


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("7 4 2", ("7", "4", "2")),
        ("7.", ("7",)),
        ("vejle; rødovre > Bill", ("7", "4", "2")),
        ("7\n4, 2", ("7", "4", "2")),
        ("", ()),
    ],
)
async def test_the_rest_is_typed_as_people_type(typed: str, keys: tuple[str, ...]) -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], LINE)
    await ranks(academy, "Anna", (3, 1, 5), typed)
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert list(await work.polls.tally(poll.id)) == [("3", "1", "5", *keys)]


async def test_an_answer_has_one_place() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], LINE)
    assert "Odense has two places." in (await ranks(academy, "Anna", (3, 1, 5), "7, 3")).problems["rest"]
    assert (
        "There is no number 11: they go from 1 to 10."
        in (await ranks(academy, "Anna", (3, 1, 5), "11")).problems["rest"]
    )
    await posted(academy["Olga"], '/poll "Which?" A B type:ranked')
    form = await opens(academy, "Anna")
    assert "A has two places." in (await fills(academy["Anna"], form, place1="1", place2="1")).problems["place2"]


@pytest.mark.parametrize("typed", ["V", "Paris", "7, Paris"])
async def test_what_names_no_answer_is_asked_about(typed: str) -> None:
    academy = await a_small_academy()
    poll = await posted(academy["Olga"], f"{LINE} anonymous:yes")
    told = await ranks(academy, "Anna", (3, 1, 5), typed)
    assert "I find no single answer for" in told.problems["rest"]
    async with academy.memory.units(academy.workspace, reading=True) as work:
        assert await work.polls.count(poll.id) == 0


async def test_the_last_place_can_decide() -> None:
    """Two ballots end at their seventh place, when all that they like better is out."""
    academy = await a_small_academy()
    await posted(academy["Olga"], LINE)
    for name, order in {
        "Anna": (3, 4, 5, 6, 7, 8, 1),
        "Bo": (10, 9, 8, 7, 6, 5, 1),
        "Carl": (2,),
        "Dorte": (2,),
        "Olga": (1,),
    }.items():
        await ranks(academy, name, order)
    listed = await types(academy["Olga"], "/poll list")
    (poll,) = await polls(academy, PollState.OPEN)
    seen = await academy["Olga"].chooses(listed.card.elements[1], str(poll.id))  # type: ignore[arg-type]  # the list's select
    done = await academy["Olga"].presses(seen.buttons["Close the poll"])
    assert "Aarhus wins after 9 rounds." in done.text


async def test_a_day_that_fits_and_fits_only_if_need_be_is_asked_about() -> None:
    academy = await a_small_academy()
    await posted(academy["Olga"], '/poll "When?" "12 May 2026" "13 May 2026" type:dates')
    told = await fills(academy["Anna"], await opens(academy, "Anna"), yes=("1", "2"), maybe=("2",))
    assert "Wednesday, 13 May 2026: does it fit, or only if need be?" in told.problems["maybe"]
