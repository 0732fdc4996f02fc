"""How often one may ask: a bucket a route and major parameter, fifty a second in all, told in headers."""

import hashlib
import math
from dataclasses import dataclass, field
from datetime import datetime

from tests.emulators.slack_time import Clock


@dataclass(slots=True)
class Rates:
    """What is allowed. ``Rates()`` tells limits that are never reached; ``Rates.real()`` is as Discord's own limits are known."""

    a_second: float = 0.0
    # Calls and seconds by route; "" is every other route.
    routes: dict[str, tuple[int, float]] = field(default_factory=dict[str, tuple[int, float]])

    @classmethod
    def real(cls) -> "Rates":
        posts = "/channels/{channel}/messages"
        return cls(
            50.0,
            {
                "": (10, 10.0), f"POST {posts}": (5, 5.0), f"PATCH {posts}/{{message}}": (5, 5.0),
                f"DELETE {posts}/{{message}}": (5, 1.0), f"GET {posts}": (5, 5.0), "PATCH /channels/{channel}": (5, 15.0),
                "POST /channels/{channel}/threads": (5, 5.0), "POST /users/@me/channels": (10, 10.0),
                "GET /gateway/bot": (2, 5.0), "PUT /applications/{application}/commands": (5, 20.0),
            },
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """A call that came too early."""

    bucket: str
    at: datetime
    retry_after: float
    scope: str


@dataclass(slots=True)
class _Window:
    ends: float
    used: int


class Limiter:
    def __init__(self, clock: Clock, rates: Rates) -> None:
        self._clock = clock
        self.rates = rates
        self.refused: list[Refused] = []
        self._windows: dict[str, _Window] = {}
        self._shut: dict[str, tuple[float, str]] = {}
        self._hashes: dict[str, str] = {}

    def shut(self, bucket: str, seconds: float, scope: str) -> None:
        """Refuses a bucket ("" is all of them) until then, whatever its rate."""
        self._shut[bucket] = (self._clock.now().timestamp() + seconds, scope)

    def take(self, route: str, major: str, *, exempt: bool) -> tuple[dict[str, str], Refused | None]:
        """The headers, and the refusal where it came too early. ``exempt``: interactions do not count for all together."""
        now = self._clock.now()
        at = now.timestamp()
        bucket = f"{route}:{major}"
        for name in (() if exempt else ("",)) + (bucket, route):
            until, scope = self._shut.get(name, (0.0, ""))
            if at < until:
                return self._refuse(bucket, now, until - at, scope)
        if self.rates.a_second and not exempt:
            whole = self._window("", at, 1.0)
            if whole.used >= self.rates.a_second:
                return self._refuse(bucket, now, whole.ends - at, "global")
            whole.used += 1
        limit, seconds = self.rates.routes.get(route, self.rates.routes.get("", (1000, 1.0)))
        window = self._window(bucket, at, seconds)
        if not self.rates.routes:
            window.used = 0
        if window.used >= limit:
            return self._refuse(bucket, now, window.ends - at, "user")
        window.used += 1
        return self._headers(route, limit, limit - window.used, window.ends, at), None

    def _window(self, name: str, at: float, seconds: float) -> _Window:
        found = self._windows.get(name)
        if found is None or found.ends <= at:
            found = self._windows[name] = _Window(at + seconds, 0)
        return found

    def _headers(self, route: str, limit: int, left: int, ends: float, at: float) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(limit), "X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": f"{ends:.3f}",
            "X-RateLimit-Reset-After": f"{max(ends - at, 0.0):.3f}", "X-RateLimit-Bucket": self._hash(route),
        }  # fmt: skip

    def _hash(self, route: str) -> str:
        if route not in self._hashes:
            self._hashes[route] = hashlib.md5(route.encode(), usedforsecurity=False).hexdigest()
        return self._hashes[route]

    def _refuse(self, bucket: str, now: datetime, wait: float, scope: str) -> tuple[dict[str, str], Refused]:
        told = Refused(bucket, now, max(round(wait, 3), 0.001), scope)
        self.refused.append(told)
        return refusal_headers(
            told, self._headers(bucket.partition(":")[0], 1, 0, now.timestamp() + wait, now.timestamp())
        ), told


def refusal_headers(refused: Refused, limits: dict[str, str]) -> dict[str, str]:
    headers = {
        "Retry-After": str(math.ceil(refused.retry_after)),
        "X-RateLimit-Scope": refused.scope,
        "Via": "1.1 google",
    }
    if refused.scope == "global":
        return {**headers, "X-RateLimit-Global": "true"}
    return {**headers, **limits}
