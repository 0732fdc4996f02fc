"""Addresses on Slack are written and read again, and nothing else is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.spots import (
    Person,
    Posted,
    Spot,
    message_address,
    read_address,
    spot_address,
    user_address,
)
from bot.errors import Gone
from bot.identity import Address

users = st.from_regex(r"[UW][A-Z0-9]{1,20}", fullmatch=True)
channels = st.from_regex(r"[CDG][A-Z0-9]{1,20}", fullmatch=True)
stamps = st.from_regex(r"[0-9]{1,10}\.[0-9]{6}", fullmatch=True)


@given(users)
def test_a_person(user: str) -> None:
    assert read_address(user_address(user)) == Person(user)


@given(channels, st.just("") | stamps)
def test_a_conversation_and_its_threads(channel: str, thread: str) -> None:
    assert read_address(spot_address(channel, thread)) == Spot(channel, thread)


@given(channels, stamps, st.just("") | stamps, st.lists(stamps, max_size=5))
def test_a_message_and_what_it_goes_on_in(channel: str, stamp: str, thread: str, more: list[str]) -> None:
    read = read_address(message_address(channel, stamp, thread, tuple(more)))
    assert read == Posted(channel, stamp, "" if thread == stamp else thread, tuple(more))
    assert isinstance(read, Posted)
    assert read.under() == Spot(channel, thread or stamp)


@given(st.text(max_size=40))
def test_nothing_else_is_an_address(value: str) -> None:
    try:
        read = read_address(Address("slack", value))
    except Gone:
        return
    assert value.startswith(("user:", "in:", "message:")), read


@pytest.mark.parametrize("value", ["user:U1", "in:C1"])
def test_another_platforms_address_is_gone(value: str) -> None:
    with pytest.raises(Gone):
        read_address(Address("web", value))
