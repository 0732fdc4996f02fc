"""Who an announcement is for: alternatives joined by commas, each of conditions joined by plus.

``sector:business+theme:ageing, role:organiser`` is every member from business who works on ageing, and every organiser.
Evaluated when it goes out, not when it was planned. A channel (``#general``) is an alternative of its own: it gets one post
for all who are in it. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.announcements.camp_audience import Answered, alike, camp_as_typed, read_camp
from bot.camps.domain import Camp
from bot.errors import NotUnderstood, Phrase, phrase
from bot.identity import Address, Channel
from bot.members.domain import Member, Role, Sector, Theme
from bot.mentions import apart, only_mention

_MOST = 20
_SHOWN = 40
_CHANNEL = "channel"
_CHANNELS = frozenset({_CHANNEL, "kanal"})


class Kind(StrEnum):
    """What a condition looks at."""

    EVERYONE = "everyone"
    SECTOR = "sector"
    THEME = "theme"
    ROLE = "role"
    CAMP = "camp"


_EVERYONE = frozenset({"everyone", "everybody", "all", "alle"})
_KINDS: Mapping[str, Kind] = {
    "sector": Kind.SECTOR,
    "sektor": Kind.SECTOR,
    "theme": Kind.THEME,
    "tema": Kind.THEME,
    "role": Kind.ROLE,
    "rolle": Kind.ROLE,
    "camp": Kind.CAMP,
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
_ROLES_SHOWN: Mapping[str, Sequence[str]] = {"en": ("organiser", "member"), "da": ("tovholder", "medlem")}


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that has to be so. ``value``: the sector's, theme's or role's key, or an answer to a camp; empty for everyone.
    ``label``: what the camp was called."""

    kind: Kind
    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """Alternatives, each of conditions that must all hold; and the channels that get a post."""

    alternatives: tuple[tuple[Condition, ...], ...]
    channels: tuple[Channel, ...] = ()

    def stored(self) -> list[list[str]]:
        """As lists of text."""
        people = [[_stored(one) for one in conditions] for conditions in self.alternatives]
        return people + [[_CHANNEL, one.address.platform, one.address.value, one.name] for one in self.channels]

    def typed(self) -> str:
        """As somebody would type it."""
        people = ["+".join(_typed(one) for one in conditions) for conditions in self.alternatives]
        return ", ".join([*people, *(f"#{one.name}" for one in self.channels)])

    def camps(self) -> Sequence[str]:
        """What its conditions say of camps."""
        return [one.value for conditions in self.alternatives for one in conditions if one.kind is Kind.CAMP]

    def among(
        self, members: Iterable[Member], answered: Answered | None = None, themes: Sequence[Theme] = ()
    ) -> Sequence[Member]:
        """Those of the members whom it means, in their order; nobody who has left, or never wanted anything from us.
        ``answered``: who they are, for each of :meth:`camps`. ``themes``: the academy's, which members write by name."""
        facts = _Facts(answered or {}, {theme.key: theme for theme in themes})
        return [member for member in members if is_active(member) and self._means(member, facts)]

    def _means(self, member: Member, facts: "_Facts") -> bool:
        return any(all(_holds(one, member, facts) for one in conditions) for conditions in self.alternatives)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What conditions look at beside the member."""

    answered: Answered
    themes: Mapping[str, Theme]


EVERYONE = Audience(((Condition(Kind.EVERYONE),),))


def is_active(member: Member) -> bool:
    """A member of the academy to whom announcements go: one with a profile. Whoever only typed a command once is none."""
    return member.erased_at is None and member.is_complete()


def audience_from(stored: Sequence[Sequence[str]]) -> Audience:
    """The audience that :meth:`Audience.stored` wrote."""
    people = [one for one in stored if one[0] != _CHANNEL]
    channels = [Channel(Address(one[1], one[2]), one[3]) for one in stored if one[0] == _CHANNEL]
    return Audience(tuple(tuple(_condition_from(one) for one in conditions) for conditions in people), tuple(channels))


@dataclass(frozen=True, slots=True)
class Known:
    """What an audience may name, and the ``language`` of whoever typed it. ``channels``: what :func:`channels_in` named, looked
    up; ``camps``: by their day."""

    sectors: Sequence[Sector]
    themes: Sequence[Theme]
    now: datetime
    camps: Sequence[Camp] = ()
    language: str = "en"
    channels: Mapping[str, Channel] = field(default_factory=dict[str, Channel])


def read_audience(typed: str, known: Known) -> Audience:
    """Whom somebody means. Raises NotUnderstood with one kind sentence, naming the nearest where there is one."""
    parts = _parts(typed)
    named = [conditions[0] for conditions in parts if len(conditions) == 1 and _is_channel(conditions[0])]
    people = [conditions for conditions in parts if conditions not in [[one] for one in named]]
    if any(_is_channel(one) for conditions in people for one in conditions):
        raise NotUnderstood(phrase("A channel stands alone; put a comma between it and the others."))
    found = tuple(tuple(dict.fromkeys(_read(one, known) for one in conditions)) for conditions in people)
    unknown = next((one for one in named if one not in known.channels), None)
    if unknown is not None:
        raise NotUnderstood(no_channel(unknown))
    return Audience(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(known.channels[one] for one in named)))


def channels_in(typed: str) -> Sequence[str]:
    """The channels that were named or mentioned, each as it was typed. Raises NotUnderstood for far too many."""
    return [one for conditions in _parts(typed) for one in conditions if _is_channel(one)]


def no_channel(typed: str) -> Phrase:
    """That there is no such channel, as far as the one who asks may know."""
    return phrase("I know no channel {name} here. Write it as it stands, with # in front.", name=bare_name(typed))


def bare_name(typed: str) -> str:
    """How a channel is called in a sentence: ``#general``, also where a platform wrote its id."""
    mention = only_mention(typed)
    name = mention.label if mention is not None else typed.partition(":")[2].strip() or typed
    return f"#{name.lstrip('#')[:_SHOWN] or '…'}"


