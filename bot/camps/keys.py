"""The keys to people's calendars. A calendar program signs in nowhere: whoever knows the key may read."""

import secrets
from datetime import datetime
from typing import Protocol

from bot.identity import MemberId

_BYTES = 24


class CalendarKeys(Protocol):
    """One key a member at most, sealed at rest. It goes with the member."""

    async def get(self, member: MemberId) -> str | None:
        """The member's key, to be shown to them again."""
        ...

    async def put(self, member: MemberId, key: str, at: datetime) -> None:
        """Keeps a key in the place of the one before, which opens nothing from then on."""
        ...

    async def give_to(self, member: MemberId, another: MemberId) -> None:
        """The key of one who turned out to be another member, unless that one has a key."""
        ...

    async def forget(self, member: MemberId) -> None:
        """Takes it away; one that is not there is fine."""
        ...


def new_key() -> str:
    """A key that nobody guesses: 32 characters of an address."""
    return secrets.token_urlsafe(_BYTES)
