"""Several workspaces install one house over real HTTP: Slack's pages are emulated, bolt and the sdk are genuine."""

import logging
from collections.abc import AsyncGenerator
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from bot.deliveries.domain import LetterTable
from bot.words import Languages
from tests import databases
from tests.adapters.slack_house import SCOPES, House, an_app, begin_at, served, this_minute
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.fakes import StoppedClock

# slack_sdk still uses what aiohttp will drop.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
def clock() -> StoppedClock:
    return this_minute()


@pytest.fixture(params=["sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest) -> AsyncGenerator[Storage, None]:
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    async with databases.opened(url, LetterTable.of([])) as real:
        yield real


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(clock, transport="http", app=an_app()) as emulator:
        yield emulator


@pytest.fixture
async def house(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> AsyncGenerator[House, None]:
    async with served(storage, slack, clock, languages) as one:
        yield one


async def come_back(house: House, query: dict[str, str], cookies: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.get(house.url + "/slack/oauth_redirect", params=query, headers={"cookie": cookies})


def allowed(house: House, team: str, state: str) -> dict[str, str]:
    """What Slack sends along after "Allow"."""
    slack = house.slack
    there = slack.team(team, installed=False)
    asked = {"scope": ",".join(SCOPES), "redirect_uri": f"{house.url}/slack/oauth_redirect", "state": state}
    back = slack.parts.oauth.allow(asked, there, there.person("Anna").id, org_wide=False)
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


async def test_two_teams_install_it_and_never_see_each_other(house: House, slack: SlackEmulator) -> None:
    academies = [slack.team(name, installed=False) for name in ("Broager", "Nordborg")]
    for team in academies:
        anna = team.person("Anna")
        begun = await begin_at(house)
        page = await come_back(house, allowed(house, team.name, begun.state), begun.cookies)
        assert page.status_code == 200
        assert f"Brobygger is in {team.name} now" in page.text
        assert f"slack://app?team={team.id}" in page.text
        await anna.types("/profile", team.name)
    await house.heard(commands=2)
    first, second = [await house.workspace(f"team:{team.id}") for team in academies]
    assert first != second
    assert house.commands == [(first, "Broager"), (second, "Nordborg")]
    assert await house.installations.token(first) == academies[0].token_value
    assert await house.installations.token(second) == academies[1].token_value
    kept = await house.storage.directory.get(first)
    assert kept is not None
    assert (kept.name, kept.options.language) == ("Broager", "da")


async def test_nothing_in_the_database_can_be_read_as_a_token(house: House, slack: SlackEmulator) -> None:
    begun = await begin_at(house)
    await come_back(house, allowed(house, "Broager", begun.state), begun.cookies)
    token = slack.team("Broager").token_value
    assert house.storage.database is not None
    url = databases.url_text(house.storage.database.url)
    for table in ("slack_bots", "slack_installations"):
        rows = databases.rows_of(url, f"SELECT * FROM {table}")  # noqa: S608 - our own names
        assert len(rows) == 1
        assert token not in repr(rows)
        assert "xoxb" not in repr(rows)


@pytest.mark.parametrize(
    ("what", "status", "said"),
    [
        ("denied", 200, "You said no in Slack"),
        ("another state", 400, "Begin again"),
        ("no cookie", 400, "Begin again"),
        ("too late", 401, "Begin again"),
        ("no code", 401, "did not finish"),
        ("another code", 401, "did not finish"),
        ("Slack is away", 401, "did not finish"),
    ],
)
async def test_what_comes_to_nothing_installs_nothing(
    house: House,
    slack: SlackEmulator,
    clock: StoppedClock,
    caplog: pytest.LogCaptureFixture,
    what: str,
    status: int,
    said: str,
) -> None:
    for talkative in ("slack_bolt", "slack_sdk", "adapters"):
        caplog.set_level(logging.DEBUG, talkative)
    begun = await begin_at(house)
    back, cookies = allowed(house, "Broager", begun.state), begun.cookies
    match what:
        case "denied":
            back = {"error": "access_denied", "state": begun.state}
        case "another state":
            back["state"] = "forged"
        case "no cookie":
            cookies = ""
        case "too late":
            assert house.storage.database is not None
            databases.change(
                databases.url_text(house.storage.database.url),
                "UPDATE slack_oauth_states SET expire_at = '2020-01-01 00:00:00'",
            )
        case "no code":
            del back["code"]
        case "another code":
            back["code"] = "forged-code"
        case _:
            slack.faults.arm("oauth.v2.access", Fault.DROPPED)
    page = await come_back(house, back, cookies)
    assert page.status_code == status
    assert said in page.text
    assert "/slack/install" in page.text
    assert await house.storage.directory.every() == []
    for secret in (back.get("code", "forged-code"), begun.state, house.slack.app.client_secret):
        assert secret not in caplog.text


async def test_a_state_is_good_once(house: House) -> None:
    begun = await begin_at(house)
    assert (await come_back(house, allowed(house, "Broager", begun.state), begun.cookies)).status_code == 200
    again = await come_back(house, allowed(house, "Nordborg", begun.state), begun.cookies)
    assert again.status_code == 401
    assert len(await house.storage.directory.every()) == 1


async def test_the_pages_speak_the_browsers_language(house: House) -> None:
    begun = await begin_at(house, **{"accept-language": "da-DK,da;q=0.9,en;q=0.5"})
    assert 'lang="da"' in begun.page.text
    begun = await begin_at(house, **{"accept-language": "fr, en;q=0.5"})
    assert 'lang="en"' in begun.page.text
    refused = await come_back(house, {"error": "<script>alert(1)</script>"}, "")
    assert "<script>" not in refused.text


async def test_a_team_that_did_not_install_it_is_told_so(
    house: House, slack: SlackEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = slack.team("Elsewhere").person("Bo")
    await stranger.types("/profile", "hi")
    await stranger.until_sees("Brobygger is not installed here")
    assert house.commands == []
    assert slack.called("auth.test") == []
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert lines == ["a workspace without the bot was refused"]


async def test_an_installation_is_one_line_in_the_log(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "adapters")
    begun = await begin_at(house)
    await come_back(house, allowed(house, "Broager", begun.state), begun.cookies)
    (workspace,) = await house.storage.directory.every()
    assert [record.getMessage() for record in caplog.records] == [f"Workspace {workspace.id} installed the bot"]


async def test_taken_out_it_is_frozen_and_put_in_again_it_comes_back(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    academies = [slack.team(name, installed=False) for name in ("Broager", "Nordborg")]
    for team in academies:
        begun = await begin_at(house)
        await come_back(house, allowed(house, team.name, begun.state), begun.cookies)
    leaves, stays = academies
    here = await house.workspace(f"team:{leaves.id}")
    clock.advance(seconds=5)
    await leaves.person("Anna").uninstalls()
    await house.heard(events=2)
    assert sorted(house.events) == ["app_uninstalled", "tokens_revoked"]
    assert await house.is_frozen(f"team:{leaves.id}")
    assert not await house.is_frozen(f"team:{stays.id}")
    assert house.stores is not None
    assert await house.stores.installations.async_find_bot(enterprise_id=None, team_id=leaves.id) is None
    assert await house.stores.installations.async_find_bot(enterprise_id=None, team_id=stays.id) is not None
    begun = await begin_at(house)
    await come_back(house, allowed(house, leaves.name, begun.state), begun.cookies)
    assert await house.workspace(f"team:{leaves.id}") == here
    assert not await house.is_frozen(f"team:{leaves.id}")
    assert await house.installations.token(here) == leaves.token_value


async def test_a_house_with_one_token_has_no_page_to_install_it_from(
    storage: Storage,
    slack: SlackEmulator,
    clock: StoppedClock,
    languages: Languages,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("BOT_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "SCOPES", "USER_SCOPES", "REDIRECT_URI", "SIGNING_SECRET"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    team = slack.team("Broager")
    async with served(storage, slack, clock, languages, oauth=False, fixed=team.token_value) as house:
        await house.installations.begin()
        async with httpx.AsyncClient(trust_env=False) as browser:
            assert (await browser.get(house.install_url)).status_code == 404
        await team.person("Anna").types("/profile", "hi")
        await house.heard(commands=1)
    assert house.commands == [(await house.workspace(f"team:{team.id}"), "hi")]
    assert caplog.text == ""


async def test_scopes_come_from_us_and_not_from_the_environment(
    storage: Storage,
    slack: SlackEmulator,
    clock: StoppedClock,
    languages: Languages,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("SCOPES", "USER_SCOPES", "REDIRECT_URI", "CLIENT_ID", "CLIENT_SECRET", "INSTALL_PATH"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    async with served(storage, slack, clock, languages) as house:
        begun = await begin_at(house)
    assert "from-the-environment" not in begun.page.text
    assert "chat%3Awrite%2Ccommands%2Cim%3Awrite" in begun.page.text
