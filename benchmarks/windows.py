"""200 browser windows at once: how long it takes until the last of them has been told of a new message.

The demo runs in its own process; one process of ours plays all the browsers over real connections: each loads its page,
follows its own line and reads until the message is there.
"""

import asyncio
import html
import itertools
import json
import re
import subprocess
import tempfile
import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import httpx

from benchmarks.measure import Row, median
from benchmarks.processes import demo_command, first_page, free_port

WINDOWS = 200
MESSAGES = 15
LIMIT = 1.0  # seconds
PATIENCE = 30.0  # seconds
_STATE = re.compile(r'<meta name="brobygger" content="([^"]*)"')
_MEMBER = re.compile(r'href="/as/([0-9a-f-]{36})"')
_LINE = re.compile(r'href="/as/[0-9a-f-]{36}/c/([0-9a-f-]{36})')
_KEPT = 4096  # characters of what was read before, in which a mark may have begun


class Window:
    """One browser window's live line."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._before = b""

    @classmethod
    async def opened(cls, port: int, member: str, place: str) -> "Window":
        """Connected, and greeted by the server."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"GET /as/{member}/events?after={place} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            "Accept: text/event-stream\r\n\r\n".encode()
        )
        window = cls(reader, writer)
        await window.hears(b"event: hello")
        return window

    async def hears(self, mark: bytes) -> float:
        """When the mark was read. Raises ConnectionError where the line ends before."""
        while mark not in self._before:
            data = await self._reader.read(65_536)
            if not data:
                raise ConnectionError("the line ended")
            self._before = self._before[-_KEPT:] + data
        return time.perf_counter()

    def close(self) -> None:
        self._writer.close()


def rows() -> Iterator[Row]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            demo_command(port, Path(folder)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
        )
        try:
            first_page(port)
            taken = asyncio.run(_told(port))
        finally:
            process.terminate()
            process.wait(15)
    yield Row(
        f"{WINDOWS} windows, a new message in the last, median", median(taken), "s", LIMIT, "the limit", "at most 1"
    )
    yield Row(f"{WINDOWS} windows, a new message in the last, worst", max(taken), "s", LIMIT, "the limit", "at most 1")


async def _told(port: int) -> list[float]:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as browser:
        members = _MEMBER.findall((await browser.get("/choose")).text)
        assert len(members) > 1, "the demo has members"
        async with _windows(browser, port, members) as windows:
            channel = await _channel(browser, members[0])
            taken: list[float] = []
            for number, author in zip(range(MESSAGES), itertools.cycle(members), strict=False):
                mark = f"mark-{number}-{uuid4().hex}"
                # Listening first, so that no window's own scheduling hides in the figure.
                hearing = [asyncio.create_task(window.hears(mark.encode())) for window in windows]
                await asyncio.sleep(0.2)
                started = time.perf_counter()
                said = {"id": str(uuid4()), "text": f"Hello, {mark}", "thread": None}
                answer = await browser.post(f"/as/{author}/c/{channel}/say", json=said)
                assert answer.status_code == 200, answer.text
                async with asyncio.timeout(PATIENCE):
                    taken.append(max(await asyncio.gather(*hearing)) - started)
            return taken


@asynccontextmanager
async def _windows(browser: httpx.AsyncClient, port: int, members: Sequence[str]) -> AsyncGenerator[list[Window], None]:
    windows: list[Window] = []
    try:
        for _, member in zip(range(WINDOWS), itertools.cycle(members), strict=False):
            page = await browser.get(f"/as/{member}", follow_redirects=True)
            found = _STATE.search(page.text)
            assert found, "a page says where its line continues"
            place: object = json.loads(html.unescape(found[1]))["place"]
            windows.append(await Window.opened(port, member, str(place)))
        yield windows
    finally:
        for window in windows:
            window.close()


async def _channel(browser: httpx.AsyncClient, member: str) -> str:
    """A conversation that everybody is in."""
    page = await browser.get(f"/as/{member}", follow_redirects=True)
    for conversation in dict.fromkeys(_LINE.findall(page.text)):
        shown = await browser.get(f"/as/{member}/c/{conversation}")
        found = _STATE.search(shown.text)
        if found and json.loads(html.unescape(found[1]))["kind"] == "channel":
            return str(conversation)
    raise LookupError("the demo has no channel")
