"""Which channel of Slack's somebody means, and whether the bot may write there."""

from collections.abc import AsyncGenerator

import pytest

from adapters.slack.spots import spot_address, user_address
from bot.errors import Gone, Refused
from bot.identity import Account
from tests.adapters.slack_sending import Scene, scene


@pytest.fixture
async def here() -> AsyncGenerator[Scene, None]:
    async with scene() as made:
        yield made


async def test_a_mention_is_found_by_its_id_whatever_stands_with_it(here: Scene) -> None:
    anna = here.team.person("Anna")
    news = here.team.channel("news", anna)
    asker = Account("slack", anna.id)
    for typed in (f"<#{news.id}>", f"<#{news.id}|>", f"<#{news.id}|old-name>"):
        found = await here.chat().channel(typed, asker)
        assert (found.name, found.address.value) == ("news", f"in:{news.id}")


async def test_where_the_bot_is_not_or_nobody_can_write_it_says_so(here: Scene) -> None:
    anna = here.team.person("Anna")
    asker = Account("slack", anna.id)
    here.team.channel("quiet", anna, bot=False)
    here.team.channel("old", anna).archived = True
    with pytest.raises(Refused, match="not_in_channel"):
        await here.chat().channel("#quiet", asker)
    with pytest.raises(Refused, match="is_archived"):
        await here.chat().channel("#old", asker)


async def test_a_private_channel_is_there_only_for_those_who_are_in_it(here: Scene) -> None:
    anna, bo = here.team.person("Anna"), here.team.person("Bo")
    board = here.team.channel("board", anna, private=True)
    assert (await here.chat().channel("#board", Account("slack", anna.id))).name == "board"
    for typed in ("#board", f"<#{board.id}|board>"):
        with pytest.raises(Gone):
            await here.chat().channel(typed, Account("slack", bo.id))
    with pytest.raises(Gone):
        await here.chat().channel("#board", Account("discord", anna.id))


async def test_a_room_or_a_direct_conversation_is_no_channel(here: Scene) -> None:
    anna, bo = here.team.person("Anna"), here.team.person("Bo")
    accounts = [Account("slack", anna.id), Account("slack", bo.id)]
    room = await here.chat().open_room(accounts, "", "room")
    for channel in (room.value.removeprefix("in:"), here.slack.world.im(here.team, anna.id).id):
        with pytest.raises(Gone):
            await here.chat().channel(f"<#{channel}>", accounts[0])


async def test_many_channels_and_many_members_are_read_page_by_page(here: Scene) -> None:
    here.slack.world.short_pages = True
    people = [here.team.person(f"Person {number}") for number in range(3)]
    here.team.channel("board", *people, private=True)
    for number in range(1_100):
        here.team.channel(f"c{number}")
    asker = Account("slack", people[-1].id)
    assert (await here.chat().channel("#c1099", asker)).name == "c1099"
    assert (await here.chat().channel("#board", asker)).name == "board"


async def test_those_who_are_in_a_conversation_are_told_apart_from_those_who_are_not(here: Scene) -> None:
    here.slack.world.short_pages = True
    anna, bo, carl = (here.team.person(name) for name in ("Anna", "Bo", "Carl"))
    accounts = [*(Account("slack", one.id) for one in (anna, bo, carl)), Account("discord", anna.id)]
    board = here.team.channel("board", anna, bo, private=True)
    assert await here.chat().readers(spot_address(board.id), accounts) == set(accounts[:2])
    hidden = here.team.channel("hidden", anna, private=True, bot=False)
    with pytest.raises(Gone):
        await here.chat().readers(spot_address(hidden.id), accounts)
    with pytest.raises(Gone):
        await here.chat().readers(user_address(anna.id), accounts)
