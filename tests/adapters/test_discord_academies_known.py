"""Which academy a guild is, is looked up again only where something was written since."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from adapters.discord.guilds import GuildBook
from bot.bootstrap import App, opened_app
from bot.identity import WorkspaceId
from bot.members.domain import WorkspaceOptions
from bot.ports import Workspace
from bot.settings import Settings
from storage.directory import StoredDirectory
from tests.fakes import StoppedClock


class Counting(StoredDirectory):
    """The real directory, which counts how often it is asked."""

    looked = 0

    async def find(self, external: str) -> Workspace | None:
        self.looked += 1
        return await super().find(external)


@pytest.fixture
async def app(tmp_path: Path) -> AsyncGenerator[App]:
    async with opened_app(Settings(database_url=f"sqlite+aiosqlite:///{tmp_path}/a.db")) as found:
        yield found


async def _there(_guild: str) -> bool | None:
    return True


async def test_an_academy_is_looked_up_again_only_after_something_was_written(app: App) -> None:
    clock, directory = StoppedClock(), Counting(app.database)
    book = GuildBook(directory, clock, WorkspaceOptions(), _there, app.database.people)

    async def asked_later() -> WorkspaceId:
        clock.advance(seconds=10)
        return await book.workspace_of("7")

    first = await asked_later()
    assert await asked_later() == first
    known = directory.looked
    for _ in range(3):
        assert await asked_later() == first
    assert directory.looked == known

    await directory.freeze(first, clock.now(), "guild:7")
    # Somebody did something there, so that the bot is there again.
    assert await asked_later() == first
    assert directory.looked > known
    back = await directory.get(first)
    assert back is not None
    assert back.frozen_at is None

    known = directory.looked
    app.database.people.deaf()
    assert await asked_later() == first
    assert await asked_later() == first
    assert directory.looked == known + 2
