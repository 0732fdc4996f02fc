"""Processes to look at from outside: the demo as a person starts it."""

import socket
import sys
import time
import urllib.request
from pathlib import Path

COMMAND = Path(sys.executable).with_name("brobygger")


def demo_command(port: int, folder: Path) -> list[str]:
    """Starts the demo with its database in a folder."""
    database = f"sqlite+aiosqlite:///{folder}/demo.db"
    return [str(COMMAND), "demo", "--no-browser", "--port", str(port), "--database", database]


def first_page(port: int) -> None:
    """Waits until the demo answers."""
    for _ in range(2000):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                answer.read()
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError("the demo never answered")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
