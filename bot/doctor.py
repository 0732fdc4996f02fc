"""What ``brobygger doctor`` tells: what is configured, what is missing, and what to do about it."""

import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from bot.settings import LOOPBACK, Settings

_ENOUGH_DISK = 200 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``told`` says what is so, and what to do where it is not ``well``. No secrets."""

    what: str
    well: bool
    told: str


def look_at_settings(settings: Settings) -> list[Finding]:
    """What can be told from the settings alone."""
    organisers = settings.first_organisers()
    key = bool(settings.brobygger_secret_key.get_secret_value())
    postgres = settings.database_url.startswith("postgresql")
    others = "; on Discord whoever may manage the server is one" if settings.speaks_discord() else ""
    return [
        Finding("Language and zone", well=True, told=f"{settings.brobygger_language}, {settings.brobygger_timezone}"),
        Finding(
            "Secret key",
            well=key or not postgres,
            told="set"
            if key
            else "set BROBYGGER_SECRET_KEY: PostgreSQL needs one"
            if postgres
            else "kept in a file beside the database; set BROBYGGER_SECRET_KEY to keep it elsewhere",
        ),
        Finding(
            "First organisers",
            well=True,
            told=", ".join(sorted(organisers))
            or f"none set; BROBYGGER_ORGANISERS names the accounts that become organisers, such as slack:U123{others}",
        ),
        _look_at_address(settings),
        _look_at_calendars(settings),
    ]


def _look_at_address(settings: Settings) -> Finding:
    place = f"{settings.brobygger_host}:{settings.brobygger_port}"
    try:
        with socket.socket(socket.AF_INET6 if ":" in settings.brobygger_host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((settings.brobygger_host, settings.brobygger_port))
    except OSError:
        return Finding(
            "Web pages", well=False, told=f"{place} is taken or not this machine's; choose BROBYGGER_PORT anew"
        )
    open_to_all = settings.brobygger_host not in LOOPBACK
    return Finding("Web pages", well=True, told=f"{place} is free{' and open to the network' if open_to_all else ''}")


def _look_at_calendars(settings: Settings) -> Finding:
    """Nothing is broken without them: members take camps home as files."""
    url = settings.brobygger_public_url
    if not url:
        told = "members get camps as files; BROBYGGER_PUBLIC_URL gives them an address that their calendars follow"
    elif url.startswith("https://"):
        told = f"members' calendars follow {url}/calendar/..."
    else:
        told = f"members' calendars follow {url}/calendar/..., which is not encrypted: put a proxy with https before it"
    return Finding("Calendars", well=True, told=told)


def look_at_disk(folder: Path) -> Finding:
    """Whether the folder of a SQLite database has room left."""
    nearest = next((place for place in (folder, *folder.parents) if place.exists()), Path("/"))
    free = shutil.disk_usage(nearest).free
    told = f"{free // 1024**2} MB free"
    return Finding("Disk", well=free > _ENOUGH_DISK, told=told if free > _ENOUGH_DISK else f"{told}: make room soon")
