"""What I can do, in the reader's language, from the one command table."""

from collections.abc import Sequence

from bot.interactions import Command, Verb, Who
from bot.members.domain import Member
from bot.messages.elements import Bullets, Card, Element, Footnote, Heading, Paragraph
from bot.messages.text import Code, Plain, Text, plain
from bot.words import Words


def help_card(commands: Sequence[Command], member: Member, words: Words) -> Card:
    """One card: each command with the verbs that this member may use, and how to be left in peace."""
    title = words.say("What I can do for you")
    elements: list[Element] = [
        Heading(title),
        Paragraph(
            plain(
                words.say(
                    "I introduce people who can help each other across sectors. Everything is your choice, always."
                )
            )
        ),
    ]
    for command in commands:
        lines = [_line(command, verb, words) for verb in command.verbs if may_use(member, verb.who)]
        if lines:
            elements.append(Bullets(tuple(lines)))
    elements.append(
        Footnote(
            words.text(
                "Had enough for now? {pause} gives you a break, and {erase} makes me forget you.",
                pause=Code(words.say("/profile pause")),
                erase=Code(words.say("/profile erase")),
            )
        )
    )
    return Card(title, tuple(elements))


def may_use(member: Member, who: Who) -> bool:
    """Whether this member may run what is for ``who``."""
    return who is not Who.ORGANISER or member.is_organiser()


def _line(command: Command, verb: Verb, words: Words) -> Text:
    called = command.names.get(words.language, command.name)
    named = verb.names.get(words.language, verb.name)
    return (Code(words.command(f"{called} {named}".rstrip())), Plain(f" – {words.say(verb.summary)}"))
