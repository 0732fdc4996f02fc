"""People of the emulator: what they can choose, type and upload, and what blocks look like to them."""

import logging
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_shown import Eyes
from tests.emulators.slack_team import Team
from tests.emulators.slack_time import RunningClock

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def options(*labels: str) -> list[Json]:
    return [{"text": words(label), "value": label.lower()} for label in labels]


def field(label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": label,
        "label": words(label),
        "element": {"action_id": "field", **element},
        **more,
    }


FIELDS = [
    field("Text", {"type": "plain_text_input", "min_length": 3, "max_length": 9, "initial_value": "before"}),
    field("One", {"type": "static_select", "options": options("A", "B"), "initial_option": options("A")[0]}),
    field("Some", {"type": "multi_static_select", "options": options("X", "Y", "Z"), "max_selected_items": 2}),
    field("Boxes", {"type": "checkboxes", "options": options("Yes", "No")}, optional=True),
    field("Radio", {"type": "radio_buttons", "options": options("L", "R")}),
    field("Day", {"type": "datepicker"}),
    field("People", {"type": "multi_users_select"}, hint=words("Two or three")),
    field("File", {"type": "file_input", "filetypes": ["csv"], "max_files": 1}, optional=True),
    field("Live", {"type": "static_select", "options": options("On", "Off")}, dispatch_action=True, optional=True),
]
FORM = {"type": "modal", "title": words("All"), "submit": words("Go"), "notify_on_close": True, "blocks": FIELDS}
PICK = {"type": "static_select", "action_id": "s", "options": options("A", "B")}
MENU = [
    {"type": "users_select", "action_id": "u", "placeholder": words("Who?")},
    {"type": "overflow", "action_id": "o", "options": options("Edit", "Drop")},
]
SELECTS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Pick *one*"}, "accessory": PICK},
    {"type": "actions", "elements": MENU},
]


class Echo:
    """A bot that keeps what it hears."""

    def __init__(self, slack: SlackEmulator, token: str) -> None:
        self.heard: list[Json] = []
        self.client = AsyncWebClient(token, base_url=slack.api_url, retry_handlers=[])
        bolt = AsyncApp(client=self.client, token=token, logger=logging.getLogger("tiny"))
        bolt.middleware(self.hear)
        client = AsyncWebClient(slack.app.app_token, base_url=slack.api_url)
        self.handler = AsyncSocketModeHandler(bolt, slack.app.app_token, web_client=client)

    async def hear(self, body: Json, ack: Any) -> Any:
        self.heard.append(body)
        return await ack()

    @property
    def last(self) -> Json:
        return self.heard[-1]


@pytest.fixture
async def slack() -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(rates=Rates(on=False)) as emulator:
        yield emulator


@pytest.fixture
def team(slack: SlackEmulator) -> Team:
    return slack.team("Academy")


@pytest.fixture
async def bot(slack: SlackEmulator, team: Team) -> AsyncGenerator[Echo, None]:
    bot = Echo(slack, team.token_value)
    await bot.handler.client.connect_to_new_endpoint()
    await slack.connected()
    yield bot
    await bot.handler.client.close()


async def test_every_kind_of_field_is_filled(team: Team, bot: Echo) -> None:
    anna, bo = team.person("Anna"), team.person("Bo")
    await anna.types("/form")
    await bot.client.views_open(trigger_id=bot.last["trigger_id"], view=FORM)
    modal = await anna.until_modal("All")
    assert modal.fields["Text"] == "before"
    assert modal.fields["One"] == "A"
    assert modal.hints == {"People": "Two or three"}
    assert modal.choices("Some") == ["X", "Y", "Z"]
    await anna.fills({"Live": "On"})
    assert (bot.last["type"], bot.last["actions"][0]["selected_option"]["value"]) == ("block_actions", "on")
    await anna.fills(
        {"Text": "ab", "Day": "2026-03-02", "Boxes": ["Yes"], "People": [bo, anna], "File": ("a.csv", b"x")}
    )
    await anna.submits()
    assert anna.modal is not None
    assert sorted(anna.modal.errors) == ["Radio", "Some", "Text"]
    await anna.fills({"Some": ["X", "Z"], "Radio": "R", "Text": "abc"})
    with pytest.raises(AssertionError, match="takes 9 characters"):
        await anna.fills({"Text": "much too long"})
    with pytest.raises(AssertionError, match="takes 2 choices"):
        await anna.fills({"Some": ["X", "Y", "Z"]})
    with pytest.raises(AssertionError, match="has no 'C'"):
        await anna.fills({"One": "C"})
    with pytest.raises(AssertionError, match="exe is none of"):
        await anna.fills({"File": ("a.exe", b"x")})
    assert (await anna.submits()).ok
    values = {block: actions["field"] for block, actions in bot.last["view"]["state"]["values"].items()}
    assert values["Some"]["selected_options"] == [options("X")[0], options("Z")[0]]
    assert values["Radio"]["selected_option"] == options("R")[0]
    assert values["People"]["selected_users"] == [bo.id, anna.id]
    assert values["Day"]["selected_date"] == "2026-03-02"
    assert values["File"]["files"][0]["name"] == "a.csv"


