"""The front desk: recognises who asks, finds the handler, runs it, and turns every error into a kind reply.

An interaction is handled once, whatever the platform repeats; one person who floods is slowed down; and nobody ever sees
a stack trace: what went wrong is in the log under the same short reference, without anything that a person wrote.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar, assert_never
from zoneinfo import ZoneInfo

from bot.apologies import Listener, guarded, old_button, sorry_card
from bot.arguments import Asked
from bot.command_table import CommandTable
from bot.desk import FrontDesk
from bot.errors import NoProfile, NotAllowed, NotThere, Sorry, phrase
from bot.interactions import (
    Answered,
    Arrival,
    Call,
    Command,
    Filled,
    HomeBuilder,
    Hurry,
    Invocation,
    Press,
    Submission,
    SwiftHandler,
    Tables,
    Verb,
    Who,
)
from bot.members.domain import Member, Reader, WorkspaceOptions
from bot.messages.actions import Action, UnknownAction, action_table, decode_action
from bot.messages.choosing import fitting
from bot.messages.elements import Card, Choice
from bot.messages.forms import ChoiceField, Form
from bot.messages.meanwhile import marks_of, merged
from bot.messages.reading import read_form
from bot.messages.replies import Correct, Replies
from bot.option_choices import option_choices
from bot.pace import Pace
from bot.ports import Clock, Units
from bot.recognition import Changes, Known, NeverSure, Recognition
from bot.services import Services
from bot.values import read_values
from bot.words import Languages, Words

_log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class House:
    """The language and zone that are used where not even the workspace can be read."""

    language: str
    zone: ZoneInfo


class Dispatcher:
    """The :class:`FrontDesk`. ``actions`` is public: renderers and stored cards need the table of intents."""

    def __init__(
        self,
        tables: Tables,
        services: Services,
        units: Units,
        languages: Languages,
        clock: Clock,
        house: House,
        home: HomeBuilder | None = None,
        changes: Changes | None = None,
    ) -> None:
        commands, answered, filled = tables
        self._home = home
        self.commands = commands
        self._table = CommandTable(commands, languages)
        self.actions: Mapping[str, type[Action]] = action_table(
            [row.action for row in answered] + [row.action for row in filled]
        )
        self._answers: Mapping[type[Action], Answered] = {row.action: row for row in answered}
        self._forms: Mapping[type[Action], Filled] = {row.action: row for row in filled}
        self._services = services
        self._units = units
        self._languages = languages
        self._clock = clock
        self._house = house
        self._pace = Pace()
        self._recognition = Recognition(services.members, units, clock, changes or NeverSure())

    async def invoke(self, invocation: Invocation) -> Replies:
        """Answers a slash command."""

        async def recognised(reader: Listener) -> Replies:
            asked = self._read(invocation)
            looks = isinstance(asked, Asked) and asked.verb.only_shows
            call = await self._admitted(invocation.arrival, reader, looks=looks)
            if call is None:
                return ()
            if isinstance(asked, Sorry):
                raise asked  # told now that it is known to whom
            _allow(call, asked.verb.who)
            if invocation.values is not None:
                return await asked.verb.run(replace(call, values=invocation.values))
            values = await read_values(asked, call, self._units)
            return await asked.verb.run(
                replace(call, values=values, bare=asked.bare) if asked.given or asked.bare else call
            )

        return await self._guarded(invocation.arrival, recognised)

    async def press(self, press: Press) -> Replies:
        """Answers a button, or a choice in a card."""

        async def run(call: Call) -> Replies:
            action = self._action(press.wire)
            row = self._answers.get(type(action))
            if row is None:
                raise NotThere(old_button())
            _allow(call, row.who)
            return await row.run(call, action, press.chosen)

        replies = await self.swiftly(press)
        return await self._handle(press.arrival, run) if replies is None else replies

    async def swiftly(self, press: Press) -> Replies | None:
        """Answers a press by its short way; None where it has to go the usual one."""
        swift = self._swift(press)
        if swift is None:
            return None

        async def run(_reader: Listener) -> Replies | None:
            self._pace.step(press.arrival.workspace, press.arrival.account, self._clock.now())
            return await swift()

        return await self._guarded(press.arrival, run)

    def is_swift(self, wire: str) -> bool:
        """Whether a press of this has a short way."""
        return self._short_way(wire) is not None

    def _swift(self, press: Press) -> Callable[[], Awaitable[Replies | None]] | None:
        """The short way of a press, where it has one."""
        goes = self._short_way(press.wire)
        if goes is None:
            return None
        hurry = Hurry(self._services, press.arrival, partial(self._words, press.arrival))
        return partial(goes, hurry, self._action(press.wire), press.chosen)

    def _short_way(self, wire: str) -> SwiftHandler | None:
        row = self._answers.get(self.actions.get(wire.partition(":")[0], Action))
        return None if row is None else row.swift

    async def submit(self, submission: Submission) -> Replies:
        """Answers a form that was sent: what is wrong is told by field, and what was typed stays."""

        async def run(call: Call) -> Replies:
            action = self._action(submission.wire)
            row = self._forms.get(type(action))
            if row is None:
                raise NotThere(old_button())
            _allow(call, row.who)
            form = await row.build(call, action)
            values, problems = read_form(form, submission.values)
            if problems:
                return (Correct({key: call.words.tell(problem) for key, problem in problems.items()}),)
            kept, changed = merged(form, values, {} if row.watches else submission.seen)
            if changed:
                told = {key: call.words.tell(problem) for key, problem in changed.items()}
                return (Correct(told, marks_of(form)),)
            return await row.run(call, action, kept)

        return await self._handle(submission.arrival, run)

    def may_open_form(self, asked: Invocation | Press) -> bool:
        """Whether the answer may be a form: a verb that asks for what was not typed, or the button of a form."""
        try:
            match asked:
                case Invocation():
                    read = self._table.asked(asked)
                    left = not read.verb.options or any(one.key not in read.given for one in read.verb.options)
                    return read.verb.opens_form and not asked.values and (left or read.verb.forms_anyway)
                case Press():
                    return type(self._action(asked.wire)) in self._forms
                case _:
                    assert_never(asked)
        except Sorry:
            return False

    async def suggest(self, arrival: Arrival, wire: str, field: str, typed: str) -> Sequence[Choice]:
        """The choices of an open form's field that fit what was typed; none for a form that is gone."""

        async def found(call: Call) -> Sequence[Choice]:
            form = await self._form(call, wire)
            fields = () if form is None else form.fields
            asked = next((one for one in fields if one.key == field and isinstance(one, ChoiceField)), None)
            return () if asked is None else fitting(asked.choices, typed)

        return await self._look(arrival, found) or ()

    async def suggest_option(
        self, arrival: Arrival, command: str, verb: str, option: str, typed: str
    ) -> Sequence[Choice]:
        """What may be put into a command's option that is being typed; none for what this person may not do."""

        async def found(call: Call) -> Sequence[Choice]:
            meant = self._table.verb(self._table.named(command), verb)
            _allow(call, meant.who)
            asked = next((one for one in meant.options if one.key == option), None)
            return () if asked is None else await option_choices(asked, call, typed)

        return await self._look(arrival, found) or ()

    async def form(self, arrival: Arrival, wire: str) -> Form | None:
        """The form of this action as it would open now."""

        async def built(call: Call) -> Form | None:
            return await self._form(call, wire)

        return await self._look(arrival, built)

    async def home(self, arrival: Arrival) -> Card | None:
        """The person's own page; it counts as nothing that they did."""
        return None if self._home is None else await self._look(arrival, self._home)

    async def _form(self, call: Call, wire: str) -> Form | None:
        action = self._action(wire)
        row = self._forms.get(type(action))
        if row is None:
            return None
        _allow(call, row.who)
        return await row.build(call, action)

    async def _look(self, arrival: Arrival, look: Callable[[Call], Awaitable[T]]) -> T | None:
        """What somebody only looks at: neither paced nor remembered, and nothing is said where it fails."""
        try:
            return await look(self._call(arrival, await self._recognition.who(arrival), self._clock.now()))
        except Sorry:
            return None
        except Exception as error:  # noqa: BLE001 - the page that is open stays as it is
            _log.exception("a look failed", extra={"kind": type(error).__name__})
            return None

    def command_named(self, name: str) -> Command:
        """The command with this name in any language. Raises NotUnderstood, naming the nearest known one."""
        return self._table.named(name)

    def _action(self, wire: str) -> Action:
        try:
            return decode_action(wire, self.actions)
        except UnknownAction as error:
            raise NotThere(old_button()) from error

    async def _handle(self, arrival: Arrival, run: Callable[[Call], Awaitable[Replies]]) -> Replies:
        """Nothing, for what was handled already."""

        async def recognised(reader: Listener) -> Replies:
            call = await self._admitted(arrival, reader, looks=False)
            return () if call is None else await run(call)

        return await self._guarded(arrival, recognised)

    async def _admitted(self, arrival: Arrival, reader: Listener, *, looks: bool) -> Call | None:
        """Whoever asks, recognised and not too fast; None for what was handled already. ``looks``: nothing is written, so it
        need not be known for ever."""
        now = self._clock.now()
        self._pace.step(arrival.workspace, arrival.account, now)
        who = self._recognition
        known = await (who.who_looks(arrival) if looks else who.who_does(arrival, now))
        if known is None:
            return None
        call = self._call(arrival, known, now)
        reader.words = call.words
        return call

    def _read(self, invocation: Invocation) -> Asked | Sorry:
        """What is meant, or what is wrong with it."""
        try:
            return self._table.asked(invocation)
        except Sorry as sorry:
            return sorry

    async def _guarded(self, arrival: Arrival, run: Callable[[Listener], Awaitable[R]]) -> R | Replies:
        """What comes of it, or a kind sentence in whatever is known of the reader's words by then."""
        where = (arrival.account.platform,)
        words = self._languages.words(arrival.language or self._house.language, self._house.zone, where)
        return await guarded(Listener(words), run)

    def _call(self, arrival: Arrival, known: Known, now: datetime) -> Call:
        words = self._words(arrival, known.member, known.options)
        return Call(self._services, arrival, known.member, known.options, words, now)

    def _words(self, arrival: Arrival, member: Member | Reader, options: WorkspaceOptions) -> Words:
        zone = ZoneInfo(member.timezone or options.timezone)
        return self._languages.words(arrival.speaks or member.language, zone, (arrival.account.platform,))


def _allow(call: Call, who: Who) -> None:
    if who is Who.ALL:
        return
    if who is Who.ORGANISER and not call.member.is_organiser():
        raise NotAllowed(
            phrase(
                "Only an organiser can do that. Ask one of them; {help} shows what you can do.", help=phrase("/help")
            )
        )
    if not call.member.is_complete():
        raise NoProfile(
            phrase("First tell me who you are: type {command}. It takes a minute.", command=phrase("/profile"))
        )


__all__ = ["Dispatcher", "FrontDesk", "House", "Verb", "sorry_card"]
