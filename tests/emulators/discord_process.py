"""The emulator as a process of its own, so that a benchmark's bot does not share a processor's time with it.

``python -m tests.emulators.discord_process [shards]`` prints one line of JSON with its addresses and ends when its input does,
or when it is told to. ``async with RemoteDiscord() as discord`` starts one and steers it.
"""

import asyncio
import gc
import json
import sys
from types import TracebackType
from typing import Any, Self

import aiohttp

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_door import Door
from tests.emulators.discord_state import Json
from tests.emulators.discord_world import Application

_STARTS_WITHIN = 30.0
_PATIENT = aiohttp.ClientTimeout(total=300)


class RemoteDiscord:
    """An emulator in another process."""

    def __init__(self, shards: int = 1) -> None:
        self._shards = shards
        self._process: asyncio.subprocess.Process | None = None
        self._session: aiohttp.ClientSession | None = None
        self.api_url = self.gateway_url = self.token = self.door_url = ""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __spec__.name, str(self._shards),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        async with asyncio.timeout(_STARTS_WITHIN):
            told: Json = json.loads(await self._process.stdout.readline())
        self.api_url, self.gateway_url, self.token = told["api_url"], told["gateway_url"], told["token"]
        self.door_url = told["door_url"]
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._session is not None
        await self._session.close()
        self._process.stdin.close()
        async with asyncio.timeout(_STARTS_WITHIN):
            await self._process.wait()

    async def asked(self, path: str, body: Json | None = None) -> Any:
        """``await discord.asked("guilds", {"number": 2500})``; without a body it is read."""
        assert self._session is not None
        method = "GET" if body is None else "POST"
        async with self._session.request(method, f"{self.door_url}/{path}", json=body, timeout=_PATIENT) as response:
            response.raise_for_status()
            return await response.json()


async def serve(shards: int) -> None:
    discord = DiscordEmulator(app=Application(shards=shards))
    discord.world.remembers = False
    door = Door(discord)
    async with discord:
        told = {
            "api_url": discord.api_url, "gateway_url": discord.gateway_url, "token": discord.token,
            "door_url": f"{discord.world.origin}/door",
        }  # fmt: skip
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        gc.freeze()
        reader = asyncio.create_task(asyncio.to_thread(sys.stdin.buffer.read))
        ended = asyncio.create_task(door.over.wait())
        await asyncio.wait((reader, ended), return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
