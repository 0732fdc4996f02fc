"""A wire that can be looked at: hands every request on to a real model's server, and keeps both sides of it."""

import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

# Seconds; a small model on a busy machine takes its time.
_PATIENCE = 600


class Relay(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handing)
        self.behind = behind
        self.sent: list[bytes] = []
        # Of those that came back: what was asked, and what was answered.
        self.answered: list[tuple[bytes, dict[str, Any]]] = []

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handing(BaseHTTPRequestHandler):
    server: Relay

    def do_GET(self) -> None:
        self._hand_on(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.sent.append(body)
        self._hand_on(body)

    def _hand_on(self, body: bytes | None) -> None:
        asked = Request(self.server.behind + self.path, body, {"Content-Type": "application/json"})  # noqa: S310 - ours
        try:
            with urlopen(asked, timeout=_PATIENCE) as answer:  # noqa: S310 - the address of our own process
                status, content = answer.status, answer.read()
        except HTTPError as error:
            status, content = error.code, error.read()
        if body is not None:
            self.server.answered.append((body, json.loads(content)))
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own word
        pass


@contextmanager
def relay(behind: str) -> Generator[Relay, None, None]:
    """Runs while the block does."""
    with Relay(behind) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield running
        finally:
            running.shutdown()
            thread.join()
