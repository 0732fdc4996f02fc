"""Tidies up what slack_sdk's state store leaves behind: it never removes a state that nobody came back with."""

from datetime import UTC, datetime

from sqlalchemy import delete

from storage.engine import Database
from storage.slack_rows import SlackStateRow
from storage.statements import statements


async def forget_states(database: Database, now: datetime) -> int:
    """Removes the states that are too old to be used. Returns how many there were."""
    async with statements(database) as run:
        # Theirs are times in UTC that do not say so.
        past = SlackStateRow.expire_at < now.astimezone(UTC).replace(tzinfo=None)
        gone = await run.write(delete(SlackStateRow).where(past))
        if gone:
            await run.commit()
        return gone
