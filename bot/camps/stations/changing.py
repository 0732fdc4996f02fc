"""What an organiser changes by hand, and what cannot be: each refusal is one sentence, and nothing is changed. Pure."""

from dataclasses import replace

from bot.camps.stations.domain import Pair, StationPlan, station_of
from bot.camps.stations.seeing import Sources
from bot.errors import NotUnderstood, phrase
from bot.identity import MemberId


def number_in(plan: StationPlan, number: int) -> int:
    """The number of a station that is there. Raises NotUnderstood for another one."""
    if not 1 <= number <= len(plan.stations):
        raise NotUnderstood(phrase("Choose a station from the list."))
    return number


def moved(sources: Sources, plan: StationPlan, member: MemberId, to: int) -> StationPlan:
    """Somebody goes to another station, or to one at all."""
    _check_comes(sources, member)
    if station_of(plan.stations, member) == to:
        raise NotUnderstood(phrase("That is where they are already. Choose another station."))
    return _fine(sources, plan, plan.moved(member, to).without_broken_wishes())


def swapped(sources: Sources, plan: StationPlan, pair: Pair) -> StationPlan:
    """Two change places."""
    numbers = {station_of(plan.stations, member) for member in pair}
    if len(numbers) < 2 or None in numbers:
        raise NotUnderstood(phrase("These two can't change places. Choose two people who are at different stations."))
    return _fine(sources, plan, plan.swapped(*pair).without_broken_wishes())


def joined(sources: Sources, plan: StationPlan, pair: Pair) -> StationPlan:
    """Two sit at one station, now and in further draws: the second goes to the first's."""
    first, second = pair
    for member in pair:
        _check_comes(sources, member)
    number = station_of(plan.stations, first)
    if number is None:
        raise NotUnderstood(phrase("The first of the two has no station yet. Give them one first."))
    wished = plan.joined(pair)
    if station_of(plan.stations, second) != number:
        wished = replace(wished.moved(second, number), revision=wished.revision)
    return _fine(sources, plan, wished)


def parted(sources: Sources, plan: StationPlan, pair: Pair) -> StationPlan:
    """Two do not sit at one station in further draws."""
    for member in pair:
        _check_comes(sources, member)
    if len(plan.stations) < 2:
        raise NotUnderstood(phrase("With one station nobody can be kept apart."))
    if any(station.locked and set(pair) <= set(station.members) for station in plan.stations):
        raise NotUnderstood(phrase("They sit at a station that stays as it is. Let go of it first."))
    return plan.parted(pair)


def _check_comes(sources: Sources, member: MemberId) -> None:
    if member not in sources.coming():
        raise NotUnderstood(phrase("Only people who come to the camp can have a station."))


def _fine(sources: Sources, before: StationPlan, after: StationPlan) -> StationPlan:
    """Refuses what newly brings two together who should not be. One sentence for every cause: whether somebody blocked
    somebody is nobody's business."""
    apart = {*sources.apart(), *map(frozenset, after.apart)}
    if any(_sit_together(after, pair) and not _sit_together(before, pair) for pair in apart):
        raise NotUnderstood(phrase("I can't put these people at one station. Choose another one."))
    return after


def _sit_together(plan: StationPlan, pair: frozenset[MemberId]) -> bool:
    numbers = [station_of(plan.stations, member) for member in pair]
    return numbers[0] is not None and numbers[0] == numbers[-1]
