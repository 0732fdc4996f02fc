"""Figures that a test can read: each event as it was counted, without its seconds."""


class CountingMeters:
    """Implements :class:`bot.metrics.Meters`."""

    def __init__(self) -> None:
        self.events: list[tuple[str, ...]] = []
        self.seconds: list[float] = []

    def answered(self, platform: str, kind: str, outcome: str, seconds: float) -> None:
        self._note(seconds, "answered", platform, kind, outcome)

    def called(self, platform: str, outcome: str, seconds: float) -> None:
        self._note(seconds, "called", platform, outcome)

    def held_back(self, platform: str, seconds: float) -> None:
        self._note(seconds, "held back", platform)

    def delivered(self, letter: str, outcome: str) -> None:
        self._note(0.0, "delivered", letter, outcome)

    def arrived(self, platform: str, seconds: float) -> None:
        self._note(seconds, "arrived", platform)

    def came_due(self, kind: str, state: str, late: float) -> None:
        self._note(late, "came due", kind, state)

    def turned(self, loop: str, late: float, seconds: float, *, well: bool) -> None:
        self._note(max(late, seconds), "turned", loop, "well" if well else "badly")

    def _note(self, seconds: float, *event: str) -> None:
        self.events.append(event)
        self.seconds.append(seconds)
