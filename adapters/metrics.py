"""The figures in the form that Prometheus reads. Each name here is explained, with what to do about it, in docs/operations.md.

The registry is this object's own and nothing is global: two houses in one process, as in the tests, count apart.
"""

from collections.abc import Callable, Generator, Iterable
from datetime import datetime
from typing import cast

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest

from bot.deliveries.domain import DeliveryState
from bot.metrics import KeptStock, RoundsStock, Stock, Taken
from bot.ports import Clock

MEDIA_TYPE = CONTENT_TYPE_PLAIN_0_0_4
_OPEN = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.FAILED, DeliveryState.DOUBTFUL)
# Seconds: what a person waits for, what a platform takes, how late the clock may be, how long a message is on its way.
_ANSWER = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10)
_CALL = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15)
_LATE = (0.05, 0.25, 1, 2, 5, 15, 60, 300, 3600, 21600)
_TURN = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30)
_ON_ITS_WAY = (0.1, 0.5, 1, 2, 5, 15, 60, 300, 900, 3600, 14400, 86400)


class PrometheusMeters:
    """Implements :class:`bot.metrics.Meters`; :meth:`page` is what a scrape gets."""

    def __init__(self, stock: KeptStock, clock: Clock, version: str, database: str) -> None:
        # When each began is of no use, and would double the lines. The library knows this for the whole process only.
        cast(Callable[[], None], disable_created_metrics)()
        registry = CollectorRegistry()
        self._registry = registry
        self._stock = stock
        self._shelf = _Shelf(clock, version, database)
        registry.register(self._shelf)
        ProcessCollector(registry=registry)
        self._answers = Histogram(
            "brobygger_interaction_seconds",
            "How long commands, presses and forms took until their answer was ready",
            ("platform", "kind", "outcome"),
            registry=registry,
            buckets=_ANSWER,
        )
        self._calls = Histogram(
            "brobygger_platform_call_seconds",
            "How long calls of a platform took, and what became of them",
            ("platform", "outcome"),
            registry=registry,
            buckets=_CALL,
        )
        self._waits = Counter(
            "brobygger_rate_limit_waits", "Calls that a platform's limits held back", ("platform",), registry=registry
        )
        self._waited = Counter(
            "brobygger_rate_limit_wait_seconds",
            "How long a platform's limits held calls back, or told them to stay away",
            ("platform",),
            registry=registry,
        )
        self._tries = Counter(
            "brobygger_delivery_tries",
            "Tries to deliver, by kind of message and what became of them",
            ("letter", "outcome"),
            registry=registry,
        )
        self._on_its_way = Histogram(
            "brobygger_delivery_seconds",
            "From when a message might have gone until it had arrived",
            ("platform",),
            registry=registry,
            buckets=_ON_ITS_WAY,
        )
        self._late = Histogram(
            "brobygger_occurrence_late_seconds",
            "How late the time of a schedule was noticed",
            ("kind", "state"),
            registry=registry,
            buckets=_LATE,
        )
        self._turns = Histogram(
            "brobygger_turn_seconds",
            "How long one turn of a loop took",
            ("loop", "outcome"),
            registry=registry,
            buckets=_TURN,
        )
        self._turn_late = Histogram(
            "brobygger_turn_late_seconds",
            "How long after its time one turn of a loop began",
            ("loop",),
            registry=registry,
            buckets=_LATE,
        )

    async def page(self) -> bytes:
        """All figures as text. Never raises: where the database is away, what it would know is left out."""
        self._shelf.taken = await self._stock.take()
        return generate_latest(self._registry)

    def answered(self, platform: str, kind: str, outcome: str, seconds: float) -> None:
        """An interaction was answered."""
        self._answers.labels(platform, kind, outcome).observe(seconds)

    def called(self, platform: str, outcome: str, seconds: float) -> None:
        """A platform was asked for something."""
        self._calls.labels(platform, outcome).observe(seconds)

    def held_back(self, platform: str, seconds: float) -> None:
        """A call waited, or was told to come later."""
        self._waits.labels(platform).inc()
        self._waited.labels(platform).inc(max(0.0, seconds))

    def delivered(self, letter: str, outcome: str) -> None:
        """One try to deliver."""
        self._tries.labels(letter, outcome).inc()

    def arrived(self, platform: str, seconds: float) -> None:
        """A delivery arrived."""
        self._on_its_way.labels(platform).observe(max(0.0, seconds))

    def came_due(self, kind: str, state: str, late: float) -> None:
        """A schedule's time came."""
        self._late.labels(kind, state).observe(max(0.0, late))

    def turned(self, loop: str, late: float, seconds: float, *, well: bool) -> None:
        """One turn of a loop."""
        self._turns.labels(loop, "ok" if well else "failed").observe(seconds)
        self._turn_late.labels(loop).observe(max(0.0, late))


