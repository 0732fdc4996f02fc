"""Tokens: the one that was set, those of many teams, and lost ones."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.slack.teams import Team
from bot.deliveries.domain import LetterTable
from bot.errors import Refused, SettingsError, TryLater
from bot.identity import WorkspaceId, new_id
from bot.members.domain import WorkspaceOptions
from bot.words import Languages
from tests import databases
from tests.adapters.slack_house import House, a_house, an_app, bots, granted, moved_in, this_minute
from tests.databases import Storage
from tests.emulators.slack import SlackEmulator
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


async def test_the_token_that_was_set_knows_its_team(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager")
    house = a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value)
    await house.installations.begin()
    here = await house.workspace(f"team:{team.id}")
    for _ in range(20):
        assert await house.installations.token(here) == team.token_value
        assert await house.installations.workspace_of(team.id, None, org_wide=False) == here
        found = await house.installations.of_request(team.id, None, org_wide=False)
        assert found is not None
        assert (found.user, found.bot) == (team.bot_user.id, team.bot_user.bot_id)
        assert set(found.scopes) == set(slack.app.scopes)
    assert len(slack.called("auth.test")) == 1
    assert await house.installations.workspace_of("T0ELSEWHERE", None, org_wide=False) is None
    assert await house.installations.of_request("T0ELSEWHERE", None, org_wide=False) is None


async def test_a_roster_that_was_imported_before_becomes_the_teams(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    imported = await storage.workspace("local")
    team = slack.team("Broager")
    for _ in range(2):  # the second start finds it there
        house = a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value, claims=True)
        await house.installations.begin()
        assert await house.workspace(f"team:{team.id}") == imported
    assert len(await storage.directory.every()) == 1


async def test_a_token_that_slack_does_not_know_is_said_at_the_start(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    house = a_house(storage, slack, clock, languages, oauth=False, fixed="xoxb-of-yesterday")
    with pytest.raises(SettingsError, match="SLACK_BOT_TOKEN") as raised:
        await house.installations.begin()
    assert "yesterday" not in str(raised.value)


async def test_a_start_while_slack_is_down_waits_for_it(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager")
    here = (await storage.directory.ensure(f"team:{team.id}", "Broager", WorkspaceOptions())).id
    house = a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value)
    await slack.goes_down()
    await house.installations.begin()
    with pytest.raises(TryLater):
        await house.installations.token(here)
    await slack.comes_back()
    with pytest.raises(TryLater):  # asked a moment ago
        await house.installations.token(here)
    clock.advance(seconds=11)
    assert await house.installations.token(here) == team.token_value


async def test_one_token_and_many_installations_live_side_by_side(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    ours, theirs = slack.team("Broager"), slack.team("Nordborg")
    house = a_house(storage, slack, clock, languages, fixed=ours.token_value)
    await house.installations.begin()
    there = await moved_in(house, theirs)
    here = await house.workspace(f"team:{ours.id}")
    assert await house.installations.token(here) == ours.token_value
    assert await house.installations.token(there) == theirs.token_value


async def test_a_workspace_without_slack_has_no_token(house: House, storage: Storage) -> None:
    for workspace in (await storage.workspace("local"), WorkspaceId(new_id()), await storage.workspace("team:T0")):
        with pytest.raises(Refused, match="not_installed"):
            await house.installations.token(workspace)


async def test_an_installation_of_an_organisation_serves_all_its_teams(house: House, slack: SlackEmulator) -> None:
    one = slack.team("Broager", enterprise="E1", org_wide=True)
    two = slack.team("Nordborg", enterprise="E1", org_wide=True)
    here = await moved_in(house, one, org_wide=True)
    assert await house.workspace("enterprise:E1") == here
    asked = [(None, "E1", True), (one.id, "E1", True), (two.id, "E1", True), (two.id, "E1", False)]
    for team, enterprise, org_wide in asked:
        assert await house.installations.workspace_of(team, enterprise, org_wide) == here
        found = await house.installations.of_request(team, enterprise, org_wide=org_wide)
        assert found is not None
        assert found.token == one.token_value
    assert await house.installations.workspace_of(None, "E2", org_wide=True) is None
    assert await house.installations.workspace_of(None, None, org_wide=False) is None


async def test_a_team_stays_itself_when_it_joins_an_organisation(house: House, slack: SlackEmulator) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    assert await house.installations.workspace_of(team.id, "E1", org_wide=False) == here
    found = await house.installations.of_request(team.id, "E1", org_wide=False)
    assert found is not None
    assert found.token == team.token_value


async def test_a_lost_token_freezes_after_slack_was_asked_once(
    house: House, slack: SlackEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    token = team.token_value
    assert await house.installations.token(here) == token
    # One odd answer, and many calls that fail of it at once.
    await asyncio.gather(*(house.installations.lost(here, token, "invalid_auth") for _ in range(5)))
    assert len(slack.called("auth.test")) == 1
    assert not await house.is_frozen(f"team:{team.id}")
    assert await house.installations.token(here) == token

    assert team.token is not None
    team.token.revoked = True
    house.clock.advance(minutes=2)
    with caplog.at_level(logging.WARNING):
        await asyncio.gather(*(house.installations.lost(here, token, "token_revoked") for _ in range(5)))
    assert len(slack.called("auth.test")) == 2
    assert await house.is_frozen(f"team:{team.id}")
    with pytest.raises(Refused, match="not_installed"):
        await house.installations.token(here)
    assert await house.installations.workspace_of(team.id, None, org_wide=False) is None
    assert await bots(house, team) == []
    assert token not in caplog.text
    assert "Broager" not in caplog.text
    assert len(caplog.records) == 1


async def test_while_slack_is_down_nobody_is_frozen(house: House, slack: SlackEmulator) -> None:
    team = slack.team("Broager")
    here = await moved_in(house, team)
    await slack.goes_down(refuses=True)
    await house.installations.lost(here, team.token_value, "invalid_auth")
    assert not await house.is_frozen(f"team:{team.id}")
    assert await house.installations.token(here) == team.token_value


async def test_the_set_token_can_be_lost_too(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager")
    token = team.token_value
    house = a_house(storage, slack, clock, languages, oauth=False, fixed=token)
    await house.installations.begin()
    here = await house.workspace(f"team:{team.id}")
    await house.installations.lost(here, "xoxb-another", "token_revoked")
    assert await house.installations.token(here) == token
    assert team.token is not None
    team.token.revoked = True
    await house.installations.lost(here, token, "account_inactive")
    assert await house.is_frozen(f"team:{team.id}")
    with pytest.raises(Refused, match="not_installed"):
        await house.installations.token(here)
    # Somebody sets a new one and starts again.
    fresh = slack.world.new_token(team)
    again = a_house(storage, slack, clock, languages, oauth=False, fixed=fresh.value)
    await again.installations.begin()
    assert not await again.is_frozen(f"team:{team.id}")
    assert await again.installations.token(here) == fresh.value


async def test_word_of_a_removal_counts_only_if_the_token_is_dead(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    later = clock.now() + timedelta(seconds=3)
    await house.installations.uninstalled(team.id, None, org_wide=False, at=later)
    assert not await house.is_frozen(f"team:{team.id}")
    assert team.token is not None
    team.token.revoked = True
    await house.installations.uninstalled(team.id, None, org_wide=False, at=later)
    assert await house.is_frozen(f"team:{team.id}")
    await house.installations.uninstalled(team.id, None, org_wide=False, at=later)
    assert len(slack.called("auth.test")) == 2
    await house.installations.uninstalled("T0ELSEWHERE", "E0", org_wide=True)
    await house.installations.uninstalled(None, None, org_wide=False)


async def test_while_slack_is_down_word_of_a_removal_is_believed_if_it_is_newer(
    house: House, slack: SlackEmulator, clock: StoppedClock
) -> None:
    team = slack.team("Broager")
    await moved_in(house, team)
    await slack.goes_down()
    await house.installations.uninstalled(team.id, None, org_wide=False, at=clock.now() - timedelta(minutes=3))
    assert not await house.is_frozen(f"team:{team.id}")
    await house.installations.uninstalled(team.id, None, org_wide=False, at=clock.now() + timedelta(seconds=3))
    assert await house.is_frozen(f"team:{team.id}")


async def test_one_team_that_leaves_does_not_freeze_the_organisation(house: House, slack: SlackEmulator) -> None:
    team = slack.team("Broager", enterprise="E1", org_wide=True)
    await moved_in(house, team, org_wide=True)
    await house.installations.uninstalled(team.id, "E1", org_wide=False)
    assert not await house.is_frozen("enterprise:E1")
    assert team.token is not None
    team.token.revoked = True
    house.clock.advance(minutes=2)
    await house.installations.uninstalled(team.id, "E1", org_wide=False)
    assert await house.is_frozen("enterprise:E1")


async def test_an_installation_without_a_bot_is_refused(
    house: House, clock: StoppedClock, slack: SlackEmulator
) -> None:
    bare = granted(slack.team("Broager"), clock)
    bare.bot_token = None
    with pytest.raises(Refused):
        await house.installations.installed(bare)
    assert await house.storage.directory.every() == []


async def test_what_other_replicas_did_is_seen_within_a_minute(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    one, two = (a_house(storage, slack, clock, languages) for _ in range(2))
    team = slack.team("Broager")
    here = await moved_in(one, team)
    assert await two.installations.token(here) == team.token_value
    assert await two.installations.workspace_of(team.id, None, org_wide=False) == here
    assert team.token is not None
    team.token.revoked = True
    await one.installations.uninstalled(team.id, None, org_wide=False)
    clock.advance(seconds=61)
    assert await two.installations.workspace_of(team.id, None, org_wide=False) is None
    assert await two.installations.find(Team(team.id)) is None
    assert datetime.now(UTC) - clock.now() < timedelta(minutes=5)


async def test_while_the_database_is_away_a_token_can_be_asked_for_later(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    house = a_house(storage, slack, clock, languages)
    team = slack.team("Broager")
    here = await moved_in(house, team)
    assert storage.database is not None
    databases.change(databases.url_text(storage.database.url), "ALTER TABLE slack_bots RENAME TO hidden")
    with pytest.raises(TryLater):
        await house.installations.token(here)
    databases.change(databases.url_text(storage.database.url), "ALTER TABLE hidden RENAME TO slack_bots")
    assert await house.installations.token(here) == team.token_value


async def test_a_token_that_this_key_does_not_open_is_no_reason_to_give_up_a_message(
    house: House, storage: Storage, slack: SlackEmulator
) -> None:
    here = await moved_in(house, slack.team("Broager"))
    assert storage.database is not None
    databases.change(databases.url_text(storage.database.url), "UPDATE slack_bots SET bot_token = 'gAAAAABother'")
    with pytest.raises(TryLater, match="SettingsError"):
        await house.installations.token(here)


async def test_nothing_is_lost_where_slack_never_was(house: House, storage: Storage, slack: SlackEmulator) -> None:
    await house.installations.lost(await storage.workspace("local"), "xoxb-1", "token_revoked")
    await house.installations.lost(await storage.workspace("team:T0"), "xoxb-1", "token_revoked")
    assert slack.called("auth.test") == []
    assert not await house.is_frozen("local")


async def test_two_replicas_that_start_at_once_share_the_imported_workspace(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    imported = await storage.workspace("local")
    team = slack.team("Broager")
    houses = [
        a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value, claims=True) for _ in range(3)
    ]
    await asyncio.gather(*(house.installations.begin() for house in houses))
    assert [one.id for one in await storage.directory.every()] == [imported]
    assert await houses[0].workspace(f"team:{team.id}") == imported


async def test_the_token_of_an_organisation_that_was_set(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team = slack.team("Broager", enterprise="E1", org_wide=True)
    house = a_house(storage, slack, clock, languages, oauth=False, fixed=team.token_value)
    await house.installations.begin()
    here = await house.workspace("enterprise:E1")
    assert await house.installations.workspace_of(None, "E1", org_wide=True) == here
    assert await house.installations.token(here) == team.token_value


async def test_a_token_that_was_set_and_is_lost_is_trouble_until_somebody_sets_another(
    storage: Storage, slack: SlackEmulator, clock: StoppedClock, languages: Languages
) -> None:
    team, other = slack.team("Broager"), slack.team("Egernsund")
    house = a_house(storage, slack, clock, languages, fixed=team.token_value)
    await house.installations.begin()
    there = await moved_in(house, other)
    for one, said in ((other, ""), (team, "slack: SLACK_BOT_TOKEN is not known any more")):
        assert one.token is not None
        one.token.revoked = True
        here = there if one is other else await house.workspace(f"team:{team.id}")
        await house.installations.lost(here, one.token_value, "token_revoked")
        # A team that takes the app out of its own workspace is its own business.
        assert house.installations.trouble == said
