"""What every benchmark uses: a row of the result, repeated timing, and processes to look at from outside."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. ``measured`` and ``against`` have the same unit; ``against`` is the peer or limit that ``named`` tells."""

    what: str
    measured: float
    unit: str
    against: float
    named: str
    wanted: str = ""

    def line(self) -> str:
        """The row for a terminal."""
        ratio = self.measured / self.against if self.against else float("nan")
        told = (
            f"{self.what:<58} {self.measured:>10.4g} {self.unit:<6} {ratio:>8.3g} x {self.named} ({self.against:.4g})"
        )
        return f"{told}  wanted {self.wanted}" if self.wanted else told


def seconds(work: Callable[[], object], times: int = 5) -> list[float]:
    """How long each call took."""
    taken: list[float] = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def median(values: Sequence[float]) -> float:
    """The middle one: machines are noisy."""
    return statistics.median(values)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of all stay under."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
