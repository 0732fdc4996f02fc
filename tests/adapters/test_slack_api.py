"""Calls over the wire, through the genuine client: once each, and every trouble is one of our errors."""

import asyncio
import logging

import pytest

from adapters.slack.api import SlackApi
from bot.errors import ChatError, Doubtful, Gone, Refused, StorageError, TryLater
from bot.identity import WorkspaceId, new_id
from tests.adapters.slack_sending import Keys, Moving, scene
from tests.emulators.slack_faults import Fault
from tests.emulators.slack_rates import Rates
from tests.fakes import StoppedClock

SECRETS = ("xoxb-", "Anna", "hello there")


async def test_an_answer_is_what_slack_said() -> None:
    async with scene() as here:
        answer = await here.api.call(here.workspace, "auth.test")
        assert answer["user_id"] == here.team.bot_user.id


async def test_the_client_sends_nothing_twice() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", Fault.LOST)
        with pytest.raises(Doubtful):
            await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
        assert len(channel.messages) == 1


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault.LOST, Doubtful),
        (Fault.DROPPED, Doubtful),
        (Fault.SERVER_ERROR, Doubtful),
        (Fault.SERVER_ERROR_AFTER, Doubtful),
        (Fault.UNAVAILABLE, Doubtful),
        (Fault.HANGS, Doubtful),
        (Fault.HANGS_AFTER, Doubtful),
        (Fault.INTERNAL, Doubtful),
        (Fault.INTERNAL_AFTER, Doubtful),
        (Fault.NONSENSE, Doubtful),
        ("a_new_code", Doubtful),
        ("is_archived", Refused),
        ("message_not_found", Gone),
        ("team_added_to_org", TryLater),
    ],
)
async def test_each_trouble_of_a_post_is_the_error_that_fits(fault: str, kind: type[ChatError]) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", fault)
        with pytest.raises(kind) as raised:
            await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
        assert not any(secret in str(raised.value) for secret in SECRETS)


@pytest.mark.parametrize(
    "fault",
    [Fault.SERVER_ERROR, Fault.UNAVAILABLE, Fault.HANGS, Fault.INTERNAL, Fault.NONSENSE, "new_code"],
)
async def test_what_only_reads_may_be_asked_again(fault: str) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("conversations.history", fault)
        with pytest.raises(TryLater):
            await here.api.call(here.workspace, "conversations.history", channel=channel.id)


async def test_where_nobody_listens_nothing_was_sent(clock: StoppedClock) -> None:
    keys = Keys()
    async with scene() as here:
        keys.teams[here.workspace] = here.team
        for url in ("http://127.0.0.1:9/api/", "http://nowhere.invalid/api/"):
            api = SlackApi(url, keys, clock, rest=Moving(clock).rest)
            with pytest.raises(TryLater):
                await api.call(here.workspace, "chat.postMessage", channel="C1", text="hello there")
            await api.close()


async def test_an_unknown_workspace_is_not_installed() -> None:
    async with scene() as here:
        with pytest.raises(Refused, match="not_installed"):
            await here.api.call(WorkspaceId(new_id()), "auth.test")


@pytest.mark.parametrize("code", ["token_revoked", "account_inactive", "invalid_auth", "not_authed"])
async def test_a_lost_token_is_told_to_who_keeps_it(code: str) -> None:
    async with scene() as here:
        here.slack.faults.arm("auth.test", code)
        with pytest.raises(Refused, match="not_installed"):
            await here.api.call(here.workspace, "auth.test")
        assert here.keys.told == [(here.team.token_value, code)]


async def test_a_token_whose_time_is_over_is_asked_for_again() -> None:
    async with scene() as here:
        here.slack.faults.arm("auth.test", "token_expired")
        with pytest.raises(TryLater) as raised:
            await here.api.call(here.workspace, "auth.test")
        assert raised.value.after == 1.0
        assert here.keys.told == [(here.team.token_value, "token_expired")]
        await here.api.call(here.workspace, "auth.test")


async def test_storage_that_is_away_is_no_reason_to_give_up(clock: StoppedClock) -> None:
    class Away:
        async def token(self, workspace: WorkspaceId) -> str:
            raise StorageError(str(workspace))

        async def lost(self, workspace: WorkspaceId, token: str, error: str) -> None:
            raise StorageError(f"{workspace} {token} {error}")

    api = SlackApi("http://127.0.0.1:9/api/", Away(), clock)
    with pytest.raises(TryLater, match="StorageError"):
        await api.call(WorkspaceId(new_id()), "auth.test")


async def test_a_missing_scope_is_said_once_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        token = here.team.token
        assert token is not None
        token.scopes = ("channels:read",)
        channel = here.team.channel("general")
        for _ in range(3):
            with pytest.raises(Refused, match="missing_scope"):
                await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == [
            "Slack's app lacks the scope chat:write, which chat.postMessage needs"
        ]


async def test_too_many_is_honoured_and_told() -> None:
    async with scene(Rates(per_minute={"users.info": 2.0})) as here:
        anna = here.team.person("Anna")
        for _ in range(2):
            await here.api.call(here.workspace, "users.info", user=anna.id)
        with pytest.raises(TryLater) as raised:
            await here.api.call(here.workspace, "users.info", user=anna.id)
        assert raised.value.after is not None
        assert raised.value.after >= 1
        asked = len(here.slack.called("users.info"))
        with pytest.raises(TryLater):
            await here.api.call(here.workspace, "users.info", user=anna.id)
        assert len(here.slack.called("users.info")) == asked
        await here.api.call(here.workspace, "auth.test")
        here.clock.advance(seconds=raised.value.after + 1)
        await here.api.call(here.workspace, "users.info", user=anna.id)


