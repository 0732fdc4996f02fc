"""What a member does with the short tags that are suggested for a sentence of theirs."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import NotAllowed, NotThere, phrase
from bot.identity import MemberId, WorkspaceId
from bot.members.domain import Member, Side
from bot.members.limits import TAGS
from bot.members.presence import present
from bot.members.profile import distinct, mark
from bot.members.suggesting import Nearness, Source, Suggested, askable, clauses, source_of, suggest
from bot.members.vocabulary import VocabularyUseCases
from bot.ports import Clock, Units

# Menus ask again at each letter that is typed, and reading every member takes a while in a large academy.
_FRESH = timedelta(minutes=1)
_REMEMBERED = 64


class TaggingUseCases(VocabularyUseCases):
    """The part of :class:`bot.members.service.MemberService` that suggests tags. Nothing changes without a press."""

    def __init__(self, units: Units, clock: Clock, nearness: Nearness | None) -> None:
        super().__init__(units, clock)
        self._nearness = nearness
        self._around: dict[MemberId, tuple[datetime, Source]] = {}

    async def tags_around(self, workspace: WorkspaceId, member: MemberId) -> Source:
        """What others offer and several need, for menus: as it was a minute ago at most."""
        now = self._clock.now()
        known = self._around.get(member)
        if known is not None and now - known[0] < _FRESH:
            return known[1]
        _, source = await self._source(workspace, member)
        if len(self._around) >= _REMEMBERED:
            self._around.clear()
        self._around[member] = (now, source)
        return source

    async def suggested(
        self, workspace: WorkspaceId, member: MemberId, sentences: Sequence[tuple[Side, str]]
    ) -> tuple[Suggested, ...]:
        """What may be said shorter; a sentence without a suggestion is left out."""
        found, source = await self._source(workspace, member)
        made = [await self._suggest(workspace, found, side, sentence, source) for side, sentence in sentences]
        return tuple(one for one in made if one.tags)

    async def add_tag(self, workspace: WorkspaceId, member: MemberId, side: Side, sentence: str, tag: str) -> Suggested:
        """Adds a tag by its mark beside the sentence with this mark; adding it again changes nothing.

        Raises NotThere where the sentence is no longer in the profile, or nobody has such a tag any more, and NotAllowed
        where the list is full.
        """
        _, source = await self._source(workspace, member)
        text = next((text for text in source.texts() if mark(text) == tag), None)

        def change(before: Sequence[str]) -> Sequence[str]:
            if text is None:
                raise NotThere(
                    phrase("That tag is no longer there; you can still write it into your profile yourself.")
                )
            after = distinct([*before, text])
            if len(after) > TAGS:
                raise NotAllowed(phrase("You have {limit} already: take one out first, please.", limit=TAGS))
            return after

        after, whole = await self._change_side(workspace, member, side, sentence, change)
        return await self._suggest(workspace, after, side, whole, source)

    async def use_tags(self, workspace: WorkspaceId, member: MemberId, side: Side, sentence: str) -> tuple[str, ...]:
        """Takes the sentence out where suggested tags stand beside it; returns those. Raises as :meth:`add_tag` does."""
        found, source = await self._source(workspace, member)
        whole = _meant(found, side, sentence)
        tags = (await self._suggest(workspace, found, side, whole, source)).added()
        if not tags:
            raise NotThere(phrase("Add one of the tags first, so that something stands in its place."))
        await self._change_side(
            workspace, member, side, sentence, lambda before: [text for text in before if text != whole]
        )
        return tags

    async def _source(self, workspace: WorkspaceId, member: MemberId) -> tuple[Member, Source]:
        async with self._units(workspace, reading=True) as work:
            found = await present(work, member)
            everybody = await work.members.everybody()
            own = await work.vocabulary.synonyms()
            themes = await work.vocabulary.themes()
        return found, await asyncio.to_thread(source_of, found, everybody, own, themes)

    async def _suggest(
        self, workspace: WorkspaceId, member: Member, side: Side, sentence: str, source: Source
    ) -> Suggested:
        near: dict[str, float] = {}
        if self._nearness is not None:
            tags = askable(member.language, source)
            near = dict(zip(tags, await self._nearness.near(workspace, clauses(sentence), tags), strict=True))
        return await asyncio.to_thread(suggest, member, side, sentence, source, near)

    async def _change_side(
        self,
        workspace: WorkspaceId,
        member: MemberId,
        side: Side,
        sentence: str,
        change: Callable[[Sequence[str]], Sequence[str]],
    ) -> tuple[Member, str]:
        async with self._units(workspace) as work:
            before = await present(work, member)
            whole = _meant(before, side, sentence)
            entries = tuple(change(before.entries(side)))
            after = replace(before, needs=entries) if side is Side.NEEDS else replace(before, offers=entries)
            if after != before:
                await work.members.put(after)
                await work.commit()
        return after, whole


def _meant(member: Member, side: Side, sentence: str) -> str:
    whole = next((text for text in member.entries(side) if mark(text) == sentence), None)
    if whole is None:
        raise NotThere(
            phrase(
                "You have changed that sentence since. {command} shows how it stands.", command=phrase("/profile show")
            )
        )
    return whole
