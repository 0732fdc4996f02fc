"""The cards of a second organiser's approval and of whoever sent an announcement, for the renderers."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from bot.announcements import approvalcards as made
from bot.announcements.approving import Asked
from bot.announcements.correcting import Corrected, Correction
from bot.announcements.domain import Announcement, AnnouncementState
from bot.announcements.ledgercards import ledger_card
from bot.announcements.ownercards import Standing, gone_card, moved_card, owner_card
from bot.announcements.seeing import Ledger, Listed
from bot.announcements.settling import Passed, Scheduled
from bot.identity import AnnouncementId
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.words import Words
from tests import gallery_announcements as known
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, BO, NOW

_AT = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    awaiting = known.one(state=AnnouncementState.AWAITING, asked_by=ANNA.id)
    correcting = replace(awaiting, corrects=AnnouncementId(UUID(int=77)))
    declined = replace(awaiting, state=AnnouncementState.DRAFT, declined=NASTY[0], decided_by=BO.id)
    weekly = known.one(plan=known.WEEKLY, audience=known.BOTH, state=AnnouncementState.AWAITING)
    everybody = [replace(BO, name=f"{BO.name} {place}") for place in range(7)]
    waits = Ledger(Listed(awaiting, None), ANNA, known.NAMES, 5, ())
    corrects = replace(waits, listed=Listed(correcting, None))
    return [
        ("asked", made.asked_card(Asked(awaiting, [BO], 5), words, NOW)),
        ("asked many", made.asked_card(Asked(weekly, everybody, 500), words, NOW)),
        ("asked, correction", made.asked_card(Asked(correcting, [BO], 5), words, NOW)),
        ("ask", made.ask_card(ANNA, known.preview(awaiting), words, NOW)),
        ("ask, weekly", made.ask_card(None, known.preview(weekly, at_night=2), words, NOW)),
        ("ask, correction", made.ask_card(ANNA, Correction(correcting, ANNA, 3), words, NOW)),
        ("answered", made.answered_card(replace(awaiting, state=AnnouncementState.SCHEDULED), BO, words)),
        ("answered, no", made.answered_card(declined, BO, words)),
        ("answered, by the reader", made.answered_card(declined, BO, words, by_reader=True)),
        ("answered, gone", made.answered_card(None, None, words)),
        ("approved", made.approved_card(Scheduled(weekly, _AT, 5), words, NOW)),
        ("approved, at once", made.approved_card(Scheduled(awaiting, _AT, 5, at_once=True), words, NOW)),
        ("approved, correction", made.approved_card(Corrected(awaiting.id, 3), words, NOW)),
        ("approved too late", made.passed_meanwhile_card(Passed(known.one(plan=known.ONCE), _AT), words)),
        ("declined", made.declined_card(declined, ANNA, words)),
        ("declined, nobody left", made.declined_card(declined, None, words)),
        ("refused", made.refused_card(declined, BO, words)),
        ("refused, correction", made.refused_card(replace(declined, corrects=correcting.corrects), None, words)),
        *(
            (f"ledger, awaits {place}", ledger_card(one, words, NOW, viewer))
            for place, (one, viewer) in enumerate([(waits, ANNA.id), (waits, BO.id), (corrects, BO.id)])
        ),
        *((f"owner {place}", owner_card(one, words, NOW)) for place, one in enumerate(_standings(awaiting, declined))),
        ("owner, gone", gone_card(words)),
        ("owner, moved", moved_card(awaiting, words)),
    ]


def _standings(awaiting: Announcement, declined: Announcement) -> list[Standing]:
    scheduled = replace(awaiting, state=AnnouncementState.SCHEDULED, plan=known.WEEKLY)
    going, _, over = known.ledgers_of()[0].times
    return [
        Standing(awaiting),
        Standing(declined, BO),
        Standing(replace(declined, declined="")),
        Standing(scheduled, BO),
        Standing(scheduled, BO, going),
        Standing(scheduled, None, over),
        Standing(replace(scheduled, state=AnnouncementState.CANCELLED)),
        Standing(replace(scheduled, state=AnnouncementState.ENDED, corrects=awaiting.id), BO),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    return [("announcement, decline", made.decline_form(known.one(), words))]
