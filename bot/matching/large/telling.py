"""A planned round as it is told: scores and reasons for the groups that were made, some at a time, and why who is alone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from bot.matching.domain import Group, LeftOut, Meeting, WhyLeftOut, Wishes
from bot.matching.large.register import Numbers, Register
from bot.matching.large.traits import Sparse, Tags, Traits
from bot.matching.reasons import Grounds
from bot.matching.rules import Roster
from bot.matching.score import Encounters, Profiles

_AT_ONCE = 64


def groups_told(traits: Traits, groups: Sequence[Sequence[int]]) -> Iterator[Group]:
    """Each group with its score and reasons, as the smaller rounds find them."""
    for start in range(0, len(groups), _AT_ONCE):
        some = groups[start : start + _AT_ONCE]
        seats = np.array([seat for group in some for seat in group], np.int64)
        grounds = grounds_of(traits, seats, some)
        places = grounds.roster.places
        for group in some:
            yield grounds.group([places[traits.register.people[seat].id] for seat in group])


def grounds_of(traits: Traits, seats: Numbers, groups: Sequence[Sequence[int]]) -> Grounds:
    """All that reasons for these groups can rest on."""
    register = traits.register
    known_seats: list[int] = seats.tolist()
    in_order = sorted(known_seats, key=lambda seat: register.people[seat].id)
    listed = np.array(in_order, np.int64)
    people = [register.people[seat] for seat in in_order]
    left, right = np.array([pair for group in groups for pair in combinations(group, 2)], np.int64).reshape(-1, 2).T
    ago: list[int] = register.ago.look_up(left, right).tolist()
    ones: list[int] = left.tolist()
    others: list[int] = right.tolist()
    met = [
        Meeting((register.people[one].id, register.people[other].id), rounds)
        for one, other, rounds in zip(ones, others, ago, strict=True)
        if rounds
    ]
    known = len(register.sectors)
    code = register.sector[listed]
    unknown = code == known
    code[unknown] = known + np.arange(int(unknown.sum()))
    roster = replace(
        Roster.read(people, met, Wishes()),
        sectors=(*register.sectors, *("" for _ in range(int(unknown.sum())))),
        sector=code,
    )
    place = {seat: at for at, seat in enumerate(in_order)}
    one, other = (np.array([place[seat] for seat in side.tolist()], np.intp) for side in (left, right))
    worth = np.zeros((len(people), len(people)), np.int64)
    worth[one, other] = worth[other, one] = traits.grains(left, right)
    return Grounds(
        roster, _profiles(traits, listed), _encounters(traits, len(roster.sectors)), worth, traits.weights.window
    )


def _profiles(traits: Traits, seats: Numbers) -> Profiles:
    """What these members wrote, and how close it is."""
    need_words, needs, need_at = _written(traits.need_tags, seats)
    offer_words, offers, offer_at = _written(traits.offer_tags, seats)
    theme_words, themes, theme_at = _written(traits.theme_tags, seats)
    return Profiles(
        need_words,
        offer_words,
        theme_words,
        needs,
        offers,
        themes,
        _close(traits.needs_close, need_at, offer_at),
        _close(traits.themes_close, theme_at, theme_at),
        traits.needs.rarity[traits.needs.number[need_at]],
        traits.themes.rarity[traits.themes.number[theme_at]],
    )


def _written(tags: Tags, seats: Numbers) -> tuple[tuple[str, ...], tuple[NDArray[np.intp], ...], Numbers]:
    held = tags.held[seats]
    used, place = np.unique(held.indices, return_inverse=True)
    own = np.split(place.astype(np.intp), held.indptr[1:-1])
    words: list[int] = used.tolist()
    return tuple(tags.words[word] for word in words), tuple(own), used.astype(np.int64)


def _close(close: Sparse, rows: Numbers, columns: Numbers) -> NDArray[np.float64]:
    return np.asarray(close[rows][:, columns].toarray(), np.float64)


def _encounters(traits: Traits, sectors: int) -> Encounters:
    """The meetings of sectors; those whose sector is not known have met nobody's."""
    known = len(traits.register.sectors)
    times = np.zeros((sectors, sectors))
    times[:known, :known] = traits.times[:known, :known]
    mean = times.sum() / max(1, known * (known - 1))
    return Encounters(times, (times <= mean / 2) & ~np.eye(sectors, dtype=np.bool_), times)


def left_out_told(register: Register, free: Numbers, alone: Sequence[int], wishes: Wishes) -> Iterator[LeftOut]:
    """Those without a partner, and why: what the organiser could change comes out of it."""
    for seat in alone:
        yield LeftOut(register.people[seat].id, _why(register, free, alone, seat, wishes))


def _why(register: Register, free: Numbers, alone: Sequence[int], seat: int, wishes: Wishes) -> WhyLeftOut:
    others = np.delete(np.arange(len(register.people)), seat)
    me = np.full(len(others), seat)
    may = register.together(me, others) & register.bridging(me, others)
    if not may.any():
        return _rule_between(register, seat, others, wishes)
    if not np.isin(others[may], free).any():
        return WhyLeftOut.LOCKED_ELSEWHERE
    own = int((~register.bridging(np.full(len(free), seat), free)).sum())
    if 2 * own > len(free) + 1:
        return WhyLeftOut.LARGE_SECTOR
    return WhyLeftOut.ODD_ONE if len(alone) == 1 and len(free) % 2 else WhyLeftOut.PARTNERS_TAKEN


def _rule_between(register: Register, seat: int, others: Numbers, wishes: Wishes) -> WhyLeftOut:
    """The one rule without which somebody could meet somebody; all of them, where it is not one."""
    me = np.full(len(others), seat)
    own = register.people[seat].id
    listed: list[int] = others.tolist()
    forbidden, apart = (
        np.array([frozenset((own, register.people[other].id)) in pairs for other in listed], np.bool_)
        for pairs in (wishes.forbidden, wishes.apart)
    )
    rules = {
        WhyLeftOut.SAME_SECTOR: ~register.bridging(me, others),
        WhyLeftOut.SAME_ORGANISATION: register.organisation[me] == register.organisation[others],
        WhyLeftOut.NO_LANGUAGE: ~(register.tongues[me] & register.tongues[others]).any(axis=1),
        WhyLeftOut.KEPT_APART: forbidden,
        WhyLeftOut.NOBODY_ALLOWED: apart,
    }
    once = np.sum(list(rules.values()), axis=0) == 1
    alone = [why for why, broken in rules.items() if bool((broken & once).any())]
    return alone[0] if len(alone) == 1 else WhyLeftOut.NOBODY_ALLOWED
