"""What can go wrong between the bot and Discord, armed by a test for the next calls."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What happens to a call. A number armed instead is an HTTP status, or an error code of Discord's."""

    LOST = "lost"  # carried out, then the connection drops before the answer
    DROPPED = "dropped"  # the connection drops, nothing was done
    SERVER_ERROR = "500"
    SERVER_ERROR_AFTER = "500 after"  # carried out, answered with 500
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    HANGS = "hangs"  # never answered, nothing was done
    HANGS_AFTER = "hangs after"  # carried out, never answered
    SLOW = "slow"  # carried out after some seconds
    NONSENSE = "nonsense"  # carried out, answered with a page that is not JSON
    LIMITED = "429"  # this route for some seconds
    LIMITED_GLOBAL = "429 global"
    LIMITED_SHARED = "429 shared"
    BANNED = "429 banned"  # Cloudflare's, without Via and without JSON


class Delivery(StrEnum):
    """What happens to an event on its way to the bot."""

    LOST = "lost"
    DUPLICATE = "duplicate"
    LATE = "late"  # after some seconds of the clock


AFTER = frozenset({Fault.LOST, Fault.SERVER_ERROR_AFTER, Fault.HANGS_AFTER, Fault.NONSENSE})


@dataclass(slots=True)
class Armed:
    """A fault that waits for its call; ``skip`` calls pass before."""

    route: str
    fault: str | int
    times: int = 1
    at: str = ""
    seconds: float = 0.0
    skip: int = 0

    def fits(self, route: str, path: str) -> bool:
        return self.times > 0 and self.route in (route, "*", route.partition(" ")[0]) and self.at in path


class Faults:
    def __init__(self) -> None:
        self._armed: list[Armed] = []
        self._events: list[Armed] = []
        self.met: list[tuple[str, str]] = []

    def arm(
        self, route: str, fault: str | int, *, times: int = 1, at: str = "", seconds: float = 5.0, skip: int = 0
    ) -> None:
        """``faults.arm("POST /channels/{channel}/messages", Fault.LOST)``; a method alone or ``*`` is any.

        ``fault``: a `Fault`, an HTTP status (503) or Discord's own code (50013). ``at``: only where the path has these words.
        """
        self._armed.append(Armed(route, fault, times, at, seconds, skip))

    def arm_event(self, event: str, fault: Delivery, *, times: int = 1, seconds: float = 5.0, skip: int = 0) -> None:
        """``faults.arm_event("INTERACTION_CREATE", Delivery.DUPLICATE)``."""
        self._events.append(Armed(event, fault, times, "", seconds, skip))

    def disarm(self) -> None:
        self._armed.clear()
        self._events.clear()

    def next(self, route: str, path: str) -> Armed | None:
        return self._take(self._armed, route, path) if self._armed else None

    def of_event(self, event: str) -> Armed | None:
        return self._take(self._events, event, "") if self._events else None

    def _take(self, armed: list[Armed], route: str, path: str) -> Armed | None:
        for one in armed:
            if not one.fits(route, path):
                continue
            if one.skip > 0:
                one.skip -= 1
                continue
            one.times -= 1
            self.met.append((route, str(one.fault)))
            return one
        return None