async def test_a_modal_is_closed(team: Team, bot: Echo) -> None:
    anna = team.person("Anna")
    await anna.types("/form")
    await bot.client.views_open(trigger_id=bot.last["trigger_id"], view=FORM)
    await anna.closes()
    assert bot.last["type"] == "view_closed"
    assert anna.modal is None


async def test_selects_and_menus_of_a_message(team: Team, bot: Echo) -> None:
    anna, bo = team.person("Anna"), team.person("Bo")
    await bot.client.chat_postMessage(channel=anna.id, text="Pick", blocks=SELECTS)
    message = anna.newest()
    assert anna.last() == "Pick one\n[static_select ▾]\n[Who? ▾] [… Edit / Drop]"
    await anna.chooses("Pick one", "B")
    assert bot.last["actions"][0]["selected_option"] == options("B")[0]
    await anna.chooses("Who?", bo, message)
    assert bot.last["actions"][0]["selected_user"] == bo.id
    values = [value for actions in bot.last["state"]["values"].values() for value in actions.values()]
    assert [value["type"] for value in values] == ["static_select", "users_select"]
    await anna.presses("Drop", "Pick one")
    assert bot.last["actions"][0]["selected_option"]["value"] == "drop"
    with pytest.raises(AssertionError, match="no button 'Leave'"):
        await anna.presses("Leave", message)


async def test_who_and_where_are_told_of_a_command(slack: SlackEmulator, team: Team, bot: Echo) -> None:
    anna = team.person("Anna Lund")
    team.person("Anna")
    general, board = team.channel("general", anna), team.channel("board", anna, private=True)
    await anna.types("/do", "@Anna Lund & <you> in #general or #board, not@anna", general)
    assert bot.last["text"] == (
        f"<@{anna.id}|anna.lund> &amp; &lt;you&gt; in <#{general.id}|general> or <#{board.id}|>, not@anna"
    )
    assert (bot.last["channel_name"], bot.last["user_name"]) == ("general", "anna.lund")
    await anna.types("/do")
    assert (bot.last["channel_id"], bot.last["channel_name"]) == (anna.direct.id, "directmessage")
    slack.app.manifest = {"features": {"slash_commands": [{"command": "/do", "should_escape": False}]}}
    await anna.types("/do", "@Anna & co")
    assert bot.last["text"] == "@Anna &amp; co"


async def test_the_switches_of_the_manifest_are_obeyed(slack: SlackEmulator, team: Team, bot: Echo) -> None:
    anna = team.person("Anna")
    await bot.client.chat_postMessage(channel=anna.id, text="Pick", blocks=SELECTS)
    home = {"home_tab_enabled": False, "messages_tab_enabled": False, "messages_tab_read_only_enabled": True}
    slack.app.manifest = {"features": {"app_home": home}, "settings": {"event_subscriptions": {"bot_events": []}}}
    with pytest.raises(SlackApiError, match="not_enabled"):
        await bot.client.views_publish(user_id=anna.id, view={"type": "home", "blocks": []})
    with pytest.raises(SlackApiError, match="messages_tab_disabled"):
        await bot.client.chat_postMessage(channel=anna.id, text="Hi")
    assert not (await anna.chooses("Pick one", "B")).ok
    with pytest.raises(AssertionError, match="nobody write"):
        await anna.writes("hello")
    heard = len(bot.heard)
    await anna.opens_home()
    await anna.writes("hello", team.channel("general", anna), mentions_bot=True)
    assert len(bot.heard) == heard


async def test_coming_and_going_is_told(slack: SlackEmulator, team: Team, bot: Echo) -> None:
    anna, bo = team.person("Anna"), team.person("Bo")
    general = team.channel("general", anna, bot=False)
    await anna.invites_bot(general)
    event = bot.last["event"]
    assert (event["type"], event["user"]) == ("member_joined_channel", team.bot_user.id)
    await bo.joins(general)
    assert bot.last["event"]["user"] == bo.id
    await bo.leaves(general)
    assert bot.heard[-2]["event"]["type"] == "member_left_channel"
    await anna.archives(general)
    assert bot.last["event"]["type"] == "channel_archive"
    await anna.removes_bot(general)
    assert bot.last["event"]["user"] == team.bot_user.id


