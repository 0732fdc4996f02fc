"""The machine's own clock. All time in the house comes from a clock that is handed in; in the service it is this one."""

from datetime import UTC, datetime


class SystemClock:
    """Implements :class:`bot.ports.Clock`."""

    def now(self) -> datetime:
        """The present, in UTC, with its offset."""
        return datetime.now(UTC)
