"""A house with its public bank, for tests: every page is looked at as it is read."""

import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import httpx
from starlette.applications import Starlette

from adapters.web.bank import House, bank_routes
from adapters.web.bank_asking import Visitors
from bot.bank.publishing import PublicBank
from bot.bank.repository import Entry, Outcome, Trial
from bot.bank.service import BankService
from bot.errors import Unavailable
from bot.identity import MemberId, NoteId, WorkspaceId, new_id
from bot.introductions.service import IntroductionService
from bot.members.domain import WorkspaceOptions
from bot.words import Languages
from tests.bank_notes import NOW
from tests.fakes import Memory, MemoryUnit, StoppedClock

VOID = frozenset({"meta", "link", "input", "br", "img"})


class Strict(HTMLParser):
    """Every tag that opens closes; ids are there once; nothing comes from elsewhere and nothing runs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.levels: list[int] = []
        self.landmarks: list[str] = []
        self.labelled: set[str] = set()
        self.fields: set[str] = set()
        self.feed(page)
        assert self.open == []
        assert len(self.ids) == len(set(self.ids))
        assert self.fields <= self.labelled
        assert self.landmarks.count("main") == 1
        assert self.levels[0] == 1
        assert self.levels.count(1) == 1
        assert all(later - earlier <= 1 for earlier, later in zip(self.levels, self.levels[1:], strict=False))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        assert tag not in {"script", "iframe", "object", "style"}
        assert not any(name.startswith("on") or name == "style" for name in said)
        for name in ("src", "href", "action"):
            assert not (said.get(name) or "").startswith("//")
        if tag in {"link", "img"} and "canonical" not in str(said.get("rel")):
            assert not (said.get("href") or "").startswith("http")
        if said.get("id"):
            self.ids.append(str(said["id"]))
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in {"main", "header", "footer", "nav"}:
            self.landmarks.append(tag)
        if tag == "label":
            self.labelled.add(str(said["for"]))
        if tag in {"input", "select"} and said.get("type") != "hidden":
            self.fields.add(str(said["id"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@dataclass(frozen=True, slots=True)
class Public:
    """A house with its public pages."""

    memory: Memory
    clock: StoppedClock
    workspace: WorkspaceId
    client: httpx.AsyncClient
    gone: list[str]

    async def put(self, *entries: Entry, into: WorkspaceId | None = None) -> None:
        async with self.memory.units(into or self.workspace) as work:
            await work.bank.put_all(entries)
            await work.commit()

    async def tried(self, note: NoteId, outcome: Outcome, place: str, text: str = "") -> None:
        async with self.memory.units(self.workspace) as work:
            await work.bank.put_trial(Trial(note, MemberId(new_id()), outcome, place, text, self.clock.now()))
            await work.commit()

    async def page(self, address: str, status: int = 200, headers: Mapping[str, str] | None = None) -> str:
        answered = await self.client.get(address, headers={"accept-language": "en", **(headers or {})})
        assert answered.status_code == status, answered.text
        if answered.headers["content-type"].startswith("text/html"):
            Strict(answered.text)
        return answered.text


@asynccontextmanager
async def public(visitors: Visitors | None = None) -> AsyncGenerator[Public]:
    memory, clock = Memory(), StoppedClock(NOW)
    workspace = (await memory.directory.ensure("team:T1", "Akademiet", WorkspaceOptions())).id
    gone: list[str] = []

    @asynccontextmanager
    async def units(workspace: WorkspaceId, *, reading: bool = False) -> AsyncGenerator[MemoryUnit]:
        if gone:
            raise Unavailable("away")
        async with memory.units(workspace, reading=reading) as work:
            yield work

    service = BankService(units, clock, IntroductionService(units, clock).finding)
    bank = PublicBank(units, memory.directory, service)
    house = House(bank, Languages.load(), clock, "da", ZoneInfo("Europe/Copenhagen"), "https://bro.example.org")
    app = Starlette(routes=list(bank_routes(house, visitors or Visitors(burst=10_000))))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://bro.example.org") as client:
        yield Public(memory, clock, workspace, client, gone)
