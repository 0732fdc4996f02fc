"""Hands what arrives to the front desk, and what the desk replies back to the person.

Discord wants a first answer within three seconds. While it is quiet the reply itself is that answer, in one call; where
many come at once, or the reply takes its time, Discord is told that it comes.
"""

import asyncio
import json
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from types import TracebackType
from typing import assert_never, cast
from uuid import UUID

from adapters.discord.answers import Answers
from adapters.discord.arriving import Arriving, Several, TurnedAway
from adapters.discord.asker import Asker
from adapters.discord.called import Called, called
from adapters.discord.completing import completed
from adapters.discord.dialogs import Dialogs
from adapters.discord.drawing import CONFIRM
from adapters.discord.front import Front
from adapters.discord.ids import Kind, read_confirm, tag_of
from adapters.discord.page import Page
from adapters.discord.parse import Asked, Pressed, Received, Searched, Sent, Strange, Typed
from adapters.discord.pieces import Written
from adapters.discord.rooms import NOOK
from adapters.discord.sheets import sheets_of
from adapters.discord.spots import PLATFORM
from adapters.discord.submissions import Submissions
from adapters.discord.telling import named
from adapters.discord.text import written
from adapters.discord.views import academy_page, general_question, question_page, waiting_page
from adapters.discord.waiting import Waiting
from bot.errors import BrobyggerError, StorageError
from bot.identity import WorkspaceId
from bot.interactions import Arrival, Invocation, Press
from bot.messages.replies import Replies
from bot.messages.text import plain

_log = logging.getLogger(__name__)

# A command that was typed where it is not clear for which academy.
PENDING = "pending"


class Timers:
    """What happens unless the answer comes before. What is handed out ends that before the end of the block."""

    __slots__ = ("_timers",)

    def __init__(self, timers: Sequence[asyncio.TimerHandle]) -> None:
        self._timers = timers

    def __enter__(self) -> Callable[[], None]:
        return self.stop

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """The answer came."""
        for timer in self._timers:
            timer.cancel()


