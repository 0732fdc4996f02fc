"""Real processes and a real browser, for the stories that are played as a person would."""

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx
import pytest

from tests.adapters.browsing import CHROMIUM, WHY_NOT
from tests.end_to_end.born import Born, born

# The people of the emulated towns, their organisations, and what they look for.
_NAMED = re.compile(r"Anna|Lund|Testesen|Ørsted|Opdigtet|Organisation \d|ensomhed|lokaler|frivillige", re.IGNORECASE)
_PATIENCE = 60.0  # seconds
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=WHY_NOT)


@dataclass(frozen=True, slots=True)
class House:
    """A running demo: where it answers, and its process."""

    address: str
    process: "Born | subprocess.Popen[bytes]"
    log: Path

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def surroundings(folder: Path, **settings: str) -> dict[str, str]:
    """An environment with nothing of this machine's own settings. Words alone say what is close unless somebody asks for more:
    a model would be loaded in every process."""
    ours = ("BROBYGGER_", "DATABASE_", "SLACK_", "DISCORD_", "OPENAI_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "BROBYGGER_MEANING": "words",
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOME": str(folder),
        **settings,
    }


def brobygger(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """One call of the command line, to its end."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = born("bot", words, folder, surroundings(folder, **settings), out, err)
        try:
            status = process.wait(_PATIENCE)
        finally:
            process.send_signal(signal.SIGKILL)
        said, told = (_read(file) for file in (out, err))
    return subprocess.CompletedProcess(words, status, said, told)


def brobygger_from_nothing(folder: Path, *words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """The same in a process that loads what it needs by itself, as a person's does."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=surroundings(folder, **settings),
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )


@asynccontextmanager
async def demo(folder: Path, *, from_nothing: bool = False, **settings: str) -> AsyncGenerator[House, None]:
    """``brobygger demo`` on a database in the folder, until the block ends. ``from_nothing``: nothing is loaded before."""
    port = free_port()
    words = ("demo", "--no-browser", "--port", str(port), "--database", database(folder))
    start = _started if from_nothing else _born
    async with _running(start, folder, port, folder / f"demo-{port}.log", *words, **settings) as house:
        yield house


@asynccontextmanager
async def service(
    folder: Path, port: int, *, from_nothing: bool = False, **settings: str
) -> AsyncGenerator[House, None]:
    """``brobygger run`` with these settings, until the block ends."""
    settings["BROBYGGER_PORT"] = str(port)
    start = _started if from_nothing else _born
    async with _running(start, folder, port, folder / "service.log", "run", **settings) as house:
        yield house


def _born(words: Sequence[str], folder: Path, around: dict[str, str], log: IO[bytes]) -> Born:
    return born("bot", words, folder, around, log, log)


def _started(words: Sequence[str], folder: Path, around: dict[str, str], log: IO[bytes]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "bot", *words], cwd=folder, env=around, stdout=log, stderr=log)


_Start = Callable[[Sequence[str], Path, dict[str, str], IO[bytes]], "Born | subprocess.Popen[bytes]"]


@asynccontextmanager
async def _running(
    start: _Start, folder: Path, port: int, log: Path, *words: str, **settings: str
) -> AsyncGenerator[House, None]:
    with log.open("ab") as out:
        process = await asyncio.to_thread(start, words, folder, surroundings(folder, **settings), out)
        house = House(f"http://127.0.0.1:{port}", process, log)
        try:
            await _answers(house)
            yield house
        finally:
            if process.poll() is None:
                process.terminate()
                await asyncio.to_thread(process.wait, 20)
    # Whatever was played, and whoever played it.
    assert _NAMED.findall(log.read_text("utf-8")) == []


def database(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/academy.db"


async def _answers(house: House) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(600):
            if house.process.poll() is not None:
                raise AssertionError(house.log.read_text())
            try:
                if (await client.get(f"{house.address}/healthz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.05)
    raise AssertionError("the demo never answered")


def _read(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
