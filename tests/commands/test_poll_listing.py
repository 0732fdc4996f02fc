"""Where polls are told of: in their places, on the page of whoever they ask, and nowhere else."""

from zoneinfo import ZoneInfo

from bot.dispatcher import Dispatcher, House
from bot.identity import Address
from bot.polls.domain import PollState
from commands import ACTIONS, COMMANDS, FORMS, HOME
from tests.introductions_talk import LANGUAGES, Academy, a_small_academy, buttons_of, words_of
from tests.poll_talk import polls, posted, presses, types

ELSEWHERE = Address("web", "channel:elsewhere")


async def opens_home(academy: Academy, first: str) -> tuple[str, list[str]]:
    house = House("en", ZoneInfo("Europe/Copenhagen"))
    tables = (COMMANDS, ACTIONS, FORMS)
    desk = Dispatcher(tables, academy.services, academy.memory.units, LANGUAGES, academy.clock, house, HOME)
    card = await desk.home(academy[first].arrival())
    assert card is not None
    return words_of(card), list(buttons_of(card))


async def test_a_poll_is_listed_where_it_stands_to_its_author_and_to_organisers() -> None:
    academy = await a_small_academy()
    await posted(academy["Anna"], '/poll "Who tells the board?" "Bo" "Carl"')
    assert "Polls" in (await types(academy["Bo"], "/poll list")).text
    for name, place, listed in (("Bo", ELSEWHERE, False), ("Anna", ELSEWHERE, True), ("Olga", ELSEWHERE, True)):
        answer = await types(academy[name], "/poll list", place)
        assert ("There is no poll yet" not in answer.text) is listed
    assert "There is no poll yet" not in (await types(academy["Bo"], "/poll list")).text


async def test_ones_own_page_has_ones_own_polls_and_those_that_ask_one_by_name() -> None:
    academy = await a_small_academy()
    text, _ = await opens_home(academy, "Bo")
    assert "Open polls" not in text
    for number in range(4):
        await posted(academy["Anna"], f'/poll "Question {number}?" "A" "B" closes:all')
    text, buttons = await opens_home(academy, "Bo")
    assert "Open polls" in text
    assert "Question 3?" in text
    assert "Question 0?" not in text
    assert "/poll list shows all 4." in text
    assert "Vote" in buttons
    assert "How it stands" not in buttons
    for poll in await polls(academy, PollState.OPEN):
        async with academy.memory.units(academy.workspace) as work:
            await work.polls.remove(poll.id)
            await work.commit()
    await posted(academy["Anna"], '/poll "Now?" "A" "B" closes:all')
    await presses(academy["Bo"], "A")
    text, _ = await opens_home(academy, "Bo")
    assert "Now?" not in text
    text, buttons = await opens_home(academy, "Anna")
    assert "Now?" in text
    assert "How it stands" in buttons
