"""Every error that Discord documents, every exception of its library, and those that neither knows, is one of the house's."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import aiohttp
import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.errors import GONE, LATER, LIBRARY, NO_DIRECT, REFUSED, chat_error, code_error, word_of
from bot.deliveries.undelivered_cards import CODES
from bot.errors import ChatError, Doubtful, Gone, Refused, TryLater

# Of Discord's own page "Opcodes and Status Codes", August 2026.
DOCUMENTED = """
10001 10002 10003 10004 10005 10006 10007 10008 10009 10010 10011 10012 10013 10014 10015 10016 10020 10021 10026 10027
10028 10029 10030 10031 10032 10033 10036 10038 10049 10050 10057 10059 10060 10061 10062 10063 10065 10066 10067 10068
10069 10070 10071 10087 10097 10124 10129 20001 20002 20009 20012 20015 20016 20018 20022 20024 20028 20029 20031 20035
30001 30002 30003 30004 30005 30007 30008 30010 30011 30013 30015 30016 30018 30019 30030 30031 30032 30033 30034 30035
30037 30038 30039 30040 30042 30045 30046 30047 30048 30052 30056 30058 30060 30061 40001 40002 40003 40004 40005 40006
40007 40009 40012 40018 40019 40032 40033 40041 40043 40058 40060 40061 40062 40066 40067 40074 40094 40333 50001 50002
50003 50004 50005 50006 50007 50008 50009 50010 50011 50012 50013 50014 50015 50016 50017 50019 50020 50021 50024 50025
50026 50027 50028 50033 50034 50035 50036 50039 50041 50045 50046 50054 50055 50057 50067 50068 50070 50073 50074 50080
50081 50083 50084 50085 50086 50091 50095 50097 50101 50109 50110 50123 50124 50131 50132 50138 50144 50145 50146 50151
50159 50160 50161 50162 50163 50167 50173 50178 50192 50278 50600 60003 80004 90001 90002 110000 110001 130000 150006
160002 160004 160005 160006 160007 160014 170001 170002 170003 170004 170005 170006 170007 180000 180002 200000 200001
220001 220002 220003 220004 240000 340015 350000 350001 400001 500000 520000 520001 520002 520003 520004 520006 530000
530001 530002 530003 530004 530006 530007
"""
CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")
TABLES = (LATER, GONE, REFUSED)


@dataclass(frozen=True, slots=True)
class Answer:
    """As much of an answer as the library's exceptions look at."""

    status: int
    reason: str = "because"
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


def http(status: int, said: dict[str, object] | str = "", **headers: str) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = kinds.get(status, discord.DiscordServerError if status >= 500 else discord.HTTPException)
    answer = Answer(status, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return kind(cast(aiohttp.ClientResponse, answer), said)


def test_no_documented_code_is_missed() -> None:
    documented = set(map(int, DOCUMENTED.split()))
    assert {code for code in documented if sum(code in table for table in TABLES) != 1} == set()
    assert {code for table in TABLES for code in table} == documented


@pytest.mark.parametrize("status", [400, 403, 404, 500])
@pytest.mark.parametrize("repeatable", [True, False])
def test_a_documented_code_is_one_of_ours_and_says_its_word(status: int, *, repeatable: bool) -> None:
    for table, kind in zip(TABLES, (TryLater, Gone, Refused), strict=True):
        for code, word in table.items():
            error = chat_error(http(status, {"code": code, "message": "Anna Jensen"}), repeatable=repeatable)
            assert type(error) is kind
            assert str(error) == word
            assert CODE.fullmatch(word), word


def everything_raised() -> list[type[BaseException]]:
    """All exceptions that the library exports, with those of its parts that we use."""
    names = {
        kind
        for module in (discord, app_commands, discord.errors)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, BaseException)
    }
    return sorted(names, key=lambda kind: kind.__name__)


def made(kind: type[BaseException]) -> Exception:
    """One of a kind, without running its constructor, which wants half of the library."""
    error = cast(Exception, kind.__new__(kind))
    if isinstance(error, discord.HTTPException):
        answer = Answer(418)
        error.response, error.status, error.code, error.text = cast(aiohttp.ClientResponse, answer), 418, 0, ""
    if isinstance(error, discord.RateLimited):
        error.retry_after = 7.5
    return error


def test_the_library_exports_what_this_was_written_for() -> None:
    wanted = {
        *(
            "DiscordException",
            "ClientException",
            "GatewayNotFound",
            "HTTPException",
            "RateLimited",
            "Forbidden",
            "NotFound",
        ),
        *("DiscordServerError", "InvalidData", "LoginFailure", "ConnectionClosed", "PrivilegedIntentsRequired"),
        *("InteractionResponded", "MissingApplicationID", "FFmpegProcessError"),
    }
    assert {kind.__name__ for kind in everything_raised()} >= wanted
    assert set(discord.errors.__all__) == wanted


