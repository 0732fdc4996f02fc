"""All tables in one place, for the migrations and the tests."""

from storage import (
    announcement_rows,
    bank_rows,
    calendar_rows,
    camp_rows,
    challenge_rows,
    handover_rows,
    note_rows,
    outbox_rows,
    place_rows,
    playground_rows,
    poll_rows,
    rows,
    slack_rows,
    station_rows,
)

METADATA = rows.Row.metadata
TABLES = tuple(METADATA.sorted_tables)

__all__ = [
    "METADATA",
    "TABLES",
    "announcement_rows",
    "bank_rows",
    "calendar_rows",
    "camp_rows",
    "challenge_rows",
    "handover_rows",
    "note_rows",
    "outbox_rows",
    "place_rows",
    "playground_rows",
    "poll_rows",
    "slack_rows",
    "station_rows",
]
