"""Days as people type them, since a modal of Discord has no calendar to pick one from: written as the core reads them."""

import re
from datetime import date

from bot.errors import NotUnderstood
from bot.times import read_day

_YEAR_FIRST = re.compile(r"([0-9]{4})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./ ]+([0-9]{1,2})[-./ ]+([0-9]{4})")


def day_typed(text: str, today: date | None) -> str:
    """``22.3.2026``, ``22/3-2026`` and ``2026/3/22`` as ``2026-03-22``; with ``today``, ``tuesday`` and ``1. marts`` as well.

    Anything else stays as it is, for the core to refuse.
    """
    typed = text.strip()
    try:
        if found := _YEAR_FIRST.fullmatch(typed):
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if found := _DAY_FIRST.fullmatch(typed):
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return read_day(typed, today).isoformat() if today and typed else text
    except (ValueError, NotUnderstood):
        return text
