"""A bot by hand, for tests of the emulator itself: it says to Discord exactly what a test wants said."""

import asyncio
import io
import json
import zlib
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_state import Json

ALL_INTENTS = 1 | 1 << 1 | 1 << 9 | 1 << 12 | 1 << 15 | 1 << 16
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> int:
        """Discord's own number of what is wrong."""
        return int(self.body["code"])


class Unpacker(Protocol):
    """What ``zlib.decompressobj`` gives."""

    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(slots=True)
class RawBot:
    discord: DiscordEmulator
    session: aiohttp.ClientSession
    sockets: list["RawSocket"] = field(default_factory=list["RawSocket"])

    async def asks(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        files: Sequence[tuple[str, str, bytes]] = (),
        token: str | None = None,
    ) -> Answer:
        """``await bot.asks("POST", "/channels/1/messages", {"content": "Hello"})``."""
        known = self.discord.token if token is None else token
        headers = {"Authorization": f"Bot {known}"} if known else {}
        data: object = None
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(body))
            for name, filename, content in files:
                form.add_field(name, io.BytesIO(content), filename=filename)
            data = form
        elif body is not None:
            data, headers["Content-Type"] = json.dumps(body), "application/json"
        async with self.session.request(method, self.discord.api_url + path, data=data, headers=headers) as response:
            text = await response.text()
            known_kind = response.headers.get("Content-Type") == "application/json"
            return Answer(response.status, json.loads(text) if known_kind else text, response.headers)

    async def connects(self, *, query: str = "v=10&encoding=json", url: str = "") -> "RawSocket":
        ws = await self.session.ws_connect(f"{url or self.discord.gateway_url}?{query}", max_msg_size=0)
        socket = RawSocket(self, ws, zlib.decompressobj() if "zlib-stream" in query else None)
        self.sockets.append(socket)
        return socket

    async def identifies(self, *, intents: int = ALL_INTENTS, shard: tuple[int, int] = (0, 1)) -> "RawSocket":
        """Connects, and gives the socket when it is told all its guilds."""
        socket = await self.connects()
        await socket.identifies(intents=intents, shard=shard)
        ready = await socket.until("READY")
        for _ in ready["guilds"]:
            if intents & 1:
                await socket.until("GUILD_CREATE")
        return socket

    async def answers(self, interaction: Json, kind: int, data: Json | None = None, **more: Any) -> Answer:
        body: Json = {"type": kind} if data is None else {"type": kind, "data": data}
        path = f"/interactions/{interaction['id']}/{interaction['token']}/callback"
        return await self.asks("POST", path, body, token="", **more)

    def hook(self, interaction: Json, rest: str = "") -> str:
        return f"/webhooks/{self.discord.app.id}/{interaction['token']}{rest}"


@dataclass(slots=True)
class RawSocket:
    bot: RawBot
    ws: aiohttp.ClientWebSocketResponse
    unpacker: Unpacker | None = None
    heard: list[Json] = field(default_factory=list[Json])
    number: int | None = None
    session: str = ""

    async def says(self, op: int, data: object = None) -> None:
        await self.ws.send_json({"op": op, "d": data})

    async def identifies(self, *, intents: int = ALL_INTENTS, token: str = "", **more: Any) -> None:
        await self.says(2, {"token": token or self.bot.discord.token, "intents": intents, "properties": {}, **more})

    async def next(self) -> Json:
        """The next frame; a close is told as ``{"op": "close", "d": code}``."""
        async with asyncio.timeout(_PATIENCE):
            frame = await self.ws.receive()
        if frame.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING):
            return {"op": "close", "d": self.ws.close_code, "t": None}
        data = frame.data
        if self.unpacker is not None:
            data = self.unpacker.decompress(data)
        told: Json = json.loads(data)
        if told.get("s") is not None:
            self.number = told["s"]
        if told["t"] == "READY":
            self.session = told["d"]["session_id"]
        self.heard.append(told)
        return told

    async def until(self, what: str | int) -> Any:
        """The data of the next event of that name, or frame of that opcode."""
        while (told := await self.next())["op"] != "close":
            if what in (told["t"], told["op"]):
                return told["d"]
        assert what == "close", f"closed with {told['d']}, waiting for {what}"
        return told["d"]


@asynccontextmanager
async def raw_bot(discord: DiscordEmulator) -> AsyncGenerator[RawBot]:
    async with aiohttp.ClientSession() as session:
        bot = RawBot(discord, session)
        try:
            yield bot
        finally:
            for socket in bot.sockets:
                await socket.ws.close()
