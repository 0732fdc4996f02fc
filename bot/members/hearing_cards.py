"""What somebody sees who has switched announcements off, or on again."""

from bot.members.actions import HearAnnouncements
from bot.messages.elements import Accent, Button, Buttons, Card, Footnote, Paragraph
from bot.messages.text import Code, plain
from bot.words import Words


def hearing_card(words: Words, *, hears: bool) -> Card:
    """Announcements are switched off, or on again."""
    if hears:
        said = words.say("You get announcements again.")
        return Card(said, (Paragraph(plain(said)),), Accent.GOOD)
    said = words.say("No more announcements, then. Everything else stays as it is.")
    undo = Button(words.say("Get announcements again"), HearAnnouncements(1))
    hint = words.text("{show} has a button for that, too.", show=Code(words.say("/profile show")))
    return Card(said, (Paragraph(plain(said)), Buttons((undo,)), Footnote(hint)), Accent.GOOD)
