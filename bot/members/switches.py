"""What organisers are told once about a switch on a platform that only they can find: which one, where, and what it is for."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.deliveries.letters import Reading, written
from bot.identity import MemberId
from bot.messages.elements import Accent, Bullets, Buttons, Card, Footnote, Heading, LinkButton, Paragraph
from bot.messages.text import Bold, Plain, plain
from bot.words import Words

PORTAL = "https://discord.com/developers/applications"
# Discord's own name for it, in every language.
SWITCH = "Message Content Intent"


@dataclass(frozen=True, slots=True)
class MessagesUnreadable(Letter):
    """Discord does not let the bot read what people write, so it cannot summarise a thread."""

    code: ClassVar[str] = "messages_unreadable"
    member: MemberId


async def messages_unreadable(reading: Reading, letter: MessagesUnreadable) -> Card | None:
    """Nothing for somebody who is no organiser any more."""
    del letter
    return switch_card(reading.words) if reading.reader is not None and reading.reader.is_organiser() else None


def switch_card(words: Words) -> Card:
    """Where the switch is."""
    title = words.say("One switch on Discord is off")
    steps = (
        words.text("Open Discord's Developer Portal and choose this bot's application."),
        (Plain(words.say("Choose Bot, and turn on")), Plain(" "), Bold(SWITCH)),
        words.text("Restart Brobygger."),
    )
    return Card(
        title,
        (
            Heading(title),
            Paragraph(
                words.text(
                    "I am not allowed to read messages on Discord, so I cannot make a case note of a whole thread there."
                    " Everything else works."
                )
            ),
            Bullets(steps),
            Buttons((LinkButton(words.say("Developer Portal"), PORTAL),)),
            Footnote(plain(words.say("Only organisers get this, and only once."))),
        ),
        Accent.ASK,
    )


LETTERS = (written(MessagesUnreadable, messages_unreadable),)
