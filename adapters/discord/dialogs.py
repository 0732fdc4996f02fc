"""Forms on Discord: opened as modals, one for each step, with what was typed before. Discord opens one only as the first
answer to an interaction; where that is too late, a card with a button opens it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import assert_never

from adapters.discord.asker import Asker
from adapters.discord.forms import form_mentions, render_modal, steps_of
from adapters.discord.front import Front
from adapters.discord.ids import tag_of
from adapters.discord.page import Page
from adapters.discord.telling import named
from adapters.discord.views import open_page
from bot.errors import ChatError, StorageError
from bot.interactions import PlaceKind
from bot.messages.actions import encode_action
from bot.messages.forms import (
    CheckField,
    ChoiceField,
    DateField,
    FileField,
    Form,
    FormField,
    ListField,
    MemberField,
    TextField,
)
from bot.messages.meanwhile import marks_of
from bot.repositories import FormDraft
from bot.words import Words

_log = logging.getLogger(__name__)

# What somebody typed is kept for so long.
KEPT = timedelta(days=1)

Kept = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A form that somebody has begun: what they typed, the marks of what it showed at first, how many steps are behind,
    and the message that it was opened from."""

    values: Mapping[str, Kept] = field(default_factory=dict[str, Kept])
    seen: Mapping[str, str] = field(default_factory=dict[str, str])
    step: int = 0
    card: str = ""


# Where the message stands among the marks: no field has such a key.
_CARD = "@card"


class Dialogs:
    """Opens forms and keeps what was typed in them."""

    def __init__(self, front: Front) -> None:
        self._front = front

    async def words(self, asker: Asker) -> Words:
        """The asker's words."""
        return await self._front.words_for(asker.workspace, asker.arrival.account, asker.arrival.language)

    async def open(self, form: Form, asker: Asker, step: int | None = None) -> Page | None:
        """Opens a form at a step (``None``: at its beginning), with what was typed before. Returns the card to show instead,
        where Discord opens nothing any more. Raises ChatError for trouble of another kind."""
        words, begun = await self.words(asker), await self.begun(asker, encode_action(form.action))
        if step is None and begun is not None and begun.step >= len(steps_of(form)):
            # It was sent whole and not taken. Who asks for the form anew begins anew.
            begun = None
        there = begun or Begun()
        place = min(step or 0, len(steps_of(form)) - 1)
        if asker.waiting.opens_form:
            people = await self._front.users(asker.workspace, form_mentions(form))
            direct = asker.origin.kind is PlaceKind.DIRECT
            modal = render_modal(form, place, tag_of(asker.workspace), words, people, there.values, direct=direct)
            try:
                await asker.waiting.form(modal)
            except ChatError as error:
                _log.warning("a form could not be opened (%s)", named(error))
            else:
                self._remember(form, asker, begun)
                return None
        return open_page(form, tag_of(asker.workspace), words, place)

    async def begun(self, asker: Asker, wire: str) -> Begun | None:
        """What the asker has begun of this form, if anything that is still kept."""
        try:
            async with self._front.units(asker.workspace, reading=True) as work:
                draft = await work.drafts.get(asker.arrival.account, wire)
        except StorageError:
            return None
        if draft is None or self._front.clock.now() - draft.at >= KEPT:
            return None
        seen = {key: mark for key, mark in draft.seen.items() if key != _CARD}
        return Begun(draft.values, seen, draft.step, draft.seen.get(_CARD, ""))

    async def keep(self, asker: Asker, wire: str, begun: Begun) -> None:
        """Keeps it. Raises StorageError."""
        seen = {**begun.seen, _CARD: begun.card} if begun.card else begun.seen
        draft = FormDraft(asker.arrival.account, wire, begun.values, seen, begun.step, self._front.clock.now())
        async with self._front.units(asker.workspace) as work:
            await work.drafts.put(draft)
            await work.commit()

    async def forget(self, asker: Asker, wire: str) -> None:
        """The form was sent: nothing of it is kept."""
        try:
            async with self._front.units(asker.workspace) as work:
                await work.drafts.forget(asker.arrival.account, wire)
                await work.commit()
        except StorageError as error:
            _log.warning("a form that was sent is kept until tomorrow (%s)", named(error))

    def _remember(self, form: Form, asker: Asker, begun: Begun | None) -> None:
        """The marks of what the form shows are needed when it is sent, and no modal can carry them. What was typed before
        goes with the marks of what was shown then."""
        there = begun or Begun()
        if form.secret or (not there.values and not any(map(_shows_something, form.fields))):
            return
        before = {key: there.seen[key] for key in there.values if key in there.seen}
        fresh = replace(there, seen={**marks_of(form), **before})

        async def keep() -> None:
            await self.keep(asker, encode_action(form.action), fresh)

        if fresh != begun:
            self._front.working.start("draft", keep)


def _shows_something(field: FormField) -> bool:
    match field:
        case MemberField() | FileField():
            return False
        case TextField() | ListField() | ChoiceField() | DateField() | CheckField():
            return bool(field.value)
        case _:
            assert_never(field)
