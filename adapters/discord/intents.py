"""The one switch that Discord hides behind a setting: reading what people wrote. Without it everything else works.

Each start asks for it, so it comes back by itself once the switch is set. Where Discord refuses it, the connection is made
without it, and the organisers are told once which switch that is.
"""

import logging
from typing import Protocol

_log = logging.getLogger(__name__)


class Told(Protocol):
    """Is called with whether the bot may read messages."""

    async def __call__(self, *, granted: bool) -> None:
        """Raises nothing."""
        ...


class Reading:
    """Whether the bot asks to read messages. ``told`` is called with whether it may, once its academies are known."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._wanted = True
        self._known: bool | None = None

    @property
    def wanted(self) -> bool:
        """Whether the next connection asks for it."""
        return self._wanted

    def refused(self) -> None:
        """Discord closed the connection over it."""
        self._wanted = False
        _log.warning(
            "Discord does not let me read messages: the switch Message Content Intent is off (Discord Developer Portal, "
            "your application, Bot). Everything works but summaries of threads; I ask again at the next start"
        )

    async def tell(self) -> None:
        """A session stands with what was asked for, and the academies are known."""
        if self._known is not self._wanted:
            self._known = self._wanted
            await self._told(granted=self._wanted)
