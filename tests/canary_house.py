"""Personal data that can be recognised anywhere, the whole house that it is told to, and every way by which it could get out."""

import io
import json
import logging
from collections.abc import AsyncGenerator, Generator, Iterable
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

from adapters.metrics import MEDIA_TYPE
from adapters.web.bank import House as BankHouse
from adapters.web.bank import bank_routes
from adapters.web.service import Figures, service_pages
from bot.bank.publishing import PublicBank
from bot.bootstrap import App, opened_app
from bot.identity import Account
from bot.logs import QuietJson, QuietText
from bot.members.domain import Role
from bot.readiness import Readiness
from bot.schedules.service import Timekeeper
from bot.settings import MeaningOf, Settings
from tests.databases import TEST_KEY, Storage
from tests.emulators.openai_server import OpenaiServer, texts
from tests.fake_chat import FakeChats
from tests.fake_threads import FakeReaders
from tests.fakes import StoppedClock
from tests.introductions_talk import Academy, a_member

# Parts by which each is recognised, however it is written around them; long enough that no id has them by chance.
CANARIES = (
    *("margrethe", "vestervang", "magrethe", "thorbjørn", "skovfoged"),
    *("karla", "brodersen", "birgitte", "lundsgaard"),
    *("010190-1", "0101901234", "311299-4", "20123456", "20 12 34 56", "31415926", "31 41 59 26"),
    *("k.b@", "example.dk", "rosenvænget", "2610 rødovre"),
)
MEMBERS = (
    ("Margrethe Vestervang", "Rødovre Kommune", "municipality"),
    ("Thorbjørn Skovfoged", "Hallen", "business"),
    ("Olga Mikkelsen", "Akademiet", "research"),
)
TALK = (
    ("Margrethe", "Karla Brodersen, CPR 010190-1234, kan ikke få en bolig. Hun bor på Rosenvænget 14, 2610 Rødovre."),
    (
        "Thorbjørn",
        "Magrethe, vi har en lejlighed, der står tom. Ring til Karlas søster Birgitte Lundsgaard på 20 12 34 56.",
    ),
    ("Margrethe", "Skriv til k.b@example.dk, eller +45 31415926. Hendes søn er 311299-4321."),
    ("Thorbjørn", "Vi aftaler, at Vestervang taler med boligforeningen på mandag om Karla Brodersens bolig."),
    ("Margrethe", "Skovfogeds lejlighed er en god idé. Hvem betaler indskuddet for Brodersen?"),
)
# What somebody types into a form, a poll, a search, a profile.
TYPED = "hjælp til Karla Brodersen, ring 20 12 34 56, CPR 010190-1234"


@dataclass(frozen=True, slots=True)
class Ways:
    """All that left the house."""

    server: OpenaiServer
    logs: tuple[io.StringIO, ...]
    pages: list[str]

    def leaks(self) -> list[str]:
        """Which canaries got out, and by which way."""
        return [
            *_found("model", texts(self.server)),
            *_found("log", (log.getvalue() for log in self.logs)),
            *_found("page", self.pages),
        ]


def _found(way: str, said: Iterable[str]) -> list[str]:
    everything = "\n".join(said).casefold()
    return [f"{way}: {canary}" for canary in CANARIES if canary in everything]


@contextmanager
def listening() -> Generator[tuple[io.StringIO, ...], None, None]:
    """Every line of every logger, at its most talkative, in both styles in which the house writes its log."""
    text, machine = io.StringIO(), io.StringIO()
    handlers = [logging.StreamHandler(text), logging.StreamHandler(machine)]
    handlers[0].setFormatter(QuietText("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handlers[1].setFormatter(QuietJson("%(levelname)s %(name)s %(message)s"))
    named = [logging.getLogger(name) for name in ("", "bot", "adapters", "storage", "sqlalchemy.engine")]
    before = [(one, one.level) for one in named]
    for one in named:
        one.setLevel(logging.DEBUG)
    for handler in handlers:
        logging.getLogger().addHandler(handler)
    try:
        yield text, machine
    finally:
        for handler in handlers:
            logging.getLogger().removeHandler(handler)
        for one, level in before:
            one.setLevel(level)


def settings(server: OpenaiServer, database: str) -> Settings:
    return Settings(
        database_url=database,
        brobygger_secret_key=SecretStr(TEST_KEY),
        brobygger_language="da",
        brobygger_meaning=MeaningOf.SERVER,
        openai_base_url=server.base,
        openai_model="small",
        openai_embedding_model="vectors",
    )


@asynccontextmanager
async def a_house(chosen: Settings) -> AsyncGenerator[tuple[App, Academy], None]:
    """The real house, with an academy of three; its threads are ours, and its clock can be moved on."""
    async with opened_app(chosen) as app:
        workspace = await app.local_workspace("Akademiet")
        clock, readers = StoppedClock(), FakeReaders()
        clock.advance(seconds=(app.clock.now() - clock.now()).total_seconds())
        app.platforms.read("web", lambda which: readers.threads(which, "web") or next(iter(readers.known.values())))
        storage = Storage("sqlite", app.units, app.directory, app.outbox, app.alarm, app.database)  # type: ignore[arg-type]  # the process's own alarm
        timekeeper = Timekeeper(app.units, app.directory, clock, app.services.notes.expanders(), {})
        academy = Academy(
            clock,
            storage,
            workspace.id,
            app.services,
            app.desk,
            FakeChats(clock, ["web"]),
            app.courier,
            timekeeper,
            readers,  # type: ignore[arg-type]  # a watched desk is one
        )
        for name, organisation, sector in MEMBERS:
            member = a_member(name, organisation, sector, language="en", needs=f"bolig|{TYPED[:28]}", offers="lokaler")
            first = name.split()[0]
            role = Role.ORGANISER if first == "Olga" else member.role
            academy.ids[first] = member.id
            async with app.units(workspace.id) as work:
                account = Account("web", first)
                await work.members.put(replace(member, role=role, accounts=(account,), email="k.b@example.dk"))
                await work.commit()
        yield app, academy


def pages_of(app: App) -> Starlette:
    """The pages that everybody can reach."""
    public = PublicBank(app.units, app.directory, app.services.bank)
    house = BankHouse(public, app.languages, app.clock, app.house.language, app.house.zone, "http://bro.example.org")
    figures = Figures(app.meters.page, MEDIA_TYPE)
    return service_pages(Readiness(app.ready, app.clock), figures, bank_routes(house))


async def visited(app: App, *paths: str) -> list[str]:
    """What a stranger on this machine sees of these, headers too."""
    transport = httpx.ASGITransport(pages_of(app), raise_app_exceptions=False, client=("127.0.0.1", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://bro.example.org") as client:
        found = [await client.get(path) for path in paths]
    return [f"{one.status_code} {json.dumps(dict(one.headers))}\n{one.text}" for one in found]


def later(academy: Academy, **by: float) -> None:
    """The clock of what is due moves on."""
    academy.clock.advance(seconds=timedelta(**by).total_seconds())
