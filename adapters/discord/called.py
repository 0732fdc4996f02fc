"""Reads back what was asked for through the menu that ``menu.py`` made: a command, an entry in a message's menu, or an option
that is being typed. The options come out as text by their key, which the core reads just as if somebody had typed it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.discord.menu import BOOLEAN, MESSAGE, SUBCOMMAND, USER, called_there
from adapters.discord.shapes import record, sequence, text_at
from bot.interactions import Command, Option, Verb
from bot.words import unprefixed


@dataclass(frozen=True, slots=True)
class Called:
    """A command of the table with its verb, and what stands in its options. ``focused``: the option that is being typed, by
    its key, with what is ``typed`` there so far."""

    command: str
    verb: str
    given: Mapping[str, str] = field(default_factory=dict[str, str])
    focused: str = ""
    typed: str = ""


def called(commands: Sequence[Command], data: Mapping[str, object], prefix: str = "") -> Called | None:
    """What the ``data`` of an interaction means; None for a command of an older menu."""
    name = text_at(data, "name")
    if data.get("type") == MESSAGE:
        return _on_message(commands, name)
    own = unprefixed(name, prefix)
    command = next((one for one in commands if one.name == own), None)
    if command is None:
        return None
    options = _pieces(data.get("options"))
    inner = next((one for one in options if one.get("type") == SUBCOMMAND), None)
    wanted = "" if inner is None else text_at(inner, "name")
    verb = next((one for one in command.verbs if called_there(command, one) == wanted), None)
    if verb is None:
        return None
    return _with_options(command, verb, options if inner is None else _pieces(inner.get("options")))


def _on_message(commands: Sequence[Command], name: str) -> Called | None:
    found = ((command, verb) for command in commands for verb in command.verbs if verb.on_message.get("en") == name)
    return next((Called(command.name, verb.name) for command, verb in found), None)


def _with_options(command: Command, verb: Verb, options: Sequence[Mapping[str, object]]) -> Called:
    keys = {_english(option): option.key for option in verb.options}
    # An option of an older menu keeps its name: the core says that it does not know it.
    given = {keys.get(name, name): _written(one) for one in options if (name := text_at(one, "name"))}
    focused = next((one for one in options if one.get("focused") is True), None)
    if focused is None:
        return Called(command.name, verb.name, given)
    key = keys.get(text_at(focused, "name"), "")
    return Called(command.name, verb.name, given, key, given.get(key, ""))


def _english(option: Option) -> str:
    return option.names.get("en", option.key)


def _written(option: Mapping[str, object]) -> str:
    value = option.get("value")
    match option.get("type"):
        case kind if kind == USER:
            return f"<@{value}>"
        case kind if kind == BOOLEAN:
            return "yes" if value is True else "no"
        case _:
            return str(value)


def _pieces(found: object) -> list[Mapping[str, object]]:
    return [record(one) for one in sequence(found)]
