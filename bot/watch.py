"""Watches the front desk: each interaction gets a trace, one line in the log, and is counted. What was typed stays unsaid.

It stands before the desk and answers what the desk answers, so that the desk itself is about answering only.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bot.arguments import verb_named
from bot.dispatcher import Dispatcher
from bot.errors import NotUnderstood
from bot.interactions import Arrival, Invocation, Press, Submission
from bot.messages.elements import Accent, Card, Choice
from bot.messages.forms import Form
from bot.messages.replies import Correct, Private, Replies
from bot.metrics import Meters
from bot.traces import current_trace, tracing

_log = logging.getLogger(__name__)
_UNKNOWN = "unknown"


class WatchedDesk:
    """Implements :class:`bot.desk.FrontDesk`."""

    def __init__(self, desk: Dispatcher, meters: Meters) -> None:
        self._desk = desk
        self._meters = meters

    async def invoke(self, invocation: Invocation) -> Replies:
        """Answers a slash command."""
        name = partial(self._named, invocation)
        return await self._watched("command", name, invocation.arrival, lambda: self._desk.invoke(invocation))

    async def press(self, press: Press) -> Replies:
        """Answers a button, or a choice in a card."""
        name = partial(self._meant, press.wire)
        return await self._watched("press", name, press.arrival, lambda: self._desk.press(press))

    async def submit(self, submission: Submission) -> Replies:
        """Answers a form that was sent."""
        name = partial(self._meant, submission.wire)
        return await self._watched("form", name, submission.arrival, lambda: self._desk.submit(submission))

    def may_open_form(self, asked: Invocation | Press) -> bool:
        """Whether the answer may be a form."""
        return self._desk.may_open_form(asked)

    def is_swift(self, wire: str) -> bool:
        """Whether a press of this is acknowledged when it is kept."""
        return self._desk.is_swift(wire)

    async def swiftly(self, press: Press) -> Replies | None:
        """Answers a press that is acknowledged when it is kept; one that goes the usual way is counted there."""
        begun = asyncio.get_running_loop().time()
        with tracing(current_trace()):
            replies = await self._desk.swiftly(press)
            if replies is not None:
                self._note("press", partial(self._meant, press.wire), press.arrival, replies, begun)
        return replies

    async def suggest(self, arrival: Arrival, wire: str, field: str, typed: str) -> Sequence[Choice]:
        """The choices of an open form's field that fit what was typed."""
        with tracing(current_trace()):
            return await self._desk.suggest(arrival, wire, field, typed)

    async def suggest_option(
        self, arrival: Arrival, command: str, verb: str, option: str, typed: str
    ) -> Sequence[Choice]:
        """What may be put into a command's option that is being typed."""
        with tracing(current_trace()):
            return await self._desk.suggest_option(arrival, command, verb, option, typed)

    async def form(self, arrival: Arrival, wire: str) -> Form | None:
        """The form of this action as it would open now."""
        with tracing(current_trace()):
            return await self._desk.form(arrival, wire)

    async def home(self, arrival: Arrival) -> Card | None:
        """The person's own page."""
        with tracing(current_trace()):
            return await self._desk.home(arrival)

    async def _watched(
        self, kind: str, what: Callable[[], str], arrival: Arrival, answer: Callable[[], Awaitable[Replies]]
    ) -> Replies:
        begun = asyncio.get_running_loop().time()
        with tracing(current_trace()):
            replies = await answer()
            self._note(kind, what, arrival, replies, begun)
        return replies

    def _note(self, kind: str, what: Callable[[], str], arrival: Arrival, replies: Replies, begun: float) -> None:
        """Counts it and says so in the log, once the answer is on its way: somebody waits for that, and nobody for this."""
        loop = asyncio.get_running_loop()
        seconds = loop.time() - begun
        # A turn later: the next begins with the task that writes the answer to its connection.
        loop.call_soon(loop.call_soon, self._tell, kind, what, arrival.account.platform, outcome_of(replies), seconds)

    def _tell(self, kind: str, what: Callable[[], str], platform: str, outcome: str, seconds: float) -> None:
        self._meters.answered(platform, kind, outcome, seconds)
        _log.info("Answered a %s (%s) on %s: %s, %d ms", kind, what(), platform, outcome, round(seconds * 1000))

    def _named(self, invocation: Invocation) -> str:
        """The command and its verb by the names that we gave them, whatever was typed."""
        try:
            command = self._desk.command_named(invocation.command)
        except NotUnderstood:
            return _UNKNOWN
        verb = verb_named(command, invocation.verb or invocation.text.partition(" ")[0])
        return f"{command.name} {verb.name if verb else command.default}".rstrip()

    def _meant(self, wire: str) -> str:
        """The kind of intent behind a button or a form, without its ids."""
        kind = self._desk.actions.get(wire.partition(":")[0])
        return _UNKNOWN if kind is None else kind.code


def outcome_of(replies: Replies) -> str:
    """``ok``; ``sorry`` for a kind sentence that nothing was done; ``failed`` where that was our fault; ``silent`` where
    nothing had to be said: it had been answered before, or the answer stands elsewhere."""
    if not replies:
        return "silent"
    for reply in replies:
        if isinstance(reply, Private) and reply.sorry:
            return "failed" if reply.card.accent is Accent.WARN else "sorry"
        if isinstance(reply, Correct):
            return "sorry"
    return "ok"
