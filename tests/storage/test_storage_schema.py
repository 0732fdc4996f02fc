"""Migrations lead exactly to the rows, and a process says so where they were not run."""

import ast
import asyncio
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, make_url

import storage.migrations
from bot.errors import SettingsError, Unavailable
from storage.looking import look_at_database
from storage.migrations.floor import raise_floor
from storage.schema import METADATA, TABLES
from storage.upgrade import HEAD, Standing, check_schema, is_current, make_ready, standing, until_ready, upgrade
from tests import databases


def differences(url: str) -> list[Any]:
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername="sqlite") if "sqlite" in parsed.drivername else parsed)
    try:
        with engine.connect() as connection:
            return _compared(connection)
    finally:
        engine.dispose()


def _ours(name: str | None, kind: str, _within: object) -> bool:
    # What each database searches the bank by is made by hand; SQLite keeps it in tables of its own.
    return kind not in {"table", "index"} or not (name or "").startswith("bank_search")


def _compared(connection: Connection) -> list[Any]:
    found: list[Any] = compare_metadata(
        MigrationContext.configure(
            connection,
            opts={"compare_type": True, "compare_server_default": True, "include_name": _ours},
        ),
        METADATA,
    )
    return found


def test_migrations_give_exactly_the_rows(database_url: str) -> None:
    assert differences(database_url) == []


async def test_an_upgrade_that_has_nothing_to_do_does_nothing(database_url: str) -> None:
    await upgrade(database_url)
    assert await is_current(database_url)
    await check_schema(database_url)


async def test_a_new_sqlite_file_is_made_ready_at_start(tmp_path: Path) -> None:
    url = databases.sqlite_url(tmp_path / "new" / "brobygger.db")
    assert not await is_current(url)
    await make_ready(url)
    assert await is_current(url)
    assert differences(url) == []


async def test_two_upgrades_at_once_run_each_step_once(tmp_path: Path) -> None:
    url = databases.sqlite_url(tmp_path / "brobygger.db")
    await asyncio.gather(upgrade(url), upgrade(url), upgrade(url))
    assert await is_current(url)


async def test_postgresql_is_never_upgraded_by_itself(postgres_session_url: str) -> None:
    with databases.fresh_database(make_url(postgres_session_url), "brobygger_test_upgrade") as fresh:
        url = databases.url_text(fresh)
        with pytest.raises(SettingsError, match="brobygger database upgrade"):
            await make_ready(url)
        await asyncio.gather(upgrade(url), upgrade(url))
        await make_ready(url)
        assert differences(url) == []


async def test_a_schema_from_the_future_is_refused(sqlite_url: str) -> None:
    databases.change(sqlite_url, "UPDATE alembic_version SET version_num = '9999'")
    assert not await is_current(sqlite_url)


def test_every_index_over_waiting_rows_names_both_databases() -> None:
    for table in TABLES:
        for index in table.indexes:
            sqlite, postgres = (index.dialect_options[name]["where"] for name in ("sqlite", "postgresql"))
            assert str(sqlite) == str(postgres), index.name


def test_the_newest_migration_is_the_one_that_the_start_looks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_what_was_there_before_slack_came_stays(tmp_path: Path) -> None:
    url = databases.sqlite_url(tmp_path / "brobygger.db")
    upgrade_to(url, "0003")
    databases.change(url, "INSERT INTO workspaces VALUES (hex(zeroblob(16)), 'Akademiet', 'local', '{}')")
    await make_ready(url)
    assert databases.rows_of(url, "SELECT name, external, frozen_at FROM workspaces") == [("Akademiet", "local", None)]
    assert differences(url) == []


async def test_an_academy_from_before_has_the_home_that_it_had(tmp_path: Path) -> None:
    url = databases.sqlite_url(tmp_path / "brobygger.db")
    upgrade_to(url, "0004")
    homes = {"team:T1": "slack", "enterprise:E1": "slack", "local": "web"}
    for number, home in enumerate(homes, start=1):
        values = f"'{number:032x}', 'Akademiet', '{home}', '{{}}', '2026-03-02 09:00:00+00:00'"
        databases.change(url, f"INSERT INTO workspaces VALUES ({values})")  # noqa: S608 - a test's own words
    await make_ready(url)
    found = databases.rows_of(url, "SELECT external, platform, name, gone_at IS NULL FROM installations")
    assert sorted(found) == sorted((home, platform, "Akademiet", 0) for home, platform in homes.items())


def upgrade_to(url: str, revision: str) -> None:
    engine = create_engine(make_url(url).set(drivername="sqlite"))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(storage.migrations.__file__).parent))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    engine.dispose()


async def test_an_older_version_goes_on_with_what_a_newer_one_added(postgres_session_url: str) -> None:
    with databases.fresh_database(make_url(postgres_session_url), "brobygger_test_newer") as fresh:
        url = databases.url_text(fresh)
        await upgrade(url)
        databases.change(url, "UPDATE alembic_version SET version_num = '9998'")
        assert await standing(url) is Standing.NEWER
        assert (await look_at_database(url)).well
        await make_ready(url)
        await until_ready(url)
        raise_floor_to(url, HEAD)
        raise_floor_to(url, "9998")
        assert await standing(url) is Standing.TOO_NEW
        assert "start that one" in (await look_at_database(url)).told
        with pytest.raises(SettingsError, match="newer version"):
            await make_ready(url)


async def test_a_start_waits_for_the_upgrade_and_says_so_once(
    postgres_session_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with databases.fresh_database(make_url(postgres_session_url), "brobygger_test_older") as fresh:
        url = databases.url_text(fresh)
        starting = asyncio.create_task(until_ready(url, pause=0.05))
        await asyncio.sleep(0.2)
        assert not starting.done()
        await upgrade(url)
        await starting
        assert len([line for line in caplog.messages if "brobygger database upgrade" in line]) == 1
        assert await is_current(url)


async def test_a_start_waits_a_little_for_a_database_that_is_away() -> None:
    away = "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"
    await until_ready(away, away=0.1, pause=0.06)
    with pytest.raises(Unavailable):
        await make_ready(away)


def raise_floor_to(url: str, version: str) -> None:
    engine = create_engine(make_url(url))
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        raise_floor(version)
    engine.dispose()


def test_migrations_only_add_unless_they_raise_the_floor() -> None:
    # While a new version is rolled out, older processes go on working on the newer schema.
    for file in sorted(Path(storage.migrations.__file__).parent.glob("versions/0*.py")):
        if file.name < "0007":
            continue  # nobody ran several versions at once then
        written = ast.parse(file.read_text())
        step = next(one for one in written.body if isinstance(one, ast.FunctionDef) and one.name == "upgrade")
        called = [one.func for one in ast.walk(step) if isinstance(one, ast.Call)]
        names = {one.attr if isinstance(one, ast.Attribute) else getattr(one, "id", "") for one in called}
        assert not {name for name in names if name.startswith(("drop", "alter", "rename", "batch"))} or (
            "raise_floor" in names
        ), file.name
        for column in ast.walk(step):
            if isinstance(column, ast.Call) and getattr(column.func, "attr", "") == "add_column":
                made = column.args[1]
                assert isinstance(made, ast.Call)
                given = {word.arg: ast.unparse(word.value) for word in made.keywords}
                assert "server_default" in given or given.get("nullable") == "True", file.name
