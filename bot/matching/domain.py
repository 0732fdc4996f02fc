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

    ``new_first``: after the window as well, two meet again only where it lets more of the others meet somebody new. Without
    it, only ``novelty``, for two who never met, speaks for somebody new.

    ``draw``: the most that the seed may add to a pair, so that another seed draws another round about as good.

    ``ahead``: from when on nobody has more than so many left whom they never met, a round is chosen that leaves later rounds
    possible in which all meet somebody new, even where another would be worth more today; 0: this round alone counts.
    """

    need_offer: float = 2.0
    theme: float = 1.5
    sector_balance: float = 0.5
    novelty: float = 2.0
    window: int = 12
    draw: float = 0.5
    new_first: bool = True
    ahead: int = 60


class ReasonKind(StrEnum):
    """Why two people are introduced; each can be checked against their two profiles, or against the bank's note."""

    NEED_OFFER = "need_offer"
    THEME = "theme"
    SECTORS = "sectors"
    FIRST_MEETING = "first_meeting"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    """``NEED_OFFER``: ``giver`` offers ``offered`` and ``receiver`` needs ``term``, as their owners wrote them.

    ``THEME``: both named ``term``. ``SECTORS``: their two sectors rarely meet. ``FIRST_MEETING``: they never met. ``NOTE``:
    ``giver`` is behind the bank's note with the title ``term``, and ``receiver`` asks about it.
    """

    kind: ReasonKind
    giver: str
    receiver: str
    term: str = ""
    offered: str = ""


class WhyLeftOut(StrEnum):
    """Why somebody has no partner this time, for the organiser.

    The first four: nobody may meet them, and that is so by one rule alone; ``NOBODY_ALLOWED``: by several, or because they or
    others wish to be apart. ``PARTNERS_TAKEN``: all whom they may meet are with somebody else. ``SWAPPED_OUT``: an organiser
    has put somebody else in their place.
    """

    SAME_SECTOR = "same_sector"
    SAME_ORGANISATION = "same_organisation"
    NO_LANGUAGE = "no_language"
    KEPT_APART = "kept_apart"
    NOBODY_ALLOWED = "nobody_allowed"
    ODD_ONE = "odd_one"
    PARTNERS_TAKEN = "partners_taken"
    LARGE_SECTOR = "large_sector"
    LOCKED_ELSEWHERE = "locked_elsewhere"
    SWAPPED_OUT = "swapped_out"


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


class WishKind(StrEnum):
    """Which of the organiser's wishes something is said of; ``ALL``: all of them together."""

    LOCKED = "locked"
    APART = "apart"
    ALL = "all"


class Loss(StrEnum):
    """What a wish costs a round, the least first: worth; two who met before the window; a repeat that is more recent; a
    repeat; a trio with two of one sector; a further trio (where trios are wished, one fewer); a longer wait for somebody
    who waits already; somebody left out."""

    NOTHING = "nothing"
    WORTH = "worth"
    AGAIN = "again"
    SOONER = "sooner"
    REPEATS = "repeats"
    TWINS = "twins"
    TRIOS = "trios"
    WAITING = "waiting"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class WishCost:
    """What an organiser's wish costs the round, against the best round without just this wish.

    ``loss`` names the weightiest thing that is lost and ``amount`` how many of it; only if nothing but worth is lost,
    ``share`` is that part of the worth of the round without the wish (0.03: three per cent). ``members`` is empty for
    all wishes together. ``exact``: both rounds are proven best.
    """

    kind: WishKind
    members: tuple[str, ...]
    loss: Loss
    amount: int = 0
    share: float = 0.0
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A round. ``bound``: no plan under the same rules scores more; ``optimal``: this one is proven best.

    ``costs``: what the organiser's wishes cost, each (as many as there was time for) and, where there are several, together.
    """

    groups: tuple[Group, ...]
    left_out: tuple[LeftOut, ...]
    score: float
    bound: float
    optimal: bool
    repeats: int
    novelty_exhausted: bool = False
    costs: tuple[WishCost, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody who fits what a member asks for now; best first, and the order is all that people see of the score."""

    id: str
    score: float
    reasons: tuple[Reason, ...]
