"""What I can do, in the reader's language, from the one command table."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.interactions import Command, Verb, Who
from bot.members.domain import Member
from bot.messages.elements import Bullets, Card, Element, Footnote, Heading, Paragraph
from bot.messages.text import Code, Plain, Text, plain
from bot.words import WholeCommands, Words

# How a verb without a name is called where a platform wants one.
NAMELESS: Mapping[str, str] = MappingProxyType({"en": "new", "da": "ny"})


def whole_commands(commands: Sequence[Command]) -> WholeCommands:
    """For each command that has several verbs: what is typed where it does not go by its name alone."""
    found: dict[str, Mapping[str, str]] = {}
    for command in commands:
        default = next((verb for verb in command.verbs if verb.name == command.default), None)
        if len(command.verbs) > 1 and default is not None:
            verbs = {"en": default.name, **default.names} if default.name else NAMELESS
            found[f"/{command.name}"] = {
                language: f"/{command.names.get(language, command.name)} {verb}" for language, verb in verbs.items()
            }
    return found


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
