"""How an academy wants things to be sent, chosen by its organisers."""

from collections.abc import Mapping

from bot.interactions import Call, Verb, Who, answer, fill
from bot.members.academy_cards import academy_card
from bot.members.actions import EditSending
from bot.members.sending import chosen, sending_form
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replies


async def sending(call: Call) -> Replies:
    """Opens the form."""
    return (OpenForm(sending_form(call.options, call.words)),)


async def open_sending(call: Call, _action: EditSending, _chosen: tuple[str, ...]) -> Replies:
    """The form from a button."""
    return await sending(call)


async def sending_form_for(call: Call, _action: EditSending) -> Form:
    """The form to read back."""
    return sending_form(call.options, call.words)


async def save_sending(call: Call, _action: EditSending, values: Mapping[str, FormValue]) -> Replies:
    """Takes it over; it counts at once."""
    await call.services.members.set_options(call.arrival.workspace, lambda before: chosen(before, values))
    academy = await call.services.members.academy(call.arrival.workspace)
    return (Private(academy_card(academy, call.words, said=call.words.say("Saved, thank you."))),)


VERB = Verb(
    run=sending,
    name="sending",
    names={"en": "sending", "da": "udsendelse"},
    summary="choose what happens at night, on days off and after a stop",
    who=Who.ORGANISER,
    opens_form=True,
)

ACTIONS = (answer(EditSending, open_sending, Who.ORGANISER),)
FORMS = (fill(EditSending, sending_form_for, save_sending, Who.ORGANISER),)
