"""Tokens that expire are renewed in time, and no replica loses the newer one."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.asking import web_client
from adapters.slack.authorizing import rotator
from adapters.slack.renewing import Renewing
from bot.deliveries.domain import LetterTable
from bot.errors import SettingsError, StorageError, TryLater
from bot.words import Languages
from tests import databases
from tests.adapters.slack_house import House, a_house, an_app, bots, granted, moved_in, this_minute
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_world import Application
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


async def test_a_token_that_cannot_be_renewed_is_only_waited_for(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    by_hand = granted(team, clock)
    by_hand.bot_refresh_token = None
    here = (await house.installations.installed(by_hand)).id
    clock.advance(hours=13)
    await house.installations.lost(here, team.token_value, "token_expired")
    assert [call.answer["error"] for call in slack.called("auth.test")] == ["token_expired"]
    assert not await house.is_frozen(f"team:{team.id}")
    assert slack.called("oauth.v2.access") == []


class Meanwhile(AsyncTokenRotator):
    """Renews as Slack does; something else happens before the answer is here."""

    def __init__(self, client: AsyncWebClient, app: Application, happens: Callable[[Bot], Awaitable[None]]) -> None:
        super().__init__(client_id=app.client_id, client_secret=app.client_secret, client=client)
        self._happens = happens

    async def perform_bot_token_rotation(self, *, bot: Bot, minutes_before_expiration: int = 120) -> Bot | None:
        fresh = await super().perform_bot_token_rotation(bot=bot, minutes_before_expiration=minutes_before_expiration)
        await self._happens(bot)
        return fresh


async def test_what_was_uninstalled_while_it_was_renewed_does_not_come_back(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    assert house.stores is not None
    store = house.stores.installations

    async def uninstalls(bot: Bot) -> None:
        await store.async_delete_all(enterprise_id=None, team_id=bot.team_id)

    renewing = Renewing(store, Meanwhile(web_client(slack.api_url), slack.app, uninstalls), clock)
    await renewing.renewed((await bots(house, team))[0])
    assert await bots(house, team) == []


async def test_the_token_that_lives_longer_is_kept(house: House, slack: SlackEmulator, clock: StoppedClock) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    assert house.stores is not None
    store = house.stores.installations

    async def another_is_faster(bot: Bot) -> None:
        newer = Bot(**bot.to_dict_for_copying())
        newer.bot_token = "xoxb-newer"
        newer.bot_token_expires_at = int(clock.now().timestamp()) + 13 * 3_600
        await store.async_save_bot(newer)

    renewing = Renewing(store, Meanwhile(web_client(slack.api_url), slack.app, another_is_faster), clock)
    assert (await renewing.renewed((await bots(house, team))[0])).bot_token == "xoxb-newer"
    assert [bot.bot_token for bot in await bots(house, team)] == ["xoxb-newer"]


async def test_who_is_second_takes_what_the_first_one_kept(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    before = (await bots(house, team))[0]
    assert house.stores is not None
    clock.advance(hours=11)
    first = await house.installations.token(here)
    app = slack.app
    late = Renewing(
        house.stores.installations, rotator(web_client(slack.api_url), app.client_id, app.client_secret), clock
    )
    assert (await late.renewed(before)).bot_token == first


async def test_a_set_token_that_expired_is_said_at_the_start(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager")
    clock.advance(hours=13)
    house = a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value)
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN"):
        await house.installations.begin()
