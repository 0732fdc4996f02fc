"""Whatever a bot sends, the emulator tells right from wrong and never falls over it."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulators import discord_rules as rules
from tests.emulators.discord import DiscordEmulator
from tests.emulators.discord_check import check, flat, tree
from tests.emulators.discord_commands import commands_wrong
from tests.emulators.discord_shown import Eyes, controls
from tests.emulators.discord_state import Message
from tests.emulators.discord_world import Problem

Json = dict[str, Any]
Made = st.SearchStrategy[Json]
words = st.text(st.characters(codec="utf-8"), max_size=12)
names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
numbers = st.integers(-1, 50)
urls = st.sampled_from(["https://x.org", "attachment://a", "javascript:x", "x", "http://["])
media = st.fixed_dictionaries({"url": urls})
options = st.lists(st.fixed_dictionaries({"label": names, "value": names}), min_size=1, max_size=4)


def made(kinds: list[int], needs: dict[str, st.SearchStrategy[Any]], may: dict[str, st.SearchStrategy[Any]]) -> Made:
    """A component of one of these types."""
    return st.fixed_dictionaries({"type": st.sampled_from(kinds), **needs}, optional=may)


rooms = {"min_values": numbers, "max_values": numbers, "placeholder": words}
leaves: Made = st.one_of(
    made([10], {"content": words}, {"id": numbers}),
    made([2], {"style": st.integers(0, 6)}, {"label": words, "custom_id": words, "url": urls}),
    made([3], {"custom_id": names, "options": options}, rooms),
    made([5, 6, 7, 8], {"custom_id": names}, rooms),
    made([11], {"media": media}, {}),
    made([12], {"items": st.lists(st.fixed_dictionaries({"media": media}), max_size=3)}, {}),
    made([13], {"file": media}, {}),
    made([14], {}, {"spacing": numbers, "divider": st.booleans()}),
    made([4], {"style": numbers, "custom_id": names}, {"value": words, "min_length": numbers, "max_length": numbers}),
    made([21, 22], {"custom_id": names, "options": options}, {}),
)


def _nested(inner: Made) -> Made:
    several = st.lists(inner, max_size=4)
    return st.one_of(
        made([1, 17], {"components": several}, {"id": numbers}),
        made([9], {"components": several, "accessory": inner}, {}),
        made([18], {"label": names, "component": inner}, {}),
    )


components = st.lists(st.recursive(leaves, _nested, max_leaves=8), max_size=6)


@pytest.fixture(scope="module")
def discord() -> DiscordEmulator:
    emulator = DiscordEmulator()
    emulator.guild("Academy")
    return emulator


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(components, st.sampled_from([0, 1 << 15]), st.none() | words)
def test_a_message_is_taken_and_can_be_read_or_is_refused_with_reasons(
    discord: DiscordEmulator, rows: list[Json], flags: int, content: str | None
) -> None:
    body: Json = {"components": rows, "flags": flags, "content": content}
    channel = discord.guild("Academy").named("general")
    assert channel is not None
    if wrong := check("Message", body):
        assert list(flat(tree(wrong)))
        return
    message: Message | None = None
    refused: Problem | None = None
    try:
        message = discord.store.draft(channel, discord.world.bot, body, {})
    except Problem as problem:
        refused = problem
    if message is None:
        assert refused is not None
        assert refused.code == 50006 or list(flat(refused.errors or {}))
        return
    ids = [one["id"] for _, one in rules.walk(message.components)]
    assert len(set(ids)) == len(ids) <= 40
    eyes = Eyes(discord.world)
    assert isinstance(eyes.message(message), str)
    assert all(
        control.custom_id or control.element["style"] in (5, 6) for control in controls(eyes, message.components)
    )


@settings(deadline=None)
@given(components)
def test_a_modal_is_right_or_its_mistakes_are_named(rows: list[Json]) -> None:
    modal: Json = {"custom_id": "m", "title": "M", "components": rows}
    wrong = check("Modal", modal) or rules.modal_wrong(modal)
    assert len(list(flat(tree(wrong)))) == len(wrong)


described = {"name": names, "description": st.just("X")}
given_options = st.lists(made(list(range(1, 12)), described, {"required": st.booleans()}), max_size=4)


@settings(deadline=None)
@given(st.lists(made([1, 2, 3], described, {"options": given_options}), max_size=4))
def test_commands_are_right_or_their_mistakes_are_named(rows: list[Json]) -> None:
    wrong = [mistake for row in rows for mistake in check("Command", row)] or commands_wrong(rows)
    assert len(list(flat(tree(wrong)))) == len(wrong)


@given(words)
def test_any_text_can_be_read(text: str) -> None:
    assert isinstance(Eyes(DiscordEmulator().world).words(text), str)
