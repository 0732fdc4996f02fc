"""Discord's menu of commands, made from the one table of commands: groups with their subcommands, options with types, choices
and suggestions, in English with Danish names for whoever reads Danish, and the entries in the menu of a message.

English is Discord's default here: every language that has no names of its own sees it. Where a command has several verbs
Discord knows no bare ``/profile``: each verb is a subcommand, and one without a name is called ``new``.

Raises ValueError where the commands do not fit what Discord allows; a test keeps that from ever happening.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, assert_never, cast
from zoneinfo import ZoneInfo

from bot.help import NAMELESS
from bot.interactions import Command, Option, OptionChoice, OptionKind, Verb, Who
from bot.words import Languages, Words, prefixed

Piece: TypeAlias = Mapping[str, object]

# What Discord allows (interactions/application-commands).
MOST_COMMANDS, MOST_ON_MESSAGES, MOST_OPTIONS, MOST_CHOICES = 100, 15, 25, 25
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_CHOICE, LONGEST_TEXT, LARGEST = 32, 100, 100, 6_000, 8_000
CHAT_INPUT, MESSAGE = 1, 3
SUBCOMMAND, STRING, INTEGER, BOOLEAN, USER = 1, 3, 4, 5, 6
# What whoever manages the server may do: they see the organisers' commands, until they show them to others as well.
MANAGE_GUILD = 1 << 5
# Where commands can be used: in a server, and in the direct conversation with the bot; the bot belongs to servers only.
CONTEXTS, INSTALLED = (0, 1), (0,)

_NAME = re.compile(r"[-_'\w]{1,32}")
_NUMBERS = 1_000_000
_OTHERS = ("da",)


def menu(commands: Sequence[Command], languages: Languages) -> tuple[Piece, ...]:
    """All that Discord is told, always the same for the same commands; the prefix is that of ``languages``."""
    speaking = _Speaking(languages)
    slashes = tuple(_slash(command, speaking) for command in commands)
    on_messages = tuple(_on_messages(commands))
    if len(slashes) > MOST_COMMANDS or len(on_messages) > MOST_ON_MESSAGES:
        raise ValueError("there are more commands or message entries than Discord takes")
    for made in slashes:
        if size_of(made) > LARGEST:
            raise ValueError("a command has more text than Discord takes")
    return _all_different((*slashes, *on_messages))


def called_there(command: Command, verb: Verb) -> str:
    """The subcommand that a verb is; empty where the command has just one verb, and no subcommands."""
    if len(command.verbs) == 1:
        return ""
    return verb.name or NAMELESS["en"]


def size_of(made: Piece) -> int:
    """The characters that Discord counts for one command: each text in its longest language."""
    nested = [*_pieces(made.get("options")), *_pieces(made.get("choices"))]
    value = made.get("value")
    own = _longest(made, "name") + _longest(made, "description") + (len(value) if isinstance(value, str) else 0)
    return own + sum(map(size_of, nested))


class _Speaking:
    """The words of each language."""

    def __init__(self, languages: Languages) -> None:
        zone = ZoneInfo("UTC")
        self.prefix = languages.prefix
        self.english = languages.words("en", zone)
        self._others: Mapping[str, Words] = {one: languages.words(one, zone) for one in _OTHERS}

    def named(self, name: str, names: Mapping[str, str], what: str) -> Iterator[tuple[str, object]]:
        """A name that is typed, in each language."""
        yield "name", _typed(name, what)
        others = {one: _typed(names[one], what) for one in self._others if names.get(one, name) != name}
        if others:
            yield "name_localizations", others

    def described(self, told: Command | Verb | Option, what: str) -> Iterator[tuple[str, object]]:
        """What stands beside it, in each language."""
        english = self.english.say(told.summary)
        yield "description", _fitting(english, LONGEST_DESCRIPTION, what)
        others = {
            one: _fitting(words.say(told.summary), LONGEST_DESCRIPTION, what) for one, words in self._others.items()
        }
        different = {one: said for one, said in others.items() if said != english}
        if different:
            yield "description_localizations", different


def _slash(command: Command, speaking: _Speaking) -> Piece:
    names = {one: _prefixed(name, speaking.prefix) for one, name in command.names.items()}
    one = command.verbs[0]
    options: Sequence[Piece] = (
        _options(one, speaking)
        if len(command.verbs) == 1
        else _all_different(tuple(_subcommand(command, verb, speaking) for verb in command.verbs))
    )
    if len(options) > MOST_OPTIONS:
        raise ValueError("a command has more verbs than Discord takes")
    for_organisers = all(verb.who is Who.ORGANISER for verb in command.verbs)
    return {
        "type": CHAT_INPUT,
        **dict(speaking.named(_prefixed(command.name, speaking.prefix), names, "command")),
        **dict(speaking.described(command, "description of a command")),
        "options": options,
        **_everywhere(for_organisers=for_organisers),
    }


def _everywhere(*, for_organisers: bool) -> Piece:
    return {
        "default_member_permissions": MANAGE_GUILD if for_organisers else None,
        "contexts": CONTEXTS,
        "integration_types": INSTALLED,
    }


def _subcommand(command: Command, verb: Verb, speaking: _Speaking) -> Piece:
    names = verb.names if verb.name else NAMELESS
    return {
        "type": SUBCOMMAND,
        **dict(speaking.named(called_there(command, verb), names, "subcommand")),
        **dict(speaking.described(verb, "description of a subcommand")),
        "options": _options(verb, speaking),
    }


def _options(verb: Verb, speaking: _Speaking) -> Sequence[Piece]:
    """In their own order, but those that are needed first, as Discord wants them."""
    if len(verb.options) > MOST_OPTIONS:
        raise ValueError("a verb has more options than Discord takes")
    # A verb that opens a form asks there for what is missing.
    needed = {option.key: option.required and not verb.opens_form for option in verb.options}
    ordered = sorted(verb.options, key=lambda option: not needed[option.key])
    made = ({**_option(option, speaking), **({"required": True} if needed[option.key] else {})} for option in ordered)
    return _all_different(tuple(made))


def _option(option: Option, speaking: _Speaking) -> Piece:
    said = {
        **dict(speaking.named(option.names.get("en", option.key), option.names, "option")),
        **dict(speaking.described(option, "description of an option")),
    }
    suggested = {"autocomplete": True} if option.suggests is not None else {}
    match option.kind:
        case OptionKind.TEXT:
            return {"type": STRING, **said, "max_length": min(option.max_length, LONGEST_TEXT), **suggested}
        case OptionKind.LIST:
            return {"type": STRING, **said, **suggested}
        case OptionKind.DATE:
            return {"type": STRING, **said, "autocomplete": True}
        case OptionKind.CHOICE:
            if len(option.choices) > MOST_CHOICES:
                return {"type": STRING, **said, "autocomplete": True}
            return {"type": STRING, **said, "choices": tuple(map(_choice, option.choices))}
        case OptionKind.NUMBER:
            return {"type": INTEGER, **said, "min_value": -_NUMBERS, "max_value": _NUMBERS}
        case OptionKind.FLAG:
            return {"type": BOOLEAN, **said}
        case OptionKind.MEMBER:
            return {"type": USER, **said}
        case _ as never:
            assert_never(never)


def _choice(choice: OptionChoice) -> Piece:
    english = choice.names.get("en", choice.value)
    others = {one: choice.names[one] for one in _OTHERS if choice.names.get(one, english) != english}
    for text in (english, *others.values(), choice.value):
        _fitting(text, LONGEST_CHOICE, "choice")
    return {"name": english, **({"name_localizations": others} if others else {}), "value": choice.value}


def _on_messages(commands: Iterable[Command]) -> Iterator[Piece]:
    for command in commands:
        for verb in command.verbs:
            if verb.on_message:
                names = {one: _fitting(name, LONGEST_NAME, "message entry") for one, name in verb.on_message.items()}
                others = {one: names[one] for one in _OTHERS if names.get(one, names["en"]) != names["en"]}
                yield {
                    "type": MESSAGE,
                    "name": names["en"],
                    **({"name_localizations": others} if others else {}),
                    **_everywhere(for_organisers=verb.who is Who.ORGANISER),
                }


def _prefixed(name: str, prefix: str) -> str:
    return prefixed(f"/{name}", prefix).removeprefix("/")


def _typed(name: str, what: str) -> str:
    if not _NAME.fullmatch(name) or name != name.lower():
        raise ValueError(f"the name of a {what} is not one that Discord takes")
    return name


def _fitting(text: str, longest: int, what: str) -> str:
    if not 0 < len(text) <= longest:
        raise ValueError(f"a {what} is empty or longer than Discord takes")
    return text


def _all_different(made: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Raises ValueError where two of the same kind have one name, in any language."""
    for language in ("", *_OTHERS):
        names = [(one["type"], _name_in(one, language)) for one in made]
        if len(set(names)) < len(names):
            raise ValueError("two commands, verbs or options have the same name")
    return made


def _name_in(made: Piece, language: str) -> object:
    return _in_others(made, "name").get(language, made["name"])


def _in_others(made: Piece, key: str) -> Mapping[str, object]:
    return cast("Mapping[str, object]", made.get(f"{key}_localizations") or {})


def _longest(made: Piece, key: str) -> int:
    return max(len(text) if isinstance(text, str) else 0 for text in (made.get(key), *_in_others(made, key).values()))


def _pieces(found: object) -> Sequence[Piece]:
    return cast("Sequence[Piece]", found or ())
