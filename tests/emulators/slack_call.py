"""A call of the Web API: its arguments, however they were sent, its token and its workspace."""

import base64
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.emulators.slack_state import IM, MPIM, PRIVATE, PUBLIC, Channel, Json, State, Token, User
from tests.emulators.slack_world import Refusal, World

_PREFIX = {PUBLIC: "channels", PRIVATE: "groups", IM: "im", MPIM: "mpim"}


@dataclass(slots=True)
class Call:
    world: World
    method: str
    arguments: Json
    token: Token | None = None
    workspace: State | None = None
    basic: tuple[str, str] | None = None
    needed: str = ""

    @property
    def team(self) -> State:
        assert self.workspace is not None
        return self.workspace

    @property
    def caller(self) -> Token:
        assert self.token is not None
        return self.token

    @property
    def bot(self) -> User:
        return self.world.bot_of(self.team)

    def text(self, name: str, default: str = "") -> str:
        value = self.arguments.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise Refusal("invalid_arguments", messages=[f"[ERROR] must be a string [json-pointer:/{name}]"])
        return str(value)

    def required(self, name: str, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise Refusal(error, messages=[f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.arguments.get(name)
        if value is None:
            return default
        return str(value).lower() in ("1", "true", "t")

    def number(self, name: str, default: int, *, most: int) -> int:
        value = self.text(name)
        if not value:
            return default
        if not value.isdigit() or int(value) < 1:
            raise Refusal("invalid_limit" if name == "limit" else "invalid_arguments")
        return min(int(value), most)

    def structure(self, name: str, error: str) -> Any:
        """An argument that is JSON, as itself or as text."""
        value = self.arguments.get(name)
        if isinstance(value, str) and value.strip():
            try:
                return json.loads(value)
            except ValueError:
                raise Refusal(error) from None
        return None if value == "" else value

    def has_scope(self, scope: str) -> bool:
        return scope in self.caller.scopes

    def need(self, *scopes: str) -> None:
        """Any one of them."""
        if not any(self.has_scope(scope) for scope in scopes):
            raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(self.caller.scopes))

    def need_for(self, channel: Channel, what: str) -> None:
        self.need(f"{_PREFIX[channel.kind]}:{what}")

    def member(self, channel: Channel) -> bool:
        return self.bot.id in channel.members

    def visible(self, channel_id: str) -> Channel:
        """A conversation that the bot can know of."""
        channel = self.team.channels.get(channel_id)
        if channel is None or (channel.kind != PUBLIC and not self.member(channel)):
            raise Refusal("channel_not_found")
        return channel

    def channel(self, what: str = "read") -> Channel:
        channel = self.visible(self.required("channel", "channel_not_found"))
        self.need_for(channel, what)
        return channel


@dataclass(frozen=True, slots=True)
class Method:
    run: Callable[[Call], Awaitable[Json]]
    scopes: tuple[str, ...] = ()
    tier: int = 3
    token: str = "bot"  # or "app", "none"


Methods = Mapping[str, Method]


@dataclass(slots=True)
class Sent:
    """What came over the wire."""

    arguments: Json = field(default_factory=dict)
    token: str = ""
    basic: tuple[str, str] | None = None


async def read_call(request: web.Request) -> Sent:
    """Query, form and JSON alike. Refuses what is none of them."""
    sent = Sent(dict(request.query))
    if request.method == "POST":
        sent.arguments.update(await _body(request))
    kind, _space, value = request.headers.get("Authorization", "").partition(" ")
    if kind == "Bearer":
        sent.token = value.strip()
    elif kind == "Basic":
        name, _colon, secret = base64.b64decode(value).decode().partition(":")
        sent.basic = (name, secret)
    token = sent.arguments.pop("token", "")
    sent.token = sent.token or str(token or "")
    # The libraries leave nothing out that is None in JSON: it counts as not given.
    sent.arguments = {name: value for name, value in sent.arguments.items() if value is not None}
    return sent


async def _body(request: web.Request) -> Json:
    raw = await request.read()
    match request.content_type:
        case "application/json":
            try:
                value = json.loads(raw or b"{}")
            except ValueError:
                raise Refusal("invalid_json") from None
            if not isinstance(value, dict):
                raise Refusal("json_not_object")
            return value
        case "application/x-www-form-urlencoded" | "multipart/form-data":
            return {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
        case _ if raw:
            raise Refusal("invalid_post_type")
        case _:
            return {}
