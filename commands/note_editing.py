"""A note from a pasted or exported conversation, and the forms in which a note is edited."""

import asyncio
from collections.abc import Mapping

from bot.arguments import MAX_TYPED
from bot.errors import NotUnderstood
from bot.interactions import Call, Option, Verb, answer, fill
from bot.messages.elements import File
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from bot.notes.actions import EditNote, NoteFromText, Side
from bot.notes.cards import note_card
from bot.notes.drafts import Origin
from bot.notes.forms import FILE, TEXT, NotThatWay, edit_form, edited, text_form
from bot.notes.reading import read_conversation
from commands import note_models


async def text(call: Call) -> Replies:
    """A note of what was typed; the form where nothing was."""
    typed = call.text("text")
    if not typed.strip():
        return (OpenForm(text_form(call.words)),)
    return await _from(call, "", typed.encode())


async def open_text(call: Call, _action: NoteFromText, _chosen: tuple[str, ...]) -> Replies:
    """Opens the empty form."""
    return (OpenForm(text_form(call.words)),)


async def text_form_for(call: Call, _action: NoteFromText) -> Form:
    """The form to read back."""
    return text_form(call.words)


async def from_text(call: Call, _action: NoteFromText, values: Mapping[str, FormValue]) -> Replies:
    """The form came back with a text or a file."""
    file, typed = values.get(FILE), str(values.get(TEXT) or "")
    try:
        if isinstance(file, File):
            return await _from(call, file.name, file.content)
        if not typed.strip():
            return (Correct({TEXT: call.words.say("Paste the conversation, or choose a file.")}),)
        return await _from(call, "", typed.encode())
    except NotUnderstood as sorry:
        return (Correct({FILE if isinstance(file, File) else TEXT: call.words.tell(sorry.said)}),)


async def open_edit(call: Call, action: EditNote, _chosen: tuple[str, ...]) -> Replies:
    """Opens a half of the note."""
    return (OpenForm(await edit_form_for(call, action)),)


async def edit_form_for(call: Call, action: EditNote) -> Form:
    """The form to read back."""
    opened = await call.services.notes.open_own(call.arrival.workspace, action.note, call.member)
    return edit_form(opened, action.side, call.words)


async def edit(call: Call, action: EditNote, values: Mapping[str, FormValue]) -> Replies:
    """Keeps what was changed, and shows the note."""
    notes, workspace = call.services.notes, call.arrival.workspace
    before = await notes.open(workspace, action.note, call.member)
    change = edited(Side(action.side), values, before.sectors, call.words.language)
    try:
        await notes.change(workspace, action.note, call.member, change)
    except NotThatWay as sorry:
        return (Correct({sorry.field: call.words.tell(sorry.said)}),)
    opened = await notes.open(workspace, action.note, call.member)
    card = note_card(opened, call.member, call.words, call.words.say("Saved, thank you."))
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def _from(call: Call, name: str, content: bytes) -> Replies:
    zone = call.words.zone
    transcript = await asyncio.to_thread(read_conversation, name, content, zone=zone)
    what = call.words.say("a file") if name else call.words.say("a pasted conversation")
    origin = Origin(what)
    made = await call.services.notes.from_text(call.arrival.workspace, call.member.id, transcript, origin, call.words)
    return await note_models.made(call, made)


TEXT_VERB = Verb(
    run=text,
    summary="make a note of a conversation that you paste, or of a file",
    name="text",
    names={"en": "text", "da": "tekst"},
    options=(
        Option(
            "text",
            {"en": "text", "da": "tekst"},
            "the conversation, one message a line",
            max_length=MAX_TYPED,
            rest=True,
        ),
    ),
    opens_form=True,
    shortcut={"en": "Case note from a text", "da": "Casenotat af en tekst"},
)

ACTIONS = (answer(NoteFromText, open_text), answer(EditNote, open_edit))
FORMS = (
    fill(NoteFromText, text_form_for, from_text),
    fill(EditNote, edit_form_for, edit),
)
