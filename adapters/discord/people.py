"""What Discord knows of a person and we may use: how they are called in the academy's guild, and their language.

All of it is a help for somebody new; where Discord does not answer, it is blank. A person's language comes with what they
type and press, and from nowhere else.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

import discord

from adapters.discord.api import DiscordApi
from adapters.discord.places import Guilds
from bot.errors import ChatError, Gone, Refused
from bot.identity import WorkspaceId
from bot.messages.text import clean
from bot.ports import Clock
from bot.recent import Recent

_PEOPLE, _GUILDS, _DAY, _WHILE = 5_000, 2_000, timedelta(days=1), timedelta(minutes=10)
_NAME = 200
_DANISH = "da"


@dataclass(frozen=True, slots=True)
class About:
    """A person as a guild shows them. ``language``: ``da``, ``en``, or blank."""

    name: str = ""
    language: str = ""


class People:
    """Asks for each person once a day."""

    def __init__(self, api: DiscordApi, guilds: Guilds, clock: Clock) -> None:
        self._api = api
        self._guilds = guilds
        self._known: Recent[tuple[WorkspaceId, str], About] = Recent(clock, _PEOPLE, _DAY)
        self._silent: Recent[tuple[WorkspaceId, str], About] = Recent(clock, _PEOPLE, _WHILE)
        self._languages: Recent[str, str] = Recent(clock, _PEOPLE, _DAY)
        self._asked: Recent[str, discord.Guild] = Recent(clock, _GUILDS, _DAY)

    def met(self, workspace: WorkspaceId, user: str, *, name: str = "", locale: str = "") -> About:
        """Takes in what came with something that the person did; what it does not say stays as it was."""
        if locale:
            self._languages.put(user, language_of(locale))
        told = clean(name.strip())[:_NAME]
        if told:
            self._known.put((workspace, user), About(told))
        return self._with_language(user, self._known.get((workspace, user)) or About())

    async def about(self, workspace: WorkspaceId, user: str) -> About:
        """What is known; blank where Discord does not answer now, and then it is asked again the next time."""
        one = (workspace, user)
        known = self._known.get(one) or self._silent.get(one)
        if known is None:
            known = await self._ask(workspace, user)
        return self._with_language(user, known)

    async def _ask(self, workspace: WorkspaceId, user: str) -> About:
        guild = self._guilds.guild_of(workspace)
        if guild is None or not user.isdecimal():
            return About()
        try:
            there = await self._guild(guild)
            member = await self._api.read(f"members of {guild}", lambda: there.fetch_member(int(user)))
        except (Refused, Gone):
            # For somebody who has left it is no use to ask at each press.
            self._silent.put((workspace, user), About())
            return About()
        except ChatError:
            return About()
        language = _DANISH if language_of(str(there.preferred_locale)) == _DANISH else ""
        told = About(clean(member.display_name.strip())[:_NAME], language)
        self._known.put((workspace, user), told)
        return told

    async def _guild(self, guild: str) -> discord.Guild:
        known = self._asked.get(guild)
        if known is None:
            known = await self._api.read(f"guild {guild}", lambda: self._api.client.fetch_guild(int(guild)))
            self._asked.put(guild, known)
        return known

    def _with_language(self, user: str, known: About) -> About:
        language = self._languages.get(user)
        return replace(known, language=language) if language else known


def language_of(locale: str) -> str:
    """``da`` for Danish, ``en`` for everything else, blank for nothing."""
    if not locale:
        return ""
    return _DANISH if locale.partition("-")[0].casefold() == _DANISH else "en"
