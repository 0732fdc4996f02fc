"""What the doctor is told about the database."""

from sqlalchemy import make_url

from bot.doctor import Finding
from bot.errors import BrobyggerError
from storage import upgrade


async def look_at_database(url: str) -> Finding:
    """Whether it answers and has this version's form; nothing is changed."""
    kind = make_url(url).get_backend_name()
    try:
        found = await upgrade.standing(url)
        if found is upgrade.Standing.CURRENT:
            return Finding("Database", well=True, told=f"{kind}, up to date")
        if found is upgrade.Standing.NEWER:
            return Finding(
                "Database", well=True, told=f"{kind}, upgraded by a newer version, which this one works with"
            )
        if found is upgrade.Standing.TOO_NEW:
            return Finding("Database", well=False, told=f"{kind} was upgraded by a newer version: start that one")
        if kind == "sqlite":
            return Finding("Database", well=True, told="sqlite, will be made or upgraded at the next start")
        return Finding("Database", well=False, told=f"{kind} has an older form: run brobygger database upgrade")
    except BrobyggerError as error:
        return Finding("Database", well=False, told=f"{kind} does not answer ({error}): check DATABASE_URL")
