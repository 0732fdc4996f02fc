"""The command table as the composer's completion reads it: names, verbs, options and hints in the reader's language; and what
stands at each message."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.help import may_use
from bot.interactions import Command, Option, OptionKind, Verb
from bot.members.domain import Member
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be done with any message: a verb of a command, by its names in the menu of a message."""

    command: str
    verb: str
    names: Mapping[str, str]

    def name(self, language: str) -> str:
        """What it is called."""
        return self.names.get(language, self.names["en"])


def entries_on_messages(commands: Sequence[Command]) -> tuple[Entry, ...]:
    """All of them, in the order of the tables."""
    verbs = [(command, verb) for command in commands for verb in command.verbs]
    return tuple(Entry(command.name, verb.name, verb.on_message) for command, verb in verbs if verb.on_message)


def menu(commands: Sequence[Command], member: Member, words: Words) -> list[dict[str, object]]:
    """What this member may type. Each name comes with all that are understood, the shown one first."""
    shown: list[dict[str, object]] = []
    for command in commands:
        verbs = [verb for verb in command.verbs if may_use(member, verb.who)]
        if verbs:
            shown.append(
                {
                    "names": _names(command.name, command.names, words),
                    "summary": words.say(command.summary),
                    "verbs": [_verb(verb, command, words) for verb in verbs],
                }
            )
    return shown


def _verb(verb: Verb, command: Command, words: Words) -> dict[str, object]:
    return {
        "names": _names(verb.name, verb.names, words) if verb.name else [],
        "summary": words.say(verb.summary),
        "default": verb.name == command.default,
        "form": verb.opens_form,
        "options": [_option(option, words) for option in verb.options],
    }


def _option(option: Option, words: Words) -> dict[str, object]:
    return {
        "names": _names(option.key, option.names, words),
        "summary": words.say(option.summary) if option.summary else "",
        "kind": option.kind.value,
        "required": option.required,
        "rest": option.rest,
        "choices": [_names(choice.value, choice.names, words) for choice in option.choices]
        or (_yes_or_no(words) if option.kind is OptionKind.FLAG else []),
    }


def _yes_or_no(words: Words) -> list[list[str]]:
    yes, no = {"da": "ja", "en": "yes"}, {"da": "nej", "en": "no"}
    return [_names("yes", yes, words), _names("no", no, words)]


def _names(name: str, names: Mapping[str, str], words: Words) -> list[str]:
    return list(dict.fromkeys((names.get(words.language, name), name, *names.values())))
