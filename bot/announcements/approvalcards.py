"""What organisers see where a second one has to approve: the one who asks, those who are asked, and what came of it."""

from dataclasses import replace
from datetime import datetime

from bot.announcements.actions import (
    ApproveAnnouncement,
    ApproveNow,
    ChangeAnnouncement,
    DeclineAnnouncement,
    DropAnnouncement,
    ShowAnnouncement,
)
from bot.announcements.approving import MOST_WHY, Asked
from bot.announcements.cards import changes, copy_card, dates_of, reach, to_whom, when_it_goes
from bot.announcements.correcting import Corrected, Correction
from bot.announcements.domain import Announcement, AnnouncementState
from bot.announcements.quietcards import quiet_notes
from bot.announcements.seeing import Preview
from bot.announcements.settling import Passed, Scheduled
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Field,
    Fields,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Weight,
)
from bot.messages.forms import Form, TextField
from bot.messages.text import plain
from bot.words import Words

WHY = "why"
_NAMED = 5


def asked_card(asked: Asked, words: Words, now: datetime) -> Card:
    """It waits; nothing goes out before another organiser says yes."""
    announcement = asked.announcement
    title = words.say("It waits for a second organiser")
    names = words.in_order(one.name for one in asked.others)
    whom = words.all_of(names[:_NAMED]) if len(names) <= _NAMED else words.say("The other organisers")
    said = words.say("{names} can approve of it now; one of them is enough.", names=whom)
    return Card(
        title,
        (
            Heading(title),
            Paragraph(plain(said)),
            Paragraph(plain(_then(announcement, asked.count, words, now))),
            Buttons(owners_buttons(announcement, words)),
        ),
        Accent.ASK,
    )


def ask_card(asker: Member | None, shown: Preview | Correction, words: Words, now: datetime) -> Card:
    """Another organiser looks at it."""
    name = asker.name if asker is not None and asker.erased_at is None else words.say("Another organiser")
    if isinstance(shown, Correction):
        announcement = shown.draft
        title = words.say("{name} would like to correct an announcement", name=name)
        about: list[Element] = [Paragraph(plain(changes(shown.copies, words)))]
        looks = copy_card(replace(announcement, version=announcement.version + 1), shown.author, words).elements
    else:
        announcement = shown.announcement
        title = words.say("{name} would like to announce this", name=name)
        looks = copy_card(announcement, shown.author, words).elements
        about = [
            Fields((Field(words.say("To"), plain(to_whom(shown.names, announcement, words))),)),
            Paragraph(
                plain(
                    f"{when_it_goes(announcement.plan, words, now, approved=True)} {reach(announcement, shown.count, words)}"
                )
            ),
            *dates_of(announcement.plan, words, now),
        ]
        notes = quiet_notes(shown, words)
        about += [Bullets(tuple(plain(note) for note in notes))] if notes else []
    return Card(
        title,
        (
            Heading(title),
            *looks,
            Divider(),
            *about,
            Footnote(
                plain(words.say("Nothing goes out before an organiser other than the author approves. One is enough."))
            ),
            Buttons(answers(announcement, words)),
        ),
        Accent.ASK,
    )


def answers(announcement: Announcement, words: Words) -> tuple[Button, ...]:
    """The two answers of another organiser."""
    return (
        Button(words.say("Approve"), ApproveAnnouncement(announcement.id, announcement.revision), Weight.MAIN),
        Button(words.say("Not like this"), DeclineAnnouncement(announcement.id, announcement.revision)),
    )


def answered_card(
    announcement: Announcement | None, by: Member | None, words: Words, *, by_reader: bool = False
) -> Card:
    """What became of it, for those who were asked. ``by_reader``: it was the reader who answered."""
    name = by.name if by is not None and by.erased_at is None else words.say("Another organiser")
    if announcement is not None and announcement.declined:
        title = words.say("{name} did not approve of it", name=name)
        if by_reader:
            title = words.say("You did not approve of it")
        return Card(title, (Paragraph(plain(title)), Quote(plain(announcement.declined))))
    if announcement is None or announcement.state is AnnouncementState.DRAFT or by is None:
        said = words.say("It was changed or taken back, so there is nothing to answer any more.")
        return Card(said, (Paragraph(plain(said)),))
    said = words.say("{name} has approved of it.", name=name)
    if by_reader:
        said = words.say("You have approved of it.")
    show = () if announcement.corrects is not None else (_show(announcement, words),)
    return Card(said, (Paragraph(plain(said)), *((Buttons(show),) if show else ())), Accent.GOOD)


