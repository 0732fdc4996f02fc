"""What a model may be sent of a conversation: seen first, then sent, or not; and the ledger of it for organisers."""

from bot.interactions import Call, Verb, Who, answer
from bot.messages.elements import Card
from bot.messages.replies import Hand, Private, Replace, Replies
from bot.notes.actions import AskModel, KeepFromModel, SendToModel
from bot.notes.cards import note_card
from bot.notes.domain import Note
from bot.notes.modelling import Outcome
from bot.notes.publishcards import DIGEST, ledger_card, sending_card, sending_file
from bot.notes.rules import Sends


async def made(call: Call, note: Note) -> Replies:
    """A fresh draft; where the academy has chosen so, the model begins at once."""
    notes, workspace = call.services.notes, call.arrival.workspace
    opened = await notes.open(workspace, note.id, call.member)
    if not opened.can_ask or call.options.notes_model != Sends.ALWAYS:
        return (Private(note_card(opened, call.member, call.words)),)
    prepared = await notes.modelling.waiting(workspace, note.id, call.member)
    outcome = await notes.modelling.approve(workspace, note.id, call.member, prepared.digest[:DIGEST])
    return (Private(await _card(call, outcome)),)


async def ask(call: Call, action: AskModel, _chosen: tuple[str, ...]) -> Replies:
    """Exactly what would be sent."""
    notes, workspace = call.services.notes, call.arrival.workspace
    prepared = await notes.modelling.waiting(workspace, action.note, call.member)
    opened = await notes.open(workspace, action.note, call.member)
    return (Hand(sending_card(opened.note, prepared, call.words), sending_file(prepared, call.words)),)


async def send(call: Call, action: SendToModel, _chosen: tuple[str, ...]) -> Replies:
    """It may be sent."""
    outcome = await call.services.notes.modelling.approve(
        call.arrival.workspace, action.note, call.member, action.digest
    )
    return (Replace(await _card(call, outcome)),)


async def keep(call: Call, action: KeepFromModel, _chosen: tuple[str, ...]) -> Replies:
    """Nothing is sent."""
    notes, workspace = call.services.notes, call.arrival.workspace
    await notes.modelling.decline(workspace, action.note, call.member)
    opened = await notes.open(workspace, action.note, call.member)
    told = call.words.say("Nothing was sent, and what waited is gone.")
    return (Replace(note_card(opened, call.member, call.words, told)),)


async def sendings(call: Call) -> Replies:
    """The ledger."""
    workspace = call.arrival.workspace
    ledger = await call.services.notes.modelling.ledger(workspace)
    people = await call.services.notes.people(workspace, [one.member for one in ledger])
    return (Private(ledger_card(ledger, people, call.words)),)


async def _card(call: Call, outcome: Outcome) -> Card:
    opened = await call.services.notes.open(call.arrival.workspace, outcome.note.id, call.member)
    if outcome.waits:
        told = call.words.say(
            "The model is writing. I show you in our own conversation how far it is; this draft stays until then."
        )
    elif outcome.told is not None:
        told = call.words.tell(outcome.told)
    else:
        told = call.words.say("The model has written its draft.")
    return note_card(opened, call.member, call.words, told)


SENDINGS_VERB = Verb(
    run=sendings,
    only_shows=True,
    summary="what was sent to models, when and by whom",
    name="sendings",
    names={"en": "sendings", "da": "afsendelser"},
    who=Who.ORGANISER,
)

ACTIONS = (
    answer(AskModel, ask),
    answer(SendToModel, send),
    answer(KeepFromModel, keep),
)
