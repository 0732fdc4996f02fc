"""Word from Slack that the bot was removed or its token revoked. bolt lets these events through from everywhere, installed
or not, and Slack sends both for one removal, and again for an hour if nobody answers."""

from collections.abc import Mapping
from datetime import UTC, datetime

from adapters.slack.installations import Installations
from adapters.slack.shapes import record, sequence

REMOVED, REVOKED = "app_uninstalled", "tokens_revoked"


async def heard(installations: Installations, body: Mapping[str, object]) -> bool:
    """Acts on an event's payload. False if it is neither of the two, or revokes no token of the bot's."""
    event = record(body.get("event"))
    kind = event.get("type")
    bots = sequence(record(event.get("tokens")).get("bot"))
    if kind != REMOVED and not (kind == REVOKED and bots):
        return False
    # After a removal there is often nothing left in ``authorizations``; then the envelope tells whose event it is.
    grants = sequence(body.get("authorizations"))
    grant = record(grants[0]) if grants else body
    await installations.uninstalled(
        _id(grant, "team_id") or _id(body, "team_id"),
        _id(grant, "enterprise_id") or _id(body, "enterprise_id"),
        grant.get("is_enterprise_install") is True,
        _time(body.get("event_time")),
    )
    return True


def _id(holder: Mapping[str, object], name: str) -> str | None:
    value = holder.get(name)
    return value if isinstance(value, str) and value else None


def _time(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) and seconds > 0 else None
