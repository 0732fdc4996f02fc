"""Fetches what somebody uploaded with a form, from where Discord says that it lies. The bot's token is not sent there."""

import asyncio

import aiohttp

from adapters.discord.errors import TOO_LARGE
from bot.errors import ChatError, Gone, Refused, TryLater

_PATIENCE = 20.0
_PART = 64 * 1024
_FINE, _SERVER = 200, 500


async def fetch(url: str, most: int) -> bytes:
    """The file; at most so many bytes of it are read. Raises ChatError."""
    try:
        async with asyncio.timeout(_PATIENCE), aiohttp.ClientSession() as session, session.get(url) as answer:
            if answer.status != _FINE:
                raise _meaning(answer.status)
            found = bytearray()
            async for part in answer.content.iter_chunked(_PART):
                found += part
                if len(found) > most:
                    raise Refused(TOO_LARGE)
            return bytes(found)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        raise TryLater(type(error).__name__) from None


def _meaning(status: int) -> ChatError:
    return TryLater(f"http_{status}") if status >= _SERVER else Gone(f"http_{status}")
