"""``/match`` for organisers: draw a round, look, change it, send or drop it, and what became of earlier ones."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from bot.errors import NotUnderstood, Phrase, phrase
from bot.identity import IntroId, MemberId, RoundId, WorkspaceId
from bot.interactions import Call
from bot.introductions.actions import (
    ChangeDraft,
    DropRound,
    FreeDraft,
    LockGroup,
    RedrawRound,
    SendRound,
    ShowDraft,
    ShowLeftOut,
    SplitGroup,
)
from bot.introductions.drafting import DraftView, NobodyYet
from bot.introductions.forms import APART, SWAP, TOGETHER, change_form
from bot.introductions.preview import left_out_card, page_of, preview_card
from bot.introductions.rounds import Sent
from bot.introductions.summary import dropped_card, history_card, nobody_card, sent_card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies

Wish = Callable[[WorkspaceId, RoundId, str, tuple[MemberId, MemberId]], Awaitable[DraftView]]


async def draw(call: Call) -> Replies:
    """Draws a round (the one in preparation again, its locks kept) and shows it with Send."""
    return _shown(call, await call.services.introductions.drafts.draw(call.arrival.workspace, call.member.id))


async def preview(call: Call) -> Replies:
    """The round in preparation as it stands; a new one where there is none."""
    return _shown(call, await call.services.introductions.drafts.current(call.arrival.workspace, call.member.id))


async def history(call: Call) -> Replies:
    """The last rounds in figures."""
    past = await call.services.introductions.rounds.history(call.arrival.workspace)
    return (Private(history_card(past, call.words)),)


async def show(call: Call, action: ShowDraft, _chosen: tuple[str, ...]) -> Replies:
    """A page of the draft."""
    shown = await call.services.introductions.drafts.show(call.arrival.workspace, action.round)
    return (Replace(preview_card(shown, call.words, action.page)),)


async def show_left_out(call: Call, action: ShowLeftOut, _chosen: tuple[str, ...]) -> Replies:
    """Who is left out, and why."""
    shown = await call.services.introductions.drafts.show(call.arrival.workspace, action.round)
    return (Private(left_out_card(shown, call.words)),)


async def lock(call: Call, action: LockGroup, chosen: tuple[str, ...]) -> Replies:
    """Locks the chosen group, or lets go of it; the page stays."""
    drafts = call.services.introductions.drafts
    shown = await drafts.lock(call.arrival.workspace, action.round, action.mark, _intro(chosen))
    return (Replace(preview_card(shown, call.words, action.page)),)


async def split(call: Call, action: SplitGroup, chosen: tuple[str, ...]) -> Replies:
    """Keeps the members of the chosen group apart and draws again."""
    drafts = call.services.introductions.drafts
    shown = await drafts.split(call.arrival.workspace, action.round, action.mark, _intro(chosen))
    return (Replace(preview_card(shown, call.words, action.page)),)


async def redraw(call: Call, action: RedrawRound, _chosen: tuple[str, ...]) -> Replies:
    """Another draw."""
    shown = await call.services.introductions.drafts.redraw(call.arrival.workspace, action.round, action.mark)
    return (Replace(preview_card(shown, call.words)),)


async def free(call: Call, action: FreeDraft, _chosen: tuple[str, ...]) -> Replies:
    """Lets go of all locks and prohibitions."""
    shown = await call.services.introductions.drafts.free(call.arrival.workspace, action.round, action.mark)
    return (Replace(preview_card(shown, call.words)),)


async def open_change(call: Call, action: ChangeDraft, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form for two members."""
    return (OpenForm(change_form(action, call.words)),)


async def change_form_for(call: Call, action: ChangeDraft) -> Form:
    """The form to read back."""
    return change_form(action, call.words)


async def change(call: Call, action: ChangeDraft, values: Mapping[str, FormValue]) -> Replies:
    """Together, apart, or changing places. What cannot be is told by the field, and the form stays open."""
    drafts = call.services.introductions.drafts
    wishes: Mapping[str, Wish] = {TOGETHER: drafts.together, APART: drafts.apart, SWAP: drafts.swap}
    one, other = MemberId(UUID(str(values["one"]))), MemberId(UUID(str(values["other"])))
    if one == other:
        return (_correct(call, phrase("Choose two different people.")),)
    what = values["what"]
    chosen = what[0] if isinstance(what, tuple) else str(what)
    try:
        shown = await wishes[chosen](call.arrival.workspace, action.round, action.mark, (one, other))
    except NotUnderstood as sorry:
        return (_correct(call, sorry.said),)
    card = preview_card(shown, call.words, page_of(shown, one))
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def send(call: Call, action: SendRound, _chosen: tuple[str, ...]) -> Replies:
    """Sends the round; where it changed since it was looked at, shows it instead."""
    done = await call.services.introductions.rounds.send(call.arrival.workspace, action.round, action.mark)
    card = sent_card(done, call.words) if isinstance(done, Sent) else preview_card(done, call.words)
    return (Replace(card),)


async def drop(call: Call, action: DropRound, _chosen: tuple[str, ...]) -> Replies:
    """Drops the draft."""
    await call.services.introductions.drafts.drop(call.arrival.workspace, action.round)
    return (Replace(dropped_card(call.words)),)


def _shown(call: Call, shown: DraftView | NobodyYet) -> Replies:
    if isinstance(shown, NobodyYet):
        return (Private(nobody_card(shown, call.words)),)
    return (Private(preview_card(shown, call.words)),)


def _correct(call: Call, said: Phrase) -> Correct:
    return Correct({"other": call.words.tell(said)})


def _intro(chosen: tuple[str, ...]) -> IntroId:
    try:
        return IntroId(UUID(chosen[0]))
    except (IndexError, ValueError) as error:
        raise NotUnderstood(phrase("Choose a group from the list.")) from error
