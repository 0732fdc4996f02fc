"""What a tally comes to. Pure: the same ballots give the same result in whatever order they came.

Ranked ballots are counted by instant run-off. A round counts each ballot for the one it likes best among those still in; whoever
has more than half of the ballots that still say something wins; else the last one goes out, and the next round begins.
Where several are last, the one goes out who had the fewest in the round before, and so on back to the first round; where even
that leaves several, the one goes out who stands furthest down in the poll. Of a tie between all that are left, the same rule
leaves the first one. The result says where a tie was settled by this rule.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.polls.domain import Fits, Poll, PollKind, Tally, dated


@dataclass(frozen=True, slots=True)
class Bar:
    """One option's count. ``maybe``: how many could if need be, of a date; they are not in ``votes``."""

    key: str
    votes: int
    maybe: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a run-off: who has how many, in the poll's order; ``spent``: ballots that name nobody who is still in.
    ``out``: who goes out after it, empty in the last one; ``tied``: those who were last with the one who goes out."""

    votes: Mapping[str, int]
    spent: int
    out: str = ""
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """``bars`` in the poll's order. ``first``: the option that won, or several that have as many; none without votes, and none
    where nothing can win. ``mean``: of a rating, None without one."""

    ballots: int
    bars: tuple[Bar, ...]
    first: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    mean: float | None = None

    def draw(self) -> tuple[str, ...]:
        """Of a run-off that a rule decided and not the ballots: those who had as many in the end. Else none."""
        before = self.rounds[-2] if len(self.rounds) > 1 else None
        return before.tied if before is not None and len(before.tied) == len(before.votes) else ()


def result_of(poll: Poll, tally: Tally) -> Result:
    """The result of a poll's ballots."""
    keys, ballots = poll.option_keys(), sum(tally.values())
    match poll.kind:
        case PollKind.RANKED:
            rounds = run_off(keys, tally)
            bars = tuple(Bar(key, rounds[0].votes[key] if rounds else 0) for key in keys)
            return Result(ballots, bars, _winner(rounds), rounds)
        case PollKind.DATES:
            said = [(dated(choices), count) for choices, count in tally.items()]
            bars = tuple(Bar(key, _who(said, key, Fits.YES), _who(said, key, Fits.MAYBE)) for key in keys)
            # Most who can at all, and of those days the one that most can without trouble.
            return Result(ballots, bars, _best({bar.key: (bar.votes + bar.maybe, bar.votes) for bar in bars}))
        case PollKind.RATING:
            bars = _simple(keys, tally)
            points = sum(int(bar.key) * bar.votes for bar in bars)
            return Result(ballots, bars, mean=points / ballots if ballots else None)
        case PollKind.YES_NO:
            bars = _simple(keys, tally)
            return Result(ballots, bars, _best({bar.key: (bar.votes, 0) for bar in bars if bar.key != "abstain"}))
        case _:
            bars = _simple(keys, tally)
            return Result(ballots, bars, _best({bar.key: (bar.votes, 0) for bar in bars}))


def run_off(keys: Sequence[str], tally: Tally) -> tuple[Round, ...]:
    """The rounds; none where nobody voted. ``keys`` in the poll's order."""
    left, rounds = list(keys), list[Round]()
    while left and tally:
        votes, spent = _round(left, tally)
        said = sum(votes.values())
        if len(left) == 1 or 2 * max(votes.values()) > said:
            return (*rounds, Round(votes, spent))
        out, tied = _last(votes, rounds)
        rounds.append(Round(votes, spent, out, tied))
        left.remove(out)
    return tuple(rounds)


def _round(left: Sequence[str], tally: Tally) -> tuple[dict[str, int], int]:
    votes, spent = dict.fromkeys(left, 0), 0
    for choices, count in tally.items():
        liked = next((key for key in choices if key in votes), None)
        if liked is None:
            spent += count
        else:
            votes[liked] += count
    return votes, spent


def _last(votes: Mapping[str, int], rounds: Sequence[Round]) -> tuple[str, tuple[str, ...]]:
    last = [key for key, count in votes.items() if count == min(votes.values())]
    tied = tuple(last) if len(last) > 1 else ()
    for earlier in reversed(rounds):
        fewest = min(earlier.votes[key] for key in last)
        last = [key for key in last if earlier.votes[key] == fewest]
    return last[-1], tied


def _winner(rounds: Sequence[Round]) -> tuple[str, ...]:
    if not rounds:
        return ()
    votes = rounds[-1].votes
    return tuple(key for key, count in votes.items() if count and count == max(votes.values()))


def _simple(keys: Sequence[str], tally: Tally) -> tuple[Bar, ...]:
    votes: Counter[str] = Counter()
    for choices, count in tally.items():
        for key in choices:
            votes[key] += count
    return tuple(Bar(key, votes[key]) for key in keys)


def _who(said: Sequence[tuple[Mapping[str, Fits], int]], key: str, fits: Fits) -> int:
    return sum(count for one, count in said if one.get(key) is fits)


def _best(points: Mapping[str, tuple[int, int]]) -> tuple[str, ...]:
    most = max(points.values(), default=(0, 0))
    return tuple(key for key, one in points.items() if one == most) if most[0] else ()
