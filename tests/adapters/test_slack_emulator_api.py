"""The emulator's Web API under the genuine client: tokens, scopes, rooms, pages, files, rates."""

from collections.abc import AsyncGenerator, Awaitable
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import SlackEmulator
from tests.emulators.slack_rates import Rates
from tests.emulators.slack_team import Team
from tests.fakes import StoppedClock


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
async def slack(clock: StoppedClock) -> AsyncGenerator[SlackEmulator, None]:
    async with SlackEmulator(clock) as emulator:
        yield emulator


@pytest.fixture
def team(slack: SlackEmulator) -> Team:
    return slack.team("Academy")


@pytest.fixture
def client(slack: SlackEmulator, team: Team) -> AsyncWebClient:
    return AsyncWebClient(team.token_value, base_url=slack.api_url, retry_handlers=[])


async def answer(call: Awaitable[Any]) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as error:
        await call
    found: dict[str, Any] = error.value.response.data
    return found


async def refused(call: Awaitable[Any]) -> str:
    return str((await answer(call))["error"])


async def test_every_answer_tells_the_scopes_and_a_missing_one_is_named(slack: SlackEmulator, team: Team) -> None:
    team.token = slack.world.new_token(team, ["chat:write", "channels:read"])
    client = AsyncWebClient(team.token_value, base_url=slack.api_url)
    told = await client.auth_test()
    assert told.headers["x-oauth-scopes"] == "chat:write,channels:read"
    missing = await answer(client.users_info(user=team.person("Anna").id))
    assert (missing["error"], missing["needed"], missing["provided"]) == (
        "missing_scope",
        "users:read",
        "chat:write,channels:read",
    )
    private = team.channel("board", team.person("Anna"), private=True)
    assert (await answer(client.conversations_info(channel=private.id)))["needed"] == "groups:read"


@pytest.mark.parametrize(
    ("token", "error"),
    [("", "not_authed"), ("xoxb-no", "invalid_auth"), ("xapp-1-A0BROBYGGER-1-abc", "not_allowed_token_type")],
)
async def test_a_wrong_token_is_refused(slack: SlackEmulator, team: Team, token: str, error: str) -> None:
    assert team.installed
    assert await refused(AsyncWebClient(token, base_url=slack.api_url).auth_test()) == error


