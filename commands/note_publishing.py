"""A person publishes a note: who may see it, how it will look, and back again."""

from collections.abc import Mapping
from dataclasses import replace

from bot.errors import NotAllowed, NotThere, phrase
from bot.interactions import Call, Option, Verb, answer, fill
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from bot.notes.actions import ChooseAudience, LetStand, PublishNote, SeeVersions, WithdrawNote
from bot.notes.cards import read_card, sentence_card, to_list, versions_card, withdraw_card
from bot.notes.forms import AUDIENCE, audience_form, chosen_audience, chosen_words, words_form
from bot.notes.publishcards import done_card, preview_card
from bot.notes.publishing import Preview


async def open_audience(call: Call, action: ChooseAudience, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form."""
    return (OpenForm(await audience_form_for(call, action)),)


async def audience_form_for(call: Call, action: ChooseAudience) -> Form:
    """The form to read back."""
    opened = await call.services.notes.open_own(call.arrival.workspace, action.note, call.member)
    return audience_form(opened, call.words)


async def choose(call: Call, action: ChooseAudience, values: Mapping[str, FormValue]) -> Replies:
    """How it will look to them."""
    notes, workspace = call.services.notes, call.arrival.workspace
    opened = await notes.open(workspace, action.note, call.member)
    audience, themes, place = chosen_audience(values, opened.themes)
    try:
        preview = await notes.publishing.choose(workspace, action.note, call.member, audience, themes, place)
    except NotAllowed as sorry:
        return (Correct({AUDIENCE: call.words.tell(sorry.said)}),)
    return _here(call, preview_card(preview, call.words))


async def open_words(call: Call, action: LetStand, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form of words that may stay."""
    return (OpenForm(await words_form_for(call, action)),)


async def words_form_for(call: Call, action: LetStand) -> Form:
    """The form to read back."""
    return words_form(await _preview(call, action), call.words)


async def let_stand(call: Call, action: LetStand, values: Mapping[str, FormValue]) -> Replies:
    """Shows it with them."""
    chosen = chosen_words(await _preview(call, action), values)
    preview = await call.services.notes.publishing.let_stand(
        call.arrival.workspace, action.note, call.member, chosen, action.audience
    )
    return _here(call, preview_card(preview, call.words))


async def publish(call: Call, action: PublishNote, _chosen: tuple[str, ...]) -> Replies:
    """Publishes what was seen; where that has changed, shows it once more."""
    done = await call.services.notes.publishing.publish(
        call.arrival.workspace, action.note, call.member, action.revision, action.audience
    )
    if isinstance(done, Preview):
        return (Replace(preview_card(done, call.words)),)
    return (Replace(done_card(done, call.words)),)


async def withdraw(call: Call, action: WithdrawNote, _chosen: tuple[str, ...]) -> Replies:
    """Takes it back."""
    await call.services.notes.publishing.withdraw(call.arrival.workspace, action.note, call.member)
    return (Replace(_taken_back(call)),)


async def withdraw_named(call: Call) -> Replies:
    """Asks whether the newest of one's own whose title has these words is to be taken back."""
    mine = await call.services.notes.mine(call.arrival.workspace, call.member.id)
    wanted = call.text("title").casefold().strip()
    shown = [one for one in mine.made if one.is_shown() and wanted in one.content.title.casefold()]
    if not shown:
        raise NotThere(
            phrase("You have published no note like that. {command} shows yours.", command=phrase("/note list"))
        )
    return (Private(withdraw_card(shown[0], call.words)),)


async def versions(call: Call, action: SeeVersions, _chosen: tuple[str, ...]) -> Replies:
    """What was published so far, or one of them."""
    notes, workspace = call.services.notes, call.arrival.workspace
    note, every, objected = await notes.publishing.versions(workspace, action.note, call.member)
    one = next((one for one in every if one.number == action.number), None)
    if one is None:
        return (Private(versions_card(note, every, objected, call.words)),)
    opened = await notes.open(workspace, action.note, call.member)
    earlier = replace(opened, note=replace(opened.note, content=one.content))
    return (Private(read_card(earlier, call.member, 1, call.words)),)


def _taken_back(call: Call) -> Card:
    said = call.words.say("Taken back: nobody else sees the note any more.")
    return sentence_card(said, buttons=[to_list(call.words)])


async def _preview(call: Call, action: LetStand) -> Preview:
    return await call.services.notes.publishing.preview(
        call.arrival.workspace, action.note, call.member, action.audience
    )


def _here(call: Call, card: Card) -> Replies:
    return (Replace(card) if call.arrival.place.message else Private(card),)


WITHDRAW_VERB = Verb(
    run=withdraw_named,
    summary="take back a note that you have published",
    name="withdraw",
    names={"en": "withdraw", "da": "træk-tilbage"},
    options=(Option("title", {"en": "title", "da": "titel"}, "words of its title", required=True, rest=True),),
    example="/note withdraw empty flats",
)

ACTIONS = (
    answer(ChooseAudience, open_audience),
    answer(LetStand, open_words),
    answer(PublishNote, publish),
    answer(WithdrawNote, withdraw),
    answer(SeeVersions, versions),
)
FORMS = (
    fill(ChooseAudience, audience_form_for, choose),
    fill(LetStand, words_form_for, let_stand, watches=True),
)
