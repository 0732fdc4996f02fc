"""A chat platform of its own, over real HTTP: keeps every message with its key, twice as well, and answers badly at times."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route


@dataclass(slots=True)
class Platform:
    """``messages`` in the order of arrival, as (place, key)."""

    random: Random
    url: str = ""
    messages: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    said: Counter[str] = field(default_factory=Counter[str])

    def copies(self) -> Counter[str]:
        return Counter(key for _, key in self.messages)

    async def wait_for(self, number: int) -> None:
        while len(self.messages) < number:
            self.arrived.clear()
            await self.arrived.wait()

    async def post(self, request: Request) -> Response:
        sent = await request.json()
        mood = self.random.random()
        if mood < 0.04:
            self.said["try later"] += 1
            return JSONResponse({}, 429, {"Retry-After": "0.2"})
        await asyncio.sleep(0.03)
        self.messages.append((sent["to"], sent["key"]))
        self.arrived.set()
        address = f"{sent['to']}/{len(self.messages)}"
        await asyncio.sleep(0.03)
        if mood < 0.07:
            self.said["error after storing"] += 1
            return JSONResponse({}, 500)
        if mood < 0.08:
            self.said["no answer"] += 1
            await asyncio.sleep(3)
        return JSONResponse({"address": address})

    async def find(self, request: Request) -> Response:
        self.said["asked"] += 1
        wanted = (request.query_params["to"], request.query_params["key"])
        if wanted not in self.messages:
            return JSONResponse({"address": None})
        return JSONResponse({"address": f"{wanted[0]}/{self.messages.index(wanted) + 1}"})


@asynccontextmanager
async def serving(random: Random) -> AsyncGenerator[Platform, None]:
    """The platform on a free port of this machine."""
    platform = Platform(random)
    app = Starlette(
        routes=[
            Route("/messages", platform.post, methods=["POST"]),
            Route("/messages", platform.find, methods=["GET"]),
        ]
    )
    listening = socket.create_server(("127.0.0.1", 0))
    platform.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    config = uvicorn.Config(app, log_level="error", lifespan="off", ws="none", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield platform
    finally:
        server.should_exit = True
        await running
        listening.close()
