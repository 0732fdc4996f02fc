"""The REST API's door: routes, tokens, bodies, rates and faults come before the route's own work."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

from aiohttp import web

from tests.emulators.discord_call import CODES, Call, read
from tests.emulators.discord_check import check, flat, tree
from tests.emulators.discord_faults import AFTER, Armed, Fault
from tests.emulators.discord_rates import Limiter, Refused, refusal_headers
from tests.emulators.discord_state import Json
from tests.emulators.discord_world import Called, Problem, World

_MISTAKES = frozenset({50035, 50006, 50024, 50109, 40060})
# What is answered to may have been removed meanwhile.
_GONE = "REPLIES_UNKNOWN_MESSAGE"


@dataclass(frozen=True, slots=True)
class Route:
    """``POST /channels/{channel}/messages``; ``shape``: the body's table; ``bot``: needs the bot's token."""

    name: str
    run: Callable[[Call], object]
    shape: str = ""
    bot: bool = True
    files: bool = False
    rows: bool = False

    @property
    def steps(self) -> Sequence[str]:
        return self.name.partition(" ")[2].strip("/").split("/")


@dataclass(slots=True)
class Rest:
    world: World
    limiter: Limiter
    routes: Sequence[Route]
    in_flight: int = 0
    answered: int = 0
    known: dict[tuple[str, int], list[tuple[Sequence[str], Route]]] = field(init=False)

    def __post_init__(self) -> None:
        self.known = {}
        for route in self.routes:
            method = route.name.partition(" ")[0]
            self.known.setdefault((method, len(route.steps)), []).append((route.steps, route))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        steps = [unquote(step) for step in path.strip("/").split("/")]
        for pattern, route in self.known.get((method, len(steps)), ()):
            params: dict[str, str] = {}
            for wanted, step in zip(pattern, steps, strict=True):
                if wanted[0] == "{":
                    params[wanted[1:-1]] = step
                elif wanted != step:
                    break
            else:
                return route, params
        return None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.in_flight += 1
        try:
            return await self._handle(request, "/" + request.match_info["path"])
        finally:
            self.in_flight -= 1
            self.answered += 1

    async def _handle(self, request: web.Request, path: str) -> web.StreamResponse:
        world = self.world
        found = self.find(request.method, path)
        if found is None:
            world.problems.append(f"{request.method} {path.split('/')[1]}: a route that is not known here")
            return _json({"message": "404: Not Found", "code": 0}, 404)
        route, params = found
        call = Call(world, params, request.query, {})
        armed = world.faults.next(route.name, path)
        headers: dict[str, str] = {}
        try:
            files = await read(request, call)
            self._authorise(request, route)
            headers, refused = self.limiter.take(route.name, _major(params), exempt="token" in params)
            if refused is not None:
                return self._too_early(call, route, path, refused, headers)
            if armed is not None and (armed.fault not in AFTER):
                return await self._fail_before(request, call, route, path, armed, headers, files)
            status, answer = self._run(route, call, files)
        except Problem as problem:
            status, answer = problem.status, problem.body
            self._note(route, problem)
        self._record(call, route, path, status, answer, str(armed.fault) if armed else "")
        if armed is not None:
            return await self._fail_after(request, armed)
        return _json(answer, status, headers)

    def _run(self, route: Route, call: Call, files: list[tuple[str, str, bytes]]) -> tuple[int, object]:
        if (call.body if route.rows else call.rows) and route.shape:
            raise Problem(
                400, 50035, "Invalid Form Body", tree([((), "LIST_TYPE_CONVERT", "A list where none may be, or none")])
            )
        if route.shape and not (route.shape == "Nothing" and not call.body):
            wrong = (
                [w for row in call.rows for w in check(route.shape, row)]
                if route.rows
                else check(route.shape, call.body)
            )
            if wrong:
                raise Problem(400, 50035, "Invalid Form Body", tree(wrong))
        if files and not route.files:
            raise Problem(400, 50035, "Invalid Form Body")
        for name, filename, data in files:
            call.files[name] = self.world.file(filename, data)
        answer = route.run(call)
        self.world.changed()
        return (204, None) if answer is None else (200, answer)

    def _authorise(self, request: web.Request, route: Route) -> None:
        given = request.headers.get("Authorization", "")
        if given != f"Bot {self.world.app.token}" and (route.bot or given):
            raise Problem(401, 0, "401: Unauthorized")

    def _note(self, route: Route, problem: Problem) -> None:
        """A body that Discord refuses is the bot's mistake; a place where it may not write is life."""
        if problem.errors is not None:
            self.world.problems += [f"{route.name}: {line}" for line in flat(problem.errors) if _GONE not in line]
        elif problem.code in _MISTAKES:
            self.world.problems.append(f"{route.name}: {problem.code} {problem.message}")

    def _too_early(
        self, call: Call, route: Route, path: str, refused: Refused, headers: dict[str, str]
    ) -> web.StreamResponse:
        everywhere = refused.scope == "global"
        words = "The resource is being rate limited." if refused.scope == "shared" else "You are being rate limited."
        told: Json = {"message": words, "retry_after": refused.retry_after, "global": everywhere}
        self._record(call, route, path, 429, told, "")
        return _json(told, 429, headers)

    async def _fail_before(
        self,
        request: web.Request,
        call: Call,
        route: Route,
        path: str,
        armed: Armed,
        headers: dict[str, str],
        files: list[tuple[str, str, bytes]],
    ) -> web.StreamResponse:
        fault = armed.fault
        if fault == Fault.SLOW:
            await self.world.timers.sleep(armed.seconds)
            try:
                status, answer = self._run(route, call, files)
            except Problem as problem:
                status, answer = problem.status, problem.body
            self._record(call, route, path, status, answer, str(fault))
            return _json(answer, status, headers)
        status, code = 0, 0
        if isinstance(fault, int) or fault.isdecimal():
            status = int(fault)
        told: object = {"message": "Internal Server Error", "code": 0}
        if status in CODES:
            code = status
            status, words = CODES[code]
            told = {"message": words, "code": code}
        self._record(call, route, path, status, told, str(fault))
        match fault:
            case Fault.DROPPED:
                return drop(request)
            case Fault.HANGS:
                return await _hang(request)
            case Fault.BANNED:
                return web.Response(status=429, text="error code: 1015", content_type="text/plain")
            case Fault.LIMITED | Fault.LIMITED_GLOBAL | Fault.LIMITED_SHARED:
                return self._limited(armed, route, call)
            case Fault.BAD_GATEWAY | Fault.UNAVAILABLE:
                return web.Response(status=status, text="<html>upstream</html>", content_type="text/html")
            case _:
                return _json(told, status, headers)

    def _limited(self, armed: Armed, route: Route, call: Call) -> web.StreamResponse:
        scope = {Fault.LIMITED_GLOBAL: "global", Fault.LIMITED_SHARED: "shared"}.get(Fault(str(armed.fault)), "user")
        refused = Refused(f"{route.name}:{_major(call.params)}", self.world.clock.now(), armed.seconds, scope)
        self.limiter.refused.append(refused)
        self.limiter.shut("" if scope == "global" else refused.bucket, armed.seconds, scope)
        told: Json = {
            "message": "You are being rate limited.",
            "retry_after": armed.seconds,
            "global": scope == "global",
        }
        limits = {
            "X-RateLimit-Limit": "5",
            "X-RateLimit-Remaining": "0",
            "X-RateLimit-Reset-After": f"{armed.seconds:.3f}",
        }
        return _json(told, 429, refusal_headers(refused, limits))

    async def _fail_after(self, request: web.Request, armed: Armed) -> web.StreamResponse:
        match armed.fault:
            case Fault.SERVER_ERROR_AFTER:
                return _json({"message": "Internal Server Error", "code": 0}, 500)
            case Fault.NONSENSE:
                return web.Response(text="<html>Something went wrong</html>", content_type="text/html")
            case Fault.HANGS_AFTER:
                return await _hang(request)
            case _:
                return drop(request)

    def _record(self, call: Call, route: Route, path: str, status: int, answer: object, fault: str) -> None:
        if self.world.remembers:
            files = tuple((file.name, file.data) for file in call.files.values())
            body = call.body or ({"rows": call.rows} if call.rows else {})
            now = self.world.clock.now()
            self.world.calls.append(Called(route.name, path, body, status, answer, now, fault, files))


def _major(params: Mapping[str, str]) -> str:
    return params.get("channel") or params.get("guild") or params.get("token") or ""


def _json(answer: object, status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    told = dict(headers or {})
    if answer is None:
        return web.Response(status=204, headers=told)
    # Exactly this, without a charset: the client library compares for equality.
    told["Content-Type"] = "application/json"
    return web.Response(status=status, body=json.dumps(answer).encode(), headers=told)


def drop(request: web.Request) -> web.StreamResponse:
    """Ends the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _hang(request: web.Request) -> web.StreamResponse:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(60):
            while request.transport is not None and not request.transport.is_closing():  # noqa: ASYNC110 (the server tells nobody)
                await asyncio.sleep(0.05)
    return drop(request)