def approved_card(done: Scheduled | Corrected, words: Words, now: datetime) -> Card:
    """Thanks to the one who said yes."""
    title = words.say("Thank you, it is approved")
    if isinstance(done, Corrected):
        said = words.count("I am correcting {number} message.", "I am correcting {number} messages.", done.copies)
        return Card(title, (Heading(title), Paragraph(plain(said))), Accent.GOOD)
    said = words.say("It is on its way.") if done.at_once else when_it_goes(done.announcement.plan, words, now)
    elements = (Heading(title), Paragraph(plain(said)), Buttons((_show(done.announcement, words),)))
    return Card(title, elements, Accent.GOOD)


def passed_meanwhile_card(passed: Passed, words: Words) -> Card:
    """Its time was over before somebody approved."""
    announcement = passed.announcement
    title = words.say("Its time has passed")
    said = words.say("It was to go {time}. Nothing has been sent.", time=words.when(passed.at))
    send = Button(words.say("Approve and send now"), ApproveNow(announcement.id, announcement.revision), Weight.MAIN)
    no = Button(words.say("Not like this"), DeclineAnnouncement(announcement.id, announcement.revision))
    return Card(title, (Heading(title), Paragraph(plain(said)), Buttons((send, no))), Accent.ASK)


def declined_card(announcement: Announcement, owner: Member | None, words: Words) -> Card:
    """The one who said no sees that it was heard."""
    name = owner.name if owner is not None and owner.erased_at is None else ""
    said = words.say("I have told {name}. It does not go out like this.", name=name)
    if not name:
        said = words.say("It does not go out like this.")
    return Card(said, (Paragraph(plain(said)), Quote(plain(announcement.declined))))


def refused_card(announcement: Announcement, by: Member | None, words: Words) -> Card:
    """The one who asked hears why not, with the way on."""
    name = by.name if by is not None and by.erased_at is None else words.say("Another organiser")
    title = words.say("{name} would like your announcement to be different", name=name)
    drop = Button(words.say("Throw away"), DropAnnouncement(announcement.id), Weight.DANGER)
    change = Button(words.say("Change"), ChangeAnnouncement(announcement.id, announcement.revision), Weight.MAIN)
    elements: list[Element] = [
        Heading(title),
        Quote(plain(announcement.declined)),
        Paragraph(plain(words.say("Nothing has been sent."))),
        Divider(),
        *copy_card(announcement, None, words).elements[:-1],
        Buttons((drop,) if announcement.corrects is not None else (change, drop)),
    ]
    return Card(title, tuple(elements), Accent.WARN)


def decline_form(announcement: Announcement, words: Words) -> Form:
    """The line that says why."""
    return Form(
        title=words.say("Not like this"),
        submit=words.say("Send"),
        action=DeclineAnnouncement(announcement.id, announcement.revision),
        fields=(
            TextField(
                WHY,
                words.say("What should be different?"),
                hint=words.say("A line is enough; whoever wrote it gets it."),
                required=True,
                multiline=True,
                max_length=MOST_WHY,
            ),
        ),
    )


def _then(announcement: Announcement, count: int, words: Words, now: datetime) -> str:
    if announcement.corrects is not None:
        return changes(count, words)
    return f"{when_it_goes(announcement.plan, words, now, approved=True)} {reach(announcement, count, words)}"


def owners_buttons(announcement: Announcement, words: Words) -> tuple[Button, ...]:
    """What the one who asked can still do."""
    change = Button(words.say("Change"), ChangeAnnouncement(announcement.id, announcement.revision))
    back = Button(words.say("Take it back"), DropAnnouncement(announcement.id), Weight.DANGER)
    return (back,) if announcement.corrects is not None else (change, back)


def _show(announcement: Announcement, words: Words) -> Button:
    return Button(words.say("How it stands"), ShowAnnouncement(announcement.id))
