"""What the buttons around calendars mean. Ids only."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import CampId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class AddToCalendar(Action):
    """The camp as a file for my calendar."""

    code: ClassVar[str] = "camp_ics"
    camp: CampId


@dataclass(frozen=True, slots=True)
class ShowCalendarAddress(Action):
    """The address at which my calendar finds all camps, made where I have none."""

    code: ClassVar[str] = "camp_feed"


@dataclass(frozen=True, slots=True)
class RenewCalendarAddress(Action):
    """Another address; the old one finds nothing any more."""

    code: ClassVar[str] = "camp_feed_new"
