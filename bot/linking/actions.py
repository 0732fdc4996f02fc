"""What the buttons around linking mean. Ids and short words only; no code is ever in one."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import MemberId, WorkspaceId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class GiveLinkCode(Action):
    """Shows a code to type on another platform."""

    code: ClassVar[str] = "link_code"


@dataclass(frozen=True, slots=True)
class UniteProfiles(Action):
    """The one who presses is ``other`` as well, and has proven it; ``profile``: whose of the two it becomes."""

    code: ClassVar[str] = "link_unite"
    other: MemberId
    profile: MemberId


@dataclass(frozen=True, slots=True)
class MessagesOn(Action):
    """Private messages go to this platform."""

    code: ClassVar[str] = "link_messages"
    platform: str


@dataclass(frozen=True, slots=True)
class UnlinkAccount(Action):
    """The account on this platform is not the member's any more."""

    code: ClassVar[str] = "link_undo"
    platform: str


@dataclass(frozen=True, slots=True)
class JoinAcademies(Action):
    """The academy of the one who presses and ``other`` become one; both sides have proven that they want it."""

    code: ClassVar[str] = "link_academies"
    other: WorkspaceId
