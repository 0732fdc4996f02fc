"""Keeps Discord's list of our commands in step with the table: written only where it differs, since Discord counts writes and
shows people an old menu for a while after each.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

import discord
from discord.http import Route

from adapters.discord.errors import chat_error
from adapters.discord.menu import Piece
from adapters.discord.shapes import record, sequence
from adapters.discord.telling import named
from bot.errors import ChatError, TryLater

_log = logging.getLogger(__name__)

# An activity's own entry: Discord refuses a list from which it is missing.
_ENTRY_POINT = 4
_OF_AN_ENTRY = ("type", "name", "name_localizations", "contexts", "integration_types", "handler")
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 600.0


async def keep_in_step(
    client: discord.Client, wanted: Sequence[Piece], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> bool:
    """Brings the commands up to date, whenever Discord can be reached; once a start is enough. Returns whether they were
    written; False also where Discord refuses them, which is in the log."""
    pause = _FIRST_PAUSE
    while True:
        try:
            written = await in_step(client, wanted)
        except TryLater as error:
            _log.warning("Discord's commands could not be looked at (%s)", named(error))
            await sleep(max(pause, error.after or 0.0))
            pause = min(2 * pause, _LONGEST_PAUSE)
        except ChatError as error:
            _log.error("Discord refused the commands (%s)", named(error))
            return False
        else:
            _log.info("Discord's commands were %s", "written anew" if written else "up to date")
            return written


async def in_step(client: discord.Client, wanted: Sequence[Piece]) -> bool:
    """Writes the commands where Discord has others; returns whether it did. ``client`` is logged in. Raises ChatError."""
    there = await _there(client)
    if same(there, wanted):
        return False
    kept = [{key: one[key] for key in _OF_AN_ENTRY if one.get(key)} for one in there if one.get("type") == _ENTRY_POINT]
    try:
        await client.http.bulk_upsert_global_commands(_application(client), [dict(one) for one in (*wanted, *kept)])
    except Exception as error:
        # All of the list or nothing: writing it once more changes nothing.
        raise chat_error(error, repeatable=True) from error
    return True


async def are_in_step(client: discord.Client, wanted: Sequence[Piece]) -> bool:
    """Whether Discord has just these commands. Raises ChatError."""
    return same(await _there(client), wanted)


def same(there: Sequence[Mapping[str, object]], wanted: Sequence[Piece]) -> bool:
    """Whether two lists say the same in what we say at all; their order does not count, that of options does."""
    ours = [plain(one) for one in wanted]
    theirs = [plain(one) for one in there if one.get("type") != _ENTRY_POINT]
    return _by_name(ours) == _by_name(theirs)


def plain(piece: Mapping[str, object]) -> dict[str, object]:
    """A command, option or choice without what Discord adds, and with its defaults written out."""
    return {
        "type": piece.get("type"),
        "name": piece.get("name"),
        "names": piece.get("name_localizations") or {},
        "description": piece.get("description") or "",
        "descriptions": piece.get("description_localizations") or {},
        "value": piece.get("value"),
        "required": bool(piece.get("required")),
        "autocomplete": bool(piece.get("autocomplete")),
        "bounds": [piece.get(bound) for bound in ("min_value", "max_value", "min_length", "max_length")],
        # A number on the way there, its digits on the way back.
        "permissions": str(piece.get("default_member_permissions") or ""),
        "contexts": _numbers(piece.get("contexts")),
        "installed": _numbers(piece.get("integration_types")),
        "options": [plain(one) for one in _pieces(piece.get("options"))],
        "choices": [plain(one) for one in _pieces(piece.get("choices"))],
    }


async def _there(client: discord.Client) -> Sequence[Mapping[str, object]]:
    route = Route("GET", "/applications/{application_id}/commands", application_id=_application(client))
    try:
        # The library's own call leaves the other languages out.
        found: object = await client.http.request(route, params={"with_localizations": "true"})
    except Exception as error:
        raise chat_error(error, repeatable=True) from error
    return _pieces(found)


def _application(client: discord.Client) -> int:
    if client.application_id is None:
        raise TryLater("not_logged_in")
    return client.application_id


def _by_name(pieces: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(pieces, key=lambda one: (str(one["type"]), str(one["name"])))


def _numbers(found: object) -> list[int]:
    return sorted(one for one in sequence(found) if isinstance(one, int))


def _pieces(found: object) -> list[Mapping[str, object]]:
    return [record(one) for one in sequence(found)]
