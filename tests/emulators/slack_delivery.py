"""What is carried to the bot: within three seconds acknowledged or, for events, tried again."""

import asyncio
import secrets
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.emulators.slack_faults import Ack
from tests.emulators.slack_signed import SignedHttp
from tests.emulators.slack_socket import Sockets, Unreachable
from tests.emulators.slack_state import Json, State
from tests.emulators.slack_world import World

ACK_WITHIN = 3.0
# Seconds before the first, second and third retry of an event; "Delayed events" go on every hour for a day.
RETRIES = (0.0, 60.0, 300.0)
HOURLY = (3600.0,) * 24
# Who takes fewer than this share of an hour's events is not sent any more; small applications are let off.
_LEAST_TAKEN = 0.05
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the bot took a delivery. ``error`` is empty when it was acknowledged in time."""

    error: str = ""
    body: Json | None = None
    no_retry: bool = False

    @property
    def ok(self) -> bool:
        return not self.error


@dataclass(frozen=True, slots=True)
class Delivered:
    """One try of one delivery, for tests to look at."""

    team: str
    kind: str
    payload: Json
    attempt: int
    outcome: Outcome
    at: datetime


@dataclass(slots=True)
class Delivery:
    world: World
    sockets: Sockets
    signed: SignedHttp
    log: list[Delivered] = field(default_factory=list)
    delayed: bool = False
    # Slack gave up on the bot's events, until somebody switches them on again.
    disabled: bool = False
    spared_below: int = 1000
    _taken: int = 0
    _outcomes: deque[tuple[datetime, bool]] = field(default_factory=deque)
    _first: set["asyncio.Future[None]"] = field(default_factory=set)
    _hour: dict[str, deque[datetime]] = field(default_factory=dict)
    _told_limit: dict[str, int] = field(default_factory=dict)

    async def attempt(self, team: State, kind: str, payload: Json, attempt: int = 0, reason: str = "") -> Outcome:
        """Carries it once and waits for the acknowledgement, three seconds of the clock at most."""
        if kind == "interactive" and not self.world.feature("settings", "interactivity", "is_enabled"):
            return Outcome("interactivity is off in the manifest")
        # A form has no type of its own; there the command's name stands for one.
        kind_of = str(payload.get("type", payload.get("command", "")))
        event = str(payload.get("event", {}).get("type", "")) if kind == "events_api" else ""
        armed = self.world.faults.of_delivery((kind, kind_of, event), team.id)
        fault = armed.fault if armed else ""
        late = asyncio.Event()

        async def too_late() -> None:
            late.set()

        timer = self.world.timers.after(ACK_WITHIN, too_late)
        carrying = asyncio.ensure_future(self._carry(team, kind, payload, attempt, reason, fault))
        waiting = asyncio.ensure_future(late.wait())
        await asyncio.wait({carrying, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=_PATIENCE)
        timer.cancel()
        if carrying.done():
            outcome = carrying.result()
        else:
            outcome = Outcome("timeout")
            self.world.timers.soon(_forget(carrying))
        waiting.cancel()
        if fault == Ack.LATE:
            outcome = Outcome("timeout")
        if self.world.remembers:
            self.log.append(Delivered(team.id, kind, payload, attempt, outcome, self.world.clock.now()))
        if fault == Ack.DUPLICATE and outcome.ok:
            await self.attempt(team, kind, payload)
        self.world.changed()
        return outcome

    async def _carry(self, team: State, kind: str, payload: Json, attempt: int, reason: str, fault: str) -> Outcome:
        try:
            if (team.transport or self.world.app.transport) == "http":
                answer = await self.signed.send(kind, payload, attempt, reason, fault)
                no_retry = answer.headers.get("X-Slack-No-Retry", answer.headers.get("x-slack-no-retry", "")) == "1"
                good = 200 <= answer.status < 300 if kind == "events_api" else answer.status == 200
                return Outcome("" if good else "http_error", answer.body if good else None, no_retry)
            return Outcome("", await self.sockets.send(kind, payload, attempt, reason))
        except Unreachable as unreachable:
            return Outcome(unreachable.reason)

    # Events

    async def event(self, team: State, event: Json) -> None:
        """Tells the bot of something; returns at once. :meth:`told` waits for the first tries."""
        if not team.installed or self.disabled:
            return
        if not self._within_volume(team):
            return
        self.begin(team, self.envelope(team, event))

    def begin(self, team: State, payload: Json) -> None:
        first: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._first.add(first)
        first.add_done_callback(self._first.discard)
        self.world.timers.soon(self._tries(team, payload, first))

    async def told(self) -> None:
        """Until every event so far was tried once."""
        while self._first:
            await asyncio.wait(set(self._first))

    async def _tries(self, team: State, payload: Json, first: "asyncio.Future[None]") -> None:
        try:
            outcome = await self.attempt(team, "events_api", payload)
        finally:
            first.set_result(None)
        for number, wait in enumerate((*RETRIES, *(HOURLY if self.delayed else ())), 1):
            self._judge(outcome)
            if outcome.ok or outcome.no_retry:
                return
            if wait:
                await self.world.timers.sleep(wait)
            http = (team.transport or self.world.app.transport) == "http"
            reason = "http_timeout" if outcome.error == "timeout" and http else outcome.error
            outcome = await self.attempt(team, "events_api", payload, number, reason)

    async def organisation(self, team: State, event: Json) -> None:
        """An event of a whole organisation, such as ``team_access_granted``: no workspace stands in it."""
        payload = self.envelope(team, event)
        for name in ("team_id", "context_team_id", "authorizations", "is_ext_shared_channel"):
            payload.pop(name)
        self.begin(team, payload)
        await self.told()

    def _judge(self, outcome: Outcome) -> None:
        now = self.world.clock.now()
        self._outcomes.append((now, outcome.ok))
        self._taken += outcome.ok
        while now - self._outcomes[0][0] > timedelta(hours=1):
            self._taken -= self._outcomes.popleft()[1]
        many = len(self._outcomes) >= self.spared_below
        self.disabled = self.disabled or (many and self._taken / len(self._outcomes) < _LEAST_TAKEN)

    def envelope(self, team: State, event: Json) -> Json:
        now = self.world.clock.now()
        bot = self.world.bot_of(team)
        authorization: Json = {
            "enterprise_id": team.enterprise or None,
            "team_id": None if team.org_wide else team.id,
            "user_id": bot.id,
            "is_bot": True,
            "is_enterprise_install": team.org_wide,
        }
        payload: Json = {
            "token": "verification-token",
            "team_id": team.id,
            "context_team_id": team.id,
            "context_enterprise_id": team.enterprise or None,
            "api_app_id": self.world.app.id,
            "event": {"event_ts": self.world.stamps.next(), **event},
            "type": "event_callback",
            "event_id": f"Ev0{secrets.token_hex(5).upper()}",
            "event_time": int(now.timestamp()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
        }
        if team.enterprise:
            payload["enterprise_id"] = team.enterprise
        return payload

    def _within_volume(self, team: State) -> bool:
        now = self.world.clock.now()
        hour = self._hour.setdefault(team.id, deque())
        while hour and now - hour[0] > timedelta(hours=1):
            hour.popleft()
        if len(hour) < self.world.events_an_hour:
            hour.append(now)
            return True
        minute = int(now.timestamp()) // 60
        if self._told_limit.get(team.id) != minute:
            self._told_limit[team.id] = minute
            payload: Json = {
                "token": "verification-token",
                "type": "app_rate_limited",
                "team_id": team.id,
                "minute_rate_limited": minute * 60,
                "api_app_id": self.world.app.id,
            }
            self.world.timers.soon(_ignore(self.attempt(team, "events_api", payload)))
        return False


async def _forget(carrying: "asyncio.Future[Outcome]") -> None:
    """Lets a late carrier come to its end; its answer is of no use any more."""
    await asyncio.wait({carrying})


async def _ignore(attempt: object) -> None:
    await attempt  # type: ignore[misc]  # any awaitable: its outcome is in the log
