"""What I can do, in the reader's language, from the one command table."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.arguments import nearest
from bot.called import as_typed, example_of
from bot.errors import NotAllowed, NotUnderstood, phrase
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


def command_asked(commands: Sequence[Command], typed: str, words: Words) -> Command | None:
    """The command that somebody wants to know more of, in whatever language they write it; None for all. Raises NotUnderstood."""
    wanted, _, _ = typed.strip().casefold().removeprefix("/").partition(" ")
    if not wanted:
        return None
    known = {name: one for one in commands for name in (one.name, *one.names.values())}
    here = {words.command(name).removeprefix("/"): one for name, one in known.items()}
    found = known.get(wanted) or here.get(wanted)
    if found is not None:
        return found
    near = nearest(wanted, known)
    if near:
        raise NotUnderstood(phrase("I don't know that command. Did you mean {nearest}?", nearest=as_typed(near)))
    raise NotUnderstood(phrase("I don't know that command. {help} shows what I can do.", help=phrase("/help")))


def command_card(command: Command, member: Member, words: Words) -> Card:
    """What this member may do with one command, with an example where there is one. Raises NotAllowed where that is nothing."""
    verbs = [verb for verb in command.verbs if may_use(member, verb.who)]
    if not verbs:
        raise NotAllowed(
            phrase(
                "Only an organiser can do that. Ask one of them; {help} shows what you can do.", help=phrase("/help")
            )
        )
    title = words.command(command.names.get(words.language, command.name))
    lines = tuple((*_line(command, verb, words), *_example(verb, words)) for verb in verbs)
    return Card(title, (Heading(title), Paragraph(plain(words.say(command.summary))), Bullets(lines)))


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


class HelpCards:
    """The card of all commands, made once for each manner of speaking and each of the two kinds of readers: it changes with
    the house only, and whoever asks for it waits for it."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, bool, bool], Card] = {}

    def card(self, commands: Sequence[Command], member: Member, words: Words) -> Card:
        """See :func:`help_card`; ``commands`` are always the same."""
        about = (*words.manner, member.is_organiser())
        made = self._made.get(about)
        if made is None:
            made = self._made[about] = help_card(commands, member, words)
        return made


def may_use(member: Member, who: Who) -> bool:
    """Whether this member may run what is for ``who``."""
    return who is not Who.ORGANISER or member.is_organiser()


def _example(verb: Verb, words: Words) -> Text:
    example = None if words.in_fields else example_of(verb)
    return (Plain(": "), Code(words.tell(example))) if example else ()


def _line(command: Command, verb: Verb, words: Words) -> Text:
    called = command.names.get(words.language, command.name)
    named = verb.names.get(words.language, verb.name)
    return (Code(words.command(f"{called} {named}".rstrip())), Plain(f" – {words.say(verb.summary)}"))
