"""Challenges that nobody but their author has seen: changed, posted or thrown away; and one that is asked once more."""

from collections.abc import Mapping

from bot.challenges.actions import AnswerUntil, ChangeChallenge, CopyChallenge, DropChallenge, PostChallenge
from bot.challenges.cards import sentence_card
from bot.challenges.draftcards import posted_card, preview_card
from bot.challenges.drafting import Seen
from bot.challenges.forms import WHERE, change_form, filled_in
from bot.challenges.standing import Standing
from bot.errors import NotUnderstood, Phrase
from bot.interactions import Call, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies


async def open_change(call: Call, action: ChangeChallenge, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the draft as it stands."""
    return (OpenForm(await changed_form(call, action)),)


async def changed_form(call: Call, action: ChangeChallenge) -> Form:
    """The form to read back."""
    challenges, workspace = call.services.challenges, call.arrival.workspace
    found = await challenges.drafts.own(workspace, action.challenge, call.member.id)
    return change_form(found, await challenges.themes(workspace), call.words)


async def change(call: Call, action: ChangeChallenge, values: Mapping[str, FormValue]) -> Replies:
    """The changed one as it will look."""
    drafts, workspace = call.services.challenges.drafts, call.arrival.workspace
    typed, named = filled_in(values), str(values.get(WHERE) or "")
    problems = await drafts.problems(workspace, typed, call.words)
    if problems:
        return (corrected(call, problems),)
    try:
        place = await drafts.place(workspace, call.arrival.account, named) if named.strip() else None
    except NotUnderstood as sorry:
        return (Correct({WHERE: call.words.tell(sorry.said)}),)
    return _looks(call, await drafts.change(workspace, _seen(call, action), typed, place, call.words))


async def close_at(call: Call, action: AnswerUntil, _chosen: tuple[str, ...]) -> Replies:
    """It closes at the time that was meant; shows how it will look."""
    drafts = call.services.challenges.drafts
    shown = await drafts.close_at(call.arrival.workspace, _seen(call, action), action.at)
    return (Replace(preview_card(shown, call.words)),)


async def post(call: Call, action: PostChallenge, _chosen: tuple[str, ...]) -> Replies:
    """It is posted as it was seen."""
    drafts = call.services.challenges.drafts
    shown = await drafts.post(call.arrival.workspace, _seen(call, action))
    card = posted_card(shown, call.words) if shown.challenge.is_open() else preview_card(shown, call.words)
    return (Replace(card),)


async def drop(call: Call, action: DropChallenge, _chosen: tuple[str, ...]) -> Replies:
    """Throws a draft away."""
    await call.services.challenges.drafts.drop(call.arrival.workspace, action.challenge, call.member.id)
    return (Replace(sentence_card(call.words.say("Thrown away. Nobody saw it."))),)


async def copy(call: Call, action: CopyChallenge, _chosen: tuple[str, ...]) -> Replies:
    """A new draft that asks the same."""
    drafts = call.services.challenges.drafts
    shown = await drafts.copy(call.arrival.workspace, action.challenge, call.member.id)
    return (Private(preview_card(shown, call.words)),)


def corrected(call: Call, problems: Mapping[str, Phrase]) -> Correct:
    """The form once more, with what cannot be read told by the field in which it stands."""
    return Correct({field: call.words.tell(problem) for field, problem in problems.items()})


def _seen(call: Call, action: ChangeChallenge | AnswerUntil | PostChallenge) -> Seen:
    return Seen(action.challenge, action.revision, call.member.id)


def _looks(call: Call, shown: Standing) -> Replies:
    card = preview_card(shown, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


ACTIONS = (
    answer(ChangeChallenge, open_change),
    answer(AnswerUntil, close_at),
    answer(PostChallenge, post),
    answer(DropChallenge, drop),
    answer(CopyChallenge, copy),
)

FORMS = (fill(ChangeChallenge, changed_form, change, watches=True),)
