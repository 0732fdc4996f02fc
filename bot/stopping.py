"""How a process stops: what is in the air is finished, within a time after which whoever started it would kill it.

What is left undone then is safe: the database says what was begun, and the platform is asked about it at the next start.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from typing import Self

_log = logging.getLogger(__name__)
# Seconds from the signal. Docker waits ten, systemd and Kubernetes longer.
WITHIN = 9.5
# What a shell says of a process that SIGTERM ended.
_ENDED = 143


class Ending:
    """The time that is left from :meth:`begin` until the block ends. ``leave`` ends the process with a status, whatever it is
    doing, where that was not enough; nothing is lost by it, and other processes that this one began end by themselves."""

    def __init__(self, leave: Callable[[int], object] = os._exit, within: float = WITHIN) -> None:
        self._leave = leave
        self._within = within
        self._watching: asyncio.TimerHandle | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._watching is not None:
            self._watching.cancel()

    def begin(self) -> None:
        """From now on the time runs."""
        if self._watching is None:
            _log.info("Stopping: nothing new is begun, what is in the air is finished")
            self._watching = asyncio.get_running_loop().call_later(self._within, self._late)

    def at_once(self) -> None:
        """Somebody does not want to wait."""
        _log.warning("Stopped at once; what was in the air is asked about at the next start")
        self._leave(_ENDED)

    def _late(self) -> None:
        _log.warning("Not everything came to its end in time; what was in the air is asked about at the next start")
        self._leave(_ENDED)
