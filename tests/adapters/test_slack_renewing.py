"""Tokens that expire are renewed in time, and no replica loses the newer one."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from slack_sdk.oauth.installation_store import Bot

from bot.deliveries.domain import LetterTable
from bot.errors import StorageError, TryLater
from bot.words import Languages
from tests import databases
from tests.adapters.slack_house import House, a_house, an_app, bots, granted, moved_in, this_minute
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.fakes import StoppedClock

# slack_sdk still uses what aiohttp will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
def clock() -> StoppedClock:
    return this_minute()


@pytest.fixture
async def storage(sqlite_url: str) -> AsyncGenerator[Storage, None]:
    async with databases.opened(sqlite_url, LetterTable.of([])) as real:
        yield real


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(clock, app=an_app(rotates=True)) as emulator:
        yield emulator


@pytest.fixture
def house(storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages) -> House:
    return a_house(storage, slack, clock, languages)


async def test_a_token_is_renewed_before_it_expires(house: House, slack: SlackEmulator, clock: StoppedClock) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    old = team.token_value
    clock.advance(hours=9)
    assert await house.installations.token(here) == old
    clock.advance(hours=1, minutes=1)
    found = await asyncio.gather(*(house.installations.token(here) for _ in range(10)))
    assert set(found) == {team.token_value}
    assert team.token_value != old
    assert len(slack.called("oauth.v2.access")) == 1
    kept = await bots(house, team)
    assert [bot.bot_token for bot in kept] == [team.token_value]


async def test_two_replicas_that_renew_at_once_end_with_the_same_token(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    one, two = (a_house(storage, slack, clock, languages) for _ in range(2))
    team = slack.team("Broager")
    here = await moved_in(one, team)
    clock.advance(hours=11)
    await asyncio.gather(one.installations.token(here), two.installations.token(here))
    clock.advance(minutes=2)
    assert await one.installations.token(here) == team.token_value
    assert await two.installations.token(here) == team.token_value
    assert [bot.bot_token for bot in await bots(one, team)] == [team.token_value]


async def test_while_slack_renews_nothing_the_old_token_serves_as_long_as_it_lives(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    brief = granted(team, clock)
    brief.bot_token_expires_at = int(clock.now().timestamp()) + 3_600
    here = (await house.installations.installed(brief)).id
    old = team.token_value
    slack.faults.arm("oauth.v2.access", Fault.DROPPED, times=99)
    assert await house.installations.token(here) == old
    clock.advance(hours=2)
    with pytest.raises(TryLater, match="token_expired"):
        await house.installations.token(here)
    await house.installations.lost(here, old, "token_expired")
    assert not await house.is_frozen(f"team:{team.id}")
    slack.faults.disarm()
    clock.advance(minutes=2)
    assert await house.installations.token(here) == team.token_value != old


async def test_a_call_that_says_expired_gets_a_new_token_at_once(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    old = await house.installations.token(here)
    await house.installations.lost(here, old, "token_expired")
    assert await house.installations.token(here) == team.token_value != old
    assert not await house.is_frozen(f"team:{team.id}")


async def test_a_new_token_that_the_database_did_not_take_is_not_lost(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    assert house.stores is not None
    store = house.stores.installations
    save = store.async_save_bot

    async def full(bot: Bot) -> None:
        del bot
        raise StorageError("full")

    store.async_save_bot = full  # type: ignore[method-assign]  # the disk is full
    clock.advance(hours=11)
    fresh = await house.installations.token(here)
    assert fresh == team.token_value
    assert [bot.bot_token for bot in await bots(house, team)] != [fresh]
    store.async_save_bot = save  # type: ignore[method-assign]  # and has room again
    clock.advance(minutes=2)
    assert await house.installations.token(here) == fresh
    assert [bot.bot_token for bot in await bots(house, team)] == [fresh]
    assert len(slack.called("oauth.v2.access")) == 1
