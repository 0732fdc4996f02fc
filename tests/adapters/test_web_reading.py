"""What the local workspace makes of anything that is typed or sent: it keeps the words, and is never thrown by them."""

import json
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Scope

from adapters.web.bodies import read_body, write_body
from adapters.web.errors import as_chat_errors
from adapters.web.parse import TooLarge, read_pressed, read_sent, read_typed
from adapters.web.people import initials, tone
from adapters.web.spots import Spot, message_address, read_address
from adapters.web.transcript import linked
from bot.errors import ChatError, Full, Gone, StorageError, Taken, TryLater, Unavailable
from bot.identity import Address, ConversationId, MessageId, new_id
from bot.messages.actions import action_table
from bot.messages.elements import File
from bot.messages.text import Link, flat
from tests.gallery import Shown, own_cards

TEXTS = st.text(max_size=60)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(["id", "text", "thread", "wire", "chosen", "values", "origin"])


def request(content: bytes) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    scope: Scope = {"type": "http", "method": "POST", "headers": [(b"content-type", b"application/json")]}
    return Request(scope, receive)


async def status_of(read: Callable[[Request], Awaitable[object]], content: bytes) -> int:
    try:
        await read(request(content))
    except HTTPException as refused:
        return refused.status_code
    return 200


@given(sent=st.dictionaries(NAMES, JSON | st.just(str(new_id()))))
async def test_whatever_is_sent_is_read_or_refused(sent: dict[str, object]) -> None:
    for read in (read_typed, read_pressed, read_sent):
        assert await status_of(read, json.dumps(sent).encode()) in {200, 400}


@given(content=st.binary(max_size=200))
async def test_whatever_bytes_are_sent_are_read_or_refused(content: bytes) -> None:
    assert await status_of(read_typed, content) in {200, 400}


async def test_too_much_is_not_kept() -> None:
    with pytest.raises(TooLarge):
        await read_typed(request(b'"' + b"x" * 1_000_000 + b'"'))


@given(text=st.text() | st.from_regex(r"(\w+ )?https?://[a-z.]{1,9}[/?=&.,)<> a-z]*"))
def test_links_lose_nothing_of_what_was_typed(text: str) -> None:
    pieces = linked(text)
    assert flat(pieces) == text
    assert all(piece.url == piece.text for piece in pieces if isinstance(piece, Link))


def test_a_link_ends_before_its_full_stop() -> None:
    assert [
        piece.url for piece in linked("See https://example.org/a?b=1, or (http://b.dk).") if isinstance(piece, Link)
    ] == [
        "https://example.org/a?b=1",
        "http://b.dk",
    ]


@given(name=st.text(max_size=40))
def test_everybody_has_initials_and_a_colour(name: str) -> None:
    assert initials(name)
    assert 0 <= tone(name) < 12


@pytest.mark.parametrize(
    ("name", "letters"), [("Anna Lund", "AL"), ("Åse", "Å"), ("bo de la cour", "BC"), ("  ", "?"), ("– x", "X")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(value=st.text(max_size=80), platform=st.sampled_from(["web", "slack", ""]))
def test_a_foreign_address_is_gone(value: str, platform: str) -> None:
    with pytest.raises(Gone):
        read_address(Address(platform, value))


def test_an_address_is_read_as_it_was_written() -> None:
    message, place = MessageId(new_id()), ConversationId(new_id())
    for spot in (Spot(place), Spot(place, message)):
        assert read_address(spot.address()) == spot
    assert read_address(message_address(message)) == message


def test_every_card_of_the_gallery_is_kept_and_read_again() -> None:
    actions = action_table([Shown])
    for name, card in own_cards():
        for file in (None, File("a.json", "application/json", b"\x00\xff")):
            body = read_body(write_body(card, file), actions)
            assert body is not None, name
            assert (body.card, body.file) == (card, file), name


@pytest.mark.parametrize("error", [Unavailable, Full, Taken, StorageError])
def test_every_storage_error_becomes_a_chat_error(error: type[StorageError]) -> None:
    with pytest.raises(ChatError) as told, as_chat_errors():
        raise error("why")
    assert isinstance(told.value, TryLater) or error is Taken


def test_no_storage_error_is_forgotten() -> None:
    assert set(StorageError.__subclasses__()) == {Unavailable, Full, Taken}