@pytest.mark.parametrize("kind", everything_raised(), ids=lambda kind: kind.__name__)
def test_an_exception_of_the_library_is_caught_and_is_one_of_ours(kind: type[BaseException]) -> None:
    error = made(kind)
    assert isinstance(error, LIBRARY)
    for repeatable in (True, False):
        told = chat_error(error, repeatable=repeatable)
        assert isinstance(told, TryLater | Refused | Gone | Doubtful)
        assert CODE.fullmatch(str(told)), told
        assert not (repeatable and isinstance(told, Doubtful))


def connection_errors() -> list[type[BaseException]]:
    def under(kind: type[BaseException]) -> list[type[BaseException]]:
        return [kind, *(one for child in kind.__subclasses__() for one in under(child))]

    inside = [kind for kind in under(aiohttp.ClientError) if kind.__module__.startswith("aiohttp")]
    return [*inside, OSError, ConnectionResetError, BrokenPipeError, TimeoutError, asyncio.TimeoutError]


@pytest.mark.parametrize("kind", connection_errors(), ids=lambda kind: kind.__name__)
def test_a_broken_connection_is_a_doubt_only_where_something_had_left(kind: type[BaseException]) -> None:
    error = cast(Exception, kind.__new__(kind))
    assert isinstance(error, LIBRARY)
    assert type(chat_error(error, repeatable=True, sent=True)) is TryLater
    if not isinstance(error, ValueError):
        assert type(chat_error(error, repeatable=False, sent=False)) is TryLater
    assert type(chat_error(error, repeatable=False, sent=True)) is Doubtful


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        (50007, 403, Refused),
        (50278, 403, Refused),
        (50001, 403, Refused),
        (50083, 400, Refused),
        (10008, 404, Gone),
        (10003, 404, Gone),
        (10013, 404, Refused),
        (20028, 429, TryLater),
        (130000, 503, TryLater),
        (50014, 401, TryLater),
        (0, 401, TryLater),
        (0, 403, Refused),
        (0, 404, Gone),
        (0, 405, Refused),
        (0, 408, Doubtful),
        (0, 413, Refused),
        (0, 429, TryLater),
        (0, 500, Doubtful),
        (0, 502, Doubtful),
        (0, 302, Doubtful),
        (987654, 400, Refused),
        (987654, 404, Gone),
        (987654, 500, Doubtful),
    ],
)
def test_the_common_ones(code: int, status: int, kind: type[ChatError]) -> None:
    assert type(code_error(code, status, repeatable=False)) is kind


def test_an_unknown_code_is_said_by_its_number_and_no_code_by_its_status() -> None:
    assert str(code_error(987654, 400, repeatable=False)) == "code_987654"
    assert str(code_error(0, 502, repeatable=False)) == "http_502"
    assert str(code_error(0, 413, repeatable=False)) == "file_too_large"


def test_what_only_reads_can_be_asked_again() -> None:
    assert type(chat_error(http(500), repeatable=True)) is TryLater
    assert type(chat_error(http(200, "<html>"), repeatable=True)) is TryLater


def test_the_rest_that_discord_asks_for_is_kept() -> None:
    told = chat_error(http(429, "error code: 1015", Retry_After="17"), repeatable=False)
    assert isinstance(told, TryLater)
    assert told.after == 17.0
    for nonsense in ("soon", "-1", "1e9", "nan"):
        told = chat_error(http(429, "", Retry_After=nonsense), repeatable=False)
        assert isinstance(told, TryLater)
        assert told.after is None
    limited = chat_error(discord.RateLimited(12.5), repeatable=False)
    assert isinstance(limited, TryLater)
    assert limited.after == 12.5


def test_one_of_ours_stays_what_it_is() -> None:
    ours = Gone("unknown_message")
    assert chat_error(ours, repeatable=False) is ours


def test_what_the_library_refuses_before_it_asks_is_refused() -> None:
    assert type(chat_error(ValueError("embeds"), repeatable=False, sent=False)) is Refused
    assert type(chat_error(ValueError("embeds"), repeatable=False, sent=True)) is Doubtful
    assert type(chat_error(discord.ClientException(), repeatable=False)) is Refused


@given(st.text(), st.integers(0, 10**6), st.integers(300, 599), st.booleans())
def test_nothing_that_discord_could_say_gets_into_the_text(said: str, code: int, status: int, repeatable: bool) -> None:
    told = chat_error(http(status, {"code": code, "message": said}), repeatable=repeatable)
    assert isinstance(told, TryLater | Refused | Gone | Doubtful)
    assert CODE.fullmatch(str(told))


def test_an_exceptions_name_is_a_code() -> None:
    assert word_of(aiohttp.ServerDisconnectedError()) == "server_disconnected_error"
    assert word_of(discord.HTTPException.__new__(discord.HTTPException)) == "http_exception"
    assert word_of(OSError()) == "os_error"


def test_whoever_takes_no_direct_message_is_told_of_to_organisers() -> None:
    told = {code for codes in CODES.values() for code in codes.split()}
    own = {"not_in_guild", "no_room_channel", "token_lost", "too_many_threads", "thread_archived", "missing_access"}
    assert (NO_DIRECT | own) <= told
