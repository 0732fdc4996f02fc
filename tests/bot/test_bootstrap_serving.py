"""The two servers, from their first word to their last: the service, and the demo."""

import asyncio
import signal
import webbrowser
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest
from pydantic import SecretStr

from adapters.planner import ProcessPlanner
from bot.bootstrap import opened_app
from bot.errors import Unavailable
from bot.identity import MemberId, new_id
from bot.members.domain import Consent, Member, Role
from bot.serving import serve, serve_demo
from bot.settings import Settings
from tests.databases import TEST_KEY, change
from tests.emulators.slack import SlackEmulator

pytestmark = pytest.mark.usefixtures("bare_surroundings", "deaf_to_sigterm")


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    return Settings(
        database_url=sqlite_url,
        brobygger_language="en",
        brobygger_port=0,
        brobygger_secret_key=SecretStr(TEST_KEY),
        brobygger_organisers="web:olga",
    )


@asynccontextmanager
async def running(
    serving: Callable[[Callable[[str], None]], "asyncio.Task[None]"],
) -> AsyncGenerator[tuple[httpx.AsyncClient, str], None]:
    """A server from its first word to its last; gives a browser at its address and what it said."""
    said: asyncio.Queue[str] = asyncio.Queue()
    task = serving(said.put_nowait)
    try:
        first = asyncio.create_task(said.get())
        async with asyncio.timeout(30):
            await asyncio.wait({first, task}, return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                first.cancel()
                await task
            greeting = await first
        address = next(word for word in greeting.split() if word.startswith("http://"))
        async with httpx.AsyncClient(base_url=address) as client:
            yield client, greeting
        signal.raise_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            await task
    finally:
        task.cancel()


async def test_the_service_answers_and_stops_when_it_is_told(settings: Settings) -> None:
    async with running(lambda say: asyncio.create_task(serve(settings, say))) as (client, greeting):
        assert greeting.startswith("Brobygger is running at http://127.0.0.1:")
        assert (await client.get("/healthz")).text == "ok"
        assert (await client.get("/readyz")).status_code == 200
        assert (await client.get("/")).status_code == 404
        assert (await client.get("/calendar/nobody.ics")).text == "there is no calendar here"
        change(settings.database_url, "ALTER TABLE schedules RENAME TO mislaid")
        unable = await client.get("/readyz")
        assert (unable.status_code, unable.text) == (503, "the database does not answer")
        assert (await client.get("/healthz")).status_code == 200
        change(settings.database_url, "ALTER TABLE mislaid RENAME TO schedules")


async def test_the_service_speaks_slack_where_it_has_the_settings_for_it(settings: Settings) -> None:
    async with SlackEmulator(transport="http") as slack:
        team = slack.team("Academy")
        anna = team.person("Anna Lund", locale="en-GB")
        with_slack = settings.model_copy(
            update={
                "slack_api_url": slack.api_url,
                "slack_bot_token": SecretStr(team.token_value),
                "slack_signing_secret": SecretStr(slack.app.signing_secret),
            }
        )
        async with running(lambda say: asyncio.create_task(serve(with_slack, say))) as (client, _):
            slack.app.request_url = f"{str(client.base_url).rstrip('/')}/slack/events"
            await anna.types("/help")
            await anna.until_sees("What I can do for you", 20)
            assert (await client.get("/healthz")).text == "ok"
            assert (await client.post("/slack/events", content=b"{}")).status_code == 401
        assert slack.problems == []


class Window(webbrowser.BaseBrowser):
    """A browser that only notes where it was sent."""

    def __init__(self) -> None:
        super().__init__("window")
        self.opened: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
        del new, autoraise
        self.opened.append(url)
        return True


async def a_roster_of_one(settings: Settings) -> None:
    """An academy that is there already: the demo then invents nobody."""
    async with opened_app(settings) as app:
        academy = await app.local_workspace("Ours")
        async with app.units(academy.id) as work:
            await work.members.put(
                Member(
                    MemberId(new_id()),
                    "Olga Hansen",
                    "Akademiet",
                    "research",
                    language="en",
                    consent=Consent.YES,
                    role=Role.ORGANISER,
                )
            )
            await work.commit()


@pytest.mark.parametrize("open_browser", [True, False])
async def test_the_demo_opens_on_an_academy_that_is_there(settings: Settings, *, open_browser: bool) -> None:
    await a_roster_of_one(settings)
    window = Window()
    webbrowser.register("window", None, window, preferred=True)

    def serving(say: Callable[[str], None]) -> "asyncio.Task[None]":
        return asyncio.create_task(serve_demo(settings, ProcessPlanner(), say, open_browser=open_browser))

    async with running(serving) as (client, greeting):
        assert "stop it with Ctrl+C" in greeting
        page = await client.get("/", follow_redirects=True)
        assert page.status_code == 200
        assert "Olga Hansen" in page.text
        assert (await client.get("/healthz")).status_code == 200
        assert (await client.get("/calendar/nobody.ics")).text == "there is no calendar here"
        elsewhere = await client.get("/", headers={"Host": "elsewhere.example"})
        assert elsewhere.status_code >= 400
        assert window.opened == ([str(client.base_url)] if open_browser else [])


async def test_the_demo_on_every_address_answers_by_the_names_of_the_machine(settings: Settings) -> None:
    await a_roster_of_one(settings)
    wide = settings.model_copy(update={"brobygger_host": "0.0.0.0"})  # noqa: S104 - what is tried here

    def serving(say: Callable[[str], None]) -> "asyncio.Task[None]":
        return asyncio.create_task(serve_demo(wide, ProcessPlanner(), say, open_browser=False))

    async with running(serving) as (client, _):
        assert (await client.get("/", follow_redirects=True)).status_code == 200


async def test_an_address_that_is_taken_is_told(settings: Settings) -> None:
    async with running(lambda say: asyncio.create_task(serve(settings, say))) as (client, _):
        taken = settings.model_copy(update={"brobygger_port": client.base_url.port})
        with pytest.raises(Unavailable, match="Choose another port"):
            await serve(taken, lambda _: None)
