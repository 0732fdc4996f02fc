"""Slack's side of the house: one listener for each kind of thing that Slack sends, and what stands behind them.

Each acknowledges at once; a form and a menu's search answer in their acknowledgement.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Protocol, cast

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from adapters.slack.answers import Answers
from adapters.slack.arriving import Arriving
from adapters.slack.dialogs import Dialogs
from adapters.slack.events import Events, read_event
from adapters.slack.front import Acquaintances, Front
from adapters.slack.home import HomeTab
from adapters.slack.listening import Listening, Rest, told
from adapters.slack.parse import (
    Malformed,
    Pressed,
    read_command,
    read_press,
    read_search,
    read_shortcut,
    read_submission,
)
from adapters.slack.shapes import Json
from adapters.slack.submissions import Submissions
from adapters.slack.telling import named
from bot.identity import WorkspaceId

_log = logging.getLogger(__name__)

_EVERY = re.compile("")
_STOPS_WITHIN = 3.0
Body = dict[str, Any]
Listener = Callable[..., Awaitable[None]]


class _Adds(Protocol):
    def __call__(
        self, every: re.Pattern[str], *, middleware: Sequence[AsyncMiddleware] = ...
    ) -> Callable[[Listener], object]: ...


class _Library(Protocol):
    """What is used of the library's application, which is typed in part only."""

    @property
    def command(self) -> _Adds: ...
    @property
    def action(self) -> _Adds: ...
    @property
    def view_submission(self) -> _Adds: ...
    @property
    def view_closed(self) -> _Adds: ...
    @property
    def event(self) -> _Adds: ...
    @property
    def shortcut(self) -> _Adds: ...
    @property
    def options(self) -> _Adds: ...


class SlackAdapter:
    """The listening half of the adapter."""

    def __init__(self, front: Front) -> None:
        self._front = front
        known = Acquaintances(front)
        self._home = HomeTab(front, known)
        arriving, dialogs = Arriving(front, known), Dialogs(front, known)
        answers = Answers(front, dialogs)
        self._listening = Listening(front, arriving, dialogs, answers, self._home.touched)
        self._submissions = Submissions(front, arriving, dialogs, answers, self._home.touched)
        self._events = Events(front, arriving, known, self._home)

    def touched(self, workspace: WorkspaceId, user: str) -> None:
        """Something of this person's changed, so their Home tab may have to show it."""
        self._home.touched(workspace, user)

    async def finish(self) -> None:
        """Ends what is in the air, within some seconds."""
        await self._front.working.finish(_STOPS_WITHIN)

    def listen(self, bolt: AsyncApp) -> None:
        """Adds the listeners: the commonest first, since the library asks them one after the other."""
        now, start = self._front.clock.now, self._front.working.start

        async def command(body: Body) -> None:
            typed = read_command(body, now())
            start("command", lambda: self._listening.command(typed))

        async def action(body: Body) -> None:
            pressed = read_press(body, now())
            if pressed is not None:
                start("press", lambda: self._listening.press(pressed))

        async def shortcut(body: Body) -> None:
            picked = read_shortcut(body, now())
            start("shortcut", lambda: self._listening.shortcut(picked))

        async def event(body: Body) -> None:
            happened = read_event(body)
            start("event", lambda: self._events.happened(happened))

        async def submission(body: Body, ack: AsyncAck) -> None:
            async def acknowledge(answer: Json) -> None:
                await (ack(answer) if answer else ack())

            sent = read_submission(body)
            await self._submissions.sent(sent, acknowledge)

        async def search(body: Body, ack: AsyncAck) -> None:
            searched = read_search(body)
            await ack({"options": await self._listening.search(searched)})

        async def closed() -> None:
            """Nothing follows when somebody closes a modal."""

        at_once = [AtOnce()]
        library = cast(_Library, bolt)
        library.command(_EVERY, middleware=at_once)(_kindly("command", command))
        library.action(_EVERY, middleware=[OnceKept(self._front, self._listening), *at_once])(_kindly("press", action))
        library.view_submission(_EVERY)(_answering("submission", submission))
        library.event(_EVERY)(_kindly("event", event))
        library.shortcut(_EVERY, middleware=at_once)(_kindly("shortcut", shortcut))
        library.options(_EVERY)(_answering("search", search))
        library.view_closed(_EVERY, middleware=at_once)(closed)
        bolt.error(_stumbled)


class AtOnce(AsyncMiddleware):
    """Acknowledges before the listener begins; otherwise the library looks for that every ten milliseconds only."""

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - the library calls it so
    ) -> BoltResponse | None:
        """Acknowledges."""
        del resp
        await req.context.ack()
        return await next()


class OnceKept(AsyncMiddleware):
    """Acknowledges what is quickly kept, such as votes, when it is kept: what Slack was told has arrived is not lost, whatever
    happens to this machine. What a crowd presses is kept together, and answered when all of it is acknowledged. Where keeping
    takes so long that Slack might not wait any more, it is acknowledged before."""

    def __init__(self, front: Front, listening: Listening) -> None:
        self._front = front
        self._listening = listening

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - the library calls it so
    ) -> BoltResponse | None:
        """Keeps it and acknowledges; or leaves it to those who come after."""
        del resp
        try:
            pressed = read_press(req.body, self._front.clock.now())
        except Malformed:
            return await next()
        if pressed is None or not self._front.desk.is_swift(pressed.wire):
            return await next()
        keeping = asyncio.create_task(self._listening.kept(pressed), name="slack keeping")
        await asyncio.wait({keeping}, timeout=self._front.patience.keeping)
        if not keeping.done():
            self._front.working.start("press", partial(self._late, keeping, pressed))
            return await req.context.ack()
        rest = keeping.result()
        if rest is None:
            return await next()
        self._front.working.start("press", rest, patient=True)
        return await req.context.ack()

    async def _late(self, keeping: "asyncio.Task[Rest | None]", pressed: Pressed) -> None:
        rest = await keeping
        await (self._listening.press(pressed) if rest is None else rest())


def _kindly(kind: str, listen: Callable[[Body], Awaitable[None]]) -> Callable[[Body], Awaitable[None]]:
    """What cannot be read is acknowledged already; one line says what it was."""

    async def listener(body: Body) -> None:
        try:
            await listen(body)
        except Malformed as error:
            told(kind, error)

    return listener


def _answering(
    kind: str, listen: Callable[[Body, AsyncAck], Awaitable[None]]
) -> Callable[[Body, AsyncAck], Awaitable[None]]:
    """The same where the acknowledgement is the answer: whatever happens, there is one."""

    async def listener(body: Body, ack: AsyncAck) -> None:
        try:
            await listen(body, ack)
        except Malformed as error:
            told(kind, error)
        except Exception as error:  # noqa: BLE001 - a person waits, and Slack shows an error without an answer
            _log.exception("an interaction could not be answered (%s, %s)", kind, named(error))
        if ack.response is None:
            await ack()

    return listener


async def _stumbled(error: Exception) -> BoltResponse:
    """The library or a listener failed. Its own log would hold the payload."""
    _log.error("a listener failed (%s)", named(error))
    return BoltResponse(status=200, body="")


def listen(bolt: AsyncApp, front: Front) -> SlackAdapter:
    """Makes everything that listens, and adds it to the library's application."""
    adapter = SlackAdapter(front)
    adapter.listen(bolt)
    return adapter
