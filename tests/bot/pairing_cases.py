"""Graphs to pair up: the eight kinds of score on which planners differ, and shapes that are hard for this algorithm."""

from typing import Any

import networkx
import numpy as np
import rustworkx
from numpy.typing import NDArray

from bot.matching.assignment import Gains
from bot.matching.pairing import Pairing

# As they are told apart in the benchmarks.
KINDS = (
    "usual scores",
    "shared themes only",
    "distance in a plane",
    "distance, no sectors",
    "whole numbers to ten",
    "60 % forbidden",
    "four or five possible each",
    "odd number",
)
HARD = (
    "all equal",
    "ones and zeros",
    "repeats",
    "triangles",
    "clusters",
    "rings in rings",
    "strip",
    "few kinds",
    "large sector",
)

Edge = tuple[int, int, int]
Table = NDArray[Any]
_SHARES = (50, 40, 30, 18, 12)


def instance(kind: str, members: int, seed: int) -> Gains:
    """A graph with scores of one of the eight kinds, in whole numbers. ``odd number`` has one member less if need be."""
    count = members - 1 if kind == "odd number" and members % 2 == 0 else members
    chance = np.random.default_rng(seed)
    sector = np.searchsorted(np.cumsum(_SHARES), np.arange(count) * sum(_SHARES) // max(1, count), side="right")
    organisation = chance.integers(0, max(2, count // 3), count)
    allowed = (sector[:, None] != sector[None, :]) & (organisation[:, None] != organisation[None, :])
    worth = _usual(count, chance)
    match kind:
        case "shared themes only":
            themes = _tags(count, 3, 8, chance)
            worth = 1500 * (themes @ themes.T) / np.sqrt(np.outer(themes.sum(1), themes.sum(1)))
        case "distance in a plane":
            worth = _distance(chance.random((count, 2)))
        case "distance, no sectors":
            worth, allowed = _distance(chance.random((count, 2))), np.ones((count, count), np.bool_)
        case "whole numbers to ten":
            worth = chance.integers(0, 11, (count, count))
        case "60 % forbidden":
            allowed &= chance.random((count, count)) >= 0.6
        case "four or five possible each":
            allowed &= chance.random((count, count)) < 4.5 / max(1, count) / 0.75
        case _:
            pass
    return _gains(np.zeros((count, count)), worth, allowed, np.full(count, -1.0))


def hard(kind: str, members: int, seed: int) -> Gains:
    """Ties everywhere, odd parts that cannot be paired within, rings of many levels, and a rank before worth."""
    chance = np.random.default_rng(seed)
    square = (members, members)
    place = np.arange(members)
    order, worth, alone = np.zeros(square), chance.integers(0, 1000, square), np.full(members, -members * 200.0)
    allowed = np.ones(square, np.bool_)
    match kind:
        case "all equal":
            worth = np.full(square, 3)
        case "ones and zeros":
            worth = chance.integers(0, 2, square)
        case "repeats":
            order, worth = -np.rint(60 * _apart(chance.random((members, 2)))), chance.integers(0, 3, square)
        case "triangles":
            allowed = (place[:, None] // 3 == place[None, :] // 3) | (chance.random(square) < 0.3 / members)
        case "clusters":
            worth = _distance(chance.random((members, 2))[place // 3] + 0.001 * chance.random((members, 2)))
        case "rings in rings":
            points = sum(chance.random((members, 2))[place // 3**level] * 4.0**level for level in range(1, 6))
            worth = 1000 * _distance(np.asarray(points))
        case "strip":
            allowed = np.abs(place[:, None] - place[None, :]) <= 2
            worth = chance.integers(0, 10, square)
        case "few kinds":
            tags = (chance.random((members, 4)) < 0.4).astype(np.int64)
            worth = tags @ tags.T * 1024 * (members + 1) + chance.integers(0, 1024, square)
        case _:
            large = chance.random(members) < 0.8
            allowed, alone = large[:, None] != large[None, :], alone - chance.integers(0, 20, members) * members
    return _gains(order, worth, allowed, alone)


def _usual(count: int, chance: np.random.Generator) -> Table:
    needs, offers, themes = _tags(count, 1, 4, chance), _tags(count, 1, 4, chance), _tags(count, 3, 8, chance)
    rare = np.log((count + 1) / (1 + needs.sum(0)))
    met = (needs * rare) @ offers.T
    shared: Table = themes @ themes.T / np.sqrt(np.outer(themes.sum(1), themes.sum(1)))
    worth: Table = 2000 * (met + met.T) + 1500 * shared
    return worth


def _tags(count: int, least: int, most: int, chance: np.random.Generator) -> Table:
    """A row of ones and zeros a member; of 120 tags some are much more popular than others."""
    popular = 1 / np.arange(1, 121) ** 0.8
    table = np.zeros((count, 120))
    for row in table:
        row[chance.choice(120, chance.integers(least, most + 1), replace=False, p=popular / popular.sum())] = 1
    return table


def _distance(points: Table) -> Table:
    near: Table = 2000 - 1000 * _apart(points)
    return near


def _apart(points: Table) -> Table:
    apart: Table = np.linalg.norm(points[:, None] - points[None], axis=2)
    return apart


def _gains(order: Table, worth: Table, allowed: Table, alone: Table) -> Gains:
    count = len(alone)
    may = _mirrored(allowed)
    whole = np.where(may, _mirrored(np.rint(worth).astype(np.float64)), 0.0)
    return Gains(_mirrored(order.astype(np.float64)), whole, may | np.eye(count, dtype=np.bool_), alone)


def _mirrored(table: Table) -> Table:
    upper: Table = np.triu(table, 1)
    both: Table = upper + upper.T
    return both


def edges(gains: Gains) -> list[Edge]:
    """For a library that knows one whole number only, order far above worth; what is worse than two alone falls away."""
    far = int(np.abs(gains.worth).max(initial=0.0)) * (len(gains.alone) + 2) + 1
    left, right = np.nonzero(np.triu(gains.allowed, 1))
    order = gains.order[left, right] - gains.alone[left] - gains.alone[right]
    listed = zip(left.tolist(), right.tolist(), order.tolist(), gains.worth[left, right].tolist(), strict=True)
    weighted = [(i, j, far * int(first) + int(second)) for i, j, first, second in listed]
    return [edge for edge in weighted if edge[2] > 0]


def networkx_pairs(listed: list[Edge], _members: int) -> set[tuple[int, int]]:
    """The best pairs by networkx."""
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_weighted_edges_from(listed)
    pairs: set[tuple[int, int]] = networkx.max_weight_matching(graph)
    return pairs


def rustworkx_pairs(listed: list[Edge], members: int) -> set[tuple[int, int]]:
    """The best pairs by rustworkx."""
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * members)
    graph.add_edges_from(listed)
    return rustworkx.max_weight_matching(graph, weight_fn=int)


def gain(gains: Gains, pairs: set[tuple[int, int]]) -> tuple[float, float]:
    """What a pairing gains, in both ranks."""
    paired = {place for pair in pairs for place in pair}
    assert len(paired) == 2 * len(pairs)
    assert all(gains.allowed[pair] for pair in pairs)
    alone = [place for place in range(len(gains.alone)) if place not in paired]
    assert all(gains.allowed[place, place] for place in alone)
    order = sum(float(gains.order[pair]) for pair in pairs) + sum(float(gains.alone[place]) for place in alone)
    return order, sum(float(gains.worth[pair]) for pair in pairs)


def checked(gains: Gains, pairing: Pairing) -> tuple[float, float]:
    """What a pairing gains, after its proof was looked through: every price is high enough, and in all they are as low."""
    count, proof = len(gains.alone), pairing.proof
    prices = proof.prices.ranked()
    both = prices[:, None] + prices[None, :]
    for members, order, worth in proof.rings:
        assert len(members) % 2 == 1
        assert (order, worth) > (0, 0)
        both[np.ix_(members, members)] += complex(order, worth)
    # Where there is an empty chair, to stay alone is to take it.
    alone = both[:count, count] if len(prices) > count else prices[:count]
    may = gains.allowed & ~np.eye(count, dtype=np.bool_)
    assert (both[:count, :count][may] >= (gains.order + 1j * gains.worth)[may]).all()
    assert (alone >= gains.alone)[np.diagonal(gains.allowed)].all()
    assert proof.total() == (pairing.order, pairing.worth) == gain(gains, set(pairing.pairs()))
    return pairing.order, pairing.worth
