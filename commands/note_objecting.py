"""Somebody who took part in a conversation would rather not have a note of it seen so widely."""

from collections.abc import Mapping

from bot.interactions import Call, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies
from bot.notes.actions import ObjectToNote
from bot.notes.forms import REASON, object_form
from bot.notes.tellcards import said_no_card


async def open_form(call: Call, action: ObjectToNote, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form, which asks for a reason and needs none."""
    return (OpenForm(await form_for(call, action)),)


async def form_for(call: Call, action: ObjectToNote) -> Form:
    """The form to read back."""
    note = await call.services.notes.objecting.look(call.arrival.workspace, action.note, call.member)
    return object_form(note, action.audience, call.words)


async def say_no(call: Call, action: ObjectToNote, values: Mapping[str, FormValue]) -> Replies:
    """It goes one step back."""
    said = await call.services.notes.objecting.object(
        call.arrival.workspace, action.note, call.member, action.audience, str(values.get(REASON) or "")
    )
    card = said_no_card(said, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


ACTIONS = (answer(ObjectToNote, open_form),)
FORMS = (fill(ObjectToNote, form_for, say_no),)
