"""Signed HTTP: Slack posts to the bot's own address."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from tests.emulators.slack_faults import Ack
from tests.emulators.slack_socket import Unreachable
from tests.emulators.slack_state import Json
from tests.emulators.slack_world import World

_OLD = 6 * 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Json | None
    headers: Mapping[str, str]


@dataclass(slots=True)
class SignedHttp:
    world: World
    session: aiohttp.ClientSession | None = None
    # What the bot said to requests that were not right: (fault, status).
    refused: list[tuple[str, int]] = field(default_factory=list)

    async def send(self, kind: str, payload: Json, attempt: int, reason: str, fault: str = "") -> Answer:
        """One request. The fault decides what is wrong with it."""
        body, content_type = _body(kind, payload)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        if attempt and kind == "events_api":
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        headers |= self.signature(body, age=_OLD if fault == Ack.OLD_TIMESTAMP else 0)
        if fault == Ack.BAD_SIGNATURE:
            headers["X-Slack-Signature"] = "v0=" + "0" * 64
        if fault == Ack.TAMPERED:
            body = body.replace(b"T", b"t", 1)
        answer = await self.post(body, headers)
        if fault in (Ack.BAD_SIGNATURE, Ack.OLD_TIMESTAMP, Ack.TAMPERED):
            self.refused.append((fault, answer.status))
        if fault == Ack.REPLAY:
            again = await self.post(body, headers)
            self.refused.append((fault, again.status))
        return answer

    def signature(self, body: bytes, *, age: int = 0) -> dict[str, str]:
        """Signed with the real time: the genuine library looks at the machine's own clock."""
        stamp = str(int(time.time()) - age)
        key = self.world.app.signing_secret.encode()
        digest = hmac.new(key, f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}

    async def post(self, body: bytes, headers: Mapping[str, str], url: str = "") -> Answer:
        if self.session is None:
            self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        try:
            async with self.session.post(
                url or self.world.app.request_url, data=body, headers=headers, allow_redirects=False
            ) as response:
                return Answer(
                    response.status, _read(await response.text(), response.content_type), dict(response.headers)
                )
        except aiohttp.ClientError:
            raise Unreachable("connection_failed") from None

    async def verify(self) -> bool:
        """The handshake when the address is entered: does the bot return the challenge?"""
        body = json.dumps({"token": "t", "challenge": "a-challenge", "type": "url_verification"}).encode()
        headers = {"Content-Type": "application/json", **self.signature(body)}
        answer = await self.post(body, headers)
        return answer.status == 200 and "a-challenge" in json.dumps(answer.body)

    async def close(self) -> None:
        if self.session is not None:
            await self.session.close()


def _body(kind: str, payload: Json) -> tuple[bytes, str]:
    form = "application/x-www-form-urlencoded"
    match kind:
        case "slash_commands":
            return urlencode(payload).encode(), form
        case "interactive":
            return urlencode({"payload": json.dumps(payload)}).encode(), form
        case _:
            return json.dumps(payload).encode(), "application/json"


def _read(text: str, content_type: str) -> Json | None:
    if not text.strip():
        return None
    if content_type == "application/json" or text.startswith("{"):
        try:
            value = json.loads(text)
        except ValueError:
            return {"text": text}
        return value if isinstance(value, dict) else {"text": text}
    return {"text": text}
