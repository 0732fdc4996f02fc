"""The cards for those whom no room can hold together: each other's contact card, and what the bot carries between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.identity import MemberId
from bot.introductions.actions import HandMeeting, WriteTo
from bot.introductions.cards import calendar_words, profile, why
from bot.introductions.domain import Intro, Line
from bot.introductions.reaching import MOST_LINES, Reach, called, is_in_room, lines_left, reaches
from bot.introductions.seeing import Seen, see
from bot.introductions.starters import starters_for
from bot.members.domain import Member
from bot.messages.elements import (
    Accent,
    Bullets,
    Button,
    Buttons,
    Card,
    Divider,
    Element,
    Footnote,
    Heading,
    Paragraph,
    Quote,
    Weight,
)
from bot.messages.forms import Form, TextField
from bot.messages.text import Bold, Text, plain
from bot.ports import UnitOfWork
from bot.words import Words

LINE = 1_000
_NAME = 40


@dataclass(frozen=True, slots=True)
class Contacts:
    """What a contact card is made from. ``left``: how many lines the reader may still send to each of the others."""

    seen: Seen
    reaches: Mapping[MemberId, Sequence[Reach]]
    left: Mapping[MemberId, int]


async def contacts_of(work: UnitOfWork, intro: Intro, reader: MemberId | None, now: datetime) -> Contacts:
    """Reads what the cards need; with ``reader`` None as everybody in the room sees it."""
    seen = await see(work, intro, reader, now)
    others = seen.others()
    lines = await work.lines.between(intro.id)
    left = {} if reader is None else {other.id: lines_left(lines, reader, other.id) for other in others}
    return Contacts(seen, await reaches(work, others), left)


def contact_card(contacts: Contacts, words: Words, zone: ZoneInfo) -> Card:
    """Instead of a room: who the others are, how to reach them, why, how to begin."""
    seen = contacts.seen
    others = seen.others()
    names = words.all_of([member.name for member in others]) or words.say("somebody who has left")
    title = words.say("You are introduced: {names}", names=names)
    elements: list[Element] = [Heading(title)]
    if not others:
        return Card(title, (Heading(title), Paragraph(plain(words.say("There is nobody left to write to here.")))))
    elements.append(Paragraph(plain(_why_no_room(seen, words))))
    for member in others:
        elements += [profile(member, member.name, seen.naming, words), how_to_reach(member, contacts, words), Divider()]
    elements += why(seen, words)
    elements += [
        Paragraph(plain(words.say("Three ways to begin:"))),
        Bullets(tuple(plain(line) for line in starters_for(seen, words))),
        calendar_words(seen, words, zone),
        Buttons(
            (
                *(_write(member, contacts, words) for member in others if contacts.left.get(member.id)),
                Button(words.say("Put it in my calendar"), HandMeeting(seen.intro.id)),
            )
        ),
        Footnote(
            plain(
                words.count(
                    "I carry up to {number} message each way, word for word. After that, write to each other directly.",
                    "I carry up to {number} messages each way, word for word. After that, write to each other directly.",
                    MOST_LINES,
                )
            )
        ),
    ]
    return Card(title, tuple(elements), Accent.GOOD)


def apart_in_room(contacts: Contacts, words: Words) -> Sequence[Element]:
    """What the room's first message says of those who could not be in it."""
    outside = [member for member in contacts.seen.others() if not is_in_room(contacts.seen.intro, member)]
    elements: list[Element] = []
    for member in outside:
        said = words.say("{name} uses another platform and can't be in this room.", name=member.name)
        elements += [Paragraph(plain(said)), how_to_reach(member, contacts, words)]
    buttons = tuple(_write(member, contacts, words) for member in outside)
    return [*elements, Buttons(buttons)] if buttons else elements


def how_to_reach(member: Member, contacts: Contacts, words: Words) -> Element:
    """Every way that is open: each platform's, and the e-mail address where the member shows it."""
    lines: list[Text] = []
    for reach in contacts.reaches.get(member.id, ()):
        platform = called(reach.account.platform)
        name = f"@{reach.handle}" if reach.handle else member.name
        lines.append(
            words.text("On {platform} as {name}, in {home}", platform=platform, name=Bold(name), home=reach.home)
        )
    if member.shares_email and member.email:
        lines.append(words.text("By e-mail: {email}", email=Bold(member.email)))
    if not lines:
        said = words.say("I know no address of {name}. Write a line here, and I take it over.", name=member.name)
        return Paragraph(plain(said))
    return Bullets(tuple(lines))


def line_card(line: Line, contacts: Contacts, words: Words) -> Card:
    """What somebody wrote, with a way to answer."""
    author = contacts.seen.people[line.author]
    title = words.say("{name} writes to you", name=author.name)
    elements: list[Element] = [Heading(title), Quote(plain(line.text)), how_to_reach(author, contacts, words)]
    if contacts.left.get(author.id):
        elements.append(Buttons((Button(words.say("Answer"), WriteTo(line.intro, author.id), Weight.MAIN),)))
    else:
        elements.append(Footnote(plain(words.say("I have carried what I can between you; the rest goes directly."))))
    return Card(title, tuple(elements), Accent.ASK)


def line_gone_card(words: Words) -> Card:
    """In the place of a line whose author has left."""
    said = words.say("Somebody who has left wrote to you here.")
    return Card(said, (Paragraph(plain(said)),))


def line_form(contacts: Contacts, other: Member, words: Words) -> Form:
    """Asks for the line. A message that a person wrote to a person: nothing else is done with it."""
    said = words.say(
        "I give it to {name} as you write it, with how to reach you. Write when you could talk, or where to find you.",
        name=other.name,
    )
    label = words.say("Your message")
    return Form(
        title=words.say("Write a message"),
        submit=words.say("Send"),
        action=WriteTo(contacts.seen.intro.id, other.id),
        intro=plain(said),
        fields=(TextField("line", label, required=True, multiline=True, max_length=LINE),),
    )


def sent_card(name: str, left: int, words: Words) -> Card:
    """It is on its way."""
    title = words.say("Sent to {name}.", name=name)
    more = (
        words.count("I can carry {number} more message from you.", "I can carry {number} more messages from you.", left)
        if left
        else words.say("That was the last one that I carry from you; the rest goes directly.")
    )
    return Card(title, (Heading(title), Paragraph(plain(more))), Accent.GOOD)


def _why_no_room(seen: Seen, words: Words) -> str:
    if len(seen.others()) == 1:
        return words.say(
            "You have both said yes. You are on two different platforms, and no room can hold you both, so here is how you"
            " reach each other."
        )
    return words.say(
        "You have all said yes. You are on different platforms, and no room can hold you all, so here is how you reach each"
        " other."
    )


def _write(member: Member, contacts: Contacts, words: Words) -> Button:
    name = member.name if len(member.name) <= _NAME else f"{member.name[: _NAME - 1]}…"
    return Button(words.say("Write to {name}", name=name), WriteTo(contacts.seen.intro.id, member.id), Weight.MAIN)
