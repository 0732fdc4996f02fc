"""Looks up the channels of an audience where the organiser asks: each by what was typed, before anything is kept."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.announcements.audience import Audience, bare_name, channels_in, no_channel
from bot.errors import ChatError, Gone, NotUnderstood, Phrase, Refused, phrase
from bot.identity import Account, Channel, WorkspaceId
from bot.ports import Chats

# Each is asked for by itself, and somebody waits for the answer.
_MOST = 5
_PATIENCE = 10.0  # seconds
_ARCHIVED = frozenset({"is_archived", "channel_is_archived"})


async def look_up(
    chats: Chats, workspace: WorkspaceId, asker: Account, typed: str, before: Audience | None = None
) -> Mapping[str, Channel]:
    """The channels by what was typed for them; those of the audience ``before`` are known already. Raises NotUnderstood for
    one that is not there, or where the bot may not write."""
    named = list(dict.fromkeys(channels_in(typed))) if typed.strip() else []
    known = {} if before is None else {f"#{one.name}".casefold(): one for one in before.channels}
    found = {one: known[one.casefold()] for one in named if one.casefold() in known}
    unknown = [one for one in named if one not in found]
    if len(unknown) > _MOST:
        raise NotUnderstood(phrase("That is more than {number} channels. Choose fewer, please.", number=_MOST))
    return {**found, **await _asked(chats, workspace, asker, unknown)}


async def _asked(chats: Chats, workspace: WorkspaceId, asker: Account, named: Sequence[str]) -> Mapping[str, Channel]:
    chat = chats.on(workspace, asker.platform)
    found: dict[str, Channel] = {}
    for one in named:
        if chat is None:
            raise NotUnderstood(no_channel(one))
        try:
            async with asyncio.timeout(_PATIENCE):
                found[one] = await chat.channel(_bare(one), asker)
        except (ChatError, TimeoutError) as error:
            raise NotUnderstood(_why(one, error)) from error
    return found


def _bare(typed: str) -> str:
    """Without the ``channel:`` that may stand before it."""
    return typed if typed.startswith(("#", "<#")) else typed.partition(":")[2].strip()


def _why(typed: str, error: Exception) -> Phrase:
    match error:
        case Gone():
            return no_channel(typed)
        case Refused() if str(error) == "not_in_channel":
            return phrase(
                "I am not in {name} yet. Type /invite @Brobygger there, and then try again.", name=bare_name(typed)
            )
        case Refused() if str(error) in _ARCHIVED:
            return phrase("{name} is archived, so nothing can be posted there.", name=bare_name(typed))
        case Refused():
            return phrase(
                "I am not permitted to write in {name}. Let me see it and write there, and then try again.",
                name=bare_name(typed),
            )
        case _:
            return phrase("I can't look up channels just now. Please try again in a minute.")
