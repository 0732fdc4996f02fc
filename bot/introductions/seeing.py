"""What a card about an introduction is made from: the people in it as they are now, seen by one of them or by all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.homes import lived_in
from bot.identity import MemberId
from bot.introductions.domain import Intro, IntroState, Part
from bot.introductions.gathering import apart, candidate_of, may_be_group, takes_part
from bot.introductions.life import Standing, standing
from bot.introductions.reaching import ROOM_LINK, are_apart, is_in_room
from bot.matching.domain import ReasonKind, Wishes
from bot.matching.rules import Roster
from bot.members.domain import Member, Sector, Theme
from bot.ports import UnitOfWork
from bot.words import Words


@dataclass(frozen=True, slots=True)
class Naming:
    """How sectors and themes are called; data of the workspace."""

    sectors: Mapping[str, Sector]
    themes: Mapping[str, Theme]

    def sector(self, key: str, words: Words) -> str:
        """The sector's name; the key itself where an organiser has not named it."""
        found = self.sectors.get(key)
        return found.name(words.language) if found else key

    def theme(self, key: str, words: Words) -> str:
        """The theme's name, for its key or its name in any language: members write names. A theme of their own is called
        as they wrote it."""
        found = self.theme_meant(key)
        return found.name(words.language) if found else key

    def theme_meant(self, typed: str) -> Theme | None:
        """The academy's theme with this key or name, in any language."""
        if typed in self.themes:
            return self.themes[typed]
        wanted = typed.strip().casefold()
        return next((theme for theme in self.themes.values() if wanted in _spellings(theme)), None)


@dataclass(frozen=True, slots=True)
class Seen:
    """One introduction, seen by ``reader`` (None: by everybody in the room). Nobody who left is among ``people``.
    ``platforms``: where the academy has a home; ``room_link``: opens the room, where its platform has such links."""

    intro: Intro
    people: Mapping[MemberId, Member]
    naming: Naming
    now: datetime
    reader: MemberId | None = None
    names_shown: bool = True
    platforms: frozenset[str] = frozenset()
    room_link: str = ""

    def others(self) -> Sequence[Member]:
        """Everybody in it but the reader, in the introduction's order."""
        return [self.people[one] for one in self.intro.members() if one != self.reader and one in self.people]

    def part(self) -> Part | None:
        """The reader's own part."""
        return None if self.reader is None else self.intro.part_of(self.reader)

    def standing(self) -> Standing:
        """What the introduction is to the reader."""
        return Standing.OPEN if self.reader is None else standing(self.intro, self.reader, self.now)

    def is_apart(self) -> bool:
        """Whether the reader is in no room with the others, as they are on different platforms."""
        reader = None if self.reader is None else self.people.get(self.reader)
        if reader is None or self.intro.state is IntroState.PLANNED:
            return False
        if self.intro.room is not None:
            return not is_in_room(self.intro, reader)
        return self.intro.state is not IntroState.ACCEPTED or self.spans_platforms()

    def spans_platforms(self) -> bool:
        """Whether, as things are now, no platform has them all."""
        return are_apart(tuple(self.people.values()), self.platforms)

    def called(self, member: Member, words: Words) -> str:
        """The person's name, or where they come from while names are held back."""
        if self.names_shown or self.standing() is Standing.OPEN:
            return member.name
        return words.say("the person from {organisation}", organisation=member.organisation)


def _spellings(theme: Theme) -> set[str]:
    return {theme.key.casefold(), *(name.casefold() for name in theme.names.values())}


async def naming(work: UnitOfWork) -> Naming:
    """The workspace's names of sectors and themes."""
    return Naming(
        {sector.key: sector for sector in await work.vocabulary.sectors()},
        {theme.key: theme for theme in await work.vocabulary.themes()},
    )


async def see(work: UnitOfWork, intro: Intro, reader: MemberId | None, now: datetime) -> Seen:
    """Reads what a card about this introduction needs."""
    seen = (await see_all(work, [intro], reader, now))[0]
    if reader is None or intro.room is None:
        return seen
    link = await work.landmarks.get(intro.room.platform, ROOM_LINK, str(intro.id))
    return replace(seen, room_link=link or "")


async def see_all(work: UnitOfWork, intros: Sequence[Intro], reader: MemberId | None, now: datetime) -> Sequence[Seen]:
    """The same for several, each member read once."""
    found = await work.members.many(sorted({member for intro in intros for member in intro.members()}))
    there = {member.id: member for member in found.values() if member.erased_at is None}
    named, options = await naming(work), await work.vocabulary.options()
    platforms = lived_in(await work.vocabulary.homes())
    return [
        Seen(
            intro=intro,
            people={member: there[member] for member in intro.members() if member in there},
            naming=named,
            now=now,
            reader=reader,
            names_shown=options.names_before_yes,
            platforms=platforms,
        )
        for intro in intros
    ]


async def may_still_meet(work: UnitOfWork, intro: Intro, now: datetime) -> bool:
    """Whether all of them take part today, nobody has blocked anybody, and their sectors and organisations still differ. Who
    asked about a note may be of the same sector as whoever is behind it."""
    people = await work.members.many(intro.members())
    timezone = (await work.vocabulary.options()).timezone
    if len(people) < len(intro.parts) or not all(takes_part(one, now, timezone) for one in people.values()):
        return False
    kept_apart = await apart(work, ())
    if any(reason.kind is ReasonKind.NOTE for reason in intro.reasons):
        return frozenset(map(str, intro.members())) not in kept_apart
    candidates = [candidate_of(one) for one in people.values()]
    roster = Roster.read(candidates, (), Wishes(apart=kept_apart))
    return may_be_group(roster, intro.members())
