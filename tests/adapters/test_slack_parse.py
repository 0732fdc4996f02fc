"""Slack's payloads, read strictly: what is right becomes one small value, and anything else is malformed and nothing more."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.bordering import bordered
from adapters.slack.events import read_event
from adapters.slack.origin import Origin, remembered, with_response_url
from adapters.slack.parse import (
    Malformed,
    kind_of,
    read_command,
    read_press,
    read_search,
    read_shortcut,
    read_submission,
)
from bot.identity import Address
from bot.interactions import PlaceKind

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
URL = "https://hooks.slack.com/actions/T1/1/x"


def command(**more: object) -> dict[str, object]:
    return {
        "command": "/profile",
        "text": "pause 2 weeks",
        "team_id": "T1",
        "user_id": "U1",
        "user_name": "anna",
        "channel_id": "C1",
        "channel_name": "general",
        "trigger_id": "1.2.3",
        "response_url": URL,
        **more,
    }


def press(action: Mapping[str, object] | None = None, **more: object) -> dict[str, object]:
    return {
        "type": "block_actions",
        "team": {"id": "T1", "domain": "academy"},
        "user": {"id": "U1", "username": "anna", "team_id": "T1"},
        "channel": {"id": "C1", "name": "general"},
        "container": {"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": False},
        "message": {"ts": "1.1"},
        "trigger_id": "1.2.3",
        "response_url": URL,
        "actions": [action or {"type": "button", "action_id": "3|ring.1:2", "block_id": "b"}],
        **more,
    }


def view(**more: object) -> dict[str, object]:
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": "form.1",
        "private_metadata": "",
        "state": {"values": {}},
        **more,
    }


def sent(**more: object) -> dict[str, object]:
    return {
        "type": "view_submission",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "1.2.3",
        "view": view(),
        **more,
    }


def test_a_command_names_who_where_and_what() -> None:
    typed = read_command(command(), NOW)
    assert (typed.command, typed.text) == ("profile", "pause 2 weeks")
    assert typed.asked.id() == "slack:T1:1.2.3"
    assert (typed.asked.sender.user, typed.asked.sender.name) == ("U1", "anna")
    assert typed.asked.origin.place("U1").address == Address("slack", "in:C1")
    assert typed.asked.origin.may_respond(NOW)


def test_three_signs_are_unescaped_and_mentions_stay() -> None:
    typed = read_command(command(text="1 &lt; 2 &amp;&amp; 3 &gt; 2 &amp;lt; <@U1|anna> <#C1|general>"), NOW)
    assert typed.text == "1 < 2 && 3 > 2 &lt; <@U1|anna> <#C1|general>"


@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [
        ("D1", "directmessage", PlaceKind.DIRECT),
        ("D1", "", PlaceKind.DIRECT),
        ("C1", "general", PlaceKind.CHANNEL),
        ("G1", "privategroup", PlaceKind.CHANNEL),
        ("G1", "mpdm-anna--bo-1", PlaceKind.ROOM),
        ("C1", "mpdm-anna--bo-1", PlaceKind.ROOM),
        ("G1", "", PlaceKind.ROOM),
    ],
)
def test_conversations_are_told_apart(channel: str, name: str, kind: PlaceKind) -> None:
    assert kind_of(channel, name) is kind


def test_a_direct_conversation_is_the_persons_own() -> None:
    typed = read_command(command(channel_id="D1", channel_name="directmessage"), NOW)
    assert typed.asked.origin.place("U1").address == Address("slack", "user:U1")


def test_an_organisation_names_its_people_by_other_ids() -> None:
    body = press(
        team=None,
        enterprise={"id": "E1", "name": "Org"},
        is_enterprise_install=True,
        user={"id": "W1", "team_id": "T9", "name": "anna"},
    )
    pressed = read_press(body, NOW)
    assert pressed is not None
    sender = pressed.asked.sender
    assert (sender.team, sender.enterprise, sender.org_wide, sender.user) == ("T9", "E1", True, "W1")
    typed = read_command(command(enterprise_id="E1", is_enterprise_install="true"), NOW)
    assert (typed.asked.sender.enterprise, typed.asked.sender.org_wide) == ("E1", True)


def test_a_press_names_its_message() -> None:
    pressed = read_press(press(), NOW)
    assert pressed is not None
    assert (pressed.wire, pressed.chosen) == ("ring.1:2", ())
    assert pressed.asked.origin.place("U1").message == Address("slack", "message:C1:1.1")


def test_a_press_in_the_further_part_of_a_long_card_belongs_to_the_card() -> None:
    mark = {"event_type": "brobygger_delivery", "event_payload": {"key": "k", "part": 2}}
    message = {"ts": "2.2", "thread_ts": "1.1", "metadata": mark}
    container = {"type": "message", "message_ts": "2.2", "thread_ts": "1.1", "is_ephemeral": False}
    pressed = read_press(press(message=message, container=container), NOW)
    assert pressed is not None
    assert pressed.asked.origin.place("U1").message == Address("slack", "message:C1:1.1+2.2")


def test_an_ephemeral_card_has_no_address() -> None:
    body = press(container={"type": "message", "message_ts": "1.1", "channel_id": "C1", "is_ephemeral": True})
    del body["message"], body["channel"]
    pressed = read_press(body, NOW)
    assert pressed is not None
    assert pressed.asked.origin.place("U1").message is None


@pytest.mark.parametrize(
    ("action", "chosen"),
    [
        ({"type": "static_select", "action_id": "1|p.1", "selected_option": {"value": "a"}}, ("a",)),
        ({"type": "static_select", "action_id": "1|p.1", "selected_option": None}, ()),
        (
            {"type": "multi_static_select", "action_id": "1|p.1", "selected_options": [{"value": "a"}, {"value": "b"}]},
            ("a", "b"),
        ),
        ({"type": "users_select", "action_id": "1|p.1", "selected_user": "U2"}, ("U2",)),
        ({"type": "multi_users_select", "action_id": "1|p.1", "selected_users": ["U2", "U3"]}, ("U2", "U3")),
    ],
)
def test_a_choice_is_what_was_chosen(action: Mapping[str, object], chosen: tuple[str, ...]) -> None:
    pressed = read_press(press(action), NOW)
    assert pressed is not None
    assert pressed.chosen == chosen


@pytest.mark.parametrize("action_id", ["4|link", "field"])
def test_links_and_fields_are_no_presses(action_id: str) -> None:
    assert read_press(press({"type": "button", "action_id": action_id}), NOW) is None


def test_a_button_in_a_view_remembers_where_the_view_came_from() -> None:
    memory = Origin(kind=PlaceKind.CHANNEL, channel="C7", response_url=URL, until=99).memory()
    body = press(container={"type": "view", "view_id": "V1"}, view=view(private_metadata=memory))
    pressed = read_press(body, NOW)
    assert pressed is not None
    assert (pressed.asked.origin.channel, pressed.asked.origin.view) == ("C7", "V1")
    home = read_press(press(container={"type": "view"}, view=view(type="home")), NOW)
    assert home is not None
    assert home.asked.origin.home


def test_a_form_brings_its_memory_back() -> None:
    memory = Origin(kind=PlaceKind.ROOM, channel="G1", message="1.1", sizes={"roster": 1000}).memory()
    found = read_submission(sent(view=view(private_metadata=memory, blocks=[{"type": "input", "block_id": "name"}])))
    assert found.asked.origin.sizes == {"roster": 1000}
    assert found.asked.origin.place("U1").message == Address("slack", "message:G1:1.1")
    assert found.fields() == {"name"}


def test_a_search_names_the_form_and_its_field() -> None:
    body = {**sent(), "type": "block_suggestion", "action_id": "field", "block_id": "town", "value": "Aa"}
    found = read_search(body)
    assert (found.wire, found.field, found.typed) == ("form.1", "town", "Aa")


def test_shortcuts_name_their_verb() -> None:
    body: dict[str, object] = {**press(), "type": "shortcut", "callback_id": "poll.new"}
    picked = read_shortcut(body, NOW)
    assert (picked.command, picked.verb, picked.asked.origin.channel) == ("poll", "new", "")
    noted = read_shortcut({**body, "type": "message_action"}, NOW)
    assert noted.asked.origin.place("U1").message == Address("slack", "message:C1:1.1")


def test_an_event_belongs_to_the_installation_it_was_sent_for() -> None:
    body = {
        "type": "event_callback",
        "team_id": "T8",
        "event_time": 1_700_000_000,
        "authorizations": [{"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": False}],
        "event": {"type": "message", "user": "U1"},
    }
    happened = read_event(body)
    assert (happened.sender.team, happened.sender.enterprise, happened.sender.user) == ("T1", "E1", "U1")
    assert happened.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)


def test_the_way_to_answer_ends_before_slack_ends_it() -> None:
    origin = with_response_url(Origin(), URL, NOW)
    assert not origin.may_respond(datetime(2026, 3, 2, 9, 29, 30, tzinfo=UTC))
    assert with_response_url(Origin(), "", NOW) == Origin()


@given(
    st.builds(
        Origin,
        kind=st.sampled_from(PlaceKind),
        channel=st.sampled_from(["", "C1"]),
        thread=st.sampled_from(["", "1.1"]),
        message=st.sampled_from(["", "1.2"]),
        first=st.sampled_from(["", "1.0"]),
        ephemeral=st.booleans(),
        view=st.sampled_from(["", "V1"]),
        home=st.booleans(),
        response_url=st.sampled_from(["", URL]),
        until=st.integers(0, 2**40),
        sizes=st.dictionaries(st.sampled_from(["a", "b"]), st.integers(1, 9)),
    )
)
def test_what_a_view_carries_comes_back_as_it_was(origin: Origin) -> None:
    memory = origin.memory()
    assert len(memory) < 1000
    assert remembered(memory) == origin


@given(
    st.text(max_size=30)
    | st.builds(
        json.dumps,
        st.recursive(
            st.none() | st.integers() | st.text(max_size=5),
            lambda part: st.lists(part, max_size=3) | st.dictionaries(st.sampled_from("kctmfevhuxs"), part, max_size=5),
            max_leaves=8,
        ),
    )
)
def test_a_memory_that_nobody_made_is_a_private_conversation_at_worst(memory: str) -> None:
    found = remembered(memory)
    assert isinstance(found, Origin)
    assert isinstance(found.until, int)


READERS: tuple[tuple[Callable[..., object], dict[str, object]], ...] = (
    (lambda body: read_command(body, NOW), command()),
    (lambda body: read_press(body, NOW), press()),
    (lambda body: read_shortcut(body, NOW), {**press(), "type": "message_action", "callback_id": "a.b"}),
    (read_submission, sent()),
    (read_search, {**sent(), "block_id": "b", "action_id": "field"}),
    (read_event, {"type": "event_callback", "event": {"type": "message", "user": "U1"}, "event_id": "Ev1"}),
)
ODD = (
    st.none() | st.integers() | st.text(max_size=4) | st.builds(dict) | st.builds(lambda: [{}]) | st.builds(lambda: [1])
)


def _paths(value: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    if isinstance(value, dict):
        return [at, *(path for name, one in value.items() for path in _paths(one, (*at, name)))]
    if isinstance(value, list):
        return [at, *(path for place, one in enumerate(value) for path in _paths(one, (*at, place)))]
    return [at]


def _malformed(read: Callable[..., object], body: object) -> str:
    try:
        read(body)
    except Malformed as error:
        return str(error)
    return ""


@settings(max_examples=100)
@given(st.data())
def test_a_payload_with_something_odd_in_it_is_read_or_malformed(data: st.DataObject) -> None:
    read, right = data.draw(st.sampled_from(READERS))
    body = json.loads(json.dumps(right))
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path in _paths(body) if path]))
        holder = body
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = data.draw(ODD)
    said = [_malformed(reader, body) for reader in (bordered, read)]
    assert all(one.replace("_", "").isalnum() for one in said if one)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "text",
        {},
        {"type": 7},
        {"type": "dialog_submission"},
        {"type": "block_actions", "user": {}, "actions": []},
        {"type": "block_actions", "user": {}, "actions": ["x"]},
        {"type": "view_submission", "user": {}, "view": {}},
        {"type": "view_submission", "user": {}, "view": {"callback_id": "x"}},
        {"type": "event_callback", "event": {}},
        {"type": "event_callback", "event": {"type": "message"}, "authorizations": ["x"]},
        {"type": "shortcut", "user": {}, "callback_id": "a", "team": 7},
        {"command": 1},
    ],
)
def test_what_the_library_would_stumble_over_stays_outside(body: object) -> None:
    with pytest.raises(Malformed):
        bordered(body)


@pytest.mark.parametrize(
    "body",
    [
        command(),
        press(),
        sent(),
        {"ssl_check": "1"},
        {"type": "url_verification", "challenge": "x"},
        {"type": "view_closed", "user": {}, "view": {}},
    ],
)
def test_what_slack_sends_passes(body: dict[str, object]) -> None:
    assert bordered(body) == body