async def test_an_unknown_method_and_a_wrong_body_are_refused(slack: SlackEmulator, client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout")) == "unknown_method"
    headers = {"Authorization": f"Bearer {client.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with session.post(f"{slack.api_url}auth.test", data=b"{") as response:
            assert (await response.json())["error"] == "invalid_json"
        async with session.post(f"{slack.api_url}auth.test", data=b"[]") as response:
            assert (await response.json())["error"] == "json_not_object"


async def test_an_argument_that_slack_does_not_know_is_noticed(
    slack: SlackEmulator, team: Team, client: AsyncWebClient
) -> None:
    await client.chat_postMessage(channel=team.person("Anna").id, text="Hi", thread="1.1")
    assert slack.problems == ["chat.postMessage has no argument thread"]


async def test_workspaces_never_see_each_other(slack: SlackEmulator, team: Team, client: AsyncWebClient) -> None:
    other = slack.team("Other")
    stranger = other.person("Eva")
    room = other.channel("general", stranger)
    assert await refused(client.users_info(user=stranger.id)) == "user_not_found"
    assert await refused(client.chat_postMessage(channel=room.id, text="Hi")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel=stranger.id, text="Hi")) == "channel_not_found"
    assert await refused(client.conversations_open(users=[stranger.id])) == "user_not_found"
    assert (
        await refused(client.views_publish(user_id=stranger.id, view={"type": "home", "blocks": []}))
        == "user_not_found"
    )
    user = {"type": "rich_text_section", "elements": [{"type": "user", "user_id": stranger.id}]}
    blocks = [{"type": "rich_text", "elements": [user]}]
    assert (
        await refused(client.chat_postMessage(channel=team.person("Anna").id, text="Hi", blocks=blocks))
        == "invalid_blocks"
    )


async def test_a_message_goes_only_where_it_may(slack: SlackEmulator, team: Team, client: AsyncWebClient) -> None:
    anna, bot = team.person("Anna"), team.person("Robot", bot=True)
    gone, shy = team.person("Gone", deleted=True), team.person("Shy", takes_messages=False)
    outside = team.channel("outside", anna, bot=False)
    secret = team.channel("secret", anna, private=True, bot=False)
    old = team.channel("old", anna)
    old.archived = True
    for channel, error in [
        (outside.id, "not_in_channel"), (secret.id, "channel_not_found"), (old.id, "is_archived"), ("C999", "channel_not_found"),
        (bot.id, "channel_not_found"), (gone.id, "channel_not_found"), (shy.id, "restricted_action"),
    ]:  # fmt: skip
        assert await refused(client.chat_postMessage(channel=channel, text="Hi")) == error
    assert await refused(client.conversations_open(users=[gone.id])) == "user_disabled"
    assert await refused(client.conversations_open(users=[bot.id])) == "cannot_dm_bot"
    slack.world.people_are_channels = False
    assert await refused(client.chat_postMessage(channel=anna.id, text="Hi")) == "channel_not_found"
    opened = await client.conversations_open(users=[anna.id])
    await client.chat_postMessage(channel=opened["channel"]["id"], text="Hi")
    assert anna.sees() == ["Hi"]
    await client.conversations_join(channel=outside.id)
    await client.chat_postMessage(channel=outside.id, text="Joined")
    assert anna.sees(outside) == ["Joined"]


async def test_the_same_people_are_the_same_room(team: Team, client: AsyncWebClient) -> None:
    anna, bo = team.person("Anna"), team.person("Bo")
    first = await client.conversations_open(users=[anna.id, bo.id])
    second = await client.conversations_open(users=[bo.id, anna.id])
    assert first["channel"]["id"] == second["channel"]["id"]
    await client.chat_postMessage(channel=first["channel"]["id"], text="Hello you two")
    assert bo.sees(team.room(anna, bo)) == ["Hello you two"]
    assert (
        await refused(client.conversations_open(users=[team.person(f"P{n}").id for n in range(9)])) == "too_many_users"
    )


async def test_messages_are_edited_deleted_and_linked_to(team: Team, client: AsyncWebClient) -> None:
    anna = team.person("Anna")
    general = team.channel("general", anna)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "*One* <!channel> <https://x.dk|here> &lt;b&gt;"}}
    post = await client.chat_postMessage(channel=general.id, text="One", blocks=[block])
    message = anna.newest(general)
    assert anna.last(general) == "One @channel here <b>"
    assert (message.mentions, message.links) == (["!channel"], ["https://x.dk"])
    await client.chat_update(channel=general.id, ts=post["ts"], text="Two")
    assert (anna.last(general), message.mentions) == ("Two", [])
    link = await client.chat_getPermalink(channel=general.id, message_ts=post["ts"])
    assert link["permalink"] == f"https://academy.slack.com/archives/{general.id}/p{post['ts'].replace('.', '')}"
    hers = await anna.writes("mine", general)
    assert await refused(client.chat_update(channel=general.id, ts=hers.ts, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel=general.id, ts=hers.ts)) == "cant_delete_message"
    await client.chat_delete(channel=general.id, ts=post["ts"])
    assert anna.sees(general) == ["mine"]
    assert await refused(client.chat_update(channel=general.id, ts=post["ts"], text="x")) == "message_not_found"


async def test_an_ephemeral_message_is_for_one(team: Team, client: AsyncWebClient) -> None:
    anna, bo, out = team.person("Anna"), team.person("Bo"), team.person("Out")
    general = team.channel("general", anna, bo)
    told = await client.chat_postEphemeral(channel=general.id, user=anna.id, text="Psst")
    assert (anna.sees(general), bo.sees(general)) == (["Psst"], [])
    assert (
        await refused(client.chat_postEphemeral(channel=general.id, user=out.id, text="Psst")) == "user_not_in_channel"
    )
    assert await refused(client.chat_update(channel=general.id, ts=told["message_ts"], text="x")) == "message_not_found"
    assert (await client.conversations_history(channel=general.id))["messages"] == []


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"event_type": "x"}, "invalid_metadata_format"),
        ({"event_type": "", "event_payload": {}}, "invalid_metadata_format"),
        ({"event_type": "x", "event_payload": {"a": {"b": 1}}}, "invalid_metadata_schema"),
        ({"event_type": "x", "event_payload": {"a": "y" * 8000}}, "metadata_too_large"),
    ],
)
async def test_metadata_is_small_and_flat(
    team: Team, client: AsyncWebClient, given: dict[str, Any], error: str
) -> None:
    call = client.chat_postMessage(channel=team.person("Anna").id, text="Hi", metadata=given)
    assert await refused(call) == error


