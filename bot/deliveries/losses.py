"""What follows when a letter will never arrive: whoever caused it is told, where its kind says so."""

from collections.abc import Iterable, Mapping

from bot.deliveries.domain import Letter
from bot.deliveries.letters import LossTeller, Written
from bot.deliveries.outbox import Claim
from bot.ports import Clock, Units


class Losses:
    """Asks the row of a letter's kind what to do."""

    def __init__(self, units: Units, table: Iterable[Written], clock: Clock) -> None:
        self._units = units
        self._clock = clock
        self._tellers: Mapping[type[Letter], LossTeller] = {
            row.letter: row.lost for row in table if row.lost is not None
        }

    async def tell(self, claim: Claim) -> None:
        """Before it is recorded that the delivery failed: after a crash in between it fails, and is told of, once more, and what
        is written twice under one key goes out once. Raises StorageError."""
        tell = self._tellers.get(type(claim.delivery.letter))
        if tell is None or claim.delivery.revises is not None:
            return
        async with self._units(claim.workspace) as work:
            await tell(work, claim.delivery, self._clock.now())
            await work.commit()
