"""Installing and listening where things are unusual: organisations, replicas, a full disk, forged requests, talkative logs."""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import AsyncGenerator
from urllib.parse import urlencode

import httpx
import pytest
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation

from adapters.slack.authorizing import authorization_url
from adapters.slack.discreet import Discreet, bolts_logger
from adapters.slack.teams import Team, meant_by, read_external
from bot.deliveries.domain import LetterTable
from bot.errors import Full
from bot.words import Languages
from tests import databases
from tests.adapters.slack_house import (
    House,
    a_house,
    an_app,
    begin_at,
    granted,
    moved_in,
    return_to,
    served,
    this_minute,
)
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Ack
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
    async with SlackEmulator(clock, transport="http", app=an_app()) as emulator:
        yield emulator


@pytest.fixture
async def house(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> AsyncGenerator[House, None]:
    async with served(storage, slack, clock, languages) as one:
        yield one


async def test_an_organisation_installs_it_for_all_its_teams(house: House, slack: SlackEmulator) -> None:
    one = slack.team("Broager", installed=False, enterprise="E1")
    two = slack.team("Nordborg", installed=False, enterprise="E1")
    page = await return_to(house, one, await begin_at(house), org_wide=True)
    assert "Brobygger is in E1 org now" in page.text
    assert "/manage/organization/apps/profile/A0BROBYGGER/workspaces/add" in page.text
    await one.person("Anna").types("/profile", "one")
    await two.person("Bo").types("/profile", "two")
    await house.heard(commands=2)
    here = await house.workspace("enterprise:E1")
    assert sorted(house.commands, key=lambda heard: heard[1]) == [(here, "one"), (here, "two")]
    await one.person("Anna").uninstalls()
    await house.heard(events=2)
    assert await house.is_frozen("enterprise:E1")


async def test_who_begins_at_one_replica_may_come_back_to_another(
    house: House, storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager", installed=False)
    asked = await begin_at(house)
    async with served(storage, slack, clock, languages) as other:
        page = await return_to(other, team, asked, redirect_to=other)
        assert page.status_code == 200
        assert await other.workspace(f"team:{team.id}")


async def test_a_browser_keeps_its_cookie_and_gets_there(house: House, slack: SlackEmulator) -> None:
    team = slack.team("Broager", installed=False)
    page = await return_to(house, team, await begin_at(house, f"?team={team.id}"))
    assert page.status_code == 200
    assert (await begin_at(house, "?team=T1%26redirect_uri=https://evil.example")).page.text.count("redirect_uri") == 1
    assert f"team={team.id}" in (await begin_at(house, f"?team={team.id}")).page.text


async def test_an_installation_that_cannot_be_kept_is_said(
    house: House, slack: SlackEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    assert house.stores is not None

    async def full(installation: Installation) -> None:
        del installation
        raise Full("there is no space left for the database")

    house.stores.installations.async_save = full  # type: ignore[method-assign]  # the disk is full
    team = slack.team("Broager", installed=False)
    page = await return_to(house, team, await begin_at(house))
    assert page.status_code == 500
    assert "could not be kept just now" in page.text
    assert "Full" in caplog.text
    assert team.token_value not in caplog.text


async def test_a_page_is_kept_by_nobody_and_lets_nothing_foreign_in(house: House) -> None:
    begun = await begin_at(house)
    style = begun.page.text.split("<style>")[1].split("</style>")[0]
    policy = begun.page.headers["content-security-policy"]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in policy
    assert "default-src 'none'" in policy
    assert begun.page.headers["cache-control"] == "no-store"
    assert begun.page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<script" not in begun.page.text


async def test_while_the_database_is_away_the_page_says_so(house: House, storage: Storage) -> None:
    assert storage.database is not None
    url = databases.url_text(storage.database.url)
    databases.change(url, "ALTER TABLE slack_oauth_states RENAME TO hidden")
    async with httpx.AsyncClient(trust_env=False) as browser:
        page = await browser.get(house.install_url, headers={"accept-language": "da"})
    assert page.status_code == 503
    assert "kunne ikke gemmes lige nu" in page.text


@pytest.mark.parametrize("fault", [Ack.BAD_SIGNATURE, Ack.OLD_TIMESTAMP, Ack.TAMPERED])
async def test_a_request_that_slack_did_not_sign_is_refused(
    house: House, slack: SlackEmulator, clock: StoppedClock, caplog: pytest.LogCaptureFixture, fault: Ack
) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    slack.faults.arm_delivery("slash_commands", fault)
    await team.person("Anna").types("/profile", "a-secret-wish")
    assert house.commands == []
    assert slack.signed.refused == [(fault, 401)]
    assert "a-secret-wish" not in caplog.text


async def test_without_a_signing_secret_nothing_is_taken_over_http(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    slack.app.signing_secret = ""
    house = a_house(storage, slack, clock, languages)
    team = slack.team("Broager")
    await moved_in(house, team)
    body = urlencode({"command": "/profile", "text": "hi", "team_id": team.id, "user_id": "U1"})
    stamp = str(int(clock.now().timestamp()))
    empty = hmac.new(b"", f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {"x-slack-request-timestamp": [stamp], "x-slack-signature": [f"v0={empty}"]}
    answer = await house.bolt.async_dispatch(AsyncBoltRequest(body=body, headers=headers))
    assert answer.status == 401
    assert house.commands == []


async def test_what_the_bot_does_itself_is_not_heard(house: House, slack: SlackEmulator) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    for user in (team.bot_user.id, team.person("Anna").id):
        event = {"type": "message", "channel_type": "im", "user": user, "text": "hi", "channel": "D1", "ts": "1.2"}
        await slack.delivery.event(team, event)
        await slack.delivery.told()
    await house.heard(events=1)
    assert house.events == ["message"]


async def test_an_event_of_a_team_that_is_gone_is_refused_quietly(
    house: House, slack: SlackEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = slack.team("Elsewhere")
    await slack.delivery.event(stranger, {"type": "message", "user": "U1", "text": "a-secret-wish", "channel": "D1"})
    await slack.delivery.told()
    assert house.events == []
    assert "a-secret-wish" not in caplog.text


def test_bolts_sentences_are_cut_before_what_somebody_wrote() -> None:
    told: list[str] = []

    class Ears(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage() + (record.exc_text or ""))

    logger = bolts_logger()
    logger.addHandler(Ears())
    logger.parent = None
    logger.warning("Unhandled request (%s)", json.dumps({"text": "a-secret-wish"}))
    logger.warning("Failed to fetch oauth.v2.access result with code: a-secret - error: %s", "a-secret")
    logger.warning("As you gave `client` as well, `token` will be unused.")
    try:
        raise ValueError("a-secret")
    except ValueError:
        logger.exception("Failed to run listener function (error: a-secret)")
    assert told[:2] == ["Unhandled request", "Failed to fetch oauth.v2.access result with code"]
    assert told[2].startswith("Failed to run listener function: ValueError at test_slack_install_edges.py")
    assert len(told) == 3
    assert Discreet().filter(logging.makeLogRecord({"msg": "plain"}))


def test_slacks_page_is_on_the_server_of_the_web_api() -> None:
    assert authorization_url("https://slack.com/api/") == "https://slack.com/oauth/v2/authorize"
    assert authorization_url("http://127.0.0.1:8123/api/") == "http://127.0.0.1:8123/oauth/v2/authorize"
    assert authorization_url("https://slack-gov.com/api") == "https://slack-gov.com/oauth/v2/authorize"


def test_a_workspace_and_its_installation_are_one_to_one() -> None:
    for team in (Team("T1"), Team("E1", org_wide=True)):
        assert read_external(team.external) == team
    for other in ("local", "guild:1", "team:", "", "team"):
        assert read_external(other) is None
    assert meant_by("T1", "E1", org_wide=False) == (Team("T1"), Team("E1", org_wide=True))
    assert meant_by("T1", "E1", org_wide=True) == (Team("E1", org_wide=True),)
    assert meant_by(None, None, org_wide=True) == ()
    for enterprise in ("E1", None):
        for org_wide in (True, False):
            assert meant_by("E1", enterprise, org_wide=org_wide) == (Team("E1", org_wide=True),)


async def test_a_second_installation_of_the_same_team_keeps_what_is_there(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    clock.advance(minutes=5)
    slack.world.new_token(team)
    again = await house.installations.installed(granted(team, clock))
    assert again.id == here
    assert await house.installations.token(here) == team.token_value
