"""Everything that a person can trigger, as three tables that one reads from top to bottom."""

from bot.interactions import Answered, Command, Filled
from commands import academy, match, profile
from commands import help as help_

COMMANDS: tuple[Command, ...] = (
    profile.COMMAND,
    match.COMMAND,
    academy.COMMAND,
    help_.COMMAND,
)

ACTIONS: tuple[Answered, ...] = (
    *profile.ACTIONS,
    *match.ACTIONS,
    *academy.ACTIONS,
)

FORMS: tuple[Filled, ...] = (
    *profile.FORMS,
    *match.FORMS,
    *academy.FORMS,
)
