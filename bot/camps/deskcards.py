"""What organisers see of a camp: how it stands, to whom something would go before it goes, and who said what."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.camps.actions import (
    AskAgain,
    CallOff,
    CancelCamp,
    ChangeCamp,
    KeepChangesQuiet,
    LookAtInvitation,
    LookAtReminder,
    OrganiseCamp,
    SendReminder,
    ShowCamp,
    ShowGuestbook,
    SwitchReminder,
    TellChanges,
)
from bot.camps.cards import agenda, facts, is_to_come
from bot.camps.domain import Camp, Reminder, Signup
from bot.camps.lettercards import cancelled_card, fact_name, news, question_card, reminder_card
from bot.camps.planning import Saved
from bot.camps.reminding import Due, reminds_at
from bot.camps.seeing import Guestbook, Tally, seated, unanswered
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
    Weight,
)
from bot.messages.text import Bold, Plain, Text, plain
from bot.words import Words

_NAMES = 40


def desk_card(saved: Saved, words: Words, now: datetime, told: str = "", more: Sequence[Button] = ()) -> Card:
    """How a camp stands, what people have not heard yet, and what can be done. ``told``: what has just happened; ``more``: what
    can be done elsewhere in the house."""
    camp = saved.seen.camp
    elements: list[Element] = [Heading(camp.name)]
    if told:
        elements.append(Paragraph((Bold(told),)))
    elements += [*facts(saved.seen, words, seats=False), _figures(saved.seen.tally, words)]
    elements += [Paragraph(plain(line)) for line in _notes(saved, words)]
    if saved.untold:
        elements += _untold(saved, words)
    if is_to_come(camp):
        elements += agenda(camp, words, 10)
    return Card(camp.name, (*elements, Buttons(_buttons(saved, words, now, more))))


def untold_card(saved: Saved, words: Words) -> Card:
    """Asks an organiser about what has changed, shortly before the camp."""
    camp = saved.seen.camp
    title = words.say("{camp} is near: shall those who come hear of this?", camp=camp.name)
    see = Buttons((Button(words.say("Organise"), OrganiseCamp(camp.id)),))
    return Card(title, (Heading(title), *_untold(saved, words)[1:-1], see), Accent.ASK)


def untold_part(changed: Sequence[Saved], words: Words) -> Sequence[Element]:
    """The same on an organiser's own page, where there is any."""
    if not changed:
        return ()
    lines: list[Text] = []
    for saved in changed:
        facts_changed = words.all_of([fact_name(fact, words) for fact in saved.untold])
        lines.append((Bold(saved.seen.camp.name), Plain(f" – {facts_changed}")))
    look = tuple(Button(one.seen.camp.name, OrganiseCamp(one.seen.camp.id)) for one in changed[:5])
    return (Heading(words.say("Changed, and nobody was told")), Bullets(tuple(lines)), Buttons(look))


