"""Everything that a person can trigger, as three tables that one reads from top to bottom."""

from bot.interactions import Answered, Command, Filled
from commands import help as help_

COMMANDS: tuple[Command, ...] = (help_.COMMAND,)

ACTIONS: tuple[Answered, ...] = ()

FORMS: tuple[Filled, ...] = ()
