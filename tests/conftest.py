"""What tests of every area share: a clock that stands still, storage in memory, and real databases."""

import gc
import logging
import os
import signal
from collections.abc import Generator
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import settings

from bot.settings import Settings
from storage.upgrade import upgrade_blocking
from tests import databases
from tests.fakes import Memory, StoppedClock

# Fewer examples at each run than the library's own hundred, and other ones each time; no deadline, since nothing here asserts a
# time. `make test ARGS=--hypothesis-profile=thorough` looks longer.
settings.register_profile("house", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=1_000, deadline=None)
settings.load_profile("house")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Stories take long and are few: whoever begins with them does not wait for the last of them at the end."""
    items.sort(key=lambda item: "end_to_end" not in item.path.parts)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded for the tests stays to the end: looking through it for rubbish again and again takes as long as loading
    it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(10_000, 20, 20)
        gc.enable()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def memory() -> Memory:
    return Memory()


@pytest.fixture(autouse=True)
def no_ear_left_behind() -> Generator[None, None, None]:
    """Whoever listens to Discord's library listens for the rest of the process (:class:`adapters.discord.telling.Terse`): the
    next test of the same worker must not read what the last one's ear says."""
    logger = logging.getLogger("discord")
    before = logger.level, logger.propagate, logger.handlers
    yield
    logger.setLevel(before[0])
    logger.propagate, logger.handlers = before[1:]


@pytest.fixture
def bare_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder of the test's own, and none of this machine's settings."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def deaf_to_sigterm() -> Generator[None, None, None]:
    """A SIGTERM that no server was there to hear must not end the tests."""
    before = signal.signal(signal.SIGTERM, _hear_nothing)
    yield
    signal.signal(signal.SIGTERM, before)


def _hear_nothing(number: int, frame: FrameType | None) -> None:
    del number, frame


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with today's schema."""
    file = tmp_path_factory.mktemp("template") / "empty.db"
    upgrade_blocking(databases.sqlite_url(file))
    return file


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A SQLite database of the test's own, with today's schema."""
    file = tmp_path / "brobygger.db"
    databases.copy_sqlite(sqlite_template, file)
    return databases.sqlite_url(file)


@pytest.fixture(scope="session")
def postgres_session_url() -> Generator[str, None, None]:
    """A PostgreSQL database with today's schema, one for the whole run."""
    with (
        databases.postgres_server() as server,
        databases.fresh_database(server, f"brobygger_test_{os.getpid()}") as url,
    ):
        upgrade_blocking(databases.url_text(url))
        yield databases.url_text(url)


@pytest.fixture
def postgres_url(postgres_session_url: str) -> Generator[str, None, None]:
    """The same PostgreSQL database for every test, empty again after each."""
    yield postgres_session_url
    databases.empty_postgres(postgres_session_url)
