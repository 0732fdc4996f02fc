"""Answering a challenge: in a form, looked at once more where something looks personal, taken back, read; and saying no."""

from collections.abc import Mapping

from bot.challenges.actions import (
    AskMeAgain,
    AskMeNoMore,
    ChangeAnswer,
    GiveAnswer,
    LeaveOut,
    LetAnswerStand,
    NotThisTime,
    ReadAnswers,
    TakeAnswerBack,
    TurnAnswers,
)
from bot.challenges.cards import answered_card, answers_card, sentence_card
from bot.challenges.forms import SEES, answer_form, answer_in
from bot.challenges.invitationcards import declined_card
from bot.errors import NotUnderstood
from bot.identity import ChallengeId
from bot.interactions import Call, answer, fill
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies


async def open_answer(call: Call, action: GiveAnswer | ChangeAnswer, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form in which one answers."""
    return (OpenForm(await given_form(call, action)),)


async def given_form(call: Call, action: GiveAnswer | ChangeAnswer) -> Form:
    """The form to read back."""
    shown = await call.services.challenges.answering.look(call.arrival.workspace, action.challenge)
    return answer_form(shown, shown.of(call.member.id), call.words, action)


async def give(call: Call, action: GiveAnswer | ChangeAnswer, values: Mapping[str, FormValue]) -> Replies:
    """The answer came back."""
    answering, (said, shown) = call.services.challenges.answering, answer_in(values)
    try:
        answered = await answering.answer(call.arrival.workspace, action.challenge, call.member, said, shown=shown)
    except NotUnderstood as sorry:
        return (Correct({SEES: call.words.tell(sorry.said)}),)
    card = answered_card(answered, call.words)
    return (Replace(card) if isinstance(action, ChangeAnswer) and call.arrival.place.message else Private(card),)


async def leave_out(call: Call, action: LeaveOut, _chosen: tuple[str, ...]) -> Replies:
    """What looks personal goes."""
    answering = call.services.challenges.answering
    answered = await answering.leave_out(call.arrival.workspace, action.challenge, call.member.id)
    return (Replace(answered_card(answered, call.words)),)


async def let_stand(call: Call, action: LetAnswerStand, _chosen: tuple[str, ...]) -> Replies:
    """It is nobody private."""
    answering = call.services.challenges.answering
    answered = await answering.let_stand(call.arrival.workspace, action.challenge, call.member.id, action.at)
    return (Replace(answered_card(answered, call.words)),)


async def take_back(call: Call, action: TakeAnswerBack, _chosen: tuple[str, ...]) -> Replies:
    """The answer goes."""
    await call.services.challenges.answering.take_back(call.arrival.workspace, action.challenge, call.member.id)
    told = call.words.say("Your answer is taken back. As long as the challenge is open you can write another one.")
    return (Replace(sentence_card(told)),)


async def read(call: Call, action: ReadAnswers, _chosen: tuple[str, ...]) -> Replies:
    """What was answered, beside the card where it was asked for."""
    return (Private(await _page(call, action.challenge, 1)),)


async def turn(call: Call, action: TurnAnswers, _chosen: tuple[str, ...]) -> Replies:
    """Another page, in the place of the one before."""
    return (Replace(await _page(call, action.challenge, action.page)),)


async def decline(call: Call, action: NotThisTime, _chosen: tuple[str, ...]) -> Replies:
    """A no, which nobody is told."""
    await call.services.challenges.asking.decline(call.arrival.workspace, action.challenge, call.member.id)
    return (Replace(declined_card(call.words)),)


async def mute(call: Call, _action: AskMeNoMore, _chosen: tuple[str, ...]) -> Replies:
    """Asked about no challenge any more."""
    await call.services.challenges.asking.hear(call.arrival.workspace, call.member.id, hears=False)
    told = call.words.say(
        "I ask you about no challenges any more. If you want to be asked again: {command}.",
        command=call.words.say("/challenge list"),
    )
    return (Replace(sentence_card(told)),)


async def hear(call: Call, _action: AskMeAgain, _chosen: tuple[str, ...]) -> Replies:
    """Asked again."""
    await call.services.challenges.asking.hear(call.arrival.workspace, call.member.id, hears=True)
    told = call.words.say("Fine, I ask you again when something fits you, once in two weeks at the most.")
    return (Replace(sentence_card(told)),)


async def _page(call: Call, challenge: ChallengeId, page: int) -> Card:
    shown = await call.services.challenges.answering.read(call.arrival.workspace, challenge, call.member.id)
    return answers_card(shown, call.member.id, page, call.words)


ACTIONS = (
    answer(GiveAnswer, open_answer),
    answer(ChangeAnswer, open_answer),
    answer(LeaveOut, leave_out),
    answer(LetAnswerStand, let_stand),
    answer(TakeAnswerBack, take_back),
    answer(ReadAnswers, read),
    answer(TurnAnswers, turn),
    answer(NotThisTime, decline),
    answer(AskMeNoMore, mute),
    answer(AskMeAgain, hear),
)

FORMS = (fill(GiveAnswer, given_form, give), fill(ChangeAnswer, given_form, give))
