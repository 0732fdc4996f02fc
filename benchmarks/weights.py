"""What each weight does: half a year of 150 members with each of them halved, doubled, and left out.

``python -m benchmarks.weights`` writes the table of ``docs/weights.md`` anew, with the figures of the run.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from statistics import mean

from benchmarks.measure import Row
from benchmarks.simulation import USUAL, WEEKS, an_academy
from bot.introductions.simulation.figures import Figures, figures
from bot.introductions.simulation.living import live, planner
from bot.introductions.simulation.season import Circumstances, Season
from bot.introductions.simulation.worth import Worth
from bot.introductions.spreadsheet import Asked
from bot.matching.domain import Candidate, Weights, Wishes
from bot.matching.meaning import WordMeaning
from bot.offline.asking import WEIGHTS, with_points

DOCUMENT = Path(__file__).parent.parent / "docs" / "weights.md"
FACTORS = (0.0, 0.5, 2.0)
SEEDS = (1, 2)
HEADER = (
    "Weights", "On a need", "Points a meeting", "First meetings", "Different pairs", "Rarest sector pair", "Another draw",
)  # fmt: skip
_MARKERS = re.compile(r"(<!-- weights -->\n).*?(<!-- /weights -->)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """Half a year with some weights; means over the seeds. ``rarest``: meetings of the two sectors that met least. ``other``: of
    the pairs of a first round, those that another seed draws differently."""

    weights: Weights
    needs: float
    points: float
    first: float
    distinct: float
    rarest: float
    other: float


def half_a_year(weights: Weights) -> Told:
    """Lives through it once for each seed."""
    meaning = WordMeaning.load()
    lived: list[Figures] = []
    redrawn: list[float] = []
    for seed in SEEDS:
        people = an_academy(USUAL, seed)
        season = Season.draw([one.id for one in people], Circumstances(WEEKS), seed)
        asked = Asked(seed=seed, weights=weights, meaning=meaning)
        weeks = list(live(people, (), season, asked, planner(asked, lambda _share: None)))
        # What a meeting is worth is told by the usual weights, whatever it was planned with.
        lived.append(figures(weeks, people, (), weights.window, Worth.read(people, meaning, Weights())))
        redrawn.append(_redrawn(people, replace(asked, seed=seed + 100), replace(asked, seed=seed + 200)))
    return Told(
        weights,
        mean(one.share_on_a_need() for one in lived),
        mean(one.worth for one in lived),
        mean(one.share_first() for one in lived),
        mean(one.distinct[-1] for one in lived),
        mean(min(bridge.meetings for bridge in one.bridges) for one in lived),
        mean(redrawn),
    )


def _redrawn(people: Sequence[Candidate], one: Asked, other: Asked) -> float:
    first, second = (_round(people, asked) for asked in (one, other))
    return 1 - len(first & second) / len(first)


def _round(people: Sequence[Candidate], asked: Asked) -> set[frozenset[str]]:
    drawn = planner(asked, lambda _share: None)(people, [], Wishes(), 1)
    return {frozenset(pair) for group in drawn.groups for pair in combinations(group, 2)}


def variants() -> Iterator[tuple[str, Weights]]:
    """The usual weights, and each one left out, halved and doubled."""
    usual = Weights()
    yield "the usual weights", usual
    for name in ("need_offer", "theme", "sector_balance", "draw"):
        yield from _changed(usual, name, "")
    # As long as somebody new comes first in any case, the points for it decide nothing.
    free = replace(usual, new_first=False)
    yield "new_first = no", free
    yield from _changed(free, "novelty", "new_first = no, ")


def _changed(usual: Weights, name: str, before: str) -> Iterator[tuple[str, Weights]]:
    points: Mapping[str, float] = {known: float(getattr(usual, known)) for known in WEIGHTS}
    for factor in FACTORS:
        value = points[name] * factor
        yield f"{before}{name} = {value:g}", with_points(usual, {**points, name: value})


def rows() -> Iterator[Row]:
    usual: Told | None = None
    for name, weights in variants():
        told = half_a_year(weights)
        usual = usual or told
        for what, here, there in (
            ("share of meetings on a need", told.needs, usual.needs),
            ("points a meeting", told.points, usual.points),
            ("different pairs", told.distinct, usual.distinct),
            ("meetings of the rarest sector pair", told.rarest, usual.rarest),
        ):
            yield Row(f"{name}: {what}", here, "", there, "the usual")


def table(tell: bool = True) -> str:
    """The table in Markdown."""
    lines = [f"| {' | '.join(HEADER)} |", f"|{' --- |' * len(HEADER)}"]
    for name, weights in variants():
        told = half_a_year(weights)
        shown = f"`{name}`" if "=" in name else f"**{name}**"
        lines.append(
            f"| {shown} | {told.needs:.0%} | {told.points:.2f} | {told.first:.1%} | {told.distinct:,.0f} |"
            f" {told.rarest:.0f} | {told.other:.0%} |"
        )
        if tell:
            print(lines[-1], flush=True)
    return "\n".join(lines)


def main() -> int:
    """Writes the table into the document."""
    made = table()
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(_MARKERS.sub(lambda found: f"{found[1]}\n{made}\n\n{found[2]}", text), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
