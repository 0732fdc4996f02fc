"""Processes of the house that have everything loaded when they begin; see ``tests/end_to_end/nursery.py``."""

import atexit
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Born:
    """One that runs, with what its starter needs of a process."""

    pid: int
    _line: socket.socket
    _ended: int | None = field(default=None)

    def poll(self) -> int | None:
        """How it ended, as ``subprocess`` tells it; None while it runs."""
        return self._hear(0.0)

    def wait(self, seconds: float) -> int:
        """Until its end. Raises TimeoutError."""
        ended = self._hear(seconds)
        if ended is None:
            raise TimeoutError
        return ended

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def _hear(self, seconds: float) -> int | None:
        if self._ended is None:
            self._line.settimeout(seconds)
            try:
                told = self._line.recv(16)
            except (BlockingIOError, TimeoutError):
                return None
            assert told, "whoever kept this process is gone"
            self._ended = int(told)
            self._line.close()
        return self._ended


def born(
    module: str, words: Sequence[str], folder: Path, settings: Mapping[str, str], out: IO[bytes], err: IO[bytes],
    given: IO[bytes] | None = None,
) -> Born:  # fmt: skip
    """``python -m MODULE WORDS`` in a folder, with this environment; without anything ``given`` it has nothing to read."""
    order = {"module": module, "words": list(words), "folder": str(folder), "settings": dict(settings)}
    line = socket.socket(socket.AF_UNIX)
    line.connect(str(_nursery()))
    with Path(os.devnull).open("rb") as nothing:
        socket.send_fds(line, [b"!"], [(given or nothing).fileno(), out.fileno(), err.fileno()])
    line.sendall(json.dumps(order).encode() + b"\n")
    told = b""
    while not told.endswith(b"\n"):
        heard = line.recv(1)
        assert heard, "the nursery is gone"
        told += heard
    return Born(int(told), line)


@cache
def _nursery() -> Path:
    """Where the nursery of this test process is asked."""
    folder = Path(tempfile.mkdtemp(prefix="brobygger-nursery-"))
    door = folder / "door"
    command = [sys.executable, "-m", "tests.end_to_end.nursery", str(door)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def close() -> None:
        process.communicate()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(close)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return door
