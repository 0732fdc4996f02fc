"""``/poll``: a question to many. It is shown first, exactly as it will look, and posted when the button is pressed."""

from collections.abc import Mapping

from bot.errors import NotUnderstood
from bot.interactions import (
    Call,
    Command,
    PlaceKind,
    Verb,
    answer,
    fill,
)
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replies
from bot.polls.actions import WritePoll
from bot.polls.draftcards import preview_card
from bot.polls.forms import WHERE, filled_in, write_form
from bot.polls.hostcards import list_card
from bot.polls.writing import Written
from commands import poll_drafts, poll_hosting, poll_results, poll_votes
from commands.poll_drafts import corrected
from commands.poll_line import OPTIONS, places_of, says_too_little, trimmed, typed_in

_LIVE = Written("")


async def new(call: Call) -> Replies:
    """A draft and how it will look; the form where nothing was typed."""
    typed = typed_in(call)
    if says_too_little(call, typed):
        return (OpenForm(write_form(call.words, trimmed(typed), anywhere=_nowhere(call))),)
    places = await places_of(call)
    problems = {**call.services.polls.drafts.problems(typed, call.words)}
    problems.pop("closes", None)  # that one is asked about, with buttons
    if problems:
        # With all that was typed, so that nothing has to be typed again.
        told = call.words.tell(next(iter(problems.values())))
        return (OpenForm(write_form(call.words, trimmed(typed), anywhere=_nowhere(call), told=told)),)
    shown = await call.services.polls.drafts.write(call.arrival.workspace, call.member.id, typed, places, call.words)
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
    typed, drafts, asker = filled_in(values, _LIVE), call.services.polls.drafts, call.arrival.account
    problems = drafts.problems(typed, call.words)
    if problems:
        return (corrected(call, problems),)
    named = str(values.get(WHERE) or "")
    try:
        places = (
            await drafts.places(call.arrival.workspace, asker, named.split(",")) if named else await places_of(call)
        )
    except NotUnderstood as sorry:
        return (Correct({WHERE: call.words.tell(sorry.said)}),)
    shown = await drafts.write(call.arrival.workspace, call.member.id, typed, places, call.words)
    return (Private(preview_card(shown, call.words)),)


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
            only_shows=True,
            summary="polls that are open, and those that were closed lately",
            name="list",
            names={"en": "list", "da": "liste"},
        ),
    ),
)

ACTIONS = (
    answer(WritePoll, open_new),
    *poll_drafts.ACTIONS,
    *poll_votes.ACTIONS,
    *poll_hosting.ACTIONS,
    *poll_results.ACTIONS,
)

FORMS = (
    fill(WritePoll, new_form, write, watches=True),
    *poll_drafts.FORMS,
    *poll_votes.FORMS,
)
