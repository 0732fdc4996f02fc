"""Bringing in a large roster: 5,000 members, on SQLite, from the file's bytes to the commit."""

import asyncio
import csv
import io
import random
import tempfile
import time
from collections.abc import Iterator

from benchmarks.measure import Row
from bot.bootstrap import opened_app
from bot.settings import Settings

MEMBERS = 5_000
_TAGS = [f"emne {number}" for number in range(400)]
_SECTORS = ("municipality", "civil_society", "business", "foundation", "research")


def roster(members: int, seed: int = 1) -> bytes:
    """A roster as a spreadsheet would save it."""
    chance = random.Random(seed)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("id", "name", "organisation", "sector", "themes", "needs", "offers", "email"))
    for number in range(members):
        sector = chance.choices(_SECTORS, (50, 40, 30, 18, 12))[0]
        tags = ["|".join(chance.sample(_TAGS, 3)) for _ in range(3)]
        writer.writerow(
            (f"m{number}", f"Medlem {number}", f"{sector} {number % 300}", sector, *tags, f"m{number}@example.org")
        )
    return out.getvalue().encode()


def rows() -> Iterator[Row]:
    yield from asyncio.run(_measured())


async def _measured() -> list[Row]:
    data = roster(MEMBERS)
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite+aiosqlite:///{folder}/bench.db")
        async with opened_app(settings) as app:
            workspace = await app.local_workspace("Bench")
            for label in ("import 5,000 new members", "the same file again"):
                started = time.perf_counter()
                await app.services.members.import_roster(workspace.id, data)
                found.append(Row(label, time.perf_counter() - started, "s", 5.0, "the limit", "at most 1"))
    return found
