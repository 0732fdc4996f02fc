"""The page that Prometheus reads: its own parser can, and no name on it comes from a person or an academy."""

import asyncio
import re
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics import MEDIA_TYPE, PrometheusMeters
from adapters.web.service import Figures, service_pages
from bot.deliveries.domain import DeliveryState
from bot.errors import Unavailable
from bot.metrics import KeptStock, Meters, RoundsStock, Stock
from bot.readiness import Readiness
from tests.fakes import StoppedClock

# The names of figures are a promise: dashboards and alerts are built on them.
NAMES = frozenset(
    {
        "brobygger_academies", "brobygger_build_info", "brobygger_clock_lag_seconds", "brobygger_database_bytes",
        "brobygger_database_look_seconds", "brobygger_database_up", "brobygger_deliveries",
        "brobygger_deliveries_oldest_seconds", "brobygger_deliveries_untaken_seconds", "brobygger_delivery_seconds",
        "brobygger_delivery_tries", "brobygger_interaction_seconds", "brobygger_occurrence_late_seconds",
        "brobygger_platform_call_seconds", "brobygger_rate_limit_wait_seconds", "brobygger_rate_limit_waits",
        "brobygger_round_academies", "brobygger_round_left_out", "brobygger_round_score_ratio", "brobygger_turn_late_seconds",
        "brobygger_turn_seconds",
    }
)  # fmt: skip


class Cellar:
    """A database with a stock."""

    def __init__(self, stock: Stock | None) -> None:
        self.stock = stock

    async def take(self, now: datetime) -> Stock:
        del now
        if self.stock is None:
            raise Unavailable("away")
        return self.stock


def of(clock: StoppedClock, stock: Stock | None) -> PrometheusMeters:
    return PrometheusMeters(KeptStock(Cellar(stock), clock, timedelta(0)), clock, "0.1.0", "sqlite")


