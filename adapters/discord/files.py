"""Files that somebody gave to the bot: Discord names their address, and they are fetched from there without the token."""

import re
from urllib.parse import SplitResult, urlsplit

import aiohttp

from adapters.discord.errors import TOO_LARGE, word_of
from bot.errors import Gone, Refused, TryLater

# Seconds for a whole file.
PATIENCE = 30.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_CDN = re.compile(r"(?:cdn|media)\.discordapp\.(?:com|net)")
_OK, _FOUND, _WRONG, _SERVER = 200, 300, 400, 500
_TOO_MANY = 429
# An address of Discord's is good for a day, and then it is one of these.
_OVER = frozenset({403, 404, 410})
_CHUNK = 65_536


class Files:
    """Fetches what was uploaded. Raises TryLater, Gone and Refused."""

    def __init__(self, api_url: str, patience: float = PATIENCE) -> None:
        self._base = urlsplit(api_url)
        self._patience = patience

    async def fetch(self, url: str, most: int) -> bytes:
        """The bytes of an uploaded file. Raises Refused("file_too_large") above ``most`` bytes, and
        Refused("foreign_address") for an address that is not Discord's."""
        if not self._is_discords(url):
            raise Refused("foreign_address")
        try:
            async with (
                aiohttp.ClientSession(
                    timeout=aiohttp.ClientTimeout(total=self._patience), cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.get(url, allow_redirects=False) as answer,
            ):
                if answer.status != _OK:
                    raise _refusal(answer.status)
                content = bytearray()
                async for chunk in answer.content.iter_chunked(_CHUNK):
                    content += chunk
                    if len(content) > most:
                        raise Refused(TOO_LARGE)
                return bytes(content)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise TryLater(word_of(error)) from None

    def _is_discords(self, url: str) -> bool:
        """Whether it is the API's own host, or where Discord keeps files; on this machine any port, as those have it that
        play Discord."""
        try:
            asked = urlsplit(url)
            host, port = asked.hostname or "", asked.port
        except ValueError:
            return False
        if asked.username is not None or asked.password is not None:
            return False
        if _is_local(self._base) and host in _LOOPBACK:
            return asked.scheme == self._base.scheme
        if asked.scheme != "https":
            return False
        same = host == self._base.hostname and port == self._base.port
        return same or (_CDN.fullmatch(host) is not None and port in (None, 443))


def _is_local(base: SplitResult) -> bool:
    return base.hostname in _LOOPBACK


def _refusal(status: int) -> TryLater | Gone | Refused:
    if status in _OVER:
        return Gone("unknown_file")
    if status == _TOO_MANY or status >= _SERVER:
        return TryLater(f"http_{status}")
    # The way to somewhere else, or an answer that is no file.
    return Refused(f"http_{status}")
