"""Everything that a person can trigger, as three tables that one reads from top to bottom; and their own page."""

from bot.interactions import Answered, Command, Filled, HomeBuilder
from commands import academy, announce, camp, challenge, find, home, match, note, poll, profile
from commands import help as help_

COMMANDS: tuple[Command, ...] = (
    profile.COMMAND,
    match.COMMAND,
    find.COMMAND,
    announce.COMMAND,
    poll.COMMAND,
    note.COMMAND,
    challenge.COMMAND,
    camp.COMMAND,
    academy.COMMAND,
    help_.COMMAND,
)

ACTIONS: tuple[Answered, ...] = (
    *profile.ACTIONS,
    *match.ACTIONS,
    *find.ACTIONS,
    *announce.ACTIONS,
    *poll.ACTIONS,
    *note.ACTIONS,
    *challenge.ACTIONS,
    *camp.ACTIONS,
    *academy.ACTIONS,
)

FORMS: tuple[Filled, ...] = (
    *profile.FORMS,
    *match.FORMS,
    *find.FORMS,
    *announce.FORMS,
    *poll.FORMS,
    *note.FORMS,
    *challenge.FORMS,
    *camp.FORMS,
    *academy.FORMS,
)

HOME: HomeBuilder = home.HOME