async def test_ten_minutes_without_slack_are_two_lines_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        await here.slack.goes_down(minutes=10)
        began = here.clock.now()
        tried = 0
        while True:
            try:
                await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
                break
            except (TryLater, Doubtful) as error:
                tried += 1
                after = error.after if isinstance(error, TryLater) else None
                here.clock.advance(seconds=min(after or 1.0, 5.0))
                await asyncio.sleep(0.015)
        assert tried > 50
        assert (here.clock.now() - began).total_seconds() < 640
        told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert len(told) == 2
        assert told[0] == "Slack does not answer (http_503); what is to be sent there waits"
        assert told[1].startswith("Slack answers again after 6")
        assert len(channel.messages) == 1
        # Three were tried before it was an outage, and then nothing was sent until a knock was answered.
        assert len(here.slack.called("chat.postMessage")) == 1


async def test_a_slack_that_is_there_but_ill_is_two_lines_as_well(caplog: pytest.LogCaptureFixture) -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", "internal_error", times=15)
        while not channel.messages:
            try:
                await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
            except (TryLater, Doubtful) as error:
                after = error.after if isinstance(error, TryLater) else None
                here.clock.advance(seconds=min(after or 0.5, 0.5))
        told = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert len(told) == 2
        assert told[0] == "Slack does not answer (internal_error); what is to be sent there waits"
        assert len(here.slack.called("chat.postMessage")) == 16


async def test_one_lost_answer_is_no_outage() -> None:
    async with scene() as here:
        channel = here.team.channel("general")
        here.slack.faults.arm("chat.postMessage", Fault.LOST, times=2)
        for _ in range(2):
            with pytest.raises(Doubtful):
                await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")
        await here.api.call(here.workspace, "chat.postMessage", channel=channel.id, text="hello there")


async def test_nothing_personal_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with scene() as here:
        anna = here.team.person("Anna")
        here.slack.faults.arm("chat.postMessage", Fault.NONSENSE)
        for _ in range(2):
            with pytest.raises((Doubtful, Refused)):
                await here.api.call(here.workspace, "chat.postMessage", channel=anna.id, text="hello there")
            here.slack.faults.arm("chat.postMessage", "msg_too_long")
        ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("asyncio", "aiohttp"))]
        assert not any(secret in line for line in ours for secret in SECRETS)


# Answers to interactions


async def test_an_answer_to_an_interaction_arrives() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        url = here.slack.world.response_url(here.team, channel.id, anna.id)
        await here.api.respond(url, {"text": "hello there", "response_type": "ephemeral"})
        assert [message.text for message in channel.messages] == ["hello there"]


async def test_an_address_that_is_too_old_or_used_up_is_gone() -> None:
    async with scene() as here:
        anna = here.team.person("Anna")
        channel = here.team.channel("general", anna)
        url = here.slack.world.response_url(here.team, channel.id, anna.id)
        for _ in range(5):
            await here.api.respond(url, {"text": "hello there"})
        with pytest.raises(Gone):
            await here.api.respond(url, {"text": "hello there"})
        old = here.slack.world.response_url(here.team, channel.id, anna.id)
        here.clock.advance(minutes=31)
        with pytest.raises(Gone):
            await here.api.respond(old, {"text": "hello there"})
        with pytest.raises(Gone):
            await here.api.respond(f"{here.slack.world.origin}/actions/T1/nothing", {"text": "hello there"})


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/api/",
        "http://hooks.slack.com/actions/1",
        "https://hooks.slack.com.example.org/1",
        "https://notslack.com/1",
        "https://slack.com@example.org/1",
        "https://example.org\\.slack.com/1",
        "nonsense",
        "http://[",
    ],
)
async def test_nothing_goes_to_a_stranger(url: str) -> None:
    async with scene() as here:
        with pytest.raises(Refused, match="foreign_url"):
            await here.api.respond(url, {"text": "hello there"})
        with pytest.raises(Refused, match="foreign_url"):
            await here.api.fetch(here.workspace, url, 100)
        with pytest.raises(Refused, match="foreign_url"):
            await here.api.upload(url, b"x")


async def test_a_file_that_somebody_gave_is_fetched() -> None:
    from tests.emulators.slack_messages import file_json
    from tests.emulators.slack_methods_files import given_file

    async with scene() as here:
        anna = here.team.person("Anna")
        file = given_file(here.slack.world, here.team, anna.id, "roster.csv", b"a,b\n1,2\n")
        url = file_json(here.slack.world, here.team, file)["url_private"]
        assert await here.api.fetch(here.workspace, url, 100) == b"a,b\n1,2\n"
        with pytest.raises(Refused, match="too_large"):
            await here.api.fetch(here.workspace, url, 5)
        with pytest.raises(Gone, match="file_not_found"):
            await here.api.fetch(here.workspace, url.replace(file.id, "F0NONE"), 100)
        token = here.team.token
        assert token is not None
        token.scopes = ()
        with pytest.raises(Refused, match="not_visible"):
            await here.api.fetch(here.workspace, url, 100)
