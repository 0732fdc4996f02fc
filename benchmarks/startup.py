"""How fast it is there, and what it takes while nobody does anything."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from benchmarks.measure import Row, median, seconds
from benchmarks.processes import COMMAND, demo_command, first_page, free_port

IDLE_SECONDS = 20.0


def rows() -> Iterator[Row]:
    ours = median(seconds(lambda: _quietly([str(COMMAND), "--help"]), 9))
    bare = median(seconds(lambda: _quietly([sys.executable, "-c", "import typer"]), 9))
    yield Row("brobygger --help", ours, "s", bare, 'bare python -c "import typer"', "at most 2")
    yield from _demo()


def _demo() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        for label in ("demo, first page, new database", "demo, first page, second start"):
            port = free_port()
            started = time.perf_counter()
            process = subprocess.Popen(
                demo_command(port, Path(folder)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
            )
            try:
                first_page(port)
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


def _quietly(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
