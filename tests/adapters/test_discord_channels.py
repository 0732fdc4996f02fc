"""Which channel of a guild somebody means, and whether the bot may write there."""

from collections.abc import AsyncGenerator

import pytest

from adapters.discord.spots import spot_address, user_address
from bot.errors import Doubtful, Gone, Refused, TryLater
from bot.identity import Account
from tests.adapters.discord_sending import Scene, scene


@pytest.fixture
async def here() -> AsyncGenerator[Scene, None]:
    async with scene() as made:
        yield made


async def test_a_mention_is_found_by_its_id(here: Scene) -> None:
    anna, news = here.guild.person("Anna"), here.guild.channel("news")
    for typed in (f"<#{news.id}>", news.id, "#News"):
        found = await here.chat().channel(typed, Account("discord", anna.id))
        assert (found.name, found.address.value) == ("news", f"in:{news.id}")


async def test_a_channel_that_somebody_does_not_see_is_not_there_for_them(here: Scene) -> None:
    anna, bo = here.guild.person("Anna"), here.guild.person("Bo")
    here.guild.channel("board", anna, private=True)
    own = here.guild.channel("robots", private=True, bot=False)
    here.guild.allows(own, anna, "view_channel")
    assert (await here.chat().channel("#board", Account("discord", anna.id))).name == "board"
    for typed, user in (("#board", bo.id), ("#robots", anna.id), ("#board", "77")):
        with pytest.raises(Gone):
            await here.chat().channel(typed, Account("discord", user))
    with pytest.raises(Gone):
        await here.chat().channel("#board", Account("slack", anna.id))


async def test_where_the_bot_may_not_write_it_says_so(here: Scene) -> None:
    anna, rules = here.guild.person("Anna"), here.guild.channel("rules")
    here.guild.forbids(rules, here.guild.bot_role, "send_messages")
    with pytest.raises(Refused, match="missing_permission"):
        await here.chat().channel("#rules", Account("discord", anna.id))


async def test_what_is_not_known_yet_is_asked_later(here: Scene) -> None:
    anna = Account("discord", here.guild.person("Anna").id)
    here.guild.channel("news")
    here.world.blind = True
    with pytest.raises(TryLater):
        await here.chat().channel("#news", anna)
    here.world.guilds.clear()
    with pytest.raises(TryLater):
        await here.chat().channel("#news", anna)


async def test_those_who_see_a_channel_are_told_apart_from_those_who_do_not(here: Scene) -> None:
    anna, bo = here.guild.person("Anna"), here.guild.person("Bo")
    accounts = [Account("discord", anna.id), Account("discord", bo.id), Account("slack", "U1")]
    board, news = here.guild.channel("board", anna, private=True), here.guild.channel("news")
    assert await here.chat().readers(spot_address(board.id), accounts) == {accounts[0]}
    assert await here.chat().readers(spot_address(news.id), accounts) == set(accounts[:2])
    with pytest.raises(Doubtful):
        await here.chat().readers(spot_address(board.id), [Account("discord", str(one)) for one in range(3_001)])
    with pytest.raises(Doubtful):
        await here.chat().readers(user_address(anna.id), accounts)
    here.world.blind = True
    with pytest.raises(Doubtful):
        await here.chat().readers(spot_address(board.id), accounts)
