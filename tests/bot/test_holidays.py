"""Days off in the countries around Denmark, by the reader's time zone."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.holidays import is_holiday


@pytest.mark.parametrize(
    ("zone", "off", "working"),
    [
        ("Europe/Copenhagen", ("2026-06-05", "2026-05-15", "2023-05-05", "2026-12-24"), ("2026-05-01", "2024-04-26")),
        ("Atlantic/Faroe", ("2026-07-29", "2026-05-01", "2026-04-02"), ("2026-05-15",)),
        ("Europe/Stockholm", ("2026-01-06", "2026-06-19", "2027-06-25", "2026-06-06"), ("2026-04-02", "2026-05-25")),
        ("Europe/Oslo", ("2026-05-17", "2026-04-02", "2026-05-25"), ("2026-06-05", "2026-06-19")),
        ("Arctic/Longyearbyen", ("2026-05-17",), ("2026-06-05",)),
        ("Europe/Helsinki", ("2026-12-06", "2026-06-19", "2026-05-14"), ("2026-05-25",)),
        ("Europe/Mariehamn", ("2026-12-06",), ("2026-05-25",)),
        ("Atlantic/Reykjavik", ("2026-06-17", "2026-04-23", "2026-08-03"), ("2026-06-05", "2026-08-10")),
        ("Europe/Berlin", ("2026-10-03", "2026-05-25", "2026-05-01"), ("2026-04-02", "2026-06-05")),
        ("America/Sao_Paulo", (), ("2026-12-25", "2026-01-01")),
        ("UTC", (), ("2026-12-25",)),
    ],
)
def test_each_country_has_its_own(zone: str, off: tuple[str, ...], working: tuple[str, ...]) -> None:
    assert [day for day in off if not is_holiday(date.fromisoformat(day), ZoneInfo(zone))] == []
    assert [day for day in working if is_holiday(date.fromisoformat(day), ZoneInfo(zone))] == []
