"""Whether a season kept every hard rule, read from the profiles alone: no line of it is the planner's."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import combinations

from bot.introductions.simulation.living import Week
from bot.introductions.simulation.season import Ids
from bot.matching.domain import Candidate


class Rule(StrEnum):
    """A hard rule, by the name that it has where figures are printed for scripts."""

    SAME_ORGANISATION = "same_organisation"
    SAME_SECTOR = "same_sector"
    KEPT_APART = "kept_apart"
    NO_LANGUAGE = "no_language"
    TWICE = "twice"
    NOT_THERE = "not_there"
    FORGOTTEN = "forgotten"
    WRONG_SIZE = "wrong_size"


def broken(weeks: Sequence[Week], people: Mapping[str, Candidate]) -> Counter[Rule]:
    """How often each rule was broken; an empty count where all were kept."""
    return Counter(rule for week in weeks for rule in _of_week(week, people))


def _of_week(week: Week, people: Mapping[str, Candidate]) -> Iterator[Rule]:
    placed = Counter(member for group in week.drawn.groups for member in group) + Counter(week.drawn.left_out)
    yield from (Rule.TWICE for times in placed.values() if times > 1)
    present = set(week.present)
    yield from (Rule.NOT_THERE for member in placed if member not in present)
    yield from (Rule.FORGOTTEN for member in week.present if member not in placed)
    apart = frozenset(frozenset(pair) for kept in week.apart for pair in combinations(kept, 2))
    for group in week.drawn.groups:
        yield from _of_group(group, apart, people)


def _of_group(group: Ids, apart: frozenset[frozenset[str]], people: Mapping[str, Candidate]) -> Iterator[Rule]:
    if len(group) not in {2, 3}:
        yield Rule.WRONG_SIZE
    sectors = [_plain(people[member].sector) for member in group]
    if "" not in sectors and len(set(sectors)) == 1:
        yield Rule.SAME_SECTOR
    spoken = [set(map(_plain, people[member].languages)) for member in group if people[member].languages]
    if spoken and not spoken[0].intersection(*spoken):
        yield Rule.NO_LANGUAGE
    for one, other in combinations(group, 2):
        organisations = {_plain(people[member].organisation) for member in (one, other)}
        if len(organisations) == 1 and organisations != {""}:
            yield Rule.SAME_ORGANISATION
        if frozenset((one, other)) in apart:
            yield Rule.KEPT_APART


def fewest_left_out(sectors: Sequence[str]) -> int:
    """How many must stay without a partner by the sizes of the sectors alone, as two of one and one of another may meet.

    Organisations, languages and wishes may force more; nothing can leave fewer.
    """
    if len(sectors) < 2:
        return len(sectors)
    known = Counter(sector for sector in map(_plain, sectors) if sector)
    largest = max(known.values(), default=0)
    return max(0, largest - 2 * (len(sectors) - largest))


def _plain(written: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", written).casefold().split())
