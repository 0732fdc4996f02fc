"""``/match`` for members: my introductions, my answers, somebody for a need."""

from collections.abc import Mapping

from bot.errors import NotThere
from bot.identity import Address
from bot.interactions import Call
from bot.introductions.actions import (
    AcceptIntro,
    AskForIntro,
    DeclineIntro,
    DeclinePerson,
    HandMeeting,
    LiftBlock,
    LookFor,
    ReconsiderIntro,
    TellOutcome,
    WriteTo,
)
from bot.introductions.answers import long_gone
from bot.introductions.cards import calendar_card, offer_card, outcome_card
from bot.introductions.contacts import line_form, sent_card
from bot.introductions.domain import Outcome
from bot.introductions.forms import look_form
from bot.introductions.meeting import calendar_file
from bot.introductions.seeing import Seen
from bot.introductions.status import asked_card, found_card, status_card, unblocked_card, waiting
from bot.members.cards import invitation_card
from bot.members.domain import Consent
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Hand, OpenForm, Private, Replace, Replies

_SHOWN = 5


async def status(call: Call) -> Replies:
    """Where I stand, each introduction that can be answered with its buttons, and the question for who has not said yes."""
    mine = await call.services.introductions.answers.mine(call.arrival.workspace, call.member.id)
    today = call.now.astimezone(call.words.zone).date()
    cards = [status_card(mine, call.member, call.options, call.words, today)]
    if call.member.consent is not Consent.YES:
        known = await call.services.members.standing(call.arrival.workspace, call.member.id)
        cards.append(invitation_card(known.member, known.lists, call.options, call.words))
    cards += [offer_card(seen, call.words) for seen in waiting(mine)[:_SHOWN]]
    return tuple(Private(card) for card in cards)


async def find(call: Call) -> Replies:
    """The best people for a need or theme; the form where nothing was typed."""
    if not call.text("term").strip():
        return (OpenForm(look_form(call.words)),)
    return (Private(await _found(call, call.text("term"))),)


async def open_look(call: Call, _action: LookFor, _chosen: tuple[str, ...]) -> Replies:
    """The form from a button."""
    return (OpenForm(look_form(call.words)),)


async def look_form_for(call: Call, _action: LookFor) -> Form:
    """The form to read back."""
    return look_form(call.words)


async def look(call: Call, _action: LookFor, values: Mapping[str, FormValue]) -> Replies:
    """The form was sent."""
    return (Private(await _found(call, str(values["term"]))),)


async def ask(call: Call, action: AskForIntro, _chosen: tuple[str, ...]) -> Replies:
    """Ask this person for an introduction."""
    finding = call.services.introductions.finding
    seen = await finding.ask(call.arrival.workspace, call.member.id, action.other, action.offer, action.theme)
    return (Private(asked_card(seen, call.words)),)


async def accept(call: Call, action: AcceptIntro, _chosen: tuple[str, ...]) -> Replies:
    """Yes, introduce us."""
    answers = call.services.introductions.answers
    return _card_now(call, await answers.accept(call.arrival.workspace, call.member.id, action.intro, _message(call)))


async def decline(call: Call, action: DeclineIntro, _chosen: tuple[str, ...]) -> Replies:
    """Not now."""
    answers = call.services.introductions.answers
    return _card_now(call, await answers.decline(call.arrival.workspace, call.member.id, action.intro, _message(call)))


async def decline_person(call: Call, action: DeclinePerson, _chosen: tuple[str, ...]) -> Replies:
    """Not this person."""
    seen = await call.services.introductions.answers.decline_person(
        call.arrival.workspace, call.member.id, action.intro, action.other, _message(call)
    )
    return _card_now(call, seen)


async def reconsider(call: Call, action: ReconsiderIntro, _chosen: tuple[str, ...]) -> Replies:
    """Undo a no."""
    answers = call.services.introductions.answers
    return _card_now(
        call, await answers.reconsider(call.arrival.workspace, call.member.id, action.intro, _message(call))
    )


async def lift_block(call: Call, action: LiftBlock, _chosen: tuple[str, ...]) -> Replies:
    """Suggest this person to me again."""
    await call.services.introductions.answers.lift_block(call.arrival.workspace, call.member.id, action.other)
    return (Private(unblocked_card(call.words)),)


async def hand_meeting(call: Call, action: HandMeeting, _chosen: tuple[str, ...]) -> Replies:
    """A calendar file with a first meeting."""
    seen = await call.services.introductions.answers.meeting(call.arrival.workspace, call.member.id, action.intro)
    zone = call.words.zone
    return (Hand(calendar_card(seen, call.words, zone), calendar_file(seen, call.words, zone)),)


async def open_line(call: Call, action: WriteTo, _chosen: tuple[str, ...]) -> Replies:
    """The form for a line to somebody on another platform."""
    return (OpenForm(await line_form_for(call, action)),)


async def line_form_for(call: Call, action: WriteTo) -> Form:
    """The form to read back."""
    carrying = call.services.introductions.carrying
    contacts, other = await carrying.contact(call.arrival.workspace, call.member.id, action.intro, action.other)
    return line_form(contacts, other, call.words)


async def send_line(call: Call, action: WriteTo, values: Mapping[str, FormValue]) -> Replies:
    """The line was sent."""
    carrying = call.services.introductions.carrying
    sent = await carrying.write(call.arrival.workspace, call.member.id, action.intro, action.other, str(values["line"]))
    return (Private(sent_card(sent.name, sent.left, call.words)),)


async def tell_outcome(call: Call, action: TellOutcome, _chosen: tuple[str, ...]) -> Replies:
    """Did you meet?"""
    if action.outcome not in {outcome.value for outcome in Outcome}:
        raise NotThere(long_gone())
    seen = await call.services.introductions.answers.tell_outcome(
        call.arrival.workspace, call.member.id, action.intro, Outcome(action.outcome)
    )
    return (Replace(outcome_card(seen, call.words)),)


async def _found(call: Call, term: str) -> Card:
    found = await call.services.introductions.finding.find(call.arrival.workspace, call.member.id, term)
    return found_card(found, call.words)


def _card_now(call: Call, seen: Seen) -> Replies:
    return (Replace(offer_card(seen, call.words)),)


def _message(call: Call) -> Address | None:
    return call.arrival.place.message
