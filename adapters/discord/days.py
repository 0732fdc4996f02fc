"""Days as people type them, since Discord has no calendar to pick one from: written as the core reads them."""

import re
from datetime import date

_YEAR_FIRST = re.compile(r"(\d{4})[-./ ]+(\d{1,2})[-./ ]+(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./ ]+(\d{1,2})[-./ ]+(\d{4})")


def day_typed(text: str) -> str:
    """``22.3.2026``, ``22/3-2026`` and ``2026/3/22`` as ``2026-03-22``; anything else as it is, for the core to refuse."""
    typed = text.strip()
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(typed):
        day, month, year = found.groups()
    else:
        return text
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return text
