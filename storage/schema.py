"""All tables in one place, for the migrations and the tests."""

from storage import outbox_rows, place_rows, playground_rows, rows, slack_rows

METADATA = rows.Row.metadata
TABLES = tuple(METADATA.sorted_tables)

__all__ = ["METADATA", "TABLES", "outbox_rows", "place_rows", "playground_rows", "slack_rows"]
