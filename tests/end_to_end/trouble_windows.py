"""A member's window without a browser: the same requests, so that a test may send what no page of ours would."""

import asyncio
import html
import json
import re
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import httpx

from tests.databases import rows_of
from tests.end_to_end.houses import House, database

_MESSAGE = re.compile(r'<li class="message.*?data-id="([^"]+)".*?(?=<li class="message|</ol>|\Z)', re.DOTALL)
_WIRE = re.compile(r'data-wire="([^"]+)"')
_PATIENCE = 1500  # looks, a fiftieth of a second apart; a busy machine is slow


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the page has it."""

    id: str
    html: str

    @property
    def text(self) -> str:
        """What can be read of it."""
        return html.unescape(re.sub(r"<[^>]+>", " ", self.html))

    def wire(self, code: str) -> str:
        """The button or select with this intent; empty if there is none."""
        return next((wire for wire in _WIRE.findall(self.html) if wire.startswith(f"{code}.")), "")


@dataclass(frozen=True, slots=True)
class Window:
    """One member at the workspace's door."""

    client: httpx.AsyncClient
    member: UUID
    place: str

    async def page(self) -> str:
        """The conversation with the bot, as the server writes it."""
        return (await self.client.get(self.place)).text

    async def messages(self) -> Sequence[Shown]:
        """What stands there, oldest first."""
        return [Shown(found.group(1), found.group(0)) for found in _MESSAGE.finditer(await self.page())]

    async def with_button(self, code: str) -> Shown:
        """The newest message with a button of this intent, once it has come."""
        found: list[Shown] = []

        async def there() -> bool:
            found[:] = [message for message in await self.messages() if message.wire(code)]
            return bool(found)

        await until(there)
        return found[-1]

    async def says(self, text: str, *, again: str = "", place: str = "") -> httpx.Response:
        """A message or a slash command; ``again`` is the id of a request that is repeated."""
        sent = {"id": again or str(uuid4()), "text": text, "thread": ""}
        return await self._posts(f"{place or self.place}/say", sent)

    async def presses(
        self, message: Shown | str, wire: str, chosen: Sequence[str] = (), *, again: str = ""
    ) -> httpx.Response:
        """A button, whether or not the message has one like it."""
        which = message if isinstance(message, str) else message.id
        sent = {"id": again or str(uuid4()), "wire": wire, "chosen": list(chosen)}
        return await self._posts(f"/as/{self.member}/messages/{which}/press", sent)

    async def submits(self, wire: str, values: Mapping[str, object], *, again: str = "") -> httpx.Response:
        """A form."""
        sent = {"id": again or str(uuid4()), "wire": wire, "values": values, "thread": "", "origin": ""}
        return await self._posts(f"{self.place}/submit", sent)

    async def _posts(self, address: str, sent: Mapping[str, object]) -> httpx.Response:
        # Escaped, so that half a letter (a lone surrogate) can be sent too.
        return await self.client.post(
            address, content=json.dumps(sent), headers={"Content-Type": "application/json", "Accept": "*/*"}
        )


@dataclass(frozen=True, slots=True)
class Door:
    """All the windows of one running house."""

    client: httpx.AsyncClient

    async def window(self, member: UUID | None = None) -> Window:
        """This member's window; without one, the first organiser's."""
        answer = await self.client.get(f"/as/{member}" if member else "/")
        assert answer.status_code == 200, answer.text
        place = answer.url.path
        return Window(self.client, UUID(place.split("/")[2]), place)


@asynccontextmanager
async def door(house: House) -> AsyncGenerator[Door, None]:
    async with httpx.AsyncClient(
        base_url=house.address, follow_redirects=True, timeout=60, trust_env=False, headers={"Accept": "text/html"}
    ) as client:
        yield Door(client)


async def until(so: Callable[[], object]) -> None:
    """Waits until what is asked is so; it may be a coroutine function."""
    for _ in range(_PATIENCE):
        answer = so()
        if await answer if asyncio.iscoroutine(answer) else answer:
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"never came: {so}")


def rows(folder: Path, statement: str) -> Sequence[tuple[object, ...]]:
    """What the demo's database in this folder holds."""
    return rows_of(database(folder), statement)


def number(folder: Path, statement: str) -> int:
    """The one figure that a query gives."""
    return int(str(rows(folder, statement)[0][0]))
