"""What one can do with a poll that stands: look, close, open again, remind."""

from uuid import UUID

from bot.errors import NotAllowed, NotUnderstood, phrase
from bot.identity import PollId
from bot.interactions import Call, PlaceKind, answer
from bot.messages.elements import Card
from bot.messages.replies import Private, Replace, Replies
from bot.polls.actions import (
    AskHere,
    AskToRemind,
    ClosePoll,
    CopyPoll,
    ListPolls,
    OpenPoll,
    PostAgain,
    Remind,
    ReopenPoll,
    SeePoll,
    ShowNumbers,
)
from bot.polls.cards import sentence_card
from bot.polls.domain import PollState
from bot.polls.draftcards import preview_card
from bot.polls.hostcards import Looking, list_card, remind_card, see_card
from bot.polls.standing import Standing


async def see(call: Call, action: SeePoll, _chosen: tuple[str, ...]) -> Replies:
    """How it stands with one."""
    return (Replace(await _seen(call, action.poll)),)


async def list_again(call: Call, _action: ListPolls, _chosen: tuple[str, ...]) -> Replies:
    """Back to the list."""
    return (
        Replace(
            list_card(
                await call.services.polls.every(call.arrival.workspace, call.member, call.arrival.place.address),
                call.words,
            )
        ),
    )


async def open_one(call: Call, _action: OpenPoll, chosen: tuple[str, ...]) -> Replies:
    """The one that was chosen from the list."""
    try:
        wanted = PollId(UUID(chosen[0]))
    except (IndexError, ValueError) as error:
        raise NotUnderstood(phrase("Choose a poll from the list.")) from error
    return (Replace(await _seen(call, wanted)),)


async def close(call: Call, action: ClosePoll, _chosen: tuple[str, ...]) -> Replies:
    """It is closed now."""
    pattern = (await call.services.polls.get(call.arrival.workspace, action.poll)).state is PollState.PATTERN
    shown = await call.services.polls.close(call.arrival.workspace, action.poll, call.member)
    if pattern:
        return (Replace(sentence_card(call.words.say("It is asked no more. The polls that came of it stay."))),)
    return (Replace(_card(call, shown)),)


async def reopen(call: Call, action: ReopenPoll, _chosen: tuple[str, ...]) -> Replies:
    """It is open again."""
    shown = await call.services.polls.reopen(call.arrival.workspace, action.poll, call.member)
    return (Replace(_card(call, shown)),)


async def ask_here(call: Call, action: AskHere, _chosen: tuple[str, ...]) -> Replies:
    """It stands here, too."""
    place, polls = call.arrival.place, call.services.polls
    if place.kind is PlaceKind.DIRECT:
        raise NotUnderstood(phrase("Where shall it stand? Type it in the channel where people are to vote."))
    shown = await polls.stand_here(call.arrival.workspace, action.poll, call.member, place.address)
    return (Replace(_card(call, shown, call.words.say("It stands here now, too. Whoever votes twice counts once."))),)


async def post_again(call: Call, action: PostAgain, _chosen: tuple[str, ...]) -> Replies:
    """It is tried once more."""
    await call.services.polls.post_again(call.arrival.workspace, action.poll, call.member)
    told = call.words.say("I am trying once more. If it does not work, I tell you again.")
    return (Replace(sentence_card(told)),)


async def copy(call: Call, action: CopyPoll, _chosen: tuple[str, ...]) -> Replies:
    """A new draft with the same options."""
    shown = await call.services.polls.copy(call.arrival.workspace, action.poll, call.member.id)
    return (Private(preview_card(shown, call.words)),)


async def ask_to_remind(call: Call, action: AskToRemind, _chosen: tuple[str, ...]) -> Replies:
    """How many a reminder would go to."""
    count = await call.services.polls.not_yet(call.arrival.workspace, action.poll, call.member)
    poll = await call.services.polls.get(call.arrival.workspace, action.poll)
    return (Replace(remind_card(poll, count, call.words)),)


async def remind(call: Call, action: Remind, _chosen: tuple[str, ...]) -> Replies:
    """Those who have not voted are reminded."""
    count = await call.services.polls.remind(call.arrival.workspace, action.poll, call.member)
    told = call.words.count("I am reminding {number} person.", "I am reminding {number} people.", count)
    return (Replace(await _seen(call, action.poll, told)),)


async def numbers_so_far(call: Call, action: ShowNumbers, _chosen: tuple[str, ...]) -> Replies:
    """To one who has voted, how it stands."""
    own = await call.services.polls.own(call.arrival.workspace, action.poll, call.member.id)
    if own.choices is None and own.standing.poll.state is PollState.OPEN:
        raise NotAllowed(phrase("You see the numbers once you have voted."))
    return (Private(_card(call, own.standing, voted=own.choices is not None)),)


async def _seen(call: Call, poll: PollId, told: str = "") -> Card:
    own = await call.services.polls.own(call.arrival.workspace, poll, call.member.id)
    return _card(call, own.standing, told, voted=own.choices is not None)


def _card(call: Call, shown: Standing, told: str = "", *, voted: bool = False) -> Card:
    organiser = call.member.is_organiser()
    who = Looking(shown.poll.author == call.member.id or organiser, organiser, voted)
    place = call.arrival.place
    here = None if place.kind is PlaceKind.DIRECT else place.address
    return see_card(shown, call.words, who, told=told, here=here)


ACTIONS = (
    answer(SeePoll, see),
    answer(ListPolls, list_again),
    answer(OpenPoll, open_one),
    answer(ClosePoll, close),
    answer(ReopenPoll, reopen),
    answer(AskHere, ask_here),
    answer(ShowNumbers, numbers_so_far),
    answer(PostAgain, post_again),
    answer(CopyPoll, copy),
    answer(AskToRemind, ask_to_remind),
    answer(Remind, remind),
)
