"""Slack's bad days and everybody else's bad intentions: refused, survived, and one clear line in the log."""

import json
import logging
from collections.abc import AsyncGenerator
from urllib.parse import urlencode

import httpx
import pytest

from adapters.slack.doors import MOST_BYTES
from adapters.slack.socket import SocketLine
from adapters.slack.working import Working
from bot.words import Languages
from tests.adapters.slack_academy import SlackHouse, make_bolt, opened_house
from tests.emulators.slack_faults import Ack, Fault


@pytest.fixture(params=["socket", "http"])
async def house(request: pytest.FixtureRequest, languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house(request.param, languages) as opened:
        yield opened


@pytest.fixture
async def door(languages: Languages) -> AsyncGenerator[SlackHouse]:
    async with opened_house("http", languages) as opened:
        yield opened


async def knocks(house: SlackHouse, body: bytes, kind: str = "application/json", *, signed: bool = True) -> int:
    """What a request is answered with."""
    headers = {"Content-Type": kind, **(house.slack.signed.signature(body) if signed else {})}
    async with httpx.AsyncClient() as client:
        return (await client.post(house.slack.app.request_url, content=body, headers=headers)).status_code


@pytest.mark.parametrize("fault", [Ack.BAD_SIGNATURE, Ack.OLD_TIMESTAMP, Ack.TAMPERED])
async def test_who_cannot_sign_is_turned_away(door: SlackHouse, fault: Ack, caplog: pytest.LogCaptureFixture) -> None:
    door.slack.faults.arm_delivery("slash_commands", fault)
    assert not (await door.anna.types("/try", "bell", door.general)).ok
    await door.settled()
    assert door.gate.passed == 0
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage() for record in lines] == ["a request with a wrong or an old signature was turned away"]
    assert "xoxb" not in caplog.text


async def test_a_request_that_is_played_again_is_answered_once(door: SlackHouse) -> None:
    door.slack.faults.arm_delivery("slash_commands", Ack.REPLAY)
    await door.anna.types("/try", "bell", door.general)
    await door.bo.until_sees("rang 0 times")
    await door.settled()
    assert len(door.bo.sees(door.general)) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[1]", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"payload={", "application/x-www-form-urlencoded"),
        (b"payload=", "application/x-www-form-urlencoded"),
        (b"a=b", "application/x-www-form-urlencoded"),
        (json.dumps({"type": "event_callback", "event": 7}).encode(), "application/json"),
        (json.dumps({"type": "block_actions", "actions": [], "user": {}}).encode(), "application/json"),
        (json.dumps({"type": "interactive_message", "callback_id": "x"}).encode(), "application/json"),
        (json.dumps({"type": "event_callback", "authorizations": [1], "event": {"type": "x"}}).encode(), "text/plain"),
    ],
)
async def test_what_is_no_request_of_slacks_is_refused_without_a_trace(
    door: SlackHouse, body: bytes, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert 400 <= await knocks(door, body, kind) < 500
    assert "Traceback" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)


async def test_rubbish_that_nobody_signed_is_not_even_read(door: SlackHouse, caplog: pytest.LogCaptureFixture) -> None:
    assert await knocks(door, b"{", signed=False) == 401
    headers = {"X-Slack-Request-Timestamp": "yesterday", "X-Slack-Signature": "v0=1"}
    async with httpx.AsyncClient() as client:
        assert (await client.post(door.slack.app.request_url, content=b"{}", headers=headers)).status_code == 401
    assert {record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING} == {
        "a request with a wrong or an old signature was turned away"
    }


async def test_a_body_without_end_is_cut_off(door: SlackHouse) -> None:
    assert await knocks(door, b"x" * (MOST_BYTES + 1)) == 413


async def test_the_address_is_for_posting_only(door: SlackHouse) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(door.slack.app.request_url)).status_code == 405


async def test_the_handshake_returns_the_challenge(door: SlackHouse) -> None:
    assert await door.slack.signed.verify()


