"""How fast, how often and how long the courier tries; and when it tries again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta


def _one_a_second() -> Mapping[str, timedelta]:
    return {"slack": timedelta(seconds=1), "discord": timedelta(seconds=1), "web": timedelta(0)}


@dataclass(frozen=True, slots=True)
class Limits:
    """The courier's figures.

    Of the ``at_once`` places, ``apart`` are never taken by a workspace that has all the others: a thousand messages of one
    academy do not hold up the one message of another.
    ``lease`` covers everything that one delivery may need, several calls included; nothing is posted whose ``call`` could
    outlast it. ``settles``: how long an answer that was lost may still be on its way before the platform is asked.
    ``tries``: unexpected errors after which a delivery is given up. ``gives_up_after``: the age, counted from the first
    try, at which a platform that never takes a message has had its chances. ``lane_rests``: the pause between two messages
    in one conversation, by platform; one that is not named gets a second.
    """

    at_once: int = 10
    apart: int = 2
    lease: timedelta = timedelta(seconds=60)
    call: timedelta = timedelta(seconds=12)
    polls: timedelta = timedelta(seconds=5)
    stops_within: timedelta = timedelta(seconds=6)
    settles: timedelta = timedelta(seconds=2)
    tries: int = 8
    gives_up_after: timedelta = timedelta(days=2)
    first_pause: timedelta = timedelta(milliseconds=500)
    longest_pause: timedelta = timedelta(minutes=10)
    lane_rests: Mapping[str, timedelta] = field(default_factory=_one_a_second)

    def rests(self, platform: str) -> timedelta:
        """The pause between two messages in one conversation on a platform."""
        return self.lane_rests.get(platform, timedelta(seconds=1))

    def pause(self, attempts: int, chance: float) -> timedelta:
        """How long to wait after this many attempts: three times as long each time, up to the longest pause.

        ``chance`` (0 to 1) spreads it from three quarters to five quarters, so that what failed together is not tried
        together again.
        """
        steps = min(max(attempts, 1) - 1, 20)
        whole = min(self.first_pause * 3.0**steps, self.longest_pause)
        return whole * (0.75 + chance / 2)
