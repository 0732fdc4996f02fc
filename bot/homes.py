"""An academy's homes on the platforms that it is on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_PLATFORMS = {"team": "slack", "enterprise": "slack", "guild": "discord", "local": "web"}


def platform_of(external: str) -> str:
    """The platform of a home by its external id: ``slack`` for ``team:T024BE7LH``."""
    kind = external.partition(":")[0]
    return _PLATFORMS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Installation:
    """One home of an academy. ``external``: ``team:T024BE7LH``, ``enterprise:E1``, ``guild:1234`` or ``local``; ``name`` as
    the platform says it. ``gone_at``: since when the platform does not know us there any more."""

    external: str
    name: str
    gone_at: datetime | None = None

    @property
    def platform(self) -> str:
        """The platform that this home is on."""
        return platform_of(self.external)


def lived_in(homes: Iterable[Installation]) -> frozenset[str]:
    """The platforms on which an academy has a home now. An account anywhere else says nothing: a roster may name one."""
    return frozenset(home.platform for home in homes if home.gone_at is None)


def left(homes: Iterable[Installation]) -> frozenset[str]:
    """The platforms on which an academy has no home just now but had one: nothing is tried there."""
    known = list(homes)
    return frozenset(home.platform for home in known) - lived_in(known)
