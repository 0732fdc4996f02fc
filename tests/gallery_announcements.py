"""Every card and form of announcements, for the renderers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.announcements import cards as made
from bot.announcements import forms as dialogs
from bot.announcements import ledgercards as ledgers
from bot.announcements.audience import EVERYONE, Audience, Condition, Kind
from bot.announcements.correcting import Correction
from bot.announcements.domain import Announcement, AnnouncementState, Plan
from bot.announcements.seeing import Approval, AudienceNames, Gone, Ledger, Listed, Preview
from bot.announcements.service import Written
from bot.announcements.settling import Passed, Scheduled
from bot.deliveries.domain import DeliveryState
from bot.deliveries.undelivered import Undelivered
from bot.errors import phrase
from bot.identity import Address, AnnouncementId, Channel, OccurrenceId, ScheduleId
from bot.members.domain import SECTORS, THEMES
from bot.messages.elements import Card
from bot.messages.forms import Form
from bot.schedules.domain import Occurrence, OccurrenceState
from bot.words import Words
from tests.gallery import NASTY
from tests.gallery_introductions import ANNA, NOW

_WALL = datetime(2026, 3, 9, 9, 0)  # noqa: DTZ001 - wall time
ONCE = Plan(_WALL, "UTC", "", ("The clocks go forward then.",))
WEEKLY = Plan(_WALL, "Europe/Copenhagen", "FREQ=WEEKLY;BYDAY=MO\nEXDATE:20260316T090000")
BOTH = Audience(
    (
        (Condition(Kind.SECTOR, "business"), Condition(Kind.THEME, "gone")),
        (Condition(Kind.ROLE, "organiser"),),
        (Condition(Kind.SECTOR, "gone"), Condition(Kind.THEME, "ageing"), Condition(Kind.ROLE, "member")),
    )
)
NAMES = AudienceNames({one.key: one for one in SECTORS}, {one.key: one for one in THEMES})
_TEXT = "**Husk** camp på _torsdag_\n\n- kom kl. 9\n* tag kaffe med: https://example.org/camp.\n\n" + "\n".join(NASTY)


def one(text: str = _TEXT, plan: Plan | None = None, **changes: object) -> Announcement:
    known = Announcement(AnnouncementId(UUID(int=41)), ANNA.id, text, EVERYONE, NOW, plan or Plan())
    return replace(known, **changes)  # type: ignore[arg-type]  # the gallery names fields of Announcement


def preview(announcement: Announcement, count: int = 5, **changes: object) -> Preview:
    known = Preview(announcement, ANNA, NAMES, count)
    return replace(known, **changes)  # type: ignore[arg-type]  # as above


def _time(state: OccurrenceState, reason: str = "") -> Occurrence:
    return Occurrence(OccurrenceId(UUID(int=42)), ScheduleId(UUID(int=43)), "2026-03-02T09:00:00", state, reason, NOW)


def ledgers_of() -> list[Ledger]:
    lost = tuple(
        Undelivered("announcement", whom, doubtful, error, NOW)
        for whom, doubtful, error in (
            ("Bo Lind", False, "Refused cannot_dm"),
            ("", True, ""),
            (NASTY[0], False, "Gone left"),
        )
    )
    figures = {DeliveryState.SENT: 48, DeliveryState.WAITING: 2, DeliveryState.SENDING: 1, DeliveryState.FAILED: 3}
    skipped = Gone(_time(OccurrenceState.SKIPPED, "Nothing ran at that time, and later would have been too late."), NOW)
    late = "The clocks went forward: that time did not exist, so it happened right after the missing hour."
    times = (
        Gone(_time(OccurrenceState.DONE), NOW, figures, lost),
        skipped,
        Gone(_time(OccurrenceState.DONE, late), NOW),
    )
    weekly = one(plan=WEEKLY, state=AnnouncementState.SCHEDULED)
    once = one(NASTY[4], ONCE, state=AnnouncementState.SCHEDULED)
    to_come = NOW + timedelta(days=7)
    weekly, monthly = (replace(weekly, id=AnnouncementId(UUID(int=place))) for place in (51, 52))
    once, gone, dropped = (replace(once, id=AnnouncementId(UUID(int=place))) for place in (53, 54, 55))
    return [
        Ledger(Listed(weekly, to_come, times[0].occurrence), ANNA, NAMES, 5, times),
        Ledger(Listed(once, to_come), ANNA, NAMES, 1, ()),
        Ledger(
            Listed(replace(gone, state=AnnouncementState.ENDED), None, times[0].occurrence), None, NAMES, 1, times[:1]
        ),
        Ledger(Listed(replace(monthly, state=AnnouncementState.ENDED), None, going=True), ANNA, NAMES, 1, times[2:]),
        Ledger(Listed(replace(dropped, state=AnnouncementState.CANCELLED), None), ANNA, NAMES, 1, ()),
    ]


def cards(words: Words) -> list[tuple[str, Card]]:
    """All cards, each with a name for the test that fails."""
    unclear = one(plan=Plan(), choices=(ONCE, WEEKLY, Plan()), question=NASTY[0])
    at = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    every = ledgers_of()
    in_channels = one(
        audience=Audience(
            (), (Channel(Address("slack", "in:C1"), "general"), Channel(Address("slack", "in:C2"), NASTY[0]))
        )
    )
    settled = Scheduled(one(plan=WEEKLY), at, 12)
    return [
        *((f"announcement {place}", made.copy_card(one(text), ANNA, words)) for place, text in enumerate(NASTY)),
        ("announcement, author gone", made.copy_card(one("ord " * 749 + "slut"), None, words)),
        ("preview, at once", made.preview_card(preview(one()), words, NOW)),
        ("preview, once", made.preview_card(preview(one(plan=ONCE), at_night=2, on_days_off=3), words, NOW)),
        (
            "preview, weekly",
            made.preview_card(
                preview(one(plan=WEEKLY, audience=BOTH), 1, told=phrase("Please choose one.")), words, NOW
            ),
        ),
        ("preview, to be approved", made.preview_card(preview(one(), approval=Approval.ASKED), words, NOW)),
        ("preview, alone", made.preview_card(preview(one(), approval=Approval.ALONE), words, NOW)),
        ("preview, channels", made.preview_card(preview(in_channels, 0), words, NOW)),
        ("preview, people and channels", made.preview_card(preview(in_channels, 3), words, NOW)),
        ("preview, nobody", made.preview_card(preview(one(), 0), words, NOW)),
        ("preview, unclear", made.preview_card(preview(unclear), words, NOW)),
        ("planned", made.scheduled_card(settled, words, NOW)),
        ("on its way", made.scheduled_card(replace(settled, at_once=True), words, NOW)),
        ("on its way, late", made.scheduled_card(replace(settled, at_once=True, late=True), words, NOW)),
        ("passed", made.passed_card(Passed(one(plan=ONCE), at), words)),
        ("dropped", made.dropped_card(words)),
        ("correction", made.correction_card(Correction(one(), ANNA, 3), words)),
        ("correction of nothing", made.correction_card(Correction(one(), ANNA, 0), words)),
        ("list", ledgers.list_card([it.listed for it in every], words)),
        ("list, to cancel", ledgers.list_card([it.listed for it in every], words, to_cancel=True)),
        ("list, nothing", ledgers.list_card([], words)),
        ("list, nothing to cancel", ledgers.list_card([every[-1].listed], words, to_cancel=True)),
        *((f"ledger {place}", ledgers.ledger_card(it, words, NOW, ANNA.id)) for place, it in enumerate(every)),
        ("ledger, told", ledgers.ledger_card(every[0], words, NOW, ANNA.id, NASTY[0])),
    ]


def forms(words: Words) -> list[tuple[str, Form]]:
    """All forms, each with a name for the test that fails."""
    return [
        ("announcement, correct", dialogs.correct_form(one(), words)),
        ("announcement, new", dialogs.write_form(words)),
        ("announcement, typed", dialogs.write_form(words, Written(_TEXT[:300], NASTY[0], NASTY[1], NASTY[2]))),
        ("announcement, change", dialogs.change_form(one(plan=ONCE, audience=BOTH), words, NOW)),
        ("announcement, change weekly", dialogs.change_form(one(plan=WEEKLY), words, NOW)),
    ]
