"""What the local workspace is given by whoever assembles the house."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from starlette.routing import BaseRoute

from adapters.web.hub import Hub
from bot.demo.guide import Guide
from bot.dispatcher import FrontDesk
from bot.identity import MemberId
from bot.interactions import Command
from bot.messages.actions import Action
from bot.ports import Clock, Units, Workspace
from bot.words import Languages, Words

# Asked anew each time, so that the steps follow what has happened: for whom, in which words.
Guiding: TypeAlias = Callable[[MemberId, Words], Awaitable[Guide | None]]


@dataclass(frozen=True, slots=True)
class Front:
    """Everything the pages need. ``hosts``: the names under which they may be asked for, without a port.

    ``first``: whose window opens at ``/``; the first organiser where it is None. ``routes``: pages that are for no window.
    """

    workspace: Workspace
    desk: FrontDesk
    units: Units
    languages: Languages
    commands: tuple[Command, ...]
    actions: Mapping[str, type[Action]]
    clock: Clock
    hub: Hub
    hosts: frozenset[str] = frozenset({"127.0.0.1", "localhost", "[::1]"})
    guide: Guiding | None = None
    first: MemberId | None = None
    routes: tuple[BaseRoute, ...] = ()