def _parts(typed: str) -> list[list[str]]:
    between = [part for half in apart(typed, ",") for part in apart(half, "|") if part.strip()]
    parts = [[one.strip() for one in apart(part, "+")] for part in between]
    if not parts:
        raise NotUnderstood(_whom())
    if sum(map(len, parts)) > _MOST:
        raise NotUnderstood(phrase("That is more than {number} conditions. Make it simpler, please.", number=_MOST))
    return parts


def _is_channel(typed: str) -> bool:
    return typed.startswith(("#", "<#")) or typed.partition(":")[0].strip().casefold() in _CHANNELS


def _read(typed: str, known: Known) -> Condition:
    """One condition, such as ``sector:business`` or ``alle``."""
    bare = " ".join(typed.casefold().split())
    if bare in _EVERYONE:
        return Condition(Kind.EVERYONE)
    name, colon, value = (part.strip() for part in bare.partition(":"))
    kind = Kind.CAMP if bare == Kind.CAMP.value else _KINDS.get(name)
    if kind is Kind.CAMP:
        return Condition(kind, *read_camp(value, known.camps, known.now))
    if kind is None or not colon or not value:
        raise NotUnderstood(_whom())
    keys = _keys(kind, known)
    if value in keys:
        return Condition(kind, keys[value])
    near = alike(value, keys)
    if near:
        raise NotUnderstood(
            phrase("I don't know {wanted}. Did you mean {nearest}?", wanted=value[:_SHOWN], nearest=f"{name}:{near}")
        )
    names = ", ".join(_shown(kind, known))
    raise NotUnderstood(phrase("I don't know {wanted}. Choose from: {known}.", wanted=value[:_SHOWN], known=names))


def _shown(kind: Kind, known: Known) -> Sequence[str]:
    """What there is to choose from."""
    if kind is Kind.ROLE:
        return _ROLES_SHOWN.get(known.language, _ROLES_SHOWN["en"])
    return sorted(one.name(known.language) for one in (known.sectors if kind is Kind.SECTOR else known.themes))


def _keys(kind: Kind, known: Known) -> Mapping[str, str]:
    match kind:
        case Kind.SECTOR:
            return _by_name(known.sectors)
        case Kind.THEME:
            return _by_name(known.themes)
        case _:
            return _ROLES


def _by_name(listed: Sequence[Sector] | Sequence[Theme]) -> Mapping[str, str]:
    names = {name.casefold(): one.key for one in listed for name in one.names.values()}
    return {**names, **{one.key.casefold(): one.key for one in listed}}


def _whom() -> Phrase:
    return phrase(
        "To whom? Write everyone, sector:business, theme:ageing, role:organiser, camp:yes or #channel; with a comma or + for"
        " several."
    )


def _holds(condition: Condition, member: Member, facts: _Facts) -> bool:
    match condition.kind:
        case Kind.EVERYONE:
            return True
        case Kind.SECTOR:
            return member.sector == condition.value
        case Kind.THEME:
            theme = facts.themes.get(condition.value) or Theme(condition.value, {})
            return any(theme.goes_by(typed) for typed in member.themes)
        case Kind.ROLE:
            return member.role.value == condition.value
        case Kind.CAMP:
            return member.id in facts.answered.get(condition.value, ())
        case _:
            assert_never(condition.kind)


def _typed(condition: Condition) -> str:
    if condition.kind is Kind.EVERYONE:
        return condition.kind.value
    value = camp_as_typed(condition.value, condition.label) if condition.kind is Kind.CAMP else condition.value
    return f"{condition.kind.value}:{value}"


def _stored(condition: Condition) -> str:
    label = f":{condition.label}" if condition.kind is Kind.CAMP else ""
    return f"{condition.kind.value}:{condition.value}{label}"


def _condition_from(stored: str) -> Condition:
    kind, _, value = stored.partition(":")
    if kind != Kind.CAMP:
        return Condition(Kind(kind), value)
    answer, camp, label = value.split(":", 2)
    return Condition(Kind.CAMP, f"{answer}:{camp}", label)
