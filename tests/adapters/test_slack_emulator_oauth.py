"""Installing, refreshing, uninstalling: the emulator's OAuth under genuine bolt."""

import logging
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import FileInstallationStore
from slack_sdk.oauth.state_store import FileOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_world import BOT_SCOPES, Application
from tests.fakes import StoppedClock

# The library still speaks through a class that its own HTTP library is about to give up.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


class House:
    """A bolt bot that anybody may install."""

    def __init__(self, slack: SlackEmulator, folder: Path) -> None:
        self.events: list[str] = []
        self.store = FileInstallationStore(base_dir=str(folder / "installed"), client_id=slack.app.client_id)
        self.settings = AsyncOAuthSettings(
            client_id=slack.app.client_id,
            client_secret=slack.app.client_secret,
            scopes=list(BOT_SCOPES),
            installation_store=self.store,
            state_store=FileOAuthStateStore(expiration_seconds=60, base_dir=str(folder / "states")),
            authorization_url=slack.authorize_url,
        )
        self.bolt = AsyncApp(
            client=AsyncWebClient(base_url=slack.api_url, retry_handlers=[]),
            signing_secret=slack.app.signing_secret,
            oauth_settings=self.settings,
            logger=logging.getLogger("tiny"),
        )
        self.url = ""
        self.bolt.command("/where")(self.where)
        self.bolt.event("app_uninstalled")(self.gone)
        self.bolt.event("tokens_revoked")(self.gone)

    async def where(self, ack: Any, respond: Any, client: Any, context: Any) -> None:
        await ack()
        told = await client.auth_test()
        await respond(text=f"In {told['team']}, installed for all: {context.is_enterprise_install}")

    async def gone(self, event: Any) -> None:
        self.events.append(event["type"])


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(clock, transport="http", app=Application(rotates_tokens=True)) as emulator:
        yield emulator


@pytest.fixture
async def house(slack: SlackEmulator, tmp_path: Path) -> AsyncGenerator[House, None]:
    house = House(slack, tmp_path)
    runner = web.AppRunner(house.bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    house.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    slack.app.request_url = f"{house.url}/slack/events"
    slack.app.redirect_urls = (f"{house.url}/slack/oauth_redirect",)
    yield house
    await runner.cleanup()


async def test_two_workspaces_install_and_one_leaves(slack: SlackEmulator, house: House) -> None:
    first, second = slack.team("First", installed=False), slack.team("Second", installed=False)
    anna, eva = first.person("Anna"), second.person("Eva")
    assert (await anna.types("/where")).error == "unknown_command"
    assert "Thank you" in await anna.installs(f"{house.url}/slack/install")
    await eva.installs(f"{house.url}/slack/install")
    await anna.types("/where")
    await eva.types("/where")
    await anna.until_sees("In First")
    await eva.until_sees("In Second")
    assert "In Second" not in str(anna.sees())
    await anna.uninstalls()
    await slack.until(lambda: sorted(house.events) == ["app_uninstalled", "tokens_revoked"])
    assert not first.installed
    assert second.installed
    await eva.types("/where")


async def test_an_installation_is_refused(slack: SlackEmulator, house: House) -> None:
    team = slack.team("First", installed=False)
    assert "access_denied" in await team.person("Anna").installs(f"{house.url}/slack/install", allows=False)
    assert not team.installed


async def test_an_organisation_installs_for_all_its_workspaces(slack: SlackEmulator, house: House) -> None:
    one = slack.team("One", installed=False, enterprise="E1")
    two = slack.team("Two", installed=False, enterprise="E1")
    await one.person("Anna").installs(f"{house.url}/slack/install", org_wide=True)
    bo = two.person("Bo")
    await bo.types("/where")
    await bo.until_sees("In E1 org, installed for all: True")


async def test_tokens_are_exchanged_before_their_twelve_hours_end(
    slack: SlackEmulator, house: House, clock: StoppedClock
) -> None:
    team = slack.team("First", installed=False)
    await team.person("Anna").installs(f"{house.url}/slack/install")
    assert team.token is not None
    old = team.token
    login = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    told = await client.oauth_v2_access(**login, grant_type="refresh_token", refresh_token=old.refresh)
    assert (told["expires_in"], told["access_token"] != old.value) == (43200, True)
    clock.advance(hours=11)
    fresh = AsyncWebClient(told["access_token"], base_url=slack.api_url)
    await fresh.auth_test()
    clock.advance(hours=1, seconds=1)
    for value in (old.value, told["access_token"]):
        with pytest.raises(SlackApiError, match="token_expired"):
            await AsyncWebClient(value, base_url=slack.api_url).auth_test()


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"code": "no"}, "invalid_code"),
        ({"client_id": "1.1", "code": "no"}, "invalid_client_id"),
        ({"client_secret": "x", "code": "no"}, "bad_client_secret"),
        ({"grant_type": "refresh_token", "refresh_token": "no"}, "invalid_refresh_token"),
    ],
)
async def test_a_bad_exchange_is_refused(slack: SlackEmulator, arguments: dict[str, str], error: str) -> None:
    login = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret}
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match=error):
        await client.oauth_v2_access(**{**login, **arguments})


async def test_a_code_works_once_and_for_its_own_address(slack: SlackEmulator) -> None:
    team = slack.team("First", installed=False)
    asked = {"scope": "chat:write", "redirect_uri": "https://bot.dk/back", "state": "s"}
    where = slack.parts.oauth.allow(asked, team, team.person("Anna").id, org_wide=False)
    code = where.partition("code=")[2].partition("&")[0]
    login = {"client_id": slack.app.client_id, "client_secret": slack.app.client_secret, "code": code}
    client = AsyncWebClient(base_url=slack.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="bad_redirect_uri"):
        await client.oauth_v2_access(**login)
    told = await client.oauth_v2_access(**login, redirect_uri="https://bot.dk/back")
    assert (told["scope"], told["team"]["name"], told["is_enterprise_install"]) == ("chat:write", "First", False)
    with pytest.raises(SlackApiError, match="code_already_used"):
        await client.oauth_v2_access(**login, redirect_uri="https://bot.dk/back")
    revoked = AsyncWebClient(told["access_token"], base_url=slack.api_url)
    await revoked.auth_revoke()
    with pytest.raises(SlackApiError, match="token_revoked"):
        await revoked.auth_test()
