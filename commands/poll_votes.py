"""Voting: by a button of the card, or in a form; and one more option."""

from collections.abc import Mapping
from typing import assert_never

from bot.errors import NotThere, NotUnderstood, phrase
from bot.identity import PollId
from bot.interactions import Call, Hurry, Who, answer, fill, swift
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from bot.polls.actions import (
    AddOption,
    ChangeVote,
    FillBallot,
    Vote,
    WithdrawVote,
)
from bot.polls.ballotforms import MAYBE, OPTION, add_form, ballot_form, chosen_in, filled_field
from bot.polls.cards import sentence_card, voted_card
from bot.polls.domain import PollKind, PollState, Showing
from bot.polls.service import Own
from bot.polls.voting import Known, Outcome, Slip, Stranger, TurnedDown, Voted


async def vote_swiftly(call: Hurry, action: Vote, _chosen: tuple[str, ...]) -> Replies | None:
    """A vote by a button."""
    return await _swiftly(call, action.poll, (action.option,))


async def vote(call: Call, action: Vote, _chosen: tuple[str, ...]) -> Replies:
    """The same for somebody who was not known before."""
    return await _voted(call, action.poll, (action.option,))


async def withdraw_swiftly(call: Hurry, action: WithdrawVote, _chosen: tuple[str, ...]) -> Replies | None:
    """Takes a vote back, in the card that says what it is."""
    return await _swiftly(call, action.poll, None, in_place=True)


async def withdraw(call: Call, action: WithdrawVote, _chosen: tuple[str, ...]) -> Replies:
    """The same for somebody who was not known before."""
    return await _voted(call, action.poll, None, in_place=True)


async def open_ballot(call: Call, action: FillBallot | ChangeVote, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form in which one votes."""
    return (OpenForm(await filled_ballot(call, action)),)


async def filled_ballot(call: Call, action: FillBallot | ChangeVote) -> Form:
    """The form to read back."""
    own = await call.services.polls.own(call.arrival.workspace, action.poll, call.member.id)
    _still_open(own)
    return ballot_form(own.standing.poll, own.choices, call.words, action)


async def fill_ballot(call: Call, action: FillBallot | ChangeVote, values: Mapping[str, FormValue]) -> Replies:
    """The ballot came back."""
    poll = await call.services.polls.get(call.arrival.workspace, action.poll)
    try:
        chosen = chosen_in(poll, values, call.words)
    except NotUnderstood as sorry:
        last = MAYBE if poll.kind is PollKind.DATES else filled_field(poll)
        return (Correct({last: call.words.tell(sorry.said)}),)
    return await _voted(call, action.poll, chosen, in_place=isinstance(action, ChangeVote))


async def open_add(call: Call, action: AddOption, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form for one more option."""
    return (OpenForm(await added_form(call, action)),)


async def added_form(call: Call, action: AddOption) -> Form:
    """The form to read back."""
    return add_form(await call.services.polls.get(call.arrival.workspace, action.poll), call.words)


async def add(call: Call, action: AddOption, values: Mapping[str, FormValue]) -> Replies:
    """One more option."""
    try:
        await call.services.polls.add_option(call.arrival.workspace, action.poll, str(values[OPTION]), call.words)
    except NotUnderstood as sorry:
        return (Correct({OPTION: call.words.tell(sorry.said)}),)
    return (Private(sentence_card(call.words.say("Added. You find it in the poll in a moment."))),)


async def _swiftly(
    call: Hurry, poll: PollId, chosen: tuple[str, ...] | None, *, in_place: bool = False
) -> Replies | None:
    slip = Slip(call.arrival.account, poll, chosen, call.arrival.id)
    return await _answered(call, await call.services.polls.voting.vote(call.arrival.workspace, slip), in_place=in_place)


async def _voted(call: Call, poll: PollId, chosen: tuple[str, ...] | None, *, in_place: bool = False) -> Replies:
    slip = Slip(call.arrival.account, poll, chosen)
    outcome = await call.services.polls.voting.vote(call.arrival.workspace, slip)
    hurry = Hurry(call.services, call.arrival, lambda _member, _options: call.words)
    return await _answered(hurry, outcome, in_place=in_place) or ()


async def _answered(call: Hurry, outcome: Outcome, *, in_place: bool) -> Replies | None:
    """What became of it; one card for each person and poll, however often they change their mind."""
    match outcome:
        case Voted(poll, member, options, choices):
            words = call.words(member, options)
            numbers = choices is not None and poll.shows_to_voters() and poll.showing is Showing.AFTER_VOTE
            shown = await call.services.polls.look(call.arrival.workspace, poll.id) if numbers else None
            card = voted_card(poll, choices, words, shown)
            return (Replace(card) if in_place else Private(card, topic=f"vote:{poll.id}"),)
        case TurnedDown(said, member, options):
            return (Private(sentence_card(call.words(member, options).tell(said)), sorry=True),)
        case Known():
            return ()
        case Stranger():
            return None
        case _:
            assert_never(outcome)


def _still_open(own: Own) -> None:
    if own.standing.poll.state is not PollState.OPEN:
        raise NotThere(phrase("This poll is closed, so nothing can be changed in it any more."))


ACTIONS = (
    swift(Vote, vote_swiftly, vote, Who.ALL),
    swift(WithdrawVote, withdraw_swiftly, withdraw, Who.ALL),
    answer(FillBallot, open_ballot, Who.ALL),
    answer(ChangeVote, open_ballot, Who.ALL),
    answer(AddOption, open_add),
)

FORMS = (
    fill(FillBallot, filled_ballot, fill_ballot, Who.ALL, watches=True),
    fill(ChangeVote, filled_ballot, fill_ballot, Who.ALL, watches=True),
    fill(AddOption, added_form, add, watches=True),
)
