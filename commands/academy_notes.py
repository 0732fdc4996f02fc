"""What an academy has chosen about case notes: whether a model may be sent anything, and how long one may object."""

from collections.abc import Mapping
from dataclasses import replace

from bot.interactions import Call, Verb, Who, answer, fill
from bot.members.academy_cards import academy_card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replies
from bot.notes.actions import EditNoteRules
from bot.notes.rules import chosen_rules, rules_form


async def rules(call: Call) -> Replies:
    """Opens the form."""
    return (OpenForm(rules_form(call.options, call.words)),)


async def open_rules(call: Call, _action: EditNoteRules, _chosen: tuple[str, ...]) -> Replies:
    """The form from a button."""
    return await rules(call)


async def rules_form_for(call: Call, _action: EditNoteRules) -> Form:
    """The form to read back."""
    return rules_form(call.options, call.words)


async def save_rules(call: Call, _action: EditNoteRules, values: Mapping[str, FormValue]) -> Replies:
    """Takes it over; it counts at once, also for notes that wait to be sent to a model."""
    sends, hours = chosen_rules(values)
    workspace = call.arrival.workspace
    await call.services.members.set_options(
        workspace, lambda before: replace(before, notes_model=sends, notes_objection_hours=hours)
    )
    academy = await call.services.members.academy(workspace)
    return (Private(academy_card(academy, call.words, said=call.words.say("Saved, thank you."))),)


VERB = Verb(
    run=rules,
    name="notes",
    names={"en": "notes", "da": "notater"},
    summary="choose what a model may get, and how long one may object to a case note",
    who=Who.ORGANISER,
    opens_form=True,
)

ACTIONS = (answer(EditNoteRules, open_rules, Who.ORGANISER),)
FORMS = (fill(EditNoteRules, rules_form_for, save_rules, Who.ORGANISER),)
