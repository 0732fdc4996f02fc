"""How fast it is there, and what it takes while nobody does anything."""

import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.measure import Row, median, seconds

IDLE_SECONDS = 20.0


def rows() -> Iterator[Row]:
    command = Path(sys.executable).with_name("brobygger")
    ours = median(seconds(lambda: _quietly([str(command), "--help"]), 9))
    bare = median(seconds(lambda: _quietly([sys.executable, "-c", "import typer"]), 9))
    yield Row("brobygger --help", ours, "s", bare, 'bare python -c "import typer"', "at most 2")
    yield from _demo(command)


def _demo(command: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for label in ("demo, first page, new database", "demo, first page, second start"):
            port = _free_port()
            started = time.perf_counter()
            process = subprocess.Popen(
                [
                    command,
                    "demo",
                    "--no-browser",
                    "--port",
                    str(port),
                    "--database",
                    f"sqlite+aiosqlite:///{folder}/demo.db",
                ],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=folder,
            )
            try:
                _first_page(port)
                yield Row(label, time.perf_counter() - started, "s", 3.0, "the limit", "at most 1")
                if "second" in label:
                    yield from _idle(process)
            finally:
                process.terminate()
                process.wait(15)


def _idle(process: "subprocess.Popen[bytes]") -> Iterator[Row]:
    seen = psutil.Process(process.pid)
    time.sleep(5)
    before = sum(seen.cpu_times()[:2])
    time.sleep(IDLE_SECONDS)
    used = (sum(seen.cpu_times()[:2]) - before) / IDLE_SECONDS
    yield Row("demo, resident while idle", seen.memory_info().rss / 1e6, "MB", 150.0, "the limit", "at most 1")
    yield Row("demo, processor while idle", used * 100, "% core", 1.0, "the limit", "at most 1")


def _first_page(port: int) -> None:
    for _ in range(2000):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError("the demo never answered")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
