"""Answers that Slack never promised: gateways' pages, cut bodies, strange headers. Each is one of our errors all the same."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web

from adapters.slack.api import SlackApi
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater
from bot.identity import WorkspaceId, new_id
from bot.recent import Recent
from tests.adapters.slack_sending import Moving
from tests.fakes import StoppedClock

HERE = WorkspaceId(new_id())


@dataclass(slots=True)
class AnyToken:
    async def token(self, workspace: WorkspaceId) -> str:
        assert workspace == HERE
        return "xoxb-1"

    async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
        raise AssertionError((workspace, token, error))


@dataclass(slots=True)
class Odd:
    """A server that gives the same answer to everything."""

    status: int = 200
    body: bytes = b"ok"
    kind: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict[str, str])
    url: str = ""
    heard: list[str] = field(default_factory=list[str])

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append(request.headers.get("Authorization", ""))
        return web.Response(status=self.status, body=self.body, content_type=self.kind, headers=self.headers)


@asynccontextmanager
async def before(odd: Odd) -> AsyncGenerator[SlackApi, None]:
    app = web.Application()
    app.add_routes([web.route("*", "/{path:.*}", odd.answer)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    odd.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    clock = StoppedClock()
    api = SlackApi(f"{odd.url}api/", AnyToken(), clock, rest=Moving(clock).rest)
    try:
        yield api
    finally:
        await api.close()
        await runner.cleanup()


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (Odd(200, b"all is well"), Doubtful),
        (Odd(200, b""), Doubtful),
        (Odd(200, b"{", "application/json"), Doubtful),
        (Odd(200, b"\xff\xfe", "application/json"), Doubtful),
        (Odd(200, b"[1]", "application/json"), Doubtful),
        (Odd(200, b"null", "application/json"), Doubtful),
        (Odd(200, b'{"ok": false}', "application/json"), Doubtful),
        (Odd(200, b'{"ok": false, "error": 7}', "application/json"), Doubtful),
        (Odd(200, b"<html>", "text/html"), Doubtful),
        (Odd(500, b'{"ok": false, "error": "internal_error"}', "application/json"), Doubtful),
        (Odd(502, b"<html>", "text/html"), Doubtful),
        (Odd(503, b"Service Unavailable"), Doubtful),
        (Odd(504, b"", "text/html"), Doubtful),
        (Odd(400, b"bad", "text/html"), Refused),
        (Odd(413, b"too much", "text/plain"), Refused),
        (Odd(429, b"", "text/plain"), TryLater),
        (Odd(429, b"<html>", "text/html", {"Retry-After": "7"}), TryLater),
        (Odd(200, b'{"ok": false, "error": "ratelimited"}', "application/json", {"retry-after": "7"}), TryLater),
    ],
)
async def test_an_odd_answer_to_a_post(odd: Odd, kind: type[ChatError]) -> None:
    async with before(odd) as api:
        with pytest.raises(kind) as raised:
            await api.call(HERE, "chat.postMessage", channel="C1", text="x")
        assert type(raised.value) is kind
        assert odd.heard == ["Bearer xoxb-1"]
        assert "xoxb" not in str(raised.value)


@pytest.mark.parametrize(
    ("said", "rest"), [("7", 7.0), ("0", 0.0), ("", 30.0), ("soon", 30.0), ("-1", 30.0), ("nan", 30.0), ("1e9", 30.0)]
)
async def test_the_rest_that_is_asked_for_is_read_with_care(said: str, rest: float) -> None:
    async with before(Odd(429, b"", headers={"Retry-After": said})) as api:
        with pytest.raises(TryLater) as raised:
            await api.call(HERE, "views.open", trigger_id="1", view={})
        assert raised.value.after == rest


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (Odd(200, b"ok"), None),
        (Odd(200, b""), None),
        (Odd(200, b'{"ok": true}', "application/json"), None),
        (Odd(200, b'{"ok":false,"error":"expired_url"}', "application/json"), Gone),
        (Odd(200, b"used_url"), Gone),
        (Odd(404, b"used_url"), Gone),
        (Odd(410, b"expired"), Gone),
        (Odd(400, b"invalid_payload"), Refused),
        (Odd(403, b"action_prohibited"), Refused),
        (Odd(400, b"What is this?"), Refused),
        (Odd(429, b"", headers={"Retry-After": "3"}), TryLater),
        (Odd(500, b"rollup_error"), Refused),
        (Odd(500, b"Oh no"), Doubtful),
    ],
)
async def test_an_odd_answer_to_an_answer(odd: Odd, kind: type[ChatError] | None) -> None:
    async with before(odd) as api:
        if kind is None:
            await api.respond(f"{odd.url}actions/1", {"text": "x"})
            return
        with pytest.raises(kind):
            await api.respond(f"{odd.url}actions/1", {"text": "x"})


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (Odd(200), None),
        (Odd(404), Refused),
        (Odd(302, headers={"Location": "https://example.org"}), Refused),
        (Odd(500), TryLater),
        (Odd(429, headers={"Retry-After": "3"}), TryLater),
    ],
)
async def test_an_odd_answer_to_a_files_bytes(odd: Odd, kind: type[ChatError] | None) -> None:
    async with before(odd) as api:
        if kind is None:
            await api.upload(f"{odd.url}upload/1", b"x")
        else:
            with pytest.raises(kind):
                await api.upload(f"{odd.url}upload/1", b"x")
        assert odd.heard == [""]


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (Odd(302, headers={"Location": "https://example.org"}), Refused),
        (Odd(403), Refused),
        (Odd(410), Gone),
        (Odd(500), TryLater),
        (Odd(429, headers={"Retry-After": "3"}), TryLater),
    ],
)
async def test_an_odd_answer_instead_of_a_file(odd: Odd, kind: type[ChatError]) -> None:
    async with before(odd) as api:
        with pytest.raises(kind):
            await api.fetch(HERE, f"{odd.url}files/1", 100)


async def test_where_nobody_listens_any_more(clock: StoppedClock) -> None:
    odd = Odd()
    async with before(odd):
        pass
    api = SlackApi(f"{odd.url}api/", AnyToken(), clock, rest=Moving(clock).rest)
    try:
        for attempt in (
            api.respond(f"{odd.url}actions/1", {"text": "x"}),
            api.fetch(HERE, f"{odd.url}files/1", 9),
            api.upload(f"{odd.url}upload/1", b"x"),
            api.call(HERE, "chat.postMessage", channel="C1", text="x"),
            api.call(HERE, "chat.postMessage", channel="C1", text="x"),
            api.call(HERE, "chat.postMessage", channel="C1", text="x"),
        ):
            with pytest.raises(TryLater):
                await attempt
        clock.advance(minutes=10)
        with pytest.raises(TryLater, match="slack_away") as knocked:  # in vain
            await api.call(HERE, "chat.postMessage", channel="C1", text="x")
        with pytest.raises(TryLater, match="slack_away") as waited:
            await api.call(HERE, "chat.postMessage", channel="C1", text="x")
        assert knocked.value.after is not None
        assert waited.value.after is not None
        assert 0 < knocked.value.after < waited.value.after < 32  # the others come when it is known how the knock went
    finally:
        await api.close()


def test_a_memory_is_small_and_short(clock: StoppedClock) -> None:
    memory: Recent[str, int] = Recent(clock, 2, timedelta(minutes=1))
    for number, name in enumerate("abc"):
        memory.put(name, number)
    assert (memory.get("a"), memory.get("b"), memory.get("c")) == (None, 1, 2)
    clock.advance(seconds=59)
    assert memory.get("b") == 1
    memory.put("d", 3)
    assert memory.get("c") is None
    clock.advance(seconds=1)
    assert memory.get("b") is None
    memory.forget("d")
    assert len(memory) == 0
