"""The emulator against genuine bolt, in Socket Mode and over signed HTTP: a tiny bot plays with people."""

import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator


def words(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(label: str, action: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": words(label), "action_id": action, "value": "v", **more}


def form() -> dict[str, Any]:
    name = {"type": "plain_text_input", "action_id": "field", "max_length": 20}
    who = {"type": "users_select", "action_id": "field", "placeholder": words("Somebody")}
    topic = {"type": "external_select", "action_id": "field", "min_query_length": 2, "placeholder": words("Search")}
    return {
        "type": "modal",
        "callback_id": "form",
        "title": words("A form"),
        "submit": words("Send"),
        "blocks": [
            {"type": "input", "block_id": "name", "label": words("Name"), "element": name},
            {"type": "input", "block_id": "who", "label": words("Who"), "element": who, "optional": True},
            {"type": "input", "block_id": "topic", "label": words("Topic"), "element": topic, "optional": True},
        ],
    }


def tiny_bot(slack: SlackEmulator, token: str) -> AsyncApp:
    client = AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(
        client=client, token=token, signing_secret=slack.app.signing_secret, logger=logging.getLogger("tiny")
    )

    @app.command("/hello")
    async def hello(ack: Any, respond: Any, command: Any, client: Any) -> None:
        await ack()
        if command["text"] == "form":
            await client.views_open(trigger_id=command["trigger_id"], view=form())
            return
        blocks = [
            {
                "type": "section",
                "text": {"type": "mrkdwn", "text": f"Hello <@{command['user_id']}>: {command['text']}"},
            },
            {"type": "actions", "elements": [button("Wave", "wave"), button("Quit", "quit", confirm=confirm())]},
        ]
        await respond(text="Hello", blocks=blocks)

    @app.action("wave")
    async def wave(ack: Any, body: Any, respond: Any, client: Any) -> None:
        await ack()
        await respond(text="You waved", replace_original=True)
        await client.chat_postMessage(channel=body["user"]["id"], text="Waved back")

    @app.view("form")
    async def submitted(ack: Any, view: Any, body: Any, client: Any) -> None:
        name = view["state"]["values"]["name"]["field"]["value"]
        if name == "bad":
            await ack(response_action="errors", errors={"name": "Not that one"})
            return
        await ack()
        who = view["state"]["values"]["who"]["field"]["selected_user"]
        await client.chat_postMessage(channel=body["user"]["id"], text=f"{name} and <@{who}>" if who else name)

    @app.options("field")
    async def topics(ack: Any, payload: Any) -> None:
        await ack(options=[{"text": words(payload["value"] + " & co"), "value": "1"}])

    listen(app)
    return app


def listen(app: AsyncApp) -> None:
    @app.event("app_mention")
    async def mentioned(event: Any, say: Any) -> None:
        await say(text="You called?", thread_ts=event["ts"])

    @app.event("message")
    async def message(event: Any, say: Any) -> None:
        if event["channel_type"] == "im" and "bot_id" not in event:
            await say(text=f"You said: {event['text']}")

    @app.event("app_home_opened")
    async def home(event: Any, client: Any) -> None:
        block = {"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome* home"}}
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [block]})

    @app.shortcut("note")
    async def note(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        await respond(text="Noted: " + body["message"]["text"])


def confirm() -> dict[str, Any]:
    return {"title": words("Sure?"), "text": words("It ends."), "confirm": words("Yes"), "deny": words("No")}


@pytest.fixture(params=["socket", "http"])
async def slack(request: pytest.FixtureRequest) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(transport=request.param) as emulator:
        team = emulator.team("Academy")
        app = tiny_bot(emulator, team.token_value)
        if request.param == "socket":
            client = AsyncWebClient(emulator.app.app_token, base_url=emulator.api_url)
            handler = AsyncSocketModeHandler(app, emulator.app.app_token, web_client=client)
            await handler.connect_async()
            await emulator.connected()
            yield emulator
            await handler.close_async()
            return
        runner = web.AppRunner(app.web_app("/slack/events"))
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        emulator.app.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
        yield emulator
        await runner.cleanup()


async def test_a_command_is_answered_and_a_button_pressed(slack: SlackEmulator) -> None:
    team = slack.team("Academy")
    anna, bo = team.person("Anna"), team.person("Bo")
    general = team.channel("general", anna, bo)
    assert (await anna.types("/hello", "you & @Bo in #general", general)).ok
    await anna.until_sees("Hello @Anna")
    assert anna.last(general) == "Hello @Anna: you & @Bo in #general\n[Wave] [Quit]"
    assert bo.sees(general) == []
    await anna.presses("Wave")
    await anna.until_sees("Waved back")
    assert anna.sees(general) == ["You waved"]
    assert anna.sees() == ["Waved back"]
    assert slack.problems == []


async def test_a_question_is_asked_before_a_press(slack: SlackEmulator) -> None:
    anna = slack.team("Academy").person("Anna")
    await anna.types("/hello", "x")
    await anna.until_sees("Hello")
    assert (await anna.presses("Quit", confirms=False)).error == "denied"
    assert anna.confirmed[0].title == "Sure?"


async def test_a_form_is_filled_corrected_and_sent(slack: SlackEmulator) -> None:
    team = slack.team("Academy")
    anna, bo = team.person("Anna"), team.person("Bo")
    await anna.types("/hello", "form")
    modal = await anna.until_modal("A form")
    assert (await anna.submits()).error == "incomplete"
    assert modal.errors == {"Name": "Please complete this required field."}
    await anna.fills({"Name": "bad", "Who": bo})
    assert await anna.searches("Topic", "wa") == ["wa & co"]
    await anna.fills({"Topic": "wa & co"})
    await anna.submits()
    assert anna.modal is not None
    assert anna.modal.errors == {"Name": "Not that one"}
    assert anna.modal.fields == {"Name": "bad", "Who": "Bo", "Topic": "wa & co"}
    await anna.fills({"Name": "Rosa"})
    assert (await anna.submits()).ok
    assert anna.modal is None
    await anna.until_sees("Rosa and @Bo")


async def test_what_people_write_reaches_the_bot(slack: SlackEmulator) -> None:
    team = slack.team("Academy")
    anna = team.person("Anna")
    general = team.channel("general", anna)
    said = await anna.writes("help me", general, mentions_bot=True)
    await anna.until(lambda: anna.sees(general, said)[-1] == "You called?")
    await anna.writes("1 < 2")
    await anna.until(lambda: anna.last() == "You said: 1 < 2")
    await anna.uses_shortcut("note", said)
    await anna.until(lambda: anna.last(general) == "Noted: @Brobygger help me")


async def test_the_home_tab_is_published(slack: SlackEmulator) -> None:
    anna = slack.team("Academy").person("Anna")
    await anna.opens_home()
    await anna.until(lambda: anna.home is not None)
    assert anna.home is not None
    assert anna.home.text == "Welcome home"
