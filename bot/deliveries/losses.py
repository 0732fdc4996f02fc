"""What follows when a letter will never arrive, or one that stood is gone: whoever caused it is told, where its kind says so."""

from collections.abc import Iterable, Mapping

from bot.deliveries.domain import DeliveryState, Letter
from bot.deliveries.letters import LossTeller, Written
from bot.deliveries.outbox import Claim
from bot.deliveries.undelivered_cards import why_of
from bot.ports import Clock, Units

# An edit that fails for one of these reasons fails for good: there is nothing any more that could be edited.
_GONE = frozenset({"left", "archived"})


class Losses:
    """Asks the row of a letter's kind what to do."""

    def __init__(self, units: Units, table: Iterable[Written], clock: Clock) -> None:
        self._units = units
        self._clock = clock
        rows = tuple(table)
        self._lost: Mapping[type[Letter], LossTeller] = {row.letter: row.lost for row in rows if row.lost is not None}
        self._gone: Mapping[type[Letter], LossTeller] = {row.letter: row.gone for row in rows if row.gone is not None}

    async def tell(self, claim: Claim, state: DeliveryState, error: str) -> None:
        """Before it is recorded how the delivery ended: after a crash in between it ends, and is told of, once more, and what
        is written twice under one key goes out once. Raises StorageError."""
        tell = self._teller(claim, state, error)
        if tell is None:
            return
        async with self._units(claim.workspace) as work:
            await tell(work, claim.delivery, self._clock.now())
            await work.commit()

    def _teller(self, claim: Claim, state: DeliveryState, error: str) -> LossTeller | None:
        letter = type(claim.delivery.letter)
        if claim.delivery.revises is None:
            return self._lost.get(letter) if state is DeliveryState.FAILED else None
        return self._gone.get(letter) if error and why_of(error) in _GONE else None
