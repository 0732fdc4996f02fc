"""A season in figures: what members live with, and what the academy gets of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.introductions.simulation.kept import Rule, broken, fewest_left_out
from bot.introductions.simulation.living import Week, pairs
from bot.introductions.simulation.worth import Worth
from bot.matching.domain import Candidate
from bot.matching.rules import folded
from bot.members.roster import HistoryLine

Pair = frozenset[str]


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two sectors: ``meetings`` of a member of the one with a member of the other, ``pairs`` of members who met at least once,
    and how many pairs are ``possible`` between the two."""

    one: str
    other: str
    meetings: int
    pairs: int
    possible: int


@dataclass(frozen=True, slots=True)
class Figures:
    """``meetings`` are of every two in a group whose members all said yes; those across sectors have a ``worth`` (the mean, in
    points) and may rest on a need. Lists have an entry a week; ``distinct`` counts up. ``waits``: members by the most
    rounds running that they had nobody."""

    member_weeks: int
    groups: int
    trios: int
    declined: int
    meetings: int
    across: int
    repeats: int
    repeats_ever: int
    first: int
    broken: Mapping[Rule, int]
    left_out: tuple[int, ...]
    fewest: tuple[int, ...]
    left_out_again: int
    waits: Mapping[int, int]
    distinct: tuple[int, ...]
    worth: float
    on_a_need: int
    bridges: tuple[Bridge, ...]
    proven: int

    def longest_wait(self) -> int:
        """Rounds running in which somebody had nobody."""
        return max(self.waits, default=0)

    def share_on_a_need(self) -> float:
        """Of the meetings across sectors, those in which one looks for what the other can give."""
        return self.on_a_need / max(1, self.across)

    def share_first(self) -> float:
        """Of all meetings, those of two who had never met."""
        return self.first / max(1, self.meetings)

    def evenness(self) -> float:
        """From 0 to 1: of all sector pairs, the smallest share of possible pairs that met, beside the mean share."""
        shares = [bridge.pairs / bridge.possible for bridge in self.bridges]
        return min(shares, default=0.0) * len(shares) / max(sum(shares), 1e-9)


def figures(
    weeks: Sequence[Week],
    candidates: Sequence[Candidate],
    history: Sequence[HistoryLine],
    window: int,
    worth: Worth,
) -> Figures:
    """Counts a season."""
    people = {candidate.id: candidate for candidate in candidates}
    sectors = {candidate.id: folded(candidate.sector) for candidate in candidates}
    last = _last_met(history)
    meetings: Counter[Pair] = Counter()
    distinct: list[int] = []
    first = repeats = again = 0
    for week in weeks:
        proposed = [pair for group in week.drawn.groups for pair in pairs(group)]
        repeats += sum(0 < week.number - last.get(pair, -window) <= window for pair in proposed)
        for pair in (pair for group in week.met() for pair in pairs(group)):
            first += pair not in last
            again += pair in last
            last[pair] = week.number
            meetings[pair] += 1
        distinct.append(len(meetings))
    across = {pair: times for pair, times in meetings.items() if _differ(pair, sectors)}
    total = sum(across.values())
    return Figures(
        member_weeks=sum(len(week.present) for week in weeks),
        groups=sum(len(week.drawn.groups) for week in weeks),
        trios=sum(len(group) > 2 for week in weeks for group in week.drawn.groups),
        declined=sum(len(week.declined) for week in weeks),
        meetings=meetings.total(),
        across=total,
        repeats=repeats,
        repeats_ever=again,
        first=first,
        broken=broken(weeks, people),
        left_out=tuple(len(week.drawn.left_out) for week in weeks),
        fewest=tuple(fewest_left_out([people[member].sector for member in week.present]) for week in weeks),
        left_out_again=sum(week.waited[member] > 0 for week in weeks for member in week.drawn.left_out),
        waits=_waits(weeks, people),
        distinct=tuple(distinct),
        worth=sum(worth.of(*sorted(pair)) * times for pair, times in across.items()) / max(1, total),
        on_a_need=sum(times for pair, times in across.items() if worth.rests_on_a_need(*sorted(pair))),
        bridges=_bridges(across, sectors),
        proven=sum(week.drawn.proven for week in weeks),
    )


def _last_met(history: Sequence[HistoryLine]) -> dict[Pair, int]:
    last: dict[Pair, int] = {}
    for line in history:
        for pair in pairs(line.members):
            last[pair] = max(line.round, last.get(pair, line.round))
    return last


def _differ(pair: Pair, sectors: Mapping[str, str]) -> bool:
    one, other = (sectors[member] for member in pair)
    return one != other or not one


def _waits(weeks: Sequence[Week], people: Mapping[str, Candidate]) -> Mapping[int, int]:
    longest = dict.fromkeys(people, 0)
    for week in weeks:
        for member, before in week.waited.items():
            longest[member] = max(longest[member], before + 1)
    return Counter(longest.values())


def _bridges(across: Mapping[Pair, int], sectors: Mapping[str, str]) -> tuple[Bridge, ...]:
    """Every two sectors of the roster, those that never met as well; somebody of no known sector bridges none."""
    sizes = Counter(sector for sector in sectors.values() if sector)
    meetings: Counter[Pair] = Counter()
    met: Counter[Pair] = Counter()
    for pair, times in across.items():
        two = frozenset(sectors[member] for member in pair)
        meetings[two] += times
        met[two] += 1
    names = sorted(sizes)
    return tuple(
        Bridge(one, other, meetings[frozenset((one, other))], met[frozenset((one, other))], sizes[one] * sizes[other])
        for place, one in enumerate(names)
        for other in names[place + 1 :]
    )
