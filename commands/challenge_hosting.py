"""What one can do with a challenge that stands: look, ask a few in private, close it, and make the case note."""

from collections.abc import Mapping
from uuid import UUID

from bot.challenges.actions import (
    AskThem,
    ChooseThemes,
    CloseChallenge,
    ListChallenges,
    MakeChallengeNote,
    OpenChallenge,
    PostChallengeAgain,
    PutBack,
    SeeChallenge,
    SeeWhomToAsk,
    TakeOff,
)
from bot.challenges.asking import Proposal
from bot.challenges.cards import sentence_card
from bot.challenges.forms import themes_form, themes_in
from bot.challenges.hostcards import list_card, over_card, see_card
from bot.challenges.whomcards import whom_card
from bot.errors import NotUnderstood, phrase
from bot.identity import ChallengeId, MemberId
from bot.interactions import Call, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies
from bot.notes.cards import note_card


async def see(call: Call, action: SeeChallenge, _chosen: tuple[str, ...]) -> Replies:
    """How it stands with one."""
    return await _seen(call, action.challenge)


async def list_again(call: Call, _action: ListChallenges, _chosen: tuple[str, ...]) -> Replies:
    """Back to the list."""
    here = call.arrival.place.address
    every = await call.services.challenges.every(call.arrival.workspace, call.member, here)
    return (Replace(list_card(every, call.words, muted=call.member.challenges_muted)),)


async def open_one(call: Call, _action: OpenChallenge, chosen: tuple[str, ...]) -> Replies:
    """The one that was chosen from the list."""
    try:
        wanted = ChallengeId(UUID(chosen[0]))
    except (IndexError, ValueError) as error:
        raise NotUnderstood(phrase("Choose a challenge from the list.")) from error
    return await _seen(call, wanted)


async def see_whom(call: Call, action: SeeWhomToAsk, _chosen: tuple[str, ...]) -> Replies:
    """Who could be asked; nobody is yet."""
    asking = call.services.challenges.asking
    return _whom(call, await asking.whom(call.arrival.workspace, action.challenge, call.member))


async def take_off(call: Call, action: TakeOff, chosen: tuple[str, ...]) -> Replies:
    """Some are not to be asked; who comes in their place is shown."""
    asking = call.services.challenges.asking
    return _whom(call, await asking.leave_out(call.arrival.workspace, action.challenge, call.member, _members(chosen)))


async def put_back(call: Call, action: PutBack, chosen: tuple[str, ...]) -> Replies:
    """They may be asked after all."""
    asking = call.services.challenges.asking
    return _whom(call, await asking.put_back(call.arrival.workspace, action.challenge, call.member, _members(chosen)))


async def open_themes(call: Call, action: ChooseThemes, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form."""
    return (OpenForm(await themes_form_for(call, action)),)


async def themes_form_for(call: Call, action: ChooseThemes) -> Form:
    """The form to read back."""
    challenges = call.services.challenges
    challenge, themes = await challenges.to_choose(call.arrival.workspace, action.challenge, call.member)
    return themes_form(challenge, themes, call.words)


async def choose_themes(call: Call, action: ChooseThemes, values: Mapping[str, FormValue]) -> Replies:
    """By them others may be found."""
    challenges, workspace = call.services.challenges, call.arrival.workspace
    await challenges.choose_themes(workspace, action.challenge, call.member, themes_in(values))
    card = whom_card(await challenges.asking.whom(workspace, action.challenge, call.member), call.member, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def ask(call: Call, action: AskThem, _chosen: tuple[str, ...]) -> Replies:
    """Those are asked; where it would be others by now, they are shown first."""
    asking = call.services.challenges.asking
    outcome = await asking.ask(call.arrival.workspace, action.challenge, call.member, action.mark)
    if not isinstance(outcome, int):
        return _whom(call, outcome)
    told = call.words.count("I am asking {number} person.", "I am asking {number} people.", outcome)
    return await _seen(call, action.challenge, told)


async def close(call: Call, action: CloseChallenge, _chosen: tuple[str, ...]) -> Replies:
    """It is closed now; to its author what came of it."""
    endings = call.services.challenges.endings
    shown = await endings.close(call.arrival.workspace, action.challenge, call.member)
    if shown.challenge.author == call.member.id or shown.author is None:
        return (Replace(over_card(shown, call.member, call.words)),)
    told = call.words.say("It is closed. {name} has the draft of the case note.", name=shown.author.name)
    return (Replace(sentence_card(told if shown.challenge.note else call.words.say("It is closed."))),)


async def make_note(call: Call, action: MakeChallengeNote, _chosen: tuple[str, ...]) -> Replies:
    """The draft of a case note."""
    workspace = call.arrival.workspace
    note = await call.services.challenges.endings.make_note(workspace, action.challenge, call.member)
    opened = await call.services.notes.open_own(workspace, note.id, call.member)
    return (Private(note_card(opened, call.member, call.words)),)


async def post_again(call: Call, action: PostChallengeAgain, _chosen: tuple[str, ...]) -> Replies:
    """It is tried once more."""
    await call.services.challenges.post_again(call.arrival.workspace, action.challenge, call.member)
    told = call.words.say("I am trying once more. If it does not work, I tell you again.")
    return (Replace(sentence_card(told)),)


async def _seen(call: Call, challenge: ChallengeId, told: str = "") -> Replies:
    shown = await call.services.challenges.look(call.arrival.workspace, challenge)
    return (Replace(see_card(shown, call.member, call.words, told)),)


def _whom(call: Call, proposal: Proposal) -> Replies:
    return (Replace(whom_card(proposal, call.member, call.words)),)


def _members(chosen: tuple[str, ...]) -> list[MemberId]:
    try:
        return [MemberId(UUID(one)) for one in chosen]
    except ValueError as error:
        raise NotUnderstood(phrase("Choose somebody from the list.")) from error


ACTIONS = (
    answer(SeeChallenge, see),
    answer(ListChallenges, list_again),
    answer(OpenChallenge, open_one),
    answer(SeeWhomToAsk, see_whom),
    answer(TakeOff, take_off),
    answer(PutBack, put_back),
    answer(ChooseThemes, open_themes),
    answer(AskThem, ask),
    answer(CloseChallenge, close),
    answer(MakeChallengeNote, make_note),
    answer(PostChallengeAgain, post_again),
)

FORMS = (fill(ChooseThemes, themes_form_for, choose_themes),)
