"""Listens: one server for the pages, in the same event loop as the rest of the house."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette

from bot.errors import Unavailable

_STOPS_WITHIN = 5  # seconds: open windows are told to close, and those that don't are cut off


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


async def serve(
    app: Starlette, listening: socket.socket, ready: Callable[[], None], stopping: Callable[[], None]
) -> None:
    """Serves until SIGINT or SIGTERM. ``ready`` is called once requests are answered, ``stopping`` before the last ones are."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOPS_WITHIN,
    )
    await _Told(config, ready, stopping).serve(sockets=[listening])


class _Told(uvicorn.Server):
    """A server that says when it starts and when it is asked to stop: streams without end have to be ended by us."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._stopping = stopping

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening, then says so."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Says so, then stops."""
        self._stopping()
        await super().shutdown(sockets)
