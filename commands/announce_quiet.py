"""For whom an announcement waits where it is night or a day off: the option, and the buttons below a preview; and stopping what
waits."""

from bot.announcements.actions import StopTheRest, WaitForSome
from bot.announcements.cards import preview_card
from bot.announcements.ledgercards import ledger_card
from bot.announcements.quiet import Waits
from bot.errors import NotUnderstood, phrase
from bot.interactions import Call, Option, OptionChoice, OptionKind, Who, answer
from bot.messages.replies import Replace, Replies

WAIT = Option(
    "wait",
    {"en": "wait", "da": "vent"},
    summary="for whom it waits: until their morning, or a working day",
    kind=OptionKind.CHOICE,
    choices=(
        OptionChoice(Waits.NO, {"en": "no", "da": "nej"}),
        OptionChoice(Waits.MORNING, {"en": "morning", "da": "morgen"}),
        OptionChoice(Waits.WORKDAY, {"en": "workday", "da": "hverdag"}),
    ),
)


async def wait(call: Call, action: WaitForSome, _chosen: tuple[str, ...]) -> Replies:
    """The preview as it is then."""
    if action.waits not in set(Waits):
        raise NotUnderstood(phrase("Choose morning, workday or no."))
    shown = await call.services.announcements.wait(
        call.arrival.workspace, action.announcement, action.revision, Waits(action.waits)
    )
    return (Replace(preview_card(shown, call.words, call.now)),)


async def stop(call: Call, action: StopTheRest, _chosen: tuple[str, ...]) -> Replies:
    """What has not gone yet is kept back."""
    stopped = await call.services.announcements.stops.stop(call.arrival.workspace, action.announcement)
    ledger = await call.services.announcements.ledger(call.arrival.workspace, action.announcement)
    told = call.words.count("I kept back {number} message.", "I kept back {number} messages.", stopped)
    return (Replace(ledger_card(ledger, call.words, call.now, call.member.id, told)),)


ACTIONS = (answer(WaitForSome, wait, Who.ORGANISER), answer(StopTheRest, stop, Who.ORGANISER))
