"""The Web API's door: tokens, scopes, rates and faults come before the method itself."""

import asyncio
import contextlib
from dataclasses import dataclass

from aiohttp import web

from tests.emulators.slack_arguments import unknown_arguments
from tests.emulators.slack_call import Call, Method, Methods, read_call
from tests.emulators.slack_faults import AFTER, Armed, Fault
from tests.emulators.slack_state import IM, Json, State, Token
from tests.emulators.slack_world import Called, Refusal, World

_SECRET = frozenset({"client_secret", "refresh_token", "code"})


@dataclass(slots=True)
class WebApi:
    world: World
    methods: Methods
    in_flight: int = 0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.in_flight += 1
        try:
            return await self._handle(request, request.match_info["method"])
        finally:
            self.in_flight -= 1

    async def _handle(self, request: web.Request, name: str) -> web.StreamResponse:
        call = Call(self.world, name, {})
        method = self.methods.get(name)
        fault: Armed | None = None
        headers: dict[str, str] = {}
        try:
            sent = await read_call(request)
            call.arguments, call.basic = sent.arguments, sent.basic
            if method is None:
                raise Refusal("unknown_method", req_method=name)
            if strange := unknown_arguments(name, call.arguments):
                self.world.problems.append(f"{name} has no argument {', '.join(strange)}")
            self._authorise(call, method, sent.token)
            if call.token is not None:
                headers["X-OAuth-Scopes"] = ",".join(call.token.scopes)
                headers["X-Accepted-OAuth-Scopes"] = ",".join(method.scopes)
            fault = self._fault(call)
            if fault is not None and fault.fault not in AFTER:
                return await self._fail(request, call, fault, {})
            if refused := self._too_early(call, method):
                return refused
            self._check_scopes(call, method)
            answer = {"ok": True, **await method.run(call)}
        except Refusal as refusal:
            answer = _told(refusal)
        self._record(call, answer, fault)
        self.world.changed()
        if fault is not None:
            return await self._fail(request, call, fault, answer)
        return web.json_response(answer, headers=headers)

    def _authorise(self, call: Call, method: Method, value: str) -> None:
        if method.token == "none":
            return
        token = check_token(self.world, value, "app" if method.token == "app" else "bot")
        call.token = token
        if token.kind == "bot":
            call.workspace = workspace_of(self.world, token, call.arguments)

    def _check_scopes(self, call: Call, method: Method) -> None:
        for scope in method.scopes:
            call.need(scope)

    def _fault(self, call: Call) -> Armed | None:
        team = call.workspace.id if call.workspace else ""
        return self.world.faults.next(call.method, team, str(call.arguments.get("channel", "")))

    def _too_early(self, call: Call, method: Method) -> web.Response | None:
        if call.token is None:
            return None
        team = call.workspace.id if call.workspace else call.token.kind
        wait = self.world.limiter.take(call.method, team, method.tier, _bucket_channel(call))
        if not wait:
            return None
        answer: Json = {"ok": False, "error": "ratelimited"}
        self._record(call, answer, None)
        return web.json_response(answer, status=429, headers={"Retry-After": str(wait)})

    async def _fail(self, request: web.Request, call: Call, fault: Armed, answer: Json) -> web.StreamResponse:
        if not answer:
            self._record(call, {"ok": False, "error": fault.fault}, fault)
        match fault.fault:
            case Fault.LOST | Fault.DROPPED:
                return drop(request)
            case Fault.SERVER_ERROR | Fault.SERVER_ERROR_AFTER:
                return web.Response(status=500, text="")
            case Fault.UNAVAILABLE:
                return web.Response(status=503, text="upstream connect error", content_type="text/html")
            case Fault.HANGS | Fault.HANGS_AFTER:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(60):
                        await _until_closed(request)
                return drop(request)
            case Fault.INTERNAL_AFTER:
                return web.json_response({"ok": False, "error": "internal_error"})
            case Fault.SLOW:
                await self.world.timers.sleep(fault.seconds)
                return web.json_response(answer)
            case Fault.NONSENSE:
                return web.Response(text="<html>Something went wrong</html>", content_type="text/html")
            case _:
                if fault.fault == Fault.REVOKED and call.token is not None:
                    call.token.revoked = True
                return web.json_response({"ok": False, "error": fault.fault})

    def _record(self, call: Call, answer: Json, fault: Armed | None) -> None:
        arguments = {name: value for name, value in call.arguments.items() if name not in _SECRET}
        team = call.workspace.id if call.workspace else ""
        if self.world.remembers:
            self.world.calls.append(
                Called(call.method, team, arguments, answer, self.world.clock.now(), fault.fault if fault else "")
            )


def check_token(world: World, value: str, kind: str) -> Token:
    """A token that is good now."""
    if not value:
        raise Refusal("not_authed")
    if value == world.app.app_token:
        if kind != "app":
            raise Refusal("not_allowed_token_type")
        return Token(value, "app", ("connections:write",))
    token = world.tokens.get(value)
    if token is None:
        raise Refusal("invalid_auth")
    if kind == "app":
        raise Refusal("not_allowed_token_type")
    if token.revoked:
        raise Refusal("token_revoked")
    if token.expires is not None and token.expires <= world.clock.now():
        raise Refusal("token_expired")
    if not world.reach(token):
        raise Refusal("account_inactive")
    return token


def workspace_of(world: World, token: Token, arguments: Json) -> State:
    """The one workspace of a token; an organisation's token says which by what it asks for."""
    teams = world.reach(token)
    if not token.enterprise:
        return teams[0]
    if wanted := arguments.get("team_id"):
        found = next((team for team in teams if team.id == wanted), None)
        if found is None:
            raise Refusal("team_access_not_granted")
        return found
    trigger = world.triggers.get(str(arguments.get("trigger_id", "")))
    names = [str(arguments.get(name, "")) for name in ("channel", "user", "user_id", "view_id", "file", "channel_id")]
    names += str(arguments.get("users", "")).split(",")
    for team in teams:
        if trigger is not None and trigger.team == team.id:
            return team
        if any(
            name in known for name in names if name for known in (team.channels, team.users, team.views, team.files)
        ):
            return team
    return teams[0]


def _bucket_channel(call: Call) -> str:
    """A direct conversation is one, whether it is called by its id or its person's."""
    name = str(call.arguments.get("channel", ""))
    if call.workspace is None or name not in call.workspace.channels:
        return name
    channel = call.workspace.channels[name]
    if channel.kind == IM:
        return next((member for member in channel.members if member != call.bot.id), name)
    return name


def _told(refusal: Refusal) -> Json:
    answer: Json = {"ok": False, "error": refusal.error, **refusal.more}
    if refusal.messages:
        answer["errors"] = [message.removeprefix("[ERROR] ") for message in refusal.messages]
        answer["response_metadata"] = {"messages": list(refusal.messages)}
    return answer


def drop(request: web.Request) -> web.StreamResponse:
    """Ends the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _until_closed(request: web.Request) -> None:
    """The client gave up; looked at now and then, for the server tells nobody."""
    gone = asyncio.Event()
    while not gone.is_set():
        await asyncio.sleep(0.05)
        if request.transport is None or request.transport.is_closing():
            gone.set()
