"""Every card and form of quiet hours, of what is missed, and of announcements for a camp's people."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.announcements import cards as made
from bot.announcements.audience import Audience, Condition, Kind
from bot.announcements.camp_audience import CampAnswer
from bot.announcements.ledgercards import ledger_card
from bot.announcements.quiet import Waits
from bot.announcements.seeing import Gone
from bot.deliveries.domain import DeliveryState
from bot.members.domain import WorkspaceOptions
from bot.members.hearing_cards import heard_card, hearing_card
from bot.members.sending import sending_form
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.schedules.domain import CatchUp
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_announcements import ledgers_of, one, preview
from tests.gallery_introductions import ANNA, NOW

_CAMPS = Audience(
    tuple((Condition(Kind.CAMP, f"{answer.value}:{UUID(int=61)}", NASTY[0]),) for answer in CampAnswer),
)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    ledger = ledgers_of()[0]
    asleep = tuple(NOW + timedelta(hours=hours) for hours in (1, 2))
    morning = Gone(ledger.times[0].occurrence, NOW, {DeliveryState.SENT: 3, DeliveryState.WAITING: 2}, asleep=asleep)
    waits = {
        waits: preview(one(waits=waits), held=held, muted=2, on_days_off=1)
        for waits, held in ((Waits.MORNING, 3), (Waits.WORKDAY, 1), (Waits.NO, 0))
    }
    return [
        ("announcement, to one", made.copy_card(one(), ANNA, words, to_one=True)),
        *((f"preview, waits {one.value}", made.preview_card(shown, words, NOW)) for one, shown in waits.items()),
        ("preview, would wait", made.preview_card(preview(one(waits=Waits.MORNING)), words, NOW)),
        ("preview, would wait for work", made.preview_card(preview(one(waits=Waits.WORKDAY)), words, NOW)),
        ("preview, camps", made.preview_card(preview(one(audience=_CAMPS)), words, NOW)),
        *(
            (
                f"ledger, {missed.value}",
                ledger_card(replace(ledger, missed=missed, times=(morning,)), words, NOW, ANNA.id),
            )
            for missed in (CatchUp.WITHIN_SIX_HOURS, CatchUp.EACH, CatchUp.NEVER)
        ),
        ("no announcements", hearing_card(words, hears=False)),
        ("announcements again", hearing_card(words, hears=True)),
        ("announcements on", heard_card(words, hears=True)),
        ("announcements off", heard_card(words, hears=False)),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms."""
    chosen = WorkspaceOptions(announcements_wait="workday", announcements_missed="each", rounds_missed="never")
    return [("sending", sending_form(WorkspaceOptions(), words)), ("sending, chosen", sending_form(chosen, words))]
