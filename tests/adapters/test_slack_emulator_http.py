"""The emulator's signed HTTP against a plain receiver that answers as a test says."""

import asyncio
import json
from collections.abc import AsyncGenerator
from urllib.parse import parse_qs

import pytest
from aiohttp import web

from tests.emulators.slack import SlackEmulator
from tests.fakes import StoppedClock


class Receiver:
    """Takes whatever Slack sends and gives the next answer that was laid ready."""

    def __init__(self) -> None:
        self.requests: list[tuple[dict[str, str], str]] = []
        self.answers: list[web.Response] = []
        self.holds: asyncio.Event | None = None

    async def take(self, request: web.Request) -> web.Response:
        self.requests.append((dict(request.headers), await request.text()))
        if self.holds is not None:
            await self.holds.wait()
        return self.answers.pop(0) if self.answers else web.Response()


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def slack(clock: StoppedClock, receiver: Receiver) -> AsyncGenerator[SlackEmulator, None]:
    application = web.Application()
    application.router.add_post("/events", receiver.take)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/events"
    async with SlackEmulator(clock, transport="http", request_url=url) as emulator:
        yield emulator
    await runner.cleanup()


async def test_forms_and_json_are_sent_as_slack_sends_them(slack: SlackEmulator, receiver: Receiver) -> None:
    anna = slack.team("Academy").person("Anna Ærø")
    await anna.types("/do", "æ & ø")
    headers, body = receiver.requests[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body)["text"] == ["æ &amp; ø"]
    await anna.uses_shortcut("new")
    payload = json.loads(parse_qs(receiver.requests[1][1])["payload"][0])
    assert (payload["type"], payload["callback_id"]) == ("shortcut", "new")
    assert "response_url" not in payload
    await anna.writes("hello")
    headers, body = receiver.requests[2]
    assert (headers["Content-Type"], json.loads(body)["event"]["text"]) == ("application/json", "hello")
    assert "X-Slack-Retry-Num" not in headers


async def test_a_command_is_answered_in_its_acknowledgement(slack: SlackEmulator, receiver: Receiver) -> None:
    team = slack.team("Academy")
    anna, bo = team.person("Anna"), team.person("Bo")
    general = team.channel("general", anna, bo)
    receiver.answers = [
        web.Response(text="Only you"),
        web.json_response({"text": "x", "colour": "red"}),
        web.json_response({"text": "x", "blocks": [{"type": "marquee"}]}),
        web.json_response({"response_type": "in_channel", "text": "All of you"}),
    ]
    for _time in range(4):
        await anna.types("/do", "", general)
    assert anna.sees(general) == ["Only you", "All of you"]
    assert bo.sees(general) == ["All of you"]
    assert [problem.partition(" [")[0] for problem in slack.problems] == [
        "acknowledgement: invalid_payload", "acknowledgement: invalid_blocks",
    ]  # fmt: skip


async def test_an_answer_after_three_seconds_is_too_late(
    slack: SlackEmulator, receiver: Receiver, clock: StoppedClock
) -> None:
    anna = slack.team("Academy").person("Anna")
    receiver.holds = asyncio.Event()
    receiver.answers = [web.Response(text="Too late")]
    typing = asyncio.create_task(anna.types("/do"))
    await slack.until(lambda: receiver.requests)
    clock.advance(seconds=3)
    assert (await typing).error == "timeout"
    receiver.holds.set()
    await slack.quiet()
    assert anna.sees() == []


async def test_an_event_is_not_sent_again_to_who_forbids_it(
    slack: SlackEmulator, receiver: Receiver, clock: StoppedClock
) -> None:
    anna = slack.team("Academy").person("Anna")
    receiver.answers = [web.Response(status=500, headers={"X-Slack-No-Retry": "1"})]
    await anna.writes("hello")
    clock.advance(minutes=10)
    await slack.quiet()
    assert len(receiver.requests) == 1


async def test_a_retry_says_which_and_why(slack: SlackEmulator, receiver: Receiver, clock: StoppedClock) -> None:
    anna = slack.team("Academy").person("Anna")
    receiver.answers = [web.Response(status=500), web.Response(status=302, headers={"Location": "/x"})]
    await anna.writes("hello")
    await slack.until(lambda: len(slack.deliveries) == 2)
    clock.advance(minutes=1)
    await slack.until(lambda: len(slack.deliveries) == 3)
    told = [(h.get("X-Slack-Retry-Num"), h.get("X-Slack-Retry-Reason")) for h, _body in receiver.requests]
    assert told == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_events_may_go_on_every_hour_for_a_day(
    slack: SlackEmulator, receiver: Receiver, clock: StoppedClock
) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.delivery.delayed = True
    receiver.answers = [web.Response(status=500) for _time in range(5)]
    await anna.writes("hello")
    for number, minutes in enumerate((0, 1, 5, 60, 60), 2):
        clock.advance(minutes=minutes)
        await slack.until(lambda number=number: len(slack.deliveries) == number)
    assert [one.outcome.ok for one in slack.deliveries] == [False] * 5 + [True]


async def test_an_address_must_return_the_challenge(slack: SlackEmulator, receiver: Receiver) -> None:
    assert not await slack.signed.verify()
    receiver.answers = [web.Response(text="a-challenge")]
    assert await slack.signed.verify()


async def test_a_method_can_be_shut_for_a_while(slack: SlackEmulator, clock: StoppedClock) -> None:
    team = slack.team("Academy")
    until = clock.now().replace(minute=2)
    slack.world.limiter.shut("users.info", team.id, until)
    assert slack.world.limiter.take("users.info", team.id, 4) == 120
    clock.set(until)
    assert slack.world.limiter.take("users.info", team.id, 4) == 0


async def test_each_workspace_is_reached_in_its_own_way(slack: SlackEmulator, receiver: Receiver) -> None:
    anna = slack.team("Academy").person("Anna")
    eva = slack.team("Other", transport="socket").person("Eva")
    assert (await anna.types("/do")).ok
    assert (await eva.types("/do")).error == "connection_failed"
    assert len(receiver.requests) == 1
