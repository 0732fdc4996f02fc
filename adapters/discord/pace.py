"""How fast Discord is asked: fifty requests a second are allowed to a bot in all, whatever each of them may be called.

The library learns the limit of each kind of request, but of this one only by running into it; and who runs into limits too
often is shut out. Answers to interactions do not count and do not come through here.
"""

import asyncio

# Together a little under fifty, since nothing arrives evenly: so many a second one after the other, and so many that may come
# together after a rest.
A_SECOND, AT_ONCE = 44.0, 4


class Pace:
    """Turns at an even pace. Whoever comes when nobody has come for a while need not wait."""

    def __init__(self, a_second: float = A_SECOND, at_once: int = AT_ONCE) -> None:
        self._gap = 1.0 / a_second
        self._ahead = self._gap * (at_once - 1)
        self._next = 0.0  # when the next turn would come if all came evenly, by the loop's time

    def wait(self) -> float:
        """Takes a turn. Returns the seconds until it comes."""
        now = asyncio.get_running_loop().time()
        # From the turn itself and not from its end: whoever comes after a rest waits for nothing, not for a rounding error.
        turn = max(self._next, now)
        self._next = turn + self._gap
        return max(0.0, turn - now - self._ahead)
