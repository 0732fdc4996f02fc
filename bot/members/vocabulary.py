"""What organisers do with the academy's vocabulary: words that mean the same here, sectors and themes."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.errors import Conflict, NotAllowed, phrase
from bot.identity import WorkspaceId
from bot.members.domain import Member, Sector, Synonyms, Theme
from bot.members.profile import distinct
from bot.members.room_channel import RoomChannelUseCases
from bot.members.wording import WordGroup, check, group_mark, group_marked, known_beside, shown, written
from bot.ports import UnitOfWork

# Introductions go from one sector to another.
_LEAST_SECTORS = 2


class Listing(StrEnum):
    """Which of the academy's two lists."""

    SECTORS = "sectors"
    THEMES = "themes"


@dataclass(frozen=True, slots=True)
class Listed:
    """A sector or theme with how many members have it."""

    entry: Sector | Theme
    members: int


class VocabularyUseCases(RoomChannelUseCases):
    """The part of :class:`bot.members.service.MemberService` that keeps the academy's words."""

    async def word_groups(self, workspace: WorkspaceId) -> tuple[WordGroup, ...]:
        """The academy's own groups, with what each does for the members' profiles."""
        async with self._units(workspace, reading=True) as work:
            own = tuple(await work.vocabulary.synonyms())
            members = tuple(await work.members.everybody())
        return await asyncio.to_thread(shown, own, members)

    async def put_words(self, workspace: WorkspaceId, words: Sequence[str], group: str = "", seen: str = "") -> str:
        """Adds a group, or changes the one with the mark ``group`` that was ``seen`` so; returns the group's mark now.

        Raises NotUnderstood for words that cannot be a group, and Conflict where another organiser was faster.
        """
        after = written(words)
        async with self._units(workspace) as work:
            own = tuple(await work.vocabulary.synonyms())
            before = _present(own, group, seen) if group else None
            check(after, [known for known in own if known != before])
            if before is not None and before.key != after.key:
                await work.vocabulary.remove_synonyms(before.key)
            await work.vocabulary.put_synonyms(after)
            await work.commit()
        return group_mark(after.words)

    async def take_known(self, workspace: WorkspaceId, group: str, seen: str) -> str:
        """Adds to a group what the bot's own table says together with its words, as much as a group holds."""
        async with self._units(workspace, reading=True) as work:
            own = tuple(await work.vocabulary.synonyms())
        before = _present(own, group, seen)
        more = await asyncio.to_thread(known_beside, before, own)
        return await self.put_words(workspace, (*before.words, *more), group, seen)

    async def remove_words(self, workspace: WorkspaceId, group: str, seen: str) -> bool:
        """Takes a group away; False if it was gone already. Raises Conflict where it has changed since it was ``seen``."""
        async with self._units(workspace) as work:
            found = group_marked(await work.vocabulary.synonyms(), group, seen)
            if found is None:
                return False
            await work.vocabulary.remove_synonyms(found.key)
            await work.commit()
        return True

    async def put_sector(self, workspace: WorkspaceId, sector: Sector) -> None:
        """Adds a sector, or gives it other names."""
        async with self._units(workspace) as work:
            await work.vocabulary.put_sector(sector)
            await work.commit()

    async def put_theme(self, workspace: WorkspaceId, theme: Theme) -> int:
        """Adds a theme, or gives it other names, in the members' profiles too; returns how many of those changed."""
        async with self._units(workspace) as work:
            before = next((known for known in await work.vocabulary.themes() if known.key == theme.key), None)
            renamed = _renamed(await work.members.everybody(), before, theme) if before else []
            await work.vocabulary.put_theme(theme)
            await work.members.put_all(renamed)
            await work.commit()
        return len(renamed)

    async def every_listed(self, workspace: WorkspaceId, listing: Listing) -> Sequence[Sector | Theme]:
        """All sectors, or all themes."""
        async with self._units(workspace, reading=True) as work:
            return await (work.vocabulary.sectors() if listing is Listing.SECTORS else work.vocabulary.themes())

    async def listed(self, workspace: WorkspaceId, listing: Listing, key: str) -> Listed | None:
        """A sector or theme and how many have it; None where the academy has no such one."""
        async with self._units(workspace, reading=True) as work:
            return await _listed(work, listing, key)

    async def remove_listed(self, workspace: WorkspaceId, listing: Listing, key: str) -> bool:
        """Takes a sector or theme away; False if it was gone already. Raises NotAllowed while somebody has it, and for one
        of the last two sectors."""
        async with self._units(workspace) as work:
            found = await _listed(work, listing, key)
            if found is None:
                return False
            if found.members:
                raise NotAllowed(
                    phrase("Members who have it: {number}. It can be removed when nobody has it.", number=found.members)
                )
            if listing is Listing.THEMES:
                await work.vocabulary.remove_theme(key)
            elif len(await work.vocabulary.sectors()) <= _LEAST_SECTORS:
                raise NotAllowed(phrase("Two sectors have to stay: introductions go from one to another."))
            else:
                await work.vocabulary.remove_sector(key)
            await work.commit()
        return True


def _present(own: Sequence[Synonyms], group: str, seen: str) -> Synonyms:
    """The group that is to be changed. Raises Conflict for one that has changed or is gone."""
    found = group_marked(own, group, seen)
    if found is None:
        raise Conflict(phrase("Somebody has removed these words meanwhile. You can add them anew."))
    return found


async def _listed(work: UnitOfWork, listing: Listing, key: str) -> Listed | None:
    everybody = await work.members.everybody()
    if listing is Listing.SECTORS:
        sector = next((known for known in await work.vocabulary.sectors() if known.key == key), None)
        return Listed(sector, sum(member.sector == key for member in everybody)) if sector else None
    theme = next((known for known in await work.vocabulary.themes() if known.key == key), None)
    return Listed(theme, sum(_has(member, theme) for member in everybody)) if theme else None


def _has(member: Member, theme: Theme) -> bool:
    return any(theme.goes_by(typed) for typed in member.themes)


def _renamed(members: Sequence[Member], before: Theme, after: Theme) -> list[Member]:
    """The members whose profile names the theme by a name that it no longer has, with the new one of the same language."""
    still = {name.casefold() for name in after.names.values()}
    new: Mapping[str, str] = {
        old.casefold(): after.name(language) for language, old in before.names.items() if old.casefold() not in still
    }
    changed = [
        replace(member, themes=distinct(new.get(typed.casefold(), typed) for typed in member.themes))
        for member in members
    ]
    return [member for member, was in zip(changed, members, strict=True) if member != was]
