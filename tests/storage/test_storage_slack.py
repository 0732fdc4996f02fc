"""slack_sdk's own stores on our database: the library's columns, one writer at a time, each state good once."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import MetaData

from adapters.slack.sealing import Stores, stores_in
from bot.errors import SettingsError, StorageError, Unavailable
from storage.backup import back_up
from storage.engine import open_database
from storage.schema import METADATA
from storage.slack_states import forget_states
from tests import databases
from tests.databases import Storage
from tests.storage_values import NOW, a_member

CLIENT = "1234.5678"
TABLES_WITH_TOKENS = ("slack_bots", "slack_installations")


@pytest.fixture
async def stores(real: Storage) -> Stores:
    return stores_of(real)


def stores_of(real: Storage) -> Stores:
    database = real.database
    assert database is not None

    async def tidy() -> int:
        return await forget_states(database, datetime.now(UTC))

    return stores_in(database, CLIENT, tidy)


def installation(team: str | None = "T1", *, enterprise: str | None = None, at: datetime = NOW) -> Installation:
    return Installation(
        app_id="A1",
        enterprise_id=enterprise,
        team_id=team,
        team_name="Åbenrå",
        bot_token=f"xoxb-{team}",
        bot_id="B1",
        bot_user_id="U9",
        bot_scopes="chat:write,commands",
        bot_refresh_token="xoxe-1-refresh",
        bot_token_expires_at=int((at + timedelta(hours=12)).timestamp()),
        user_id="U1",
        user_token="xoxp-user",
        user_refresh_token="xoxe-user",
        incoming_webhook_url="https://hooks.slack.com/services/secret",
        is_enterprise_install=team is None,
        installed_at=at.timestamp(),
    )


def test_our_tables_have_the_librarys_columns() -> None:
    theirs = MetaData()
    AsyncSQLAlchemyInstallationStore.build_bots_table(theirs, "slack_bots")
    AsyncSQLAlchemyInstallationStore.build_installations_table(theirs, "slack_installations")
    AsyncSQLAlchemyOAuthStateStore.build_oauth_states_table(theirs, "slack_oauth_states")
    for name, table in theirs.tables.items():
        ours = METADATA.tables[name]
        assert [column.name for column in ours.c] == [column.name for column in table.c], name
        for column in table.c:
            assert ours.c[column.name].nullable == column.nullable, f"{name}.{column.name}"
            assert ours.c[column.name].type.python_type is column.type.python_type, f"{name}.{column.name}"


async def test_an_installation_comes_back_as_it_was_and_is_sealed_meanwhile(
    stores: Stores, real: Storage, database_url: str
) -> None:
    before = installation()
    await stores.installations.async_save(before)
    found = await stores.installations.async_find_installation(enterprise_id=None, team_id="T1")
    assert found is not None
    assert found.to_dict() == before.to_dict()
    bot = await stores.installations.async_find_bot(enterprise_id=None, team_id="T1")
    assert bot is not None
    assert (bot.bot_token, bot.bot_refresh_token) == ("xoxb-T1", "xoxe-1-refresh")
    # What was handed in is as it was.
    assert before.bot_token == "xoxb-T1"
    rows = repr([databases.rows_of(database_url, f"SELECT * FROM {name}") for name in TABLES_WITH_TOKENS])  # noqa: S608 - our own names
    for secret in ("xox", "hooks.slack.com"):
        assert secret not in rows
    assert "Åbenrå" in rows


async def test_an_organisation_and_its_team_are_kept_apart(stores: Stores) -> None:
    await stores.installations.async_save(installation("T1", enterprise="E1"))
    await stores.installations.async_save(installation(None, enterprise="E1"))
    for enterprise in ("E1", "E2", None):
        team = await stores.installations.async_find_bot(enterprise_id=enterprise, team_id="T1")
        assert team is not None
        assert team.bot_token == "xoxb-T1"
    whole = await stores.installations.async_find_bot(enterprise_id="E1", team_id="T1", is_enterprise_install=True)
    assert whole is not None
    assert whole.bot_token == "xoxb-None"
    await stores.installations.async_delete_all(enterprise_id="E1", team_id=None)
    assert await stores.installations.async_find_bot(enterprise_id="E1", team_id=None) is None
    assert await stores.installations.async_find_bot(enterprise_id=None, team_id="T1") is not None
    await stores.installations.async_delete_installation(enterprise_id="E1", team_id="T1", user_id="U2")
    assert (
        await stores.installations.async_find_installation(enterprise_id=None, team_id="T1", user_id="U1") is not None
    )
    await stores.installations.async_delete_all(enterprise_id="E1", team_id="T1")
    assert await stores.installations.async_find_installation(enterprise_id=None, team_id="T1") is None


async def test_the_newest_installation_counts_and_a_renewed_token_takes_the_old_ones_place(
    stores: Stores, database_url: str
) -> None:
    await stores.installations.async_save(installation(at=NOW))
    newer = installation(at=NOW + timedelta(days=1, microseconds=123_457))
    newer.bot_token = "xoxb-newer"
    await stores.installations.async_save(newer)
    for token in ("xoxb-3", "xoxb-4"):
        bot = await stores.installations.async_find_bot(enterprise_id=None, team_id="T1")
        assert bot is not None
        bot.bot_token = token
        await stores.installations.async_save_bot(bot)
    kept = await stores.installations.async_find_bot(enterprise_id=None, team_id="T1")
    assert kept is not None
    assert kept.bot_token == "xoxb-4"
    assert len(databases.rows_of(database_url, "SELECT id FROM slack_bots")) == 2


async def test_the_stores_and_units_of_work_write_at_once(real: Storage, stores: Stores) -> None:
    here = await real.workspace()

    async def write() -> None:
        async with real.units(here) as work:
            await work.members.put(a_member())
            await asyncio.sleep(0)
            await work.commit()

    async def install(number: int) -> None:
        await stores.installations.async_save(installation(f"T{number}"))
        assert await stores.installations.async_find_bot(enterprise_id=None, team_id=f"T{number}") is not None
        state = await stores.states.async_issue()
        assert await stores.states.async_consume(state)

    await asyncio.gather(*(write() for _ in range(15)), *(install(number) for number in range(15)))
    async with real.units(here, reading=True) as work:
        assert len(await work.members.everybody()) == 15


async def test_a_reader_does_not_wait_for_a_unit_that_is_open(real: Storage, stores: Stores) -> None:
    await stores.installations.async_save(installation())
    here = await real.workspace()
    async with real.units(here) as work:
        await work.members.put(a_member())
        assert await stores.installations.async_find_bot(enterprise_id=None, team_id="T1") is not None


async def test_a_state_is_good_once_even_if_it_comes_back_many_times_at_once(stores: Stores) -> None:
    state = await stores.states.async_issue()
    assert not await stores.states.async_consume("another")
    took = await asyncio.gather(*(stores.states.async_consume(state) for _ in range(8)))
    assert sorted(took) == [False] * 7 + [True]


async def test_states_that_are_too_old_are_refused_and_forgotten(stores: Stores, database_url: str) -> None:
    state = await stores.states.async_issue()
    databases.change(database_url, "UPDATE slack_oauth_states SET expire_at = '2020-01-01 00:00:00'")
    assert not await stores.states.async_consume(state)
    assert len(databases.rows_of(database_url, "SELECT id FROM slack_oauth_states")) == 1
    await stores.states.async_issue()
    assert len(databases.rows_of(database_url, "SELECT id FROM slack_oauth_states")) == 1


async def test_a_key_that_was_exchanged_is_said(real: Storage, stores: Stores, database_url: str) -> None:
    await stores.installations.async_save(installation())
    databases.change(database_url, "UPDATE slack_bots SET bot_token = 'gAAAAABother'")
    with pytest.raises(SettingsError, match="BROBYGGER_SECRET_KEY"):
        await stores.installations.async_find_bot(enterprise_id=None, team_id="T1")


async def test_what_the_database_refuses_is_a_fault_of_ours(stores: Stores) -> None:
    nobody = installation()
    nobody.app_id = None
    with pytest.raises(StorageError):
        await stores.installations.async_save(nobody)
    await stores.installations.async_save(installation())


async def test_a_writer_that_never_gets_its_turn_says_so(sqlite_url: str) -> None:
    database = open_database(sqlite_url, databases.TEST_KEY, patience=0.05)
    try:
        async with database.alone():
            with pytest.raises(Unavailable):
                async with database.alone():
                    pass
        async with database.alone():
            pass
    finally:
        await database.close()


async def test_a_backup_has_the_installations(sqlite_url: str, tmp_path: Path) -> None:
    database = open_database(sqlite_url, databases.TEST_KEY)
    try:

        async def tidy() -> None:
            return None

        await stores_in(database, CLIENT, tidy).installations.async_save(installation())
        await back_up(sqlite_url, tmp_path / "copy.db")
    finally:
        await database.close()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT team_id FROM slack_bots").fetchall() == [("T1",)]
