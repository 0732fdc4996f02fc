"""What can go wrong between the bot and Slack, armed by a test for the next calls."""

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """What happens to a call. Any other word armed is answered as Slack's error of that name."""

    LOST = "lost"  # carried out, then the connection drops before the answer
    DROPPED = "dropped"  # the connection drops, nothing was done
    SERVER_ERROR = "500"
    SERVER_ERROR_AFTER = "500 after"  # carried out, answered with 500
    UNAVAILABLE = "503"
    HANGS = "hangs"  # never answered, nothing was done
    HANGS_AFTER = "hangs after"  # carried out, never answered
    INTERNAL = "internal_error"
    INTERNAL_AFTER = "internal_error after"  # carried out, and yet answered `internal_error`
    SLOW = "slow"  # carried out after some seconds
    NONSENSE = "nonsense"  # carried out, answered with a page that is not JSON
    REVOKED = "token_revoked"


class Ack(StrEnum):
    """What happens to a delivery to the bot."""

    LATE = "late"  # the acknowledgement arrives after three seconds
    DUPLICATE = "duplicate"  # an event is sent twice
    BAD_SIGNATURE = "bad signature"
    OLD_TIMESTAMP = "old timestamp"
    REPLAY = "replay"  # the same signed request is sent again
    TAMPERED = "tampered"  # the body is changed after signing


AFTER = frozenset(
    {Fault.LOST, Fault.SERVER_ERROR_AFTER, Fault.HANGS_AFTER, Fault.INTERNAL_AFTER, Fault.SLOW, Fault.NONSENSE}
)


@dataclass(slots=True)
class Armed:
    """A fault that waits for its call; ``skip`` calls pass before."""

    method: str
    fault: str
    times: int = 1
    team: str = ""
    channel: str = ""
    seconds: float = 0.0
    skip: int = 0

    def fits(self, method: str, team: str, channel: str) -> bool:
        return (
            self.times > 0
            and self.method in (method, "*")
            and self.team in ("", team)
            and self.channel in ("", channel)
        )


class Faults:
    def __init__(self) -> None:
        self._armed: list[Armed] = []
        self._acks: list[Armed] = []
        self.met: list[tuple[str, str]] = []

    def arm(
        self,
        method: str,
        fault: str,
        *,
        times: int = 1,
        team: str = "",
        channel: str = "",
        seconds: float = 5.0,
        skip: int = 0,
    ) -> None:
        """``faults.arm("chat.postMessage", Fault.LOST)``; method ``*`` is any. ``seconds`` of the clock, for a slow answer."""
        self._armed.append(Armed(method, fault, times, team, channel, seconds, skip))

    def arm_delivery(self, kind: str, fault: Ack, *, times: int = 1, team: str = "") -> None:
        """``kind``: ``slash_commands``, ``interactive``, ``events_api``, an event's or interaction's own type, or ``*``."""
        self._acks.append(Armed(kind, fault, times, team))

    def disarm(self) -> None:
        self._armed.clear()
        self._acks.clear()

    def next(self, method: str, team: str, channel: str) -> Armed | None:
        return self._take(self._armed, (method,), team, channel)

    def of_delivery(self, kinds: tuple[str, ...], team: str) -> Armed | None:
        return self._take(self._acks, kinds, team, "")

    def _take(self, armed: list[Armed], kinds: tuple[str, ...], team: str, channel: str) -> Armed | None:
        for one in armed:
            if not any(one.fits(kind, team, channel) for kind in kinds):
                continue
            if one.skip > 0:
                one.skip -= 1
                continue
            one.times -= 1
            self.met.append((kinds[-1], one.fault))
            return one
        return None
