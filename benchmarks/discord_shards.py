"""How a large installation starts: two shards with 2,500 guilds, each of which is an academy. The time until every guild is
listened to, and until each has its academy in a database that was empty; and the memory that all of that takes.

The emulator of Discord runs in a process of its own, the service as it is started in earnest in another.
"""

import asyncio
import os
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import Row
from benchmarks.processes import COMMAND, free_port
from tests.emulators.discord_process import RemoteDiscord

GUILDS, SHARDS = 2500, 2
SECONDS, MEGABYTES = 60.0, 400.0
_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


@dataclass(slots=True)
class Start:
    """Seconds until the shards stood and until all academies were there, and the most memory, in MB."""

    listening: float
    academies: float
    memory: float


def rows() -> Iterator[Row]:
    first, again = asyncio.run(measured())
    for start, named in ((first, "first start"), (again, "next start")):
        yield Row(f"{named}: {SHARDS} shards listen", start.listening, "s", SECONDS, "limit", "at most 1")
        yield Row(f"{named}: {GUILDS} academies are there", start.academies, "s", SECONDS, "limit", "at most 1")
        yield Row(f"{named}: memory", start.memory, "MB", MEGABYTES, "limit", "at most 1")


async def measured() -> tuple[Start, Start]:
    """On an empty database, and once more on the same."""
    async with RemoteDiscord(SHARDS) as discord:
        await discord.asked("guilds", {"number": GUILDS, "people": 1})
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "discord.db"
            return await _started(discord, file), await _started(discord, file)


async def _started(discord: RemoteDiscord, file: Path) -> Start:
    surroundings = {
        **os.environ,
        "DATABASE_URL": f"sqlite+aiosqlite:///{file}",
        "BROBYGGER_PORT": str(free_port()),
        "BROBYGGER_MEANING": "words",
        "BROBYGGER_LOG": "json",
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_TOKEN": discord.token,
    }
    begun = time.perf_counter()
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(str(COMMAND), "run", env=surroundings, stdout=quiet, stderr=quiet)
    try:
        while len((await discord.asked("state"))["shards"]) < SHARDS:  # noqa: ASYNC110 - another process has no event
            await asyncio.sleep(0.1)
        listening = time.perf_counter() - begun
        while _academies(file) < GUILDS:  # noqa: ASYNC110 - nor has a database
            await asyncio.sleep(0.2)
        academies = time.perf_counter() - begun
        # Until what was read of all guilds is settled.
        await asyncio.sleep(3)
        return Start(listening, academies, _peak(process.pid))
    finally:
        process.terminate()
        await process.wait()


def _academies(file: Path) -> int:
    """How many there are; what is being written is waited for."""
    if not file.exists():
        return 0
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10) as database:
        try:
            found = database.execute("SELECT count(*) FROM workspaces").fetchone()
        except sqlite3.OperationalError:
            return 0
    return int(found[0])


def _peak(process: int) -> float:
    found = _PEAK.search(Path(f"/proc/{process}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024
