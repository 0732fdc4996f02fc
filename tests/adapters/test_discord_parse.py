"""What Discord sends becomes one small value, or is refused by naming the part that is wrong, whatever stands in it."""

from contextlib import suppress
from typing import Any, cast

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.discord.ids import CustomId, Kind, write_id
from adapters.discord.parse import Attached, Malformed, Pressed, Searched, Sent, Strange, Typed, read
from bot.interactions import PlaceKind

ANNA = {
    "id": "300000000000000001",
    "username": "anna",
    "global_name": "Anna Lund",
    "discriminator": "0",
    "avatar": None,
}
MEMBER: dict[str, object] = {
    "user": ANNA, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0,
}  # fmt: skip
CHANNEL = {"id": "200000000000000001", "type": 0, "name": "general", "guild_id": "100000000000000001", "position": 0}
BUTTON = write_id(CustomId(Kind.PRESS, 3, "abcde", "s_ring.1:4"))
YES = write_id(CustomId(Kind.YES, 0, "abcde", "s_ring.1:4"))
FORM = write_id(CustomId(Kind.FORM, 1, "abcde", "d_long.1"))
AGAIN = write_id(CustomId(Kind.REOPEN, 1, "abcde", "d_long.1"))


def message(components: list[object] | None = None, *, flags: int = 0) -> dict[str, object]:
    metadata = {"id": "5", "type": 3, "user": ANNA, "authorizing_integration_owners": {}, "interacted_message_id": "66"}
    return {
        "id": "400000000000000001", "channel_id": CHANNEL["id"], "author": ANNA, "content": "", "type": 0,
        "timestamp": "2026-01-01T00:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
        "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "flags": flags,
        "components": components or [], "interaction_metadata": metadata,
    }  # fmt: skip


def heard(kind: int, data: object, **more: object) -> discord.Interaction:
    """An interaction as the genuine library reads it."""
    payload: dict[str, object] = {
        "id": "500000000000000001", "type": kind, "token": "t", "version": 1, "application_id": "1",
        "attachment_size_limit": 1000, "guild_id": CHANNEL["guild_id"], "channel": CHANNEL, "entitlements": [],
        "member": {**MEMBER, "permissions": "0"}, "locale": "da", "app_permissions": "0",
    }  # fmt: skip
    client = discord.Client(intents=discord.Intents(guilds=True))
    state = client._connection  # pyright: ignore[reportPrivateUsage] - the library makes interactions nowhere else
    state.user = discord.ClientUser(state=state, data=cast(Any, {**ANNA, "id": "1"}))
    found = discord.Interaction(data=cast(Any, {**payload, **more, "data": {}}), state=state)
    found.data = cast(Any, data)
    return found


async def test_a_slash_command_says_who_typed_it_where() -> None:
    found = read(heard(2, {"id": "9", "name": "try", "type": 1}))
    assert isinstance(found, Typed)
    assert found.asked.id() == "discord:500000000000000001"
    sender, origin = found.asked.sender, found.asked.origin
    assert (sender.user, sender.name, sender.handle, sender.language) == (ANNA["id"], "Anna Lund", "anna", "da")
    assert (origin.kind, origin.channel, origin.guild) == (PlaceKind.CHANNEL, CHANNEL["id"], CHANNEL["guild_id"])
    assert not sender.manages


async def test_who_may_manage_the_server_is_known() -> None:
    found = read(heard(2, {"id": "9", "name": "try", "type": 1}, member={**MEMBER, "permissions": str(1 << 5)}))
    assert found.asked.sender.manages


async def test_an_entry_of_a_message_s_menu_has_its_message() -> None:
    found = read(heard(2, {"id": "9", "name": "Make a note", "type": 3, "target_id": "77"}))
    assert found.asked.origin.target == "77"
    assert found.asked.origin.place("1").message is not None


async def test_a_direct_conversation_is_the_person_s_own() -> None:
    direct = {"id": "200000000000000002", "type": 1, "recipients": [ANNA], "last_message_id": None}
    found = read(heard(2, {"id": "9", "name": "try", "type": 1}, guild_id=None, channel=direct, member=None, user=ANNA))
    assert found.asked.origin.kind is PlaceKind.DIRECT
    assert found.asked.origin.place(found.asked.sender.user).address.value == f"user:{ANNA['id']}"


