"""The pairs alone, against two libraries that solve the same thing in another way, on several kinds of score."""

from typing import Any

import networkx
import numpy as np
import pytest
import rustworkx
from numpy.typing import NDArray

from bot.matching.pairing import Gains, pair_up, relax

KINDS = ("default", "themes", "metric", "metric without sectors", "ties", "forbidden", "sparse", "repeats")


def instance(kind: str, members: int, seed: int) -> Gains:
    """A graph of sectors with scores of one kind, in whole numbers."""
    chance = np.random.default_rng(seed)
    sector = chance.choice(5, members, p=[0.33, 0.27, 0.2, 0.12, 0.08])
    allowed = sector[:, None] != sector[None, :]
    points = chance.random((members, 2))
    metric = 2000 - 1000 * np.linalg.norm(points[:, None] - points[None], axis=2)
    tags = (chance.random((members, 40)) < 0.1).astype(float)
    order = np.zeros((members, members))
    match kind:
        case "default":
            needs = (chance.random((members, 40)) < 0.06).astype(float)
            worth = 2000 * (needs @ tags.T + tags @ needs.T) + chance.integers(0, 500, (members, members))
        case "themes":
            worth = 1500 * (tags @ tags.T) / (1 + np.sqrt(np.outer(tags.sum(1), tags.sum(1))))
        case "metric without sectors":
            worth, allowed = metric, np.ones((members, members), np.bool_)
        case "ties":
            worth = chance.integers(0, 11, (members, members)).astype(float)
        case "forbidden" | "sparse":
            worth = metric
            share = 0.6 if kind == "forbidden" else 1 - 6 / members
            allowed = allowed & (chance.random((members, members)) > share)
        case "repeats":
            worth = metric
            order = -np.where(chance.random((members, members)) < 0.9, 1.0, 0.0)
        case _:
            worth = metric
    alone = -np.full(members, members * 2.0)
    return Gains(
        _mirrored(order), _mirrored(np.rint(worth)), _mirrored(allowed) | np.eye(members, dtype=np.bool_), alone
    )


def _mirrored(table: NDArray[Any]) -> NDArray[Any]:
    upper: NDArray[Any] = np.triu(table, 1)
    both: NDArray[Any] = upper + upper.T
    return both


def edges(gains: Gains) -> list[tuple[int, int, int]]:
    """For a library that knows one whole number only: order far above worth."""
    left, right = np.nonzero(np.triu(gains.allowed, 1))
    return [
        (int(i), int(j), 10**9 * (1 + int(gains.order[i, j])) + int(gains.worth[i, j]))
        for i, j in zip(left, right, strict=True)
    ]


def total(gains: Gains, pairs: list[tuple[int, int]]) -> tuple[int, float, float]:
    return len(pairs), sum(float(gains.order[pair]) for pair in pairs), sum(float(gains.worth[pair]) for pair in pairs)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("members", [7, 20, 41, 60])
def test_totals_are_those_of_networkx(kind: str, members: int) -> None:
    gains = instance(kind, members, members)
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_weighted_edges_from(edges(gains))
    wanted = networkx.max_weight_matching(graph, maxcardinality=True)
    assert total(gains, list(pair_up(gains).pairs())) == total(gains, list(wanted))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("members", [149, 300])
def test_totals_are_those_of_rustworkx(kind: str, members: int) -> None:
    gains = instance(kind, members, members)
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph()
    graph.add_nodes_from([None] * members)
    graph.add_edges_from(edges(gains))
    wanted = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    assert total(gains, list(pair_up(gains).pairs())) == total(gains, list(wanted))


@pytest.mark.parametrize("kind", KINDS)
def test_prices_are_a_bound_on_every_pair_and_on_the_whole(kind: str) -> None:
    gains = instance(kind, 60, 3)
    _, prices = relax(gains)
    first = prices.order[:, None] + prices.order[None, :] - gains.order
    second = prices.worth[:, None] + prices.worth[None, :] - gains.worth
    off = gains.allowed & ~np.eye(60, dtype=np.bool_)
    assert (first[off] >= 0).all()
    assert (second[off & (first == 0)] >= 0).all()
    best = pair_up(gains)
    assert (best.order, best.worth) <= prices.total()


def test_differences_below_the_unit_only_break_ties() -> None:
    gains = instance("metric without sectors", 40, 1)
    coarse = Gains(
        gains.order, gains.worth * 1000 + np.abs(np.round(gains.worth) % 7), gains.allowed, gains.alone, 1000.0
    )
    assert pair_up(coarse).worth // 1000 == pair_up(gains).worth


def test_nobody_is_paired_with_themself_and_each_with_one() -> None:
    pairing = pair_up(instance("sparse", 60, 5))
    assert all(pairing.mates[pairing.mates[place]] == place for place in range(60))
    assert sorted([*pairing.alone(), *(place for pair in pairing.pairs() for place in pair)]) == list(range(60))
