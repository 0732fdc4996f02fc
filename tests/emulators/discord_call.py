"""A request to the REST API: its parts, and how its body is read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

from tests.emulators.discord_state import Attachment, Json
from tests.emulators.discord_world import Problem, World

_LARGEST = 25 * 1024 * 1024
# In a server without boosts.
_LARGEST_FILE = 10 * 1024 * 1024
# What a test arms by Discord's own number.
CODES: Mapping[int, tuple[int, str]] = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10070: (404, "Unknown Guild Scheduled Event"),
    20028: (429, "The write action you are performing has hit the limit"),
    30033: (400, "Maximum number of thread participants has been reached"),
    30038: (400, "Maximum number of guild scheduled events reached"),
    40001: (401, "Unauthorized"),
    40003: (429, "You are opening direct messages too fast"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    130000: (503, "API resource is currently overloaded. Try again a little later"),
    160006: (400, "Maximum number of active threads reached"),
}


@dataclass(slots=True)
class Call:
    """One request to a route."""

    world: World
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Json
    files: dict[str, Attachment] = field(default_factory=dict[str, Attachment])
    rows: list[Json] = field(default_factory=list[Json])

    def __getitem__(self, name: str) -> str:
        return self.params[name]

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A number of the query."""
        text = self.query.get(name)
        if text is None:
            return default
        if not text.isdecimal() or not least <= int(text) <= most:
            wrong = {
                name: {"_errors": [{"code": "NUMBER_TYPE_MAX", "message": f"int value should be {least} to {most}."}]}
            }
            raise Problem(400, 50035, "Invalid Form Body", wrong)
        return int(text)


async def read(request: web.Request, call: Call) -> list[tuple[str, str, bytes]]:
    """The body into the call; gives the files."""
    if (request.content_length or 0) > _LARGEST:
        raise Problem(413, 40005, "Request entity too large")
    files: list[tuple[str, str, bytes]] = []
    if request.content_type.startswith("multipart/"):
        body: object = {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            data = bytes(await part.read(decode=True))
            if part.name == "payload_json":
                body = _parsed(data)
            else:
                if len(data) > _LARGEST_FILE:
                    raise Problem(413, 40005, "Request entity too large")
                files.append((part.name or "", part.filename or "file", data))
        _keep(call, body)
    elif request.can_read_body:
        data = await request.read()
        if data:
            if request.content_type != "application/json":
                raise Problem(400, 50109, "The request body contains invalid JSON.")
            _keep(call, _parsed(data))
    return files


def _keep(call: Call, body: object) -> None:
    if isinstance(body, list):
        call.rows = body
    elif isinstance(body, dict):
        call.body = body
    else:
        raise Problem(400, 50035, "Invalid Form Body")


def _parsed(data: bytes) -> object:
    try:
        return json.loads(data)
    except ValueError:
        raise Problem(400, 50109, "The request body contains invalid JSON.") from None
