"""Somebody who took part in a conversation would rather not have a note of it seen so widely."""

from collections.abc import Mapping

from bot.interactions import Call, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies
from bot.notes.actions import ObjectToNote
from bot.notes.forms import REASON, object_form
from bot.notes.publishing import wider
from bot.notes.tellcards import back_already_card, said_no_card


async def open_form(call: Call, action: ObjectToNote, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form, which asks for a reason and needs none; where it went back a step already, says how it is now."""
    note = await call.services.notes.objecting.look(call.arrival.workspace, action.note, call.member)
    if wider(action.audience, note.audience):
        card = back_already_card(note, call.words)
        return (Replace(card) if call.arrival.place.message else Private(card),)
    return (OpenForm(object_form(note, action.audience, call.words)),)


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
