"""What organisers and readers see of an announcement: its copy, the preview, and what comes of pressing a button."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot.announcements.actions import (
    ChangeAnnouncement,
    ChooseTime,
    CorrectCopies,
    DropAnnouncement,
    ListAnnouncements,
    ScheduleAnnouncement,
    SendAnnouncementNow,
    ShowAnnouncement,
)
from bot.announcements.audience import Audience, Condition, Kind
from bot.announcements.camp_audience import camp_in_words
from bot.announcements.correcting import Correction
from bot.announcements.domain import Announcement, Plan
from bot.announcements.planning import several_a_day
from bot.announcements.quietcards import promise, quiet_buttons, quiet_notes
from bot.announcements.seeing import Approval, AudienceNames, Preview
from bot.announcements.settling import Passed, Scheduled
from bot.announcements.text import elements_of, notice_of
from bot.members.actions import HearAnnouncements
from bot.members.domain import Member, Role
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Choice,
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
from bot.messages.text import Text, plain
from bot.times import Rule, in_words, next_times
from bot.words import Words

_DATES_SHOWN = 5
_MENU = 70


def copy_card(announcement: Announcement, author: Member | None, words: Words, *, to_one: bool = False) -> Card:
    """The announcement as each reader gets it. ``to_one``: in a direct message, where it has the button that ends them all."""
    by = author.name if author is not None and author.erased_at is None else ""
    said = words.say("From {name}", name=by) if by else words.say("From the organisers")
    if announcement.version > 1:
        said = f"{said} · {words.say('corrected')}"
    end = (Buttons((Button(words.say("No more announcements"), HearAnnouncements(0)),)),) if to_one else ()
    elements = (*elements_of(announcement.text), Footnote(plain(said)), *end)
    return Card(notice_of(announcement.text), elements)


def preview_card(preview: Preview, words: Words, now: datetime) -> Card:
    """How it will look, when it goes and to whom; nothing has gone yet."""
    announcement = preview.announcement
    title = words.say("This is how it will look")
    looks = copy_card(announcement, preview.author, words).elements
    elements: list[Element] = [Heading(title), *looks, Divider()]
    if preview.told is not None:
        elements.insert(0, Paragraph(plain(words.tell(preview.told))))
    if announcement.is_unclear():
        return Card(title, (*elements, *_question(announcement, words, now)), Accent.ASK)
    elements.append(Fields((Field(words.say("To"), plain(to_whom(preview.names, announcement, words))),)))
    asked = preview.approval is Approval.ASKED
    elements.append(Paragraph(plain(when_it_goes(announcement.plan, words, now, approved=asked))))
    elements += dates_of(announcement.plan, words, now)
    notes = [*announcement.plan.notes, *_odd(preview, words, now)]
    elements += [Bullets(tuple(plain(note) for note in notes))] if notes else []
    if preview.reaches_nobody():
        elements.append(Paragraph(plain(words.say("Nobody fits that just now. Choose somebody else to send it to."))))
    else:
        going = reach(announcement, preview.count, words)
        elements.append(Paragraph(plain(f"{going} {words.say('Nothing goes before you press the button.')}")))
    elements.append(Buttons((*_buttons(preview, words), *quiet_buttons(preview, words))))
    return Card(title, tuple(elements), Accent.ASK)


def scheduled_card(done: Scheduled, words: Words, now: datetime) -> Card:
    """It is on its way, or will be."""
    announcement = done.announcement
    counted = reach(announcement, done.count, words)
    elements: list[Element] = []
    if done.at_once:
        title = words.say("It is on its way")
        elements += [Heading(title), Paragraph(plain(counted))]
        if done.alone:
            elements.append(Paragraph(plain(words.say("You are the only organiser, so nobody has to approve of it."))))
        if done.late:
            elements.append(Paragraph(plain(words.say("Its time had just passed, so it goes at once."))))
    else:
        title = words.say("It is planned")
        elements += [
            Heading(title),
            Paragraph(plain(f"{when_it_goes(announcement.plan, words, now)} {counted}")),
            *(Paragraph(plain(said)) for said in promise(announcement.waits, words)),
            Footnote(plain(words.say("Until then you can change or cancel it."))),
        ]
    elements.append(Buttons((Button(words.say("How it stands"), ShowAnnouncement(announcement.id)),)))
    return Card(title, tuple(elements), Accent.GOOD)


def passed_card(passed: Passed, words: Words) -> Card:
    """Its time is over; it waits for the author to say so."""
    title = words.say("Its time has passed")
    announcement = passed.announcement
    said = words.say("It was to go {time}. Nothing has been sent.", time=words.when(passed.at))
    send = Button(words.say("Send now"), SendAnnouncementNow(announcement.id, announcement.revision), Weight.MAIN)
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(said)),
            Buttons((send, _change(announcement, words), _drop(announcement, words))),
        ),
        Accent.ASK,
    )


def correction_card(correction: Correction, words: Words) -> Card:
    """How every copy will look; nothing has changed yet."""
    draft = correction.draft
    title = words.say("This is how it will look")
    corrected = replace(draft, version=draft.version + 1)
    looks = copy_card(corrected, correction.author, words).elements
    if not correction.copies:
        said = words.say("Nothing of it has arrived anywhere, so there is nothing to correct.")
        return Card(title, (Heading(title), *looks, Divider(), Paragraph(plain(said)), Buttons((_drop(draft, words),))))
    said = changes(correction.copies, words)
    make = Button(words.say("Correct it everywhere"), CorrectCopies(draft.id), Weight.MAIN)
    return Card(
        title,
        (Heading(title), *looks, Divider(), Paragraph(plain(said)), Buttons((make, _drop(draft, words)))),
        Accent.ASK,
    )


def changes(copies: int, words: Words) -> str:
    """What a correction would do."""
    return words.count(
        "It changes {number} message where it stands, without a new one.",
        "It changes {number} messages where they stand, without new ones.",
        copies,
    )


def dropped_card(words: Words) -> Card:
    """The draft is gone."""
    said = words.say("Thrown away. Nobody has seen it.")
    every = Button(words.say("All announcements"), ListAnnouncements())
    return Card(said, (Paragraph(plain(said)), Buttons((every,))))


def when_it_goes(plan: Plan, words: Words, now: datetime, *, approved: bool = False) -> str:
    """``It goes out tirsdag den 3. marts 2026 kl. 14.30 (om 3 måneder).`` ``approved``: said before a second organiser is
    asked, and after."""
    reading = plan.reading()
    if reading is None and approved:
        return words.say("It goes out as soon as it is approved.")
    if reading is None:
        return words.say("It goes out as soon as you press the button.")
    if isinstance(reading, Rule):
        return words.say("It goes out again and again: {rule}.", rule=in_words(reading, words, now))
    return words.say("It goes out {time}.", time=in_words(reading, words, now))


def dates_of(plan: Plan, words: Words, now: datetime) -> Sequence[Element]:
    """The next dates of a repetition."""
    reading = plan.reading()
    if not isinstance(reading, Rule):
        return ()
    dates: list[Text] = [(words.moment(at),) for at in next_times(reading, now, _DATES_SHOWN)]
    return (Paragraph(plain(words.say("The next ones:"))), Bullets(tuple(dates)))


def to_whom(names: AudienceNames, announcement: Announcement, words: Words) -> str:
    """The audience in words: ``business and ageing, or organisers``."""
    return audience_in_words(names, announcement.audience, words)


def audience_in_words(names: AudienceNames, audience: Audience, words: Words) -> str:
    """The same of any audience; in brackets what belongs together, where there is more than that."""
    every = [
        words.all_of([_condition(names, one, words) for one in conditions]) for conditions in audience.alternatives
    ]
    if len(every) + len(audience.channels) > 1:
        pairs = zip(every, audience.alternatives, strict=True)
        every = [f"({said})" if len(conditions) > 1 else said for said, conditions in pairs]
    people = [words.any_of(every)] if every else []
    return words.all_of([*people, *(f"#{one.name}" for one in audience.channels)])


def reach(announcement: Announcement, count: int, words: Words) -> str:
    """How many people get it, and in which channels it is posted."""
    channels = words.all_of([f"#{one.name}" for one in announcement.audience.channels])
    if not channels:
        return words.count("It goes to {number} person.", "It goes to {number} people.", count)
    if not count:
        return words.say("It is posted in {channels}.", channels=channels)
    return words.count(
        "It goes to {number} person and is posted in {channels}.",
        "It goes to {number} people and is posted in {channels}.",
        count,
        channels=channels,
    )


def _condition(names: AudienceNames, condition: Condition, words: Words) -> str:
    match condition.kind:
        case Kind.EVERYONE:
            return words.say("everyone in the academy")
        case Kind.SECTOR:
            sector = names.sectors.get(condition.value)
            return words.say("sector {name}", name=sector.name(words.language) if sector else condition.value)
        case Kind.THEME:
            theme = names.themes.get(condition.value)
            return words.say("theme {name}", name=theme.name(words.language) if theme else condition.value)
        case Kind.ROLE:
            return words.say("organisers") if condition.value == Role.ORGANISER.value else words.say("members")
        case Kind.CAMP:
            return camp_in_words(condition.value, condition.label, words)
        case _:
            assert_never(condition.kind)


def _question(announcement: Announcement, words: Words, now: datetime) -> Sequence[Element]:
    readings = [plan.reading() for plan in announcement.choices]
    labels = [words.say("now") if reading is None else in_words(reading, words, now) for reading in readings]
    choices = tuple(Choice(str(place), label) for place, label in enumerate(labels))
    # A menu cuts what is long, and what is cut often differs in its end.
    whole = (Bullets(tuple(plain(label) for label in labels)),) if max(map(len, labels)) > _MENU else ()
    choose = Select(words.say("When shall it go?"), ChooseTime(announcement.id, announcement.revision), choices)
    buttons = Buttons((_change(announcement, words), _drop(announcement, words)))
    return (Paragraph(plain(announcement.question)), *whole, choose, buttons)


def _odd(preview: Preview, words: Words, now: datetime) -> Sequence[str]:
    match preview.approval:
        case Approval.ASKED:
            approval = [words.say("Another organiser approves of it first.")]
        case Approval.ALONE:
            approval = [words.say("You are the only organiser, so nobody has to approve of it.")]
        case _:
            approval = []
    odd = [
        *approval,
        *quiet_notes(preview, words),
        *(several_a_day(preview.announcement.plan, words, now) if preview.count else ()),
    ]
    if preview.muted:
        odd.append(
            words.count(
                "{number} more has switched announcements off.",
                "{number} more have switched announcements off.",
                preview.muted,
            )
        )
    return odd


def _buttons(preview: Preview, words: Words) -> tuple[Button, ...]:
    announcement = preview.announcement
    rest = (_change(announcement, words), _drop(announcement, words))
    if preview.reaches_nobody():
        return rest
    label = words.say("Send now") if announcement.plan.start is None else words.say("Schedule")
    if preview.approval is Approval.ASKED:
        label = words.say("Ask for approval")
    return (Button(label, ScheduleAnnouncement(announcement.id, announcement.revision), Weight.MAIN), *rest)


def _change(announcement: Announcement, words: Words) -> Button:
    return Button(words.say("Change"), ChangeAnnouncement(announcement.id, announcement.revision))


def _drop(announcement: Announcement, words: Words) -> Button:
    return Button(words.say("Throw away"), DropAnnouncement(announcement.id), Weight.DANGER)
