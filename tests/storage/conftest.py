"""The contract of storage runs on memory, SQLite and PostgreSQL alike."""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import ClassVar

import pytest

from bot.deliveries.domain import Letter, LetterTable
from bot.identity import MemberId, WorkspaceId, new_id
from tests import databases
from tests.databases import Storage


@dataclass(frozen=True, slots=True)
class Greeting(Letter):
    """A letter of the tests."""

    code: ClassVar[str] = "greeting"
    member: MemberId


@pytest.fixture
def letters() -> LetterTable:
    return LetterTable.of([Greeting])


@pytest.fixture(scope="session")
def letters_of_tests() -> tuple[LetterTable, Callable[[], Letter]]:
    """The same two for tests that play many times."""
    return LetterTable.of([Greeting]), lambda: Greeting(MemberId(new_id()))


@pytest.fixture
def greeting() -> Callable[[], Letter]:
    """Makes letters, each to somebody else."""
    return lambda: Greeting(MemberId(new_id()))


@pytest.fixture
def greeting_to() -> Callable[[MemberId], Letter]:
    """Makes a letter to somebody."""
    return Greeting


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def storage(request: pytest.FixtureRequest, letters: LetterTable) -> AsyncGenerator[Storage, None]:
    if request.param == "memory":
        yield databases.in_memory()
        return
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    async with databases.opened(url, letters) as real:
        yield real


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Both real databases."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture
async def real(database_url: str, letters: LetterTable) -> AsyncGenerator[Storage, None]:
    async with databases.opened(database_url, letters) as storage:
        yield storage


@pytest.fixture
async def here(storage: Storage) -> WorkspaceId:
    """The workspace in which a test takes place."""
    return await storage.workspace()
