"""One connection of the gateway, and the session that outlives it."""

import asyncio
import contextlib
import json
import time
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

_KEPT = 20_000


class Packer(Protocol):
    """What ``zlib.compressobj`` gives."""

    def compress(self, data: bytes, /) -> bytes: ...

    def flush(self, mode: int, /) -> bytes: ...


@dataclass(slots=True, eq=False)
class Session:
    id: str
    shard: int
    shards: int
    intents: int
    number: int = 0
    log: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=_KEPT))
    socket: "Socket | None" = None
    valid: bool = True

    def holds(self, guild: str) -> bool:
        """Whether a guild, or the direct conversations where it is "", are this shard's."""
        return (int(guild) >> 22) % self.shards == self.shard if guild else self.shard == 0


@dataclass(slots=True, eq=False)
class Socket:
    """One connection; what is sent goes through a queue, so that nobody waits for the bot to read."""

    ws: web.WebSocketResponse
    transport: asyncio.Transport | None
    compressor: Packer | None = None
    queue: "asyncio.Queue[str | int]" = field(default_factory=asyncio.Queue[str | int])
    session: Session | None = None
    beats: int = 0
    beaten: float = field(default_factory=time.monotonic)
    sends: deque[float] = field(default_factory=deque[float])
    # Closed from here, not by the bot.
    closing: bool = False

    def send(self, op: int, data: object = None, event: str | None = None, number: int | None = None) -> None:
        self.queue.put_nowait(json.dumps({"op": op, "d": data, "s": number, "t": event}))

    def close(self, code: int) -> None:
        self.closing = True
        self.queue.put_nowait(code)

    async def write(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while isinstance(text := await self.queue.get(), str):
                if self.compressor is None:
                    await self.ws.send_str(text)
                else:
                    packed = self.compressor.compress(text.encode()) + self.compressor.flush(zlib.Z_SYNC_FLUSH)
                    await self.ws.send_bytes(packed)
            await self.ws.close(code=text)
