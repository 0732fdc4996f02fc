"""Lives through a season: round after round, each knowing the ones before, with whatever makes the rounds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from bot.introductions.simulation.season import Ids, Season
from bot.introductions.spreadsheet import Asked, next_number
from bot.matching.domain import Candidate, Meeting, Wishes
from bot.matching.plan import plan
from bot.members.roster import HistoryLine


@dataclass(frozen=True, slots=True)
class Drawn:
    """A round as somebody made it."""

    groups: tuple[Ids, ...]
    left_out: Ids
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a season. ``declined``: who said no, by the place of the group; ``apart``: who must not have been put
    together; ``waited``: for how many rounds running the members without a partner had none before."""

    number: int
    present: Ids
    drawn: Drawn
    declined: Mapping[int, str]
    apart: frozenset[frozenset[str]]
    waited: Mapping[str, int]

    def met(self) -> Iterator[Ids]:
        """The groups in which all said yes."""
        return (group for place, group in enumerate(self.drawn.groups) if place not in self.declined)

    def alone(self) -> Iterator[str]:
        """Who was there and met nobody, though they said no to nobody."""
        yield from self.drawn.left_out
        for place, who in self.declined.items():
            yield from (member for member in self.drawn.groups[place] if member != who)


class RoundMaker(Protocol):
    """Makes one round of those present; the planner is one, and chance another."""

    def __call__(self, present: Sequence[Candidate], history: Sequence[Meeting], wishes: Wishes, number: int) -> Drawn:
        """The round with this number."""
        ...


def planner(asked: Asked, progress: Callable[[float], None]) -> RoundMaker:
    """Rounds as ``brobygger match`` and the chat plan them. ``progress``: the share of a round that is done."""

    def make(present: Sequence[Candidate], history: Sequence[Meeting], wishes: Wishes, number: int) -> Drawn:
        made = plan(
            present,
            history,
            seed=asked.seed + number,
            wishes=wishes,
            weights=asked.weights,
            size=asked.size,
            meaning=asked.meaning,
            progress=lambda share, _what: progress(share),
        )
        groups = tuple(group.members for group in made.groups)
        return Drawn(groups, tuple(left.id for left in made.left_out), made.optimal)

    return make


def live(
    candidates: Sequence[Candidate],
    history: Sequence[HistoryLine],
    season: Season,
    asked: Asked,
    make: RoundMaker,
) -> Iterator[Week]:
    """The weeks, one after the other. Who had nobody, left out or declined, has waited; a week away changes nothing in that."""
    known = {candidate.id: candidate for candidate in candidates}
    past = list(history)
    refused: list[tuple[int, frozenset[str]]] = []
    waited: dict[str, int] = {}
    first = next_number(history)
    for number, present in enumerate(season.present, start=first):
        people = [replace(known[member], waited=waited.get(member, 0)) for member in present]
        meetings = [Meeting(line.members, number - line.round) for line in past]
        apart = frozenset(pair for then, pair in refused if number - then <= asked.weights.window)
        asked_for = asked.wishes(first=number == first)
        # What the organiser keeps apart is a rule here as any other; nobody asks what it costs in each week.
        wishes = Wishes(apart=apart | asked_for.forbidden, locked=asked_for.locked)
        drawn = make(people, meetings, wishes, number) if len(people) > 1 else Drawn((), present, proven=True)
        noes = {place: season.who_declines(number, group) for place, group in enumerate(drawn.groups)}
        declined = {place: who for place, who in noes.items() if who}
        week = Week(number, present, drawn, declined, wishes.apart, {})
        alone, there = list(week.alone()), frozenset(present)
        yield replace(week, waited={member: waited.get(member, 0) for member in alone})
        away = {member: times for member, times in waited.items() if member not in there}
        waited = {**away, **{member: waited.get(member, 0) + 1 for member in alone}}
        past.extend(HistoryLine(number, group) for group in week.met())
        for place, who in declined.items():
            refused += [(number, frozenset((who, other))) for other in drawn.groups[place] if other != who]


def pairs(group: Ids) -> Iterator[frozenset[str]]:
    """Every two of a group."""
    return map(frozenset, combinations(group, 2))