class _Shelf:
    """What was found in the database at the last look, as gauges. Implements the library's ``Collector``."""

    def __init__(self, clock: Clock, version: str, database: str) -> None:
        self._clock = clock
        self._version = version
        self._database = database
        self.taken: Taken | None = None

    def collect(self) -> Iterable[Metric]:
        """The gauges at this moment."""
        build = GaugeMetricFamily("brobygger_build_info", "Which version runs", labels=("version", "database"))
        build.add_metric((self._version, self._database), 1)
        yield build
        taken = self.taken
        if taken is None:
            return
        well = taken.stock is not None
        yield _gauge("brobygger_database_up", "Whether the database answered", float(well))
        yield _gauge("brobygger_database_look_seconds", "How long the database took for these figures", taken.seconds)
        if taken.stock is not None:
            yield from self._stock(taken.stock)

    def _stock(self, stock: Stock) -> Generator[Metric, None, None]:
        count = GaugeMetricFamily(
            "brobygger_deliveries",
            "Messages on their way, and of the last week those that failed or are in doubt",
            labels=("state",),
        )
        oldest = GaugeMetricFamily(
            "brobygger_deliveries_oldest_seconds", "For how long the oldest of them might have gone", labels=("state",)
        )
        for state in _OPEN:
            count.add_metric((state.value,), stock.deliveries.get(state, 0))
            oldest.add_metric((state.value,), self._age(stock.oldest.get(state)))
        yield count
        yield oldest
        yield _gauge(
            "brobygger_deliveries_untaken_seconds",
            "For how long the first message that is due has not been taken by anybody",
            self._age(stock.claimable_since),
        )
        yield _gauge(
            "brobygger_clock_lag_seconds",
            "For how long the first schedule that is due has not been handled by anybody",
            self._age(stock.next_schedule_at),
        )
        academies = GaugeMetricFamily("brobygger_academies", "Academies by whether they have a home", labels=("state",))
        academies.add_metric(("active",), stock.academies)
        academies.add_metric(("frozen",), stock.frozen)
        yield academies
        yield _gauge("brobygger_database_bytes", "How large the database is", stock.size)
        if stock.rounds is not None:
            yield from _rounds(stock.rounds)

    def _age(self, since: datetime | None) -> float:
        return 0.0 if since is None else max(0.0, (self._clock.now() - since).total_seconds())


def _rounds(rounds: RoundsStock) -> Generator[Metric, None, None]:
    ratio = GaugeMetricFamily(
        "brobygger_round_score_ratio",
        "The last rounds' scores as a share of the highest possible, over the academies",
        labels=("of",),
    )
    ratio.add_metric(("lowest",), rounds.lowest)
    ratio.add_metric(("mean",), rounds.mean)
    yield ratio
    yield _gauge("brobygger_round_left_out", "People left out of the last rounds, in all", rounds.left_out)
    yield _gauge("brobygger_round_academies", "Academies that had a round in the last five weeks", rounds.academies)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)
