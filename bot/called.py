"""What commands, verbs and options are called within a sentence, in the language of whoever reads it."""

from collections.abc import Sequence

from bot.errors import Called, Phrase, phrase
from bot.interactions import Command, Verb


def as_typed(called: str) -> Phrase:
    """A command within a sentence, as it is typed where the sentence is read. ``called``: without a slash."""
    return phrase("/{called}", called=called)


def command_called(command: Command, verb: Verb) -> Phrase:
    """A command with its verb, as it is typed."""
    return phrase("/{called}", called=in_a_row([own_name(command), Called(verb.name, verb.names)], " "))


def with_two_words(command: Command, verb: Verb) -> Phrase:
    """The same with two words in quotes behind it."""
    words = Called('"two words"', {"en": '"two words"', "da": '"to ord"'})
    return phrase("/{called}", called=in_a_row([own_name(command), Called(verb.name, verb.names), words], " "))


def own_name(command: Command) -> Called:
    """A command without its verb."""
    return Called(command.name, command.names)


def example_of(verb: Verb) -> Phrase | None:
    """How somebody would type it; None where the table has no example."""
    return as_typed(verb.example.removeprefix("/")) if verb.example else None


def in_a_row(parts: Sequence[Called], between: str = ", ") -> Called:
    """Several names as one."""
    languages = {language for part in parts for language in part.names}
    return Called(
        between.join(part.name for part in parts).rstrip(),
        {spoken: between.join(part.names.get(spoken, part.name) for part in parts).rstrip() for spoken in languages},
    )
