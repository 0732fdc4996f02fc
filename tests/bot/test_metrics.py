"""What becomes of a call is counted, and the database is asked once for however many who want to know."""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from bot.errors import Doubtful, Gone, Refused, TryLater, Unavailable
from bot.metrics import UNMETERED, KeptStock, Stock, metered
from tests.fake_meters import CountingMeters
from tests.fakes import StoppedClock


class Cellar:
    """Counts how often somebody looks."""

    def __init__(self) -> None:
        self.looks = 0
        self.is_away = False

    async def take(self, now: datetime) -> Stock:
        del now
        self.looks += 1
        await asyncio.sleep(0)
        if self.is_away:
            raise Unavailable("away")
        return Stock(academies=self.looks)


async def test_many_who_ask_at_once_are_one_question(clock: StoppedClock) -> None:
    cellar = Cellar()
    stock = KeptStock(cellar, clock)
    taken = await asyncio.gather(*(stock.take() for _ in range(20)))
    assert cellar.looks == 1
    assert [one.stock for one in taken] == [Stock(academies=1)] * 20
    clock.advance(seconds=4)
    await stock.take()
    assert cellar.looks == 1
    clock.advance(seconds=1)
    assert (await stock.take()).stock == Stock(academies=2)
    # A clock that was set back must not make yesterday's figures last until tomorrow.
    clock.advance(days=-1)
    await stock.take()
    assert cellar.looks == 3


async def test_a_database_that_is_away_is_a_figure_too(clock: StoppedClock) -> None:
    cellar = Cellar()
    cellar.is_away = True
    stock = KeptStock(cellar, clock, timedelta(0))
    assert (await stock.take()).stock is None
    cellar.is_away = False
    assert (await stock.take()).stock is not None


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "ok"),
        (TryLater("slack_away", 3.0), "later"),
        (Refused("not_in_channel"), "refused"),
        (Gone("message_not_found"), "gone"),
        (Doubtful("TimeoutError"), "doubtful"),
        (ValueError("Bodil"), "failed"),
    ],
)
async def test_a_call_is_counted_by_what_became_of_it(error: Exception | None, outcome: str) -> None:
    meters = CountingMeters()
    with suppress(Exception), metered(meters, "slack"):
        if error is not None:
            raise error
    assert meters.events == [("called", "slack", outcome)]


@pytest.mark.parametrize(("after", "waits"), [(30.0, 30.0), (None, 0.0)])
async def test_who_is_too_fast_is_held_back(after: float | None, waits: float) -> None:
    meters = CountingMeters()
    with pytest.raises(TryLater), metered(meters, "discord"):
        raise TryLater("rate_limited", after)
    assert meters.events == [("held back", "discord"), ("called", "discord", "rate_limited")]
    assert meters.seconds[0] == waits


def test_what_nobody_counts_costs_nothing() -> None:
    UNMETERED.answered("slack", "command", "ok", 1.0)
    UNMETERED.called("slack", "ok", 1.0)
    UNMETERED.held_back("slack", 1.0)
    UNMETERED.delivered("greeting", "sent")
    UNMETERED.arrived("slack", 1.0)
    UNMETERED.came_due("round", "done", 1.0)
    UNMETERED.turned("tick", 0.0, 1.0, well=True)