async def test_history_goes_page_by_page_and_tells_metadata_only_when_asked(team: Team, client: AsyncWebClient) -> None:
    anna = team.person("Anna")
    general = team.channel("general", anna)
    for number in range(4):
        await client.chat_postMessage(
            channel=general.id, text=str(number), metadata={"event_type": "k", "event_payload": {"n": number}}
        )
    first = await client.conversations_history(channel=general.id, limit=3)
    assert [m["text"] for m in first["messages"]] == ["3", "2", "1"]
    assert first["has_more"]
    assert "metadata" not in first["messages"][0]
    await anna.writes("meanwhile", general)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=general.id, limit=3, cursor=cursor, include_all_metadata=True)
    assert [m["metadata"]["event_payload"]["n"] for m in second["messages"]] == [0]
    assert not second["has_more"]
    assert await refused(client.conversations_history(channel=general.id, cursor="rubbish")) == "invalid_cursor"
    ts = first["messages"][0]["ts"]
    since = await client.conversations_history(channel=general.id, oldest=ts)
    assert [m["text"] for m in since["messages"]] == ["meanwhile"]


async def test_a_thread_is_read_by_its_root(team: Team, client: AsyncWebClient) -> None:
    anna = team.person("Anna")
    general = team.channel("general", anna)
    root = await anna.writes("question", general)
    await client.chat_postMessage(channel=general.id, text="answer", thread_ts=root.ts)
    replies = await client.conversations_replies(channel=general.id, ts=root.ts)
    assert [m["text"] for m in replies["messages"]] == ["question", "answer"]
    assert anna.sees(general) == ["question"]
    assert anna.sees(general, root) == ["question", "answer"]
    history = await client.conversations_history(channel=general.id)
    assert history["messages"][0]["reply_count"] == 1
    assert await refused(client.conversations_replies(channel=general.id, ts="1.1")) == "thread_not_found"
    assert (
        await refused(client.chat_postMessage(channel=general.id, text="x", thread_ts="1.1"))
        == "cannot_reply_to_message"
    )
    outside = team.channel("outside", anna, bot=False)
    assert await refused(client.conversations_history(channel=outside.id)) == "not_in_channel"


async def test_a_file_is_uploaded_shown_and_fetched(slack: SlackEmulator, team: Team, client: AsyncWebClient) -> None:
    anna = team.person("Anna")
    direct = (await client.conversations_open(users=[anna.id]))["channel"]["id"]
    slack.world.rates.on = False
    done = await client.files_upload_v2(
        filename="a.ics", content="BEGIN", title="Camp", channel=direct, initial_comment="Here"
    )
    assert anna.last() == "Here\n(file: Camp)"
    url = done["file"]["url_private"]
    async with aiohttp.ClientSession() as session:
        async with session.get(url, headers={"Authorization": f"Bearer {client.token}"}) as response:
            assert await response.read() == b"BEGIN"
        async with session.get(url) as response:
            assert response.content_type == "text/html"
    image = {"type": "image", "alt_text": "A map", "slack_file": {"id": done["file"]["id"]}}
    slack.world.files_not_ready = 1
    call = {"channel": anna.id, "text": "Map", "blocks": [image]}
    assert "invalid slack file" in str(await answer(client.chat_postMessage(**call)))
    await client.chat_postMessage(**call)
    assert anna.last() == "(image: A map)"
    image["slack_file"] = {"id": "F999"}
    assert await refused(client.chat_postMessage(**call)) == "invalid_blocks"
    assert await refused(client.files_completeUploadExternal(files=[{"id": "F9", "title": "x"}])) == "file_not_found"


