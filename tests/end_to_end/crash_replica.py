"""One process of the service with a courier and nothing else, to be killed: ``python -m tests.end_to_end.crash_replica``.

Arguments: the database's URL, the platform's URL, and a name for this process.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

import httpx

from adapters.clock import SystemClock
from bot.deliveries.courier import Courier
from bot.deliveries.domain import Letter, LetterTable
from bot.deliveries.letters import Reading, written
from bot.deliveries.limits import Limits
from bot.errors import Doubtful, Refused, TryLater
from bot.identity import Account, Address, Channel, WorkspaceId
from bot.messages.elements import Card, File
from bot.ports import Chat
from bot.words import Languages
from tests import databases

LIMITS = Limits(
    lease=timedelta(seconds=4),
    call=timedelta(seconds=1.3),
    polls=timedelta(seconds=0.5),
    settles=timedelta(seconds=1),
    first_pause=timedelta(seconds=0.1),
    lane_rests={"crash": timedelta(0)},
)


@dataclass(frozen=True, slots=True)
class Parcel(Letter):
    """Something to deliver."""

    code: ClassVar[str] = "parcel"


PARCELS = LetterTable.of([Parcel])


class HttpChat:
    """Speaks to the platform of the test."""

    platform = "crash"

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def direct(self, account: Account) -> Address:
        return Address(self.platform, account.user)

    async def open_room(self, accounts: Sequence[Account], title: str, key: str) -> Address:
        raise Refused(f"no rooms here: {len(accounts)} people, {title}, {key}")

    async def rename_room(self, room: Address, title: str) -> None:
        raise Refused(f"no rooms here: {room.platform}, {title}")

    def room_link(self, room: Address) -> str:
        raise Refused(f"no rooms here: {room.platform}")

    async def channel(self, typed: str, asker: Account) -> Channel:
        raise Refused(f"no channels here: {typed} {asker.platform}")

    async def post(self, to: Address, card: Card, key: str) -> Address:
        try:
            answer = await self._http.post("/messages", json={"to": to.value, "key": key, "text": card.notice})
        except httpx.TransportError as error:
            raise Doubtful(type(error).__name__) from error
        if answer.status_code == 429:
            raise TryLater("busy", float(answer.headers["Retry-After"]))
        if answer.status_code >= 500:
            raise Doubtful(str(answer.status_code))
        return Address(self.platform, answer.json()["address"])

    async def edit(self, message: Address, card: Card) -> None:
        raise Refused(f"no edits here: {message.platform}, {card.notice}")

    async def find(self, to: Address, key: str, since: datetime) -> Address | None:
        try:
            params = {"to": to.value, "key": key, "since": since.isoformat()}
            answer = await self._http.get("/messages", params=params)
        except httpx.TransportError as error:
            raise TryLater(type(error).__name__) from error
        found: str | None = answer.json()["address"]
        return None if found is None else Address(self.platform, found)

    async def hand(self, to: Address, card: Card, file: File, key: str) -> Address:
        raise Refused(f"no files here: {to.platform}, {card.notice}, {file.name}, {key}")


class OnePlatform:
    def __init__(self, chat: Chat) -> None:
        self._chats = {chat.platform: chat}

    def on(self, workspace: WorkspaceId, platform: str) -> Chat | None:  # noqa: ARG002 - the port's
        return self._chats.get(platform)


async def _write(reading: Reading, letter: Parcel) -> Card:
    return Card(f"A {letter.code} of {reading.now:%H:%M}", ())


async def serve(database_url: str, platform_url: str, name: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with (
        databases.opened(database_url, PARCELS) as storage,
        httpx.AsyncClient(base_url=platform_url, timeout=30, trust_env=False) as http,
    ):
        courier = Courier(
            storage.outbox,
            storage.units,
            storage.directory,
            OnePlatform(HttpChat(http)),
            (written(Parcel, _write),),
            Languages.load(),
            SystemClock(),
            storage.alarm,
            f"{name}:{os.getpid()}",
            LIMITS,
        )
        running = asyncio.create_task(courier.run(stop))
        while not running.done():
            await courier.sweep()
            await asyncio.wait({running}, timeout=0.5)
        await running


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2], sys.argv[3]))
