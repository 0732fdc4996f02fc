"""Camps in people's own calendars: one as a file, or all of them at an address that a calendar program asks again and again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from bot.camps.calendar import Entry, camp_file, feed
from bot.camps.domain import Answer, Camp, CampState
from bot.camps.keys import new_key
from bot.camps.places import there
from bot.identity import CampId, MemberId, WorkspaceId
from bot.members.domain import Member, WorkspaceOptions
from bot.messages.elements import File
from bot.ports import Clock, UnitOfWork, Units, WorkspaceDirectory
from bot.recent import Recent
from bot.words import Languages, Words

# What was earlier has gone from most people's view; the calendar itself may keep it.
_SINCE = timedelta(days=366)
# Feeds that are kept ready, and for how long: most members of an academy see the same.
_FEEDS, _KEPT = 300, timedelta(hours=6)
_NAMELESS = "Brobygger"


class Calendars:
    """What a member asks for. ``public_url``: where the web pages are reached from outside, empty where nowhere."""

    def __init__(self, units: Units, clock: Clock, public_url: str = "") -> None:
        self._units = units
        self._clock = clock
        self._public_url = public_url.rstrip("/")

    @property
    def has_address(self) -> bool:
        """Whether there is a place at which a calendar program could ask."""
        return bool(self._public_url)

    async def file(self, workspace: WorkspaceId, member: MemberId, camp: CampId, words: Words) -> tuple[Camp, File]:
        """One camp to add, or to take out where it was cancelled. Raises NotThere."""
        async with self._units(workspace, reading=True) as work:
            found = await there(work, camp)
            entry = Entry(found, await work.camps.signup(camp, member))
            return found, camp_file(entry, words)

    async def address(self, workspace: WorkspaceId, member: MemberId) -> str:
        """The member's own address, the same every time; empty where there is none to give."""
        if not self.has_address:
            return ""
        async with self._units(workspace, reading=True) as work:
            key = await work.calendar_keys.get(member)
        return self._at(key) if key else await self.renew(workspace, member)

    async def renew(self, workspace: WorkspaceId, member: MemberId) -> str:
        """Another address. At the one before there is nothing any more."""
        key = new_key()
        async with self._units(workspace) as work:
            await work.calendar_keys.put(member, key, self._clock.now())
            await work.commit()
        return self._at(key)

    def _at(self, key: str) -> str:
        return f"{self._public_url}/calendar/{key}.ics"


class CalendarFeeds:
    """What a calendar program asks for. It signs in nowhere; the key in the address says whose calendar it is."""

    def __init__(self, units: Units, directory: WorkspaceDirectory, languages: Languages, clock: Clock) -> None:
        self._units = units
        self._directory = directory
        self._languages = languages
        self._clock = clock
        self._made: Recent[str, bytes] = Recent(clock, _FEEDS, _KEPT)

    async def read(self, key: str) -> bytes | None:
        """The camps of whoever has this key, but for those that they have said no to; None where nobody has it."""
        found = await self._directory.with_calendar_key(key)
        if found is None:
            return None
        workspace, member = found
        now = self._clock.now()
        async with self._units(workspace, reading=True) as work:
            reader = await work.members.get(member)
            if reader is None or reader.erased_at is not None:
                return None
            words = self._words(reader, await work.vocabulary.options())
            entries, academy = await _entries(work, member, now), await _academy(work)
        return self._feed(entries, academy, now.astimezone(words.zone).date(), words)

    def _feed(self, entries: Sequence[Entry], academy: str, today: date, words: Words) -> bytes:
        """Made once for all who see the same: to write it takes longer than to read what is in it."""
        year = today.year if not entries else 0
        shown = repr((academy, words.language, words.zone.key, year, [one.shown() for one in entries]))
        known = sha256(shown.encode()).hexdigest()
        made = self._made.get(known)
        if made is None:
            made = feed(entries, academy, words.zone, today, words)
            self._made.put(known, made)
        return made

    def _words(self, reader: Member, options: WorkspaceOptions) -> Words:
        language = reader.language or options.language
        return self._languages.words(language, ZoneInfo(options.timezone))


async def _entries(work: UnitOfWork, member: MemberId, now: datetime) -> list[Entry]:
    answers = {one.camp: one for one in await work.camps.signups_of(member)}
    camps = await work.camps.in_states(tuple(CampState), since=(now - _SINCE).date())
    entries = [Entry(camp, answers.get(camp.id)) for camp in camps]
    return [one for one in entries if one.signup is None or one.signup.answer is not Answer.NO]


async def _academy(work: UnitOfWork) -> str:
    """What the academy is called on its first platform."""
    names = [home.name for home in await work.vocabulary.homes() if home.name]
    return names[0] if names else _NAMELESS
