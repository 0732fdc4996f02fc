"""Discord's places as addresses, the marks that messages carry, and what is remembered for a while."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.finding import first_id_at
from adapters.discord.marks import MOST_PAGES, Part, mark_of, nonce_of, parts_by_mark
from adapters.discord.sheets import sent_name
from adapters.discord.spots import (
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
from bot.messages.elements import File
from bot.recent import Recent
from tests.fakes import StoppedClock

IDS = st.integers(1, 2**64 - 1).map(str)


@given(IDS, IDS, st.lists(IDS, max_size=4).map(tuple))
def test_what_is_written_is_read_again(channel: str, message: str, more: tuple[str, ...]) -> None:
    assert read_address(user_address(channel)) == Person(channel)
    assert read_address(spot_address(channel)) == Spot(channel)
    assert read_address(message_address(channel, message, more)) == Posted(channel, message, more)


@given(st.text(max_size=60))
def test_nothing_else_is_an_address(value: str) -> None:
    try:
        place = read_address(Address("discord", value))
    except Gone:
        return
    assert value.partition(":")[0] in {"user", "in", "message"}
    assert isinstance(place, Person | Spot | Posted)


@pytest.mark.parametrize(
    "value", ["user:0", "user:01", f"in:{2**64}", "in:٣", "message:1:2+0", "user:1\n", "in: 1", "in:-1"]
)
def test_what_is_no_id_of_discords_is_gone(value: str) -> None:
    with pytest.raises(Gone):
        read_address(Address("discord", value))


def test_an_address_of_another_platform_is_gone() -> None:
    with pytest.raises(Gone):
        read_address(Address("slack", "user:7"))
    for make in (user_address, spot_address):
        with pytest.raises(Gone):
            make("U024")


@given(st.text(max_size=40), IDS, st.integers(0, MOST_PAGES - 1))
def test_marks_fit_where_discord_keeps_them(key: str, channel: str, page: int) -> None:
    nonce = nonce_of(key, channel, page)
    assert len(nonce) == 22
    assert nonce.isascii()
    assert nonce == nonce_of(key, channel, page)
    for last in (True, False):
        mark = mark_of(key, Part(page, last))
        assert 1 <= mark <= 2**31 - 1
        assert parts_by_mark(key)[mark] == Part(page, last)


def test_two_messages_of_one_card_never_carry_the_same_mark() -> None:
    # Thirty bits of the digests of two messages of this delivery are the same.
    key = "01a2056b-585e-779a-acb5-bdd22f8ca7e2"
    parts = [Part(page, last) for page in range(MOST_PAGES) for last in (True, False)]
    assert len({mark_of(key, part) for part in parts}) == len(parts)
    assert [parts_by_mark(key)[mark_of(key, part)] for part in parts] == parts


def test_every_page_and_place_has_a_nonce_and_a_mark_of_its_own() -> None:
    nonces = {nonce_of(key, place, page) for key in ("a", "b") for place in ("1", "2") for page in range(9)}
    assert len(nonces) == 36
    assert len({mark_of(key, Part(page, last)) for key in "ab" for page in range(9) for last in (True, False)}) == 36
    assert nonce_of("a", "11", 1) != nonce_of("a", "1", 11)


@given(st.datetimes(datetime(2016, 1, 1), datetime(2100, 1, 1)))  # noqa: DTZ001 - made aware below
def test_ids_begin_with_their_time(at: datetime) -> None:
    first = first_id_at(at.replace(tzinfo=UTC))
    assert first <= first_id_at((at + timedelta(milliseconds=1)).replace(tzinfo=UTC))
    assert first_id_at(datetime(1999, 1, 1, tzinfo=UTC)) == 1


@given(st.text(max_size=200))
def test_a_files_name_is_one_that_discord_keeps(name: str) -> None:
    sent = sent_name(File(name, "text/plain", b""))
    assert 1 <= len(sent) <= 100
    assert all(sign.isascii() and (sign.isalnum() or sign in "._-") for sign in sent)


def test_endings_are_kept() -> None:
    assert sent_name(File("Deltagere på lejr 3.csv", "text/csv", b"")) == "Deltagere-pa-lejr-3.csv"
    assert sent_name(File("x" * 200 + ".csv", "text/csv", b"")).endswith("x.csv")
    assert sent_name(File("æøå", "text/csv", b"")) == "a"


def test_what_was_known_a_moment_ago_is_forgotten_in_time() -> None:
    clock = StoppedClock()
    kept: Recent[str, int] = Recent(clock, 2, timedelta(minutes=1))
    for number, key in enumerate("abc"):
        kept.put(key, number)
    assert [kept.get(key) for key in "abc"] == [None, 1, 2]
    kept.forget("b")
    assert len(kept) == 1
    clock.advance(minutes=1)
    assert kept.get("c") is None
    assert len(kept) == 0
