"""Hands what arrives to the front desk, and what the desk replies back to the person: commands, shortcuts, buttons."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from typing import Protocol, TypeAlias

from adapters.slack.answers import Answers
from adapters.slack.arriving import Arriving, TurnedAway
from adapters.slack.asker import Asker, Opened
from adapters.slack.dialogs import Dialogs
from adapters.slack.forms import options_for
from adapters.slack.front import Front
from adapters.slack.parse import Asked, Malformed, Picked, Pressed, Searched, Typed
from adapters.slack.shapes import Json
from bot.identity import WorkspaceId
from bot.interactions import Invocation, Press
from bot.messages.replies import Replies

_log = logging.getLogger(__name__)


# What follows once something is kept and acknowledged.
Rest: TypeAlias = Callable[[], Coroutine[object, object, None]]


class Touched(Protocol):
    """Told that somebody's Home tab may have something new to show."""

    def __call__(self, workspace: WorkspaceId, user: str) -> None:
        """At once; what follows comes later."""
        ...


class Listening:
    """One method for each kind of interaction that is acknowledged before anything is done."""

    def __init__(self, front: Front, arriving: Arriving, dialogs: Dialogs, answers: Answers, touched: Touched) -> None:
        self._front = front
        self._arriving = arriving
        self._dialogs = dialogs
        self._answers = answers
        self._touched = touched

    async def command(self, typed: Typed) -> None:
        """A slash command, by whichever of its names."""
        asker = await self._asker(typed.asked)
        if asker is None:
            return
        invocation = Invocation(asker.arrival, typed.command, typed.text)
        waits = self._front.desk.may_open_form(invocation)
        await self._ask(asker, self._front.desk.invoke(invocation), waits=waits)

    async def shortcut(self, picked: Picked) -> None:
        """A shortcut: the verb without any values."""
        asker = await self._asker(picked.asked)
        if asker is None:
            return
        invocation = Invocation(asker.arrival, picked.command, verb=picked.verb, values={})
        waits = self._front.desk.may_open_form(invocation)
        await self._ask(asker, self._front.desk.invoke(invocation), waits=waits)

    async def press(self, pressed: Pressed) -> None:
        """A button or menu. In a modal and on the Home tab the answer is a modal whatever it is."""
        rest = await self.kept(pressed)
        if rest is not None:
            await rest()
            return
        asker = await self._asker(pressed.asked)
        if asker is None:
            return
        press = Press(asker.arrival, pressed.wire, pressed.chosen)
        waits = asker.origin.home or self._front.desk.may_open_form(press)
        await self._ask(asker, self._front.desk.press(press), waits=waits)

    async def kept(self, pressed: Pressed) -> Rest | None:
        """A press that is kept when this returns; what follows is to be done after the acknowledgement. It waits for no turn:
        what a crowd presses goes together. None for one that goes the usual way."""
        if not self._front.desk.is_swift(pressed.wire):
            return None
        arrival = await self._arriving.unmet(pressed.asked.sender, pressed.asked.origin, pressed.asked.id())
        if isinstance(arrival, TurnedAway):
            return None
        asker = Asker(arrival, pressed.asked.origin, pressed.asked.trigger)
        replies = await self._front.desk.swiftly(Press(asker.arrival, pressed.wire, pressed.chosen))
        if replies is None:
            return None

        async def rest() -> None:
            async with self._front.working.turn():
                await self._answers.give(replies, asker)

        return rest

    async def search(self, searched: Searched) -> list[Json]:
        """The options of a form's menu for what is typed; none where there is nothing to search."""
        arrival = await self._arriving.arrival(searched.sender, searched.origin, "")
        if isinstance(arrival, TurnedAway):
            return []
        choices = await self._front.desk.suggest(arrival, searched.wire, searched.field, searched.typed)
        return options_for(choices, searched.typed)

    async def _asker(self, asked: Asked) -> Asker | None:
        arrival = await self._arriving.arrival(asked.sender, asked.origin, asked.id())
        if isinstance(arrival, TurnedAway):
            await self._arriving.tell(asked.origin, arrival)
            return None
        return Asker(arrival, asked.origin, asked.trigger)

    async def _ask(self, asker: Asker, ask: Coroutine[object, object, Replies], *, waits: bool) -> None:
        """Waits for the replies and gives them. ``waits``: a view opens meanwhile, before Slack no longer lets it."""
        opened: Opened | None = None
        if waits:
            handling = asyncio.create_task(self._in_turn(ask))
            try:
                done, _ = await asyncio.wait({handling}, timeout=self._front.patience.form)
                if not done:
                    opened = await self._dialogs.wait(asker)
                replies = await handling
            finally:
                handling.cancel()
        else:
            replies = await self._in_turn(ask)
        await self._answers.give(replies, asker, opened)
        self._touched(asker.workspace, asker.user)

    async def _in_turn(self, ask: Coroutine[object, object, Replies]) -> Replies:
        async with self._front.working.turn():
            return await ask


def told(kind: str, error: Malformed) -> None:
    """One line for a payload that could not be read: its kind, and the part that was wrong."""
    part = error.args[0]
    _log.warning("a payload could not be read (%s, %s)", kind, part)


def kind_of_body(body: Mapping[str, object]) -> str:
    """What kind of payload it is, for the log: one of Slack's own words."""
    kind = body.get("type")
    return "command" if "command" in body else kind if isinstance(kind, str) and kind.isidentifier() else "unknown"
