"""Listens: one server for the pages, in the same event loop as the rest of the house."""

import asyncio
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.applications import Starlette

from bot.errors import Unavailable

_KEPT_OPEN = 75  # seconds; a platform, or a proxy before us, that takes a free line again must not find it being closed
_STOPS_WITHIN = 3  # seconds: open windows are told to close, and those that don't are cut off


@dataclass(frozen=True, slots=True)
class Stop:
    """How it stops. At the first signal ``begins`` is called; while ``heard`` runs, requests are still answered; then
    ``closes`` ends the streams that have no end, and the others are answered to their end. ``at_once``: a second
    signal."""

    begins: Callable[[], None]
    heard: Callable[[], Awaitable[None]]
    closes: Callable[[], None]
    at_once: Callable[[], None]


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes any free one. Raises Unavailable where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            f"{host}:{port} cannot be used ({error.strerror}): is another Brobygger running there? Choose another port"
        ) from None
    return listening


def address_of(listening: socket.socket) -> str:
    """The address for a browser."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


async def serve(app: Starlette, listening: socket.socket, ready: Callable[[], None], stop: Stop) -> None:
    """Serves until SIGINT or SIGTERM. ``ready`` is called once requests are answered."""
    config = uvicorn.Config(
        app,
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=_KEPT_OPEN,
        timeout_graceful_shutdown=_STOPS_WITHIN,
    )
    await _Told(config, ready, stop).serve(sockets=[listening])


class _Told(uvicorn.Server):
    """A server that says when it starts and when it is asked to stop: streams without end have to be ended by us."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stop: Stop) -> None:
        super().__init__(config)
        self._ready = ready
        self._stops = stop
        self._leaving: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening, then says so."""
        await super().startup(sockets)
        # All that was made for the start stays; looking through it again and again would stop everything for a moment.
        gc.freeze()
        self._ready()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """SIGINT and SIGTERM ask to stop, and that is all: by itself uvicorn raises them again when it has stopped, which
        would end the process before the courier has finished and the database is closed."""
        asked = (signal.SIGINT, signal.SIGTERM)
        loop = asyncio.get_running_loop()
        for one in asked:
            loop.add_signal_handler(one, self._stop)
        try:
            yield
        finally:
            # From here on a second signal does what it does by itself: it ends the process.
            for one in asked:
                loop.remove_signal_handler(one)

    def _stop(self) -> None:
        if self._leaving is not None:
            # Whoever asks twice does not want to wait for anything.
            self._stops.at_once()
            return
        self._stops.begins()
        self._leaving = asyncio.get_running_loop().create_task(self._leave(), name="stopping")

    async def _leave(self) -> None:
        try:
            await self._stops.heard()
        finally:
            self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Closes the streams, then stops."""
        self._stops.closes()
        await super().shutdown(sockets)
