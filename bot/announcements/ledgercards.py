"""The ledger in words: what is planned, what went out, and for each time how many got it and who did not."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.announcements.actions import (
    CancelAnnouncement,
    ChangeAnnouncement,
    CorrectAnnouncement,
    ListAnnouncements,
    OpenAnnouncement,
    ShowAnnouncement,
    SkipNext,
    StopTheRest,
    WriteAnnouncement,
)
from bot.announcements.approvalcards import answers, owners_buttons
from bot.announcements.cards import copy_card, dates_of, reach, to_whom, when_it_goes
from bot.announcements.correcting import may_be_corrected
from bot.announcements.domain import Announcement, AnnouncementState
from bot.announcements.quietcards import promise
from bot.announcements.seeing import Gone, Ledger, Listed, planned_for
from bot.announcements.text import notice_of
from bot.deliveries.domain import DeliveryState
from bot.deliveries.undelivered import Undelivered
from bot.deliveries.undelivered_cards import what_became
from bot.identity import MemberId
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
    Confirm,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Select,
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain, shortened
from bot.schedules.domain import OccurrenceState
from bot.schedules.missed import after_a_stop, missed_announcements, reason_in_words
from bot.words import Words

_LINE = 60
_BLOCKS = 20
_CHOICES = 20


def list_card(every: Sequence[Listed], words: Words, *, to_cancel: bool = False) -> Card:
    """What is planned and what went out. ``to_cancel``: only what can still be cancelled."""
    title = words.say("Which one shall I cancel?") if to_cancel else words.say("Announcements")
    shown = [one for one in every if one.is_to_come() or one.awaits() or not to_cancel]
    write = Button(words.say("New announcement"), WriteAnnouncement(), Weight.MAIN)
    if not shown:
        said = words.say("No announcements yet.")
        if to_cancel:
            said = words.say("Nothing is planned, so there is nothing to cancel.")
        return Card(said, (Heading(words.say("Announcements")), Paragraph(plain(said)), Buttons((write,))))
    elements: list[Element] = [Heading(title)]
    asked = [one for one in shown if one.awaits()]
    coming = [one for one in shown if one.is_to_come()]
    over = [one for one in shown if not one.is_to_come() and not one.awaits()]
    if asked:
        elements += [
            Paragraph((Bold(words.say("To be approved")),)),
            Bullets(tuple(_line(one, words) for one in asked)),
        ]
    if coming:
        elements += [Paragraph((Bold(words.say("To come")),)), Bullets(tuple(_line(one, words) for one in coming))]
    if over:
        elements += [Paragraph((Bold(words.say("Earlier")),)), Bullets(tuple(_line(one, words) for one in over))]
    choices = tuple(Choice(str(one.announcement.id), _label(one, words)) for one in shown[:_CHOICES])
    elements.append(Select(words.say("Look at an announcement"), OpenAnnouncement(), choices))
    elements.append(Buttons((write,)))
    return Card(title, tuple(elements))


def ledger_card(ledger: Ledger, words: Words, now: datetime, viewer: MemberId, told: str = "") -> Card:
    """One announcement: what it says, when it goes, and what became of each time. ``viewer`` decides who may approve."""
    announcement = ledger.listed.announcement
    title = standing(ledger.listed, words)
    elements: list[Element] = [Heading(title)]
    if told:
        elements.append(Paragraph(plain(told)))
    elements += [*copy_card(announcement, ledger.author, words).elements, Divider()]
    elements.append(Fields((Field(words.say("To"), plain(to_whom(ledger.names, announcement, words))),)))
    if ledger.listed.is_to_come():
        counted = reach(announcement, ledger.count, words)
        elements.append(Paragraph(plain(f"{when_it_goes(announcement.plan, words, now)} {counted}")))
        elements += dates_of(announcement.plan, words, now)
        elements += [Paragraph(plain(said)) for said in promise(announcement.waits, words)]
        elements.append(Footnote(plain(after_a_stop(missed_announcements(words)[ledger.missed], words))))
    if ledger.listed.awaits():
        return Card(title, (*elements, *_waiting(ledger, words, now, viewer)), Accent.ASK)
    for gone in ledger.times:
        elements += _time(gone, words, now)
    arrived = any(gone.posted or gone.states.get(DeliveryState.SENT) for gone in ledger.times)
    correct = (_correct(announcement, words),) if arrived and may_be_corrected(announcement) else ()
    again = (Button(words.say("Look again"), ShowAnnouncement(announcement.id)),)
    on_its_way = (*again, _stop(announcement, words)) if any(gone.waiting() for gone in ledger.times) else ()
    elements.append(Buttons((*on_its_way, *correct, *_buttons(ledger.listed, words))))
    lost = any(gone.lost for gone in ledger.times)
    return Card(title, tuple(elements), Accent.WARN if lost else Accent.CALM)


def _stop(announcement: Announcement, words: Words) -> Button:
    ask = Confirm(
        words.say("Stop what has not gone yet?"),
        words.say("Whoever has it already keeps it. The others do not get it."),
        words.say("Stop the rest"),
        words.say("Keep it"),
    )
    return Button(words.say("Stop the rest"), StopTheRest(announcement.id), Weight.DANGER, ask)


def _waiting(ledger: Ledger, words: Words, now: datetime, viewer: MemberId) -> Sequence[Element]:
    """What stands below one that waits for a second organiser."""
    announcement = ledger.listed.announcement
    every = Button(words.say("All announcements"), ListAnnouncements())
    if announcement.owner() == viewer:
        buttons, said = owners_buttons(announcement, words), words.say("Another organiser approves of it first.")
    else:
        buttons, said = answers(announcement, words), words.say("You can approve of it.")
    goes = words.say("It is a correction of what went out.")
    if announcement.corrects is None:
        counted = reach(announcement, ledger.count, words)
        goes = f"{when_it_goes(announcement.plan, words, now, approved=True)} {counted}"
    return (Paragraph(plain(f"{goes} {said}")), Buttons((*buttons, every)))


def standing(listed: Listed, words: Words) -> str:
    """How far it has come, in a word or two."""
    if listed.awaits():
        return words.say("Waits for approval")
    if listed.is_to_come():
        return words.say("Planned")
    if listed.announcement.state is AnnouncementState.CANCELLED:
        return words.say("Cancelled")
    if listed.going:
        return words.say("Under way")
    if (
        listed.last is not None
        and listed.last.state is OccurrenceState.SKIPPED
        and not listed.announcement.plan.repeats()
    ):
        return words.say("Not sent")
    return words.say("Over") if listed.announcement.plan.repeats() else words.say("Gone out")


def figures(gone: Gone, words: Words, now: datetime) -> str:
    """``48 arrived, 2 on their way, 1 did not arrive.``"""
    sent, asleep = gone.states.get(DeliveryState.SENT, 0), gone.sleeping(now)
    waiting, kept = gone.waiting() - asleep, gone.states.get(DeliveryState.CANCELLED, 0)
    lost = sum(gone.states.get(state, 0) for state in (DeliveryState.FAILED, DeliveryState.DOUBTFUL))
    counted = (
        (sent, words.count("{number} arrived", "{number} arrived", sent)),
        (waiting, words.count("{number} on its way", "{number} on their way", waiting)),
        (asleep, words.count("{number} waits for the morning", "{number} wait for the morning", asleep)),
        (kept, words.count("{number} was left out", "{number} were left out", kept)),
        (
            lost,
            words.count("{number} did not arrive, as far as I know", "{number} did not arrive, as far as I know", lost),
        ),
    )
    stands = words.all_of([f"#{name}" for name in gone.posted])
    told = [said for number, said in counted if number]
    told += [words.say("it stands in {channels}", channels=stands)] if stands else []
    return words.all_of(told) or words.say("nobody to send it to")


def _time(gone: Gone, words: Words, now: datetime) -> Sequence[Element]:
    if gone.was_skipped():
        return why_not(gone, words)
    when = words.when(gone.at)
    elements: list[Element] = [Paragraph((Bold(when), Plain(f": {figures(gone, words, now)}.")))]
    if gone.waiting() > gone.sleeping(now):
        elements.append(Paragraph(plain(bar(gone, now))))
    if gone.occurrence.reason:
        elements.append(Footnote(plain(reason_in_words(gone.occurrence.reason, words))))
    ordered = sorted(gone.lost, key=lambda one: what_became(one, words))
    for reason, group in groupby(ordered, key=lambda one: what_became(one, words)):
        elements += [Paragraph(plain(reason)), Bullets(tuple(_whom(one, words) for one in group))]
    return elements


def why_not(gone: Gone, words: Words) -> Sequence[Element]:
    """When nothing went out, and why."""
    why = reason_in_words(gone.occurrence.reason, words)
    return (Paragraph((Bold(words.when(gone.at)), Plain(f": {words.say('not sent')}. {why}"))),)


def bar(gone: Gone, now: datetime) -> str:
    """How far it is, for the eye; the figures beside it say the same. What waits for the morning is left out."""
    asleep = gone.sleeping(now)
    whole = sum(gone.states.values()) + len(gone.posted) - asleep
    done = _BLOCKS * (whole - gone.waiting() + asleep) // whole
    return "█" * done + "░" * (_BLOCKS - done)


def _whom(one: Undelivered, words: Words) -> Text:
    return (Bold(one.whom or words.say("a room or a channel")),)


def _line(listed: Listed, words: Words) -> Text:
    said = shortened(notice_of(listed.announcement.text), _LINE)
    return (Bold(said), Plain(f" – {_state(listed, words)}"))


def _label(listed: Listed, words: Words) -> str:
    return shortened(f"{_state(listed, words)}: {notice_of(listed.announcement.text)}", _LINE)


def _state(listed: Listed, words: Words) -> str:
    if listed.next_at is not None and listed.is_to_come():
        return words.when(listed.next_at, "medium")
    state = standing(listed, words)
    if listed.last is None:
        return state
    return f"{state}, {words.when(planned_for(listed.last, listed.announcement.plan), 'medium')}"


def _correct(announcement: Announcement, words: Words) -> Button:
    return Button(words.say("Correct it"), CorrectAnnouncement(announcement.id))


def _buttons(listed: Listed, words: Words) -> tuple[Button, ...]:
    announcement = listed.announcement
    every = Button(words.say("All announcements"), ListAnnouncements())
    if listed.next_at is None or not listed.is_to_come():
        return (every,)
    change = Button(words.say("Change"), ChangeAnnouncement(announcement.id, announcement.revision))
    keep = words.say("Keep it")
    if not announcement.plan.repeats():
        ask = Confirm(words.say("Cancel the announcement?"), words.say("Nobody gets it."), words.say("Cancel it"), keep)
        return (change, Button(words.say("Cancel"), CancelAnnouncement(announcement.id), Weight.DANGER, ask), every)
    at = words.when(listed.next_at)
    skip = Confirm(
        words.say("Leave out the next time?"),
        words.say("It does not go out {time}; after that it goes on as before.", time=at),
        words.say("Leave it out"),
        keep,
    )
    end = Confirm(
        words.say("End the repetition?"),
        words.say("It does not go out any more. What went out stays where it is."),
        words.say("End it"),
        keep,
    )
    return (
        change,
        Button(
            words.say("Leave out the next"),
            SkipNext(announcement.id, int(listed.next_at.timestamp())),
            Weight.PLAIN,
            skip,
        ),
        Button(words.say("End the repetition"), CancelAnnouncement(announcement.id), Weight.DANGER, end),
        every,
    )
