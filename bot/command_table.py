"""Which command somebody means, and what of it: by any of its names, as it was typed or as a platform's own fields gave it."""

from collections.abc import Sequence

from bot.arguments import Asked, ask, nearest, picked, verb_names
from bot.called import as_typed
from bot.errors import NotUnderstood, phrase
from bot.interactions import Command, Invocation, Verb
from bot.words import Languages, unprefixed


class CommandTable:
    """The commands by everything that they are called."""

    def __init__(self, commands: Sequence[Command], languages: Languages) -> None:
        self._languages = languages
        self._last: tuple[Invocation, Asked] | None = None
        self._by_name = {known: one for one in commands for known in {one.name, *one.names.values()}}
        # Each verb under every name of its command's, read for each interaction.
        self._verbs = {
            one.name: {name: verb for verb in reversed(one.verbs) for name in verb_names(verb)} for one in commands
        }

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
        # Whether a form may open is asked first, and then for the answer.
        if self._last is None or self._last[0] is not invocation:
            self._last = (invocation, self._asked(invocation))
        return self._last[1]

    def _asked(self, invocation: Invocation) -> Asked:
        command = self.named(invocation.command)
        if invocation.given is not None:
            return picked(command, self.verb(command, invocation.verb or command.default), invocation.given)
        if invocation.values is not None:
            return Asked(self.verb(command, invocation.verb))
        return ask(command, invocation.text)

    def verb(self, command: Command, name: str) -> Verb:
        """The verb with this name. Raises NotUnderstood where the command has none such."""
        found = self._verbs[command.name].get(name.casefold())
        if found is None:
            raise NotUnderstood(phrase("I don't know that command. {help} shows what I can do.", help=phrase("/help")))
        return found
