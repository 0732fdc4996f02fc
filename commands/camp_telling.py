"""``/camp`` for organisers: people are invited, reminded, told what is new, or that it is cancelled. All of it is shown first."""

from collections.abc import Mapping

from bot.camps.actions import (
    AskAgain,
    CallOff,
    CancelCamp,
    ChooseInvited,
    KeepChangesQuiet,
    LookAtInvitation,
    LookAtReminder,
    SendInvitations,
    SendReminder,
    SwitchReminder,
    TellChanges,
)
from bot.camps.deskcards import call_off_card, reminders_card
from bot.camps.forms import REASON, call_off_form
from bot.camps.invitationcards import TO, invitation_card, invited_form, invited_in
from bot.errors import NotUnderstood
from bot.identity import CampId
from bot.interactions import Call, Option, Verb, Who, answer, fill
from bot.messages.elements import Card
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies
from commands.announce_audiences import audiences
from commands.camp_naming import CAMP, meant
from commands.camp_organising import desk


async def invite(call: Call) -> Replies:
    """How the invitation will look and to whom it goes."""
    return (Private(await _invitation(call, (await meant(call)).id, call.text("to"))),)


async def remind(call: Call) -> Replies:
    """What the next reminder would say, to whom, and which of them are on."""
    return (Private(await _reminders(call, (await meant(call)).id)),)


async def cancel(call: Call) -> Replies:
    """Asks what to tell those who would have come."""
    return (OpenForm(call_off_form(await meant(call), call.words)),)


async def look_at_invitation(call: Call, action: LookAtInvitation, _chosen: tuple[str, ...]) -> Replies:
    """How the invitation will look."""
    return (Replace(await _invitation(call, action.camp)),)


async def open_invited(call: Call, action: ChooseInvited, _chosen: tuple[str, ...]) -> Replies:
    """Asks whom the invitation is for."""
    return (OpenForm(await invited_again(call, action)),)


async def invited_again(call: Call, action: ChooseInvited) -> Form:
    """The form to read back."""
    camp = await call.services.camps.find(call.arrival.workspace, camp=action.camp)
    typed = await call.services.camps.inviting.typed(call.arrival.workspace, action.camp, action.mark)
    return invited_form(camp, action.mark, typed, call.words)


async def choose_invited(call: Call, action: ChooseInvited, values: Mapping[str, FormValue]) -> Replies:
    """The invitation for those who were named."""
    try:
        card = await _invitation(call, action.camp, invited_in(values))
    except NotUnderstood as sorry:
        return (Correct({TO: call.words.tell(sorry.said)}),)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def send_invitations(call: Call, action: SendInvitations, _chosen: tuple[str, ...]) -> Replies:
    """Invites those who have not been."""
    _, sent = await call.services.camps.inviting.send(
        call.arrival.workspace, action.camp, action.revision, call.member.id, action.mark
    )
    told = call.words.count("{number} invitation is on its way.", "{number} invitations are on their way.", sent)
    return (Replace(await _told(call, action.camp, told)),)


async def look_at_reminder(call: Call, action: LookAtReminder, _chosen: tuple[str, ...]) -> Replies:
    """What the next reminder would say."""
    return (Replace(await _reminders(call, action.camp)),)


async def send_reminder(call: Call, action: SendReminder, _chosen: tuple[str, ...]) -> Replies:
    """Reminds those who come now."""
    sent = await call.services.camps.reminding.send(
        call.arrival.workspace, action.camp, action.reminder, call.member.id
    )
    return (Replace(await _reminders(call, action.camp, _going(call, sent))),)


async def ask_again(call: Call, action: AskAgain, _chosen: tuple[str, ...]) -> Replies:
    """Asks those who have not settled."""
    asked = await call.services.camps.reminding.ask(call.arrival.workspace, action.camp, call.member.id)
    return (Replace(await _reminders(call, action.camp, _going(call, asked))),)


async def switch_reminder(call: Call, action: SwitchReminder, _chosen: tuple[str, ...]) -> Replies:
    """Switches a reminder on or off."""
    await call.services.camps.reminding.switch(call.arrival.workspace, action.camp, action.reminder, on=bool(action.on))
    return (Replace(await _reminders(call, action.camp)),)


async def tell_changes(call: Call, action: TellChanges, _chosen: tuple[str, ...]) -> Replies:
    """Those who come, or may, hear what is new."""
    saved, told = await call.services.camps.planning.tell(
        call.arrival.workspace, action.camp, action.revision, call.member.id
    )
    return (Replace(desk(call, saved, _going(call, told))),)


