"""What went out is corrected where it stands: written, looked at, and made in every copy.

Two who correct at once are told in the form, where their own words stay.
"""

from collections.abc import Mapping

from bot.announcements.actions import CorrectAnnouncement, CorrectCopies
from bot.announcements.approvalcards import asked_card
from bot.announcements.approving import Asked
from bot.announcements.cards import correction_card
from bot.announcements.forms import TEXT, correct_form
from bot.announcements.ledgercards import ledger_card
from bot.errors import NotUnderstood
from bot.interactions import Call, Who, answer, fill
from bot.messages.forms import Form, FormValue
from bot.messages.replies import Correct, OpenForm, Private, Replace, Replies


async def open_correct(call: Call, action: CorrectAnnouncement, _chosen: tuple[str, ...]) -> Replies:
    """Opens the form with the text that went out."""
    return (OpenForm(await corrected_form(call, action)),)


async def corrected_form(call: Call, action: CorrectAnnouncement) -> Form:
    """The form to read back."""
    return correct_form(await call.services.announcements.get(call.arrival.workspace, action.announcement), call.words)


async def correct(call: Call, action: CorrectAnnouncement, values: Mapping[str, FormValue]) -> Replies:
    """The corrected text as it will look. A text that cannot be stays in the form."""
    corrections = call.services.announcements.corrections
    try:
        shown = await corrections.write(call.arrival.workspace, action.announcement, str(values[TEXT]), call.member.id)
    except NotUnderstood as sorry:
        return (Correct({TEXT: call.words.tell(sorry.said)}),)
    return (Private(correction_card(shown, call.words)),)


async def correct_copies(call: Call, action: CorrectCopies, _chosen: tuple[str, ...]) -> Replies:
    """Every copy is edited where it stands; or another organiser is asked first."""
    done = await call.services.announcements.correct(
        call.arrival.workspace, action.draft, call.member.id, call.arrival.place.message
    )
    if isinstance(done, Asked):
        return (Replace(asked_card(done, call.words, call.now)),)
    told = call.words.count("I am correcting {number} message.", "I am correcting {number} messages.", done.copies)
    ledger = await call.services.announcements.ledger(call.arrival.workspace, done.announcement)
    return (Replace(ledger_card(ledger, call.words, call.now, call.member.id, told)),)


ACTIONS = (
    answer(CorrectAnnouncement, open_correct, Who.ORGANISER),
    answer(CorrectCopies, correct_copies, Who.ORGANISER),
)

FORMS = (fill(CorrectAnnouncement, corrected_form, correct, Who.ORGANISER),)
