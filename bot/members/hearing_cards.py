"""What somebody sees who has switched announcements off, or on again."""

from bot.members.actions import HearAnnouncements
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Paragraph
from bot.messages.text import Code, plain
from bot.words import Words


def hearing_card(words: Words, *, hears: bool) -> Card:
    """Announcements are switched off now, or on again."""
    if hears:
        said = words.say("You get announcements again.")
        return Card(said, (Paragraph(plain(said)),), Accent.GOOD)
    said = words.say("No more announcements, then. Everything else stays as it is.")
    hint = words.text("{command} switches them on again, too.", command=Code(words.say("/profile announcements on")))
    return Card(said, (Paragraph(plain(said)), Buttons((_again(words),)), Footnote(hint)), Accent.GOOD)


def heard_card(words: Words, *, hears: bool) -> Card:
    """How it stands, with the button that changes it."""
    if hears:
        said = words.say("You get announcements.")
        button = Button(words.say("No more announcements"), HearAnnouncements(0))
    else:
        said, button = words.say("You get no announcements: you have switched them off."), _again(words)
    return Card(said, (Paragraph(plain(said)), Buttons((button,))))


def _again(words: Words) -> Button:
    return Button(words.say("Get announcements again"), HearAnnouncements(1))
