"""Rounds and introductions: planning, sending, answering, opening, following up."""

from bot.ports import Clock, Units


class IntroductionService:
    """Use cases around rounds and introductions."""

    def __init__(self, units: Units, clock: Clock) -> None:
        self._units = units
        self._clock = clock
