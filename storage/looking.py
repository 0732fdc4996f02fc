"""What the doctor is told about the database."""

from sqlalchemy import make_url

from bot.doctor import Finding
from bot.errors import BrobyggerError
from storage import upgrade


async def look_at_database(url: str) -> Finding:
    """Whether it answers and has this version's form; nothing is changed."""
    kind = make_url(url).get_backend_name()
    try:
        if await upgrade.is_current(url):
            return Finding("Database", well=True, told=f"{kind}, up to date")
        if kind == "sqlite":
            return Finding("Database", well=True, told="sqlite, will be made or upgraded at the next start")
        return Finding("Database", well=False, told=f"{kind} has an older form: run brobygger database upgrade")
    except BrobyggerError as error:
        return Finding("Database", well=False, told=f"{kind} does not answer ({error}): check DATABASE_URL")
