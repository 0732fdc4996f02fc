"""Who an announcement is for: alternatives joined by commas, each of conditions joined by plus.

``sector:business+theme:ageing, role:organiser`` is every member from business who works on ageing, and every organiser.
Evaluated when it goes out, not when it was planned. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.arguments import nearest
from bot.errors import NotUnderstood, Phrase, phrase
from bot.members.domain import Consent, Member, Role, Sector, Theme

_MOST = 20
_LONGEST = 60
_SHOWN = 40


class Kind(StrEnum):
    """What a condition looks at."""

    EVERYONE = "everyone"
    SECTOR = "sector"
    THEME = "theme"
    ROLE = "role"


_EVERYONE = frozenset({"everyone", "everybody", "all", "alle"})
_KINDS: Mapping[str, Kind] = {
    "sector": Kind.SECTOR,
    "sektor": Kind.SECTOR,
    "theme": Kind.THEME,
    "tema": Kind.THEME,
    "role": Kind.ROLE,
    "rolle": Kind.ROLE,
}
_ROLES: Mapping[str, Role] = {
    "organiser": Role.ORGANISER,
    "organisers": Role.ORGANISER,
    "tovholder": Role.ORGANISER,
    "tovholdere": Role.ORGANISER,
    "member": Role.MEMBER,
    "members": Role.MEMBER,
    "medlem": Role.MEMBER,
    "medlemmer": Role.MEMBER,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that has to be so. ``value``: the sector's, theme's or role's key; empty for everyone."""

    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Alternatives, each of conditions that must all hold."""

    alternatives: tuple[tuple[Condition, ...], ...]

    def stored(self) -> list[list[str]]:
        """As lists of text."""
        return [[f"{one.kind.value}:{one.value}" for one in conditions] for conditions in self.alternatives]

    def typed(self) -> str:
        """As somebody would type it."""
        return ", ".join("+".join(_typed(one) for one in conditions) for conditions in self.alternatives)

    def among(self, members: Iterable[Member]) -> Sequence[Member]:
        """Those of the members whom it means, in their order; nobody who has left, or never wanted anything from us."""
        return [member for member in members if is_active(member) and self._means(member)]

    def _means(self, member: Member) -> bool:
        return any(all(_holds(one, member) for one in conditions) for conditions in self.alternatives)


EVERYONE = Audience(((Condition(Kind.EVERYONE),),))


def is_active(member: Member) -> bool:
    """A member of the academy to whom announcements go: has a profile, or has not refused everything."""
    return member.erased_at is None and (member.is_complete() or member.consent is not Consent.NEVER)


def audience_from(stored: Sequence[Sequence[str]]) -> Audience:
    """The audience that :meth:`Audience.stored` wrote."""
    return Audience(tuple(tuple(_condition_from(one) for one in conditions) for conditions in stored))


def read_audience(typed: str, sectors: Sequence[Sector], themes: Sequence[Theme]) -> Audience:
    """Whom somebody means. Raises NotUnderstood with one kind sentence, naming the nearest where there is one."""
    parts = [[one.strip() for one in part.split("+")] for part in typed.replace("|", ",").split(",") if part.strip()]
    if not parts:
        raise NotUnderstood(_whom())
    if sum(map(len, parts)) > _MOST:
        raise NotUnderstood(phrase("That is more than {number} conditions. Make it simpler, please.", number=_MOST))
    reading = _Reading(sectors, themes)
    found = tuple(tuple(dict.fromkeys(reading.read(one) for one in conditions)) for conditions in parts)
    return Audience(tuple(dict.fromkeys(found)))


@dataclass(frozen=True, slots=True)
class _Reading:
    sectors: Sequence[Sector]
    themes: Sequence[Theme]

    def read(self, typed: str) -> Condition:
        """One condition, such as ``sector:business`` or ``alle``."""
        bare = " ".join(typed.casefold().split())
        if bare in _EVERYONE:
            return Condition(Kind.EVERYONE)
        name, colon, value = (part.strip() for part in bare.partition(":"))
        kind = _KINDS.get(name)
        if kind is None or not colon or not value:
            raise NotUnderstood(_whom(bare))
        known = self._known(kind)
        if value in known:
            return Condition(kind, known[value])
        near = nearest(value[:_LONGEST], known)
        if near:
            raise NotUnderstood(
                phrase(
                    "I don't know {wanted}. Did you mean {nearest}?", wanted=value[:_SHOWN], nearest=f"{name}:{near}"
                )
            )
        raise NotUnderstood(
            phrase(
                "I don't know {wanted}. Choose from: {known}.", wanted=value[:_SHOWN], known=", ".join(sorted(known))
            )
        )

    def _known(self, kind: Kind) -> Mapping[str, str]:
        match kind:
            case Kind.SECTOR:
                return _by_name(self.sectors)
            case Kind.THEME:
                return _by_name(self.themes)
            case _:
                return _ROLES


def _by_name(listed: Sequence[Sector] | Sequence[Theme]) -> Mapping[str, str]:
    names = {name.casefold(): one.key for one in listed for name in one.names.values()}
    return {**names, **{one.key.casefold(): one.key for one in listed}}


def _whom(typed: str = "") -> Phrase:
    if typed.partition(":")[0] in {"camp", "camps"}:
        return phrase("There is no camp yet that I could ask for its participants.")
    return phrase(
        "To whom? Write everyone, sector:business, theme:ageing or role:organiser; with a comma or + for several."
    )


def _holds(condition: Condition, member: Member) -> bool:
    match condition.kind:
        case Kind.EVERYONE:
            return True
        case Kind.SECTOR:
            return member.sector == condition.value
        case Kind.THEME:
            return condition.value in member.themes
        case Kind.ROLE:
            return member.role.value == condition.value
        case _:
            assert_never(condition.kind)


def _typed(condition: Condition) -> str:
    return condition.kind.value if condition.kind is Kind.EVERYONE else f"{condition.kind.value}:{condition.value}"


def _condition_from(stored: str) -> Condition:
    kind, _, value = stored.partition(":")
    return Condition(Kind(kind), value)