class Listening:
    """One method for each kind of interaction."""

    def __init__(self, front: Front, arriving: Arriving, dialogs: Dialogs, answers: Answers) -> None:
        self._front = front
        self._arriving = arriving
        self._dialogs = dialogs
        self._answers = answers
        self._submissions = Submissions(front, dialogs, answers)

    async def heard(self, received: Received, waiting: Waiting) -> None:
        """Answers. Raises ChatError where nobody can be answered in any way."""
        if self._front.working.is_crowded() and self._may_wait(received):
            # The answer comes in any case, with the same token.
            await self._quietly(waiting.defer())
        await self._front.working.calm()
        match received:
            case Typed():
                await self._typed(received, waiting)
            case Searched():
                await self._searched(received, waiting)
            case Pressed():
                await self._pressed(received, waiting)
            case Sent():
                await self._sent(received, waiting)
            case Strange(asked):
                words = self._front.house_words(asked.sender.language)
                said = words.say(
                    "That is from another time and does nothing any more. Type the command again to start afresh."
                )
                await self._turn_away(waiting, said)
            case _:
                assert_never(received)

    def _may_wait(self, received: Received) -> bool:
        """Whether the answer may come later: not where it may be a form, which has to be the first answer."""
        match received:
            case Typed(asked):
                found = self._called(received)
                return found is None or not self._front.desk.may_open_form(_invocation(self._anywhere(asked), found))
            case Pressed(asked, custom):
                pressed = custom.kind in (Kind.PRESS, Kind.YES)
                return pressed and not self._front.desk.may_open_form(Press(self._anywhere(asked), custom.wire))
            case Sent():
                return True
            case Searched() | Strange():
                return False
            case _:
                assert_never(received)

    def _anywhere(self, asked: Asked) -> Arrival:
        """Only the kind of a command counts, whichever academy it is for."""
        return self._arriving.at(WorkspaceId(UUID(int=0)), asked)

    def _called(self, received: Typed | Searched) -> Called | None:
        return called(self._front.commands, received.data, self._front.languages.prefix)

    async def _asker(self, asked: Asked, waiting: Waiting, tag: str = "") -> Asker | Several | None:
        """Who asks; None, and a sentence to them, for somebody who is turned away, and where another process answers."""
        arrival = await self._arriving.arrival(asked, tag)
        if not await self._arriving.is_ours(asked, arrival):
            await waiting.nothing()
            return None
        match arrival:
            case TurnedAway(said):
                await self._turn_away(waiting, said)
                return None
            case Several():
                return arrival
            case _:
                asker = Asker(arrival, asked.origin, waiting)
        if asked.origin.nook and asked.origin.message and not await self._is_theirs(asker):
            words = await self._dialogs.words(asker)
            await self._turn_away(waiting, words.say("This card is for somebody else, so only they can answer it."))
            return None
        return asker

    async def _is_theirs(self, asker: Asker) -> bool:
        """Whether the thread is this person's own; whoever looks after the server sees it as well."""
        if asker.origin.ephemeral:
            return True
        try:
            async with self._front.units(asker.workspace, reading=True) as work:
                return await work.landmarks.get(PLATFORM, NOOK, asker.user) == asker.origin.channel
        except StorageError as error:
            _log.error("it is not known whose thread it is (%s)", named(error))
            return False

    async def _turn_away(self, waiting: Waiting, said: str) -> None:
        """Nothing is known of any academy here, so that nothing can be looked up for the card."""
        await waiting.say(sheets_of((Page((Written(written(plain(said), {})),)),), "")[0], only_first=True)

    async def _typed(self, typed: Typed, waiting: Waiting) -> None:
        """A slash command, or an entry of a message's menu."""
        found = self._called(typed) or Called(str(typed.data.get("name")), "")
        asker = await self._asker(typed.asked, waiting)
        if isinstance(asker, Several):
            await self._which(asker, typed.asked, found, waiting)
        elif asker is not None:
            await self._invoke(asker, found)

    async def _invoke(self, asker: Asker, found: Called) -> None:
        invocation = _invocation(asker.arrival, found)
        opens = self._front.desk.may_open_form(invocation)
        await self._ask(asker, self._front.desk.invoke(invocation), opens=opens)

    async def _which(self, several: Several, asked: Asked, found: Called, waiting: Waiting) -> None:
        """Keeps what was asked, and asks for which academy."""
        kept = json.dumps([found.command, found.verb, dict(found.given)])
        for workspace in several.workspaces:
            async with self._front.units(workspace.id) as work:
                await work.landmarks.put(PLATFORM, PENDING, asked.own, kept, self._front.clock.now())
                await work.commit()
        words = self._front.house_words(asked.sender.language)
        names = {tag_of(workspace.id): workspace.name for workspace in several.workspaces}
        await waiting.say(sheets_of((academy_page(names, asked.own, words),), asked.own)[0])

    async def _searched(self, searched: Searched, waiting: Waiting) -> None:
        """The choices of an option for what is typed; none where there is nothing to search."""
        arrival = await self._arriving.arrival(searched.asked)
        if isinstance(arrival, TurnedAway | Several):
            await waiting.suggest([])
            return
        await waiting.suggest(await completed(self._front.desk, arrival, self._called(searched)))

    async def _pressed(self, pressed: Pressed, waiting: Waiting) -> None:
        asker = await self._asker(pressed.asked, waiting, pressed.custom.tag)
        if not isinstance(asker, Asker):
            return
        match pressed.custom.kind:
            case Kind.PRESS | Kind.YES:
                press = Press(asker.arrival, pressed.custom.wire, pressed.chosen)
                opens = self._front.desk.may_open_form(press)
                await self._ask(asker, self._front.desk.press(press), opens=opens)
            case Kind.ASK:
                await self._question(pressed, asker)
            case Kind.REOPEN | Kind.AS_IT_STANDS:
                await self._form_again(pressed, asker)
            case Kind.ACADEMY:
                await self._meant(pressed, asker)
            case Kind.CLOSE:
                await waiting.remove()
            case Kind.FORM:
                raise AssertionError("a form is sent and not pressed")
            case _:
                assert_never(pressed.custom.kind)

    async def _question(self, pressed: Pressed, asker: Asker) -> None:
        """A button that asks first."""
        kept: str | None = None
        try:
            async with self._front.units(asker.workspace, reading=True) as work:
                kept = await work.landmarks.get(PLATFORM, CONFIRM, pressed.custom.digest)
        except StorageError as error:
            _log.error("a question could not be read (%s)", named(error))
        question = read_confirm(kept) if kept is not None else None
        if question is None:
            question = general_question(pressed.label, await self._dialogs.words(asker))
        await self._answers.show(
            asker, question_page(question, pressed.custom.tag, pressed.custom.wire, grave=pressed.grave)
        )

    async def _form_again(self, pressed: Pressed, asker: Asker) -> None:
        """On to a step of a form, or back to one; or it is sent as it stands."""
        with self._in_time(asker.waiting, asker, self._front.patience.form):
            form = await self._front.desk.form(asker.arrival, pressed.custom.wire)
        if form is None:
            words = await self._dialogs.words(asker)
            said = words.say(
                "That form is from another time and does nothing any more. Type the command again to start afresh."
            )
            await self._answers.whisper(asker, self._answers.sentence(said), asker.key(0))
            return
        if pressed.custom.kind is Kind.AS_IT_STANDS:
            with self._in_time(asker.waiting, asker, self._front.patience.answer) as came:
                await self._submissions.as_it_stands(form, asker, came)
            return
        instead = await self._dialogs.open(form, asker, pressed.custom.number)
        if instead is not None:
            await self._answers.show(asker, instead)

    async def _meant(self, pressed: Pressed, asker: Asker) -> None:
        """Which academy a command is for."""
        async with self._front.units(asker.workspace, reading=True) as work:
            kept = await work.landmarks.get(PLATFORM, PENDING, pressed.custom.wire)
        if kept is None:
            words = await self._dialogs.words(asker)
            said = words.say("I no longer know what you typed. Please type the command again.")
            await self._answers.whisper(asker, self._answers.sentence(said), asker.key(0))
            return
        command, verb, given = cast(tuple[str, str, Mapping[str, str]], json.loads(kept))
        await self._invoke(asker, Called(command, verb, given))

    async def _sent(self, sent: Sent, waiting: Waiting) -> None:
        asker = await self._asker(sent.asked, waiting, sent.custom.tag)
        if not isinstance(asker, Asker):
            return
        with self._in_time(waiting, asker, self._front.patience.answer) as came:
            await self._submissions.sent(sent, asker, came)

    async def _ask(self, asker: Asker, ask: Coroutine[object, object, Replies], *, opens: bool) -> None:
        """Waits for the replies and gives them. ``opens``: a form may open, which has to be the first answer."""
        patience = self._front.patience
        until = patience.form if opens else patience.answer
        with self._in_time(asker.waiting, asker, until):
            async with self._front.working.turn():
                replies = await ask
        await self._answers.give(replies, asker)

    def _in_time(self, waiting: Waiting, asker: Asker, patience: float) -> Timers:
        """Meanwhile Discord is told in time that the answer comes, and after a while the person who pressed something."""
        loop, start = asyncio.get_running_loop(), self._front.working.start
        timers = [loop.call_later(patience, lambda: start("defer", lambda: self._quietly(waiting.defer())))]
        if asker.origin.message and not asker.origin.passing:
            until = max(patience, self._front.patience.press)
            timers.append(loop.call_later(until, lambda: start("moment", lambda: self._moment(asker))))
        return Timers(timers)

    async def _moment(self, asker: Asker) -> None:
        await self._quietly(asker.waiting.defer())
        words = self._front.house_words(asker.arrival.language)
        await self._quietly(asker.waiting.moment(sheets_of((waiting_page(words),), asker.key(98))[0]))

    @staticmethod
    async def _quietly(do: Coroutine[object, object, None]) -> None:
        """What was to be shown only until the answer is there may fail."""
        try:
            await do
        except BrobyggerError as error:
            _log.warning("an interaction could not be acknowledged (%s)", named(error))


def _invocation(arrival: Arrival, found: Called) -> Invocation:
    return Invocation(arrival, found.command, verb=found.verb, given=found.given)
