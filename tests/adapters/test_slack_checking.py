"""What the doctor tells of Slack, asked over the wire; and that no token is ever told."""

from collections.abc import AsyncGenerator

import pytest
from pydantic import SecretStr

from adapters.slack.checking import look_at_slack
from adapters.slack.manifest import Wanted, manifest_of
from adapters.slack.scopes import SCOPES
from bot.doctor import Finding
from bot.settings import Settings
from commands import COMMANDS
from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_team import Team
from tests.members_talk import words

pytestmark = pytest.mark.usefixtures("bare_surroundings")

URL = "https://bro.example.org"


@pytest.fixture
async def slack() -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(manifest=manifest_of(COMMANDS, words(), Wanted())) as slack:
        yield slack


@pytest.fixture
def team(slack: SlackEmulator) -> Team:
    return slack.team("Akademiet", installed=True)


def settings(slack: SlackEmulator, token: str = "", app: str = "", **more: str) -> Settings:
    return Settings(
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(token),
        slack_app_token=SecretStr(app),
        slack_signing_secret=SecretStr(more.get("signing", "")),
        slack_client_id=more.get("client", ""),
        slack_client_secret=SecretStr(more.get("client", "")),
        brobygger_public_url=more.get("url", ""),
    )


async def told(asked: Settings, patience: float = 30) -> dict[str, Finding]:
    findings = await look_at_slack(asked, patience)
    whole = repr(findings)
    for secret in (asked.slack_bot_token, asked.slack_app_token, asked.slack_signing_secret, asked.slack_client_secret):
        assert not secret.get_secret_value() or secret.get_secret_value() not in whole
    return {finding.what: finding for finding in findings}


async def test_slack_that_is_not_used_is_well_and_says_how_to_begin() -> None:
    (finding,) = await look_at_slack(Settings())
    assert finding.well
    assert "brobygger slack manifest" in finding.told


async def test_one_workspace_over_a_socket_is_well(slack: SlackEmulator, team: Team) -> None:
    findings = await told(settings(slack, team.token_value, slack.app.app_token))
    assert [(one.what, one.well, one.told) for one in findings.values()] == [
        ("Slack", True, "one workspace, over a socket"),
        ("SLACK_BOT_TOKEN", True, "the bot of the workspace “Akademiet”"),
        ("SLACK_APP_TOKEN", True, "opens a socket"),
    ]


async def test_scopes_that_are_missing_or_not_needed_are_named(slack: SlackEmulator) -> None:
    slack.app.scopes = tuple(sorted((SCOPES.keys() - {"im:write", "files:read"}) | {"admin"}))
    team = slack.team("Akademiet", installed=True)
    found = (await told(settings(slack, team.token_value, slack.app.app_token)))["SLACK_BOT_TOKEN"]
    assert not found.well
    assert "lacks files:read, im:write: put what brobygger slack manifest prints on the app's page" in found.told

    slack.app.scopes = (*sorted(SCOPES), "channels:join")
    other = slack.team("Nabo", installed=True)
    found = (await told(settings(slack, other.token_value, slack.app.app_token)))["SLACK_BOT_TOKEN"]
    assert (found.well, found.told) == (True, "the bot of the workspace “Nabo”; it needs less than channels:join")


async def test_an_organisations_token_is_called_one(slack: SlackEmulator) -> None:
    team = slack.team("Akademiet", installed=True, enterprise="E1", org_wide=True)
    found = (await told(settings(slack, team.token_value, slack.app.app_token)))["SLACK_BOT_TOKEN"]
    assert found.well
    assert found.told.startswith("the bot of the organisation “")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("token_revoked", "Slack knows it no more: install the app in the workspace again"),
        ("invalid_auth", "Slack knows it no more: install the app in the workspace again"),
        ("token_expired", "since the app rotates its tokens"),
        ("internal_error", "Slack did not answer"),
        (Fault.UNAVAILABLE, "Slack did not answer"),
        (Fault.DROPPED, "Slack did not answer"),
        (Fault.NONSENSE, "Slack did not answer"),
        (Fault.HANGS, "Slack did not answer"),
    ],
)
async def test_what_is_not_well_says_what_to_do(slack: SlackEmulator, team: Team, fault: str, said: str) -> None:
    slack.faults.arm("auth.test", fault)
    found = (await told(settings(slack, team.token_value, slack.app.app_token), 0.3 if fault is Fault.HANGS else 30))[
        "SLACK_BOT_TOKEN"
    ]
    assert not found.well
    assert said in found.told


async def test_a_persons_token_is_the_wrong_one(slack: SlackEmulator, team: Team) -> None:
    slack.world.tokens[team.token_value].bot_id = ""
    found = (await told(settings(slack, team.token_value, slack.app.app_token)))["SLACK_BOT_TOKEN"]
    assert not found.well
    assert found.told == "a person's token of “Akademiet”: copy the Bot User OAuth Token (xoxb-…)"


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("missing_scope", "make an app-level token with the scope connections:write"),
        ("not_allowed_token_type", "it is no app-level token"),
        ("invalid_auth", "Slack knows it no more: make a new one"),
        ("forbidden_team", "Slack opens no socket and says forbidden_team"),
        (Fault.DROPPED, "Slack did not answer"),
        (Fault.HANGS, "Slack did not answer"),
    ],
)
async def test_a_socket_that_does_not_open_says_why(slack: SlackEmulator, team: Team, fault: str, said: str) -> None:
    slack.faults.arm("apps.connections.open", fault)
    found = (await told(settings(slack, team.token_value, slack.app.app_token), 0.3 if fault is Fault.HANGS else 30))[
        "SLACK_APP_TOKEN"
    ]
    assert not found.well
    assert said in found.told


async def test_http_needs_an_address_that_slack_can_call(slack: SlackEmulator, team: Team) -> None:
    lacking = (await told(settings(slack, team.token_value, signing="hush")))["Slack"]
    assert not lacking.well
    assert "set BROBYGGER_PUBLIC_URL to the https address that Slack calls" in lacking.told
    whole = (await told(settings(slack, team.token_value, signing="hush", url=URL)))["Slack"]
    assert (whole.well, whole.told) == (True, f"one workspace, over HTTP at {URL}/slack/events")
    both = (await told(settings(slack, team.token_value, slack.app.app_token, signing="hush")))["Slack"]
    assert (both.well, both.told) == (True, "one workspace, over a socket and over HTTP at http://…/slack/events")


async def test_many_workspaces_need_an_address_for_people(slack: SlackEmulator) -> None:
    lacking = await told(settings(slack, app=slack.app.app_token, client="123.456"))
    assert not lacking["Slack"].well
    assert "that Slack sends people back to" in lacking["Slack"].told
    whole = await told(settings(slack, signing="hush", client="123.456", url=URL))
    assert list(whole) == ["Slack"]
    assert whole["Slack"].told == f"many workspaces, over HTTP at {URL}/slack/events; installed at {URL}/slack/install"
