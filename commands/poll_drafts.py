"""Polls that nobody but their author has seen: changed, refined, begun from one that is ready, posted or thrown away."""

from collections.abc import Mapping

from bot.errors import NotUnderstood, Phrase, phrase
from bot.interactions import Call, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from bot.polls.actions import ChangePoll, CloseAt, DropPoll, PostPoll, RefinePoll, TakeReady
from bot.polls.cards import sentence_card
from bot.polls.domain import PollPlace, PollState
from bot.polls.draftcards import posted_card, preview_card
from bot.polls.drafting import Refined
from bot.polls.forms import as_written, change_form, filled_in
from bot.polls.moreforms import OTHERS, QUORUM, READY, REPEAT, more_form, quorum_in
from bot.polls.standing import Standing
from bot.polls.templates import Template, template
from bot.polls.writing import Written, read_repeat
from commands.poll_line import places_of


async def open_change(call: Call, action: ChangePoll, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the draft as it stands."""
    return (OpenForm(await changed_form(call, action)),)


async def changed_form(call: Call, action: ChangePoll) -> Form:
    """The form to read back."""
    return change_form(await call.services.polls.get(call.arrival.workspace, action.poll), call.words)


async def change(call: Call, action: ChangePoll, values: Mapping[str, FormValue]) -> Replies:
    """The changed one as it will look."""
    drafts = call.services.polls.drafts
    before = as_written(await call.services.polls.get(call.arrival.workspace, action.poll), call.words)
    typed = filled_in(values, before)
    problems = drafts.problems(typed, call.words)
    if problems:
        return (corrected(call, problems),)
    return _looks(call, await drafts.change(call.arrival.workspace, action.poll, action.revision, typed, call.words))


async def open_more(call: Call, action: RefinePoll, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with what is asked for more seldom."""
    return (OpenForm(await refined_form(call, action)),)


async def refined_form(call: Call, action: RefinePoll) -> Form:
    """The form to read back."""
    return more_form(await call.services.polls.get(call.arrival.workspace, action.poll), call.words)


async def refine(call: Call, action: RefinePoll, values: Mapping[str, FormValue]) -> Replies:
    """The refined one as it will look."""
    problems: dict[str, Phrase] = {}
    quorum, repeat, others = quorum_in(values), str(values[REPEAT] or ""), str(values[OTHERS] or "")
    if not isinstance(quorum, int):
        problems[QUORUM] = quorum
    try:
        read_repeat(repeat, call.now, call.words)
    except NotUnderstood as sorry:
        problems[REPEAT] = sorry.said
    places: tuple[PollPlace, ...] = ()
    drafts, asker = call.services.polls.drafts, call.arrival.account
    try:
        places = await drafts.places(call.arrival.workspace, asker, others.split(",")) if others.strip() else ()
    except NotUnderstood as sorry:
        problems[OTHERS] = sorry.said
    if problems or not isinstance(quorum, int):
        return (corrected(call, problems),)
    refined = Refined(quorum, repeat, places, _ready(call, _one(values[READY])))
    return _looks(call, await drafts.refine(call.arrival.workspace, action.poll, action.revision, refined, call.words))


async def close_at(call: Call, action: CloseAt, _chosen: tuple[str, ...]) -> Replies:
    """It closes at the time that was meant; shows how it will look."""
    shown = await call.services.polls.drafts.close_at(call.arrival.workspace, action.poll, action.revision, action.at)
    return (Replace(preview_card(shown, call.words)),)


async def take_ready(call: Call, _action: TakeReady, chosen: tuple[str, ...]) -> Replies:
    """A draft of the one that was chosen."""
    ready = _ready(call, "".join(chosen))
    if ready is None:
        raise NotUnderstood(phrase("Choose a poll from the list."))
    places = await places_of(call)
    shown = await call.services.polls.drafts.write(call.arrival.workspace, call.member.id, ready, places, call.words)
    return (Private(preview_card(shown, call.words)),)


async def post(call: Call, action: PostPoll, _chosen: tuple[str, ...]) -> Replies:
    """It is posted as it was seen."""
    shown = await call.services.polls.open(call.arrival.workspace, action.poll, action.revision)
    if shown.poll.state is PollState.DRAFT:
        return (Replace(preview_card(shown, call.words)),)
    return (Replace(posted_card(shown, call.words)),)


async def drop(call: Call, action: DropPoll, _chosen: tuple[str, ...]) -> Replies:
    """Throws a draft away."""
    await call.services.polls.drafts.drop(call.arrival.workspace, action.poll)
    return (Replace(sentence_card(call.words.say("Thrown away. Nobody saw it."))),)


def corrected(call: Call, problems: Mapping[str, Phrase]) -> Correct:
    """The form once more, with what cannot be read told by the field in which it stands."""
    fields = {"most": "kind"}
    return Correct({fields.get(field, field): call.words.tell(problem) for field, problem in problems.items()})


def _looks(call: Call, shown: Standing) -> Replies:
    card = preview_card(shown, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


def _one(value: FormValue) -> str:
    return "".join(value) if isinstance(value, tuple) else str(value or "")


def _ready(call: Call, chosen: str) -> Written | None:
    found = next((one for one in Template if one.value == chosen), None)
    return None if found is None else template(found, call.words)


ACTIONS = (
    answer(ChangePoll, open_change),
    answer(RefinePoll, open_more),
    answer(CloseAt, close_at),
    answer(TakeReady, take_ready),
    answer(PostPoll, post),
    answer(DropPoll, drop),
)

FORMS = (
    fill(ChangePoll, changed_form, change, watches=True),
    fill(RefinePoll, refined_form, refine, watches=True),
)
