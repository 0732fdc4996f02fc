"""Groups as they are told: who, how many of each sector, why they fit, and what is proven about the whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.domain import LeftOut, Meeting, Reason, Weights
from bot.matching.reasons import Grounds
from bot.matching.score import Encounters, Profiles, points
from bot.matching.stations.domain import Counted, Rank, Station, Stations, WishesMet
from bot.matching.stations.measures import pairs_together
from bot.matching.stations.settling import Settled
from bot.matching.stations.table import Table
from bot.matching.stations.worth import Meetings


@dataclass(frozen=True, slots=True)
class Telling:
    """All that the groups can be told from."""

    table: Table
    profiles: Profiles
    history: Sequence[Meeting]
    weights: Weights
    cases: tuple[str, ...]

    def told(self, settled: Settled, left_out: Sequence[LeftOut], unplaced: int = 0) -> Stations:
        """``unplaced``: how many cannot be placed, by counting."""
        rules = self.table.rules
        ids = [person.id for person in rules.roster.people]
        groups = settled.groups
        ranks = tuple(self._rank(counted, settled, len(left_out), unplaced) for counted in Counted)
        found = [self._station(number, group) for number, group in enumerate(groups)]
        worth = ranks[-1]
        return Stations(
            tuple(found),
            tuple(left_out),
            worth.value,
            worth.bound,
            all(rank.proven for rank in ranks),
            settled.values.get(Counted.SECTORS, 0),
            tuple((ids[i], ids[j]) for i, j in pairs_together(rules.apart, groups)),
            tuple((ids[i], ids[j]) for i, j in pairs_together(rules.colleagues, groups)),
            sum(station.repeats for station in found),
            self._wishes(groups),
            ranks,
        )

    def _rank(self, counted: Counted, settled: Settled, left_out: int, unplaced: int) -> Rank:
        value, bound = settled.values.get(counted, 0), settled.bounds.get(counted, 0)
        match counted:
            case Counted.PLACED:
                return Rank(counted, left_out, unplaced)
            case Counted.WISHES:
                return Rank(counted, -value, -bound)
            case Counted.WORTH:
                return Rank(counted, points(-value), points(-bound))
            case _:
                return Rank(counted, value, bound)

    def _station(self, number: int, group: Sequence[int]) -> Station:
        roster = self.table.rules.roster
        sectors: dict[str, int] = {}
        for place in group:
            name = roster.people[place].sector
            sectors[name] = sectors.get(name, 0) + 1
        return Station(
            number + 1,
            tuple(roster.people[place].id for place in group),
            dict(sorted(sectors.items())),
            points(self.table.worth.of(group) // self.table.worth.unit),
            len(pairs_together(self.table.rules.ages > 0, [group])),
            self._reasons(group),
            self.cases[number] if self.cases else "",
        )

    def _reasons(self, group: Sequence[int]) -> tuple[Reason, ...]:
        """In a small group as in a round; in a large one, for each member what they find there."""
        rules, worth = self.table.rules, self.table.worth
        encounters = Encounters.read(rules.roster, self.history, self.weights.window)
        pairs = worth.pairs if isinstance(worth, Meetings) else rules.ages
        grounds = Grounds(rules.roster, self.profiles, encounters, pairs, self.weights.window)
        if isinstance(worth, Meetings):
            return grounds.reasons(group)
        return tuple(reason for place in group for reason in self._found(grounds, group, place)[:1])

    def _found(self, grounds: Grounds, group: Sequence[int], place: int) -> list[Reason]:
        sector = self.table.rules.roster.sector
        others = [other for other in group if sector[other] != sector[place]]
        needs = [reason for other in others for reason in grounds.met_needs(place, other)[:1]]
        return needs or [reason for other in others for reason in grounds.shared_themes(place, other)[:1]]

    def _wishes(self, groups: Sequence[Sequence[int]]) -> WishesMet:
        wanted = self.table.wanted
        first = other = none = 0
        for number, group in enumerate(groups):
            for place in group:
                best, got = int(wanted[place].max(initial=0)), int(wanted[place, number])
                first += best > 0 and got == best
                other += 0 < got < best
                none += best > 0 and got == 0
        return WishesMet(first, other, none)
