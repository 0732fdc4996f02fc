"""The one door of matching: who is introduced to whom in a round, and why.

What counts, in this order, and none is ever traded for a later one: the hard rules and the organiser's locks; most members
in a group; nobody left out again while others never were, the longest wait first; few trios, and few of two from one
sector; fewest repeats within the window, and the oldest of them; fewest who met before the window; most worth. The same input
and seed give the same round on every machine, in whatever order the candidates come.

The seed draws a little luck for each pair, ``Weights.draw`` points at most, which is part of the pair's worth. Another seed
so gives another round that is about as good: it keeps to all that counts before worth, and its worth without the luck is
at most ``draw`` a meeting below the best (in practice 1 % or less). With ``draw=0`` the seed chooses among equals only.

Worth gives way once: where nobody has more than a few left whom they never met, a round is taken that leaves more rounds of
first meetings for later (:mod:`bot.matching.ahead`). Its ``bound`` is then that of the best round of this day alone, and
``optimal`` says whether it is that as well. Pairs of very many members are made by :mod:`bot.matching.large`,
which looks at this day alone and does not tell what wishes cost.
"""

from collections.abc import Sequence
from typing import Final

from bot.errors import phrase
from bot.matching.costs import costs_of
from bot.matching.domain import Candidate, LeftOut, Meeting, Plan, Weights, Wishes
from bot.matching.meaning import Meaning, WordMeaning
from bot.matching.progress import Progress, unseen
from bot.matching.reasons import Grounds, why_left_out
from bot.matching.rules import WrongInput
from bot.matching.score import points
from bot.matching.sheet import Sheet

# Above so many members no table of all pairs is made.
LARGE: Final = 2_500
# The weights and wishes of a round for which nobody has said anything.
_NO_WISHES: Final = Wishes()
_USUAL: Final = Weights()


def plan(
    candidates: Sequence[Candidate],
    history: Sequence[Meeting],
    *,
    seed: int,
    wishes: Wishes = _NO_WISHES,
    weights: Weights = _USUAL,
    size: int = 2,
    meaning: Meaning | None = None,
    progress: Progress = unseen,
) -> Plan:
    """Plans a round. ``size`` 2: pairs, and trios only where they let more members take part; 3: trios as far as they go.

    ``meaning`` says which tags mean the same; without one, words and their synonyms do. ``progress`` is told how far it is.
    Raises :class:`~bot.matching.rules.WrongInput` for what cannot be planned with, and its
    :class:`~bot.matching.rules.LockRefused` for a locked group that breaks a hard rule.
    """
    if size not in {2, 3}:
        raise WrongInput(phrase("A group has two members, or three; larger groups are made with stations."))
    meaning = meaning or WordMeaning.load()
    if size == 2 and len(candidates) > LARGE:
        from bot.matching.large.rounds import plan_large

        return plan_large(
            candidates, history, seed=seed, wishes=wishes, weights=weights, meaning=meaning, progress=progress
        )
    progress(0.0, phrase("Reading the profiles"))
    sheet = Sheet.read(
        candidates,
        history,
        wishes.apart,
        seed=seed,
        weights=weights,
        size=size,
        meaning=meaning,
    )
    progress(0.3, phrase("Finding the best meetings"))
    settled = sheet.settle(wishes)
    grounds = Grounds(sheet.roster, sheet.profiles, sheet.encounters, sheet.worth, weights.window)
    everybody = (*settled.locked, *settled.made)
    return Plan(
        tuple(sorted((grounds.group(group) for group in everybody), key=lambda group: group.members)),
        tuple(
            LeftOut(
                sheet.roster.people[place].id,
                why_left_out(settled.roster, settled.free, settled.alone, place, wishes),
            )
            for place in settled.alone
        ),
        points(settled.worth),
        points(settled.worth + settled.above),
        settled.proven,
        sum(sum(grounds.repeats(group)) for group in everybody),
        novelty_exhausted=any(any(grounds.repeats(group)) for group in settled.made),
        costs=costs_of(sheet, settled, wishes),
    )