@pytest.mark.parametrize(
    "payload",
    [
        {"command": "/try", "user_id": "U1"},
        {"command": "/try", "user_id": "U1", "channel_id": ""},
    ],
)
async def test_a_command_with_something_missing_is_acknowledged_and_told_by_kind(
    door: SlackHouse, payload: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    body = urlencode({**payload, "team_id": door.team.id, "text": "a secret"}).encode()
    assert await knocks(door, body, "application/x-www-form-urlencoded") == 200
    await door.settled()
    assert "a payload could not be read" in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("kind", ["view_submission", "block_suggestion", "block_actions", "shortcut", "event_callback"])
async def test_every_kind_with_something_missing_is_acknowledged(
    house: SlackHouse, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    payload = {
        "type": kind,
        "team": {"id": house.team.id},
        "team_id": house.team.id,
        "user": {"id": house.anna.id},
        "view": {"id": 7, "type": "modal", "callback_id": "x"},
        "actions": [{"action_id": "1|x"}],
        "action_id": "field",
        "callback_id": "x",
        "event": {"type": "message"},
        "authorizations": [{"team_id": house.team.id, "enterprise_id": 7}],
    }
    outcome = await house.slack.delivery.attempt(
        house.team, "events_api" if kind == "event_callback" else "interactive", payload
    )
    assert outcome.ok
    assert "a payload could not be read" in caplog.text
    assert house.anna.id not in caplog.text


async def test_an_envelope_that_is_nothing_is_acknowledged(languages: Languages) -> None:
    async with opened_house("socket", languages) as house:
        outcome = await house.slack.delivery.attempt(house.team, "interactive", {"type": "who_knows", "x": [1]})
        assert outcome.ok


async def test_a_broken_handler_is_told_with_a_reference(house: SlackHouse) -> None:
    house.gate.replies = None  # type: ignore[assignment]  # what a mistake of ours would do
    await house.anna.types("/try", "replies", house.general)
    await house.settled()
    assert house.slack.problems == []


async def test_a_token_that_is_revoked_in_the_middle_is_survived(
    house: SlackHouse, caplog: pytest.LogCaptureFixture
) -> None:
    house.gate.close()
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until(lambda: house.gate.passed == 1)
    house.slack.faults.arm("*", Fault.REVOKED, times=50)
    house.gate.open()
    await house.settled()
    assert house.installed.tokens == {}
    assert "xoxb" not in caplog.text


async def test_a_refreshed_connection_loses_nothing(languages: Languages) -> None:
    async with opened_house("socket", languages) as house:
        house.gate.close()
        await house.anna.types("/try", "whisper before", house.general)
        before = list(house.slack.sockets.connections)
        await house.slack.refreshes_connections()
        await house.slack.until(lambda: any(one not in before for one in house.slack.sockets.connections))
        house.gate.open()
        await house.anna.until_sees("A whisper: before")
        await house.anna.types("/try", "whisper after", house.general)
        await house.anna.until_sees("A whisper: after")


async def test_while_slack_is_away_the_answer_is_lost_with_one_line(
    house: SlackHouse, caplog: pytest.LogCaptureFixture
) -> None:
    house.gate.close()
    await house.anna.types("/try", "bell", house.general)
    await house.anna.until(lambda: house.gate.passed == 1)
    house.slack.faults.arm("chat.postMessage", Fault.UNAVAILABLE, times=20)
    house.slack.faults.arm("conversations.history", Fault.UNAVAILABLE, times=20)
    house.gate.open()
    await house.anna.until_sees("my answer got lost")
    assert "an answer was lost" in caplog.text


async def test_an_organisation_installs_once_for_all_its_teams(languages: Languages) -> None:
    async with opened_house("http", languages, enterprise="E1", org_wide=True) as house:
        await house.anna.types("/try", "bell", house.general)
        await house.bo.until_sees("rang 0 times")
        await house.bo.presses("Ring the bell")
        await house.bo.until_sees("rang 1 times")
        await house.bo.presses("Introduce me")
        await house.bo.until_modal("Who are you?")
        await house.bo.fills({"Name": "Rosa"})
        await house.bo.submits()
        await house.bo.until_sees("Saved Rosa")
        await house.anna.opens_home()
        await house.anna.until(lambda: house.anna.home is not None)


async def test_a_socket_that_cannot_open_goes_on_trying_and_says_why_without_secrets(
    languages: Languages, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened_house("http", languages) as house:
        bolt = make_bolt(house.slack, house.installed)
        line = SocketLine(bolt, Working(), "xapp-wrong", house.slack.api_url, ping=0.05)
        await line.open()
        assert line.trouble == ""
        assert not await line.opened(0.3)
        assert line.trouble == "slack: SLACK_APP_TOKEN is not known any more"
        await line.close()
        assert "the connection to Slack is broken" in caplog.text
        assert "invalid_auth" in caplog.text
        assert "xapp-wrong" not in caplog.text
        assert all(record.exc_info is None for record in caplog.records)
