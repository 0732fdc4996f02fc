"""The kinds of letter of stations: ids only. Who writes them is in ``letters.py``."""

from dataclasses import dataclass
from typing import ClassVar

from bot.deliveries.domain import Letter
from bot.identity import CampId


@dataclass(frozen=True, slots=True)
class YourStation(Letter):
    """At which station somebody is, and with whom; as an edit, the same as it is now."""

    code: ClassVar[str] = "your_station"
    camp: CampId


@dataclass(frozen=True, slots=True)
class StationReplaced(Letter):
    """An edit of a card that does not hold any more, since a newer one says where somebody is."""

    code: ClassVar[str] = "station_replaced"
    camp: CampId


@dataclass(frozen=True, slots=True)
class StationsReady(Letter):
    """A plan that took a while is ready to be looked at."""

    code: ClassVar[str] = "stations_ready"
    camp: CampId


@dataclass(frozen=True, slots=True)
class AllStations(Letter):
    """All stations of a camp, for a channel; as an edit, the same as they are now."""

    code: ClassVar[str] = "all_stations"
    camp: CampId
