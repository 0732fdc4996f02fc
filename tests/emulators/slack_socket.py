"""Socket Mode: connections opened with a one-use ticket, envelopes acknowledged by their id."""

import asyncio
import itertools
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from aiohttp import WSMsgType, web

from tests.emulators.slack_methods_people import PeopleMethods
from tests.emulators.slack_state import Json
from tests.emulators.slack_world import World

MOST_CONNECTIONS = 10
_WARNED_BEFORE = 10.0
_CLOSES_WITHIN = 0.5


class Unreachable(Exception):
    """The bot was not reached, or went away before it answered. ``reason`` as Slack names it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True, eq=False)
class Connection:
    ws: web.WebSocketResponse
    number: int
    waiting: dict[str, "asyncio.Future[Json | None]"] = field(default_factory=dict)
    delivered: int = 0
    leaving: bool = False


@dataclass(slots=True)
class Sockets:
    world: World
    people: PeopleMethods
    connections: list[Connection] = field(default_factory=list)
    # Every acknowledgement of an envelope that is not open (any more), and whatever else came.
    strange: list[Json] = field(default_factory=list)
    opened: int = 0
    enabled: bool = True
    turns: Iterator[int] = field(default_factory=itertools.count)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self.people.tickets or not self.enabled:
            return web.Response(status=404, text="link expired")
        self.people.tickets.discard(ticket)
        ws = web.WebSocketResponse(timeout=_CLOSES_WITHIN)
        await ws.prepare(request)
        if len(self.connections) >= MOST_CONNECTIONS:
            await ws.send_json(
                {"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": "emulator"}}
            )
            await ws.close()
            return ws
        self.opened += 1
        connection = Connection(ws, self.opened)
        hello: Json = {
            "type": "hello",
            "num_connections": len(self.connections) + 1,
            "connection_info": {"app_id": self.world.app.id},
            "debug_info": {"host": "emulator", "approximate_connection_time": 18060},
        }
        await ws.send_json(hello)
        self.connections.append(connection)
        self.world.changed()
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    self._received(connection, message.data)
        finally:
            self._gone(connection)
        return ws

    async def send(self, kind: str, payload: Json, attempt: int, reason: str) -> Json | None:
        """Hands an envelope to one of the connections; gives what the acknowledgement held."""
        ready = [c for c in self.connections if not c.leaving and not c.ws.closed]
        if not ready:
            raise Unreachable("connection_failed")
        connection = ready[next(self.turns) % len(ready)]
        envelope = str(uuid.uuid4())
        answered: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope] = answered
        told: Json = {
            "envelope_id": envelope,
            "payload": payload,
            "type": kind,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            told |= {"retry_attempt": attempt, "retry_reason": reason}
        try:
            await connection.ws.send_json(told)
        except ConnectionError:
            connection.waiting.pop(envelope, None)
            raise Unreachable("connection_failed") from None
        connection.delivered += 1
        return await answered

    async def refresh(self, *, warning: bool = False) -> None:
        """Slack wants the connections made anew: told at once, or after a warning some ten seconds before."""
        for connection in list(self.connections):
            if warning:
                await self._disconnect(connection, "warning")
                self.world.timers.after(_WARNED_BEFORE, partial(self._leave, connection))
            else:
                await self._leave(connection)

    async def disable(self) -> None:
        """Socket Mode is switched off in the application's settings."""
        self.enabled = False
        for connection in list(self.connections):
            connection.leaving = True
            await self._disconnect(connection, "link_disabled")
            await connection.ws.close()

    async def cut(self) -> None:
        """The connections break without a word."""
        for connection in list(self.connections):
            connection.leaving = True
            await connection.ws.close()

    async def _leave(self, connection: Connection) -> None:
        connection.leaving = True
        await self._disconnect(connection, "refresh_requested")

    async def _disconnect(self, connection: Connection, reason: str) -> None:
        if not connection.ws.closed:
            await connection.ws.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "emulator"}})

    def _received(self, connection: Connection, raw: str) -> None:
        try:
            told = json.loads(raw)
        except ValueError:
            told = {"raw": raw}
        future = connection.waiting.pop(str(told.get("envelope_id")), None) if isinstance(told, dict) else None
        if future is None or future.done():
            self.strange.append(told)
            return
        future.set_result(told.get("payload"))

    def _gone(self, connection: Connection) -> None:
        if connection in self.connections:
            self.connections.remove(connection)
        for future in connection.waiting.values():
            if not future.done():
                future.set_exception(Unreachable("connection_failed"))
                # Nobody may be left to ask for it.
                future.exception()
        self.world.changed()
