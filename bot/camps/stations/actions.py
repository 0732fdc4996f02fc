"""What the buttons and forms of stations mean. Ids and whole numbers only; ``revision`` is the one that was seen."""

from dataclasses import dataclass
from typing import ClassVar

from bot.identity import CampId
from bot.messages.actions import Action


@dataclass(frozen=True, slots=True)
class ShowStations(Action):
    """A page of a camp's stations."""

    code: ClassVar[str] = "stn_show"
    camp: CampId
    page: int


@dataclass(frozen=True, slots=True)
class PlanStations(Action):
    """Shows the stations; where there are none, opens, and submits, the question how many there shall be."""

    code: ClassVar[str] = "stn_plan"
    camp: CampId


@dataclass(frozen=True, slots=True)
class LockStation(Action):
    """The chosen station is to stay as it is in further draws, or no longer."""

    code: ClassVar[str] = "stn_lock"
    camp: CampId
    revision: int
    page: int


@dataclass(frozen=True, slots=True)
class ChangeStations(Action):
    """Opens, and submits, the form that moves people."""

    code: ClassVar[str] = "stn_change"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class RedrawStations(Action):
    """Another draw."""

    code: ClassVar[str] = "stn_again"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class FreeStations(Action):
    """Lets go of all locks and wishes."""

    code: ClassVar[str] = "stn_free"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class FitStations(Action):
    """Brings the stations in line with those who come."""

    code: ClassVar[str] = "stn_fit"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class PreviewStations(Action):
    """Shows what people would be told."""

    code: ClassVar[str] = "stn_look"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class PostStations(Action):
    """People are to be told, as it was seen."""

    code: ClassVar[str] = "stn_post"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class PostStationsHere(Action):
    """All stations are to be shown in the channel where the button is."""

    code: ClassVar[str] = "stn_here"
    camp: CampId
    revision: int


@dataclass(frozen=True, slots=True)
class TakeStations(Action):
    """All stations as a file, to print."""

    code: ClassVar[str] = "stn_file"
    camp: CampId


@dataclass(frozen=True, slots=True)
class DropStations(Action):
    """Throws away stations that nobody was told of."""

    code: ClassVar[str] = "stn_drop"
    camp: CampId
