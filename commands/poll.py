"""``/poll``: a question to many. It is shown first, exactly as it will look, and posted when the button is pressed."""

from collections.abc import Mapping

from bot.errors import NotUnderstood, Phrase
from bot.identity import Address
from bot.interactions import (
    Call,
    Command,
    PlaceKind,
    Verb,
    answer,
    fill,
)
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from bot.polls.actions import (
    ChangePoll,
    DropPoll,
    PostPoll,
    WritePoll,
)
from bot.polls.cards import list_card, posted_card, preview_card, sentence_card
from bot.polls.domain import PollState
from bot.polls.forms import WHERE, as_written, change_form, filled_in, write_form
from bot.polls.writing import Written
from commands import poll_hosting, poll_results, poll_votes
from commands.poll_line import OPTIONS, typed_in

_LIVE = Written("")


async def new(call: Call) -> Replies:
    """A draft and how it will look; the form where nothing was typed."""
    typed = typed_in(call)
    if not typed.question.strip() and not typed.options:
        return (OpenForm(write_form(call.words, typed, anywhere=_nowhere(call))),)
    shown = await call.services.polls.draft(
        call.arrival.workspace, call.member.id, typed, await _places(call), call.words
    )
    return (Private(preview_card(shown, call.words)),)


async def list_(call: Call) -> Replies:
    """The polls that are open, and those that were closed lately."""
    return (
        Private(
            list_card(
                await call.services.polls.every(call.arrival.workspace, call.member, call.arrival.place.address),
                call.words,
            )
        ),
    )


async def open_new(call: Call, _action: WritePoll, _chosen: tuple[str, ...]) -> Replies:
    """Opens the empty form."""
    return (OpenForm(write_form(call.words, anywhere=_nowhere(call))),)


async def new_form(call: Call, _action: WritePoll) -> Form:
    """The form to read back."""
    return write_form(call.words, anywhere=_nowhere(call))


async def write(call: Call, _action: WritePoll, values: Mapping[str, FormValue]) -> Replies:
    """The form came back: shows how it will look."""
    typed, polls, asker = filled_in(values, _LIVE), call.services.polls, call.arrival.account
    problems = polls.problems(typed, call.words)
    if problems:
        return (_correct(call, problems),)
    named = str(values.get(WHERE) or "")
    try:
        places = await polls.places(call.arrival.workspace, asker, named.split(",")) if named else await _places(call)
    except NotUnderstood as sorry:
        return (Correct({WHERE: call.words.tell(sorry.said)}),)
    shown = await polls.draft(call.arrival.workspace, call.member.id, typed, places, call.words)
    return (Private(preview_card(shown, call.words)),)


async def open_change(call: Call, action: ChangePoll, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the draft as it stands."""
    return (OpenForm(await changed_form(call, action)),)


async def changed_form(call: Call, action: ChangePoll) -> Form:
    """The form to read back."""
    return change_form(await call.services.polls.get(call.arrival.workspace, action.poll), call.words)


async def change(call: Call, action: ChangePoll, values: Mapping[str, FormValue]) -> Replies:
    """The changed one as it will look."""
    polls = call.services.polls
    before = as_written(await polls.get(call.arrival.workspace, action.poll), call.words)
    typed = filled_in(values, before)
    problems = polls.problems(typed, call.words)
    if problems:
        return (_correct(call, problems),)
    shown = await polls.change(call.arrival.workspace, action.poll, action.revision, typed, call.words)
    card = preview_card(shown, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def post(call: Call, action: PostPoll, _chosen: tuple[str, ...]) -> Replies:
    """It is posted as it was seen."""
    shown = await call.services.polls.open(call.arrival.workspace, action.poll, action.revision)
    if shown.poll.state is PollState.DRAFT:
        return (Replace(preview_card(shown, call.words)),)
    return (Replace(posted_card(shown, call.words)),)


async def drop(call: Call, action: DropPoll, _chosen: tuple[str, ...]) -> Replies:
    """Throws a draft away."""
    await call.services.polls.drop(call.arrival.workspace, action.poll)
    return (Replace(sentence_card(call.words.say("Thrown away. Nobody saw it."))),)


def _correct(call: Call, problems: Mapping[str, Phrase]) -> Correct:
    fields = {"most": "kind", "quorum": "closes"}
    return Correct({fields.get(field, field): call.words.tell(problem) for field, problem in problems.items()})


async def _places(call: Call) -> tuple[Address, ...]:
    """The channels that were named, or where it was typed, if others read along there. Raises NotUnderstood for a channel that is
    not there, or where nothing can be posted."""
    named = call.values.get("in")
    if isinstance(named, tuple) and named:
        return await call.services.polls.places(call.arrival.workspace, call.arrival.account, named)
    place = call.arrival.place
    return () if place.kind is PlaceKind.DIRECT else (place.address,)


def _nowhere(call: Call) -> bool:
    return call.arrival.place.kind is PlaceKind.DIRECT


COMMAND = Command(
    name="poll",
    names={"en": "poll", "da": "afstemning"},
    summary="Ask many at once: one answer, several, an order, days or stars",
    default="new",
    verbs=(
        Verb(
            run=new,
            summary="write a poll and look at it before it is posted",
            name="new",
            names={"en": "new", "da": "ny"},
            options=OPTIONS,
            opens_form=True,
            example='/poll "Where is camp 4?" "Rødovre" "Odense" multiple:2 anonymous:yes closes:"friday 12:00"',
            shortcut={"en": "New poll", "da": "Ny afstemning"},
        ),
        Verb(
            run=list_,
            summary="polls that are open, and those that were closed lately",
            name="list",
            names={"en": "list", "da": "liste"},
        ),
    ),
)

ACTIONS = (
    answer(WritePoll, open_new),
    answer(ChangePoll, open_change),
    answer(PostPoll, post),
    answer(DropPoll, drop),
    *poll_votes.ACTIONS,
    *poll_hosting.ACTIONS,
    *poll_results.ACTIONS,
)

FORMS = (
    fill(WritePoll, new_form, write, watches=True),
    fill(ChangePoll, changed_form, change, watches=True),
    *poll_votes.FORMS,
)
