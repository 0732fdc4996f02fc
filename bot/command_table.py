"""Which command somebody means, and what of it: by any of its names, as it was typed or as a platform's own fields gave it."""

from collections.abc import Sequence

from bot.arguments import Asked, ask, nearest, picked, verb_named
from bot.called import as_typed
from bot.errors import NotUnderstood, phrase
from bot.interactions import Command, Invocation, Verb
from bot.words import Languages, unprefixed


class CommandTable:
    """The commands by everything that they are called."""

    def __init__(self, commands: Sequence[Command], languages: Languages) -> None:
        self._languages = languages
        self._by_name = {known: one for one in commands for known in {one.name, *one.names.values()}}

    def named(self, name: str) -> Command:
        """The command with this name in any language. Raises NotUnderstood, naming the nearest known one."""
        wanted = unprefixed(name.casefold(), self._languages.prefix)
        found = self._by_name.get(wanted)
        if found is not None:
            return found
        near = nearest(wanted, self._by_name)
        if near:
            raise NotUnderstood(phrase("I don't know that command. Did you mean {nearest}?", nearest=as_typed(near)))
        raise NotUnderstood(phrase("I don't know that command. {help} shows what I can do.", help=phrase("/help")))

    def asked(self, invocation: Invocation) -> Asked:
        """The verb and what was given for it. Raises NotUnderstood where it cannot be read."""
        command = self.named(invocation.command)
        if invocation.given is not None:
            return picked(command, verb_meant(command, invocation.verb or command.default), invocation.given)
        if invocation.values is not None:
            return Asked(verb_meant(command, invocation.verb))
        return ask(command, invocation.text)


def verb_meant(command: Command, verb: str) -> Verb:
    """The verb with this name. Raises NotUnderstood where the command has none such."""
    found = verb_named(command, verb)
    if found is None:
        raise NotUnderstood(phrase("I don't know that command. {help} shows what I can do.", help=phrase("/help")))
    return found
