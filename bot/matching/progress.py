"""How far a long plan is: for whoever shows it to somebody who waits. Planning itself needs nobody to look."""

from collections.abc import Callable
from typing import TypeAlias

from bot.errors import Phrase

# Called with the share that is done, from 0 to 1, and what is being done; never told backwards. It is called from the thread
# that plans.
Progress: TypeAlias = Callable[[float, Phrase], None]


def unseen(_done: float, _what: Phrase) -> None:
    """Nobody looks."""
