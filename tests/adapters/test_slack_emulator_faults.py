"""The emulator's time and trouble: three seconds, one-use tickets, retries, lost answers, an outage."""

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Ack, Fault
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_tiny_bot import Bot, Socketed
from tests.emulators.slack_world import Application
from tests.fakes import StoppedClock

VIEW = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": [{"type": "divider"}]}


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(clock, rates=Rates(on=False)) as emulator:
        yield emulator


@pytest.fixture
async def bot(slack: SlackEmulator) -> AsyncGenerator[Bot, None]:
    bot = Bot(slack)
    async with Socketed(bot):
        await slack.connected()
        yield bot


@pytest.fixture
async def web_bot(slack: SlackEmulator) -> AsyncGenerator[Bot, None]:
    bot = Bot(slack)
    runner = web.AppRunner(bot.bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.app.transport = "http"
    slack.app.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield bot
    await runner.cleanup()


async def refused(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


async def test_who_is_late_is_seen_to_fail(slack: SlackEmulator, bot: Bot, clock: StoppedClock) -> None:
    anna = slack.team("Academy").person("Anna")

    async def dawdle() -> None:
        clock.advance(seconds=3.1)
        await asyncio.sleep(0.05)

    bot.before_ack = dawdle
    assert (await anna.types("/slow")).error == "timeout"
    assert anna.errors == ['/slow failed with the error "operation_timeout"']


async def test_an_acknowledgement_can_be_made_late(slack: SlackEmulator, bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.faults.arm_delivery("slash_commands", Ack.LATE)
    assert (await anna.types("/slow")).error == "timeout"
    assert (await anna.types("/slow")).ok


async def test_a_trigger_lives_three_seconds_and_works_once(
    slack: SlackEmulator, bot: Bot, clock: StoppedClock
) -> None:
    anna = slack.team("Academy").person("Anna")
    await anna.types("/form")
    trigger = bot.got[0]["trigger_id"]
    await bot.client.views_open(trigger_id=trigger, view=VIEW)
    assert await refused(bot.client.views_open(trigger_id=trigger, view=VIEW)) == "exchanged_trigger_id"
    await anna.types("/form")
    clock.advance(seconds=3.1)
    assert await refused(bot.client.views_open(trigger_id=bot.got[1]["trigger_id"], view=VIEW)) == "expired_trigger_id"
    assert await refused(bot.client.views_open(trigger_id="1.2.3", view=VIEW)) == "invalid_trigger_id"


async def test_views_stack_three_deep_and_know_their_hash(slack: SlackEmulator, bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    block = {
        "type": "actions",
        "elements": [{"type": "button", "text": {"type": "plain_text", "text": "On"}, "action_id": "a"}],
    }
    view = {**VIEW, "blocks": [block]}
    await anna.types("/form")
    assert await refused(bot.client.views_push(trigger_id=bot.got[0]["trigger_id"], view=view)) == "invalid_trigger_id"
    opened = await bot.client.views_open(trigger_id=bot.got[0]["trigger_id"], view=view)
    for _deeper in range(2):
        await anna.presses("On")
        pushed = await bot.client.views_push(trigger_id=bot.got[-1]["trigger_id"], view=view)
    await anna.presses("On")
    assert await refused(bot.client.views_push(trigger_id=bot.got[-1]["trigger_id"], view=view)) == "push_limit_reached"
    assert pushed["view"]["root_view_id"] == opened["view"]["id"]
    held = {"view_id": opened["view"]["id"], "hash": opened["view"]["hash"]}
    await bot.client.views_update(view=view, **held)
    assert await refused(bot.client.views_update(view=view, **held)) == "hash_conflict"
    await anna.closes()
    assert await refused(bot.client.views_update(view=view, view_id=pushed["view"]["id"])) == "not_found"


async def test_a_response_url_works_five_times_in_half_an_hour(
    slack: SlackEmulator, bot: Bot, clock: StoppedClock
) -> None:
    team = slack.team("Academy")
    anna, bo = team.person("Anna"), team.person("Bo")
    general = team.channel("general", anna, bo)
    await anna.types("/say", "", general)
    url = bot.got[0]["response_url"]
    async with aiohttp.ClientSession() as web_client:

        async def respond(**what: Any) -> str:
            async with web_client.post(url, json=what) as response:
                told = json.loads(await response.text())
                return "" if told["ok"] else str(told["error"])

        assert await respond(text="one") == ""
        assert (anna.last(general), bo.sees(general)) == ("one", [])
        assert await respond(text="two", replace_original=True) == ""
        assert anna.sees(general) == ["two"]
        assert await respond(text="all", response_type="in_channel") == ""
        assert bo.sees(general) == ["all"]
        assert await respond(delete_original=True) == ""
        assert anna.sees(general) == ["all"]
        assert await respond(text="") == "no_text"
        assert await respond(text="six") == "used_url"
        await anna.types("/say", "", general)
        url = bot.got[1]["response_url"]
        clock.advance(minutes=31)
        assert await respond(text="late") == "expired_url"


async def test_wrong_answers_to_a_submission_are_told(slack: SlackEmulator, bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    words = {"type": "plain_text", "text": "Name"}
    field = {
        "type": "input",
        "block_id": "name",
        "label": words,
        "element": {"type": "plain_text_input", "action_id": "field"},
    }
    await anna.types("/form")
    await bot.client.views_open(trigger_id=bot.got[0]["trigger_id"], view={**VIEW, "blocks": [field], "submit": words})
    await anna.fills({"Name": "Rosa"})
    bot.answer = {"response_action": "errors", "errors": {"other": "No"}}
    assert (await anna.submits()).error == "wrong answer"
    assert anna.errors == ["We had some trouble connecting. Try again?"]
    assert "no input block other" in slack.problems[0]
    bot.answer = {"response_action": "update", "view": {**VIEW, "blocks": [field], "submit": words, "title": words}}
    assert (await anna.submits()).ok
    assert anna.modal is not None
    assert (anna.modal.title, anna.modal.fields) == ("Name", {"Name": "Rosa"})
    bot.answer = {"response_action": "clear"}
    await anna.submits()
    assert anna.modal is None


async def test_an_event_is_tried_again_at_once_after_a_minute_and_after_five(
    slack: SlackEmulator, web_bot: Bot, clock: StoppedClock
) -> None:
    team = slack.team("Academy")
    anna = team.person("Anna")
    slack.app.request_url += "-nowhere"
    await anna.writes("hello")
    await slack.until(lambda: len(slack.deliveries) == 2)
    clock.advance(seconds=59)
    await slack.quiet()
    assert len(slack.deliveries) == 2
    clock.advance(seconds=1)
    await slack.until(lambda: len(slack.deliveries) == 3)
    slack.app.request_url = slack.app.request_url.removesuffix("-nowhere")
    clock.advance(minutes=5)
    await slack.until(lambda: len(slack.deliveries) == 4)
    assert [one.outcome.error for one in slack.deliveries] == ["http_error", "http_error", "http_error", ""]
    assert web_bot.retries == ["3"]
    assert len({one.payload["event_id"] for one in slack.deliveries}) == 1


async def test_an_event_that_a_socket_leaves_open_comes_again(
    slack: SlackEmulator, bot: Bot, clock: StoppedClock
) -> None:
    anna = slack.team("Academy").person("Anna")
    stuck = asyncio.Event()

    async def hang() -> None:
        bot.before_ack = None
        clock.advance(seconds=4)
        await stuck.wait()

    bot.before_ack = hang
    await anna.writes("hello")
    stuck.set()
    await slack.until(lambda: bot.retries == ["0", "1"])
    assert [one.outcome.error for one in slack.deliveries] == ["timeout", ""]


async def test_an_event_can_come_twice_and_as_a_twin(slack: SlackEmulator, bot: Bot) -> None:
    team = slack.team("Academy")
    anna = team.person("Anna")
    general = team.channel("general", anna)
    slack.faults.arm_delivery("app_mention", Ack.DUPLICATE)
    await anna.writes("hello", general, mentions_bot=True)
    kinds = sorted((b["event"]["type"], b["event_id"]) for b in bot.got)
    assert [kind for kind, _id in kinds] == ["app_mention", "app_mention", "message"]
    assert kinds[0] == kinds[1]
    assert len({b["event"]["ts"] for b in bot.got}) == 1


async def test_too_many_events_are_held_back(slack: SlackEmulator, bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.world.events_an_hour = 2
    for number in range(4):
        await anna.writes(f"hello {number}")
    await slack.quiet()
    assert [body["type"] for body in bot.got] == ["event_callback", "event_callback", "app_rate_limited"]
    assert [one.payload["type"] for one in slack.deliveries][2:] == ["app_rate_limited"]


async def test_a_bot_that_takes_no_events_is_sent_none_any_more(slack: SlackEmulator) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.delivery.spared_below = 4
    for number in range(3):
        await anna.writes(f"hello {number}")
        await slack.quiet()
    assert slack.delivery.disabled
    seen = len(slack.deliveries)
    await anna.writes("hello again")
    assert len(slack.deliveries) == seen


@pytest.mark.parametrize("fault", [Ack.BAD_SIGNATURE, Ack.OLD_TIMESTAMP, Ack.TAMPERED])
async def test_a_request_that_is_not_slacks_is_refused_by_bolt(slack: SlackEmulator, web_bot: Bot, fault: Ack) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.faults.arm_delivery("slash_commands", fault)
    assert not (await anna.types("/hello")).ok
    assert slack.signed.refused == [(fault, 401)]
    assert web_bot.got == []
    assert (await anna.types("/hello")).ok


async def test_a_signed_request_can_be_replayed(slack: SlackEmulator, web_bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    slack.faults.arm_delivery("slash_commands", Ack.REPLAY)
    await anna.types("/hello")
    assert web_bot.got[0]["trigger_id"] == web_bot.got[1]["trigger_id"]
    assert await slack.signed.verify()


async def test_a_connection_is_made_anew_when_slack_asks(slack: SlackEmulator, bot: Bot) -> None:
    anna = slack.team("Academy").person("Anna")
    for warning in (False, True):
        opened = slack.sockets.opened
        await slack.refreshes_connections(warning=warning)
        await slack.until(lambda opened=opened: slack.sockets.opened > opened)
        assert (await anna.types("/hello")).ok


async def test_ten_connections_share_the_work(slack: SlackEmulator) -> None:
    anna = slack.team("Academy").person("Anna")
    bots = [Bot(slack), Bot(slack)]
    async with Socketed(bots[0]), Socketed(bots[1]):
        await slack.connected(2)
        for _time in range(4):
            await anna.types("/hello")
        assert [len(bot.got) for bot in bots] == [2, 2]


async def test_a_ticket_opens_one_connection_and_the_eleventh_is_sent_away(slack: SlackEmulator) -> None:
    client = AsyncWebClient(slack.app.app_token, base_url=slack.api_url)
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _number in range(11):
            url = (await client.apps_connections_open(app_token=slack.app.app_token))["url"]
            sockets.append(await session.ws_connect(url))
        kinds = [(await socket.receive_json())["type"] for socket in sockets]
        assert kinds == ["hello"] * 10 + ["disconnect"]
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(url)
        for socket in sockets:
            await socket.close()


@pytest.mark.parametrize(
    ("fault", "stored", "error"),
    [
        (Fault.LOST, 1, aiohttp.ServerDisconnectedError),
        (Fault.DROPPED, 0, aiohttp.ServerDisconnectedError),
        (Fault.SERVER_ERROR, 0, SlackApiError),
        (Fault.SERVER_ERROR_AFTER, 1, SlackApiError),
        (Fault.UNAVAILABLE, 0, SlackApiError),
        (Fault.INTERNAL, 0, SlackApiError),
        (Fault.INTERNAL_AFTER, 1, SlackApiError),
        (Fault.HANGS_AFTER, 1, TimeoutError),
        (Fault.NONSENSE, 1, SlackApiError),
        ("fatal_error", 0, SlackApiError),
    ],
)
async def test_a_post_goes_wrong(slack: SlackEmulator, fault: str, stored: int, error: type[Exception]) -> None:
    team = slack.team("Academy")
    anna = team.person("Anna")
    client = AsyncWebClient(team.token_value, base_url=slack.api_url, retry_handlers=[], timeout=1)
    slack.faults.arm("chat.postMessage", fault)
    with pytest.raises(error):
        await client.chat_postMessage(channel=anna.id, text="Hello")
    assert len(anna.sees()) == stored
    await client.chat_postMessage(channel=anna.id, text="Hello")
    assert len(anna.sees()) == stored + 1


async def test_the_token_is_revoked_in_the_middle(slack: SlackEmulator) -> None:
    team = slack.team("Academy")
    client = AsyncWebClient(team.token_value, base_url=slack.api_url, retry_handlers=[])
    slack.faults.arm("users.info", Fault.REVOKED)
    assert await refused(client.users_info(user=team.person("Anna").id)) == "token_revoked"
    assert await refused(client.auth_test()) == "token_revoked"


@pytest.mark.parametrize("refuses", [True, False])
async def test_slack_is_down_for_ten_minutes(
    slack: SlackEmulator, bot: Bot, clock: StoppedClock, refuses: bool
) -> None:
    anna = slack.team("Academy").person("Anna")
    await slack.goes_down(minutes=10, refuses=refuses)
    with pytest.raises(aiohttp.ClientConnectorError if refuses else SlackApiError):
        await bot.client.chat_postMessage(channel=anna.id, text="Hello")
    clock.advance(minutes=10)
    await slack.until(lambda: slack.up)
    await bot.client.chat_postMessage(channel=anna.id, text="Hello")
    assert anna.sees() == ["Hello"]
    await slack.connected(patience=15)
    assert (await anna.types("/hello")).ok


async def test_an_unknown_command_and_an_unreachable_bot_are_told_to_people() -> None:
    manifest = {
        "features": {"slash_commands": [{"command": "/known", "should_escape": False}]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
    }
    async with SlackEmulator(manifest=manifest, app=Application()) as slack:
        anna = slack.team("Academy").person("Anna")
        assert (await anna.types("/unknown")).error == "unknown_command"
        assert (await anna.types("/known")).error == "connection_failed"
        assert anna.errors == ["/unknown is not a valid command", '/known failed with the error "dispatch_failed"']
