"""A camp as a platform's own calendar of events shows it, where a platform has one."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Gathering:
    """What everybody in the place may see of a camp. ``key`` is the camp's for ever; ``called_off``: it does not take place.

    ``text`` names nobody, and is cut at the end of a line where a platform shows less.
    """

    key: str
    title: str
    starts: datetime
    ends: datetime
    place: str
    text: str = ""
    called_off: bool = False