async def test_a_press_has_its_button_and_message() -> None:
    row = {"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 1, "label": "Ring", "custom_id": BUTTON}]}
    found = read(heard(3, {"custom_id": BUTTON, "component_type": 2}, message=message([row])))
    assert isinstance(found, Pressed)
    assert (found.custom.wire, found.chosen, found.label) == ("s_ring.1:4", (), "Ring")
    assert found.asked.origin.message == "400000000000000001"
    assert not found.asked.origin.passing


async def test_the_yes_of_a_question_goes_back_to_what_was_asked_about() -> None:
    found = read(heard(3, {"custom_id": YES, "component_type": 2}, message=message(flags=64)))
    origin = found.asked.origin
    assert (origin.passing, origin.about, origin.ephemeral) == (True, "66", True)
    place = origin.place("1")
    assert place.message is not None
    assert place.message.value == f"message:{CHANNEL['id']}:66"


async def test_a_menu_has_what_was_chosen() -> None:
    data = {"custom_id": BUTTON, "component_type": 3, "values": ["a", "b"]}
    found = read(heard(3, data, message=message()))
    assert isinstance(found, Pressed)
    assert found.chosen == ("a", "b")


async def test_a_form_has_its_values_and_files_and_knows_the_step_before() -> None:
    inputs = [
        {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "name", "value": "Anna"}},
        {"type": 18, "id": 3, "component": {"type": 19, "id": 4, "custom_id": "roster", "values": ["8"]}},
    ]
    file = {"id": "8", "filename": "r.csv", "size": 3, "url": "https://cdn.example/r.csv", "content_type": "text/csv"}
    row = {"type": 1, "id": 1, "components": [{"type": 2, "id": 2, "style": 1, "label": "On", "custom_id": AGAIN}]}
    box = {"type": 17, "id": 9, "components": [row]}
    data = {"custom_id": FORM, "components": inputs, "resolved": {"attachments": {"8": file}}}
    found = read(heard(5, data, message=message([box], flags=64)))
    assert isinstance(found, Sent)
    assert found.values["name"] == "Anna"
    assert found.files == {"8": Attached("r.csv", "https://cdn.example/r.csv", 3, "text/csv")}
    assert found.asked.origin.passing


async def test_what_is_none_of_ours_is_strange_and_not_malformed() -> None:
    assert isinstance(read(heard(3, {"custom_id": "other", "component_type": 2}, message=message())), Strange)
    assert isinstance(read(heard(3, {"custom_id": FORM, "component_type": 2}, message=message())), Strange)
    assert isinstance(read(heard(5, {"custom_id": BUTTON, "components": []})), Strange)


async def test_an_option_that_is_typed_is_a_search() -> None:
    assert isinstance(read(heard(4, {"id": "9", "name": "try", "type": 1, "options": []})), Searched)


@pytest.mark.parametrize(
    ("kind", "data", "part"),
    [
        (2, {"type": 1}, "name"),
        (2, {"name": "try", "type": 2}, "data.type"),
        (2, {"name": "try", "type": 3, "target_id": "Ole"}, "target_id"),
        (2, None, "name"),
        (3, {"component_type": 2}, "custom_id"),
        (3, {"custom_id": "x" * 101}, "custom_id"),
        (3, {"custom_id": BUTTON, "values": [1]}, "values"),
        (3, {"custom_id": BUTTON, "values": ["x" * 101]}, "values"),
        (3, {"custom_id": BUTTON, "values": ["x"] * 26}, "values"),
        (5, {"custom_id": FORM, "components": [], "resolved": {"attachments": {"8": {"size": "3"}}}}, "attachments"),
        (5, {"custom_id": FORM, "resolved": {"attachments": {"8": {"size": 3, "url": "file:///x"}}}}, "attachments"),
        (1, {}, "type"),
    ],
)
async def test_what_is_malformed_is_named_by_its_part(kind: int, data: object, part: str) -> None:
    with pytest.raises(Malformed) as raised:
        read(heard(kind, data, message=message()))
    assert raised.value.args == (part,)


async def test_a_press_without_a_message_and_a_bot_are_refused() -> None:
    with pytest.raises(Malformed, match="message"):
        read(heard(3, {"custom_id": BUTTON, "component_type": 2}))
    with pytest.raises(Malformed, match="bot"):
        read(heard(2, {"name": "try", "type": 1}, member={**MEMBER, "user": {**ANNA, "bot": True}, "permissions": "0"}))
    with pytest.raises(Malformed, match="channel"):
        read(heard(2, {"name": "try", "type": 1}, channel={}))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from([BUTTON, FORM, YES, "8"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
KEYS = ("custom_id", "components", "values", "resolved", "name", "type", "target_id", "component", "options")
DATA = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sampled_from([1, 2, 3, 4, 5]), DATA)
async def test_nothing_else_is_raised_whatever_comes(kind: int, data: dict[str, object]) -> None:
    with suppress(Malformed):
        found = read(heard(kind, data, message=message()))
        assert found.asked.own == "500000000000000001"