def reminders_card(due: Due, words: Words, now: datetime, told: str = "") -> Card:
    """What the next reminder would say and to whom, and which reminders go by themselves."""
    camp = due.seen.camp
    title = words.say("Reminders of {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title)]
    if told:
        elements.append(Paragraph((Bold(told),)))
    lines = tuple(_reminder_line(camp, one, words, now) for one in Reminder)
    elements += [Paragraph(plain(words.say("By themselves go:"))), Bullets(lines)]
    if due.next_at is not None:
        elements.append(Paragraph(words.text("The next one: {when}.", when=words.moment(due.next_at))))
    row: list[Button] = []
    if due.members:
        counted = words.count("Remind {number} person now", "Remind {number} people now", len(due.members))
        if due.reminder is Reminder.FORTNIGHT:
            counted = _ask(len(due.members), words)
        row.append(Button(counted, SendReminder(camp.id, due.reminder), Weight.MAIN))
        elements += [Divider(), *_sample(due, words, now), Divider()]
    if due.unsettled and due.reminder is not Reminder.FORTNIGHT:
        row.append(Button(_ask(len(due.unsettled), words), AskAgain(camp.id)))
    if not row:
        elements.append(Paragraph(plain(words.say("Just now there is nobody to remind."))))
    row += [_switch(camp, one, words) for one in Reminder]
    row.append(Button(words.say("Back"), OrganiseCamp(camp.id)))
    return Card(title, (*elements, Buttons(tuple(row))))


def guestbook_card(book: Guestbook, words: Words) -> Card:
    """Who said what; names are for organisers only."""
    camp = book.seen.camp
    title = words.say("Who comes to {camp}", camp=camp.name)
    elements: list[Element] = [Heading(title), _figures(book.seen.tally, words)]
    if book.coming:
        elements.append(Paragraph(plain(_by_sector(book, words))))
    groups = (
        (words.say("Coming"), book.coming),
        (words.say("On the waiting list, in its order"), book.waiting),
        (words.say("Maybe"), book.maybe),
        (words.say("Not answered"), book.unanswered),
        (words.say("Not coming"), book.no),
    )
    for label, signups in groups:
        elements += _group(label, signups, book, words)
    if len(elements) == 2:
        elements.append(Paragraph(plain(words.say("Nobody has been asked yet."))))
    back = Button(words.say("Back"), OrganiseCamp(camp.id))
    return Card(title, (*elements, Buttons((back,))))


def call_off_card(saved: Saved, words: Words) -> Card:
    """What those who come or may will read; nothing is cancelled yet."""
    camp = saved.seen.camp
    title = words.say("This is how it will look")
    looks = [one for one in cancelled_card(saved.seen, words).elements if not isinstance(one, Buttons)]
    said = words.count(
        "{number} person said yes or maybe and is told.",
        "{number} people said yes or maybe and are told.",
        saved.concerned,
    )
    row = (
        Button(words.say("Cancel the camp"), CancelCamp(camp.id, camp.revision), Weight.DANGER),
        Button(words.say("Let it be"), OrganiseCamp(camp.id)),
    )
    return Card(title, (Heading(title), Divider(), *looks, Divider(), Paragraph(plain(said)), Buttons(row)), Accent.ASK)


def _figures(tally: Tally, words: Words) -> Element:
    coming = words.number(tally.coming)
    if tally.seats is not None:
        coming = words.say("{coming} of {seats}", coming=coming, seats=words.number(tally.seats))
    if tally.guests:
        coming = f"{coming} ({words.count('{number} guest', '{number} guests', tally.guests)})"
    fields = [Field(words.say("Coming"), plain(coming))]
    rest = (
        (words.say("Waiting list"), tally.waiting),
        (words.say("Maybe"), tally.maybe),
        (words.say("Not coming"), tally.no),
        (words.say("Not answered"), tally.unanswered),
    )
    fields += [Field(label, plain(words.number(number))) for label, number in rest if number]
    return Fields(tuple(fields))


def _notes(saved: Saved, words: Words) -> Sequence[str]:
    camp = saved.seen.camp
    notes: list[str] = []
    if saved.moved_up:
        notes.append(
            words.count(
                "{number} person from the waiting list has a seat now, and is told.",
                "{number} people from the waiting list have a seat now, and are told.",
                saved.moved_up,
            )
        )
    if saved.over:
        notes.append(
            words.count(
                "{number} more has a seat than there are. Nobody loses theirs.",
                "{number} more have a seat than there are. Nobody loses theirs.",
                saved.over,
            )
        )
    if is_to_come(camp) and camp.invited_at is None:
        notes.append(words.say("Nobody has been invited yet. Whoever asks for the next camp can see it already."))
    return notes


def _untold(saved: Saved, words: Words) -> Sequence[Element]:
    """What has changed, as those who come would read it."""
    camp = saved.seen.camp
    changed = words.all_of([fact_name(fact, words) for fact in saved.untold])
    said = words.say("They have not heard yet that this has changed: {changed}.", changed=changed)
    tell = words.count("Tell {number} person", "Tell {number} people", saved.concerned)
    quiet = Button(words.say("Too small to tell"), KeepChangesQuiet(camp.id, camp.revision))
    row = (Button(tell, TellChanges(camp.id, camp.revision), Weight.MAIN), quiet) if saved.concerned else (quiet,)
    looks = [one for one in news(camp, saved.untold, words) if not isinstance(one, Heading)]
    return (Divider(), Paragraph((Bold(said),)), *looks, Buttons(row), Divider())


def _buttons(saved: Saved, words: Words, now: datetime, more: Sequence[Button]) -> tuple[Button, ...]:
    camp = saved.seen.camp
    who = Button(words.say("Who comes"), ShowGuestbook(camp.id))
    as_member = Button(words.say("As members see it"), ShowCamp(camp.id))
    if not camp.is_open(now):
        return (who, *more, as_member)
    first = camp.invited_at is None and not saved.untold
    invite = Button(words.say("Invite"), LookAtInvitation(camp.id), Weight.MAIN if first else Weight.PLAIN)
    change = Button(words.say("Change"), ChangeCamp(camp.id, camp.revision))
    cancel = Button(words.say("Cancel the camp"), CallOff(camp.id), Weight.DANGER)
    return (invite, change, who, _remind(camp, words), *more, as_member, cancel)


def _remind(camp: Camp, words: Words) -> Button:
    return Button(words.say("Reminders"), LookAtReminder(camp.id))


def _reminder_line(camp: Camp, reminder: Reminder, words: Words, now: datetime) -> Text:
    named = {
        Reminder.FORTNIGHT: words.say("14 days before: those who have not settled are asked once more"),
        Reminder.TWO_DAYS: words.say("2 days before: those who come"),
        Reminder.MORNING: words.say("on the morning: those who come"),
        Reminder.SOON: words.say("15 minutes before it begins: those who come"),
    }
    if reminder in camp.silent:
        return plain(f"{named[reminder]} ({words.say('switched off')})")
    is_past = reminds_at(camp, reminder) <= now.astimezone(ZoneInfo(camp.zone)).replace(tzinfo=None)
    return plain(f"{named[reminder]} ({words.say('its time has passed')})" if is_past else named[reminder])


def _ask(number: int, words: Words) -> str:
    return words.count("Ask {number} who has not settled", "Ask {number} who have not settled", number)


def _sample(due: Due, words: Words, now: datetime) -> Sequence[Element]:
    """The reminder as one of those would read it to whom it goes."""
    if due.reminder is Reminder.FORTNIGHT:
        card = question_card(unanswered(due.seen), words, now)
    else:
        card = reminder_card(seated(due.seen), words, now)
    return [one for one in card.elements if not isinstance(one, Buttons)]


def _switch(camp: Camp, reminder: Reminder, words: Words) -> Button:
    named = {
        Reminder.FORTNIGHT: words.say("14 days"),
        Reminder.TWO_DAYS: words.say("2 days"),
        Reminder.MORNING: words.say("the morning"),
        Reminder.SOON: words.say("15 minutes"),
    }
    off = reminder in camp.silent
    label = (
        words.say("{reminder}: switch on", reminder=named[reminder])
        if off
        else words.say("{reminder}: switch off", reminder=named[reminder])
    )
    return Button(label, SwitchReminder(camp.id, reminder, int(off)))


def _by_sector(book: Guestbook, words: Words) -> str:
    count: dict[str, int] = {}
    for one in book.coming:
        member = book.people.get(one.member)
        if member is not None:
            count[member.sector] = count.get(member.sector, 0) + 1
    names = {sector.key: sector.name(words.language) for sector in book.sectors}
    limits = book.seen.camp.sector_capacity
    parts = [
        f"{names.get(key, key) or '–'} {words.number(number)}"
        + (f"/{words.number(limits[key])}" if key in limits else "")
        for key, number in sorted(count.items(), key=lambda entry: words.sort_key(names.get(entry[0], entry[0])))
    ]
    return " · ".join(parts)


def _group(label: str, signups: Sequence[Signup], book: Guestbook, words: Words) -> Sequence[Element]:
    if not signups:
        return ()
    lines: list[Text] = []
    for one in signups[:_NAMES]:
        member = book.people.get(one.member)
        if member is None:
            continue
        said = f"{member.name} – {member.organisation}" if member.organisation else member.name
        if one.guests:
            guests = words.count("{number} guest", "{number} guests", one.guests)
            said = f"{said} (+ {', '.join(one.guest_names) if one.guest_names else guests})"
        lines.append((Plain(said),))
    more = len(signups) - _NAMES
    rest = (Footnote(plain(words.count("And {number} more.", "And {number} more.", more))),) if more > 0 else ()
    return (Heading(f"{label} ({words.number(len(signups))})"), Bullets(tuple(lines)), *rest)
