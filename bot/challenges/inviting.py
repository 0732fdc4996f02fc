"""Who is asked what they see: few, from every sector alike, and those whom something connects with the question. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from itertools import zip_longest

from bot.challenges.domain import WhyAsked
from bot.identity import MemberId

# So many are asked of one sector, and in all, as long as they have not said no.
PER_SECTOR, MOST = 2, 8
# However many say no: so many are asked in all.
MOST_EVER = 16
# Nobody is asked more often, whatever became of it.
REST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A member who may be asked. ``fits``: how well, from 0; ``why`` and ``term``: by what."""

    id: MemberId
    organisation: str
    sector: str
    fits: float
    why: WhyAsked = WhyAsked.THEME
    term: str = ""


@dataclass(frozen=True, slots=True)
class Already:
    """Who was asked before: how many of each sector have not said no, how many in all, and their organisations; and from which
    sectors how many have been heard."""

    asked: Mapping[str, int]
    ever: int = 0
    organisations: frozenset[str] = frozenset()
    heard: Mapping[str, int] | None = None


def invited(
    candidates: Iterable[Candidate], sectors: Sequence[str], already: Already, seed: str
) -> tuple[Candidate, ...]:
    """Those who are asked now, sector by sector in turns, first where the fewest were heard; each organisation once. A sector
    that has been heard, or asked, has so many places less. Of sectors that stand alike the question (``seed``) decides which
    comes first, so that none always does."""
    heard = already.heard or {}
    asked = Counter(already.asked)
    fitting = sorted((one for one in candidates if one.fits > 0), key=lambda one: (-one.fits, _lot(seed, str(one.id))))
    taken = set(already.organisations)
    turns: list[list[Candidate]] = []
    for sector in sorted(sectors, key=lambda sector: (heard.get(sector, 0) + asked[sector], _lot(seed, sector))):
        room = max(0, PER_SECTOR - heard.get(sector, 0) - asked[sector])
        turn: list[Candidate] = []
        for one in fitting:
            if one.sector == sector and len(turn) < room and _organisation(one) not in taken:
                taken.add(_organisation(one))
                turn.append(one)
        turns.append(turn)
    in_turns = [one for turn in zip_longest(*turns) for one in turn if one is not None]
    return tuple(in_turns[: max(0, min(MOST - asked.total(), MOST_EVER - already.ever))])


def mark_of(chosen: Iterable[Candidate]) -> str:
    """A short mark of who would be asked, so that others are not asked unseen."""
    return blake2b(" ".join(sorted(str(one.id) for one in chosen)).encode(), digest_size=6).hexdigest()


def same_organisation(name: str) -> str:
    """An organisation as it counts, however it is written."""
    return " ".join(name.casefold().split())


def _organisation(one: Candidate) -> str:
    return same_organisation(one.organisation)


def _lot(seed: str, what: str) -> bytes:
    return blake2b(f"{seed} {what}".encode(), digest_size=8).digest()