async def keep_quiet(call: Call, action: KeepChangesQuiet, _chosen: tuple[str, ...]) -> Replies:
    """Only the invitations are brought up to date."""
    saved = await call.services.camps.planning.keep_quiet(
        call.arrival.workspace, action.camp, action.revision, call.member.id
    )
    return (Replace(desk(call, saved, call.words.say("Nobody gets a message about it."))),)


async def open_call_off(call: Call, action: CallOff, _chosen: tuple[str, ...]) -> Replies:
    """Asks what to tell those who would have come."""
    return (OpenForm(await call_off_again(call, action)),)


async def call_off_again(call: Call, action: CallOff) -> Form:
    """The form to read back."""
    return call_off_form(await call.services.camps.find(call.arrival.workspace, camp=action.camp), call.words)


async def call_off(call: Call, action: CallOff, values: Mapping[str, FormValue]) -> Replies:
    """What they will read; nothing is cancelled yet."""
    saved = await call.services.camps.planning.write_reason(
        call.arrival.workspace, action.camp, call.member.id, str(values[REASON])
    )
    card = call_off_card(saved, call.words)
    return (Replace(card) if call.arrival.place.message else Private(card),)


async def cancel_camp(call: Call, action: CancelCamp, _chosen: tuple[str, ...]) -> Replies:
    """It does not take place."""
    saved, told = await call.services.camps.planning.cancel(
        call.arrival.workspace, action.camp, action.revision, call.member.id
    )
    said = f"{call.words.say('The camp is cancelled.')} {_going(call, told)}"
    return (Replace(desk(call, saved, said)),)


async def _invitation(call: Call, camp: CampId, to: str = "") -> Card:
    found = await call.services.camps.inviting.look(
        call.arrival.workspace, camp, call.member.id, to, call.words.language
    )
    return invitation_card(found, call.words, call.now)


async def _reminders(call: Call, camp: CampId, told: str = "") -> Card:
    due = await call.services.camps.reminding.due(call.arrival.workspace, camp, call.member.id)
    return reminders_card(due, call.words, call.now, told)


async def _told(call: Call, camp: CampId, told: str) -> Card:
    return desk(call, await call.services.camps.desk(call.arrival.workspace, camp, call.member.id), told)


def _going(call: Call, sent: int) -> str:
    if not sent:
        return call.words.say("There was nobody to write to.")
    return call.words.count("{number} message is on its way.", "{number} messages are on their way.", sent)


VERBS = (
    Verb(
        run=invite,
        summary="invite everybody, or some, to a camp, after a look",
        name="invite",
        names={"en": "invite", "da": "inviter"},
        who=Who.ORGANISER,
        options=(
            CAMP,
            Option(
                "to",
                {"en": "to", "da": "til"},
                summary="who is invited; everyone without it",
                suggests=audiences,
            ),
        ),
        example="/camp invite to:sector:business",
    ),
    Verb(
        run=remind,
        summary="remind people now, and choose which reminders go by themselves",
        name="remind",
        names={"en": "remind", "da": "påmind"},
        who=Who.ORGANISER,
        options=(CAMP,),
    ),
    Verb(
        run=cancel,
        summary="cancel a camp and tell those who would have come",
        name="cancel",
        names={"en": "cancel", "da": "aflys"},
        who=Who.ORGANISER,
        options=(CAMP,),
        opens_form=True,
        forms_anyway=True,
    ),
)


ACTIONS = (
    answer(LookAtInvitation, look_at_invitation, Who.ORGANISER),
    answer(ChooseInvited, open_invited, Who.ORGANISER),
    answer(SendInvitations, send_invitations, Who.ORGANISER),
    answer(LookAtReminder, look_at_reminder, Who.ORGANISER),
    answer(SendReminder, send_reminder, Who.ORGANISER),
    answer(AskAgain, ask_again, Who.ORGANISER),
    answer(SwitchReminder, switch_reminder, Who.ORGANISER),
    answer(TellChanges, tell_changes, Who.ORGANISER),
    answer(KeepChangesQuiet, keep_quiet, Who.ORGANISER),
    answer(CallOff, open_call_off, Who.ORGANISER),
    answer(CancelCamp, cancel_camp, Who.ORGANISER),
)

FORMS = (
    fill(CallOff, call_off_again, call_off, Who.ORGANISER, watches=True),
    fill(ChooseInvited, invited_again, choose_invited, Who.ORGANISER, watches=True),
)
