"""What every benchmark uses: a row of the result, and repeated timing."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``measured`` and ``against`` have the same unit; ``against`` is the peer or limit that ``named`` tells,
    0 where there is nothing to divide by."""

    what: str
    measured: float
    unit: str
    against: float
    named: str
    wanted: str = ""

    def line(self) -> str:
        """The row for a terminal."""
        told = f"{self.what:<62} {_figure(self.measured):>10} {self.unit:<6}"
        if self.against:
            told += f" {self.measured / self.against:>8.3g} x {self.named} ({_figure(self.against)})"
        return f"{told}  wanted {self.wanted}" if self.wanted else told


def _figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4g}"


def seconds(work: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """How long each call took. With ``time.process_time``, how long it had a processor: what a busy machine takes away is
    then not counted."""
    taken: list[float] = []
    for _ in range(times):
        started = clock()
        work()
        taken.append(clock() - started)
    return taken


def median(values: Sequence[float]) -> float:
    """The middle one: machines are noisy."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of all stay under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