async def figures(meters: PrometheusMeters) -> dict[str, float]:
    """Each figure by its name and labels."""
    text = (await meters.page()).decode()
    return {
        sample.name + "".join(f" {key}={value}" for key, value in sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def busy(meters: Meters) -> None:
    meters.answered("slack", "command", "ok", 0.2)
    meters.called("slack", "ok", 0.1)
    meters.held_back("slack", 2.5)
    meters.delivered("greeting", "sent")
    meters.arrived("slack", -1.0)
    meters.came_due("round", "done", 1.5)
    meters.turned("tick", 0.5, 0.01, well=True)
    meters.turned("sweep", 0.0, 0.01, well=False)


async def test_what_was_counted_and_what_is_there_stand_on_one_page(clock: StoppedClock) -> None:
    now = clock.now()
    stock = Stock(
        deliveries={DeliveryState.WAITING: 7, DeliveryState.DOUBTFUL: 1},
        oldest={DeliveryState.WAITING: now - timedelta(minutes=5), DeliveryState.DOUBTFUL: now + timedelta(hours=1)},
        claimable_since=now - timedelta(seconds=3),
        next_schedule_at=now + timedelta(days=1),
        academies=2,
        frozen=1,
        rounds=RoundsStock(2, 0.9, 0.95, 3),
        size=4096,
    )
    meters = of(clock, stock)
    busy(meters)
    told = await figures(meters)
    assert told["brobygger_deliveries state=waiting"] == 7
    assert told["brobygger_deliveries state=failed"] == 0
    assert told["brobygger_deliveries_oldest_seconds state=waiting"] == 300
    assert told["brobygger_deliveries_oldest_seconds state=doubtful"] == 0
    assert told["brobygger_deliveries_untaken_seconds"] == 3
    assert told["brobygger_clock_lag_seconds"] == 0
    assert told["brobygger_round_score_ratio of=lowest"] == 0.9
    assert told["brobygger_database_up"] == 1
    assert told["brobygger_build_info database=sqlite version=0.1.0"] == 1
    assert told["brobygger_rate_limit_wait_seconds_total platform=slack"] == 2.5
    assert told["brobygger_delivery_tries_total letter=greeting outcome=sent"] == 1
    assert told["brobygger_turn_seconds_count loop=sweep outcome=failed"] == 1
    assert told["brobygger_occurrence_late_seconds_bucket kind=round le=2.0 state=done"] == 1
    families = text_string_to_metric_families((await meters.page()).decode())
    assert {one.name for one in families if one.name.startswith("brobygger")} == NAMES
    assert any(name.startswith("process_") for name in told)


async def test_without_a_database_the_page_says_so_and_nothing_that_is_not_known(clock: StoppedClock) -> None:
    meters = of(clock, None)
    busy(meters)
    told = await figures(meters)
    assert told["brobygger_database_up"] == 0
    assert told["brobygger_delivery_tries_total letter=greeting outcome=sent"] == 1
    assert not [name for name in told if name.startswith("brobygger_deliveries")]


async def test_an_academy_that_had_no_round_has_no_quality(clock: StoppedClock) -> None:
    assert not [name for name in await figures(of(clock, Stock())) if name.startswith("brobygger_round")]


def test_every_figure_is_explained_and_every_alert_asks_for_one_that_there_is() -> None:
    told = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    table, alerts = told.split("## Figures")[1].split("Alerts to begin with")
    assert {name for name in NAMES if f"`{name}" not in table} == set()
    asked: list[str] = []
    for block in re.findall(r"^```yaml\n(.*?)^```", alerts, re.MULTILINE | re.DOTALL):
        for group in yaml.safe_load(block)["groups"]:
            asked += [name for rule in group["rules"] for name in re.findall(r"brobygger_\w+", rule["expr"])]
    assert len(asked) > 5
    assert {re.sub(r"_(count|total|bucket)$", "", name) for name in asked} <= NAMES


HERE, ELSEWHERE = "127.0.0.1", "203.0.113.7"


@pytest.mark.parametrize(
    ("token", "client", "headers", "status"),
    [
        ("", HERE, {}, 200),
        ("", "::1", {}, 200),
        ("", ELSEWHERE, {}, 403),
        ("", "not an address", {}, 403),
        ("", HERE, {"X-Forwarded-For": "203.0.113.7"}, 403),
        ("", HERE, {"Forwarded": "for=203.0.113.7"}, 403),
        ("secret", ELSEWHERE, {"Authorization": "Bearer secret"}, 200),
        ("secret", HERE, {}, 403),
        ("secret", HERE, {"Authorization": "Bearer wrong"}, 403),
        ("secret", HERE, {"Authorization": "secret"}, 403),
        ("secret", HERE, {"Authorization": "Bearer søløve".encode().decode("latin-1")}, 403),
    ],
)
async def test_figures_are_for_this_machine_or_for_whoever_knows_the_token(
    clock: StoppedClock, token: str, client: str, headers: dict[str, str], status: int
) -> None:
    async def well() -> bool:
        return True

    pages = service_pages(Readiness(well, clock), Figures(of(clock, Stock()).page, MEDIA_TYPE, token))
    given = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    transport = httpx.ASGITransport(pages, client=(client, 123))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as browser:
        answer = await browser.get("/metrics", headers=given)
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/plain")
        assert ("brobygger_build_info" in answer.text) is (status == 200)


async def test_whoever_asks_hears_every_reason(clock: StoppedClock) -> None:
    has_database = asyncio.Event()

    async def database() -> bool:
        return has_database.is_set()

    ready = Readiness(database, clock)
    ready.watch(lambda: "slack: SLACK_BOT_TOKEN is not known any more")
    transport = httpx.ASGITransport(service_pages(ready, Figures(of(clock, Stock()).page, MEDIA_TYPE)))
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as browser:
        answer = await browser.get("/readyz")
        assert (answer.status_code, answer.text.splitlines()[1][:5]) == (503, "slack")
        has_database.set()
        assert (await browser.get("/readyz")).status_code == 503
        assert (await browser.get("/readyz?platforms=no")).text == "ok"
        ready.stop()
        answer = await browser.get("/readyz?platforms=no")
        assert (answer.status_code, answer.text) == (503, "stopping")
        assert (await browser.get("/healthz")).text == "ok"
