"""What is kept of an anonymous poll's ballots: no more than its result tells. Pure.

Who knows one part of somebody's ballot ("only the third day suits me") would find the rest of it among whole ballots: of ten
days, or of a long order, hardly two people say the same. So the ballots of a closed poll are replaced by made-up ones that come
to the same result, and of which anybody who has seen the result could make the same: nothing of what one person said is left in
them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bot.polls.counting import Bar, Round, result_of
from bot.polls.domain import Choices, Fits, Poll, PollKind, Tally, as_dated


def reduced(poll: Poll, tally: Tally) -> Tally:
    """Made-up ballots, as many as there were, with the same result."""
    result = result_of(poll, tally)
    match poll.kind:
        case PollKind.MULTIPLE:
            return _nested(result.ballots, result.bars)
        case PollKind.DATES:
            return _nested_days(result.ballots, result.bars)
        case PollKind.RANKED:
            return _paths(result.rounds)
        case _:
            # One answer each: the ballots are the result.
            return tally


def _nested(ballots: int, bars: Iterable[Bar]) -> Tally:
    """The first ballots say everything that anybody said, the later ones less and less."""
    counted = [(bar.key, bar.votes) for bar in bars]
    return Counter(tuple(key for key, votes in counted if votes > place) for place in range(ballots))


def _nested_days(ballots: int, bars: Sequence[Bar]) -> Tally:
    def said(bar: Bar, place: int) -> Fits:
        if place < bar.votes:
            return Fits.YES
        return Fits.MAYBE if place < bar.votes + bar.maybe else Fits.NO

    return Counter(as_dated({bar.key: said(bar, place) for bar in bars}) for place in range(ballots))


def _paths(rounds: Sequence[Round]) -> Tally:
    """Orders by which every round is what it was: who loses their first choice goes on to whatever grew in the next round."""
    if not rounds:
        return {}
    first = rounds[0]
    spent: Counter[Choices] = Counter({(): first.spent} if first.spent else {})
    standing: dict[str, Counter[Choices]] = {
        key: Counter({(key,): votes} if votes else {}) for key, votes in first.votes.items()
    }
    for before, after in pairwise(rounds):
        freed = standing.pop(before.out)
        for key, grown in _growth(before.votes, after.votes):
            for path, many in _taken(freed, grown):
                standing[key][(*path, key)] += many
        spent += freed
    return sum(standing.values(), spent)


def _growth(before: Mapping[str, int], after: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return ((key, votes - before[key]) for key, votes in after.items() if votes > before[key])


def _taken(freed: Counter[Choices], wanted: int) -> Iterable[tuple[Choices, int]]:
    """Takes so many out of what was freed, the same ones each time."""
    for path in sorted(freed):
        many = min(wanted, freed[path])
        if many:
            freed[path] -= many
            wanted -= many
            yield path, many
