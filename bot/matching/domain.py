"""What the planner takes and gives. Pure values; ids are the caller's own text, so a spreadsheet works as well."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who takes part in this round. ``waited`` counts the rounds running in which they were left out.

    ``languages`` and ``platforms`` are ways to meet: two people need one language in common; empty means any.
    """

    id: str
    organisation: str
    sector: str
    themes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    languages: frozenset[str] = frozenset()
    waited: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A group that was introduced ``rounds_ago`` rounds ago (1: the last one). One that never happened does not count."""

    members: tuple[str, ...]
    rounds_ago: int
    happened: bool = True


@dataclass(frozen=True, slots=True)
class Wishes:
    """Hard input of people: ``apart`` are blocked or declined pairs, ``locked`` and ``forbidden`` are the organiser's."""

    apart: frozenset[frozenset[str]] = frozenset()
    locked: frozenset[frozenset[str]] = frozenset()
    forbidden: frozenset[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much, in points. ``window``: rounds within which nobody meets the same person again.

    ``novelty`` is for two who never met. In half a year of weekly rounds of 150 members, 2.0 makes 99 % of all meetings first
    meetings and leaves 92 % of the reasons that rest on a need; 0.5 makes 78 % first meetings and leaves all.

    ``draw``: the most that the seed may add to a pair, so that another seed draws another round about as good.
    """

    need_offer: float = 2.0
    theme: float = 1.5
    sector_balance: float = 0.5
    novelty: float = 2.0
    window: int = 12
    draw: float = 0.5


class ReasonKind(StrEnum):
    """Why two people are introduced; each can be checked against their two profiles."""

    NEED_OFFER = "need_offer"
    THEME = "theme"
    SECTORS = "sectors"
    FIRST_MEETING = "first_meeting"


@dataclass(frozen=True, slots=True)
class Reason:
    """``NEED_OFFER``: ``giver`` offers ``offered`` and ``receiver`` needs ``term``, as their owners wrote them.

    ``THEME``: both named ``term``. ``SECTORS``: their two sectors rarely meet. ``FIRST_MEETING``: they never met.
    """

    kind: ReasonKind
    giver: str
    receiver: str
    term: str = ""
    offered: str = ""


class WhyLeftOut(StrEnum):
    """Why somebody has no partner this time, for the organiser."""

    NOBODY_ALLOWED = "nobody_allowed"
    ODD_ONE = "odd_one"
    LARGE_SECTOR = "large_sector"
    LOCKED_ELSEWHERE = "locked_elsewhere"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody without a partner this time."""

    id: str
    why: WhyLeftOut


@dataclass(frozen=True, slots=True)
class Group:
    """Two members, or three, to be introduced. ``repeat``: some two of them met within the window (novelty exhausted)."""

    members: tuple[str, ...]
    score: float
    reasons: tuple[Reason, ...]
    repeat: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A round. ``bound``: no plan under the same rules scores more; ``optimal``: this one is proven best."""

    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]
    score: float
    bound: float
    optimal: bool
    repeats: int
    novelty_exhausted: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who fits what a member asks for now; best first, and the order is all that people see of the score."""

    id: str
    score: float
    reasons: tuple[Reason, ...]