async def test_a_slow_answer_and_short_pages(slack: SlackEmulator, team: Team, bot: Echo) -> None:
    slack.faults.arm("auth.test", Fault.SLOW, seconds=0.01)
    assert (await bot.client.auth_test())["ok"]
    slack.world.short_pages = True
    for number in range(5):
        await team.person("Anna").writes(str(number), team.channel("general", team.person("Anna")))
    told = await bot.client.conversations_history(channel=team.channel("general").id, limit=4)
    assert (len(told["messages"]), told["has_more"]) == (2, True)
    await slack.sockets.disable()
    assert (await team.person("Anna").types("/x")).error == "connection_failed"


async def test_what_people_write_comes_as_rich_text_too(team: Team, bot: Echo) -> None:
    anna = team.person("Anna")
    general = team.channel("general", anna)
    await anna.writes("1 < 2, @Anna in #general", general)
    event = bot.last["event"]
    assert event["text"] == f"1 &lt; 2, <@{anna.id}> in <#{general.id}|general>"
    words = event["blocks"][0]["elements"][0]["elements"]
    assert [word["type"] for word in words] == ["text", "user", "text", "channel"]
    assert anna.last(general) == "1 < 2, @Anna in #general"
    assert event["client_msg_id"]


async def test_bots_edits_and_slacks_own_lines_are_told_as_such(team: Team, bot: Echo, slack: SlackEmulator) -> None:
    anna, robot = team.person("Anna"), team.person("Robot", bot=True)
    general = team.channel("general", anna, robot)
    await robot.writes("beep", general)
    assert (bot.last["event"]["subtype"], bot.last["event"]["bot_id"]) == ("bot_message", robot.user.bot_id)
    mine = await anna.writes("one", general)
    await anna.edits(mine, "two")
    assert (bot.last["event"]["subtype"], bot.last["event"]["message"]["text"]) == ("message_changed", "two")
    await anna.deletes(mine)
    assert bot.last["event"]["subtype"] == "message_deleted"
    await team.person("Bo").joins(general)
    assert (bot.last["event"]["type"], bot.last["event"]["subtype"]) == ("message", "channel_join")
    await slack.delivery.organisation(team, {"type": "team_access_granted", "team_ids": [team.id]})
    assert (bot.last["event"]["type"], "team_id" in bot.last) == ("team_access_granted", False)


async def test_time_can_run_faster() -> None:
    clock = RunningClock(speed=1000)
    async with SlackEmulator(clock) as slack:
        passed: list[bool] = []

        async def note() -> None:
            passed.append(True)
            slack.world.changed()

        slack.world.timers.after(60, note)
        await slack.until(lambda: passed)


def test_blocks_are_read_as_people_read_them() -> None:
    team = Team("T1", "Academy", "academy")
    eyes = Eyes(team)
    date = {"type": "date", "timestamp": 1700000000, "format": "{date}", "fallback": "on Tuesday"}
    bullet = {
        "type": "rich_text_section",
        "elements": [{"type": "text", "text": "a"}, {"type": "emoji", "name": "wave"}],
    }
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "text", "text": "Hi "}, {"type": "user", "user_id": "U9"}, date],
            },
            {"type": "rich_text_list", "style": "ordered", "offset": 1, "indent": 1, "elements": [bullet, bullet]},
            {
                "type": "rich_text_quote",
                "elements": [{"type": "link", "url": "https://x.dk"}, {"type": "broadcast", "range": "here"}],
            },
        ],
    }
    assert eyes.blocks([rich]) == ["Hi @U9on Tuesday", "  2. a:wave:", "  3. a:wave:", "> https://x.dk@here"]
    cells = [
        {"type": "raw_text", "text": "x"},
        {"type": "raw_number", "value": 2},
        {"type": "rich_text", "elements": [bullet]},
    ]
    assert eyes.block({"type": "table", "rows": [cells]}) == ["x | 2 | a:wave:"]
    assert (
        eyes.mrkdwn("*b* _i_ ~s~ `c` 2*3*4 <!date^1^{date}|Monday> <#C9> &amp;lt;") == "b i s c 2*3*4 Monday #C9 &lt;"
    )
    assert eyes.block({"type": "context", "elements": [words("*x*"), {"type": "image", "alt_text": "A"}]}) == [
        "*x* (image: A)"
    ]
