"""The gateway: sockets, sessions, heartbeats, resuming, and which session is told of what."""

import asyncio
import json
import secrets
import time
import zlib
from collections.abc import Sequence

from aiohttp import WSCloseCode, WSMsgType, web

from tests.emulators.discord_faults import Delivery
from tests.emulators.discord_json import guild_json, member_json, user_json
from tests.emulators.discord_sessions import Session, Socket
from tests.emulators.discord_state import GuildState, Json
from tests.emulators.discord_world import World

GUILDS, MEMBERS, GUILD_MESSAGES, DIRECT_MESSAGES, CONTENT, EVENTS = 1, 1 << 1, 1 << 9, 1 << 12, 1 << 15, 1 << 16
_KNOWN_INTENTS = 0b11_0011_0001_1111_1111_1111_1111
_SENDS, _SECONDS, _LONGEST = 120, 60.0, 4096


class Gateway:
    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[str, Session] = {}
        self.sockets: set[Socket] = set()
        # How the bot's connections ended: the codes that were sent to it.
        self.closed: list[int] = []
        self.identified: list[Json] = []
        self.resumed = 0
        # Seconds between heartbeats; whether they are answered. Discord says some forty; longer here, for a library's thread
        # whose connection was cut while it was made outlives its test, and would complain in another's.
        self.heartbeat = 300.0
        self.acknowledges = True
        # Seconds between two identifications of the same bucket; 0 does not look at it.
        self.identify_pause = 0.0
        self.down = False
        # Events that were sent, by name.
        self.sent: list[tuple[str, Json]] = []
        self._identified: dict[int, float] = {}

    # What others tell

    def dispatch(
        self, event: str, data: Json, guild: str = "", intents: int = 0, *, hidden: Json | None = None
    ) -> bool:
        """Tells the sessions of the shard that want it. ``hidden``: what is told to those who may not read contents."""
        armed = self.world.faults.of_event(event)
        if armed is not None and armed.fault == Delivery.LOST:
            return True
        if armed is not None and armed.fault == Delivery.LATE:

            async def late() -> None:
                self._tell(event, data, guild, intents, hidden)

            self.world.timers.after(armed.seconds, late)
            return True
        told = self._tell(event, data, guild, intents, hidden)
        if armed is not None:
            self._tell(event, data, guild, intents, hidden)
        return told

    def _tell(self, event: str, data: Json, guild: str, intents: int, hidden: Json | None) -> bool:
        if self.world.remembers:
            self.sent.append((event, data))
        texts: dict[bool, str] = {}
        told = False
        for session in self.sessions.values():
            if not session.valid or not session.holds(guild) or (intents and not session.intents & intents):
                continue
            masked = hidden is not None and not session.intents & CONTENT
            if masked not in texts:
                texts[masked] = json.dumps(hidden if masked else data)
            self._push(session, event, texts[masked])
            told = True
        return told

    def _push(self, session: Session, event: str, data: str) -> None:
        session.number += 1
        text = f'{{"op": 0, "s": {session.number}, "t": "{event}", "d": {data}}}'
        session.log.append((session.number, text))
        if session.socket is not None:
            session.socket.queue.put_nowait(text)

    def ready(self, number: int) -> bool:
        """Whether so many shards are connected and identified."""
        return sum(1 for session in self.sessions.values() if session.socket is not None) >= number

    # Faults

    def drop(self, code: int = WSCloseCode.GOING_AWAY, *, shard: int | None = None) -> None:
        """Closes the connections; the sessions can be resumed."""
        for socket in self._of(shard):
            self.closed.append(code)
            socket.close(code)

    def cut(self, shard: int | None = None) -> None:
        """Ends the connections without a word."""
        for socket in self._of(shard):
            if socket.session is not None:
                socket.session.socket = None
            if socket.transport is not None:
                socket.transport.abort()

    def asks_to_reconnect(self, shard: int | None = None) -> None:
        """Opcode 7."""
        for socket in self._of(shard):
            socket.send(7)

    def invalidates(self, *, resumable: bool, shard: int | None = None) -> None:
        """Opcode 9."""
        for socket in self._of(shard):
            if not resumable and socket.session is not None:
                socket.session.valid = False
                self.sessions.pop(socket.session.id, None)
            socket.send(9, data=resumable)

    def forgets_sessions(self) -> None:
        """None can be resumed any more."""
        for session in self.sessions.values():
            session.valid = False
        self.sessions.clear()

    def _of(self, shard: int | None) -> list[Socket]:
        return [s for s in self.sockets if shard is None or (s.session is not None and s.session.shard == shard)]

    # The connection

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self.down:
            return web.Response(status=503)
        ws = web.WebSocketResponse(max_msg_size=0, compress=False)
        await ws.prepare(request)
        packs = request.query.get("compress") == "zlib-stream"
        socket = Socket(ws, request.transport, zlib.compressobj() if packs else None)
        self.sockets.add(socket)
        writer = asyncio.create_task(socket.write())
        if request.query.get("v") != "10":
            self._refuse(socket, 4012)
        socket.send(10, {"heartbeat_interval": int(self.heartbeat * 1000), "_trace": ["[]"]})
        try:
            while (frame := await self._next(socket)) is not None:
                self._hear(socket, frame)
        finally:
            self.sockets.discard(socket)
            session = socket.session
            if session is not None and session.socket is socket:
                session.socket = None
                if ws.close_code in (1000, 1001) and not socket.closing:
                    # Closed in peace by the bot: the session is over.
                    session.valid = False
                    self.sessions.pop(session.id, None)
            writer.cancel()
            self.world.changed()
        return ws

    async def _next(self, socket: Socket) -> str | bytes | None:
        """What the bot says; who is silent for two heartbeats is put out."""
        try:
            frame = await socket.ws.receive(timeout=max(self.heartbeat * 2.5, 1.0))
        except TimeoutError:
            if socket.session is not None:
                socket.session.valid = False
                self.sessions.pop(socket.session.id, None)
            self._refuse(socket, 4009)
            await asyncio.sleep(0)
            frame = await socket.ws.receive()
        said: str | bytes = frame.data
        return said if frame.type in (WSMsgType.TEXT, WSMsgType.BINARY) else None

    def _refuse(self, socket: Socket, code: int) -> None:
        self.closed.append(code)
        socket.close(code)

    def _hear(self, socket: Socket, text: str | bytes) -> None:
        now = time.monotonic()
        socket.sends.append(now)
        while socket.sends and socket.sends[0] < now - _SECONDS:
            socket.sends.popleft()
        if len(socket.sends) > _SENDS:
            return self._refuse(socket, 4008)
        try:
            frame: Json = json.loads(text)
            op, data = frame["op"], frame["d"]
        except (ValueError, KeyError, TypeError):
            return self._refuse(socket, 4002)
        if len(text) > _LONGEST:
            self.world.problems.append(f"gateway: a payload of {len(text)} bytes, 4096 are allowed")
            return self._refuse(socket, 4002)
        self._take(socket, op, data)
        self.world.changed()
        return None

    def _take(self, socket: Socket, op: int, data: Json) -> None:
        if op == 1:
            socket.beats += 1
            socket.beaten = time.monotonic()
            if self.acknowledges:
                socket.send(11)
        elif op == 2:
            self._identify(socket, data)
        elif op == 6:
            self._resume(socket, data)
        elif socket.session is None:
            self._refuse(socket, 4003)
        elif op == 8:
            self._members(socket.session, data)
        elif op not in (3, 4, 31):
            self._refuse(socket, 4001)

    def _identify(self, socket: Socket, data: Json) -> None:
        app = self.world.app
        intents = data.get("intents")
        shard: Sequence[int] = data.get("shard") or (0, 1)
        code = 0
        if socket.session is not None:
            code = 4005
        elif data.get("token") != app.token:
            code = 4004
        elif len(shard) != 2 or not 0 <= shard[0] < shard[1]:
            code = 4010
        elif not isinstance(intents, int) or intents < 0 or intents & ~_KNOWN_INTENTS:
            code = 4013
        elif intents & (1 << 1 | 1 << 8 | 1 << 15) & ~app.allowed_intents:
            code = 4014
        elif max(self._spread(shard[1]), default=0) >= 2500:
            code = 4011
        self.identified.append({**data, "token": "***"})
        if code:
            return self._refuse(socket, code)
        bucket = shard[0] % app.concurrency
        now = time.monotonic()
        if app.identifies_left <= 0 or now - self._identified.get(bucket, -1e9) < self.identify_pause:
            socket.send(9, data=False)
            return None
        self._identified[bucket] = now
        app.identifies_left -= 1
        self._begin(socket, Session(secrets.token_hex(16), shard[0], shard[1], int(intents or 0)))
        return None

    def _spread(self, shards: int) -> list[int]:
        counts = [0] * shards
        for guild in self.world.guilds.values():
            counts[guild.shard_key % shards] += guild.installed
        return counts

    def _begin(self, socket: Socket, session: Session) -> None:
        for old in [s for s in self.sessions.values() if (s.shard, s.shards) == (session.shard, session.shards)]:
            # A shard that is started anew ends the session it had.
            if old.socket is None:
                del self.sessions[old.id]
        session.socket, socket.session = socket, session
        self.sessions[session.id] = session
        world = self.world
        mine = [guild for guild in world.guilds.values() if guild.installed and session.holds(guild.id)]
        ready: Json = {
            "v": 10, "user": {**user_json(world.bot), "verified": True, "mfa_enabled": True, "email": None, "flags": 0},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in mine], "session_id": session.id,
            "resume_gateway_url": f"{world.origin.replace('http', 'ws', 1)}/gateway", "private_channels": [],
            "shard": [session.shard, session.shards], "application": {"id": world.app.id, "flags": world.app.flags},
        }  # fmt: skip
        self._push(session, "READY", json.dumps(ready))
        if session.intents & GUILDS:
            for guild in mine:
                self._push(session, "GUILD_CREATE", json.dumps(self.guild(guild, session)))

    def guild(self, guild: GuildState, session: Session) -> Json:
        if not guild.available:
            return {"id": guild.id, "unavailable": True}
        return {**guild_json(self.world, guild, members=bool(session.intents & MEMBERS)), "unavailable": False}

    def guild_arrives(self, guild: GuildState, *, joined: bool) -> None:
        """The bot was let in, or an outage is over: only then Discord says that it is not unavailable."""
        for session in list(self.sessions.values()):
            if session.holds(guild.id) and session.intents & GUILDS:
                told = self.guild(guild, session)
                if joined and guild.available:
                    del told["unavailable"]
                self._push(session, "GUILD_CREATE", json.dumps(told))

    def _resume(self, socket: Socket, data: Json) -> None:
        if data.get("token") != self.world.app.token:
            return self._refuse(socket, 4004)
        session = self.sessions.get(str(data.get("session_id")))
        if session is None or not session.valid:
            socket.send(9, data=False)
            return None
        number = data.get("seq")
        if not isinstance(number, int) or number > session.number:
            return self._refuse(socket, 4007)
        if session.log and number < session.log[0][0] - 1:
            # Too long ago: what was missed is not kept.
            socket.send(9, data=False)
            return None
        session.socket, socket.session = socket, session
        self.resumed += 1
        for seq, text in session.log:
            if seq > number:
                socket.queue.put_nowait(text)
        self._push(session, "RESUMED", json.dumps({"_trace": []}))
        return None

    def _members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds.get(str(data.get("guild_id")))
        if guild is None or not guild.installed:
            return
        wanted = data.get("user_ids")
        names = [str(one) for one in ([wanted] if isinstance(wanted, str | int) else wanted or ())]
        if not names and not data.get("query") and not session.intents & MEMBERS:
            self.world.problems.append("gateway: all members were asked for without the intent")
            return
        start = str(data.get("query") or "").lower()
        found = [guild.members[name] for name in names if name in guild.members]
        if not names:
            limit = int(data.get("limit") or 0) or len(guild.members)
            shown = (m for m in guild.members.values() if (m.nick or m.user.name).lower().startswith(start))
            found = list(shown)[:limit]
        pages = [found[at : at + 1000] for at in range(0, len(found), 1000)] or [[]]
        for index, page in enumerate(pages):
            chunk: Json = {
                "guild_id": guild.id, "members": [member_json(member) for member in page], "chunk_index": index,
                "chunk_count": len(pages), "not_found": [name for name in names if name not in guild.members],
            }  # fmt: skip
            if data.get("nonce"):
                chunk["nonce"] = data["nonce"]
            self._push(session, "GUILD_MEMBERS_CHUNK", json.dumps(chunk))
