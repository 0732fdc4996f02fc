"""What a second organiser answers to an announcement: yes, or no with a line that says why."""

from collections.abc import Mapping

from bot.announcements.actions import ApproveAnnouncement, ApproveNow, DeclineAnnouncement
from bot.announcements.approvalcards import (
    WHY,
    approved_card,
    decline_form,
    declined_card,
    passed_meanwhile_card,
)
from bot.announcements.settling import Passed
from bot.interactions import Call, Who, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import OpenForm, Private, Replace, Replies


async def approve(call: Call, action: ApproveAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """It goes out as it was asked for."""
    return await _approve(call, action)


async def approve_now(call: Call, action: ApproveNow, _chosen: tuple[str, ...]) -> Replies:
    """Its time has passed meanwhile, and it is to go all the same."""
    return await _approve(call, action, at_once=True)


async def open_decline(call: Call, action: DeclineAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Asks why."""
    return (OpenForm(await decline_form_for(call, action)),)


async def decline_form_for(call: Call, action: DeclineAnnouncement) -> Form:
    """The form to read back."""
    found = await call.services.announcements.get(call.arrival.workspace, action.announcement)
    return decline_form(found, call.words)


async def decline(call: Call, action: DeclineAnnouncement, values: Mapping[str, FormValue]) -> Replies:
    """It does not go out like this; whoever asked hears why."""
    approvals = call.services.announcements.approvals
    declined, owner = await approvals.decline(
        call.arrival.workspace, action.announcement, action.revision, call.member.id, str(values[WHY])
    )
    card = declined_card(declined, owner, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def _approve(call: Call, action: ApproveAnnouncement | ApproveNow, *, at_once: bool = False) -> Replies:
    done = await call.services.announcements.approvals.approve(
        call.arrival.workspace, action.announcement, action.revision, call.member.id, at_once=at_once
    )
    if isinstance(done, Passed):
        return (Replace(passed_meanwhile_card(done, call.words)),)
    return (Replace(approved_card(done, call.words, call.now)),)


ACTIONS = (
    answer(ApproveAnnouncement, approve, Who.ORGANISER),
    answer(ApproveNow, approve_now, Who.ORGANISER),
    answer(DeclineAnnouncement, open_decline, Who.ORGANISER),
)

FORMS = (fill(DeclineAnnouncement, decline_form_for, decline, Who.ORGANISER, watches=True),)
