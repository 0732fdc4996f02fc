"""What a member tells about themself, read from a form, and the small help with words that goes with it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from rapidfuzz import fuzz, process

from bot.members.domain import Member, Sector, Theme
from bot.members.limits import TAG
from bot.messages.text import clean, shortened

_NEAR = 78
# Longer ones, and those with commas, are told apart more easily on lines of their own.
_LONG = 45


@dataclass(frozen=True, slots=True)
class Profile:
    """What the form asks for."""

    name: str
    organisation: str
    sector: str
    themes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    language: str = "da"
    intros_per_round: int = 1


@dataclass(frozen=True, slots=True)
class Nearby:
    """A theme that was typed, and the academy's own theme that it may mean."""

    typed: str
    theme: Theme


@dataclass(frozen=True, slots=True)
class Lists:
    """The academy's own sectors and themes."""

    sectors: tuple[Sector, ...]
    themes: tuple[Theme, ...]

    def sector_name(self, key: str, language: str) -> str:
        """The sector as it is called in a language; its key where the academy no longer has it."""
        return next((sector.name(language) for sector in self.sectors if sector.key == key), key)


def with_profile(member: Member, profile: Profile, lists: Lists) -> Member:
    """The member as the form says. A theme that the academy has is written as the academy writes it."""
    return replace(
        member,
        name=line(profile.name),
        organisation=line(profile.organisation),
        sector=profile.sector,
        themes=distinct(as_known(line(theme), lists.themes) for theme in profile.themes),
        needs=distinct(line(need) for need in profile.needs),
        offers=distinct(line(offer) for offer in profile.offers),
        language=profile.language,
        intros_per_round=profile.intros_per_round,
    )


def as_known(typed: str, themes: Sequence[Theme]) -> str:
    """The academy's own writing of a theme, in the language in which it was typed; what was typed if it has none such."""
    names = {name.casefold(): name for theme in themes for name in theme.names.values()}
    return names.get(typed.casefold(), typed)


def nearby(member: Member, lists: Lists) -> tuple[Nearby, ...]:
    """Themes of the member that are almost one of the academy's."""
    names = {name: theme for theme in lists.themes for name in theme.names.values()}
    known = {name.casefold() for name in names}
    found: list[Nearby] = []
    for typed in member.themes:
        if typed.casefold() in known:
            continue
        near = process.extractOne(typed, list(names), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR)
        if near:
            found.append(Nearby(typed, names[near[0]]))
    return tuple(found)


def adopted(member: Member, typed_mark: str, theme: Theme) -> Member:
    """The member with the academy's theme in the place of the one with this mark. No such one: nothing changes."""
    name = theme.name(member.language)
    return replace(member, themes=distinct(name if mark(typed) == typed_mark else typed for typed in member.themes))


def mark(typed: str) -> str:
    """A short mark of what was typed: buttons carry no words of people."""
    return blake2b(typed.encode(), digest_size=6).hexdigest()


def on_card(items: Sequence[str]) -> str:
    """Needs, offers or themes as a card shows them: not too long each, and a line each where a sentence is among them."""
    long = any(len(item) > _LONG or "," in item for item in items)
    return ("\n" if long else ", ").join(shortened(item, TAG) for item in items)


def line(typed: str) -> str:
    """What was typed on one line, without what nobody can see."""
    return " ".join(clean(typed).split())


def distinct(items: Iterable[str]) -> tuple[str, ...]:
    """Each once, however its capitals are; the first writing stays."""
    seen: dict[str, str] = {}
    for item in filter(None, items):
        seen.setdefault(item.casefold(), item)
    return tuple(seen.values())