async def test_messages_are_scheduled_but_not_with_metadata(
    team: Team, client: AsyncWebClient, clock: StoppedClock, slack: SlackEmulator
) -> None:
    anna = team.person("Anna")
    direct = anna.direct.id
    now = int(clock.now().timestamp())
    assert await refused(client.chat_scheduleMessage(channel=direct, text="x", post_at=now)) == "time_in_past"
    assert (
        await refused(client.chat_scheduleMessage(channel=direct, text="x", post_at=now + 121 * 86400))
        == "time_too_far"
    )
    await client.chat_scheduleMessage(channel=direct, text="Later", post_at=now + 60)
    await client.chat_scheduleMessage(
        channel=direct, text="Never", post_at=now + 60, metadata={"event_type": "k", "event_payload": {}}
    )
    for _number in range(28):
        await client.chat_scheduleMessage(channel=direct, text="x", post_at=now + 7200)
        await client.chat_scheduleMessage(channel=direct, text="x", post_at=now + 7500)
        clock.advance(seconds=1)
    clock.advance(minutes=1)
    await slack.until(lambda: anna.sees() == ["Later"])
    for _number in range(2):
        await client.chat_scheduleMessage(channel=direct, text="x", post_at=now + 7200)
    assert (
        await refused(client.chat_scheduleMessage(channel=direct, text="x", post_at=now + 7200))
        == "restricted_too_many"
    )


async def test_posts_come_a_second_apart_and_a_refusal_says_how_long(
    slack: SlackEmulator, team: Team, client: AsyncWebClient, clock: StoppedClock
) -> None:
    anna, bo = team.person("Anna"), team.person("Bo")
    for _number in range(4):
        await client.chat_postMessage(channel=anna.id, text="Hi")
    with pytest.raises(SlackApiError) as error:
        await client.chat_postMessage(channel=anna.direct.id, text="Hi")
    response = error.value.response
    assert (response.status_code, response["error"], response.headers["Retry-After"]) == (429, "ratelimited", "1")
    assert slack.refused[0].bucket == ("chat.postMessage", team.id, anna.id)
    await client.chat_postMessage(channel=bo.id, text="Hi")
    await client.users_info(user=anna.id)
    clock.advance(seconds=1)
    await client.chat_postMessage(channel=anna.id, text="Hi")


async def test_a_small_history_is_one_page_a_minute(
    team: Team, client: AsyncWebClient, slack: SlackEmulator, clock: StoppedClock
) -> None:
    general = team.channel("general", team.person("Anna"))
    for number in range(20):
        await team.person("Anna").writes(str(number), general)
    slack.world.limiter.rates = slack.world.rates = Rates(small_history=True)
    assert len((await client.conversations_history(channel=general.id, limit=200))["messages"]) == 15
    assert await refused(client.conversations_history(channel=general.id)) == "ratelimited"
    assert slack.refused[0].retry_after == 60
    clock.advance(minutes=1)
    await client.conversations_history(channel=general.id)


async def test_people_and_the_workspace_are_told(team: Team, client: AsyncWebClient) -> None:
    anna = team.person("Anna", email="anna@x.dk", tz="Europe/London", locale="en-GB")
    told = (await client.users_info(user=anna.id, include_locale=True))["user"]
    assert (told["tz"], told["locale"], told["profile"]["email"]) == ("Europe/London", "en-GB", "anna@x.dk")
    assert "locale" not in (await client.users_info(user=anna.id))["user"]
    assert (await client.users_lookupByEmail(email="ANNA@x.dk"))["user"]["id"] == anna.id
    assert await refused(client.users_lookupByEmail(email="no@x.dk")) == "users_not_found"
    assert (await client.team_info())["team"]["name"] == "Academy"
    found = [user["name"] async for page in await client.users_list(limit=1) for user in page["members"]]
    assert found == ["slackbot", "brobygger", "anna"]
    assert (await client.bots_info(bot=team.bot_user.bot_id))["bot"]["user_id"] == team.bot_user.id
    listed = await client.conversations_members(channel=team.channel("general", anna).id)
    assert set(listed["members"]) == {anna.id, team.bot_user.id}
    post = await client.chat_postMessage(channel=anna.id, text="Hi")
    await client.reactions_add(channel=post["channel"], timestamp=post["ts"], name="wave")
    assert (
        await refused(client.reactions_add(channel=post["channel"], timestamp=post["ts"], name="wave"))
        == "already_reacted"
    )
