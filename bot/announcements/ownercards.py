"""The one card of whoever sent an announcement: it waits, it is planned, it goes out with a bar, it has gone out."""

from dataclasses import dataclass
from datetime import datetime

from bot.announcements.actions import ShowAnnouncement
from bot.announcements.approvalcards import owners_buttons
from bot.announcements.cards import when_it_goes
from bot.announcements.domain import Announcement, AnnouncementState
from bot.announcements.ledgercards import bar, figures, why_not
from bot.announcements.seeing import Gone
from bot.announcements.text import notice_of
from bot.deliveries.domain import DeliveryState
from bot.members.domain import Member
from bot.messages.elements import Accent, Button, Buttons, Card, Element, Footnote, Heading, Paragraph, Quote
from bot.messages.text import Plain, plain
from bot.words import Words

_LOST = (DeliveryState.FAILED, DeliveryState.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one: ``by``, who has approved of it or did not; ``last``, the last time at which it went out."""

    announcement: Announcement
    by: Member | None = None
    last: Gone | None = None


def owner_card(standing: Standing, words: Words, now: datetime) -> Card:
    """As it is now."""
    announcement = standing.announcement
    match announcement.state:
        case AnnouncementState.AWAITING:
            title = words.say("It waits for a second organiser")
            return _card(title, standing, (Buttons(owners_buttons(announcement, words)),), Accent.ASK)
        case AnnouncementState.DRAFT:
            title = words.say("You changed it, so it does not go out yet")
            if announcement.declined:
                title = words.say("{name} did not approve of it", name=_name(standing.by, words))
                return _card(title, standing, (Quote(plain(announcement.declined)),), Accent.WARN)
            return _card(title, standing, ())
        case AnnouncementState.CANCELLED if standing.last is None:
            return _card(words.say("Cancelled"), standing, ())
        case _:
            return _sent(standing, words, now)


def moved_card(announcement: Announcement, words: Words) -> Card:
    """An earlier card, once another one has taken its place."""
    return _card(words.say("It goes on further down"), Standing(announcement), ())


def gone_card(words: Words) -> Card:
    """It was thrown away."""
    said = words.say("Thrown away. Nobody has seen it.")
    return Card(said, (Paragraph(plain(said)),))


def not_sent_card(announcement: Announcement, missed: Gone, following: datetime | None, words: Words) -> Card:
    """Its time came and nothing went out. ``following``: when it goes out next, if it does."""
    show = Buttons((Button(words.say("How it stands"), ShowAnnouncement(announcement.id)),))
    if following is None:
        then = words.say("Write it again if it should go out after all.")
    else:
        then = words.say("Next time: {when}.", when=words.when(following))
    elements = (*why_not(missed, words), Paragraph(plain(then)), show)
    return _card(words.say("It was not sent"), Standing(announcement), elements, Accent.WARN)


def _sent(standing: Standing, words: Words, now: datetime) -> Card:
    announcement, last = standing.announcement, standing.last
    show = Buttons((Button(words.say("How it stands"), ShowAnnouncement(announcement.id)),))
    if announcement.corrects is not None:
        return _card(words.say("It is being corrected"), standing, _approved(standing, words), Accent.GOOD)
    if last is not None and last.was_skipped() and not announcement.plan.repeats():
        return not_sent_card(announcement, last, None, words)
    if last is None or last.was_skipped():
        goes = Paragraph(plain(when_it_goes(announcement.plan, words, now)))
        title = words.say("It is planned")
        return _card(title, standing, (goes, *_approved(standing, words), show), Accent.GOOD)
    going = last.waiting() > last.sleeping(now)
    lost = any(last.states.get(state) for state in _LOST)
    title = words.say("It is going out") if last.waiting() else words.say("It has gone out")
    if announcement.state is AnnouncementState.CANCELLED and not going:
        title = words.say("Cancelled")
    told = Paragraph(plain(f"{figures(last, words, now)}."))
    elements: tuple[Element, ...] = (told, Paragraph(plain(bar(last, now))), *_as_of(words, now)) if going else (told,)
    accent = Accent.CALM if going else Accent.WARN if lost else Accent.GOOD
    return _card(title, standing, (*elements, *_approved(standing, words), show), accent)


def _card(title: str, standing: Standing, elements: tuple[Element, ...], accent: Accent = Accent.CALM) -> Card:
    said = Paragraph(plain(f"“{notice_of(standing.announcement.text)}”"))
    return Card(title, (Heading(title), said, *elements), accent)


def _approved(standing: Standing, words: Words) -> tuple[Element, ...]:
    if standing.by is None:
        return ()
    return (Footnote(plain(words.say("{name} has approved of it.", name=_name(standing.by, words)))),)


def _as_of(words: Words, now: datetime) -> tuple[Element, ...]:
    return (Footnote((Plain(f"{words.say('Updated')} "), words.moment(now, "time"))),)


def _name(member: Member | None, words: Words) -> str:
    return member.name if member is not None and member.erased_at is None else words.say("Another organiser")
