"""The doors: stations for a camp, and groups for a challenge. Pure: no clock, no chance, the same answer on every machine.

For stations these things count, in this order, and none is ever traded for a later one: sizes equal within one and the
organiser's locks, which are hard; fewest who should not sit together; sectors spread evenly; fewest of one organisation in
a group; fewest who met within the window, and the longest ago; wishes for cases (most first wishes, then most with any
of theirs, then the earlier in their lists); and what the groups are worth, see ``worth.py``. For a challenge sectors and
organisations in a group differ, nobody sits with somebody they should not meet, and whoever cannot be placed so is left out.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from bot.errors import phrase
from bot.matching.domain import Candidate, LeftOut, Meeting, Weights, WhyLeftOut
from bot.matching.meaning import Meaning, WordMeaning
from bot.matching.rules import LockRefused, WrongInput, folded
from bot.matching.score import Profiles
from bot.matching.stations.domain import Progress, Seating, Stations
from bot.matching.stations.few import FEW
from bot.matching.stations.measures import Groups
from bot.matching.stations.rules import Rules, Whole, read_rules
from bot.matching.stations.settling import Settled, refused, settle
from bot.matching.stations.table import Table, camp_table, challenge_table
from bot.matching.stations.telling import Telling
from bot.matching.stations.worth import SMALL, Meetings, Worth, worth_of_coverage, worth_of_meetings

_NOTHING_ASKED: Final = Seating()
_USUAL: Final = Weights()
# A group for a challenge.
LEAST, MOST = 3, 5
# How many fewer members are placed in each further attempt, and numbers of groups that are tried for each.
_STEPS = (*range(8), 10, 12, 15, 20, 27, 36, 48, 64, 85, 113, 150, 200, 270, 360, 480, 640, 850)
_COUNTS = 3


def stations(
    members: Sequence[Candidate],
    count: int,
    history: Sequence[Meeting] = (),
    *,
    seed: int = 0,
    asked: Seating = _NOTHING_ASKED,
    weights: Weights = _USUAL,
    meaning: Meaning | None = None,
    prove: bool = False,
    progress: Progress | None = None,
) -> Stations:
    """``count`` mixed groups of all members. ``prove`` takes more time, some seconds, to prove that nothing is better.

    Raises :class:`~bot.matching.rules.WrongInput` for what cannot be done, and its
    :class:`~bot.matching.rules.LockRefused` for locks that contradict each other.
    """
    if count < 1:
        raise WrongInput(phrase("There has to be at least one group."))
    if count > len(members):
        raise WrongInput(
            phrase("There are more groups than members: {count} groups, {members} members.",
                   count=count, members=len(members))
        )  # fmt: skip
    rules = read_rules(members, history, asked, weights.window)
    most = -(-len(members) // count)
    if any(len(unit) > most for unit in rules.units):
        raise refused(count, most)
    profiles = Profiles.read(rules.roster.people, meaning or WordMeaning.load())
    worth: Worth = (
        worth_of_meetings(rules, history, profiles, weights, seed)
        if most <= SMALL
        else worth_of_coverage(rules, profiles, weights)
    )
    table = camp_table(rules, count, _wanted(rules, count, asked), worth, _unit(worth))
    settled = settle(table, seed, prove=prove, tick=_ticking(progress))
    if settled is None:
        raise refused(count, most)
    return Telling(table, profiles, history, weights, asked.cases).told(_in_order(table, settled), ())


def challenge_groups(
    members: Sequence[Candidate],
    history: Sequence[Meeting] = (),
    *,
    size: int | None = None,
    seed: int = 0,
    asked: Seating = _NOTHING_ASKED,
    weights: Weights = _USUAL,
    meaning: Meaning | None = None,
    prove: bool = False,
    progress: Progress | None = None,
) -> Stations:
    """Groups of ``size`` (3, 4 or 5; without one, of three to five) with different sectors and organisations.

    Most members are placed; then there are most groups, so that everybody is heard; and who is left out waited least.
    Raises as :func:`stations` does.
    """
    if size is not None and not LEAST <= size <= MOST:
        raise WrongInput(phrase("A group for a challenge has three, four or five members."))
    rules = read_rules(members, history, asked, weights.window)
    small, large = (LEAST, MOST) if size is None else (size, size)
    profiles = Profiles.read(rules.roster.people, meaning or WordMeaning.load())
    worth = worth_of_meetings(rules, history, profiles, weights, seed)
    whole = challenge_table(rules, 1, rules.members, worth)
    _check_units(whole, large)
    tick = _ticking(progress)
    bound: int | None = None
    for count, placed in _shapes(rules, whole, small, large):
        bound = placed if bound is None else bound
        table = challenge_table(rules, count, placed, worth)
        settled = settle(table, seed, prove=prove, tick=tick)
        if settled is not None:
            left = [_left_out(table, settled.groups, place) for place in settled.left_out]
            telling = Telling(table, profiles, history, weights, ())
            return telling.told(_in_order(table, settled), left, unplaced=rules.members - bound)
    nobody = Settled([], list(range(rules.members)), {}, {})
    left = [_left_out(whole, [], place) for place in range(rules.members)]
    return Telling(whole, profiles, history, weights, ()).told(nobody, left, unplaced=rules.members - (bound or 0))


def _shapes(rules: Rules, table: Table, small: int, large: int) -> list[tuple[int, int]]:
    """How many groups for how many members, the most members first and then the most groups, as far as sectors and
    organisations of these sizes can be spread over so many groups at all. Of few members every shape is tried; of more, the
    fewer the more have failed, so that a hopeless case ends."""
    people = rules.roster.people
    firms: dict[str, int] = {}
    for place, person in enumerate(people):
        firm = folded(person.organisation) or f"\x1f{place}"
        firms[firm] = firms.get(firm, 0) + 1
    shapes: list[list[tuple[int, int]]] = []
    for placed in range(_placeable(table, small), small - 1, -1):
        counts = [
            count
            for count in range(placed // small, 0, -1)
            if count * large >= placed
            and sum(min(size, count) for size in rules.sizes()) >= placed
            and sum(min(size, count) for size in firms.values()) >= placed
        ]
        shapes += [[(count, placed) for count in counts]] if counts else []
    if rules.members > FEW:
        shapes = [shapes[step][:_COUNTS] for step in _STEPS if step < len(shapes)]
    return [shape for some in shapes for shape in some]


def _placeable(table: Table, small: int) -> int:
    """How many members there are at most who may sit with enough of each other."""
    fine = table.first < table.hard
    np.fill_diagonal(fine, val=False)
    there = np.ones(len(fine), np.bool_)
    while True:
        enough = there & ((fine & there[None, :]).sum(axis=1) >= small - 1)
        if bool((enough == there).all()):
            return int(there.sum())
        there = enough


def _check_units(table: Table, large: int) -> None:
    for unit in table.rules.units:
        if len(unit) > large:
            raise refused(1, large)
        if bool((table.first[np.ix_(unit, unit)] > 0).any()):
            raise LockRefused(
                phrase("Members locked together for a challenge have to come from different sectors and organisations.")
            )


def _wanted(rules: Rules, count: int, asked: Seating) -> Whole:
    """What each member's being in each group is worth to their wishes: a first wish more than any number of others, any
    wish more than all places in the lists together."""
    if asked.cases and len(asked.cases) != count:
        raise WrongInput(
            phrase("There are {cases} cases for {count} groups: name one a group, or none.",
                   cases=len(asked.cases), count=count)
        )  # fmt: skip
    names = [{folded(case), str(number)} for number, case in enumerate(asked.cases or [""] * count, start=1)]
    wanted = np.zeros((rules.members, count), np.int64)
    longest = max((len(wishes) for wishes in asked.wanted.values()), default=0)
    any_wish = rules.members * longest + 1
    first = rules.members * (any_wish + longest) + 1
    for member, wishes in asked.wanted.items():
        place = rules.roster.places[member]
        for position, wish in enumerate(wishes):
            columns = [column for column, known in enumerate(names) if folded(wish) in known]
            if not columns:
                raise WrongInput(
                    phrase("Wish {number} of {member} names a case that no group works on.",
                           number=position + 1, member=member)
                )  # fmt: skip
            value = any_wish + longest - position + (first if position == 0 else 0)
            wanted[place, columns] = np.maximum(wanted[place, columns], value)
    return wanted


def _unit(worth: Worth) -> int:
    """More than any groups are worth."""
    if isinstance(worth, Meetings):
        return int(worth.pairs.sum()) + 1
    return int(worth.full.sum()) + 1


def _in_order(table: Table, settled: Settled) -> Settled:
    """Groups without cases in the order of their members, so that equal groups are told alike."""
    if table.wanted.any():
        return settled
    return Settled(sorted(sorted(group) for group in settled.groups), settled.left_out, settled.values, settled.bounds)


def _left_out(table: Table, groups: Groups, place: int) -> LeftOut:
    roster = table.rules.roster
    own = int((roster.sector == roster.sector[place]).sum())
    if bool((table.first[place] > 0)[np.arange(table.rules.members) != place].all()):
        why = WhyLeftOut.NOBODY_ALLOWED
    else:
        why = WhyLeftOut.LARGE_SECTOR if own > len(groups) else WhyLeftOut.ODD_ONE
    return LeftOut(roster.people[place].id, why)


def _ticking(progress: Progress | None) -> Callable[[], None]:
    """Counts the steps, and tells every hundredth."""
    done = 0

    def tick() -> None:
        nonlocal done
        done += 1
        if progress is not None and done % 100 == 0:
            progress(done)

    return tick
